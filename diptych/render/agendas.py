"""The agenda of a page: its coming and its past events, as of the day of the build."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from diptych.content.layouts import layout_of
from diptych.content.types import AGENDA
from diptych.model import Entry, EventDate, Precision, Records
from diptych.render.prose import Finisher
from diptych.render.records import FieldComposer
from diptych.site import Page, Site
from diptych.views import AgendaEventView, AgendaView, LinkView, NextEventsView, NextEventView

NEXT = 3  # events on the home page

# the date by which an event is sorted, the event, and the dates of it that the page shows
Dated = tuple[EventDate, Entry, list[EventDate]]


def agenda_view(page: Page, finisher: Finisher, today: datetime.date | None) -> AgendaView | None:
    """The agenda of a page, in its language; None if there is no agenda.yaml beside the page. An
    event is past if all its dates are before `today`; if `today` is None, no event is past.
    """
    site, composer = finisher.site, FieldComposer(finisher, page.key)
    records = agenda_of(site, page)
    if records is None:
        return None
    record = site.types.by_name[AGENDA.name].record
    coming: list[Dated] = []
    past: list[Dated] = []
    for entry in records.entries:
        dates = dates_of(entry)
        ahead = [each for each in dates if today is None or each.last >= today]
        if ahead:
            coming.append((ahead[0], entry, ahead))
        elif dates:
            past.append((dates[-1], entry, dates))
    coming.sort(key=lambda each: (each[0].order, each[1].id))
    past.sort(key=lambda each: (each[0].order, each[1].id), reverse=True)

    def views(found: list[Dated]) -> tuple[AgendaEventView, ...]:
        return tuple(
            AgendaEventView(
                entry.id,
                tuple(map(composer.date, dates)),
                composer.record(record, entry.values),
            )
            for _, entry, dates in found
        )

    return AgendaView(
        views(coming),
        views(past),
        composer.date(day_date(today)) if today else None,
        site.href(f"{page.path}agenda.ics"),
        is_discreet(site, page),
    )


def next_events(
    page: Page,
    finisher: Finisher,
    today: datetime.date | None,
    link: Callable[[Page, Page], LinkView],
) -> NextEventsView | None:
    """For the home page, the next `NEXT` events of the site's first agenda. Events that are called
    off are left out. None for other pages, without coming events, and for a discreet agenda.
    """
    site = finisher.site
    above = agenda_page(site, page)
    agenda = agenda_view(above, finisher, today) if above else None
    if above is None or agenda is None:
        return None
    events = tuple(
        NextEventView(each.fields["title"], each.dates[0], f"{site.href(above.path)}#{each.id}")
        for each in agenda.coming
        if not each.fields["called_off"]
    )
    return NextEventsView(events[:NEXT], link(above, page)) if events else None


def agenda_page(site: Site, page: Page) -> Page | None:
    """The page whose next events a home page shows: the first page with an agenda in its language.
    None if `page` is not a home page, or if that agenda is discreet.
    """
    if not layout_of(page.document.front.layout).opens:
        return None
    for each in site.pages:
        if each.language == page.language and agenda_of(site, each) is not None:
            return None if is_discreet(site, each) else each
    return None


def agenda_of(site: Site, page: Page) -> Records | None:
    """The agenda beside a page; None if it has none."""
    return next((each for each in site.records_of(page.key) if each.type == AGENDA.name), None)


def day_date(day: datetime.date) -> EventDate:
    """A day as an `EventDate`."""
    return EventDate(day.isoformat(), Precision.DAY, day, day)


def dates_of(entry: Entry) -> list[EventDate]:
    """The dates of an event, in their order."""
    return sorted(
        (each.value for each in entry.values.get("dates", ())), key=lambda each: each.order
    )


def is_discreet(site: Site, page: Page) -> bool:
    """Whether a page is discreet. If its front matter says so in one language, it is discreet in
    all.
    """
    return any(each.document.front.discreet for each in site.own_versions(page.key))
