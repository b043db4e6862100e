"""Invisible characters: the places where they are allowed, and their names.

They can hide a word from a search, change how a text is read, and mark a copy so that it can be
traced. Some scripts and emoji need a few of them; there they stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from diptych.diagnostics import Message, say

LOST = "\ufffd"  # the replacement character: in place of invalid bytes and of invisible characters

_CONTROLS = (  # controls, marks of direction, line separators, private use, noncharacters
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufeff\ufffc\ufffe\uffff\U000f0000-\U0010ffff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 15) for last in (0xFFFE, 0xFFFF))
)
_UNSEEN = (  # soft hyphen, joiners, fillers, invisible operators, shorthand, selectors, tags
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e01ef"
)
_CANDIDATE = re.compile(f"[{_CONTROLS}{_UNSEEN}{LOST}]")
_ALWAYS = re.compile(f"[{_CONTROLS}]")
_COMMON = b"\t\n\r" + bytes(range(0x20, 0x7F))

Ranges = tuple[tuple[str, str], ...]  # of characters, the first and the last of each

_JOINING: Ranges = (  # scripts in which ZWJ and ZWNJ join or part letters (The Unicode Standard, 23.2)
    ("\u0600", "\u08ff"),
    ("\u0900", "\u0dff"),
    ("\u0f00", "\u109f"),
    ("\u1780", "\u18af"),
    ("\u1a20", "\u1cff"),
    ("\ua840", "\uabff"),
    ("\ufb50", "\ufdff"),
    ("\ufe70", "\ufefc"),
    ("\U00010a00", "\U00010fff"),
    ("\U00011000", "\U00011fff"),
    ("\U0001e900", "\U0001e95f"),
)
_SPACELESS: Ranges = (  # scripts without spaces between words
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
)
_BRAILLE: Ranges = (("\u2801", "\u28ff"),)
_HANGUL: Ranges = (("\u1100", "\u11ff"),)
_MONGOLIAN: Ranges = (("\u1800", "\u18af"),)
_IDEOGRAPH: Ranges = (("\u2e80", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))
_FLAG = re.compile(  # of England, Scotland and Wales: Unicode has no others of this kind
    "\U0001f3f4\U000e0067\U000e0062"
    "(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)"
    "\U000e007f"
)
_KEYCAPS = "0123456789#*"
_NAMES = {  # the words for an invisible character, by its name in Unicode
    each.msgid: each
    for each in (
        say("no-break space"),
        say("narrow no-break space"),
        say("zero width space"),
        say("zero width no-break space"),
        say("zero width joiner"),
        say("zero width non-joiner"),
        say("word joiner"),
        say("soft hyphen"),
        say("line separator"),
        say("paragraph separator"),
        say("left-to-right mark"),
        say("right-to-left mark"),
        say("left-to-right override"),
        say("right-to-left override"),
        say("left-to-right embedding"),
        say("right-to-left embedding"),
        say("pop directional formatting"),
        say("left-to-right isolate"),
        say("right-to-left isolate"),
        say("first strong isolate"),
        say("pop directional isolate"),
        say("object replacement character"),
        say("replacement character"),
    )
}
_KINDS = {  # the words for any other one, by its category in Unicode
    "Cc": say("control character"),
    "Cf": say("formatting character"),
    "Cn": say("no character"),
    "Co": say("private use character"),
    "Cs": say("surrogate"),
    "Lo": say("filler"),
    "Mn": say("combining character"),
    "So": say("filler"),
    "Zs": say("space of another width"),
}


def uncommon(text: str) -> str:
    """The characters of a text without the printable ones of ASCII, spaces, tabs and line ends. A
    search for a character in them takes much less time than one in the whole text.
    """
    data = text.encode("utf-8", "surrogatepass").translate(None, _COMMON)
    return data.decode("utf-8", "surrogatepass")


def unseen_in(text: str) -> Iterator[int]:
    """The offsets of invisible characters that no text may hold there."""
    if _CANDIDATE.search(uncommon(text)) is None:  # true for most texts
        return
    flags: list[tuple[int, int]] | None = None
    for match in _CANDIDATE.finditer(text):
        place = match.start()
        char = text[place]
        if "\U000e0000" <= char <= "\U000e007f":
            if flags is None:
                flags = [each.span() for each in _FLAG.finditer(text)]
            if any(start < place < end for start, end in flags):
                continue
        elif _belongs(char, text[place - 1 : place], text[place + 1 : place + 2]):
            continue
        yield place


def without_unseen(text: str) -> str:
    """The text without its invisible characters, except in places where they are allowed."""
    places = set(unseen_in(text))
    return "".join(char for at, char in enumerate(text) if at not in places) if places else text


def is_unseen(char: str) -> bool:
    """Whether a character on its own, without its neighbours, is invisible."""
    return _CANDIDATE.match(char) is not None


def _belongs(char: str, before: str, after: str) -> bool:
    """Whether a character has a function between its neighbours."""
    if _ALWAYS.match(char) or char == LOST:
        return False
    if char in "\u200c\u200d" and _is_in(before, _JOINING):
        return char == "\u200d" or _is_in(after, _JOINING)
    if char == "\u200d":
        return _is_in(after, _JOINING) or (_is_sign(before) and _is_sign(after))
    if char == "\u200b":
        return _is_in(before, _SPACELESS) and _is_in(after, _SPACELESS)
    if char in "\ufe0e\ufe0f":
        return _is_sign(before) or before in _KEYCAPS
    if "\ufe00" <= char <= "\ufe0d":
        return _is_in(before, _IDEOGRAPH) or unicodedata.category(before or " ") == "Sm"
    if "\U000e0100" <= char <= "\U000e01ef":
        return _is_in(before, _IDEOGRAPH)
    if char == "\u2800":
        return _is_in(before, _BRAILLE) or _is_in(after, _BRAILLE)
    if char in "\u115f\u1160":
        return _is_in(before, _HANGUL) or _is_in(after, _HANGUL)
    return "\u180b" <= char <= "\u180f" and _is_in(before, _MONGOLIAN)


def _is_in(char: str, ranges: Ranges) -> bool:
    """Whether a character is in one of the ranges; "" is in none."""
    return any(first <= char <= last for first, last in ranges)


def _is_sign(char: str) -> bool:
    """Whether it is a character of emoji."""
    return bool(char) and (
        (char > "\u2000" and unicodedata.category(char) in ("So", "Sm", "Po"))
        or char in "\ufe0f\u00a9\u00ae"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def code_and_name(char: str) -> tuple[str, Message]:
    """`U+200B` and `zero width space`: the code of an invisible character, and its name or else its
    kind.
    """
    name = _NAMES.get(unicodedata.name(char, "").lower())
    return f"U+{ord(char):04X}", name or _KINDS[unicodedata.category(char)]
