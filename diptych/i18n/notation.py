"""How a locale writes months, numbers and quantities: what is needed to read them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol


@dataclass(frozen=True, slots=True)
class Notation:
    """The notation of one locale."""

    months: Mapping[str, int]  # lower-case full name -> number
    days: Mapping[str, int]  # lower-case full weekday -> 0 for Monday
    decimal: str
    group: str


@cache
def notation(locale: str) -> Notation:
    """Names and separators of a locale, from CLDR."""
    parsed = Locale.parse(locale)
    return Notation(
        {name.lower(): number for number, name in parsed.months["format"]["wide"].items()},
        {name.lower(): number for number, name in parsed.days["format"]["wide"].items()},
        str(get_decimal_symbol(locale)),
        str(get_group_symbol(locale)),
    )
