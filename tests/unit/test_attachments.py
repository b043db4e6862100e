"""Drawings that would act or lead out are not published."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.files import make_drawing
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
            "content/about/flyer.pdf": b"%PDF-1.7\n<</Author (An)>>",  # and no page
            "content/about/chart.svg": SVG.replace("{}", "\n<script/>"),
        }
    )
    assert [each.check for each in build.diagnostics if each.check.endswith(("data", "file"))] == [
        "active-file",
        "damaged-file",
    ]
    assert build.outputs == ()
