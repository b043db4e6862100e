"""Dates, numbers and amounts in the notation of a language, from CLDR through Babel.

Catalogs add what CLDR lacks (seasons, times of day in Belgian notation), and so do the rules of the
language (French `1er`). Ranges are composed here from full forms, since CLDR's interval skeletons
abbreviate the month in Dutch and not in French.

Babel takes long to import, and many builds format no date, so only the functions that need Babel
import it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import cache, lru_cache

from diptych.languages import rules_of
from diptych.model import EventDate, Precision
from diptych.values import replace

Gettext = Callable[[str], str]


def interface(msgid: str) -> str:
    """The string itself. Message extraction finds strings for readers by the calls of this function."""
    return msgid


_SEASONS = {
    21: interface("spring %(year)s"),
    22: interface("summer %(year)s"),
    23: interface("autumn %(year)s"),
    24: interface("winter %(year)s"),
}
_IN_SENTENCE = {  # a season after a word such as "around"
    21: interface("the spring of %(year)s"),
    22: interface("the summer of %(year)s"),
    23: interface("the autumn of %(year)s"),
    24: interface("the winter of %(year)s"),
}
_DECADE = interface("%(decade)ss")
_DECADE_IN_SENTENCE = interface("the %(decade)ss")
_APPROXIMATE = interface("around %(date)s")
_UNCERTAIN = interface("%(date)s (uncertain)")
_FROM = interface("from %(date)s on")
_UNTIL = interface("until %(date)s")
_AT = interface("%(date)s at %(time)s")
_TIME = interface("%(hour)s:%(minute)s")
_DAYS = (Precision.DAY, Precision.MINUTE)
_UNITS = {"minutes": "duration-minute"}  # CLDR lacks hours in Dutch


def format_number(value: int, locale: str) -> str:
    """A whole number with the grouping of the locale: 1.200, 1 200 (narrow no-break space)."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=locale))


def rounded_size(count: int) -> int:
    """The size of a file, rounded as `format_size` shows it: to a tenth of a megabyte, and below 0.1
    megabytes down to whole kilobytes.
    """
    return round(round(count / 1e6, 1) * 1e6) if count >= 1e5 else count // 1000 * 1000


