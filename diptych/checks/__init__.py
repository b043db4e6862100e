"""The table of checks: site and finished outputs -> diagnostics.

A check's name reads well after "allow". What every name means, also of the diagnostics that come
from reading, stands in `explanations`.
"""

from diptych.checks.expiry import check_expiry
from diptych.checks.outputs import check_outputs
from diptych.checks.sources import check_sources
from diptych.checks.words import check_words

__all__ = ["check_expiry", "check_outputs", "check_sources", "check_words"]
