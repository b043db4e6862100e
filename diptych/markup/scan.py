"""A lossless scan of Markdown into its top-level blocks, with their places.

Python-Markdown keeps no source positions, and parity is tracked by block; so this scanner cuts
the text as the library does. The library is its oracle in a property test.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from diptych.diagnostics import Span
from diptych.model import Block

_HEADING = re.compile(r" {0,3}#{1,6}(\s|$)|#{1,6}\S")
_LIST = re.compile(r" {0,3}(?:[*+-]|\d+\.)\s+\S")
_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*$")
_RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$")
_TABLE_RULE = re.compile(r" {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_NOTE = re.compile(r" {0,3}\[\^[^\]]+\]:")
_REFERENCE = re.compile(r" {0,3}(?:\[[^\]^]+\]:\s*\S|\*\[[^\]]+\]:)")
_HTML = re.compile(r"</?[a-zA-Z][^>]*>?|<!--")
_SETEXT = re.compile(r"(=+|-+) *$")


def scan_blocks(text: str, path: str, start: int = 0) -> tuple[Block, ...]:
    """The blocks of a Markdown text; their places are those of the file when it begins at `start`.

    Every character that is not white space lies in exactly one block, in order.
    """
    lines = text.split("\n")
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    blocks = []
    index = 0
    while index < len(lines):
        if not lines[index].strip():
            index += 1
            continue
        kind, end = _block(lines, index)
        body = "\n".join(lines[index:end]).rstrip()
        first = start + offsets[index]
        blocks.append(Block(kind, body, Span(path, first, first + len(body))))
        index = end
    return tuple(blocks)


def _block(lines: Sequence[str], index: int) -> tuple[str, int]:
    """Kind of the block that begins at a line, and the line after its last one."""
    line = lines[index]
    if fence := _FENCE.match(line):
        return "code", _fence_end(lines, index, fence[1])
    if line.startswith(("    ", "\t")):
        return "code", _indented_end(lines, index + 1)
    if _HEADING.match(line):
        return "heading", index + 1
    if _RULE.match(line) and not _LIST.match(line):
        return "rule", index + 1
    if line.startswith("!!!"):
        return "admonition", _indented_end(lines, index + 1, lazy=True)
    if _NOTE.match(line):
        return "note", _indented_end(lines, index + 1, lazy=True)
    if _REFERENCE.match(line):
        return "reference", index + 1
    if _LIST.match(line):
        return "list", _list_end(lines, index)
    if line.lstrip().startswith(">"):
        return "quote", _paragraph_end(lines, index)
    return _text_block(lines, index)


def _text_block(lines: Sequence[str], index: int) -> tuple[str, int]:
    line = lines[index]
    if _HTML.match(line):
        return "html", _paragraph_end(lines, index)
    following = lines[index + 1] if index + 1 < len(lines) else ""
    if "|" in line and "|" in following and _TABLE_RULE.match(following):
        return "table", _paragraph_end(lines, index)
    if _SETEXT.match(following) and following.strip():
        return "heading", index + 2
    end = _paragraph_end(lines, index)
    after = next((number for number in range(end, len(lines)) if lines[number].strip()), None)
    inside = any(re.match(r" {0,3}:\s", each) for each in lines[index + 1 : end])
    if inside or (after is not None and re.match(r" {0,3}:\s", lines[after])):
        return "definition", _definition_end(lines, end)
    return "paragraph", end


def _paragraph_end(lines: Sequence[str], index: int) -> int:
    """The first blank line or heading after a line."""
    index += 1
    while index < len(lines) and lines[index].strip() and not _HEADING.match(lines[index]):
        if _FENCE.match(lines[index]):
            break
        index += 1
    return index


def _fence_end(lines: Sequence[str], index: int, fence: str) -> int:
    for number in range(index + 1, len(lines)):
        stripped = lines[number].rstrip()
        if stripped.startswith(fence) and not stripped.strip(fence[0]):
            return number + 1
    return index + 1


def _indented_end(lines: Sequence[str], index: int, *, lazy: bool = False) -> int:
    """The end of what is indented by four; `lazy` lets the first paragraph go on unindented."""
    end = index
    blank = False
    for number in range(index, len(lines)):
        line = lines[number]
        if not line.strip():
            blank = True
            continue
        if not line.startswith(("    ", "\t")) and (blank or not lazy):
            break
        end = number + 1
    return end


def _list_end(lines: Sequence[str], index: int) -> int:
    """A list goes on through blank lines as long as items or indented lines follow."""
    ordered = bool(re.match(r" {0,3}\d", lines[index]))
    end = index + 1
    blank = False
    for number in range(index + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            blank = True
            continue
        item = _LIST.match(line) and bool(re.match(r" {0,3}\d", line)) == ordered
        if _HEADING.match(line) or (blank and not item and not line.startswith(("    ", "\t"))):
            break
        end, blank = number + 1, False
    return end


def _definition_end(lines: Sequence[str], index: int) -> int:
    """A definition list goes on while terms with definitions, or indented lines, follow."""
    end = index
    number = index
    while number < len(lines):
        line = lines[number]
        if not line.strip():
            number += 1
            continue
        if re.match(r" {0,3}:\s", line) or line.startswith(("    ", "\t")):
            end = number = _paragraph_end(lines, number)
            continue
        if _HEADING.match(line) or _LIST.match(line) or _text_block(lines, number)[0] != "definition":
            break
        end = number = _paragraph_end(lines, number)
    return end
