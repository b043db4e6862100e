"""The patterns that several notations share: of spaces, of the text around a number, of words of all
languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from diptych.languages import LanguageRules, either

Readings = tuple[tuple[str, str], ...]  # kind and value; the likeliest reading first
Read = Callable[[re.Match[str], str], Readings | None]  # a match, and the key of the page

SPACE = "[ \u00a0\u202f]"
BREAK = "[ \u00a0\u202f\n]+"
MAYBE = "[ \u00a0\u202f\n]*"
ALONE = r"(?:(?<![\w.,])|(?<=\d[x×]))"  # not a part of another number; 4x400
TIMES_SIGN = r"(?:(?!\w)|(?=[x×]\d))"
CENTURIES = ("19", "20", "18")  # of a year in two digits; the likeliest first
NEAR = 60  # characters before a number in which a word about it may be: jaren 60


def any_of(words: Callable[[LanguageRules], Iterable[str]]) -> str:
    """An expression for the words of all languages, since a text may quote another. A space matches
    any separator of words.
    """
    return f"(?:{either(words)})".replace(" ", BREAK)


ORDINAL = any_of(lambda rules: rules.ordinal_endings)


def reads_as(kind: str, value_of: Callable[[re.Match[str]], str | None]) -> Read:
    """A function that reads a match as a fact of the kind, with the value of `value_of`. If the
    value is None, later rules read the match.
    """

    def read(match: re.Match[str], _key: str) -> Readings | None:
        value = value_of(match)
        return None if value is None else ((kind, value),)

    return read


def no_fact(_match: re.Match[str], _key: str) -> Readings:
    """Reads a match as no fact. Its text is out of reach of later rules."""
    return ()
