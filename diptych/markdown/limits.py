"""Refuses Markdown texts that are too long or too complex to convert, so that no page stops the build.

Some texts of a few kilobytes take Python-Markdown minutes, or more levels of recursion than Python
allows. Each limit is far above what a page for readers needs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from diptych.diagnostics import Diagnostic, Message, Source, error, say, say_n

MAX_LINE = 8_000
MAX_TEXT = 400_000
MAX_BRACKETS = 150  # in one paragraph
MAX_INDENT = 40
MAX_MARKERS = 12  # quotation or list marks at the beginning of one line
MAX_MARKS = 150  # of one kind in one line
MAX_DEFINITIONS = 40  # in one paragraph; the library recurses once for each
MAX_TAGS = 2_000  # in one page
MAX_LINES = 10_000  # in one page, without the blank ones
MAX_FENCES = 200  # in one page
MAX_HEADINGS = 1_000  # and rules, in one page
MAX_NESTING = 100  # of elements in the finished HTML

_Excess = tuple[Message, Message]  # the message about the excess, and its hint
_PAGE = say("make two pages of this one")
_PARAGRAPH = say("put an empty line somewhere in the paragraph")
_LINE = say("break the line in two; that makes no new paragraph")

_RULE = re.compile(r" *[=*_-][ =*_-]*")
_MARKERS = re.compile(rf"^[ \t]*((?:>|[*+-]|\d+[.)])[ \t]*){{{MAX_MARKERS + 1}}}")


def refuse(source: Source, start: int) -> Diagnostic | None:
    """The first part of `source.text[start:]` that exceeds a limit, or None."""
    text = source.text
    if len(text) - start > MAX_TEXT:
        message = say_n(
            "this page is too long ({count} character)",
            "this page is too long ({count} characters)",
            count=len(text) - start,
        )
        return _error("too-long", source, start, message, _PAGE)
    load = _Load()
    offset = start
    for line in text[start:].split("\n"):
        words = line.strip()
        excess = _limit(line, words) or load.add(line, words)
        if excess is not None:
            return _error("too-complex", source, offset, *excess)
        offset += len(line) + 1
    return None


@dataclass(slots=True)
class _Load:
    """Counts, line by line, the marks that take the library more time than the length of the text
    suggests.
    """

    brackets: int = 0  # in this paragraph
    definitions: int = 0  # in this paragraph
    lines: int = 0  # in the page
    tags: int = 0  # in the page
    fences: int = 0  # in the page
    headings: int = 0  # in the page, with rules and underlines

    def add(self, line: str, words: str) -> _Excess | None:
        """Counts the marks of a line; `words` is the line without the white space around it. Returns the
        limit that the counts exceed, or None.
        """
        if not words:
            self.brackets = self.definitions = 0
            return None
        self.lines += 1
        self.brackets += words.count("[")
        self.definitions += words.startswith(":")
        self.tags += words.count("<")
        self.fences += line.startswith(("```", "~~~"))
        self.headings += line.startswith("#") or bool(_RULE.fullmatch(line))
        return self.excess()

    def excess(self) -> _Excess | None:
        if self.brackets > MAX_BRACKETS:
            many = say("more than {count} opening brackets in one paragraph", count=MAX_BRACKETS)
            return many, _PARAGRAPH
        if self.definitions > MAX_DEFINITIONS:
            many = say("more than {count} definitions in one paragraph", count=MAX_DEFINITIONS)
            return many, _PARAGRAPH
        if self.lines > MAX_LINES:
            return say("more than {count} lines in one page", count=MAX_LINES), _PAGE
        if self.tags > MAX_TAGS:
            many = say("more than {count} signs `<` in one page", count=MAX_TAGS)
            return many, say(
                "write `&lt;` for a sign that begins no tag, or make two pages of this one"
            )
        if self.fences > MAX_FENCES:
            many = say(
                "more than {count} lines that begin or end code in one page", count=MAX_FENCES
            )
            return many, _PAGE
        if self.headings > MAX_HEADINGS:
            many = say("more than {count} headings and rules in one page", count=MAX_HEADINGS)
            return many, _PAGE
        return None


def too_deep(source: Source, start: int) -> Diagnostic:
    """The diagnostic of a text whose elements are nested too deeply; its place is the first `<`."""
    message = say("lists, quotations or HTML lie more than {count} levels deep", count=MAX_NESTING)
    place = max(start, source.text.find("<", start))
    return _error("too-complex", source, place, message, say("end some of them, and begin anew"))


PASTED = say("a picture stands in the text itself here, and not in a file")
PASTED_HINT = say(
    "put the picture as a file into the folder of the page, and write {example}",
    example="![…](picture.jpg)",
)
_SEARCHED = 8_000  # the first characters of a long line, in which a pasted picture is searched for


def _limit(line: str, words: str) -> _Excess | None:
    if len(line) > MAX_LINE:
        message = say("this line is longer than {count} characters", count=MAX_LINE)
        return (PASTED, PASTED_HINT) if "data:image/" in line[:_SEARCHED] else (message, _LINE)
    if not words:
        return None
    if _MARKERS.match(line) and not re.fullmatch(r"[\s*_-]+", line):
        deep = say("lists or quotations are nested more than {count} deep", count=MAX_MARKERS)
        return deep, say("end some of them, and begin anew")
    if line.find(words) > MAX_INDENT:
        far = say("this line is indented by more than {count} spaces", count=MAX_INDENT)
        return far, say("take the spaces before it away")
    if len(line) <= MAX_MARKS:
        return None
    marks = line.count("*") + line.count("_")
    if max(line.count("`"), line.count("{"), marks // 4) > MAX_MARKS:
        return say("this line has too many marks to be read"), _LINE
    return None


def _error(check: str, source: Source, offset: int, message: Message, hint: Message) -> Diagnostic:
    number, _ = source.position(offset)
    line = source.line(number)
    indented = MAX_INDENT < len(line) - len(line.lstrip()) < len(line) <= MAX_LINE
    edits = source.line_becomes(number, line.lstrip()) if indented else ()
    return error(check, source.line_span(number), message, hint, edits)
