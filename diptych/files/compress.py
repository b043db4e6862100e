"""Compressed copies of texts, for hosts that serve them: better and once, instead of at each visit."""

from __future__ import annotations

import gzip

from diptych.values import Value

_ENDINGS = (".css", ".csv", ".htm", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".xml")
_LEAST = 600  # bytes; below that the headers weigh more than what is won


class Compressed(Value):
    """Copies of a file; empty where a copy would not be smaller."""

    br: bytes
    gz: bytes


def is_compressible(path: str, data: bytes) -> bool:
    """Whether a copy of a file would save anything: it is a text, and not a short one."""
    return len(data) >= _LEAST and path.endswith(_ENDINGS)


def compress(data: bytes) -> Compressed:
    """The smallest copies, with no time and no name in them."""
    import brotli  # only where the host of the site serves such copies, and one is missing

    br = brotli.compress(data, mode=brotli.MODE_TEXT, quality=11)
    gz = gzip.compress(data, 9, mtime=0)
    return Compressed(br if len(br) < len(data) else b"", gz if len(gz) < len(data) else b"")
