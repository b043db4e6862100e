"""Finds the place in a template that writes something on a finished page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from diptych.html.balance import ONCE, unbalanced
from diptych.values import Value

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_PARTS = re.compile(r"[\s,\"'()]+")  # separates the addresses of one value
_HOLE = "\x00"  # replaces each character of the Jinja code in a template
_CERTAIN = 2  # a template is the source of a value only if it writes this many of its characters


class WantedMarkup(Value):
    """The markup to look for in templates: an element, an attribute of it, its value; "" for any."""

    element: str = ""
    attribute: str = ""
    value: str = ""
    tag: str = ""  # a tag without its counterpart
    words: str = ""  # text in a script or style
    text: str = ""  # any text, letter by letter
    lacks: str = ""  # text that is missing in the tag, or for a head in the whole template


def written_in(text: str, wanted: WantedMarkup) -> tuple[int, int] | None:
    """The start and end of the markup in a template; None if the template does not write it."""
    if wanted.tag:
        return _half(text, wanted)
    if wanted.text:
        start = text.find(wanted.text)
        return None if start < 0 else (start, start + len(wanted.text))
    bare = _bare(text)
    if wanted.words:
        return _inside(bare, wanted)
    for tag in _TAG.finditer(bare):
        if wanted.element and tag[1].lower() != wanted.element:
            continue
        if wanted.lacks and wanted.lacks in (text if tag[1] == "head" else tag.group()):
            continue
        if not wanted.attribute and not wanted.value:
            return tag.start(), tag.end(1)
        for start, end, name, value in _attributes(tag):
            if wanted.attribute in ("", name) and _fits(value, wanted.value):
                return (start, end) if wanted.attribute else (end - 1 - len(value), end - 1)
    return None


def _inside(bare: str, wanted: WantedMarkup) -> tuple[int, int] | None:
    """The place of a script or style that begins with these words."""
    for match in re.finditer(rf"<({wanted.element})\b[^>]*>\s*([^\s{_HOLE}<]+)", bare):
        if wanted.words.startswith(match[2]):
            return match.start(), match.end(1)
    return None


def _bare(text: str) -> str:
    """A template with the code of Jinja blanked, so that offsets stay."""
    return _JINJA.sub(lambda each: re.sub(r"[^\n]", _HOLE, each.group()), text)


def _attributes(tag: re.Match[str]) -> Iterator[tuple[int, int, str, str]]:
    """The place of each attribute of a tag, its name and its value."""
    for match in _ATTRIBUTE.finditer(tag[2]):
        start = tag.start(2) + match.start()
        value = unescape((match[2] or "").strip("\"'"))
        yield start, start + len(match.group()), match[1].lower(), value


def _fits(written: str, wanted: str) -> bool:
    """Whether a value, with holes for expressions, can have become the one on the page.

    The template must write some of it itself: `href="{{ link }}"` could be any address.
    """
    parts = re.split(f"{_HOLE}+", written)
    if not wanted or written == wanted or wanted in _PARTS.split(written):
        return True
    if len("".join(parts)) < _CERTAIN:
        return False
    pattern = ".*".join(map(re.escape, parts))
    return re.fullmatch(pattern, wanted, re.DOTALL | re.IGNORECASE) is not None


def _half(text: str, wanted: WantedMarkup) -> tuple[int, int] | None:
    """The place in a template of a start tag without its end tag, or of an end tag without its start
    tag.
    """
    starts = [0, *(each.end() for each in re.finditer("\n", text))]
    for each in unbalanced(_bare(text).replace(_HOLE, " ")):
        if each.element == wanted.element and each.tag.startswith("</") == wanted.tag.startswith(
            "</"
        ):
            start = starts[each.line - 1] + each.column
            return start, start + len(each.tag)
    start = (
        text.find(wanted.tag) if wanted.element in ONCE else -1
    )  # alone nothing is wrong with it
    return (start, start + len(wanted.tag)) if start >= 0 else None
