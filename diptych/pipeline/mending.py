"""Brings a page up to date without rendering it: only its shared parts, or the chapters of a take-away
file, are replaced.
"""

from __future__ import annotations

from collections.abc import Sequence

from diptych.bodies import Body, BodyLost
from diptych.cache import digest
from diptych.diagnostics import Outcome
from diptych.html import ends_with_tag, links_of_part
from diptych.i18n import has_right_to_left
from diptych.pipeline.chapters import FileParts, LaterParts, MadeChapter, OwnFile
from diptych.pipeline.made import MadePage, OwnPage, PageInput, PagePart
from diptych.templating import Templates
from diptych.values import replace


def own_digest(templates: Templates, given: PageInput) -> str:
    """The digest of the input of a page outside of its shared parts, or of a take-away file outside
    of its chapters; "" if the page shows more of the site than its own text.
    """
    if isinstance(given.view, OwnFile):
        listed = tuple((each.id, each.title) for each in given.view.chapters)
        return str(digest((replace(given, view=given.view.frame), listed)))
    if not isinstance(given.view, OwnPage):
        return ""
    around = given.view.around
    site = templates.without_parts(given.template, around.site)
    view = replace(given.view, around=replace(around, site=site))
    return str(digest(replace(given, view=view)))


def mend_page(
    templates: Templates, made: tuple[PageInput, Outcome[MadePage]]
) -> Outcome[MadePage] | None:
    """The page as it was last made, with its changed shared parts or chapters replaced: when only
    the menu changed, no page need be rendered again, and when a text changed, no take-away file.

    None if anything else changed, or if this build has not yet rendered a shared part in its new
    form.
    """
    given, last = made[0], made[1].value
    if not last.own or last.own != own_digest(templates, given):
        return None
    if isinstance(given.view, OwnFile):
        return _mended_file(given.view, last)
    assert isinstance(given.view, OwnPage)
    site = given.view.around.site
    keys = templates.keys_of_parts(given.template, given.language, site)
    try:
        data = last.output.body.read()
    except BodyLost:
        return None
    new: list[bytes | None] = []
    parts: list[PagePart] = []
    for part in last.parts:
        key = keys[part.block]
        text = templates.texts.get(key)
        if key == part.key:
            new.append(None)
            parts.append(part)
        # a text from right to left changes the direction of the whole page
        elif text is None or has_right_to_left(text):
            return None
        elif (links := links_of_part(text)) is not None:
            new.append(text.encode())
            parts.append(replace(part, key=str(key), links=links))
        else:
            return None
    data, places = _spliced(data, last.parts, new)
    moved = zip(parts, places, strict=True)
    return Outcome(
        replace(
            last,
            output=replace(last.output, body=Body(data)),
            parts=tuple(replace(each, start=start, end=end) for each, (start, end) in moved),
        )
    )


def _mended_file(file: OwnFile, last: MadePage) -> Outcome[MadePage] | None:
    """A take-away file as it was last made, with its changed chapters replaced. None if the file must be
    rendered and parsed whole.
    """
    assert last.chapters is not None
    new: list[bytes | None] = []
    chapters: list[MadeChapter] = []
    try:
        old, data = last.chapters.get(), last.output.body.read()
    except BodyLost:
        return None
    for before, chapter in zip(old.chapters, file.chapters, strict=True):
        name = str(digest(chapter.text))
        if name == before.text:
            new.append(None)
            chapters.append(before)
            continue
        text = chapter.text.get()
        if text.facts is None or not ends_with_tag(text.html) or has_right_to_left(text.html):
            return None
        new.append(text.html.encode())
        chapters.append(replace(before, text=name, facts=text.facts))
    data, places = _spliced(data, old.chapters, new)
    moved = zip(chapters, places, strict=True)
    parts = FileParts(
        old.frame, tuple(replace(each, start=start, end=end) for each, (start, end) in moved)
    )
    output = replace(last.output, body=Body(data))
    made = replace(last, output=output, read=parts.facts, chapters=LaterParts(parts))
    return Outcome(made, file.problems)


def _spliced(
    data: bytes, parts: Sequence[PagePart | MadeChapter], new: Sequence[bytes | None]
) -> tuple[bytes, list[tuple[int, int]]]:
    """A file with new bytes in place of some of its parts (None: the part stays), and the start and end
    of each part in it.
    """
    pieces: list[bytes] = []
    places: list[tuple[int, int]] = []
    place = size = 0
    for part, text in zip(parts, new, strict=True):
        before = data[place : part.start]
        piece = data[part.start : part.end] if text is None else text
        start = size + len(before)
        place, size = part.end, start + len(piece)
        pieces += (before, piece)
        places.append((start, size))
    return b"".join((*pieces, data[place:])), places
