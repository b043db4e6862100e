"""The patterns that several notations share: of spaces, of the text around a number, of words of all
languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from diptych.languages import LanguageRules, either

Readings = tuple[
    tuple[str, str], ...
]  # the possible readings of a match, each its kind and its value; the likeliest first
Read = Callable[[re.Match[str], str], Readings | None]  # given a match, and the key of the page

SPACE = "[ \u00a0\u202f]"
BREAK = "[ \u00a0\u202f\n]+"
MAYBE = "[ \u00a0\u202f\n]*"
ALONE = r"(?:(?<![\w.,])|(?<=\d[x×]))"  # before a number that is no part of another
TIMES_SIGN = r"(?:(?!\w)|(?=[x×]\d))"
CENTURIES = ("19", "20", "18")  # the centuries of a year with two digits; the likeliest first
NEAR = 60  # characters before a number that are searched for a word about it: jaren 60


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
