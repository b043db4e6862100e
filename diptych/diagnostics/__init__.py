"""The mistakes of authors, as values with a place, and the formats to report them.

An author's mistake is never an exception: it travels as a `Diagnostic` beside the value that could
still be read. The renderers turn the same values into text, JSON, annotations or SARIF.
"""

from diptych.diagnostics.corrections import (
    applied,
    by_file,
    correction_of,
    corrections_of,
    fits,
    listed,
    nearest,
)
from diptych.diagnostics.report import render_report
from diptych.diagnostics.values import (
    Argument,
    Command,
    Diagnostic,
    Edit,
    LanguageNames,
    Message,
    Outcome,
    Placed,
    Severity,
    Source,
    Span,
    command,
    error,
    has_errors,
    line_at,
    note,
    say,
    say_n,
    sort_by_place,
    warning,
)

__all__ = [
    "Argument",
    "Command",
    "Diagnostic",
    "Edit",
    "LanguageNames",
    "Message",
    "Outcome",
    "Placed",
    "Severity",
    "Source",
    "Span",
    "applied",
    "by_file",
    "command",
    "correction_of",
    "corrections_of",
    "error",
    "fits",
    "has_errors",
    "line_at",
    "listed",
    "nearest",
    "note",
    "render_report",
    "say",
    "say_n",
    "sort_by_place",
    "warning",
]
