"""Runs a site's `extend.py` and returns the checks, outputs, filters and extensions that it marks.

Every mistake of the author of the file is reported at the line where it happens.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from diptych.diagnostics import (
    Diagnostic,
    Message,
    Outcome,
    Placed,
    Severity,
    Source,
    Span,
    error,
    say,
)
from diptych.extend.marks import LANGUAGE, Check, Found, OwnFilter, OwnMarkdown, OwnOutput
from diptych.values import Value, as_plain, from_plain

EXTEND = "extend.py"
_MODULE = "extend"  # its name among Python's modules
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")  # of a check
_PATH = re.compile(r"(?:\.well-known/)?(?:(?!\.)[\w.~-]+/)*(?!\.)[\w.~-]+", re.ASCII)
_FAILED = "extension-error"
_PUBLISHED = "release.json"  # which `publish` writes, after everything else is known

Mark = Check | OwnOutput | OwnFilter | OwnMarkdown
M = TypeVar("M", OwnOutput, OwnFilter, OwnMarkdown)


class OwnCheck(Check, kw_only=True):
    """A check of the site's own; its exceptions become diagnostics at their line."""

    source: Source
    place: Span  # of its mark
    explanation: str  # its docstring

    def __call__(self, *given: object) -> Iterator[Diagnostic]:
        """The findings of the check; if it fails, only an extension-error."""
        what = say("the check `{name}`", name=self.name)
        try:
            found = list(self.find(*given))
            wrong = [each for each in found if not _is_sound(each)]
        except Exception as failure:  # any mistake of its author
            yield failure_in(self.source, failure, what, self.place)
            return
        if wrong:
            expected = "Found(Span, say(…), …)"
            yield wrong_result(self.place, what, expected, wrong[0])
        else:
            yield from map(self.reported, found)


class Extensions(Value):
    """Everything that a site adds; each kind in the order of the file."""

    source: Source
    checks: tuple[OwnCheck, ...] = ()
    outputs: tuple[Placed[OwnOutput], ...] = ()
    filters: tuple[Placed[OwnFilter], ...] = ()
    markdown: tuple[Placed[OwnMarkdown], ...] = ()


@lru_cache(maxsize=8)  # the file is run once per process, and again when its text changes
def load(source: Source) -> Outcome[Extensions]:
    """Runs the file and returns everything that it marks. Wrong marks are left out.

    Diagnostics: extension-error (it cannot be read, or fails while it is run), extension-mark.
    """
    nothing = Extensions(source)
    try:
        lines = _lines_of_names(ast.parse(source.text))
        module = _run(source)
    except SyntaxError as failure:
        own = failure.filename in (source.path, "<unknown>")
        problem = (
            _syntax_error(source, failure)
            if own
            else failure_in(source, failure, say("this file"), source.line_span(1))
        )
        return Outcome(nothing, (problem,))
    except (Exception, SystemExit) as failure:  # any mistake of its author
        problem = failure_in(source, failure, say("this file"), source.line_span(1))
        return Outcome(nothing, (problem,))
    return _read(source, vars(module), lines)


def _run(source: Source) -> object:
    """The module made by running the text of `source`. The file is not read again, and no bytecode is
    stored.
    """
    from importlib.abc import SourceLoader  # imported here, since few sites have an extend.py
    from importlib.util import module_from_spec, spec_from_loader

    class Loader(SourceLoader):
        def get_filename(self, fullname: str) -> str:
            return source.path

        def get_data(self, path: Any) -> bytes:
            return source.text.encode("utf-8")

    loader = Loader()
    spec = spec_from_loader(_MODULE, loader)
    assert spec is not None
    module = module_from_spec(spec)
    sys.modules[_MODULE] = module  # where dataclasses and others look up the types in annotations
    loader.exec_module(module)
    return module


def _lines_of_names(tree: ast.Module) -> dict[str, list[int]]:
    """The names that the file itself defines at its top level -> their lines."""
    found: dict[str, list[int]] = {}
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
            found.setdefault(node.name, []).append(first)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                found.setdefault(ast.unparse(target), []).append(node.lineno)
    return found


def _read(
    source: Source, names: Mapping[str, object], lines: Mapping[str, list[int]]
) -> Outcome[Extensions]:
    """The marks among the names of the file."""
    problems: list[Diagnostic] = []
    kept: list[Placed[Mark]] = []
    taken: dict[object, int] = {}
    for name, mark in names.items():
        if not isinstance(mark, Mark) or name not in lines:  # imported names are not the site's own
            continue
        *before, line = lines[name]
        place, called = source.line_span(line), _called(mark, name)
        first = before[-1] if before else taken.setdefault(called, line)
        wrong = _wrong(mark) if first == line else _twice(called[1], first)
        if wrong is None:
            kept.append(Placed(mark, place))
        else:
            problems.append(error("extension-mark", place, *wrong))
    checks = (_own(each.value, source, each.span) for each in kept if isinstance(each.value, Check))
    found = Extensions(
        source,
        tuple(checks),
        _of(OwnOutput, kept),
        _of(OwnFilter, kept),
        _of(OwnMarkdown, kept),
    )
    return Outcome(found, tuple(problems))


