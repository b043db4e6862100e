"""Dates with their uncertainty: EDTF (ISO 8601-2:2019), level 1 without long and negative years.

The forms are: a day `2020-03-18`, a month `2020-06`, a year `2020`, a season `2020-21` (21 spring …
24 winter), a decade `197X`, a century `19XX`, a month or a year with an unknown rest `2004-06-XX`; an
approximate date `2020-06~`, an uncertain one `2020?`, or both `2020%`; an interval
`2021-11-06/2021-11-07`, also with an open end `1970/..`; and a day with a local time
`2022-03-18T01:35`. A date never becomes more precise than its text.

The library `edtf` is not used: it refuses a local time without a zone, gives no reason that an author
could act on, and takes a tenth of a second to import.
"""

from __future__ import annotations

import calendar
import datetime
import re

from diptych.diagnostics import Message, say, say_n
from diptych.languages import LANGUAGES, either
from diptych.model import EventDate, Precision
from diptych.values import replace

_FORM = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:T(?P<hour>\d{2}):(?P<minute>\d{2}))?)?)?",
    re.ASCII,
)
_UNKNOWN = re.compile(  # unknown digits: 197X, 19XX, 2004-XX, 2004-06-XX, 2004-XX-XX
    r"(?P<digits>\d{2}XX|\d{3}X|\d{4}(?=-XX(?:-XX)?$)|\d{4}-\d{2}(?=-XX$))(?:-XX){0,2}", re.ASCII
)
_QUALIFIED = {"~": (True, False), "?": (False, True), "%": (True, True)}  # about, perhaps, both
_OPEN = ".."
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}  # first and last month
_MONTHS = {
    name.lower(): number
    for rules in LANGUAGES.values()
    for number, name in enumerate(rules.months, start=1)
}
_AT = either(lambda rules: rules.at)
_UNTIL = either(lambda rules: rules.until)
_ENDING = either(lambda rules: rules.ordinal_endings)


def parse_date(text: str) -> EventDate | Message:
    """The date of a text, or a message with the reason why the text is no date."""
    text = text.strip()
    first_text, slash, last_text = text.partition("/")
    if slash and _OPEN in (first_text, last_text) and first_text != last_text:
        known = _qualified(last_text if first_text == _OPEN else first_text)
        if isinstance(known, Message):
            return known
        return replace(known, text=text, open="start" if first_text == _OPEN else "end")
    if re.fullmatch(rf"\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|.*\s(?:{_UNTIL})\s.*", text):
        return _no_date(text)  # 8/6/2020, or 8 tot 9 juni
    first = _qualified(first_text)
    if isinstance(first, Message) or not slash:
        return first
    last = _qualified(last_text)
    if isinstance(last, Message):
        return last
    if not _follows(first, last):
        return say("the interval `{text}` does not end after it begins", text=text)
    return EventDate(
        text,
        first.precision,
        first.first,
        last.last,
        time=first.time,
        season=first.season,
        approximate=first.approximate or last.approximate,
        uncertain=first.uncertain or last.uncertain,
        end=last,
    )


def _follows(first: EventDate, last: EventDate) -> bool:
    """Whether the second date can end after the first begins; two times of one day are compared
    too.
    """
    if last.last == first.first and first.time and last.time:
        return last.time > first.time
    return last.last > first.first


def _qualified(text: str) -> EventDate | Message:
    """The date of a text that may end in a sign of uncertainty (`~`, `?` or `%`); a message if the
    text is no date.
    """
    bare = text[:-1] if text[-1:] in _QUALIFIED else text
    found = _unspecified(bare) if "X" in bare else _single(bare, text)
    if isinstance(found, Message):
        return found
    approximate, uncertain = _QUALIFIED.get(text[len(bare) :], (False, False))
    return replace(found, text=text, approximate=approximate, uncertain=uncertain)


def _unspecified(text: str) -> EventDate | Message:
    """The month, year, decade or century of a date whose last digits are unknown; a message if the
    text is no date.
    """
    match = _UNKNOWN.fullmatch(text)
    if match is None or (len(text) != 4 and "X" in match["digits"]):
        return _no_date(text)
    digits = match["digits"]
    if "X" not in digits:
        return _single(digits, text)
    begin = int(digits.replace("X", "0"))
    if not begin:
        return say("there is no year 0000")
    precision = Precision.CENTURY if digits.endswith("XX") else Precision.DECADE
    end = int(digits.replace("X", "9"))
    return EventDate(text, precision, datetime.date(begin, 1, 1), datetime.date(end, 12, 31))


