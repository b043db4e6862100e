"""What could not be read whole: one mistake is one message, and what it hides is not told of."""

from __future__ import annotations

from collections.abc import Iterable

from diptych.diagnostics import Diagnostic, Severity
from diptych.values import Value

_BODY = {  # errors of a text that leave its front matter whole
    "unsafe-html",
    "duplicate-anchor",
    "unclosed-html",
    "unclosed-code",
    "unknown-footnote",
    "too-complex",
    "too-long",
    "invisible-character",
}
_HEADINGS = {  # errors after which it is not known which headings a text has
    "front-matter-unclosed",
    "unclosed-html",
    "unclosed-code",
    "too-complex",
    "too-long",
    "not-utf8",
}
_NAMES = {  # names of nothing, which hide nothing
    "unknown-topic",
    "unknown-event",
    "unknown-page",
    "unknown-record",
    "missing-image",
    "missing-file",
}


class Unread(Value):
    """The pages in which an error hides something."""

    fronts: frozenset[str] = frozenset()  # paths: what the front matter says is not known
    anchors: frozenset[str] = frozenset()  # keys: which anchors there are is not known
    texts: frozenset[str] = frozenset()  # keys: in no state to be compared between languages


def unread(problems: Iterable[Diagnostic]) -> Unread:
    """What the errors that were found in texts and timelines hide."""
    found = [
        (each.span.path, each.check)
        for each in problems
        if each.severity is Severity.ERROR
        and each.span.path.startswith("content/")
        and (each.span.path.endswith(".md") or _is_records(each.span.path))
        and each.check not in _NAMES
    ]
    return Unread(
        frozenset(path for path, check in found if check not in _BODY and path.endswith(".md")),
        frozenset(_key(path) for path, check in found if check in _HEADINGS or _is_records(path)),
        frozenset(_key(path) for path, _ in found),
    )


def _is_records(path: str) -> bool:
    """Whether a file holds the records of a page: its events, or those of a type of one's own."""
    return path.endswith(".yaml") and _key(path) != ""


def _key(path: str) -> str:
    return path.removeprefix("content/").rpartition("/")[0]
