"""The plural rules of catalogs: the number of forms in a language, and the form of each number.

Babel's list differs between its releases (French has two forms in 2.18 and three in 2.19), and one
release may write a catalog that another reads. So this module has the rules of the languages in
which releases differ. It also has the rules of the theme's languages, since most sites need them
and Babel's list takes long to import.
"""

from __future__ import annotations

from gettext import c2py
from typing import TYPE_CHECKING

from diptych.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable

_ARABIC = (
    "(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n % 100 >= 3 && n % 100 <= 10 ? 3"
    " : n % 100 >= 11 && n % 100 <= 99 ? 4 : 5)"
)
_BRETON = (
    "(n % 10 == 1 && n % 100 != 11 && n % 100 != 71 && n % 100 != 91 ? 0"
    " : n % 10 == 2 && n % 100 != 12 && n % 100 != 72 && n % 100 != 92 ? 1"
    " : (n % 10 == 3 || n % 10 == 4 || n % 10 == 9) && (n % 100 < 10 || n % 100 > 19)"
    " && (n % 100 < 70 || n % 100 > 79) && (n % 100 < 90 || n % 100 > 99) ? 2"
    " : n != 0 && n % 1000000 == 0 ? 3 : 4)"
)
_LATVIAN = (
    "(n % 10 == 0 || n % 100 >= 11 && n % 100 <= 19 ? 0 : n % 10 == 1 && n % 100 != 11 ? 1 : 2)"
)
_MALTESE = (
    "(n == 1 ? 0 : n == 2 ? 1 : n == 0 || n % 100 >= 3 && n % 100 <= 10 ? 2"
    " : n % 100 >= 11 && n % 100 <= 19 ? 3 : 4)"
)
_WELSH = "(n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n == 3 ? 3 : n == 6 ? 4 : 5)"
_NOT_ONE = (2, "(n != 1)")
_ABOVE_ONE = (2, "(n > 1)")

# Catalan, French, Italian, Portuguese and Spanish have the two forms that translators' programs write:
# gettext never had the form "many" (for whole millions) of CLDR. The rules of the other languages are
# those of CLDR 47.
_RULES = {
    "ar": (6, _ARABIC),
    "bn": _ABOVE_ONE,
    "br": (5, _BRETON),
    "ca": _NOT_ONE,
    "cv": (3, "(n == 0 ? 0 : n == 1 ? 1 : 2)"),
    "cy": (6, _WELSH),
    "de": _NOT_ONE,
    "en": _NOT_ONE,
    "es": _NOT_ONE,
    "fa": _ABOVE_ONE,
    "fr": _ABOVE_ONE,
    "fur": _NOT_ONE,
    "he": (3, "(n == 1 ? 0 : n == 2 ? 1 : 2)"),
    "hi": _ABOVE_ONE,
    "hu": _NOT_ONE,
    "hy": _ABOVE_ONE,
    "it": _NOT_ONE,
    "ka": _NOT_ONE,
    "lv": (3, _LATVIAN),
    "mt": (5, _MALTESE),
    "nl": _NOT_ONE,
    "pa": _ABOVE_ONE,
    "pt": _NOT_ONE,
    "pt_BR": _ABOVE_ONE,
    "tr": _NOT_ONE,
}


class PluralRule(Value):
    """The plural rule of a language."""

    forms: int
    expression: str  # of C, with `n` for the number, as gettext writes it

    def chooser(self) -> Callable[[int], int]:
        """The function that gives the index of a number's form, from 0."""
        return c2py(self.expression)

    def __str__(self) -> str:
        return f"nplurals={self.forms}; plural={self.expression};"


def plural_rule(locale: str) -> PluralRule:
    """The rule of a locale such as `fr_BE` or of a language: `nplurals=2; plural=(n > 1);`."""
    known = _RULES.get(locale) or _RULES.get(locale.split("_")[0])
    if known is None:
        from babel.messages.plurals import get_plural  # loads all of babel.messages

        ours = get_plural(locale)
        known = (ours.num_plurals, ours.plural_expr)
    return PluralRule(*known)
