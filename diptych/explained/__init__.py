"""Explanations of every check: what is wrong, why it matters, an example, and what to write instead.

The explanations are Markdown files, one a theme and language: `en/`, `nl/`, `fr/`. A test holds
them against the code: no check without an explanation, no explanation without a check, and every
example does what it says. `explain` prints them (`explained.printing`).
"""

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
    "explanations",
    "themes",
]
