"""Renders a site: values become views, templates turn views into pages.

A view holds everything that its template can use, so the digests of view and templates are the
digest of everything that a page depends on.
"""

from diptych.render.agendas import agenda_of, agenda_page, dates_of
from diptych.render.around import Around
from diptych.render.composer import Composer
from diptych.render.contents import ContentsItem, LaterContents, contents, contents_of
from diptych.render.parts import TakeawayPart
from diptych.render.takeaway import Chapters, Inside, anchors_of, takeaway_style

__all__ = [
    "Around",
    "Chapters",
    "Composer",
    "ContentsItem",
    "Inside",
    "LaterContents",
    "TakeawayPart",
    "agenda_of",
    "agenda_page",
    "anchors_of",
    "contents",
    "contents_of",
    "dates_of",
    "takeaway_style",
]
