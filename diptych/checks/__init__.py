"""The table of checks, and the functions that run them on the site and on the finished outputs.

A check's name reads well after "allow". `explained` says what each name means, also of diagnostics
that come from reading files. Two modules are no part of a build and are not imported by it:
`checks.external`, which uses the network, and `checks.advice`, which few ask for.
"""

from diptych.checks.expiry import depends_on_day, last_day
from diptych.checks.inputs import ReadSite
from diptych.checks.running import CHECKS, check_outputs, check_site, check_texts
from diptych.checks.unfinished import DECLARED

ADVICE = ("long-sentence", "long-paragraph", "repeated-link-text", "varied-link-text")
# `build` and `check` leave these out unless `--advice` asks for them
QUIET = (*ADVICE, *DECLARED, "host-lacks")

__all__ = [
    "CHECKS",
    "QUIET",
    "ReadSite",
    "check_outputs",
    "check_site",
    "check_texts",
    "depends_on_day",
    "last_day",
]
