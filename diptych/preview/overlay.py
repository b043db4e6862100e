"""The problems over the last good page, each with a link that opens its file in the editor."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from diptych.diagnostics import Diagnostic, Severity, Source, say
from diptych.diagnostics.report import Translate, paragraphs

EDITOR = "vscode://file{path}:{line}:{column}"  # where VS Code opens a file
_SEVERAL = 20  # problems that are shown; one mistake in the settings can make hundreds

EditorLink = Callable[[str, int, int], str]  # path, line, column -> where the file opens


def editor_link(root: Path, template: str | None) -> EditorLink:
    """How to open a file at a line: VS Code's addresses, or a template of the editor's own
    (`DIPTYCH_EDITOR`), in which `{path}`, `{line}` and `{column}` are filled in.
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
) -> str:
    """The errors, as the terminal prints them; nothing when there is none."""
    errors = [each for each in diagnostics if each.severity is Severity.ERROR]
    if not errors:
        return ""
    title = words(say("Problems: {count}. Below is the last good page.", count=len(errors)))
    shown = zip(errors[:_SEVERAL], paragraphs(errors, sources, lambda _: words), strict=False)
    items = Markup("").join(_item(each, text, sources, words, link) for each, text in shown)
    rest = len(errors) - _SEVERAL
    more = (
        Markup("<p>{}</p>").format(words(say("and {count} more", count=rest))) if rest > 0 else ""
    )
    return str(
        Markup(
            '<section id="diptych-problems" role="alert" aria-label="{0}" tabindex="0">'
            "<h2>{0}</h2><ol>{1}</ol>{2}</section>"
        ).format(title, items, more)
    )


def _item(
    diagnostic: Diagnostic,
    paragraph: str,
    sources: Mapping[str, Source],
    words: Translate,
    link: EditorLink,
) -> Markup:
    """The place, which opens the file there; the sentence; the line and what to write instead."""
    source = sources.get(diagnostic.span.path)
    line, column = source.position(diagnostic.span.start) if source else (1, 1)
    _, *rest = paragraph.rstrip().split("\n")
    excerpt = Markup("<pre>{}</pre>").format("\n".join(rest)) if rest else ""
    return Markup('<li><a href="{}">{}</a><p>{} <code>[{}]</code></p>{}</li>').format(
        link(diagnostic.span.path, line, column),
        f"{diagnostic.span.path}:{line}:{column}",
        words(diagnostic.message),
        diagnostic.check,
        excerpt,
    )
