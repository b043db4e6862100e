"""Composes the views of a site, from which templates render its pages.

A view contains all values that its template can use. So a page depends on nothing but its view and
its templates, and their digests are its cache key.
"""

from diptych.render.agendas import agenda_of, agenda_page, dates_of
from diptych.render.around import Around
from diptych.render.composer import Composer
from diptych.render.contents import ContentsItem, LaterContents, contents, contents_of
from diptych.render.parts import TakeawayPart
from diptych.render.takeaway import Chapters, anchors_of, takeaway_style

__all__ = [
    "Around",
    "Chapters",
    "Composer",
    "ContentsItem",
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
