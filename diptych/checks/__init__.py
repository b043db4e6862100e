"""The table of checks: site and finished outputs -> diagnostics.

A check's name reads well after "allow". What every name means, also of the diagnostics that come
from reading, stands in `explained`. Two are asked for by their own names, and are no part of a
build, not even as an import: the check of other sites (`checks.external`), which speaks to the
network, and advice (`checks.advice`), which few ask for.
"""

from diptych.checks.expiry import check_expiry, last_day
from diptych.checks.outputs import check_outputs
from diptych.checks.sources import DECLARED, check_sources
from diptych.checks.table import CHECKS, run_checks
from diptych.checks.texts import check_texts

ADVICE = ("long-sentence", "long-paragraph", "repeated-link-text", "varied-link-text")
QUIET = (*ADVICE, *DECLARED)  # what `build` and `check` leave unsaid until `--advice` asks for it

__all__ = [
    "CHECKS",
    "QUIET",
    "check_expiry",
    "check_outputs",
    "check_sources",
    "check_texts",
    "last_day",
    "run_checks",
]
