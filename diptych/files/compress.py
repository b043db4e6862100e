"""Compressed copies of texts, made once and with the best compression, for hosts that serve them."""

from __future__ import annotations

import gzip

from diptych.values import Value

_ENDINGS = (".css", ".csv", ".htm", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".xml")
_LEAST = 600  # bytes; below it the headers weigh more than the saving


class Compressed(Value):
    """The copies of a file; empty if a copy would not be smaller."""

    br: bytes
    gz: bytes


def is_compressible(path: str, size: int) -> bool:
    """Whether a copy of a file would save anything: the file is a text, and not a short one."""
    return size >= _LEAST and path.endswith(_ENDINGS)


def compress(data: bytes) -> Compressed:
    """The smallest copies, without time and name in them."""
    import brotli  # imported only if the host serves such copies and one is missing

    br = brotli.compress(data, mode=brotli.MODE_TEXT, quality=11)
    gz = gzip.compress(data, 9, mtime=0)
    return Compressed(br if len(br) < len(data) else b"", gz if len(gz) < len(data) else b"")
