"""Removes data about makers from pictures, fonts, character maps and colour profiles in a PDF. Every
page looks as it did before, to the pixel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_RESTARTS = range(0xD0, 0xD8)  # markers among the pixels of a JPEG
_ALONE = {0x01, *_RESTARTS}  # markers without a length
_SCAN, _END = 0xDA, 0xD9
_BOXES = {b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jpch", b"jplh", b"jp2c"}  # ISO 15444-2, table M.13
_STRING_MARK = re.compile(rb"\\.|[()]", re.DOTALL)
_POSTSCRIPT_MARK = re.compile(rb"[(%]")
_LINE_END = re.compile(rb"[\r\n]")
_TAGS_OF_TEXT = {b"cprt", b"desc", b"dmdd", b"dmnd", b"dscm", b"scrd", b"targ", b"vued"}
_TAGS_OF_DEVICES = {b"MSCM", b"meta", b"mmod"}  # make, model and number of a screen
_TEXTS = {b"desc", b"mluc", b"text"}  # types of tags
_BEFORE_TEXT = 8  # bytes of the type of a tag


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG without its comments and its application segments (ITU T.81, B.1.1.3); the pixels are
    unchanged.

    The two application segments that say how colours are stored (APP0 of JFIF, APP14 of Adobe) stay.
    Data without the first marker of a JPEG (SOI) is returned unchanged.
    """
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, place = [data[:2]], 2
    while place + 2 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # filling
            place += 1
            continue
        if marker == _END:  # nothing behind it is shown
            kept.append(data[place : place + 2])
            return b"".join(kept)
        size = 0 if marker in _ALONE else int.from_bytes(data[place + 2 : place + 4], "big")
        end = place + 2 + size
        if marker == _SCAN:
            end = _end_of_scan(data, end)
        personal = marker == 0xFE or (0xE1 <= marker <= 0xEF and marker != 0xEE)
        if not personal:
            kept.append(data[place:end])
        place = end
    kept.append(data[place:])
    return b"".join(kept)


def _end_of_scan(data: bytes, place: int) -> int:
    """The end of the pixels that begin at `place`: the next marker that cannot be among pixels."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            return len(data)
        following = data[place + 1]
        if following and following != 0xFF and following not in _RESTARTS:
            return place
        place += 1 if following == 0xFF else 2


def bare_jpeg_2000(data: bytes) -> bytes:
    """A JPEG 2000 picture without boxes of metadata (ISO 15444-1, I.7), and without the comments
    before its pixels.
    """
    if data.startswith(b"\xff\x4f"):
        return _bare_codestream(data)
    if data[4:8] != b"jP  ":
        return data
    kept, place = [], 0
    while place + 8 <= len(data):
        size, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        head = 8
        if size == 1:  # the size is written in eight bytes behind
            size, head = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        if size == 0:
            size = len(data) - place
        if size < head:
            break
        inside = data[place + head : place + size]
        if kind == b"jp2c":
            bare = _bare_codestream(inside)
            kept.append((8 + len(bare)).to_bytes(4, "big") + kind + bare)
        elif kind in _BOXES:
            kept.append(data[place : place + size])
        place += size
    return b"".join(kept)


def _bare_codestream(data: bytes) -> bytes:
    """The pixels without the comments (COM) in their main header (ISO 15444-1, A.9.2)."""
    kept, place = [data[:2]], 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != 0x90:
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if data[place + 1] != 0x64:
            kept.append(data[place:end])
        place = end
    return b"".join((*kept, data[place:]))


def without_comments(data: bytes) -> bytes:
    """PostScript without its comments (`% …` up to the end of the line), which no program reads."""
    return b"".join(_read(data))


def _read(data: bytes) -> Iterator[bytes]:
    place = 0
    while mark := _POSTSCRIPT_MARK.search(data, place):
        yield data[place : mark.start()]
        if mark.group() == b"(":
            end = _end_of_string(data, mark.start())
            yield data[mark.start() : end]
            place = end
        else:
            line_end = _LINE_END.search(data, mark.start())
            place = line_end.start() if line_end else len(data)
    yield data[place:]


def _end_of_string(data: bytes, start: int) -> int:
    depth = 0
    for mark in _STRING_MARK.finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(mark.group(), 0)
        if depth == 0:
            return mark.end()
    return len(data)


def bare_font(data: bytes, clear: int) -> tuple[bytes, int]:
    """A Type 1 font without the comments in its clear text, and the new length of the clear text in
    bytes; `clear` is its length before.

    The first line stays, since programs recognise the font by it. The names and the licence in the
    dictionary of the font stay as well.
    """
    text = data[:clear]
    first = _LINE_END.search(text)
    head = first.start() if text.startswith(b"%!") and first else 0
    bare = text[:head] + without_comments(text[head:])
    return bare + data[clear:], len(bare)


def bare_profile(data: bytes) -> bytes:
    """A colour profile (ICC.1) of the same length and colours, without the names of devices and
    persons, the number of the screen, and the day on which somebody measured it.
    """
    if len(data) < 132 or data[36:40] != b"acsp":
        return data
    bare = bytearray(data)
    for start, end in ((4, 8), (24, 36), (48, 56), (80, 100)):  # programs, day, device, checksum
        bare[start:end] = bytes(end - start)
    count = min(int.from_bytes(data[128:132], "big"), (len(data) - 132) // 12)
    for place in range(132, 132 + 12 * count, 12):
        name = data[place : place + 4]
        start = int.from_bytes(data[place + 4 : place + 8], "big")
        end = min(start + int.from_bytes(data[place + 8 : place + 12], "big"), len(data))
        if start < 132 + 12 * count or end - start <= _BEFORE_TEXT:
            continue
        kind = data[start : start + 4]
        if name in _TAGS_OF_DEVICES:
            bare[start + _BEFORE_TEXT : end] = bytes(end - start - _BEFORE_TEXT)
        elif name in _TAGS_OF_TEXT and kind in _TEXTS:
            _blank(bare, kind, start, end)
    return bytes(bare)


def _blank(bare: bytearray, kind: bytes, start: int, end: int) -> None:
    """Overwrites the text of a tag in a colour profile with zeros or spaces of the same length."""
    if kind == b"text":
        bare[start + 8 : end] = bytes(end - start - 8)
    elif kind == b"desc":  # a size, and the text in ASCII; then in Unicode and for old Macs
        bare[start + 12 : end] = bytes(max(end - start - 12, 0))
    else:  # texts per language, each with its size and place
        size = int.from_bytes(bare[start + 12 : start + 16], "big")
        first = start + 16 + size * int.from_bytes(bare[start + 8 : start + 12], "big")
        if first < end:
            bare[first:end] = b"\0 " * ((end - first) // 2) + bytes((end - first) % 2)
