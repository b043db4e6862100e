"""The views of the take-away file, which holds the whole site of one language."""

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
    image: ImageView | None  # embedded in its address
    figures: tuple[FiguresView, ...]
    actors: tuple[str, ...]
    sources: tuple[SourceView, ...]
    lang: str | None
    fields: FieldsView  # the site's own fields of events


class TakeawayPage(Value):
    """A page in the take-away file."""

    id: str
    title: str
    html: Markup  # with links inside the file, and embedded pictures
    image: ImageView | None
    terms: tuple[TermView, ...]  # of the glossary
    events: tuple[TakeawayEvent, ...]
    fields: FieldsView  # the site's own fields of pages
    records: FieldsView  # the records of the site's own types, by type


class ChapterView(Value):
    """A page of the take-away file: the input of its template."""

    lang: str  # the language tag of the file
    page: TakeawayPage


class ChapterLink(Value):
    """A chapter with its place in the list at the start of the file."""

    id: str
    title: str
    html: Markup  # the whole chapter


class TakeawayFile(Value):
    """A file with one section of a large site, in the list of all of them."""

    title: str  # of the section
    href: str  # relative to the list
    size: str  # in words: 1,8 MB


class TakeawayView(Value):
    """The whole site of one language as one file, a section of it, or the list of the files with
    all sections: the input of its template.
    """

    lang: str
    site: SiteView
    canonical: str  # absolute, of the home page
    style: Markup  # the whole style sheet
    pages: tuple[ChapterLink, ...]
    part: str = ""  # the title of the section; "" if the file holds the whole site
    files: tuple[TakeawayFile, ...] = ()  # of the list
