"""PNGs that differ in a band of rows: what is above the band is packed once for all of them.

Pillow packs a whole picture every time, which was most of what a picture to share cost.

Sources: PNG (W3C, third edition), sections 5 and 11; zlib (RFC 1950).
"""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DEPTH, _PALETTE = 8, 3  # bits of a pixel; a pixel is a place in the palette
_PLAIN = b"\0"  # before each row: the pixels as they are


class Bands:
    """A picture with room for a band.

    `pixels` are places in `palette` (red, green and blue of each colour), row by row; the band has
    the rows from `top` up to `bottom`.
    """

    def __init__(
        self, pixels: bytes, palette: bytes, size: tuple[int, int], top: int, bottom: int
    ) -> None:
        self._width = size[0]
        header = struct.pack(">IIBBBBB", *size, _DEPTH, _PALETTE, 0, 0, 0)
        self._head = _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"PLTE", palette)
        # Flat areas: counting what repeats is quick, and small.
        self._packer = zlib.compressobj(6, zlib.DEFLATED, 15, 9, zlib.Z_RLE)
        self._above = self._packer.compress(self._rows(pixels[: top * self._width]))
        self._below = self._rows(pixels[bottom * self._width :])

    def png(self, band: bytes) -> bytes:
        """The picture with the pixels of a band; no metadata."""
        packer = self._packer.copy()
        packed = self._above + packer.compress(self._rows(band) + self._below) + packer.flush()
        return self._head + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")

    def _rows(self, pixels: bytes) -> bytes:
        return b"".join(
            _PLAIN + pixels[start : start + self._width]
            for start in range(0, len(pixels), self._width)
        )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
