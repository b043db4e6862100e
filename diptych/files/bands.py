"""PNGs that differ in a band of rows: what they share is packed once for all of them.

Pillow packs a whole picture every time, which was most of what a picture to share cost. Here
every strip of rows is packed by itself, so that one is packed anew only where words touch it.

Sources: PNG (W3C, third edition), sections 5 and 11; zlib (RFC 1950); deflate (RFC 1951).
"""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DEPTH, _PALETTE = 8, 3  # bits of a pixel; a pixel is a place in the palette
_STRIP = 24  # rows: fewer make the picture larger, more are packed in vain
_ZLIB, _LAST = b"\x78\x9c", b"\x03\x00"  # how packed data begins; an empty block that ends it


class Bands:
    """A picture with room for a band.

    `rows` are those of the picture, each a zero (the pixels stand as they are) and its pixels, which
    are places in `palette` (red, green and blue of each colour); the band has those from `top` up to
    `bottom`.
    """

    def __init__(
        self, rows: bytes, palette: bytes, size: tuple[int, int], top: int, bottom: int
    ) -> None:
        self._row = size[0] + 1
        header = struct.pack(">IIBBBBB", *size, _DEPTH, _PALETTE, 0, 0, 0)
        self._head = _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"PLTE", palette)
        above = rows[: top * self._row]
        self._above, self._check = _packed(above), zlib.adler32(above)
        self._below = rows[bottom * self._row :]
        self._end = _packed(self._below)
        self._plain = self._strips(rows[top * self._row : bottom * self._row])
        self._ready = [*map(_packed, self._plain)]

    def png(self, band: bytes) -> bytes:
        """The picture with the rows of a band; no metadata."""
        packed, check = [_ZLIB, self._above], self._check
        for rows, plain, done in zip(self._strips(band), self._plain, self._ready, strict=True):
            packed.append(done if rows == plain else _packed(rows))
            check = zlib.adler32(rows, check)
        check = zlib.adler32(self._below, check)
        body = b"".join((*packed, self._end, _LAST, struct.pack(">I", check)))
        return self._head + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")

    def _strips(self, rows: bytes) -> list[bytes]:
        step = _STRIP * self._row
        return [rows[start : start + step] for start in range(0, len(rows), step)]


def _packed(rows: bytes) -> bytes:
    """Whole blocks that need nothing before them. What repeats is counted: quick for flat areas."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL + 1, zlib.Z_RLE)
    return packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
