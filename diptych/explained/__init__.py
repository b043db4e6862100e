"""Explanations of every check: what is wrong, why it matters, an example, and what to write instead.

The explanations are Markdown files, one for each theme and language (`en/`, `nl/` and so on). A test
compares them with the code: every check has an explanation, every explanation has a check, and
every example shows its mistake. `explain` prints them (`explained.printing`).
"""

from diptych.explained.reading import (
    Explanation,
    Snippet,
    check_names,
    error_names,
    explanations,
    themes,
)

__all__ = [
    "Explanation",
    "Snippet",
    "check_names",
    "error_names",
    "explanations",
    "themes",
]
