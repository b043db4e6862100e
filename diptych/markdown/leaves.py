"""Reads the first lines of three kinds of blocks that hold no other blocks: raw HTML, tables and link
references.

Sources: CommonMark 0.31, "HTML blocks" and "Link reference definitions"; GFM 0.29, "Tables".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_BLOCK_TAGS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog"
    " dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header"
    " hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p param search"
    " section summary table tbody td tfoot th thead title tr track ul"
)
_ATTRIBUTE = r"""[ ]+[a-zA-Z_:][\w:.-]*(?:[ ]*=[ ]*(?:[^"'=<>` ]+|'[^']*'|"[^"]*"))?"""
_HTML = (  # the start of raw HTML, and its end; "": it ends at a blank line
    (
        re.compile(r"<(?:script|pre|style|textarea)(?:[ >]|$)", re.IGNORECASE),
        "</(script|pre|style|textarea)>",
    ),
    (re.compile("<!--"), "-->"),
    (re.compile(r"<\?"), r"\?>"),
    (re.compile("<![a-z]", re.IGNORECASE), ">"),
    (re.compile(r"<!\[CDATA\["), r"\]\]>"),
    (re.compile(rf"</?(?:{_BLOCK_TAGS.replace(' ', '|')})(?:[ ]|/?>|$)", re.IGNORECASE), ""),
)
_LONE_TAG = re.compile(
    rf"(?:<[a-zA-Z][a-zA-Z0-9-]*(?:{_ATTRIBUTE})*[ ]*/?>|</[a-zA-Z][a-zA-Z0-9-]*[ ]*>) *$"
)
_DELIMITERS = re.compile(r"\|? *:?-+:?(?: *\| *:?-+:?)* *\|?$")
_BAR = re.compile(r"(?<!\\)\|")
_LABEL = r"\[((?:[^\[\]\\]|\\.)*)\]"
_TITLE = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))"""
_REFERENCE = re.compile(
    rf"""{_LABEL}:[ ]*\n?[ ]*(?:<([^<>\n]*)>|([^\s<]\S*))"""
    rf"""(?:(?:[ ]+\n?[ ]*|\n[ ]*){_TITLE}(?=[ ]*(?:\n|$)))?[ ]*(?:\n|$)""",
    re.DOTALL,
)


class Reference(NamedTuple):
    """`[label]: address "title"`, and the number of its lines."""

    label: str
    address: str
    title: str
    lines: int


def html_start(line: str, *, in_paragraph: bool) -> str | None:
    """The pattern that ends the raw HTML that begins on this line; "" if it ends at a blank line;
    None if no raw HTML begins here.
    """
    for begin, end in _HTML:
        if begin.match(line):
            return end
    return "" if not in_paragraph and _LONE_TAG.match(line) else None


def is_table(head: str, delimiters: str) -> bool:
    """Whether two lines are the head of a table and the delimiter row below it."""
    if not _DELIMITERS.match(delimiters.strip()):
        return False
    return len(cells_of(head)) == len(cells_of(delimiters))


def cells_of(row: str) -> list[str]:
    r"""The cells of a row; `\|` is a sign inside a cell."""
    cells = _BAR.split(row.strip())
    if len(cells) > 1 and not cells[0]:
        del cells[0]
    if len(cells) > 1 and not cells[-1]:
        del cells[-1]
    return [cell.strip().replace("\\|", "|") for cell in cells]


def take_references(lines: Sequence[str]) -> list[Reference]:
    """The reference definitions at the start of a paragraph."""
    text, found, position = "\n".join(lines), [], 0
    while text.startswith("[", position):
        match = _REFERENCE.match(text, position)
        if match is None or not match[1].strip() or match[1].startswith("^"):
            break
        title = (match[4] or "")[1:-1]
        found.append(
            Reference(
                match[1],
                match[2] if match[2] is not None else match[3],
                title,
                match.group().count("\n", 0, -1) + 1,
            )
        )
        position = match.end()
    return found
