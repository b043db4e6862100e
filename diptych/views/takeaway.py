"""The views of the file that holds the whole site of one language."""

from __future__ import annotations

from markupsafe import Markup

from diptych.frozen import frozen
from diptych.views.pages import SiteView


@frozen
class TakeawayEvent:
    """An event in the file that holds the whole site."""

    id: str
    title: Markup
    date: Markup
    machine_date: str
    html: Markup
    lang: str | None


@frozen
class TakeawayPage:
    """A page in the file that holds the whole site."""

    id: str
    title: str
    html: Markup  # links lead within the file, pictures travel in it
    events: tuple[TakeawayEvent, ...]


@frozen
class TakeawayView:
    """The whole site of one language as one file: what its template gets."""

    lang: str
    site: SiteView
    canonical: str  # absolute, of the home page
    style: Markup  # the whole style sheet
    pages: tuple[TakeawayPage, ...]
