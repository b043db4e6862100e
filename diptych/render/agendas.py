"""The agenda of a page: on the day of the build, its coming events and its past ones."""

from __future__ import annotations

import datetime
from functools import partial

from diptych.content.types import AGENDA
from diptych.model import Entry, EventDate, Precision, Records
from diptych.render.records import RecordComposer
from diptych.site import Page, Site
from diptych.views import AgendaEventView, AgendaView


class AgendaComposer:
    """Makes the views of agendas."""

    def __init__(self, site: Site, records: RecordComposer, today: datetime.date | None) -> None:
        self._site = site
        self._records = records
        self._today = today

    def view(self, page: Page) -> AgendaView | None:
        """The agenda of a page, in its language; None if no agenda.yaml is beside the page."""
        records = agenda_of(self._site, page)
        if records is None:
            return None
        date = partial(self._records.date, page)
        record = self._site.types.by_name[AGENDA.name].record
        coming: list[tuple[EventDate, Entry, list[EventDate]]] = []
        past: list[tuple[EventDate, Entry, list[EventDate]]] = []
        for entry in records.entries:
            dates = dates_of(entry)
            ahead = [each for each in dates if self._today is None or each.last >= self._today]
            if ahead:
                coming.append((ahead[0], entry, ahead))
            elif dates:
                past.append((dates[-1], entry, dates))
        coming.sort(key=lambda each: (each[0].order, each[1].id))
        past.sort(key=lambda each: (each[0].order, each[1].id), reverse=True)

        def views(
            found: list[tuple[EventDate, Entry, list[EventDate]]],
        ) -> tuple[AgendaEventView, ...]:
            return tuple(
                AgendaEventView(
                    entry.id,
                    tuple(map(date, dates)),
                    self._records.of_record(page, record, entry),
                )
                for _, entry, dates in found
            )

        return AgendaView(
            views(coming),
            views(past),
            date(day_date(self._today)) if self._today else None,
            self._site.href(f"{page.path}agenda.ics"),
            is_discreet(self._site, page),
        )


def agenda_of(site: Site, page: Page) -> Records | None:
    """The agenda beside a page; the page must have one."""
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
    """Whether a page is discreet: it is so in all languages if it is so in one."""
    return any(each.document.front.discreet for each in site.own_versions(page.key))