_DAYS = re.compile(  # two days of one month
    rf"(\d{{1,2}})\.?\s*(?:[-–—]|\b(?:{_UNTIL})\b)\s*(\d{{1,2}})(\.?\s+[^\W\d]+\.?\s+\d{{4}})"
)


def suggest_date(text: str) -> str | None:
    """The EDTF form of a date in everyday notation (8 juni 2020, 8/6/2020)."""
    days = _DAYS.fullmatch(text.strip())
    if days:  # 12-14 maart 2027
        return suggest_date(f"{days[1]}{days[3]} – {days[2]}{days[3]}")
    ends = re.split(rf"\s+(?:{_UNTIL})\s+|\s*[–—]\s*", text.strip())
    if len(ends) == 2:
        dates = [each if _is_date(each) else suggest_date(each) for each in ends]
        whole = "/".join(each for each in dates if each)
        return whole if all(dates) and _is_date(whole) else None
    with_time = re.fullmatch(
        rf"(\S.*?)(?:T|,?\s+)(?:(?:{_AT}) )?(\d{{1,2}})[:hu.](\d{{2}})?(?: [^\W\d]+)?", text.strip()
    )
    if with_time:
        day = with_time[1] if _is_date(with_time[1]) else suggest_date(with_time[1])
        whole = f"{day}T{int(with_time[2]):02d}:{with_time[3] or '00'}"
        return None if isinstance(_single(whole), Message) else whole
    numeric = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text.strip())
    if numeric:
        day, month, year = (int(part) for part in numeric.groups())
        return _checked(year, month, day)
    of_month = re.fullmatch(r"(\d{1,2})[/.-](\d{4})", text.strip())
    if of_month:
        return _checked(int(of_month[2]), int(of_month[1]), None)
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


def _is_date(text: str) -> bool:
    return not isinstance(parse_date(text), Message)


def _checked(year: int, month: int, day: int | None) -> str | None:
    text = f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")
    return None if isinstance(_single(text), Message) else text


def _no_date(text: str) -> Message:
    return say("`{text}` is not a date in the form 2020-06-08, 2020-06 or 2020", text=text)


def _single(text: str, written: str = "") -> EventDate | Message:
    """A day, a month, a season or a year; a message quotes `written`."""
    written = written or text
    match = _FORM.fullmatch(text)
    if match is None and re.fullmatch(r"\d{1,2}[:.hu]\d{2}", text, re.ASCII):
        return say(
            "`{text}` is an hour; the day must stand before it, as in {example}",
            text=written,
            example="2020-06-08T12:30",
        )
    if match is None:
        return _no_date(written)
    year, month, day, hour, minute = (int(part) if part else None for part in match.groups())
    assert year is not None
    text = written
    if year == 0:
        return say("there is no year 0000")
    if month is None:
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        return EventDate(text, Precision.YEAR, first, last)
    if day is None and month in _SEASONS:
        return _season(text, year, month)
    if not 1 <= month <= 12:
        return say("`{text}` names month {month}; a year has 12", text=text, month=month)
    days = calendar.monthrange(year, month)[1]
    if day is None:
        first, last = datetime.date(year, month, 1), datetime.date(year, month, days)
        return EventDate(text, Precision.MONTH, first, last)
    if not 1 <= day <= days:
        return say_n(
            "`{text}` does not exist: that month has {count} day",
            "`{text}` does not exist: that month has {count} days",
            text=text,
            count=days,
        )
    return _day(text, datetime.date(year, month, day), hour, minute)


def _season(text: str, year: int, season: int) -> EventDate:
    begin, end = _SEASONS[season]
    last_year = year + (end < begin)
    last = datetime.date.max
    if last_year <= datetime.MAXYEAR:
        last = datetime.date(last_year, end, calendar.monthrange(last_year, end)[1])
    first = datetime.date(year, begin, 1)
    return EventDate(text, Precision.SEASON, first, last, season=season)


def _day(
    text: str, day: datetime.date, hour: int | None, minute: int | None
) -> EventDate | Message:
    if hour is None or minute is None:
        return EventDate(text, Precision.DAY, day, day)
    if hour > 23 or minute > 59:
        return say("`{text}` names a time that does not exist", text=text)
    time = datetime.time(hour, minute)
    return EventDate(text, Precision.MINUTE, day, day, time=time)
