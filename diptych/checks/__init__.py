"""The table of checks: site and finished outputs -> diagnostics.

A check's name reads well after "allow". What every name means, also of the diagnostics that come
from reading, stands in `explained`. Two are asked for by their own names, and are no part of a
build, not even as an import: the check of other sites (`checks.external`), which speaks to the
network, and advice (`checks.advice`), which few ask for.
"""

from diptych.checks.expiry import depends_on_day, last_day
from diptych.checks.outputs import check_outputs
from diptych.checks.rules import ReadSite
from diptych.checks.sources import DECLARED
from diptych.checks.table import CHECKS, run_checks
from diptych.checks.texts import check_texts
from diptych.checks.whole import check_site

ADVICE = ("long-sentence", "long-paragraph", "repeated-link-text", "varied-link-text")
QUIET = (
    *ADVICE,
    *DECLARED,
    "host-lacks",
)  # what `build` and `check` leave unsaid until `--advice` asks for it

__all__ = [
    "CHECKS",
    "QUIET",
    "ReadSite",
    "check_outputs",
    "check_site",
    "check_texts",
    "depends_on_day",
    "last_day",
    "run_checks",
]
