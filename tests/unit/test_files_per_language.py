"""A picture or file that a language has for itself: `march.fr.jpg` beside `march.jpg`."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from diptych.pipeline import Build
from tests.conftest import blank_pdf, page_of

PAGE = """\
---
title: {title}
image: march.png
image_alt: {alt}
---

![{alt}](march.png)

[{sheet}](sheet.pdf)
"""
TIME = """\
- id: march
  date: 2020-01-01
  title: {nl: Mars, fr: Marche}
  text: {nl: Wij., fr: Nous.}
  image: march.png
  image_alt: {nl: Bord, fr: Pancarte}
"""
LISTED = "---\ntitle: {}\nlayout: timeline\n---\n"


def picture(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    return file.getvalue()


def shown(build: Build, path: str) -> set[str]:
    """The source files whose pictures and documents a page shows or links to."""
    origins = {f"/{output.path}": output.origin.rpartition("/")[2] for output in build.outputs}
    page = page_of(build, path)
    addresses = [*page.xpath("//main//img/@src"), *page.xpath("//main//a/@href")]
    return {origins[each] for each in addresses if each.startswith("/assets/")}


FILES: dict[str, str | bytes | None] = {
    "content/about/nl.md": PAGE.format(
        title="Over ons", alt="Bord", sheet="De affiche van de mars"
    ),
    "content/about/fr.md": PAGE.format(
        title="À propos", alt="Pancarte", sheet="L'affiche de la marche"
    ),
    "content/about/march.png": picture("#202020"),
    "content/about/sheet.pdf": blank_pdf(),
    "content/time/nl.md": LISTED.format("Tijd"),
    "content/time/fr.md": LISTED.format("Temps"),
    "content/time/timeline.yaml": TIME,
    "content/time/march.png": picture("#202020"),
}
OWN = {
    "content/about/march.fr.png": picture("#802020"),
    "content/about/sheet.fr.pdf": blank_pdf(pages=2),
    "content/time/march.fr.png": picture("#208020"),
}


def test_each_language_gets_its_own_where_there_is_one(site: Callable[..., Build]) -> None:
    build = site({**FILES, **OWN})
    assert [each for each in build.diagnostics if each.severity.value == "error"] == []
    assert shown(build, "nl/over-ons/") == {"march.png", "sheet.pdf"}
    assert shown(build, "fr/a-propos/") == {"march.fr.png", "sheet.fr.pdf"}
    assert shown(build, "nl/tijd/") == {"march.png"}
    assert shown(build, "fr/temps/") == {"march.fr.png"}
    assert shown(site(FILES), "fr/a-propos/") == {"march.png", "sheet.pdf"}


EACH = {
    "content/about/march.png": None,
    "content/about/march.nl.png": picture("#208080"),
    "content/about/sheet.pdf": None,
    "content/about/sheet.nl.pdf": blank_pdf(pages=3),
    "content/time/march.png": None,
    "content/time/march.nl.png": picture("#808020"),
}


def errors(build: Build) -> list[tuple[str, str, str]]:
    return [
        (each.check, each.span.path, str(each.message))
        for each in build.diagnostics
        if each.severity.value == "error"
    ]


def test_if_each_language_has_its_own_no_file_is_without_a_language(
    site: Callable[..., Build],
) -> None:
    build = site({**FILES, **OWN, **EACH})
    assert errors(build) == []
    assert shown(build, "nl/over-ons/") == {"march.nl.png", "sheet.nl.pdf"}
    assert shown(build, "fr/a-propos/") == {"march.fr.png", "sheet.fr.pdf"}
    assert shown(build, "nl/tijd/") == {"march.nl.png"}
    assert shown(build, "fr/temps/") == {"march.fr.png"}


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_language_that_lacks_its_own_is_told_at_its_line(
    site: Callable[..., Build], language: str
) -> None:
    """The file of one language is never proposed for another."""
    gone = ("about/march", "png"), ("about/sheet", "pdf"), ("time/march", "png")
    lacking = {f"content/{path}.{language}.{ending}": None for path, ending in gone}
    build = site({**FILES, **OWN, **EACH, **lacking})
    path = f"content/about/{language}.md"
    assert sorted((check, path) for check, path, _ in errors(build)) == [
        ("broken-link", path),
        ("missing-image", path),  # in the front matter
        ("missing-image", path),  # in the text
        ("missing-image", "content/time/timeline.yaml"),
    ]
    told = [each for each in build.diagnostics if each.severity.value == "error"]
    assert not any(each.edits for each in told)
    assert all({"nl": "Nederlands", "fr": "Français"}[language] in str(e.message) for e in told)
    assert all(f".{language}.p" in str(each.hint) for each in told)


def test_a_picture_of_each_language_needs_words_in_each(site: Callable[..., Build]) -> None:
    wordless = PAGE.format(title="Over ons", alt="", sheet="De affiche")
    build = site({**FILES, **OWN, **EACH, "content/about/nl.md": wordless})
    assert ("missing-alt", "content/about/nl.md") in {each[:2] for each in errors(build)}


def test_another_page_finds_the_file_of_the_language(site: Callable[..., Build]) -> None:
    pages = {
        "content/other/nl.md": "---\ntitle: Elders\n---\n\n[De affiche](../about/sheet.pdf)\n",
        "content/other/fr.md": "---\ntitle: Ailleurs\n---\n\n[L'affiche](../about/sheet.pdf)\n",
    }
    build = site({**FILES, **OWN, **EACH, **pages})
    assert errors(build) == []
    assert shown(build, "nl/elders/") == {"sheet.nl.pdf"}
    assert shown(build, "fr/ailleurs/") == {"sheet.fr.pdf"}
    build = site({**FILES, **OWN, **EACH, **pages, "content/about/fr.md": None})
    assert errors(build) == []
    build = site({**FILES, **OWN, **EACH, **pages, "content/about/sheet.nl.pdf": None})
    assert {each[1] for each in errors(build)} == {"content/about/nl.md", "content/other/nl.md"}


def test_without_a_text_of_its_own_a_language_gets_the_file_of_the_text(
    site: Callable[..., Build],
) -> None:
    lacking = dict.fromkeys(("content/about/fr.md", *OWN))
    build = site({**FILES, **EACH, **lacking, "content/time/fr.md": None})
    assert errors(build) == []
    assert shown(build, "fr/over-ons/") == {"march.nl.png", "sheet.nl.pdf"}
    assert shown(build, "fr/tijd/") == {"march.nl.png"}


def test_a_field_of_the_own_types_names_the_file_of_each_language(
    site: Callable[..., Build],
) -> None:
    own = {
        "content/types.yaml": "people:\n  id: {type: key, required: true}\n"
        "  letter: {type: file}\n  see: {type: link}\n",
        "content/about/people.yaml": "- id: jan\n  letter: sheet.pdf\n  see: sheet.pdf\n",
    }
    build = site({**FILES, **OWN, **EACH, **own})
    assert errors(build) == []
    for language in ("nl", "fr"):
        lacking = {f"content/about/sheet.{language}.pdf": None}
        found = errors(site({**FILES, **OWN, **EACH, **own, **lacking}))
        assert sorted(each[0] for each in found if each[1].endswith("people.yaml")) == [
            "broken-link",
            "missing-file",
        ]


def test_a_text_that_a_language_lacks_shows_its_readers_picture(site: Callable[..., Build]) -> None:
    build = site({**FILES, **OWN, "content/about/fr.md": None})
    assert shown(build, "fr/over-ons/") == {"march.fr.png", "sheet.fr.pdf"}
