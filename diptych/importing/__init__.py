"""Moves sites of other programs in: a reader for each kind makes one plain value, and one writer
makes bundles from it.

Nothing here touches the disk: a reader gets a tree of files, the writer returns texts.
"""

from diptych.importing.amends import Amends
from diptych.importing.old_site import Left, OldSite
from diptych.importing.readers import KINDS, NAMES, PLAIN, Reader, reader_of
from diptych.importing.report import report_of
from diptych.importing.writer import STEPS, Plan, plan

__all__ = [
    "KINDS",
    "NAMES",
    "PLAIN",
    "STEPS",
    "Amends",
    "Left",
    "OldSite",
    "Plan",
    "Reader",
    "plan",
    "reader_of",
    "report_of",
]
