"""What goes wrong in a site's own code, as a diagnostic at the line where it happens."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator

from diptych.diagnostics import Diagnostic, Message, Source, Span, error, say

_FAILED = "extension-error"


def failure_in(source: Source, failure: BaseException, what: Message, place: Span) -> Diagnostic:
    """extension-error: at the last line of the file through which the exception went.

    `what` says which part of the file failed, `place` is its mark: the place of an exception that
    went through no line of the file, as when a function takes other arguments.
    """
    lines = [
        line
        for frame, line in traceback.walk_tb(failure.__traceback__)
        if frame.f_code.co_filename == source.path
    ]
    reason = f"{type(failure).__name__}: {failure}".removesuffix(": ")
    message = say("{what} fails: {reason}", what=what, reason=reason)
    hint = say("mend this line of {path}, or take out what needs it", path=source.path)
    return error(_FAILED, source.line_span(lines[-1]) if lines else place, message, hint)


def syntax_error(source: Source, failure: SyntaxError) -> Diagnostic:
    """extension-error: at the place where Python cannot read the file."""
    line = source.line_span(failure.lineno or 1)
    start = source.line_start(failure.lineno or 1) + max(0, (failure.offset or 1) - 1)
    span = source.span(start) if line.start <= start < line.end else line
    message = say("Python cannot read this line: {reason}", reason=failure.msg)
    return error(
        _FAILED, span, message, say("nothing of {path} counts until then", path=source.path)
    )


def wrong_result(place: Span, what: Message, expected: str, value: object) -> Diagnostic:
    """extension-error: a function gave something else than its mark promises."""
    message = say(
        "{what} must give {expected}, and gave {given}",
        what=what,
        expected=expected,
        given=type(value).__name__,
    )
    return error(_FAILED, place, message)


def once_per_place(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Of the failures at one line of a site's own code the first: a check fails for each text."""
    seen: set[Span] = set()
    for each in diagnostics:
        if each.check != _FAILED or each.span not in seen:
            yield each
        if each.check == _FAILED:
            seen.add(each.span)
