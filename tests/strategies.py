"""What unit and property tests share: cases out of Markdown files, places, texts made by chance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from diptych.content.page import DocumentRequest, parse_document
from diptych.diagnostics import Diagnostic, Outcome, Source, correction_of
from diptych.model import Document, Language

CASES = Path(__file__).parent / "cases"
DUTCH = Language("nl", "nl_BE", "Nederlands", "dutch")
FRENCH = Language("fr", "fr_BE", "Français", "french")
GERMAN = Language("de", "de_BE", "Deutsch", "german")

VISIBLE = {"\u00a0": "␣", "\u202f": "˽"}  # how cases write the spaces at which no line breaks

# the same examples every time, so that a build of this project never fails by chance
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("steady")


def shown(text: str) -> str:
    """A text as cases write it, with its no-break spaces to be seen."""
    return "".join(VISIBLE.get(char, char) for char in text)


def typed(text: str) -> str:
    """What a case means by a text."""
    meant = {sign: space for space, sign in VISIBLE.items()}
    return "".join(meant.get(char, char) for char in text)


def cases(folder: str, pattern: str = "*.md") -> list[Any]:
    """Parameters from `cases/<folder>/*.md`: what the fences of each case hold, by info word.

    A heading of level 2 names a case; the line on which it stands is part of the test's id.
    """
    return [
        pytest.param(fences, id=f"{path.name}:{line} {name}")
        for path in sorted((CASES / folder).glob(pattern))
        for line, name, fences in _read(path)
    ]


def _read(path: Path) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Line, name and fences (info word -> text) of every case of a file."""
    fences: dict[str, str] = {}
    start, name, fence, word = 0, "", "", ""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        opening = re.match(r"(`{3,}|~{3,})(\w*)$", line)
        if fence and line != fence:
            fences[word] += line + "\n"
        elif fence:
            fence = ""
        elif line.startswith("## "):
            if fences:
                yield start, name, fences
            start, name, fences = number, line[3:], {}
        elif opening:
            fence, word = opening[1], opening[2]
            fences[word] = ""
    if fences:
        yield start, name, fences


def named(rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Parameters out of a table whose first column names the case."""
    return [pytest.param(*row[1:], id=row[0]) for row in rows]


def places(diagnostics: Iterable[Diagnostic], source: Source) -> list[str]:
    """Each diagnostic as `check line:column`, in order."""
    return [f"{each.check} {_place(each, source)}" for each in diagnostics]


def _place(diagnostic: Diagnostic, source: Source) -> str:
    line, column = source.position(diagnostic.span.start)
    return f"{line}:{column}"


def underlined(diagnostic: Diagnostic, source: Source) -> str:
    """The piece of the source that a diagnostic points at."""
    return source.text[diagnostic.span.start : diagnostic.span.end]


def mended(diagnostic: Diagnostic, source: Source) -> str | None:
    """The whole lines to paste that a report gives for a diagnostic."""
    correction = correction_of(diagnostic, {source.path: source})
    return None if correction is None else correction.text


def page(text: str, language: Language = DUTCH) -> tuple[Outcome[Document], Source]:
    """A page of that language whose Markdown begins on line 4."""
    source = Source("content/page/nl.md", f"---\ntitle: Titel\n---\n{text}")
    request = DocumentRequest(source, "page", language.key, (DUTCH, FRENCH))
    return parse_document(request), source


# Texts as authors, converters and attackers leave them behind.
PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        " ",
        "    ",
        "\t",
        "- ",
        "1. ",
        "> ",
        "# ",
        "## ",
        "{#a}",
        "{: .x}",
        "{lang=fr}",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](x)",
        "[^1]",
        "[^1]: ",
        "*[A]: ",
        "`",
        "```",
        "~~~",
        "|",
        "a|b\n-|-\n",
        "*",
        "**",
        "_",
        "<b>",
        "</b>",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<",
        ">",
        "<a href='x'>",
        "</a>",
        "&amp;",
        "&",
        "&#0;",
        "&#12;",
        "&#x202e;",
        '"',
        "'",
        "!!! note\n    ",
        "\n: ",
        "=",
        "---",
        "\\",
        "http://a.be",
        "<a@b.be>",
        "·",
        "«",
        "»",
        " ;",
        "...",
        "1er",
        " %",
        "😀",
        "\x00",
        "\x0b",
        "\u2028",
        "\ufeff",
        "\x02",
        "[TOC]",
        "é",
        "woord",
        "<table>",
        "<td>",
        "<svg>",
        "<script>",
        "</script>",
        "<style>",
        "<html>",
        "<body>",
        "<frameset>",
        "<img src=x>",
        "<![",
        "<?x",
        "[a]: b",
        "javascript:",
        "page:x",
        "title: x",
        ": ",
        "@",
        "%",
        "&a ",
        "*a ",
        "!t ",
        "? ",
        "{",
        "}",
        "<<: ",
        "%YAML",
    ]
)
SOUP = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)
TEXTS = SOUP | st.text(max_size=400)
