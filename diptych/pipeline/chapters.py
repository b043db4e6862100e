"""The finished chapters of a take-away file, and the file that consists of them."""

from __future__ import annotations

from collections.abc import Sequence

from diptych.bodies import Later
from diptych.diagnostics import Diagnostic
from diptych.html import PageFacts, joined_facts, read_piece
from diptych.values import Value
from diptych.views import TakeawayView


class ChapterText(Value):
    """The text of a chapter, with the facts of its HTML. The HTML of a chapter is parsed once: when
    one chapter of three hundred changes, the other chapters of the file are not parsed again.
    """

    html: str
    facts: PageFacts | None  # None if the chapter cannot be parsed without the rest of its file


class LaterChapter(Later[ChapterText]):
    """The text of a chapter, read only if any chapter of its file changed."""

    kind = ChapterText


class Chapter(Value):
    """A finished chapter."""

    id: str
    title: str
    text: LaterChapter


class MadeChapter(Value):
    """A chapter in a finished take-away file."""

    text: str  # the digest of its text
    start: int  # the offset in the file at which it begins, in bytes
    end: int
    facts: PageFacts


class FileParts(Value):
    """The parts of a finished take-away file."""

    frame: PageFacts  # the facts of its HTML outside of the chapters
    chapters: tuple[MadeChapter, ...]

    @property
    def facts(self) -> PageFacts:
        """The facts of the whole file."""
        return joined_facts(self.frame, (each.facts for each in self.chapters))


class LaterParts(Later[FileParts]):
    """The parts of a take-away file, read only if any chapter changed."""

    kind = FileParts


class OwnFile(Value):
    """The input of a take-away file. Its view is composed from it only if the file must be rendered."""

    frame: TakeawayView  # the file without its chapters
    chapters: tuple[Chapter, ...]
    problems: tuple[Diagnostic, ...]  # the diagnostics of the chapters


def chapter_text(html: str) -> LaterChapter:
    """The text of a chapter."""
    return LaterChapter(ChapterText(html, read_piece(html)))


def places_of(text: str, chapters: Sequence[ChapterText]) -> list[tuple[int, int]]:
    """Where each chapter starts and ends in the text of a file; none if the file does not show every
    chapter as it is.
    """
    places, done = [], 0
    for each in chapters:
        start = text.find(each.html, done)
        if start < 0:
            return []
        done = start + len(each.html)
        places.append((start, done))
    return places
