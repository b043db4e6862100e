"""One Markdown file or text -> `Document` or `Prose`, with the place of everything in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from diptych.diagnostics import Diagnostic, Outcome, Severity, Source, Span, say, sort_by_place
from diptych.markup.convert import refuse, to_html
from diptych.markup.front import read_front_matter
from diptych.markup.scan import scan_blocks
from diptych.markup.tree import Found, clean, walk
from diptych.model import Document, Heading, Language, Link, Picture, Prose
from diptych.typography import as_markup

_PLAIN = re.compile(r"[^\W\d_][^*_`\[\]<>&\\!{}#\n|]*")


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """A Markdown file to parse: everything its result depends on."""

    source: Source
    key: str  # the page key
    language: str
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class TextRequest:
    """A Markdown text inside another file (an event's title or text)."""

    text: str
    language: str
    languages: tuple[Language, ...]
    inline: bool  # whether it may only be a line of text
    prefix: str = ""  # before the ids of footnotes


def parse_document(request: DocumentRequest) -> Outcome[Document]:
    """The document of a file; always usable, also when something was wrong with it.

    Diagnostics: those of the front matter, of `refuse`, unsafe-html, duplicate-anchor.
    """
    source = request.source
    outcome, start = read_front_matter(source)
    prose = _convert(source, start, request.language, request.languages, "")
    document = Document(
        request.key, request.language, outcome.value, prose.value,
        scan_blocks(source.text[start:], source.path, start), source,
    )  # fmt: skip
    return Outcome(document, sort_by_place((*outcome.diagnostics, *prose.diagnostics)))


def convert_text(request: TextRequest) -> Outcome[Prose]:
    """The prose of a text; its places are offsets into that text (path empty)."""
    if request.inline and _PLAIN.fullmatch(request.text):
        return Outcome(_plain(request))
    outcome = _convert(Source("", request.text), 0, request.language, request.languages,
                       request.prefix)  # fmt: skip
    if not request.inline:
        return outcome
    prose = outcome.value
    inner = re.fullmatch(r"\s*<p>(.*)</p>\s*", prose.html, re.DOTALL)
    html = inner[1] if inner and "<p>" not in inner[1] else prose.html
    inline = Prose(html, html, (), prose.links, prose.pictures, (), ())
    return Outcome(inline, outcome.diagnostics)


def _plain(request: TextRequest) -> Prose:
    """A line without any mark: what the library would make of it, without asking it."""
    profile = next(e.typography for e in request.languages if e.key == request.language)
    html = str(as_markup(request.text, profile))
    return Prose(html, html, (), (), (), (), ())


def _convert(
    source: Source, start: int, language: str, languages: Sequence[Language], prefix: str
) -> Outcome[Prose]:
    empty = Prose("", "", (), (), (), (), ())
    refused = refuse(source, start)
    if refused is not None:
        return Outcome(empty, (refused,))
    safe, lost = clean(to_html(source.text[start:]))
    profiles = {"en": "english"} | {each.key: each.typography for each in languages}
    found = walk(safe, language, profiles, prefix)
    places = _Places(source, start)
    prose = Prose(
        found.html, found.lead, tuple(found.sections),
        tuple(Link(target, text, places.link(target)) for target, text in found.links),
        tuple(Picture(target, alt, optional, places.link(target))
              for target, alt, optional in found.pictures),
        _headings(found, source, start), tuple(found.anchors),
    )  # fmt: skip
    return Outcome(prose, tuple(_unsafe(lost, source, start)) + tuple(_repeated(prose, source)))


class _Places:
    """Finds where link targets were written; the library does not say."""

    def __init__(self, source: Source, start: int) -> None:
        self.source = source
        self.start = start
        self.seen: dict[str, int] = {}

    def link(self, target: str) -> Span:
        """The next place of a target in the text; the beginning of the text when it is nowhere."""
        text = self.source.text
        pattern = re.compile(re.escape(target).replace(r"%20", "(?:%20| )") + r"(?=[\s)>\"'\]]|$)")
        found = pattern.search(text, self.seen.get(target, self.start))
        if found is None:
            found = pattern.search(text, self.start)
        if found is None:
            return self.source.span(self.start)
        self.seen[target] = found.end()
        return self.source.span(found.start(), found.end())


def _headings(found: Found, source: Source, start: int) -> tuple[Heading, ...]:
    """Headings with the lines they stand on, in order."""
    if not found.headings:
        return ()
    headings = []
    blocks = [
        block for block in scan_blocks(source.text[start:], source.path, start)
        if block.kind == "heading"
    ]  # fmt: skip
    for index, heading in enumerate(found.headings):
        block = blocks[index] if index < len(blocks) else None
        span = block.span if block else source.span(start)
        shared = bool(block and re.search(rf"\{{[^}}]*#{re.escape(heading.id)}\b[^}}]*\}}", block.text))
        headings.append(Heading(heading.level, heading.id, heading.text, shared, span))
    return tuple(headings)


def _unsafe(lost: Sequence[str], source: Source, start: int) -> list[Diagnostic]:
    problems = []
    for name in lost:
        word = re.split(r"[ =>]", name.strip("<"))[0]
        tag = "<" + word if name.startswith("<") else word
        place = source.text.lower().find(tag, start)
        value = re.search(r'"(.*)"', name)
        if value and value[1] and value[1] in source.text:
            place = source.text.find(value[1], start)
        span = source.span(place, place + len(tag)) if place >= 0 else source.span(start)
        message = say("{name} is not allowed in a text", name=name)
        hint = say("take it out; plain Markdown is enough for texts")
        problems.append(Diagnostic("unsafe-html", Severity.ERROR, span, message, hint))
    return problems


def _repeated(prose: Prose, source: Source) -> list[Diagnostic]:
    seen: dict[str, Heading] = {}
    problems = []
    for heading in prose.headings:
        base = re.sub(r"(-2)+$", "", heading.id)
        first = seen.get(base)
        if first is not None and base != heading.id:
            line, _ = source.position(first.span.start)
            message = say("the id `{id}` was already given to the heading on line {line}",
                          id=base, line=line)
            problems.append(Diagnostic("duplicate-anchor", Severity.ERROR, heading.span, message))
        seen.setdefault(heading.id, heading)
    return problems
