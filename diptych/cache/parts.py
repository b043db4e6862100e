"""Divides the bytes of a file into its long lines and the bytes between them, and joins them again.

Many files have the same long lines: each page contains the same style, in one line. The store keeps
such a line once for all pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

_LONG = 4096  # the least bytes of a long line: most paragraphs are shorter, the style is longer


def divided(data: bytes) -> tuple[list[bytes], list[bytes]]:
    """The bytes before, between and after the long lines of a file, and the long lines: `joined`
    of both is the file.
    """
    own: list[bytes] = []
    parts: list[bytes] = []
    begin = place = 0
    for line in data.split(b"\n"):
        if len(line) >= _LONG:
            own.append(data[begin:place])
            parts.append(line)
            begin = place + len(line)
        place += len(line) + 1
    return [*own, data[begin:]], parts


def joined(own: Sequence[bytes], parts: Sequence[bytes]) -> bytes:
    """The bytes of a file, put together from the two lists that `divided` returns."""
    return b"".join(each for pair in zip_longest(own, parts, fillvalue=b"") for each in pair)
