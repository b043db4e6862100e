"""The views of the take-away file, which contains the whole site in one language."""

from __future__ import annotations

from markupsafe import Markup

from diptych.values import Value
from diptych.views.events import FiguresView, SourceView
from diptych.views.links import ImageView
from diptych.views.pages import SiteView, TermView
from diptych.views.records import FieldsView


class TakeawayEvent(Value):
    """An event in the take-away file."""

    id: str
    title: Markup
    date: Markup
    machine_date: str
    html: Markup
    image: ImageView | None  # the picture; its address contains all its bytes (a data URL)
    figures: tuple[FiguresView, ...]
    actors: tuple[str, ...]
    sources: tuple[SourceView, ...]
    lang: str | None
    fields: FieldsView  # the site's own fields of events


class TakeawayPage(Value):
    """A page in the take-away file."""

    id: str
    title: str
    html: Markup  # the text; links to pages lead to places in the file, and pictures are embedded
    image: ImageView | None
    terms: tuple[TermView, ...]  # the terms of the glossary, on its page
    events: tuple[TakeawayEvent, ...]
    fields: FieldsView  # the site's own fields of pages
    records: FieldsView  # the records of the site's own types, by type


class ChapterView(Value):
    """A page of the take-away file: the input of its template."""

    lang: str  # the language tag of the file
    page: TakeawayPage


class ChapterLink(Value):
    """A finished chapter, and the link to it in the list at the start of the file."""

    id: str
    title: str
    html: Markup  # the whole chapter


class TakeawayFile(Value):
    """A link to the file of one section, for the list of the files of a large site."""

    title: str  # the title of the section
    href: str  # relative to the list
    size: str  # the size of the file, for readers: "1,8 MB"


class TakeawayView(Value):
    """A take-away file: the whole site in one language, one section of it, or the list of the files
    of all sections.
    """

    lang: str
    site: SiteView
    canonical: str  # the absolute address of the home page
    style: Markup  # the whole style sheet
    pages: tuple[ChapterLink, ...]
    part: str = ""  # the title of the section; "" if the file holds the whole site
    # the files of all sections; empty unless this file is the list of them
    files: tuple[TakeawayFile, ...] = ()
