"""Edits of a file. Everything else stays byte for byte, also line ends and the byte order mark."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from diptych.model import File
from diptych.values import Value

_MARK = b"\xef\xbb\xbf"


class Replacement(Value):
    """A piece of a `Source.text` and the text that replaces it."""

    start: int
    end: int
    text: str


def edited(file: File, edits: Iterable[Replacement]) -> bytes:
    """The bytes of a file after its edits; new text gets the line ends of the file."""
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