def _of(kind: type[M], marks: Iterable[Placed[Mark]]) -> tuple[Placed[M], ...]:
    return tuple(Placed(each.value, each.span) for each in marks if isinstance(each.value, kind))


def _own(mark: Check, source: Source, place: Span) -> OwnCheck:
    explanation = inspect.cleandoc(mark.find.__doc__ or "")
    return OwnCheck(
        mark.name,
        mark.severity,
        mark.of,
        mark.find,
        mark.html,
        source=source,
        place=place,
        explanation=explanation,
    )


def _called(mark: Mark, name: str) -> tuple[str, str]:
    """The kind and the name of a mark; no two marks of a kind may have the same name."""
    if isinstance(mark, Check):
        return "check", str(mark.name)
    if isinstance(mark, OwnOutput):
        return "output", str(mark.path)
    return type(mark).__name__, name


Wrong = tuple[Message, Message | None]


def _twice(name: str, line: int) -> Wrong:
    message = say("`{name}` stands on line {line} already", name=name, line=line)
    return message, say("give one of the two another name")


def _wrong(mark: Mark) -> Wrong | None:
    """The message about the mistake in a mark, and a hint; None if the mark is right."""
    if isinstance(mark, Check):
        return _wrong_check(mark)
    if isinstance(mark, OwnOutput):
        return _wrong_path(mark.path)
    return None


def _wrong_check(mark: Check) -> Wrong | None:
    """The message about the mistake in the mark of a check, and a hint; None if the mark is right."""
    from diptych.explained import check_names  # imported here, since few sites have an extend.py

    if not isinstance(mark.name, str) or not _NAME.fullmatch(mark.name):
        message = say("`{name}` cannot be the name of a check", name=str(mark.name))
        return message, say(
            "small letters, digits and hyphens, such as `{name}`", name="no-shouting"
        )
    if mark.name in check_names():
        message = say("there is a check `{name}` already", name=mark.name)
        return message, say("give yours another name")
    if not isinstance(mark.severity, Severity):
        names = ", ".join(f"Severity.{each.name}" for each in Severity)
        message = say("`{name}` is no severity", name=str(mark.severity))
        return message, say("write one of these: {known}", known=names)
    if not (mark.find.__doc__ or "").strip():
        message = say("the check `{name}` has no docstring", name=mark.name)
        return message, say(
            "say there what it means and what to write instead: `explain` prints it"
        )
    return None


def _wrong_path(path: object) -> Wrong | None:
    plain = path.replace(LANGUAGE, "xx") if isinstance(path, str) else ""
    if _PATH.fullmatch(plain) and plain != _PUBLISHED:
        return None
    message = say("nothing can be published as `{path}`", path=str(path))
    return message, say(
        "write a path below the site, such as `{one}` or `{other}`",
        one="data/people.json",
        other=f"{LANGUAGE}/people.json",
    )


def _is_sound(found: object) -> bool:
    """Whether a finding holds values of the types that `Found` asks for, so that it can be reported in
    any format and language. Raises KeyError if a placeholder of a sentence has no value.
    """
    if not isinstance(found, Found):
        return False
    try:
        sound = from_plain(as_plain(found), Found) == found
    except (TypeError, ValueError):
        return False
    return sound and bool(str(found.message)) and (found.hint is None or bool(str(found.hint)))


def failure_in(source: Source, failure: BaseException, what: Message, place: Span) -> Diagnostic:
    """extension-error, at the last line of the file in the traceback of the exception.

    `what` names the part of the file that failed. If the traceback has no line of the file, for
    example because a function has other parameters, the place of the error is `place`, the line of
    the mark.
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


def _syntax_error(source: Source, failure: SyntaxError) -> Diagnostic:
    """extension-error: at the place where Python cannot read the file."""
    line = source.line_span(failure.lineno or 1)
    start = source.line_start(failure.lineno or 1) + max(0, (failure.offset or 1) - 1)
    span = source.span(start) if line.start <= start < line.end else line
    message = say("Python cannot read this line: {reason}", reason=failure.msg)
    return error(
        _FAILED, span, message, say("nothing of {path} counts until then", path=source.path)
    )


def wrong_result(place: Span, what: Message, expected: str, value: object) -> Diagnostic:
    """extension-error, for a function that returned a value of another type than its mark asks for."""
    message = say(
        "{what} must give {expected}, and gave {given}",
        what=what,
        expected=expected,
        given=type(value).__name__,
    )
    return error(_FAILED, place, message)


def once_per_place(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The diagnostics, with at most one extension-error for each line, since a check that fails
    does so for every text.
    """
    seen: set[Span] = set()
    for each in diagnostics:
        if each.check != _FAILED or each.span not in seen:
            yield each
        if each.check == _FAILED:
            seen.add(each.span)
