"""What the preview shows: the last good site, and what is wrong since. Pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from diptych.build import Build
from diptych.diagnostics import Diagnostic, Severity, Source, render_report, say
from diptych.diagnostics.report import Translate
from diptych.search import FOLDER, SearchFailed, SearchText, make_index
from diptych.serve.side import EditorLink, Languages, languages_of

SCRIPT = "/__preview/preview.js"
STYLE = "/__preview/preview.css"
EDITOR = "vscode://file{path}:{line}:{column}"


@dataclass(frozen=True, slots=True)
class Shown:
    """One state of the preview."""

    epoch: int = 0  # grows whenever what a browser would see changes
    outputs: Mapping[str, bytes] = field(default_factory=dict)  # of the last build without errors
    diagnostics: tuple[Diagnostic, ...] = ()  # of the newest build
    sources: Mapping[str, Source] = field(default_factory=dict)
    languages: Languages | None = None  # for the two-column view
    texts: tuple[SearchText, ...] = ()  # what can be searched in the outputs

    @property
    def failed(self) -> bool:
        """Whether the outputs are older than the sources."""
        return any(each.severity is Severity.ERROR for each in self.diagnostics)


def advance(shown: Shown, build: Build) -> Shown:
    """The state after a build; the same epoch when nobody would see a difference."""
    outputs, texts = shown.outputs, shown.texts
    if not build.failed:
        outputs = {output.path: output.data for output in build.outputs}
        texts = build.texts
    same = outputs == shown.outputs and build.diagnostics == shown.diagnostics
    epoch = shown.epoch if same and shown.epoch else shown.epoch + 1
    languages = languages_of(build, shown.languages)
    return Shown(epoch, outputs, build.diagnostics, build.sources, languages, texts)


@lru_cache(maxsize=1)
def searched(texts: tuple[SearchText, ...]) -> Mapping[str, bytes]:
    """The files of the search index, made when a page first asks for one; none where that fails."""
    try:
        return {file.path: file.data for file in make_index(texts)}
    except SearchFailed:
        return {}


def find(shown: Shown, path: str) -> tuple[str, bytes] | None:
    """The output that an address means: its path and bytes."""
    name = path.lstrip("/")
    for candidate in (name, name.rstrip("/") + "/index.html" if name else "index.html"):
        if candidate in shown.outputs:
            return candidate, shown.outputs[candidate]
    index = searched(shown.texts) if shown.texts and name.startswith(FOLDER) else {}
    return (name, index[name]) if name in index else None


def not_found(shown: Shown, path: str) -> bytes:
    """The not-found page of the address's language, else the one of no language."""
    language = path.strip("/").partition("/")[0]
    for name in (f"{language}/404.html", "404.html"):
        if name in shown.outputs:
            return shown.outputs[name]
    return b"<!DOCTYPE html><html><head><title>Diptych</title></head><body></body></html>"


def preview_page(
    page: bytes, shown: Shown, words: Translate, link: EditorLink, corner: str = ""
) -> bytes:
    """A page with the preview's script, and with the problems over it when there are errors.

    `corner` is what stands in the corner of the window, outside of the page's own layout.
    """
    head = f'<link rel="stylesheet" href="{STYLE}">' if shown.failed or corner else ""
    head += f'<script src="{SCRIPT}" data-epoch="{shown.epoch}" defer></script>'
    overlay = _overlay(shown, words, link) if shown.failed else ""
    text = page.decode("utf-8")
    text = text.replace("</head>", head + "</head>", 1)
    return text.replace("</body>", corner + overlay + "</body>", 1).encode("utf-8")


def _overlay(shown: Shown, words: Translate, link: EditorLink) -> str:
    errors = [each for each in shown.diagnostics if each.severity is Severity.ERROR]
    title = words(say("Problems: {count}. Below is the last good page.", count=len(errors)))
    items = "".join(_item(each, shown, words, link) for each in errors)
    return (
        f'<section id="diptych-problems" role="alert" aria-label="{escape(title)}">'
        f"<h2>{escape(title)}</h2><ol>{items}</ol></section>"
    )


def _item(diagnostic: Diagnostic, shown: Shown, words: Translate, link: EditorLink) -> str:
    """The problem as the terminal prints it; its first line opens the file in the editor."""
    source = shown.sources.get(diagnostic.span.path)
    line, column = source.position(diagnostic.span.start) if source else (1, 1)
    place, *rest = render_report("text", [diagnostic], shown.sources, words).rstrip().split("\n")
    href = link(diagnostic.span.path, line, column)
    excerpt = escape("\n".join(rest))
    return f'<li><a href="{escape(href)}">{escape(place)}</a><pre>{excerpt}</pre></li>'


def editor_link(root: Path, template: str | None) -> EditorLink:
    """How to open a file at a line: VS Code's addresses, or a template of the editor's own."""

    def link(path: str, line: int, column: int) -> str:
        full = quote(str(root.resolve() / path))
        return (template or EDITOR).format(path=full, line=line, column=column)

    return link
