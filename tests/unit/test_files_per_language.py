"""A picture or file that a language has for itself: `march.fr.jpg` beside `march.jpg`."""

from __future__ import annotations

import io
from collections.abc import Callable

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


def test_one_language_alone_is_no_version_of_a_file(site: Callable[..., Build]) -> None:
    """Without `march.png` the name leads nowhere, in any language."""
    build = site({**FILES, **OWN, "content/time/march.png": None})
    assert {each.check for each in build.diagnostics if each.severity.value == "error"} == {
        "missing-image"
    }


def test_a_text_that_a_language_lacks_shows_its_readers_picture(site: Callable[..., Build]) -> None:
    build = site({**FILES, **OWN, "content/about/fr.md": None})
    assert shown(build, "fr/over-ons/") == {"march.fr.png", "sheet.fr.pdf"}
