"""An agenda as iCalendar (RFC 5545): an entry for each date of each event."""

from __future__ import annotations

import datetime
import hashlib

from diptych.bodies import Body
from diptych.i18n import moment_in
from diptych.model import EventDate, Output
from diptych.outputs.calendar import CalendarEntry, calendar_file, names_days
from diptych.values import Value


class AgendaEntry(Value):
    """An event of the agenda, as a calendar shows it."""

    id: str
    dates: tuple[EventDate, ...]
    title: str
    text: str
    place: str
    lang: str  # the tag of title and text
    called_off: bool


class AgendaRequest(Value):
    """The agenda of a page in one language: everything that its calendar is made from."""

    events: tuple[AgendaEntry, ...]
    path: str  # of the page
    url: str  # its absolute address
    site: str  # the address of the site
    name: str  # the short name of the organisation
    zone: str  # the time zone of its hours
    discreet: bool
    source: str  # the source file of this output


def agenda_file(request: AgendaRequest) -> tuple[Output, ...]:
    """`agenda.ics` below the page.

    On a discreet page an entry has the organisation's name in place of the event's title: whoever
    sees the reader's calendar, at home or at work, learns only a date.
    """
    entries = (
        _entry(request, event, date)
        for event in request.events
        for date in event.dates
        if names_days(date)
    )
    data = calendar_file(tuple(entries))
    return (Output(f"{request.path}agenda.ics", Body(data), request.source),)


def _entry(request: AgendaRequest, event: AgendaEntry, date: EventDate) -> CalendarEntry:
    url = f"{request.url}#{event.id}"
    uid = f"{url}/{date.text}"
    begin, end = _hours(request, date)
    if request.discreet:
        uid = hashlib.sha256(uid.encode()).hexdigest()[:32]
        url, title, text, place = request.site, request.name, "", ""
    else:
        title, text, place = event.title, event.text, event.place
    return CalendarEntry(
        url,
        date.first,
        date.last,
        event.lang,
        title,
        text,
        uid=uid,
        place=place,
        begin=begin,
        end=end,
        called_off=event.called_off,
    )


def _hours(
    request: AgendaRequest, date: EventDate
) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """The start and end of a date, if hours are given."""
    if date.time is None:
        return None, None
    begin = moment_in(date.first, date.time, request.zone)
    last = date.end
    return begin, moment_in(last.last, last.time, request.zone) if last and last.time else None
