"""Calendars (iCalendar, RFC 5545), written by the library `icalendar`: an entry for each event of a
timeline, and for each date of an event of the agenda.
"""

from __future__ import annotations

import datetime

from diptych.bodies import Body
from diptych.model import EventDate, Output, Precision
from diptych.values import Value

_DAYS = (Precision.DAY, Precision.MINUTE)


def names_days(date: EventDate) -> bool:
    """Whether a date is known to the day, at both ends. A calendar would show any other date on
    wrong days.
    """
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


class AgendaRequest(Value):
    """The entries of the agenda of a page in one language, and the paths of the page and of its
    source.
    """

    entries: tuple[CalendarEntry, ...]
    path: str  # of the page
    source: str  # the path of the file that the agenda is read from


def agenda_file(request: AgendaRequest) -> tuple[Output, ...]:
    """The calendar of an agenda, `agenda.ics`, in the folder of its page."""
    data = calendar_file(request.entries)
    return (Output(f"{request.path}agenda.ics", Body(data), request.source),)
