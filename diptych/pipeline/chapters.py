"""A finished chapter of a take-away file, and the facts of the file that its chapters make up."""

from __future__ import annotations

from collections.abc import Sequence

from diptych.bodies import Later
from diptych.html import PageFacts, read_piece
from diptych.values import Value
from diptych.views import TakeawayView


class ChapterText(Value):
    """The text of a chapter, with its facts. They are read once and not with each file: when one
    chapter of three hundred changes, the others are not read again.
    """

    html: str
    facts: PageFacts | None  # None if the chapter cannot be read without its file


class LaterChapter(Later[ChapterText]):
    """The text of a chapter, read on request: for a file with a chapter that changed."""

    kind = ChapterText


class Chapter(Value):
    """A finished chapter."""

    id: str
    title: str
    text: LaterChapter


class OwnFile(Value):
    """The input of a take-away file. Its view is composed from it only if the file must be rendered."""

    frame: TakeawayView  # the file without its chapters
    chapters: tuple[Chapter, ...]


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
