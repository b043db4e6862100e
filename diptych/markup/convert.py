"""Markdown -> HTML by Python-Markdown, behind limits that keep a hostile page harmless.

The library has known inputs on which it needs minutes or overruns the stack; they are refused
with a place before it sees them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension, get_attrs_and_remainder
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import InlineProcessor

from diptych.diagnostics import Diagnostic, Message, Severity, Source, say
from diptych.markup.slugs import slugify

MAX_LINE = 8_000
MAX_TEXT = 400_000
MAX_BRACKETS = 150  # in one paragraph
MAX_INDENT = 40
MAX_MARKERS = 12  # quotation or list marks at the beginning of one line
MAX_MARKS = 150  # of one kind in one line
MAX_DEFINITIONS = 40  # in one paragraph; each is a level of recursion to the library
MAX_TAGS = 2_000  # in one page
MAX_LINES = 10_000  # in one page, without the blank ones
MAX_FENCES = 200  # in one page
MAX_HEADINGS = 1_000  # and rules, in one page
MAX_NESTING = 100  # of elements in the finished HTML

_RULE = re.compile(r" *[=*_-][ =*_-]*")
_MARKERS = re.compile(rf"^[ \t]*((?:>|[*+-]|\d+\.)[ \t]*){{{MAX_MARKERS + 1}}}")


class _SpanProcessor(InlineProcessor):
    """`[Le Soir]{lang=fr}` -> `<span lang="fr">`: the bracketed spans of Pandoc."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, match: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        element = Element("span")
        element.text = match[1]
        attributes, _ = get_attrs_and_remainder(match[2])
        for key, value in attributes:
            element.set("class" if key == "." else key, value)
        return element, match.start(0), match.end(0)


class _SpanExtension(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # the library's name
        processor = _SpanProcessor(r"\[([^\[\]\n]+(?:\n[^\[\]\n]+)?)\]\{:?\s*([^}\n]+?)\s*\}", md)
        md.inlinePatterns.register(processor, "bracketed_span", 165)


@cache
def _library() -> markdown.Markdown:
    """One configured instance a process: making one costs more than converting a paragraph."""
    return markdown.Markdown(
        output_format="html",
        tab_length=4,
        extensions=[  # as classes: by their names they would be sought in every installed package
            TableExtension(use_align_attribute=True), FootnoteExtension(BACKLINK_TITLE=""),
            DefListExtension(), AttrListExtension(), AbbrExtension(), AdmonitionExtension(),
            SaneListExtension(), FencedCodeExtension(),
            TocExtension(slugify=lambda text, _separator: slugify(text)), _SpanExtension(),
        ],
    )  # fmt: skip


def to_html(text: str) -> str:
    """The HTML of a Markdown text that `refuse` has let through."""
    library = _library()
    library.reset()
    return str(library.convert(text))


def refuse(source: Source, start: int) -> Diagnostic | None:
    """The first thing in `source.text[start:]` that is beyond the limits, or None."""
    text = source.text
    if len(text) - start > MAX_TEXT:
        message = say("this page is too long ({count} characters)", count=len(text) - start)
        return _error("too-long", source, start, message)
    load = _Load()
    offset = start
    for line in text[start:].split("\n"):
        load.add(line)
        excess = _limit(line) or load.excess()
        if excess is not None:
            return _error("too-complex", source, offset, excess)
        offset += len(line) + 1
    return None


@dataclass(slots=True)
class _Load:
    """What costs the library more than its length, counted line by line."""

    brackets: int = 0  # in this paragraph
    definitions: int = 0  # in this paragraph
    lines: int = 0  # in the page
    tags: int = 0  # in the page
    fences: int = 0  # in the page
    headings: int = 0  # in the page, with rules and underlines

    def add(self, line: str) -> None:
        if not line.strip():
            self.brackets = self.definitions = 0
            return
        self.lines += 1
        self.brackets += line.count("[")
        self.definitions += line.lstrip().startswith(":")
        self.tags += line.count("<")
        self.fences += line.startswith(("```", "~~~"))
        self.headings += line.startswith("#") or bool(_RULE.fullmatch(line))

    def excess(self) -> Message | None:
        if self.brackets > MAX_BRACKETS:
            return say("more than {count} opening brackets in one paragraph", count=MAX_BRACKETS)
        if self.definitions > MAX_DEFINITIONS:
            return say("more than {count} definitions in one paragraph", count=MAX_DEFINITIONS)
        if self.lines > MAX_LINES:
            return say("more than {count} lines in one page", count=MAX_LINES)
        if self.tags > MAX_TAGS:
            return say("more than {count} signs `<` in one page", count=MAX_TAGS)
        if self.fences > MAX_FENCES:
            return say("more than {count} lines that begin or end code in one page", count=MAX_FENCES)
        if self.headings > MAX_HEADINGS:
            return say("more than {count} headings and rules in one page", count=MAX_HEADINGS)
        return None


def too_deep(source: Source, start: int) -> Diagnostic:
    """What to say of a text whose elements are nested too deeply; its place is the first `<`."""
    message = say("lists, quotations or HTML lie more than {count} levels deep", count=MAX_NESTING)
    return _error("too-complex", source, max(start, source.text.find("<", start)), message)


def _limit(line: str) -> Message | None:
    if len(line) > MAX_LINE:
        return say("this line is longer than {count} characters", count=MAX_LINE)
    if _MARKERS.match(line) and not re.fullmatch(r"[\s*_-]+", line):
        return say("lists or quotations are nested more than {count} deep", count=MAX_MARKERS)
    if len(line) - len(line.lstrip()) > MAX_INDENT and line.strip():
        return say("this line is indented by more than {count} spaces", count=MAX_INDENT)
    if "<![" in line or "<!DOCTYPE" in line.upper() or "<?" in line:
        return say("declarations of HTML and XML (`<!…`, `<?…`) cannot stand in a text")
    marks = line.count("*") + line.count("_")
    if max(line.count("`"), line.count("{"), marks // 4) > MAX_MARKS:
        return say("this line has too many marks to be read")
    return None


def _error(check: str, source: Source, offset: int, message: Message) -> Diagnostic:
    number, _ = source.position(offset)
    return Diagnostic(check, Severity.ERROR, source.line_span(number), message)
