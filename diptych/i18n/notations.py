"""The notation of dates and numbers in a locale.

That of the locales that most sites have stands here, since Babel takes long to import and to read
the data of a locale; a test compares it with CLDR. That of any other locale comes from CLDR.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from diptych.languages import LANGUAGES
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


# the abbreviated months and weekdays of a language, and its decimal and group signs
_DUTCH = (
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "ma di wo do vr za zo",
    (",", "."),
)
_FRENCH = (
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "lun mar mer jeu ven sam dim",
    (",", "\u202f"),
)
_GERMAN = (
    "jan feb märz apr mai juni juli aug sept okt nov dez",
    "mo di mi do fr sa so",
    (",", "."),
)
_ENGLISH = (
    "jan feb mar apr may jun jul aug sept oct nov dec",
    "mon tue wed thu fri sat sun",
    (".", ","),
)
_BY_LOCALE = {
    **dict.fromkeys(("nl", "nl_BE", "nl_NL"), _DUTCH),
    **dict.fromkeys(("fr", "fr_BE", "fr_FR"), _FRENCH),
    **dict.fromkeys(("de", "de_BE", "de_DE"), _GERMAN),
    "en_GB": _ENGLISH,
    "en_BE": (*_ENGLISH[:2], (",", ".")),
}
WELL_KNOWN = tuple(_BY_LOCALE)  # all of these are written from left to right


@cache
def notation(locale: str) -> Notation:
    """Names and separators of a locale."""
    if locale not in _BY_LOCALE:
        return notation_of_cldr(locale)
    months, days, (decimal, group) = _BY_LOCALE[locale]
    rules = LANGUAGES[locale.partition("_")[0]]
    return Notation(
        _months(rules.months),
        _days(rules.weekdays),
        decimal,
        group,
        _months(months.split()),
        _days(days.split()),
        day_first=True,
    )


def notation_of_cldr(locale: str) -> Notation:
    """The same, as the release of CLDR in Babel has it."""
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
