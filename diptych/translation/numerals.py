"""Number words from two to a hundred and a few more, so that `elf` may stand beside `11`.

Belgian and French usage both (septante, soixante-dix), with and without the hyphens of 1990. A
language that is not here has no words, and then only figures are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_DUTCH = (
    (
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
        "zeventien achttien negentien"
    ),
    "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
)
_GERMAN = (
    (
        "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
        "sechzehn siebzehn achtzehn neunzehn"
    ),
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
)
_FRENCH = (
    (
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
        "dix-sept dix-huit dix-neuf"
    ),
    "vingt trente quarante cinquante soixante septante quatre-vingts nonante",
)


@cache
def number_words(language: str) -> dict[str, int]:
    """Word -> value, in small letters; empty for a language without a table."""
    if language == "nl":
        return _germanic(_DUTCH, "en", "honderd") | _trema() | {"één": 1, "duizend": 1000}
    if language == "de":
        return _germanic(_GERMAN, "und", "hundert") | {"tausend": 1000}
    if language == "fr":
        return _french() | {"un": 1, "une": 1, "mille": 1000}
    return {}


def spelled_numbers(text: str, language: str) -> Iterator[int]:
    """The numbers that a text writes in words."""
    words = number_words(language)
    text = re.sub(r"\bet\s+(?=une?\b|onze\b)", "et-", text.lower())
    text = re.sub(r"(?<=[^\W\d_])\s+(?=et-)", "-", text)  # vingt et un
    for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text):
        if word in words:
            yield words[word]


def _germanic(table: tuple[str, str], link: str, hundred: str) -> dict[str, int]:
    """Units before tens: eenentwintig, einundzwanzig."""
    small, tens = (part.split() for part in table)
    words = {word: value for value, word in enumerate(small, start=1) if value > 1}
    for ten, name in enumerate(tens, start=2):
        words[name] = ten * 10
        words.update(
            {
                f"{unit}{link}{name}": ten * 10 + value
                for value, unit in enumerate(small[:9], start=1)
            }
        )
    return {**words, hundred: 100}


def _trema() -> dict[str, int]:
    """Dutch parts two e's with a trema: tweeëntwintig, drieëndertig."""
    plain = _germanic(_DUTCH, "en", "honderd")
    return {re.sub(r"^(twee|drie)en", r"\1ën", word): value for word, value in plain.items()}


def _french() -> dict[str, int]:
    small, tens = (part.split() for part in _FRENCH)
    words = {word: value for value, word in enumerate(small, start=1) if value > 1}
    for ten, name in enumerate(tens, start=2):
        words[name] = ten * 10
        for value, unit in enumerate(small[:9], start=1):
            stem = name.removesuffix("s") if ten == 8 else name
            words[f"{stem}-{unit}"] = ten * 10 + value
            if value == 1:
                words[f"{stem}-et-un"] = ten * 10 + 1
    for value, unit in enumerate(small[9:19], start=70):
        words[f"soixante-{unit}"] = value
        words[f"quatre-vingt-{unit}"] = value + 20
    return {**words, "soixante-et-onze": 71, "cent": 100}
