"""A video or a map is a picture of the folder that leads there, and says in words where."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from diptych.pipeline import Build
from tests.conftest import page_of

PAGE = "---\ntitle: {}\n---\n\n[![{}](map.png)](https://www.openstreetmap.org/#map=19/50.8/4.3)\n\n[{}](page:home)\n"


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "#345").save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("path", "alt", "words"),
    [
        ("nl/over-ons/", "Kaart", "Opent openstreetmap.org; die site ziet dan je bezoek"),
        ("fr/a-propos/", "Plan", "Ouvre openstreetmap.org\u202f; ce site voit alors votre visite"),
    ],
)
def test_a_picture_that_leads_away_says_where(
    site: Callable[..., Build], path: str, alt: str, words: str
) -> None:
    build = site(
        {
            "content/about/nl.md": PAGE.format("Over ons", "Kaart", "Naar het begin"),
            "content/about/fr.md": PAGE.format("À propos", "Plan", "Vers le début"),
            "content/about/map.png": picture(),
        }
    )
    assert [each for each in build.diagnostics if each.severity.value == "error"] == []
    (link,) = page_of(build, path).xpath("//main//a[.//img]")
    assert link.get("rel") == "external noreferrer"
    assert link.xpath(".//img/@alt") == [alt]
    assert link.text_content().strip().replace("\xa0", "\u202f") == words
    assert not page_of(build, path).xpath("//iframe | //video | //object | //embed")
