"""What every check means: what it says, why it matters, an example, and what to write instead.

The explanations are Markdown files, one a theme and language: `en/`, `nl/`, `fr/`. A test holds
them against the code: no check without an explanation, no explanation without a check, and every
example does what it says.
"""

from __future__ import annotations

from collections.abc import Mapping

from diptych.diagnostics.report import Translate
from diptych.explained.printing import explain_own_check, explanation_text, list_text
from diptych.explained.reading import (
    Explanation,
    Snippet,
    Theme,
    check_names,
    error_names,
    explanations,
    themes,
)

__all__ = [
    "Explanation",
    "Snippet",
    "Theme",
    "check_names",
    "error_names",
    "explain_check",
    "explain_own_check",
    "explanations",
    "list_checks",
    "themes",
]


def explain_check(check: str, words: Translate) -> str:
    """The explanation of a check, as text."""
    return explanation_text(explanations()[check], words)


def list_checks(own: Mapping[str, str], words: Translate) -> str:
    """Every check in one sentence, by theme; `own` are those that the site adds, with theirs."""
    return list_text(themes(), own, words)
