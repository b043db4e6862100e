"""What every check means: what it says, why it matters, an example, and what to write instead.

A table of values. A test holds it against the code: no check without an explanation, no
explanation without a check, and every example does what it says.
"""

from __future__ import annotations

from types import MappingProxyType

from diptych.diagnostics.report import Translate
from diptych.explanations.addresses import ADDRESSES
from diptych.explanations.catalogs import CATALOGS
from diptych.explanations.exchange import EXCHANGE
from diptych.explanations.front import FRONT
from diptych.explanations.languages import LANGUAGES
from diptych.explanations.links import LINKS
from diptych.explanations.notation import NOTATION
from diptych.explanations.outputs import OUTPUTS
from diptych.explanations.own_types import OWN_TYPES
from diptych.explanations.parity import PARITY
from diptych.explanations.pictures import PICTURES
from diptych.explanations.settings import SETTINGS
from diptych.explanations.slips import SLIPS
from diptych.explanations.templates import TEMPLATES
from diptych.explanations.terms import TERMS
from diptych.explanations.text import explanation_text, list_text
from diptych.explanations.texts import TEXTS
from diptych.explanations.timelines import TIMELINES
from diptych.explanations.values import Explanation, Snippet, Theme
from diptych.explanations.wording import WORDING

__all__ = [
    "EXPLANATIONS",
    "NAMES",
    "THEMES",
    "Explanation",
    "Snippet",
    "Theme",
    "explain_check",
    "list_checks",
]

THEMES = (
    NOTATION,
    FRONT,
    TEXTS,
    SLIPS,
    WORDING,
    LINKS,
    ADDRESSES,
    PICTURES,
    TIMELINES,
    OWN_TYPES,
    LANGUAGES,
    PARITY,
    EXCHANGE,
    TERMS,
    CATALOGS,
    SETTINGS,
    TEMPLATES,
    OUTPUTS,
)
EXPLANATIONS = MappingProxyType(
    {each.check: each for theme in THEMES for each in theme.explanations}
)
NAMES = tuple(EXPLANATIONS)


def explain_check(check: str, words: Translate) -> str:
    """The explanation of a check, as text."""
    return explanation_text(EXPLANATIONS[check], words)


def list_checks(words: Translate) -> str:
    """Every check in one sentence, by theme."""
    return list_text(THEMES, words)
