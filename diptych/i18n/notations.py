"""The notation of dates and numbers in a locale.

The rules of a language hold the notation of its common locales, since Babel takes long to import and
to read the data of a locale; a test compares them with CLDR. The notation of any other locale comes from
CLDR.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from diptych.languages import rules_of
from diptych.values import Value


class Notation(Value):
    """The names and signs of dates and numbers in one locale."""

    months: Mapping[str, int]  # lower-case full name -> number
    days: Mapping[str, int]  # lower-case full weekday -> 0 for Monday
    decimal: str
    group: str
    short_months: Mapping[str, int]  # abbreviated, without a dot
    short_days: Mapping[str, int]
    day_first: bool  # whether a date in figures begins with the day


def is_well_known(locale: str) -> bool:
    """Whether the rules of a language hold the notation of a locale. All such locales are written from
    left to right.
    """
    return locale in rules_of(locale).separators


@cache
def notation(locale: str) -> Notation:
    """The names of months and weekdays in a locale, and its signs of decimals and groups."""
    rules = rules_of(locale)
    if locale not in rules.separators:
        return notation_of_cldr(locale)
    return Notation(
        _months(rules.months),
        _days(rules.weekdays),
        *rules.separators[locale],
        _months(rules.abbreviated_months),
        _days(rules.abbreviated_weekdays),
        day_first=True,
    )


def notation_of_cldr(locale: str) -> Notation:
    """The result of `notation` from the data of CLDR in Babel."""
    from babel import Locale
    from babel.numbers import get_decimal_symbol, get_group_symbol

    parsed = Locale.parse(locale)
    return Notation(
        _names(parsed.months["format"]["wide"]),
        _names(parsed.days["format"]["wide"]),
        str(get_decimal_symbol(locale)),
        str(get_group_symbol(locale)),
        _names(parsed.months["format"]["abbreviated"]),
        _names(parsed.days["format"]["abbreviated"]),
        str(parsed.date_formats["short"].pattern).startswith("d"),
    )


def csv_separator(locale: str) -> str:
    """The cell separator of spreadsheets set to this locale: `;` if `,` is the decimal sign, else
    `,`.
    """
    return ";" if notation(locale).decimal == "," else ","


def _months(names: Iterable[str]) -> dict[str, int]:
    return {name.lower(): number for number, name in enumerate(names, start=1)}


def _days(names: Iterable[str]) -> dict[str, int]:
    return {name.lower(): number for number, name in enumerate(names)}


def _names(numbered: Mapping[int, str]) -> dict[str, int]:
    return {name.lower().rstrip("."): number for number, name in numbered.items()}
