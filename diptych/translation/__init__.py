"""Two languages that know each other: what a translation was made from, and whether it lags.

A page is tracked by unit, and so are the texts of `site.yaml` and `terms.yaml`. The lock beside it
remembers, per unit, the digest of its text in each
language when a person last said that they say the same; only `confirm` moves it. No language is
the original: whichever changed since makes the others outdated.
"""

from diptych.translation.align import UnitGroup, align
from diptych.translation.bundles import Bundle, bundles_of
from diptych.translation.lock import (
    ConfirmedUnit,
    Lock,
    confirm,
    key_of,
    lock_path,
    read_lock,
    write_lock,
)
from diptych.translation.reports import LanguageReport, LanguageStatus, compare_languages
from diptych.translation.states import State, UnitState
from diptych.translation.units import Unit, normalise, units_of

__all__ = [
    "Bundle",
    "ConfirmedUnit",
    "LanguageReport",
    "LanguageStatus",
    "Lock",
    "State",
    "Unit",
    "UnitGroup",
    "UnitState",
    "align",
    "bundles_of",
    "compare_languages",
    "confirm",
    "key_of",
    "lock_path",
    "normalise",
    "read_lock",
    "units_of",
    "write_lock",
]
