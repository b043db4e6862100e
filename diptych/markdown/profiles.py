"""Builds the replacements (regular expressions) of a typographic profile from its table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from diptych.languages import NBSP, THIN, TYPOGRAPHY, Typography
from diptych.values import Value

_SPACES = f"[ {NBSP}{THIN}]"
_PLAIN = f"{_SPACES}* {_SPACES}*"  # spaces, at least one of them a plain one
_YEAR = r"(?:1[89]|20)\d\d"
_DASHES = (
    ("-–", rf"(?<![\w-])({_YEAR})(?:-| [-–] )({_YEAR})(?![\w-])", r"\1–\2"),
    ("-", r"(?<=[^\s–—-]) - (?=[^\s–—-])", " – "),
    ("-–", r"(?<= – )([^–.!?\n]*[^\s–]) (?=– )", rf"\1{NBSP}"),  # also of the dashes just made
)


class Replacement(Value):
    """An expression, and the text for its matches. A text with none of the signs has no match."""

    signs: frozenset[str]
    pattern: re.Pattern[str]
    text: str


class Profile(Value):
    """A profile ready for use: its table, and its replacements in the order in which they are made."""

    table: Typography
    replacements: tuple[Replacement, ...]
    elided: re.Pattern[str]  # the letters after an apostrophe that opens no quotation: 's avonds


@cache
def profile_of(name: str) -> Profile | None:
    """A profile by its name in site.yaml; None for `plain`, which changes nothing."""
    table = TYPOGRAPHY.get(name)
    if table is None:
        return None
    replacements = tuple(
        Replacement(frozenset(signs), re.compile(pattern), text)
        for signs, pattern, text in _replacements(table)
    )
    elided = re.compile(rf"(?:{table.elided or '(?!)'})\b", re.IGNORECASE)
    return Profile(table, replacements, elided)


def _replacements(table: Typography) -> Iterator[tuple[str, str, str]]:
    """The signs, the expression and the text of each replacement."""
    if table.group is not None:
        yield " ", r"(?<=\d) (?=\d\d\d(?!\d))", table.group
    if table.kept:
        yield " ", _unbroken(table), NBSP
    if table.stops is not None:
        yield from _too_wide(*table.stops)
    if table.guillemets is not None:
        spaces = _PLAIN if table.guillemets else f"{_SPACES}+"
        yield "«", rf"(?<=«){spaces}", table.guillemets
        yield "»", rf"{spaces}(?=»)", table.guillemets
    if table.dashes:
        yield from _DASHES
    if table.stops is not None and any(table.stops):
        yield from _missing(*table.stops)
    if table.guillemets:
        yield "«", rf"(?<=«)(?=[^\s{NBSP}{THIN}])", table.guillemets
        yield "»", rf"(?<=[^\s{NBSP}{THIN}])(?=»)", table.guillemets


def _unbroken(table: Typography) -> str:
    """The spaces that do not break. One pattern covers all contexts, so that a text is searched once."""
    either = "|".join(
        f"(?={behind})(?:{'|'.join(f'(?<={each}.)' for each in before)})"  # the . is the matched space
        for before, behind in table.kept
    )
    return rf" (?:{either})"


def _too_wide(high: str, low: str) -> Iterator[tuple[str, str, str]]:
    """Replaces a plain space before a mark by the space of the profile. A non-breaking space was
    typed on purpose and stays, unless the profile has no space there.
    """
    for space, signs, marks in ((high, ";!?", "[;!?]"), (low, ":", r":(?:\s|$|[»”)])")):
        if space:
            yield signs, rf"(?<=[^\s(«“]){_PLAIN}(?={marks})", space
        else:
            yield signs, rf"{_SPACES}(?<=[^\s(«“].){_SPACES}*(?={marks})", space


def _missing(high: str, low: str) -> Iterator[tuple[str, str, str]]:
    """Adds the missing space before a mark that ends a word, outside of addresses."""
    before = rf"(?<=[^\s;:!?(«“{NBSP}{THIN}])"
    yield ";!?", rf"{before}(?=[;!?](?:[\s»”)!?;.,{NBSP}{THIN}]|$))", high
    yield ":", rf"{before}(?=:(?:\s|$))", low
