"""The additions of a site, in `extend.py` at its root: checks, outputs, filters of templates, and
inline marks of Markdown.

The file is Python code, and is trusted like the program. Mistakes in it are reported with their
line. A cached stage that depends on the file has the text of the file as its input, and gets the
functions from that text with `load`.
"""

from diptych.diagnostics import Edit, Severity, Span, say
from diptych.extend.loading import (
    EXTEND,
    Extensions,
    OwnCheck,
    failure_in,
    load,
    once_per_place,
)
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