def format_size(count: int, locale: str) -> str:
    """The size of a file, in megabytes or below 0.1 of them in kilobytes: 1,8 MB, 1,8 Mo."""
    from babel.units import format_unit

    size = rounded_size(count)
    unit, value = ("megabyte", size / 1e6) if count >= 1e5 else ("kilobyte", size // 1000)
    return str(format_unit(value, f"digital-{unit}", "short", locale=locale))


@lru_cache(maxsize=1024)
def format_amount(value: int, unit: str, locale: str) -> str:
    """A number with its unit if CLDR knows the unit (a currency code, minutes), else the number
    alone.
    """
    from babel import Locale
    from babel.numbers import format_currency
    from babel.units import format_unit

    if re.fullmatch(r"[A-Z]{3}", unit):
        pattern = Locale.parse(locale).currency_formats["standard"].pattern
        whole = re.sub(r"0\.00", "0", pattern)
        return str(format_currency(value, unit, whole, locale=locale, currency_digits=False))
    if unit in _UNITS:
        return str(format_unit(value, _UNITS[unit], locale=locale))
    return format_number(value, locale)


def format_date(date: EventDate, locale: str, gettext: Gettext) -> str:
    """The date in words, as precise as it is known: "6–7 november 2021", "juin 2020".

    `gettext` gives the catalog's strings for seasons, approximations and times of day.
    """
    if date.end is not None:
        text = _interval(date, date.end, locale, gettext)
    elif date.approximate or date.open:
        text = _in_sentence(date, locale, gettext)
    else:
        text = _single(date, locale, gettext)
    for wanted, phrase in (
        (date.approximate, _APPROXIMATE),
        (date.open == "end", _FROM),
        (date.open == "start", _UNTIL),
        (date.uncertain, _UNCERTAIN),
    ):
        text = _contracted(gettext(phrase) % {"date": text}, locale) if wanted else text
    return text


def _contracted(text: str, locale: str) -> str:
    """A phrase with its preposition and article joined: French à le becomes au."""
    for apart, joined in rules_of(locale).contractions:
        text = re.sub(apart, joined, text)
    return text


def machine_date(date: EventDate) -> str:
    """The value of `datetime` in HTML: a day, month, year or local time. For a season it is the year,
    for a decade or a century its first year.
    """
    start, _, end = date.text.partition("/")
    text = re.sub(r"[~?%]|-XX", "", end if date.open == "start" else start)
    coarse = date.precision in (Precision.SEASON, Precision.DECADE, Precision.CENTURY)
    return f"{date.first.year:04d}" if coarse else text


def _single(date: EventDate, locale: str, gettext: Gettext) -> str:
    if date.precision is Precision.YEAR:
        return str(date.first.year)
    if date.precision is Precision.CENTURY:
        return f"{date.first.year}–{date.last.year}"
    if date.precision is Precision.DECADE:
        return gettext(_DECADE) % {"decade": date.first.year}
    if date.precision is Precision.SEASON and date.season is not None:
        return gettext(_SEASONS[date.season]) % {"year": date.first.year}
    if date.precision is Precision.MONTH:
        return formatted_day(date.first, locale, _pattern(locale, "yMMMM"))
    day = _day(date.first, locale)
    if date.time is None:
        return day
    clock = {"hour": date.time.hour, "minute": f"{date.time.minute:02d}"}
    return gettext(_AT) % {"date": day, "time": gettext(_TIME) % clock}


def _in_sentence(date: EventDate, locale: str, gettext: Gettext) -> str:
    """The date after a word such as around: French le 8 juin, le printemps."""
    if date.precision is Precision.DECADE:
        return gettext(_DECADE_IN_SENTENCE) % {"decade": date.first.year}
    if date.precision is Precision.SEASON and date.season is not None:
        return gettext(_IN_SENTENCE[date.season]) % {"year": date.first.year}
    article = rules_of(locale).day_article if date.precision in _DAYS else ""
    return article + _single(date, locale, gettext)


def _interval(date: EventDate, end: EventDate, locale: str, gettext: Gettext) -> str:
    """Both dates of an interval, in words. A month or year that the dates share is written once if
    the language does so.
    """
    first, last = date.first, end.first
    whole = _single(end, locale, gettext)
    if date.time and end.time and first == last:
        clock = {"hour": end.time.hour, "minute": f"{end.time.minute:02d}"}
        return f"{_single(_without_end(date), locale, gettext)} – {gettext(_TIME) % clock}"
    days = date.precision is Precision.DAY and end.precision is Precision.DAY
    if days and (first.year, first.month) == (last.year, last.month):
        pattern = _pattern(locale, "long")
        if pattern.startswith("d"):
            day = formatted_day(first, locale, "d" + ("." if pattern.startswith("d.") else ""))
            return f"{_ordinal(day, first, locale)}–{whole}"
    same_year = first.year == last.year
    if days and same_year:
        start = _ordinal(formatted_day(first, locale, _pattern(locale, "MMMMd")), first, locale)
    elif same_year and date.precision is end.precision is Precision.MONTH:
        start = formatted_day(first, locale, "LLLL")
    elif date.precision is end.precision is Precision.YEAR:
        return f"{first.year}–{last.year}"
    else:
        start = _single(_without_end(date), locale, gettext)
    return f"{start} – {whole}"


def _without_end(date: EventDate) -> EventDate:
    text = date.text.partition("/")[0]
    return replace(date, text=text, last=date.first, end=None)


def _day(day: datetime.date, locale: str) -> str:
    return _ordinal(formatted_day(day, locale, _pattern(locale, "long")), day, locale)


def _ordinal(text: str, day: datetime.date, locale: str) -> str:
    """A date with its first day in the notation of the language: CLDR lacks the French `1er`."""
    first = rules_of(locale).first_of_month
    return re.sub(r"^1\b", first, text) if first and day.day == 1 else text


@lru_cache(maxsize=4096)  # Babel is slow, and a timeline repeats its dates
def formatted_day(day: datetime.date, locale: str, pattern: str) -> str:
    """The day in a CLDR pattern (`MMMMd`), in the words of the locale."""
    from babel.dates import format_date as babel_date

    return str(babel_date(day, pattern, locale=locale))


@cache
def _pattern(locale: str, name: str) -> str:
    from babel import Locale

    parsed = Locale.parse(locale)
    found = parsed.date_formats["long"] if name == "long" else parsed.datetime_skeletons[name]
    return str(found.pattern)
