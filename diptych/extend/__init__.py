"""What a site adds in `extend.py` at its root: the marks that it sets, and the reading of the file.

Checks, outputs, filters of templates, and inline marks of Markdown. The file is Python and is trusted
as the program is. What is wrong with it is reported with its line. A stage that depends on it is
given its text, a value, and gets the functions by `load`.
"""

from diptych.diagnostics import Edit, Severity, Span, say
from diptych.extend.failures import failure_in, once_per_place
from diptych.extend.loading import EXTEND, Extensions, OwnCheck, load
from diptych.extend.marks import (
    Check,
    Found,
    OwnFilter,
    OwnMarkdown,
    OwnOutput,
    check,
    markdown_extension,
    output,
    template_filter,
)

__all__ = [
    "EXTEND",
    "Check",
    "Edit",
    "Extensions",
    "Found",
    "OwnCheck",
    "OwnFilter",
    "OwnMarkdown",
    "OwnOutput",
    "Severity",
    "Span",
    "check",
    "failure_in",
    "load",
    "markdown_extension",
    "once_per_place",
    "output",
    "say",
    "template_filter",
]
