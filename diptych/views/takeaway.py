"""The views of the file that holds the whole site of one language."""

from __future__ import annotations

from markupsafe import Markup

from diptych.values import Value
from diptych.views.links import ImageView
from diptych.views.pages import SiteView, TermView
from diptych.views.records import FieldsView
from diptych.views.timelines import FiguresView, SourceView


class TakeawayEvent(Value):
    """An event in the file that holds the whole site."""

    id: str
    title: Markup
    date: Markup
    machine_date: str
    html: Markup
    image: ImageView | None  # its bytes travel in its address
    figures: tuple[FiguresView, ...]
    actors: tuple[str, ...]
    sources: tuple[SourceView, ...]
    lang: str | None
    fields: FieldsView  # that only events of this site have


class TakeawayPage(Value):
    """A page in the file that holds the whole site."""

    id: str
    title: str
    html: Markup  # links lead within the file, pictures travel in it
    image: ImageView | None
    terms: tuple[TermView, ...]  # of the glossary
    events: tuple[TakeawayEvent, ...]
    fields: FieldsView  # that only pages of this site have
    records: FieldsView  # the records of the site's own types, by type


class ChapterView(Value):
    """A page in the file that holds the whole site: what its template gets."""

    lang: str  # the language tag of the file
    page: TakeawayPage


class ChapterLink(Value):
    """A chapter with its place in the list at the beginning of the file."""

    id: str
    title: str
    html: Markup  # the whole chapter


class TakeawayView(Value):
    """The whole site of one language as one file: what its template gets."""

    lang: str
    site: SiteView
    canonical: str  # absolute, of the home page
    style: Markup  # the whole style sheet
    pages: tuple[ChapterLink, ...]
