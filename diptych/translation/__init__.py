"""Translation status: which text each translation was made from, and whether it is outdated.

Pages are tracked unit by unit, and so are the texts of `site.yaml` and `terms.yaml`. The lock
beside a page records, per unit, the digest of its text in each language at the moment when a person
confirmed that they say the same. Only `confirm` changes these records. No language is the original:
a change in one makes the others outdated.
"""

from diptych.translation.align import UnitGroup, align
from diptych.translation.bundles import Bundle, bundles_of, whole_keys
from diptych.translation.confirmation import State, UnitState, confirm, entry_of, is_open
from diptych.translation.lock import (
    ConfirmedUnit,
    Lock,
    key_of,
    lock_path,
    read_lock,
    write_lock,
)
from diptych.translation.reports import LanguageReport, Part, compare_languages
from diptych.translation.units import Unit, normalise, units_of

__all__ = [
    "Bundle",
    "ConfirmedUnit",
    "LanguageReport",
    "Lock",
    "Part",
    "State",
    "Unit",
    "UnitGroup",
    "UnitState",
    "align",
    "bundles_of",
    "compare_languages",
    "confirm",
    "entry_of",
    "is_open",
    "key_of",
    "lock_path",
    "normalise",
    "read_lock",
    "units_of",
    "whole_keys",
    "write_lock",
]
