"""What needs no translation: dates, times, amounts, percentages, numbers, addresses, links.

Each is read by the notation of its language and compared by value, so that `€ 1.234,50` and
`1 234,50 €`, `8 juni` and `8 juin`, `1.35 uur` and `1 h 35` are the same fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache, partial

from diptych.i18n import Notation, notation
from diptych.languages import LANGUAGES, LanguageRules, either, rules_of
from diptych.translation.units import identity_of
from diptych.values import Value

_SPACE = "[ \u00a0\u202f]"
_BREAK = rf"(?:{_SPACE}|\n)+"
_MAYBE = rf"(?:{_SPACE}|\n)*"
_ALONE = r"(?<![\w.,])"  # not the rest of another number
_LINK = r"\]\(([^)\s]+)[^)]*\)|<((?:https?://|mailto:)[^>\s]+)>"
_IMAGE = r"!\[[^\]]*\]\(([^)\s]+)"
_FOOTNOTE = r"\[\^([^\]]+)\](?!:)"
_EMAIL = r"[\w.+-]+@[\w-]+\.[\w.]*\w"
_PHONE = (
    rf"(?:\+|\b00)\d{{2}}{_SPACE}?(?:\(0\){_SPACE}?)?\d{{1,3}}(?:[/.-]?{_SPACE}?\d{{2,3}}){{2,4}}\b"
    rf"|\b0\d{{1,3}}(?:[/.-]|{_SPACE})\d{{2,3}}(?:[/.-]?{_SPACE}?\d{{2,3}}){{1,3}}\b"
)
_ATTRIBUTES = r"\{[^{}\n]*\}"
_ISO = r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"
_FIGURES = r"\b(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4})\b"
_MONTH_FIRST = r"\b(?P<month>\d{1,2})([/.-])(?P<day>\d{1,2})\2(?P<year>\d{4})\b"


def _either(words: Callable[[LanguageRules], Iterable[str]]) -> str:
    """The words of all languages, for a text may quote another; a space is any that parts words."""
    return f"(?:{either(words)})".replace(" ", _BREAK)


_AFTERNOON = rf"(?:{_BREAK}({_either(lambda rules: rules.afternoon)}\b))?"
_CLOCK = (
    rf"\b(\d{{1,2}})(?:[.:](\d\d))?{_MAYBE}{_either(lambda rules: rules.hours)}"
    rf"(?:{_MAYBE}(\d\d))?\b{_AFTERNOON}"
)
_DIGITAL_CLOCK = rf"\b(\d{{1,2}}):(\d\d)\b(){_AFTERNOON}"
_PERCENT = rf"(?:%|{_either(lambda rules: rules.percent)}\b)"
_EURO = rf"(?:€|{_either(lambda rules: rules.euro)}\b|EUR\b)"
_EURO_LINK = _either(lambda rules: [rules.euro_link])
_INSERTED = (
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "nonies",
    "decies",
)
_ARTICLE = rf"(?<![\w.,-])(\d+)({'|'.join(_INSERTED)})\b"  # of a law, inserted later
_VERSION = rf"{_ALONE}\d+(?:\.\d+)+(?!\d|,\d)"
_ORDINAL = _either(lambda rules: rules.ordinal_endings)
_SCALES = {word: times for rules in LANGUAGES.values() for word, times in rules.scales.items()}
_CLOSES = re.compile(r"\s*(?:[.,;:!?)\]”]|$)")  # behind a date that ends a sentence or a part of it

ValueOf = Callable[[re.Match[str], str], str | None]  # a match and the page key -> its value


class Fact(Value):
    """One fact of a unit: its kind, its value, and how and where it was written."""

    kind: str  # date, time, money, percent, number, email, phone, link, picture, footnote
    value: str
    written: str
    offset: int  # in the text of the unit


@lru_cache(maxsize=4096)  # after an edit all other texts are the same
def facts_of(text: str, locale: str, key: str = "") -> tuple[Fact, ...]:
    """The facts of a text in the notation of a locale, in order; each character counts once."""
    found: list[Fact] = []
    masked = text
    for rule in _rules(locale):
        masked = _take(
            rule.kind, rule.pattern, partial(_value, rule.value_of, key), masked, text, found
        )
    return tuple(sorted(found, key=lambda fact: fact.offset))


def _value(value_of: ValueOf, key: str, match: re.Match[str]) -> str | None:
    return value_of(match, key)


def _take(
    kind: str,
    pattern: re.Pattern[str],
    value_of: Callable[[re.Match[str]], str | None],
    masked: str,
    text: str,
    found: list[Fact],
) -> str:
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


class _Rule(Value):
    """How one kind of fact is written; "" as a kind or a value takes a text that is no fact."""

    kind: str
    pattern: re.Pattern[str]
    value_of: ValueOf


@cache
def _rules(locale: str) -> tuple[_Rule, ...]:
    """The rules of a locale, in order of precedence."""
    marks, rules = notation(locale), rules_of(locale)
    scales = {**_SCALES, **rules.scales}  # a billion is another number in each language
    of = rf"(?:(?:{'|'.join(rules.date_links)}){_BREAK})?" if rules.date_links else ""
    day = rf"\b(?P<day>\d{{1,2}})(?:{_ORDINAL}|\.)?{_BREAK}{of}"
    month = rf"(?P<name>{'|'.join(sorted(marks.months, key=len, reverse=True))})"
    year = rf"{_BREAK}(?P<year>\d{{4}})"
    plain = f"({_number_pattern(marks)})"
    number = rf"{plain}(?:{_MAYBE}({'|'.join(scales)})\b)?"
    decade = rf"|(?<=\d0){rules.decade_ending}" if rules.decade_ending else ""
    number_of = partial(_number, marks, scales)
    table: list[tuple[str, str, ValueOf]] = [
        ("picture", _IMAGE, lambda m, _: m[1]),
        ("link", _LINK, lambda m, key: identity_of(m[1] or m[2], key)),
        ("footnote", _FOOTNOTE, lambda m, _: m[1]),
        ("", _ATTRIBUTES, lambda _m, _k: ""),
        ("email", _EMAIL, lambda m, _: m[0].lower()),
        *(() if marks.day_first or not rules.month_first else (("date", _MONTH_FIRST, _figures),)),
        ("date", _FIGURES, _figures),
        ("phone", _PHONE, _phone),
        ("date", _ISO, _figures),
        ("date", rf"(?i){day}{month}(?:{year})?\b", lambda m, _: _date(m, marks)),
    ]
    if rules.month_first:
        behind = rf"(?P<ordinal>{_ORDINAL}\b)?(?!\w|[.,]\d)(?:,?{year}(?!\w))?"
        pattern = rf"(?i)\b(?-i:(?=[A-Z])){month}{_BREAK}(?P<day>\d{{1,2}}){behind}"
        table.append(("date", pattern, lambda m, _: _month_first(m, marks, rules)))
    table.append(("date", rf"(?i)\b{month}{year}\b", lambda m, _: _date(m, marks)))
    if rules.half_days is not None:
        morning, afternoon = rules.half_days
        pattern = rf"(?i)\b(\d{{1,2}})(?:[.:](\d\d))?{_MAYBE}(?:({morning})|({afternoon}))(?!\w)"
        table.append(("time", pattern, _half_day))
    table += [
        ("time", _CLOCK, _time),
        ("time", _DIGITAL_CLOCK, _time),
        ("money", rf"(?i)(?:€|\bEUR\b){_MAYBE}{number}", number_of),
        ("money", rf"(?i){_ALONE}{number}{_MAYBE}{_EURO_LINK}?{_EURO}", number_of),
        ("percent", rf"(?i){_ALONE}{plain}(){_MAYBE}{_PERCENT}", number_of),
        ("number", _ARTICLE, lambda m, _: m[1] + m[2]),
        ("number", rf"(?i){_ALONE}(?<![^\W\d]-){number}(?:{_ORDINAL}{decade})?\b", number_of),
        ("number", _VERSION, lambda m, _: m[0]),
    ]
    return tuple(_Rule(kind, re.compile(pattern), value) for kind, pattern, value in table)


def _group(marks: Notation) -> str:
    """The sign that sets groups of three apart beside a space, or "": 1.234, in English 1,234."""
    return "." if marks.decimal != "." else marks.group.strip()


def _number_pattern(marks: Notation) -> str:
    """A number with groups of three, set apart by a space or by the sign of the locale."""
    group = rf"(?:{_SPACE}|{re.escape(_group(marks))})" if _group(marks) else _SPACE
    fraction = rf"(?:{re.escape(marks.decimal)}\d+)?"
    return rf"\d{{1,3}}(?:{group}\d{{3}})+(?!\d){fraction}|\d+{fraction}(?!\.\d)"


def _number(
    marks: Notation, scales: Mapping[str, int], match: re.Match[str], _key: str
) -> str | None:
    """The value of a number, and of what it is multiplied by."""
    plain = re.sub(_SPACE, "", match[1])
    if group := _group(marks):
        plain = plain.replace(group, "")
    plain = plain.replace(marks.decimal, ".")
    try:
        value = Decimal(plain) * scales.get((match[2] or "").lower(), 1)
    except InvalidOperation:
        return None
    return f"{value.normalize():f}"


def _phone(match: re.Match[str], _key: str) -> str:
    """The digits after Belgium's prefix, or after the nought that stands in its place."""
    digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
    if match[0].startswith(("+", "00")):
        return digits.removeprefix("00").removeprefix("32")
    return digits.removeprefix("0")


