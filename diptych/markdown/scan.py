"""A lossless scan of Markdown into its top-level blocks, with their places.

Python-Markdown keeps no source positions, and parity is tracked by block; so this scanner cuts
the text as the library does: fences and raw HTML first, then each run of lines without a blank
one, by the library's own order of precedence. The library is its oracle in a property test.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

from diptych.diagnostics import Span
from diptych.model import Block

_MARKS = {  # kinds that can begin on any line of a run
    "admonition": re.compile(r'!!! ?[\w-]+(?: +[\w-]+)*(?: +".*?")? *$'),
    "heading": re.compile(r"#"),
    "rule": re.compile(r" {0,3}(?:-(?: {0,2}-){2,}|\*(?: {0,2}\*){2,}|_(?: {0,2}_){2,}) *$"),
    "definition": re.compile(r" {0,3}: "),
    "quote": re.compile(r" {0,3}>"),
    "note": re.compile(r" {0,3}\[\^[^\]]*\]:"),
    "reference": re.compile(
        r" {0,3}\[[^\[\]^]+\]: *\S+ *(?:\".*\" *|'.*' *|\(.*\) *)?$|\*\[[^\\]*?\] ?: *\S"
    ),
}
_UNDERLINE = re.compile(r"[=-]+ *$")
_BULLETS = re.compile(r" {0,3}[*+-] ")
_NUMBERS = re.compile(r" {0,3}\d+\. ")
FENCE = re.compile(r"(`{3,}|~{3,}) *(?:\{.*\}|\.?[\w#.+-]*) *$")
_CLOSER = re.compile(r"(`{3,}|~{3,}) *$")
_HTML = re.compile(r" {0,3}<(?:!--|([a-zA-Z][\w:-]*)(?=[\s/>]))")
_TAG = re.compile(r"<!--|<(/?)([a-zA-Z][\w:-]*)[^<>]*?(/?)>")
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
_GOES_ON = {"bullets", "numbers", "quote", "indented", "definition"}  # after a blank line too
_KINDS = {"bullets": "list", "numbers": "list", "indented": "code"}


@lru_cache(maxsize=8)  # of one text more than one step asks, one after another
def scan_blocks(text: str, path: str, start: int = 0) -> tuple[Block, ...]:
    """The blocks of a Markdown text; their places are those of the file when it begins at `start`.

    Every character that is not white space lies in exactly one block, in order.
    """
    scan = _Scan(text)
    blocks = []
    for run in scan.runs():
        first = scan.offsets[run.first]
        body = text[first : scan.offsets[run.end] - 1].rstrip()
        span = Span(path, start + first, start + first + len(body))
        blocks.append(Block(_KINDS.get(run.kind, run.kind), body, span))
    return tuple(blocks)


@cache
def _block_elements() -> frozenset[str]:
    """The library's own list; only a line that begins with a tag asks for it."""
    from markdown.util import BLOCK_LEVEL_ELEMENTS

    return frozenset(BLOCK_LEVEL_ELEMENTS)


@dataclass(slots=True)
class _Run:
    """Lines that are one block."""

    kind: str
    first: int
    end: int  # the line after the last one


