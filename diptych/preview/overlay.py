"""The problems below the last good page, each with a link that opens its file in the editor."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from diptych.diagnostics import Diagnostic, Message, Severity, Source, say_n
from diptych.diagnostics.report import Translate, paragraphs
from diptych.templating import render_own
from diptych.values import Value

EDITOR = "vscode://file{path}:{line}:{column}"  # the address that opens a file in VS Code
_SEVERAL = 20  # problems on show; one mistake in the settings can cause hundreds

EditorLink = Callable[[str, int, int], str]  # path, line, column -> the address that opens the file


class Problem(Value):
    """An error for the template."""

    href: str  # the address that opens the file at the place
    place: str  # `path:line:column`
    sentence: str
    check: str
    excerpt: str  # the line with a caret, and the correction; may be empty


def editor_link(root: Path, template: str | None) -> EditorLink:
    """The function for addresses that open a file at a line: those of VS Code, or a template of the
    user (`DIPTYCH_EDITOR`) with `{path}`, `{line}` and `{column}`.
    """
    chosen = template or EDITOR

    def link(path: str, line: int, column: int) -> str:
        full = quote((root.resolve() / path).as_posix())
        full = f"/{full}" if sys.platform == "win32" and not full.startswith("/") else full
        parts = (("{path}", full), ("{line}", str(line)), ("{column}", str(column)))
        href = chosen
        for name, value in parts:
            href = href.replace(name, value)
        return href

    return link


def overlay(
    diagnostics: Sequence[Diagnostic],
    sources: Mapping[str, Source],
    words: Translate,
    link: EditorLink,
    *,
    built: bool,
) -> str:
    """The HTML of the errors, worded as on the terminal; "" if there is none. `built` says whether
    an earlier build had no errors: the preview then shows its page above them.
    """
    errors = [each for each in diagnostics if each.severity is Severity.ERROR]
    if not errors:
        return ""
    shown = zip(errors[:_SEVERAL], paragraphs(errors, sources, lambda _: words), strict=False)
    rest = len(errors) - _SEVERAL
    return render_own(
        "diptych.preview",
        "overlay.html",
        title=words(_title(len(errors), built=built)),
        problems=[_problem(each, text, sources, words, link) for each, text in shown],
        more=words(say_n("and {count} more", "and {count} more", count=rest)) if rest > 0 else "",
    )


def _title(count: int, *, built: bool) -> Message:
    if built:
        return say_n(
            "{count} problem. Above is the last good page.",
            "{count} problems. Above is the last good page.",
            count=count,
        )
    return say_n(
        "{count} problem. The page appears once it is mended.",
        "{count} problems. The page appears once they are mended.",
        count=count,
    )


def _problem(
    diagnostic: Diagnostic,
    paragraph: str,
    sources: Mapping[str, Source],
    words: Translate,
    link: EditorLink,
) -> Problem:
    path, source = diagnostic.span.path, sources.get(diagnostic.span.path)
    line, column = source.position(diagnostic.span.start) if source else (1, 1)
    _, *rest = paragraph.rstrip().split("\n")
    return Problem(
        link(path, line, column),
        f"{path}:{line}:{column}",
        words(diagnostic.message),
        diagnostic.check,
        "\n".join(rest),
    )
