"""The pictures of the guides: there, used, told in words, light, and without a trace of who made them.

Never compared with new ones: another Chromium draws other letters (tools/pictures.py makes them).
"""

from __future__ import annotations

import re

import pytest
import schemes
from PIL import Image

from tests.conftest import ROOT

GUIDES = {"nl": "docs/nl/hulp.md", "fr": "docs/fr/aides.md"}
PICTURES = {
    f"{language}-{name}.webp" for language in GUIDES for name in ("bar", "columns", "problem")
}
LIGHT = 60_000  # bytes
RESULT = "timeline.webp"  # shown by README: the site as it is built
RESULT_LIGHT = 120_000  # bytes


def shown(language: str) -> dict[str, str]:
    """The pictures of a guide, with the text that stands for each."""
    text = (ROOT / GUIDES[language]).read_text(encoding="utf-8")
    return {name: alt for alt, name in re.findall(r"!\[([^\]]*)\]\(\.\./pictures/([^)]+)\)", text)}


def test_there_are_no_others() -> None:
    """Beside the schemes, which are drawn and not taken (`test_browser_guides.py`)."""
    names = {path.name for path in (ROOT / "docs" / "pictures").iterdir()}
    assert names == {*PICTURES, RESULT, *schemes.drawn()}


@pytest.mark.parametrize("language", GUIDES)
def test_every_guide_shows_its_own_and_tells_what_is_on_them(language: str) -> None:
    pictures = shown(language)
    assert set(pictures) == {name for name in PICTURES if name.startswith(language)}
    assert [alt for alt in pictures.values() if len(alt.split()) < 8] == []


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_picture_is_light_and_holds_nothing_but_its_pixels(name: str) -> None:
    path = ROOT / "docs" / "pictures" / name
    assert path.stat().st_size < LIGHT
    with Image.open(path) as picture:
        assert picture.format == "WEBP"
        assert picture.width == 800
        assert set(picture.info) <= {"loop", "background", "timestamp", "duration"}
        assert not picture.getexif()
    chunks = re.findall(rb"EXIF|XMP |ICCP", path.read_bytes()[:64])
    assert chunks == []


def test_readme_shows_the_result() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(rf"!\[([^\]]+)\]\(docs/pictures/{re.escape(RESULT)}\)", text)
    assert shown is not None
    assert len(shown[1].split()) >= 8
    path = ROOT / "docs" / "pictures" / RESULT
    assert path.stat().st_size < RESULT_LIGHT
    with Image.open(path) as picture:
        assert picture.format == "WEBP"
        assert not picture.getexif()
