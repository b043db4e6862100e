"""Translates passages of other programs that begin with a line of their own: `???` and `===` of
MkDocs, `:::` of VitePress and Docusaurus. Such a passage becomes a notice, a name in bold, or
`<details>` with a `<summary>`.

The text of a `<details>` stands between empty lines, since Markdown in HTML needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from diptych.importing.code import fence_after, without_code
from diptych.markdown import CALLOUTS

FOLDS = ("details", "expand", "collapse")  # names of passages that fold in other programs
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
    """The text with the passages of other programs translated into this program's Markdown."""
    text = _without_containers(_without_tabs(text))
    return "\n".join(_folded_lines(text)) if "???" in text else text


def margin(lines: list[str]) -> int:
    """The number of spaces with which every line begins; empty lines do not count."""
    return min((len(each) - len(each.lstrip()) for each in lines if each.strip()), default=0)


def notice_head(name: str, title: str) -> str:
    """The first line of a notice. `name` is the kind of the notice in another program."""
    plain = title.replace('"', "”")
    head = f"!!! {NOTICES.get(name, NOTE)}"
    return f'{head} "{plain}"' if plain else head


def folded(summary: str, inner: str, indent: str, *, opened: bool) -> str:
    """A passage that folds (`<details>`), with `indent` before each of its lines."""
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
    """The lines of a text, in which each `??? note "Title"` and the indented lines below it have
    become a passage that folds.
    """
    marks: list[int] = []  # the indentation of the first line of each open passage
    fence = ""
    for line, outside in zip(text.split("\n"), without_code(text).split("\n"), strict=True):
        indent = len(line) - len(line.lstrip())
        while marks and line.strip() and indent <= marks[-1]:
            mark, fence = marks.pop(), ""
            yield from _closing(" " * (mark - 4 * len(marks)))
        # inside a passage every line is indented, so that `without_code` hides it
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
    """The text without the tabs of MkDocs. The line `=== "Name"` that begins a tab becomes the name
    in bold, and the indented lines below it lose their indentation.
    """
    made: list[str] = []
    depth = -1  # the indentation of the open tab; -1: no tab is open
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
    """The text without the containers of VitePress and Docusaurus. A container such as `::: tip
    Title` … `:::` becomes a notice; a container `::: details Title` … `:::` becomes a passage that
    folds.

    A container of an unknown kind stays. If a container is not closed, the whole text stays as it
    is.
    """
    if ":::" not in text:
        return text
    made: list[str] = []
    opened: list[str] = []  # the kind of each open container: a notice, a fold, or "" for unknown
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
