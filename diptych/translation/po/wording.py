"""Units -> the text that a translator sees, and back to the lines of a file."""

from __future__ import annotations

import re
from functools import lru_cache

from diptych.translation import Unit
from diptych.translation.po.pieces import pieces_of, readable_text
from diptych.translation.po.wrapping import Manner, wrap, written_lines
from diptych.translation.units import FIELDS

LINES = (*FIELDS, "event-title")  # kinds that are one line of text
EVENTS = ("event-title", "event-text")
_OWN_LINE = ("figure", "heading")  # never wrapped
_TAIL = re.compile(r"[ \t]*#*[ \t]*(\{[^{}]*#[\w-]+[^{}]*\})[ \t]*$")


@lru_cache(maxsize=8192)
def readable(kind: str, text: str) -> str:
    """A text of a unit without wrapping: what goes out, and what is compared."""
    if kind in LINES:
        return re.sub(r"[ \n]+", " ", text).strip(" ")
    return readable_text(pieces_of(text))


def readable_unit(unit: Unit) -> str:
    """The readable text of a unit as it stands; a heading without its id, which stays."""
    text = readable(unit.kind, unit.text)
    return _TAIL.sub("", text) if unit.kind == "heading" else text


def file_lines(kind: str, text: str, manner: Manner) -> list[str]:
    """A readable text as lines of a file, wrapped."""
    if kind in LINES:
        return wrap(text, "", "", manner.width)
    if kind in _OWN_LINE:
        return text.split("\n")
    return written_lines(pieces_of(text), manner)


def heading_lines(text: str, old: str) -> list[str]:
    """A heading in the style of another one as it is written, with that one's id."""
    first, *others = old.split("\n")
    if others and not first.startswith("#"):
        tail = _TAIL.search(first)
        line = re.sub(r"^#+ ", "", text) + (f" {tail[1]}" if tail else "")
        return [line, others[0][0] * max(len(line), 3)]
    tail = _TAIL.search(first)
    return [text + (first[tail.start() :].rstrip() if tail else "")]
