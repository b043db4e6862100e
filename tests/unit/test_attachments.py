"""What a PDF or a drawing would give away, or could do, keeps it from being published."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from diptych.diagnostics import Diagnostic
from diptych.files import make_drawing
from diptych.files import pdf as attachments
from diptych.files.pdf import check_pdf
from diptych.model import File
from diptych.pipeline import Build
from tests.conftest import page_of

Builds = Callable[..., Build]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">{}</svg>'
SHAPE = '<path id="a" d="M0 0h9"/><use href="#a" fill="url(#a)"/>'


def pdf(**info: str) -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.metadata = None
    if info:
        writer.add_metadata({f"/{key}": value for key, value in info.items()})
    return writer


def found_in(writer: PdfWriter | bytes) -> list[str]:
    if isinstance(writer, bytes):
        data = writer
    else:
        body = io.BytesIO()
        writer.write(body)
        data = body.getvalue()
    return told(check_pdf(File("content/about/flyer.pdf", data)))


def told(problems: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{each.check}: {dict(each.message.arguments).get('names', '')}" for each in problems]


class TestPdf:
    def test_a_plain_one_may_be_published(self) -> None:
        assert found_in(pdf(Title="Folder", Producer="Any")) == []

    def test_who_made_it_is_told(self) -> None:
        assert found_in(pdf(Author="An Peeters", Creator="Writer")) in (
            ["author-data: Author, Creator"],
            ["author-data: Creator, Author"],
        )
        assert found_in(pdf(Author="")) == []

    def test_names_in_other_letters_are_told(self) -> None:
        writer = pdf()
        writer.add_metadata({"/Author": "Łucja ‘é’"})
        assert found_in(writer) == ["author-data: Author"]

    @pytest.mark.parametrize(
        "data",
        [
            b"<?xpacket?><dc:creator><rdf:Seq><rdf:li>An</rdf:li></rdf:Seq></dc:creator>",
            b"<?xpacket?><xmp:CreatorTool>Writer</xmp:CreatorTool>",
        ],
    )
    @pytest.mark.parametrize("pack", [bytes, zlib.compress])
    def test_xmp_is_read_packed_or_not(self, data: bytes, pack: Callable[[bytes], bytes]) -> None:
        whole = b"%PDF-1.7\n1 0 obj <</Length 9>>\nstream\n" + pack(data) + b"\nendstream endobj"
        assert [each.partition(":")[0] for each in found_in(whole)] == ["author-data"]
        nobody = data.replace(b"An<", b" <").replace(b"Writer", b"")
        assert found_in(b"stream\n" + pack(nobody) + b"\nendstream") == []

    def test_names_in_packed_objects_and_in_disguise_are_read(self) -> None:
        packed = zlib.compress(b"1 0 <</Author (An)>> 2 0 <</S /JavaScript /JS (app.alert(1))>>")
        whole = b"%PDF-1.7\n1 0 obj <</Type /ObjStm>>\nstream\n" + packed + b"\nendstream endobj"
        assert found_in(whole) == ["author-data: Author", "active-file: JavaScript, JS"]
        assert found_in(b"%PDF-1.7\n<</S /Java#53cript>>") == ["active-file: JavaScript"]

    def test_scripts_and_enclosed_files_are_told(self) -> None:
        writer = pdf()
        writer.add_attachment("members.txt", b"An")
        (problem,) = found_in(writer)
        assert problem.startswith("active-file: ")
        assert "EmbeddedFiles" in problem
        assert found_in(b"%PDF-1.7\n<</OpenAction <</S /URI>> /AA <</S /Launch>>>>") == [
            "active-file: Launch"
        ]

    def test_a_locked_one_is_refused(self) -> None:
        writer = pdf()
        writer._root_object[NameObject("/Encrypt")] = TextStringObject("x")
        assert found_in(writer) == ["author-data: "]

    def test_a_bomb_is_opened_no_further_than_one_can_hold(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(attachments, "MOST", 1000)
        bomb = zlib.compress(bytes(100_000) + b"/Author (An)")
        assert found_in(b"stream\n" + bomb + b"\nendstream") == []


class TestDrawing:
    def problems(self, inside: str, whole: str = SVG) -> list[str]:
        file = File("content/about/chart.svg", whole.replace("{}", inside).encode())
        outcome = make_drawing(file)
        assert (outcome.value is None) == bool(outcome.diagnostics)
        source = file.data.decode()
        lines = [source.count("\n", 0, each.span.start) + 1 for each in outcome.diagnostics]
        return [
            f"{each.check} {line}" for each, line in zip(outcome.diagnostics, lines, strict=True)
        ]

    def test_a_plain_one_is_published_as_it_is(self) -> None:
        made = make_drawing(
            File("content/about/chart.svg", SVG.replace("{}", SHAPE).encode())
        ).value
        assert made is not None
        assert (made.fallback.width, made.fallback.height) == (40, 30)
        assert "chart" not in made.fallback.path

    @pytest.mark.parametrize(
        "inside",
        [
            "\n<metadata/>",
            "\n<!-- Generator: Draw, An Peeters -->",
            '\n<g data-name="An"/>',
            '\n<g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:export-filename="/home/an/x"/>',
            '\n<s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"/>',
        ],
    )
    def test_what_an_editor_left_is_told_at_its_line(self, inside: str) -> None:
        assert self.problems(SHAPE + inside) == ["author-data 2"]

    @pytest.mark.parametrize(
        "inside",
        [
            "\n<script>alert(1)</script>",
            '\n<g onload="alert(1)"/>',
            "\n<foreignObject/>",
            '\n<image href="https://cdn.example/x.png"/>',
            '\n<use href="x.svg#a"/>',
            "\n<style>@import 'https://cdn.example/x.css';</style>",
            '\n<g style="fill: url(https://cdn.example/x)"/>',
            '\n<a href="javascript:alert(1)"/>',
            '\n<?xml-stylesheet href="x.css"?>',
        ],
    )
    def test_what_acts_or_leads_out_is_told_at_its_line(self, inside: str) -> None:
        assert self.problems(SHAPE + inside) == ["active-file 2"]

    @pytest.mark.parametrize(
        ("whole", "expected"),
        [
            ("<svg", ["damaged-image 1"]),
            ("<html/>", ["damaged-image 1"]),
            ("", ["damaged-image 1"]),
            ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, ["active-file 1"]),
            ('<svg xmlns="http://www.w3.org/2000/svg"/>', ["damaged-image 1"]),
            *(
                (
                    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box}"/>',
                    ["damaged-image 1"],
                )
                for box in (
                    "inf 9",
                    "9 1e400",
                    "nan 9",
                    "9 nan",
                    "0 9",
                    "-4 9",
                    "9",
                    f"{'9' * 400} 9",
                )
            ),
        ],
    )
    def test_what_is_no_drawing_is_refused(self, whole: str, expected: list[str]) -> None:
        assert self.problems("", whole) == expected


def test_a_drawing_stands_in_its_page(site: Builds) -> None:
    text = "---\ntitle: Over ons\n---\n\n![Een lijn](chart.svg)\n\n## Wie {#who}\n\nWij.\n"
    build = site({"content/about/chart.svg": SVG.replace("{}", SHAPE), "content/about/nl.md": text})
    assert not build.failed
    (image,) = page_of(build, "nl/over-ons/").xpath("//picture/img")
    assert (image.get("width"), image.get("height"), image.get("alt")) == ("40", "30", "Een lijn")
    assert image.get("src").lstrip("/") in {output.path for output in build.outputs}


def test_nothing_is_published_with_such_a_file(site: Builds) -> None:
    build = site(
        {
            "content/about/flyer.pdf": b"%PDF-1.7\n<</Author (An)>>",
            "content/about/chart.svg": SVG.replace("{}", "\n<script/>"),
        }
    )
    assert [each.check for each in build.diagnostics if each.check.endswith(("data", "file"))] == [
        "active-file",
        "author-data",
    ]
    assert build.outputs == ()
