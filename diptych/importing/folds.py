"""Passages that fold: `???` of MkDocs, and what shortcodes and containers of other programs fold, as
`<details>` with its `<summary>`. Every line of the passage is Markdown, between empty lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from diptych.importing.code import masked

_BEGINS = re.compile(r'( *)\?\?\? +(?:[\w-]+ +)*"([^"\n]+)" *')
_FENCE = re.compile(r" *(`{3,}|~{3,})")


def opening(summary: str, indent: str = "", *, opened: bool = False) -> list[str]:
    """The lines that begin a passage."""
    first = "<details open>" if opened else "<details>"
    return ["", indent + first, f"{indent}<summary>{escape(summary, quote=False)}</summary>", ""]


def closing(indent: str = "") -> list[str]:
    """The lines that end a passage."""
    return ["", f"{indent}</details>", ""]


def folded(summary: str, inner: str, indent: str = "", *, opened: bool = False) -> str:
    """A passage with a text, which stands as far from the margin as `indent`."""
    lines = inner.strip("\n").split("\n")
    margin = min((len(each) - len(each.lstrip()) for each in lines if each.strip()), default=0)
    text = [indent + each[margin:] if each.strip() else "" for each in lines]
    return "\n".join([*opening(summary, indent, opened=opened), *text, *closing(indent), ""])


def with_folds(text: str) -> str:
    """The text with each `??? note "Title"` and its indented lines as a passage."""
    return "\n".join(_lines(text)) if "???" in text else text


def _lines(text: str) -> Iterator[str]:
    marks: list[int] = []  # where the mark of each passage stands that is open
    lines = text.split("\n")
    shown = ("\n" if old == "\n" else new for old, new in zip(text, masked(text), strict=True))
    hidden = "".join(shown).split("\n")
    fence = ""  # of the code that is read
    for line, outside in zip(lines, hidden, strict=True):
        indent = len(line) - len(line.lstrip())
        while marks and line.strip() and indent <= marks[-1]:
            mark, fence = marks.pop(), ""
            yield from closing(" " * (mark - 4 * len(marks)))
        # what a passage holds is indented, and would be code without it
        begins = None if fence else _BEGINS.fullmatch(line if marks else outside)
        code = _FENCE.match(line)
        if code is not None:
            fence = "" if fence and code[1].startswith(fence) else fence or code[1]
        shift = 4 * len(marks)
        if begins is None:
            yield line[shift:] if line.strip() else line
        else:
            yield from opening(begins[2], begins[1][shift:])
            marks.append(indent)
    while marks:
        mark = marks.pop()
        yield from closing(" " * (mark - 4 * len(marks)))
