"""Site -> views -> pages: what a template gets, and what comes out of it.

A view holds all that its template may see, so that the digest of the
view and of the templates is the digest of everything a page depends on.
"""

from diptych.render.agendas import agenda_of, dates_of
from diptych.render.composer import Composer
from diptych.render.contents import contents, contents_of
from diptych.render.takeaway import Chapters, Inside, anchors_of, chapter_order, takeaway_style

__all__ = [
    "Chapters",
    "Composer",
    "Inside",
    "agenda_of",
    "anchors_of",
    "chapter_order",
    "contents",
    "contents_of",
    "dates_of",
    "takeaway_style",
]
