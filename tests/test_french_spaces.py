"""French texts have U+00A0 before : ; ? ! » and after «: no mark begins a line, in a terminal, in a form
or on GitHub. What the generator typesets itself (the pages of a new site) is left out: authors write
plain spaces there, as the guide says.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.conftest import ROOT

GUIDES = [
    *sorted((ROOT / "docs" / "fr").glob("*.md")),
    *sorted((ROOT / "diptych" / "explained" / "fr").glob("*.md")),
    *sorted((ROOT / "diptych" / "skeleton" / "readme").glob("fr.md")),
]
CATALOGS = [
    ROOT / "diptych" / "messages" / "fr.po",
    ROOT / "diptych" / "theme" / "i18n" / "fr" / "LC_MESSAGES" / "messages.po",
]
WORDS = ROOT / "diptych" / "skeleton" / "words" / "fr.json"
FENCE = re.compile(r"^ *(`{3,}|~{3,}).*?^ *\1 *$", re.M | re.S)
CODE = re.compile(
    r"(`+)(?!`).+?(?<!`)\1(?!`)"  # a code span
    r"|<!--.*?-->|<[^<> ][^<>]*>|https?://[^\s)]+|\]\([^)\s]*\)"  # a comment, a tag, an address
    r"|\{[^{}\s]*\}"  # a placeholder, the id of a heading
    r"|:::|\*\*Contents: Read and write\*\*",  # a container of another program, words on a screen
    re.S,
)
MARKS = re.compile(r"[^\u00a0][:;?!](?=$|[\s)*»])|[^\u00a0]»|«(?!\u00a0)", re.M)


def wrongly_spaced(text: str) -> list[str]:
    """Each mark without its space, with what stands around it; code is no French."""
    text = CODE.sub("·", FENCE.sub("", text))
    text = re.sub(r"^[|: -]+$", "", text, flags=re.M)  # how the columns of a table stand
    return [text[max(0, m.start() - 20) : m.end() + 8] for m in MARKS.finditer(text)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Oui\u00a0: «\u00a0non\u00a0»\u00a0; quand\u00a0? Là\u00a0!", 0),
        ("Oui : non", 1),
        ("Oui: non", 1),
        ("« non »", 2),
        ("«non»", 2),
        ("Quoi ?", 1),
        ("**Quoi?**", 1),
        ("(quoi ?)", 1),
        ("Ligne ;\nfin", 1),
        ("À 12:30, `a : b`, https://example.org/?a, {name}\u00a0: ::: page", 0),
        ("```yaml\ntitle : x\n```\n", 0),
        ("| a | b |\n|:--|---:|\n| c\u00a0: | d |\n", 0),
        ("## Quoi\u00a0? {#what}", 0),
        ("`a` : b", 1),
    ],
)
def test_a_mark_without_its_space_is_found(text: str, wrong: int) -> None:
    assert len(wrongly_spaced(text)) == wrong


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: str(path.relative_to(ROOT)))
def test_guides_and_explanations(path: Path) -> None:
    assert wrongly_spaced(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: str(path.relative_to(ROOT)))
def test_messages(path: Path) -> None:
    with path.open("rb") as file:
        catalog = read_po(file, locale="fr")
    texts = [
        text
        for entry in catalog
        if entry.id
        for text in (entry.string if isinstance(entry.string, tuple | list) else [entry.string])
        if text is not None
    ]
    assert len(texts) > 90
    assert [found for text in texts for found in wrongly_spaced(text)] == []


def test_words_of_the_forms() -> None:
    words = json.loads(WORDS.read_text("utf-8"))
    assert [found for text in words.values() for found in wrongly_spaced(text)] == []