class _Scan:
    """The lines of a text, and the blocks found in them so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [line.expandtabs(4) for line in text.split("\n")]
        self.offsets = [0]
        for line in text.split("\n"):
            self.offsets.append(self.offsets[-1] + len(line) + 1)
        filled = [(number, line) for number, line in enumerate(self.lines) if line.strip()]
        self.marks = {
            kind: [number for number, line in filled if mark.match(line)]
            for kind, mark in _MARKS.items()
        }
        self.closers: dict[str, list[int]] = {}
        for number, line in filled:
            if closer := _CLOSER.match(line):
                self.closers.setdefault(closer[1], []).append(number)
        self.found: list[_Run] = []

    def runs(self) -> list[_Run]:
        """All blocks, in order."""
        index = 0
        while index < len(self.lines):
            if not self.lines[index].strip():
                index += 1
                continue
            raw = self.raw(index)
            if raw is not None:
                self.found.append(raw)
                index = raw.end
                continue
            end = index + 1
            while end < len(self.lines) and self.lines[end].strip() and self.raw(end) is None:
                end += 1
            self.split(index, end)
            index = end
        return self.found

    def raw(self, index: int) -> _Run | None:
        """What the library takes out before it looks at blocks: a fence or raw HTML."""
        line = self.lines[index]
        if fence := FENCE.match(line):
            closers = self.closers.get(fence[1], [])
            place = bisect_right(closers, index)
            return _Run("code", index, closers[place] + 1) if place < len(closers) else None
        html = _HTML.match(line)
        if html is None or (html[1] and html[1].lower() not in _block_elements()):
            return None
        end = self.html_end(self.offsets[index])
        if end < 0:
            return None if html[1] is None else _Run("html", index, len(self.lines))
        return _Run("html", index, bisect_right(self.offsets, end - 1))

    def html_end(self, start: int) -> int:
        """The offset after the element or comment that begins at `start`, -1 if nothing ends it."""
        open_tags: list[str] = []
        end = start
        while tag := _TAG.search(self.text, end):
            end = tag.end()
            name = (tag[2] or "").lower()
            if tag[1] and name in open_tags:
                while open_tags.pop() != name:
                    pass
            elif name and not tag[1] and not tag[3] and name not in _VOID:
                open_tags.append(name)
            elif not name and (end := self.text.find("-->", end) + 3) < 3:
                return -1
            if not open_tags:
                return end
        return -1

    def split(self, first: int, end: int) -> None:
        """Adds the blocks of a run of lines without a blank one."""
        while first < end:
            first = self.step(first, end)

    def step(self, first: int, end: int) -> int:
        """Adds the first block of such a run, and what stands before it; the line after it."""
        if (mark := self.find("admonition", first, end)) is not None:
            return self.cut("admonition", first, mark, self.indented_end(mark + 1, end))
        if self.lines[first].startswith("    "):
            return self.indented(first, end)
        if first + 1 < end and _is_table(self.lines[first], self.lines[first + 1]):
            return self.add("table", first, end)
        if (mark := self.find("heading", first, end)) is not None:
            return self.cut("heading", first, mark, mark + 1)
        if first + 1 < end and _UNDERLINE.match(self.lines[first + 1]):
            return self.add("heading", first, first + 2)
        if (mark := self.find("rule", first, end)) is not None:
            return self.cut("rule", first, mark, mark + 1)
        for kind, item in (("numbers", _NUMBERS), ("bullets", _BULLETS)):
            if item.match(self.lines[first]):
                return self.add(kind, first, end)
        mark = self.find("definition", first, end)
        if mark is not None and (mark > first or self.found):
            return self.definition(first, mark, end)
        if (mark := self.find("quote", first, end)) is not None:
            return self.cut("quote", first, mark, end)
        if (mark := self.find("note", first, end)) is not None:
            return self.cut("note", first, mark, self.find("note", mark + 1, end) or end)
        if (mark := self.find("reference", first, end)) is not None:
            return self.cut("reference", first, mark, mark + 1)
        return self.add("paragraph", first, end)

    def find(self, kind: str, first: int, end: int) -> int | None:
        """The first line of a run that begins a block of that kind."""
        marks = self.marks[kind]
        place = bisect_left(marks, first)
        return marks[place] if place < len(marks) and marks[place] < end else None

    def cut(self, kind: str, first: int, mark: int, end: int) -> int:
        self.split(first, mark)
        return self.add(kind, mark, end)

    def add(self, kind: str, first: int, end: int) -> int:
        if self.found and kind in _GOES_ON and self.found[-1].kind == kind:
            self.found[-1].end = end
        else:
            self.found.append(_Run(kind, first, end))
        return end

    def indented(self, first: int, end: int) -> int:
        """Indented lines belong to a list, note or admonition above them; else they are code."""
        last = self.found[-1] if self.found else None
        if last is not None and last.kind in ("bullets", "numbers", "definition", "note"):
            last.end = end
            return end
        stop = self.indented_end(first, end)
        if last is not None and last.kind == "admonition":
            last.end = stop
            return stop
        return self.add("indented", first, stop)

    def indented_end(self, first: int, end: int) -> int:
        return next(
            (number for number in range(first, end) if not self.lines[number].startswith("    ")),
            end,
        )

    def definition(self, first: int, mark: int, end: int) -> int:
        """A definition with the terms above it, which a blank line may set apart."""
        if mark == first and self.found[-1].kind == "paragraph":
            first = self.found.pop().first
        goes_on = mark + 1 < end and re.match(r" {0,3}[^ :]", self.lines[mark + 1])
        return self.add("definition", first, end if goes_on else self.indented_end(mark + 1, end))


def _is_table(head: str, rule: str) -> bool:
    cells, dashes = _cells(head), _cells(rule)
    return (
        len(cells) == len(dashes)
        and set("".join(dashes)) <= set(":- ")
        and (len(cells) > 1 or (head.strip().startswith("|") and rule.strip().startswith("|")))
    )


def _cells(row: str) -> list[str]:
    row = row.strip()
    bare = re.sub(r"(?<!\\)\|$", "", row[1:] if row.startswith("|") else row)
    return re.split(r"(?<!\\)\|", re.sub(r"`[^`]*`", "", bare))
