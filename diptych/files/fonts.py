"""Checks by its header that the file of a font holds that font and nothing else.

OpenType 1.9 (the table directory), WOFF 1.0 and 2.0 (https://www.w3.org/TR/WOFF2/, 4.1): the
headers give the length of the file, and the place of metadata or private data, which browsers do
not read.
"""

from __future__ import annotations

import struct

from diptych.diagnostics import Message, Outcome, Span, error, say
from diptych.files.text import pointer
from diptych.model import File, ending_of

_SIGNATURES = {  # the first bytes of a font file, by its ending (WOFF 2.0, WOFF 1.0, OpenType)
    ".woff2": (b"wOF2",),
    ".woff": (b"wOFF",),
    ".ttf": (b"\0\1\0\0", b"true"),
    ".otf": (b"OTTO", b"\0\1\0\0"),
}
ENDINGS = tuple(_SIGNATURES)
# for each signature the length of the header, and in it the offsets of the file's length and of the
# sizes of metadata and private data
_WOFF_HEAD = {b"wOFF": (44, 8, 24), b"wOF2": (48, 8, 28)}
_RECORD = 16  # bytes of a record of the table directory


def check_font(file: File) -> Outcome[File | None]:
    """The unchanged file; None, with damaged-file, if the file is not the kind of font that its ending
    names, or holds anything besides the font.
    """
    ending = ending_of(file.path)
    unread = pointer(file)
    if unread:
        return _damaged(file, *unread)
    if not file.data.startswith(_SIGNATURES[ending]):
        message = say("this file is no font, though its name ends in {ending}", ending=ending)
        return _damaged(file, message, say("put the original here once more"))
    if not _is_whole(file.data):
        message = say("this font is cut short, or holds something beside the letters")
        hint = say("fetch it again where it came from, in a form without metadata")
        return _damaged(file, message, hint)
    return Outcome(file)


def _damaged(file: File, message: Message, hint: Message) -> Outcome[File | None]:
    return Outcome(None, (error("damaged-file", Span(file.path), message, hint),))


def _is_whole(data: bytes) -> bool:
    """Whether a font ends where its header says, and holds nothing besides its tables."""
    head = _WOFF_HEAD.get(data[:4])
    return _is_whole_opentype(data) if head is None else _is_whole_woff(data, *head)


def _is_whole_woff(data: bytes, head: int, size: int, extras: int) -> bool:
    if len(data) < head:
        return False
    (length,) = struct.unpack_from(">I", data, size)
    return bool(length == len(data)) and not any(struct.unpack_from(">5I", data, extras))


def _is_whole_opentype(data: bytes) -> bool:
    """Whether all tables lie within the file, and only padding follows the last one."""
    if len(data) < 12:
        return False
    (count,) = struct.unpack_from(">H", data, 4)
    end: int = 12 + _RECORD * count
    if not count or end > len(data):
        return False
    for number in range(count):
        start, length = struct.unpack_from(">II", data, 12 + _RECORD * number + 8)
        end = max(end, start + length)
    return end <= len(data) <= -(-end // 4) * 4
