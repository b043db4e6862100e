"""Addresses stay: 500 titles in ten scripts keep the slugs that they had when `tests/cases/slugs.tsv`
was written, whatever library makes letters of them. `python -m tests.unit.test_slugs` shows what would
be written anew; who writes that breaks the addresses of every site in those scripts.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest

import pytest
from babel import Locale

from diptych.markdown.tree import slugify
from tests.strategies import CASES

FILE = CASES / "slugs.tsv"
SCRIPTS = {  # script, by the first word of its letters' names in Unicode -> a language of it
    "CYRILLIC": "ru",
    "GREEK": "el",
    "ARABIC": "ar",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "CJK": "zh",
    "HANGUL": "ko",
}
EACH = 50


def titles(language: str) -> Iterator[str]:
    """Names of territories and of languages by turns, and every fifth time both: the titles of pages."""
    locale = Locale.parse(language)
    places = [locale.territories[key] for key in sorted(locale.territories) if key.isalpha()]
    tongues = [locale.languages[key] for key in sorted(locale.languages)]
    for number, pair in enumerate(zip_longest(places, tongues, fillvalue="")):
        yield " – ".join(pair) if number % 5 == 0 else pair[number % 2]


def written() -> str:
    """The file as it would be made of today's names, by today's library."""
    lines = []
    for script, language in SCRIPTS.items():
        own = (each for each in dict.fromkeys(titles(language)) if script in scripts_of(each))
        lines += [f"{script}\t{each}\t{slugify(each)}" for each in islice(own, EACH)]
    return "\n".join(lines) + "\n"


def scripts_of(text: str) -> Counter[str]:
    """How many letters of each script a text has."""
    return Counter(unicodedata.name(each, "").split()[0] for each in text if each.isalpha())


ROWS = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("script", SCRIPTS)
def test_titles_keep_their_slugs(script: str) -> None:
    rows = [(title, slug) for name, title, slug in ROWS if name == script]
    assert len(rows) == EACH
    assert {title: slugify(title) for title, _ in rows} == dict(rows)


@pytest.mark.parametrize(
    ("title", "language", "slug"),
    [
        ("Veröffentlichungen", "de", "veroeffentlichungen"),
        ("Vero\u0308ffentlichungen", "de_BE", "veroeffentlichungen"),  # as a Mac may write it
        ("Über große Häuser", "de", "ueber-grosse-haeuser"),
        ("ÜBER UNS", "de", "ueber-uns"),
        ("Veröffentlichungen", "nl", "veroffentlichungen"),
        ("Coördinatie", "nl", "coordinatie"),
        ("Naïve Größe", "fr", "naive-grosse"),
    ],
)
def test_german_spells_its_letters_out_and_no_other_language_does(
    title: str, language: str, slug: str
) -> None:
    assert slugify(title, language) == slug


def test_there_are_500_titles_in_ten_scripts_and_each_says_something() -> None:
    assert Counter(script for script, _, _ in ROWS) == dict.fromkeys(SCRIPTS, EACH)
    assert len({title for _, title, _ in ROWS}) == len(ROWS) == 500
    for script, title, slug in ROWS:
        assert scripts_of(title).most_common(1)[0][0] == script, title
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug), title
        assert slug != "page"
        assert len(slug) <= 80


if __name__ == "__main__":
    sys.stdout.write(written())
