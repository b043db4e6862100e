"""What needs no translation: dates, times, amounts, percentages, numbers, addresses, links.

Each is read by the notation of its language and compared by value, so that `€ 1.234,50` and
`1 234,50 €`, `8 juni` and `8 juin`, `1.35 uur` and `1 h 35` are the same fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, partial

from diptych.i18n import Notation, notation
from diptych.parity.units import _identity

_SPACE = "[ \u00a0\u202f]"
_LINK = re.compile(r"\]\(([^)\s]+)[^)]*\)|<((?:https?://|mailto:)[^>\s]+)>")
_IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)")
_FOOTNOTE = re.compile(r"\[\^([^\]]+)\](?!:)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]*\w")
_PHONE = re.compile(
    rf"\+\d{{2}}{_SPACE}?\d{{1,3}}(?:[/.-]?{_SPACE}?\d{{2,3}}){{2,4}}\b|\b0\d{{1,3}}(?:[/.-]|{_SPACE})\d{{2,3}}"
    rf"(?:[/.-]?{_SPACE}?\d{{2,3}}){{1,3}}\b"
)
_SIGN = re.compile(r"[\d@]|\]\(|\[\^|://")  # without one of these there is no fact to find
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
_PERCENT = r"(?:%|procent\b|pour cent\b|Prozent\b)"
_CLOCK = re.compile(
    rf"\b(\d{{1,2}})(?:[.:](\d\d))?{_SPACE}?(?:uur|u|heures?|h|Uhr)\b(?:{_SPACE}?(\d\d)\b)?"
)

ValueOf = Callable[[re.Match[str], str], str | None]  # a match and the page key -> its value


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a unit: its kind, its value, and how and where it was written."""

    kind: str  # date, time, money, percent, number, email, phone, link, picture, footnote
    value: str
    written: str
    offset: int  # in the text of the unit


def facts_of(text: str, locale: str, key: str = "") -> tuple[Fact, ...]:
    """The facts of a text in the notation of a locale, in order; each character counts once."""
    if not _SIGN.search(text):
        return ()
    rules = _rules(locale)
    found: list[Fact] = []
    masked = text
    for kind, pattern, value_of in rules:
        masked = _take(kind, pattern, partial(_value, value_of, key), masked, text, found)
    return tuple(sorted(found, key=lambda fact: fact.offset))


def _value(value_of: ValueOf, key: str, match: re.Match[str]) -> str | None:
    return value_of(match, key)


def _take(
    kind: str, pattern: re.Pattern[str], value_of: Callable[[re.Match[str]], str | None],
    masked: str, text: str, found: list[Fact],
) -> str:  # fmt: skip
    """Adds what a pattern finds, and blanks it out for the patterns after it."""

    def blank(match: re.Match[str]) -> str:
        value = value_of(match)
        if value is None:
            return match.group()
        if value:
            written = text[match.start() : match.end()]
            found.append(Fact(kind, value, written, match.start()))
        return "\x00" * len(match.group())

    return pattern.sub(blank, masked)


@cache
def _rules(locale: str) -> tuple[tuple[str, re.Pattern[str], ValueOf], ...]:
    """Patterns in order of precedence; a value of "" takes the text and is no fact."""
    marks = notation(locale)
    months = "|".join(sorted(marks.months, key=len, reverse=True))
    number = _number_pattern(marks)
    day = r"(?P<day>\d{1,2})(?:er|re|e|\.)?"
    space = rf"(?:{_SPACE}|\n)+"
    maybe = rf"(?:{_SPACE}|\n)*"
    return (
        ("picture", _IMAGE, lambda m, _: m[1]),
        ("link", _LINK, lambda m, key: _identity(m[1] or m[2], key)),
        ("footnote", _FOOTNOTE, lambda m, _: m[1]),
        ("", _ATTRIBUTES, lambda _m, _k: ""),
        ("email", _EMAIL, lambda m, _: m[0].lower()),
        ("phone", _PHONE, lambda m, _: re.sub(r"\D", "", m[0]).removeprefix("32").lstrip("0")),
        ("date", re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"), _iso),
        ("date", re.compile(rf"\b{day}{space}(?P<name>{months})(?:{space}(?P<year>\d{{4}}))?\b", re.I),
         lambda m, _: _date(m, marks)),
        ("date", re.compile(rf"\b(?P<name>{months}){space}(?P<year>\d{{4}})\b", re.I),
         lambda m, _: _date(m, marks)),
        ("time", _CLOCK, _time),
        ("time", re.compile(r"\b(\d{1,2}):(\d\d)\b(())"), _time),
        ("money", re.compile(rf"€{_SPACE}?({number})|({number}){maybe}(?:€|euros?\b)", re.I),
         lambda m, _: _decimal(m[1] or m[2], marks)),
        ("percent", re.compile(rf"({number}){maybe}{_PERCENT}", re.I),
         lambda m, _: _decimal(m[1], marks)),
        ("number", re.compile(rf"(?<![\w.,-])({number})(?:er|re|e)?\b"),
         lambda m, _: _decimal(m[1], marks)),
    )  # fmt: skip


def _number_pattern(marks: Notation) -> str:
    """A number with groups of three: a full stop in Dutch, any space in French."""
    spaced = not marks.group.strip()
    group = _SPACE if spaced else re.escape(marks.group)
    fraction = rf"(?:{re.escape(marks.decimal)}\d+)?"
    return rf"\d{{1,3}}(?:{group}\d{{3}})+{fraction}|\d+{fraction}"


def _decimal(text: str, marks: Notation) -> str | None:
    spaced = not marks.group.strip()
    plain = re.sub(_SPACE, "", text) if spaced else text.replace(marks.group, "")
    try:
        return str(Decimal(plain.replace(marks.decimal, ".")).normalize() + 0)
    except InvalidOperation:
        return None


def _iso(match: re.Match[str], _key: str) -> str:
    return f"{match['year']}-{match['month']}-{match['day']}"


def _date(match: re.Match[str], marks: Notation) -> str:
    """`2020-06-08`, `2020-06`, or `--06-08` when the year is not said."""
    parts = match.groupdict()
    year = parts.get("year") or "-"
    day = f"-{int(parts['day']):02d}" if parts.get("day") else ""
    return f"{year}-{marks.months[match['name'].lower()]:02d}{day}"


def _time(match: re.Match[str], _key: str) -> str | None:
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 25 and minute < 60 else None
