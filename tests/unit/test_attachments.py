"""Drawings that would act or lead out are not published."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.files import make_drawing
from diptych.files.drawings import clean_drawing
from diptych.model import File
from diptych.pipeline import Build
from tests.conftest import page_of

Builds = Callable[..., Build]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">{}</svg>'
SHAPE = '<path id="a" d="M0 0h9"/><use href="#a" fill="url(#a)"/>'


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

    def test_a_plain_one_keeps_its_bytes(self) -> None:
        data = (SVG.replace("{}", SHAPE) + "\n").encode()
        made = make_drawing(File("content/about/chart.svg", data)).value
        assert made is not None
        assert (made.fallback.width, made.fallback.height) == (40, 30)
        assert "chart" not in made.fallback.path
        assert made.fallback.data == data
        assert make_drawing(File("a.svg", data.replace(b"><", b">\r\n<"))) == make_drawing(
            File("a.svg", data.replace(b"><", b">\n<"))
        )

    @pytest.mark.parametrize(
        "inside",
        [
            "<metadata>An</metadata>",
            "<!-- Generator: Draw, An Peeters -->",
            '<g data-name="An"/>',
            '<g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:export-filename="/home/An/x"/>',
            '<s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" s:a="An"/>',
            '<g xml:base="/home/An/"/>',
            "<?An Peeters?>",
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:li>An</r:li></r:RDF>',
        ],
    )
    def test_what_an_editor_left_is_left_out(self, inside: str) -> None:
        """As a picture's metadata are; before, it was refused."""
        made = clean_drawing(
            File("a.svg", SVG.replace("{}", SHAPE + inside + "<desc>Lijn</desc>").encode())
        )
        assert (made.diagnostics, made.value is None) == ((), False)
        assert made.value is not None
        assert b"An" not in made.value.data
        assert b"<desc>Lijn</desc>" in made.value.data
        assert clean_drawing(made.value).value == made.value

    def test_words_around_what_goes_stay(self) -> None:
        made = clean_drawing(
            File("a.svg", SVG.replace("{}", "<text>een<!--x--> twee<!--y--> drie</text>").encode())
        )
        assert made.value is not None
        assert b"<text>een twee drie</text>" in made.value.data

    def test_a_type_without_entities_is_left_out(self) -> None:
        """As older programs write it."""
        kind = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        made = clean_drawing(File("a.svg", f"<?xml version='1.0'?>\n{kind}\n{SVG}".encode()))
        assert made.value is not None
        assert made.value.data.startswith(b"<svg ")

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
            "\n<style>@im&#112;ort 'x.css';</style>",
            "\n<style><![CDATA[@im]]><![CDATA[port 'x.css']]></style>",
            "\n<style>g { fill: u&#114;l(//cdn.example/x) }</style>",
            "\n<style>g { fill: u\\72l(x.png) }</style>",
            "\n<style>g { background: image-set('x.png' 1x) }</style>",
            "\n<style>g { --a: 'https://cdn.example/x' }</style>",
            '\n<g style="cursor: -webkit-image-set(&quot;x&quot; 1x)"/>',
            '\n<g filter="url(x.svg#a)"/>',
            '\n<animate attributeName="href" to="javascript:alert(1)"/>',
            '\n<set attributeName="href" to="javascript:alert(1)"/>',
            '\n<feImage href="https://cdn.example/x"/>',
            '\n<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
            '\n<iframe xmlns="http://www.w3.org/1999/xhtml" src="//x.example"/>',
            '\n<image href="data:image/svg+xml,x"/>',
            '\n<a href="#a" ping="//cdn.example/"/>',
            '\n<a href="#a" ping="log"/>',
            '\n<g archive="https://cdn.example/x"/>',
            '\n<g archive="https:cdn.example/x"/>',
            '\n<g archive=" /&#9;/cdn.example/x"/>',
            '\n<g xlink:show="\\\\cdn.example/x" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
        ],
    )
    def test_what_acts_or_leads_out_is_told_at_its_line(self, inside: str) -> None:
        assert self.problems(SHAPE + inside) == ["active-file 2"]

    @pytest.mark.parametrize(
        "inside",
        [
            '<switch><g requiredExtensions="http://ns.adobe.com/AdobeIllustrator/10.0/"/></switch>',
            '<g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Shape"/>',
            '<g aria-label="https://example.org/"/>',
            "<style>@namespace svg url(http://www.w3.org/2000/svg); g { fill: red }</style>",
        ],
    )
    def test_a_name_that_is_written_as_an_address_leads_nowhere(self, inside: str) -> None:
        assert self.problems(SHAPE + inside) == []

    @pytest.mark.parametrize(
        "inside",
        [
            "\n<title>a&#xE0041;b</title>",
            "\n<text>a\u202eb</text>",
            '\n<g aria-label="a&#8203;b"/>',
            "\n<text><tspan>a</tspan>&#x9b;b</text>",
        ],
    )
    def test_what_cannot_be_seen_is_told_however_it_is_written(self, inside: str) -> None:
        assert self.problems(SHAPE + inside) == ["invisible-character 2"]

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
            "content/about/flyer.pdf": b"%PDF-1.7\n<</Author (An)>>",  # and no page
            "content/about/chart.svg": SVG.replace("{}", "\n<script/>"),
        }
    )
    assert [each.check for each in build.diagnostics if each.check.endswith(("data", "file"))] == [
        "active-file",
        "damaged-file",
    ]
    assert build.outputs == ()


@pytest.mark.parametrize(
    "inside",
    [
        "<style>/* An */ .a { fill: red }</style>",
        "<style>.a { fill: /* by An */ red; /* An */ }</style>",
        "<style><![CDATA[@media print { /* An */ .a { fill: red } }]]></style>",
        "<style>.a { fill: red } /* An, never closed</style>",
        '<path d="M0 0h9" style="/* An */ fill: red"/>',
        "<style>.a::after { content: '/* kept */' }/* An */</style>",
        "<!-- An --><path d='M0 0h9' data-by='An'/><metadata>An</metadata>",
    ],
)
def test_a_remark_in_a_drawing_is_not_published(inside: str) -> None:
    """In a style, as in the drawing itself; a string that looks like one stays."""
    made = make_drawing(File("content/about/chart.svg", SVG.replace("{}", SHAPE + inside).encode()))
    assert made.value is not None
    assert made.diagnostics == ()
    data = made.value.fallback.data
    assert b"An" not in data
    assert (b"red" in data) == ("red" in inside)
    assert (b"/* kept */" in data) == ("kept" in inside)