def _figures(match: re.Match[str], _key: str) -> str | None:
    """A date in figures alone; what cannot be one is left for the numbers."""
    month, day = int(match["month"]), int(match["day"])
    return f"{match['year']}-{month:02d}-{day:02d}" if 0 < month < 13 and 0 < day < 32 else None


def _date(match: re.Match[str], marks: Notation) -> str:
    """`2020-06-08`, `2020-06`, or `--06-08` when the year is not said."""
    parts = match.groupdict()
    year = parts.get("year") or "-"
    day = f"-{int(parts['day']):02d}" if parts.get("day") else ""
    return f"{year}-{marks.months[match['name'].lower()]:02d}{day}"


def _month_first(match: re.Match[str], marks: Notation, rules: LanguageRules) -> str | None:
    """A date as in `September 30`; None where the number may be the next word's: 30 people."""
    if not (match["ordinal"] or match["year"]):
        before = match.string[: match.start()].lower().split()
        named = bool(before) and before[-1] in rules.before_date
        if not named and not _CLOSES.match(match.string, match.end()):
            return None
    return _date(match, marks) if 0 < int(match["day"]) < 32 else None


def _half_day(match: re.Match[str], _key: str) -> str | None:
    """`18:30` for 6:30 p.m.; midnight is 12 a.m."""
    hour, minute = int(match[1]), int(match[2] or 0)
    if not 0 < hour < 13 or minute > 59:
        return None
    return f"{hour % 12 + (12 if match[4] else 0):02d}:{minute:02d}"


def _time(match: re.Match[str], _key: str) -> str | None:
    """`13:35`, also for half past one in the afternoon."""
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    hour += 12 if match[4] and hour < 12 else 0
    return f"{hour:02d}:{minute:02d}" if hour < 25 and minute < 60 else None


def values_in_words(fact: Fact) -> set[int]:
    """The whole numbers whose words say the same as a figure: of `1960s` also sixty."""
    if fact.kind not in ("number", "money", "percent") or not fact.value.isdigit():
        return set()
    decade = re.fullmatch(r"\d\d(\d0)[^\W\d]+", fact.written)
    return {int(fact.value), *([int(decade[1])] if decade else [])}
