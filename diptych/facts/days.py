"""Reads dates, months and weekdays, and telephone numbers, which look like dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from diptych.facts.patterns import BREAK, CENTURIES, NEAR, ORDINAL, SPACE, Read, Readings, reads_as
from diptych.i18n import Notation
from diptych.languages import LanguageRules

_PHONE = (
    rf"(?:\+|\b00)\d{{2}}{SPACE}?(?:\(0\){SPACE}?)?\d{{1,3}}(?:[/.-]?{SPACE}?\d{{2,3}}){{2,4}}\b"
    rf"|(?:\(0\d{{1,3}}\)|\b0\d{{1,3}})(?:{SPACE}?[/.-]{SPACE}?|{SPACE})\d{{2,3}}"
    rf"(?:[/.-]?{SPACE}?\d{{2,3}}){{1,3}}\b"
)
_ISO = r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"
_FIGURES = r"\b(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4})\b"
_MONTH_FIRST = r"\b(?P<month>\d{1,2})([/.-])(?P<day>\d{1,2})\2(?P<year>\d{4})\b"
_SHORT_YEAR = (  # 8/6/20, 08.06.20
    r"(?<![\d/.-])(?P<day>\d\d?)(/)(?P<month>\d\d?)\2(?P<year>\d\d)(?![\w/])",
    r"(?<![\d/.-])(?P<day>\d\d)([.-])(?P<month>\d\d)\2(?P<year>\d\d)(?![\w.-])",
)
_NO_YEAR = (
    r"(?P<own>(?P<day>\d{1,2})(?:/(?P<month>\d{1,2})|\.(?P<dotted>\d{1,2})\.))(?![\w/%.,]\w|\s?%)"
)
# the text after a date that ends a sentence or a part of a sentence
_CLOSES = re.compile(r"\s*(?:[.,;:!?)\]”]|$)")


def dates(marks: Notation, rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    """The patterns of dates, and of telephone numbers, which come before a date in figures alone."""
    months = _months(marks, rules)
    read = partial(_date, months)
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    of = rf"(?:(?:{'|'.join(rules.date_links)}){BREAK})?" if rules.date_links else ""
    day = rf"\b(?P<day>\d{{1,2}})(?:{ORDINAL}|\.)?{BREAK}{of}"
    month, year = (
        rf"(?P<name>{names})\b\.?",
        rf",?{BREAK}(?:(?P<year>\d{{4}})|['’](?P<short>\d\d))(?!\w)",
    )
    if rules.month_first and not marks.day_first:
        yield _MONTH_FIRST, reads_as("date", _figures)
    yield _FIGURES, reads_as("date", _figures)
    for pattern in _SHORT_YEAR:
        yield pattern, reads_as("date", _figures)
    yield _PHONE, reads_as("phone", _phone)
    yield _ISO, reads_as("date", _figures)
    yield rf"(?i){day}{month}(?:{year})?", read
    if rules.month_first:
        behind = rf"(?P<ordinal>{ORDINAL}\b)?(?!\w|[.,]\d)(?:{year})?"
        first = rf"(?i)\b(?-i:(?=[A-Z])){month}{BREAK}(?P<day>\d{{1,2}}){behind}"
        yield first, partial(_month_first, months, rules)
    yield rf"(?i)\b{month}{year}", read


def _months(marks: Notation, rules: LanguageRules) -> Mapping[str, int]:
    """The names of the months, short ones too."""
    return {**marks.short_months, **rules.short_months, **marks.months}


def bare_months(marks: Notation, rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    """The pattern of a month without a day and a year."""
    whole = "|".join(sorted(marks.months, key=len, reverse=True))
    sensitive = "(?-i:(?=[A-ZÀ-Ý]))" if rules.month_first else ""
    yield rf"(?i)\b{sensitive}(?P<name>{whole})\b", partial(_month, _months(marks, rules))


def short_dates(rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    """The patterns of a day and a month in figures after a word that precedes dates. Without such a
    word, 8/6 may be a score.
    """
    days = {each[:2].lower() for each in rules.weekdays}
    short = days.difference(rules.short_day_words)
    if before := "|".join([*rules.before_day, *map(str.lower, rules.weekdays), *sorted(short)]):
        yield rf"(?i)\b(?:{before}){BREAK}{_NO_YEAR}", reads_as("date", _short_date)
    # a word such as zo is a weekday only at the start of a list item or of a table cell
    if begun := "|".join(rules.short_day_words):
        yield (
            rf"(?im)(?:^[ \t]*(?:[-*+][ \t]+)?|\|[ \t]*)(?:{begun})\.?{BREAK}{_NO_YEAR}",
            reads_as("date", _short_date),
        )


def weekdays(rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    """The pattern of a weekday, written in full."""
    if rules.weekdays:
        days = "|".join(rules.weekdays)
        yield rf"(?i)\b({days}){rules.day_endings}\b", partial(_weekday, rules)


def short_weekdays(rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    """The patterns of weekdays of two letters, each beside another such weekday: `di en do`,
    `lu/me/ve`.
    """
    days = two_letters(rules)
    if not days:
        return
    either_day = f"(?:{'|'.join(days)})"
    joint = rf"(?:\.?{SPACE}?[/,+&–-]{SPACE}?|\.?{SPACE}(?:{rules.conjunction}){SPACE})"

    def read(match: re.Match[str], _key: str) -> Readings | None:
        return (("weekday", str(days.index(match["own"].lower()))),)

    yield rf"(?i)\b(?P<own>{either_day})\b(?={joint}{either_day}\b)", read
    yield rf"(?i)(?<!\x00)\x00\x00{joint}(?P<own>{either_day})\b", read


def two_letters(rules: LanguageRules) -> list[str]:
    """The weekdays of a language in two letters: `di`, `wo`."""
    return [day[:2].lower() for day in rules.weekdays]


def _figures(match: re.Match[str]) -> str | None:
    """A date in figures alone. Figures that cannot be a date are left to the rules for numbers."""
    year, month, day = match["year"], int(match["month"]), int(match["day"])
    if len(year) == 2:
        year = ("19" if int(year) > 50 else "20") + year
    return f"{year}-{month:02d}-{day:02d}" if 0 < month < 13 and 0 < day < 32 else None


def _short_date(match: re.Match[str]) -> str | None:
    """The value of a day and a month in figures: `--06-08` for `8/6`; None if this is no date."""
    month, day = int(match["month"] or match["dotted"]), int(match["day"])
    return f"--{month:02d}-{day:02d}" if 0 < month < 13 and 0 < day < 32 else None


def _date(months: Mapping[str, int], match: re.Match[str], _key: str) -> Readings | None:
    """`2020-06-08`, `2020-06`, or `--06-08` for a date without a year.

    Another language may write the day or the year as a number of its own: 8 and 9 June, June and
    July 2020.
    The two digits of '58 may belong to any century.
    """
    parts = match.groupdict()
    if match["name"].lower() not in months:
        return None  # not the name of a month: some letters only look like its letters
    short = parts.get("short")
    years = [f"{each}{short}" for each in CENTURIES] if short else [parts.get("year") or "-"]
    month = f"{months[match['name'].lower()]:02d}"
    day = f"-{int(parts['day']):02d}" if parts.get("day") else ""
    numbers = [str(int(day[1:]))] if day else years
    return (
        *(("date", f"{year}-{month}{day}") for year in years),
        *(("number", each) for each in numbers),
    )


def _month(months: Mapping[str, int], match: re.Match[str], _key: str) -> Readings | None:
    number = months.get(match["name"].lower())
    return None if number is None else (("month", str(number)),)


def _weekday(rules: LanguageRules, match: re.Match[str], _key: str) -> Readings | None:
    days = [day.lower() for day in rules.weekdays]
    day = match[1].lower()  # may be no weekday: some letters only look alike (dİnsdag)
    return (("weekday", str(days.index(day))),) if day in days else None


def _month_first(
    months: Mapping[str, int], rules: LanguageRules, match: re.Match[str], key: str
) -> Readings | None:
    """A date such as `September 30`; None if the number may belong to the next word: 30 people."""
    if not (match["ordinal"] or match["year"]):
        before = match.string[max(0, match.start() - NEAR) : match.start()].lower().split()
        named = bool(before) and before[-1] in rules.before_date
        if not named and not _CLOSES.match(match.string, match.end()):
            return None
    return _date(months, match, key) if 0 < int(match["day"]) < 32 else None


def _phone(match: re.Match[str]) -> str:
    """The digits of a Belgian telephone number after the prefix of Belgium, or after the 0 in its
    place."""
    digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
    if match[0].startswith(("+", "00")):
        return digits.removeprefix("00").removeprefix("32")
    return digits.removeprefix("0")
