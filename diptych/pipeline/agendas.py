"""The agendas of a site, prepared for the calendar files."""

from __future__ import annotations

import datetime
import hashlib

from markupsafe import escape

from diptych.i18n import moment_in
from diptych.model import EventDate
from diptych.outputs.calendar import AgendaRequest, CalendarEntry, names_days
from diptych.render import Composer, agenda_of, dates_of
from diptych.site import Page, Site
from diptych.values import replace
from diptych.views import AgendaEventView


def agenda_request(site: Site, composer: Composer, page: Page) -> AgendaRequest:
    """The content of the calendar file of a page's agenda. The page must have an agenda.

    On a discreet page an entry holds only a date, and the organisation's name as its title: whoever
    sees the reader's calendar, at home or at work, does not learn the event.
    """
    records, agenda = agenda_of(site, page), composer.page(page).agenda
    assert records is not None
    assert agenda is not None
    shown = {each.id: each for each in (*agenda.coming, *agenda.past)}
    entries = [
        calendar_entry(site, page, shown[each.id], date)
        for each in records.entries
        if each.id in shown
        for date in dates_of(each)
        if names_days(date)
    ]
    if agenda.discreet:
        entries = [_discreet(site, each) for each in entries]
    return AgendaRequest(tuple(entries), page.path, records.source.path)


def calendar_entry(site: Site, page: Page, view: AgendaEventView, date: EventDate) -> CalendarEntry:
    """The calendar entry for one date of an event, in the language of the page."""

    def words(name: str) -> str:
        return escape(view.fields[name] or "").striptags()

    url = f"{site.url(page.path)}#{view.id}"
    begin, end = _hours(date, site.settings.time_zone)
    return CalendarEntry(
        url,
        date.first,
        date.last,
        site.settings.language(page.language).tag,
        words("title"),
        words("text"),
        uid=f"{url}/{date.text}",
        place=words("place"),
        begin=begin,
        end=end,
        called_off=bool(view.fields["called_off"]),
    )


def _discreet(site: Site, entry: CalendarEntry) -> CalendarEntry:
    uid = hashlib.sha256(entry.uid.encode()).hexdigest()[:32]
    name = site.settings.organisation.short_name
    return replace(entry, url=site.url(""), uid=uid, title=name, text="", place="")


def _hours(date: EventDate, zone: str) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """The moments at which a date starts and ends, in UTC. Each is None if the date gives no time
    of day for it.
    """
    if date.time is None:
        return None, None
    begin, last = moment_in(date.first, date.time, zone), date.end
    return begin, moment_in(last.last, last.time, zone) if last and last.time else None
