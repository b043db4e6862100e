"""Calendars (iCalendar, RFC 5545), written by the library `icalendar`: an entry for each event of a
timeline, and for each date of an event of the agenda.
"""

from __future__ import annotations

import datetime
import hashlib

from diptych.bodies import Body
from diptych.i18n import moment_in
from diptych.model import EventDate, Output, Precision
from diptych.values import Value

_DAYS = (Precision.DAY, Precision.MINUTE)


def names_days(date: EventDate) -> bool:
    """Whether a date is known to the day, at both ends. Any other would stand on wrong days."""
    exact = all(each.precision in _DAYS for each in (date, date.end or date))
    return exact and not date.open


class CalendarEntry(Value):
    """An entry of a calendar: all day, or from `begin` to `end`."""

    url: str
    first: datetime.date  # the first possible day of its date
    last: datetime.date  # the last possible day
    language: str  # the tag of title and text
    title: str
    text: str
    uid: str = ""  # equal in every build; empty: the url
    place: str = ""
    begin: datetime.datetime | None = None  # if hours are given, in UTC
    end: datetime.datetime | None = None
    called_off: bool = False


def calendar_file(entries: tuple[CalendarEntry, ...]) -> bytes:
    """The bytes of an `.ics` file. No entry blocks time in the reader's calendar (`TRANSP`).

    `DTSTAMP` should be the moment at which an entry was made (RFC 5545, 3.8.7.2). Here it is the
    event's first day: the same sources give the same bytes.
    """
    from icalendar import Calendar, Event  # importing it takes a tenth of a build

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Diptych//Timeline//EN")
    for entry in entries:
        event = Event()
        language = {"LANGUAGE": entry.language}
        midnight = datetime.datetime.combine(entry.first, datetime.time.min, datetime.UTC)
        event.add("uid", entry.uid or entry.url)
        event.add("dtstamp", midnight)
        event.add("dtstart", entry.begin or entry.first)
        if entry.begin:
            if entry.end:
                event.add("dtend", entry.end)
        elif entry.last < datetime.date.max:
            event.add("dtend", entry.last + datetime.timedelta(days=1))
        else:  # without a next date, RFC 5545 (3.6.1) takes a length
            event.add("duration", datetime.timedelta(days=(entry.last - entry.first).days + 1))
        event.add("summary", entry.title, language)
        if entry.text:
            event.add("description", entry.text, language)
        if entry.place:
            event.add("location", entry.place, language)
        if entry.called_off:
            event.add("status", "CANCELLED")
        event.add("url", entry.url)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical(sorted=False))


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

    On a discreet page an entry has the organisation's name in place of the event's title, and nothing
    else: whoever sees the reader's calendar, at home or at work, learns only a date.
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
    """The start and end of a date in UTC; None for each that has no hour."""
    if date.time is None:
        return None, None
    begin = moment_in(date.first, date.time, request.zone)
    last = date.end
    return begin, moment_in(last.last, last.time, request.zone) if last and last.time else None
