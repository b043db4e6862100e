"""Passages of other programs, which begin with a line of their own: `???` and `===` of MkDocs, `:::` of
VitePress and Docusaurus. They become notices, names in bold, and `<details>` with its `<summary>`, in
which every line is Markdown, between empty lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from diptych.importing.code import fence_after, without_code
from diptych.markdown import CALLOUTS

FOLDS = ("details", "expand", "collapse")  # the names of passages that fold
NOTE = "note"
NOTICES: Mapping[str, str] = {  # names of notices in other programs -> ours
    **{each: each for each in CALLOUTS},
    **dict.fromkeys(("danger", "error", "failure", "bug"), "danger"),
    **dict.fromkeys(("hint", "success"), "tip"),
    **dict.fromkeys(("attention", "warn"), "warning"),
}
_FOLD = re.compile(r'( *)\?\?\? +(?:[\w-]+ +)*"([^"\n]+)" *')
_TAB = re.compile(r'^( *)===[+!]? +"([^"\n]+)" *$')
_CONTAINER = re.compile(r" *(:{3,}) *([A-Za-z][\w-]*)(?:\[([^\[\]]*)\]| +([^{}\n]*))? *$")
_CLOSED = re.compile(r" *:{3,} *$")
_CONTAINERS = {*NOTICES, "details", "info", "caution"}


def with_passages(text: str) -> str:
    """The text with the passages of other programs as this program writes them."""
    text = _without_containers(_without_tabs(text))
    return "\n".join(_folded_lines(text)) if "???" in text else text


def margin(lines: list[str]) -> int:
    """The number of spaces before every line that is not empty."""
    return min((len(each) - len(each.lstrip()) for each in lines if each.strip()), default=0)


def notice_head(name: str, title: str) -> str:
    """The first line of a notice, by its name in another program."""
    plain = title.replace('"', "”")
    head = f"!!! {NOTICES.get(name, NOTE)}"
    return f'{head} "{plain}"' if plain else head


def folded(summary: str, inner: str, indent: str, *, opened: bool) -> str:
    """A passage that folds, with `indent` before each of its lines."""
    lines = inner.strip("\n").split("\n")
    common = margin(lines)
    text = [indent + each[common:] if each.strip() else "" for each in lines]
    return "\n".join([*_opening(summary, indent, opened=opened), *text, *_closing(indent), ""])


def _opening(summary: str, indent: str, *, opened: bool = False) -> list[str]:
    """The lines that begin a passage that folds."""
    first = "<details open>" if opened else "<details>"
    return ["", indent + first, f"{indent}<summary>{escape(summary, quote=False)}</summary>", ""]


def _closing(indent: str) -> list[str]:
    """The lines that end a passage that folds."""
    return ["", f"{indent}</details>", ""]


def _folded_lines(text: str) -> Iterator[str]:
    """The lines of a text; each `??? note "Title"` with its indented lines is a passage that folds."""
    marks: list[int] = []  # the indentation of each open passage's mark
    lines = text.split("\n")
    shown = (
        "\n" if old == "\n" else new for old, new in zip(text, without_code(text), strict=True)
    )
    hidden = "".join(shown).split("\n")
    fence = ""
    for line, outside in zip(lines, hidden, strict=True):
        indent = len(line) - len(line.lstrip())
        while marks and line.strip() and indent <= marks[-1]:
            mark, fence = marks.pop(), ""
            yield from _closing(" " * (mark - 4 * len(marks)))
        # the lines of a passage are indented, and would be code without it
        begins = None if fence else _FOLD.fullmatch(line if marks else outside)
        fence = fence_after(line, fence)
        shift = 4 * len(marks)
        if begins is None:
            yield line[shift:] if line.strip() else line
        else:
            yield from _opening(begins[2], begins[1][shift:])
            marks.append(indent)
    while marks:
        mark = marks.pop()
        yield from _closing(" " * (mark - 4 * len(marks)))


def _without_tabs(text: str) -> str:
    """`=== "Name"` and its indented lines -> the name in bold, and the lines below it."""
    made: list[str] = []
    depth = -1  # of the tab whose lines are read
    fence = ""
    for line in text.split("\n"):
        match = None if fence else _TAB.match(line)
        fence = fence_after(line, fence)
        indent = len(line) - len(line.lstrip())
        if match is not None:
            depth = len(match[1])
            made += ["", f"{match[1]}**{match[2]}**", ""][made[-1:] == [""] :]
        elif made[-1:] == [""] and made[-2:-1] and made[-2].endswith("**") and not line.strip():
            continue  # after the name of a tab one blank line is enough
        elif depth >= 0 and line.strip() and indent <= depth:
            depth = -1
            made.append(line)
        else:
            made.append(line[:depth] + line[depth + 4 :] if depth >= 0 and line.strip() else line)
    return "\n".join(made)


def _without_containers(text: str) -> str:
    """`::: tip Title` … `:::` as a notice, `::: details Title` … `:::` as a passage that folds; an
    unknown or unclosed one stays.
    """
    if ":::" not in text:
        return text
    made: list[str] = []
    opened: list[str] = []  # the form of each open container: a notice, a fold, "" if it is unknown
    fence = ""
    for line in text.split("\n"):
        depth = "    " * opened.count(NOTE)
        begins = None if fence else _CONTAINER.match(line)
        ends = None if fence else _CLOSED.match(line)
        fence = fence_after(line, fence)
        if begins is not None:
            kind, title = begins[2].lower(), (begins[3] or begins[4] or "").strip()
            if kind in FOLDS and title:
                made += _opening(title, depth)
                opened.append(FOLDS[0])
            elif kind in _CONTAINERS:
                made += ["", depth + notice_head(kind, title)]
                opened.append(NOTE)
            else:
                made.append(depth + line)
                opened.append("")
        elif ends is not None and opened:
            ended = opened.pop()
            outer = "    " * opened.count(NOTE)
            made += {NOTE: [""], "": [depth + line]}.get(ended, _closing(outer))
        else:
            made.append(depth + line if line.strip() else line)
    return text if opened or fence else "\n".join(made)
