"""Dates as history knows them: EDTF (ISO 8601-2:2019), level 1 as far as a timeline needs it.

A day `2020-03-18`, a month `2020-06`, a year `2020`, a season `2020-21` (21 spring … 24 winter),
an interval `2021-11-06/2021-11-07`, approximate `2020-06~`, and a day with a local time
`2022-03-18T01:35`. Nothing finer than what is known is ever made up.

Read here and not by the library `edtf`: that refuses a local time without a zone, gives no reason
that an author could act on, and takes a tenth of a second to import.
"""

from __future__ import annotations

import calendar
import datetime
import re

from diptych.diagnostics import Message, say
from diptych.languages import LANGUAGES, either
from diptych.model import EventDate, Precision

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}))?)?)?(~?)", re.ASCII)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}  # first and last month
_MONTHS = {
    name.lower(): number
    for rules in LANGUAGES.values()
    for number, name in enumerate(rules.months, start=1)
}
_AT = either(lambda rules: rules.at)
_ENDING = either(lambda rules: rules.ordinal_endings)


def parse_date(text: str) -> EventDate | Message:
    """The date that a text means, or a message that says why it means none."""
    text = text.strip()
    first_text, slash, last_text = text.partition("/")
    first = _single(first_text)
    if isinstance(first, Message) or not slash:
        return first
    last = _single(last_text)
    if isinstance(last, Message):
        return last
    if last.last <= first.first or first.time or last.time:
        return say("the interval `{text}` does not end after it begins", text=text)
    return EventDate(
        text,
        first.precision,
        first.first,
        last.last,
        season=first.season,
        approximate=first.approximate or last.approximate,
        end=last,
    )


def suggest_date(text: str) -> str | None:
    """The EDTF form of a date that was written as people write it (8 juni 2020, 8/6/2020)."""
    with_time = re.fullmatch(
        rf"(\d{{4}}-\d{{2}}-\d{{2}})\s+(?:(?:{_AT}) )?(\d{{1,2}})[:hu.](\d{{2}})", text.strip()
    )
    if with_time:
        whole = f"{with_time[1]}T{int(with_time[2]):02d}:{with_time[3]}"
        return None if isinstance(_single(whole), Message) else whole
    numeric = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text.strip())
    if numeric:
        day, month, year = (int(part) for part in numeric.groups())
        return _checked(year, month, day)
    loose = re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", text.strip())
    if loose:
        year, month = int(loose[1]), int(loose[2])
        if month > 12 and loose[3] and int(loose[3]) <= 12:
            return _checked(year, int(loose[3]), month)
        return _checked(year, month, int(loose[3]) if loose[3] else None)
    words = re.fullmatch(
        rf"(?:(\d{{1,2}})(?:{_ENDING}|\.)?\s+)?([^\W\d]+)\s+(\d{{4}})", text.strip().lower()
    )
    if words and words[2] in _MONTHS:
        day_of_month = int(words[1]) if words[1] else None
        return _checked(int(words[3]), _MONTHS[words[2]], day_of_month)
    return None


def _checked(year: int, month: int, day: int | None) -> str | None:
    text = f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")
    return None if isinstance(_single(text), Message) else text


def _single(text: str) -> EventDate | Message:
    match = _FORM.fullmatch(text)
    if match is None and re.fullmatch(r"\d{1,2}[:.hu]\d{2}", text, re.ASCII):
        return say(
            "`{text}` is an hour; the day must stand before it, as in {example}",
            text=text,
            example="2020-06-08T12:30",
        )
    if match is None:
        return say("`{text}` is not a date in the form 2020-06-08, 2020-06 or 2020", text=text)
    year, month, day, hour, minute = (int(part) if part else None for part in match.groups()[:5])
    approximate = bool(match[6])
    assert year is not None
    if year == 0:
        return say("there is no year 0000")
    if month is None:
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        return EventDate(text, Precision.YEAR, first, last, approximate=approximate)
    if day is None and month in _SEASONS:
        return _season(text, year, month, approximate)
    if not 1 <= month <= 12:
        return say("`{text}` names month {month}; a year has 12", text=text, month=month)
    days = calendar.monthrange(year, month)[1]
    if day is None:
        first, last = datetime.date(year, month, 1), datetime.date(year, month, days)
        return EventDate(text, Precision.MONTH, first, last, approximate=approximate)
    if not 1 <= day <= days:
        return say("`{text}` does not exist: that month has {days} days", text=text, days=days)
    return _day(text, datetime.date(year, month, day), hour, minute, approximate)


def _season(text: str, year: int, season: int, approximate: bool) -> EventDate:
    begin, end = _SEASONS[season]
    last_year = year + (end < begin)
    last = datetime.date.max
    if last_year <= datetime.MAXYEAR:
        last = datetime.date(last_year, end, calendar.monthrange(last_year, end)[1])
    first = datetime.date(year, begin, 1)
    return EventDate(text, Precision.SEASON, first, last, season=season, approximate=approximate)


def _day(
    text: str, day: datetime.date, hour: int | None, minute: int | None, approximate: bool
) -> EventDate | Message:
    if hour is None or minute is None:
        return EventDate(text, Precision.DAY, day, day, approximate=approximate)
    if hour > 23 or minute > 59:
        return say("`{text}` names a time that does not exist", text=text)
    time = datetime.time(hour, minute)
    return EventDate(text, Precision.MINUTE, day, day, time=time, approximate=approximate)
