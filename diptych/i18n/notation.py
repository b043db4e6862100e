"""The notation of months, numbers and quantities in a locale, for reading them in texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from diptych.values import Value


class Notation(Value):
    """The notation of one locale."""

    months: Mapping[str, int]  # lower-case full name -> number
    days: Mapping[str, int]  # lower-case full weekday -> 0 for Monday
    decimal: str
    group: str
    short_months: Mapping[str, int]  # abbreviated, without a dot
    short_days: Mapping[str, int]
    day_first: bool  # whether a date in figures begins with the day


@cache
def notation(locale: str) -> Notation:
    """Names and separators of a locale, from CLDR."""
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


def _names(numbered: Mapping[int, str]) -> dict[str, int]:
    return {name.lower().rstrip("."): number for number, name in numbered.items()}
