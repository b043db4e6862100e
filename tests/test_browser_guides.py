"""The guides for whoever works in the browser alone: the same in both languages, and true."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import schemes

from diptych.cli.commands import FORMS
from tests.conftest import ROOT

PAIRS = (
    ("nl/in-de-browser.md", "fr/dans-le-navigateur.md"),
    ("nl/kaart.md", "fr/fiche.md"),
    ("nl/vertaaldienst.md", "fr/service-de-traduction.md"),
)
DOCS = ROOT / "docs"
EVERY = [DOCS / path for pair in PAIRS for path in pair]
WORKFLOWS = {path.stem for path in (ROOT / ".github" / "workflows").glob("*.yml")}


@pytest.mark.parametrize(("nl", "fr"), PAIRS)
def test_both_languages_are_built_alike(nl: str, fr: str) -> None:
    def build(path: str) -> list[str]:
        text = (DOCS / path).read_text(encoding="utf-8")
        return re.findall(r"^(#+|\d+\.|-)(?= )", text, re.MULTILINE)

    assert build(nl) == build(fr)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_links_lead_somewhere_and_forms_are_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (path.parent / target).is_file() or target.endswith(".jpg"), target
    for name in re.findall(r"\*\*Actions\*\*(?:,| >) \*\*([a-z-]+)\*\*", text):
        assert name in WORKFLOWS, name


@pytest.mark.parametrize("path", EVERY[:2], ids=lambda path: path.name)
def test_every_page_of_the_host_is_drawn_with_its_words_and_a_caption(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\(\.\./pictures/([^)]+)\)\n\n\*(\w+)\u00a0?:", text)
    assert sorted(name for _, name, _ in shown) == sorted(schemes.drawn())
    assert {word for *_, word in shown} == {"Schets" if path.parent.name == "nl" else "Schéma"}
    for alt, name, _ in shown:
        steps = re.findall(r'middle">(\d)</text>', schemes.drawn()[name])
        assert len(alt) > 60
        assert [each for each in steps if f"({each})" not in alt] == []


def test_the_schemes_are_as_the_forms_are_now() -> None:
    """After a change of a form: python tools/schemes.py."""
    for name, text in schemes.drawn().items():
        assert (schemes.PICTURES / name).read_text(encoding="utf-8") == text, name
        root = ElementTree.fromstring(text)
        assert root.findtext("{http://www.w3.org/2000/svg}title")
        assert len(text) < 8_000


@pytest.mark.parametrize("name", ["take-down", "new"])
def test_a_scheme_shows_all_words_of_a_form_within_its_frame(name: str) -> None:
    """A label that left the frame was cut off; it takes several lines."""
    drawn = ElementTree.fromstring(schemes.drawn()[f"github-{name}.svg"])
    texts = [each.text or "" for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert max(map(len, texts)) <= 68
    shown = " ".join(texts)
    labels = [each["description"] for each in schemes.form_of(name)]
    assert len(labels) > 3
    assert [each for each in labels if each not in shown] == []


@pytest.mark.parametrize("path", EVERY[:2], ids=lambda path: path.name)
def test_every_form_is_told_of(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name in (*FORMS, "earlier") if f"**{name}**" not in text] == []


@pytest.mark.parametrize("path", EVERY[2:4], ids=lambda path: path.name)
def test_the_card_is_one_sheet(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert sum(1 + len(line) // 90 for line in lines) <= 48


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_the_first_page_of_the_documents_names_it(path: Path) -> None:
    assert path.relative_to(DOCS).as_posix() in (DOCS / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", EVERY[:2], ids=lambda path: path.name)
@pytest.mark.parametrize("name", ["take-down", "confirm"])
def test_a_box_is_told_of_by_its_words(path: Path, name: str) -> None:
    """Counted boxes ("the second") are other ones for whoever does not count the lines to fill in."""
    form_file = ROOT / ".github" / "workflows" / f"{name}.yml"
    labels = re.findall(
        r'description: "[a-z]+: (.+) · (.+)"\n +type: boolean',
        form_file.read_text(encoding="utf-8"),
    )
    assert labels
    text = path.read_text(encoding="utf-8")
    column = 0 if path.parent.name == "nl" else 1
    assert [each[column] for each in labels if f"**{each[column]}**" not in text] == []
