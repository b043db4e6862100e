"""Finds the facts of a text, which stay the same in translation: dates, times, amounts, percentages,
numbers, addresses, links.

Each fact is read in the notation of its language (`notations`) and compared by value: `€ 1.234,50`
and `1 234,50 €`, `8 juni` and `8 juin`, `1.35 uur` and `1 h 35` are equal. A fact with several
readings keeps all of them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from diptych.facts.notations import Rule, rules_for, signs_of
from diptych.facts.patterns import Readings
from diptych.values import Value, replace

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
_TARGET = re.compile(r"(?:\]\(|(?:src|href)=[\"']|^<)([^\s\"'<>]*[^\s\"'<>)])")


class Fact(Value):
    """One fact of a unit: its kind and value, and how and where it is written."""

    kind: str  # date, time, money, percent, number, email, phone, link, picture, footnote, …
    value: str
    written: str
    offset: int  # in the text of the unit
    also: Readings = ()  # other readings, as kind and value

    @property
    def shown(self) -> str:
        """The text of the fact in a message: the target of a link or picture, else the words as
        written.
        """
        if self.kind in ("link", "picture"):
            found = _TARGET.search(self.written)
            return found[1] if found else self.written
        return " ".join(self.written.split())


def facts_of(text: str, locale: str, key: str = "") -> tuple[Fact, ...]:
    """The facts of a text in the notation of a locale, in order. Each character belongs to one fact
    at most.

    `key` is the page, for relative links. Character references (`&nbsp;`) are read as their
    characters.
    """
    read, places = _decoded(text)
    found: list[Fact] = []
    blanked, signs = read, signs_of(read)
    for group in rules_for(locale):
        if signs.text != blanked:  # the facts that were found are blanked, so fewer rules can apply
            signs = signs_of(blanked)
        if group.concern(signs):
            for rule in group.rules():
                blanked = _take(rule, blanked, read, key, found)
    if places:
        found = [_placed(fact, text, places) for fact in found]
    return tuple(sorted(found, key=lambda fact: fact.offset))


def _take(rule: Rule, masked: str, text: str, key: str, found: list[Fact]) -> str:
    """Adds the facts that a rule finds, and blanks them out for the rules after it."""

    def blank(match: re.Match[str]) -> str:
        readings = rule.read(match, key)
        if readings is None:
            return match.group()
        if readings:
            own = "own" if "own" in rule.pattern.groupindex else 0
            start, end = match.span(own)
            (kind, value), *also = readings
            found.append(Fact(kind, value, text[start:end], start, tuple(also)))
        else:
            start, end = match.span()
        return match[0][: start - match.start()] + "\x00" * (end - start)

    return rule.pattern.sub(blank, masked)


def _decoded(text: str) -> tuple[str, Sequence[int]]:
    """The text with its character references decoded, and the original offset of each character."""
    if "&" not in text or not _ENTITY.search(text):
        return text, ()
    read, places, end = [], [], 0
    for match in _ENTITY.finditer(text):
        sign = html.unescape(match[0])
        read += [text[end : match.start()], sign]
        places += [*range(end, match.start()), *[match.start()] * len(sign)]
        end = match.end()
    return "".join([*read, text[end:]]), [*places, *range(end, len(text) + 1)]


def _placed(fact: Fact, text: str, places: Sequence[int]) -> Fact:
    """A fact of the decoded text, at its place in the original text."""
    start, end = places[fact.offset], places[fact.offset + len(fact.written)]
    return replace(fact, written=text[start:end], offset=start)
