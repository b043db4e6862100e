"""Edits of a file: everything else stays, byte for byte, line ends and byte order mark too."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from diptych.model import File
from diptych.values import Value

_MARK = b"\xef\xbb\xbf"


class Replacement(Value):
    """A piece of a `Source.text` that gives way to another text."""

    start: int
    end: int
    text: str


def edited(file: File, edits: Iterable[Replacement]) -> bytes:
    """The bytes of a file after its edits; what is new takes the file's own line ends."""
    mark = _MARK if file.data.startswith(_MARK) else b""
    raw = file.data.removeprefix(_MARK).decode("utf-8")
    pairs = [match.start() - number for number, match in enumerate(re.finditer("\r\n", raw))]
    line_end = "\r\n" if 2 * len(pairs) > raw.count("\n") else "\n"
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        start = edit.start + bisect_left(pairs, edit.start)
        end = edit.end + bisect_left(pairs, edit.end)
        assert start >= done, "edits do not overlap"
        parts += [raw[done:start], edit.text.replace("\n", line_end)]
        done = end
    return mark + "".join([*parts, raw[done:]]).encode("utf-8")
