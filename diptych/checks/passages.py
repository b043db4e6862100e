"""The passages of a site: every piece of text that readers read, with its place in its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from diptych.content.terms import prose_words
from diptych.diagnostics import Edit, Placed, Source, Span
from diptych.model import Document, Event, Timeline
from diptych.site import Site
from diptych.site.values import FALLBACK
from diptych.values import Value
from diptych.yaml import place_in_scalar

PLAIN = ("title", "short", "description", "image_alt")  # of the front matter: no Markdown
_WORDLESS = ("code", "rule", "html")  # kinds of blocks that hold no words, or not in Markdown

Text = Document | Timeline  # what is written by editors in one file


class Passage(Value):
    """A text of one language in one piece: a field, a block, a title or text of an event."""

    kind: str  # title, short, description, image_alt, event-title, event-text, or the kind of the block
    language: str
    written: str  # as its author wrote it
    source: Source
    placed: Placed[str] | None = None  # where it is a value in YAML
    start: int = 0  # of a block in its file
    event: Event | None = None  # that it belongs to

    @property
    def words(self) -> str:
        """As long as what was written, with all blanked out that is not read in this language."""
        return self.written if self.kind in PLAIN else _words(self.written, self.language)

    def span(self, start: int, end: int) -> Span:
        """The place in the file of a piece, given as offsets into the passage."""
        if self.placed is not None:
            return place_of(self.placed, start, end, self.source)
        return self.source.span(self.start + start, self.start + end)

    def becomes(self, start: int, end: int, text: str) -> tuple[Edit, ...]:
        """The edit that puts another text in the place of a piece; none where YAML folds it."""
        span, old = self.span(start, end), self.written[start:end]
        fits = self.source.text[span.start : span.end] == old
        return span.becomes(text, old) if fits else ()


@lru_cache(maxsize=8)
def _words(written: str, language: str) -> str:
    """For the checks of one passage, which ask for it one after the other or not at all."""
    return prose_words(written, language)


def place_of(written: Placed[str], start: int, end: int, source: Source) -> Span:
    """Exactly where a piece of a scalar stands, also when the scalar is folded over lines."""
    word = written.value[start:end]
    span = place_in_scalar(source, written.span, Span("", start, end))
    if source.text[span.start : span.end] == word:
        return span
    spread = re.compile(r"\s+".join(map(re.escape, word.split())))
    before = len(spread.findall(written.value, 0, start))
    found = list(spread.finditer(source.text, written.span.start, written.span.end))
    if before >= len(found):
        return written.span
    return source.span(found[before].start(), found[before].end())


def files_of(site: Site) -> Iterator[tuple[Text, tuple[str, ...]]]:
    """Every page and every timeline, with the languages that it is written in."""
    every = tuple(language.key for language in site.settings.languages)
    for page in site.pages:
        if page.state != FALLBACK:
            yield page.document, (page.language,)
    for timeline in site.timelines:
        yield timeline, every


def passages_of(file: Text, languages: tuple[str, ...]) -> Iterator[Passage]:
    """The passages of one file, in the order of the file."""
    if isinstance(file, Document):
        yield from _of_document(file)
        return
    for event in file.events:
        for language in languages:
            for kind, texts in (("event-title", event.titles), ("event-text", event.texts)):
                placed = texts.get(language)
                if placed is not None:
                    yield Passage(kind, language, placed.value, file.source, placed, event=event)


def _of_document(document: Document) -> Iterator[Passage]:
    front, language, source = document.front, document.language, document.source
    fields = (front.title, front.short, front.description, front.image_alt)
    for kind, placed in zip(PLAIN, fields, strict=True):
        if placed is not None:
            yield Passage(kind, language, placed.value, source, placed)
    for block in document.blocks:
        if block.kind not in _WORDLESS:
            yield Passage(block.kind, language, block.text, source, start=block.span.start)
