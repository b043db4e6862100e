"""Units -> the text that a translator sees, and back to the lines of a file."""

from __future__ import annotations

import re
from functools import lru_cache

from diptych.translation import Unit
from diptych.translation.po.pieces import pieces_of, readable_text
from diptych.translation.po.wrapping import FormatStyle, wrap, written_lines

_OWN_LINE = ("figure", "heading")  # never wrapped
_TAIL = re.compile(r"(?<![ \t])[ \t]*+#*+[ \t]*+(\{[^{}]*#[\w-]+[^{}]*\})[ \t]*$")


@lru_cache(maxsize=8192)
def readable(text: str, *, line: bool) -> str:
    """A unit's text with its lines joined, as it is exported and compared.

    `line`: whether the text is a single line without Markdown blocks, such as a title.
    """
    if line:
        return re.sub(r"[ \n]+", " ", text).strip(" ")
    return readable_text(pieces_of(text))


def readable_unit(unit: Unit) -> str:
    """The unit's text with its lines joined; of a heading, without its id (`{#id}`)."""
    text = readable(unit.text, line=unit.in_yaml and unit.line)
    return _TAIL.sub("", text) if unit.kind == "heading" else text


def file_lines(unit: Unit, text: str, style: FormatStyle) -> list[str]:
    """A readable text as lines of a file, wrapped, as it would stand in the place of a unit."""
    if unit.in_yaml and unit.line:
        return wrap(text, "", "", style.width)
    if unit.kind in _OWN_LINE:
        return text.split("\n")
    return written_lines(pieces_of(text), style)


def heading_lines(text: str, old: str) -> list[str]:
    """The heading `text`, with the style (`##` or underlined) and the id of the heading `old`."""
    first, *others = old.split("\n")
    if others and not first.startswith("#"):
        tail = _TAIL.search(first)
        line = re.sub(r"^#+ ", "", text) + (f" {tail[1]}" if tail else "")
        return [line, others[0][0] * max(len(line), 3)]
    tail = _TAIL.search(first)
    return [text + (first[tail.start() :].rstrip() if tail else "")]
