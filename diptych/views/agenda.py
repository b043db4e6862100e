"""An agenda for templates."""

from __future__ import annotations

from diptych.values import Value
from diptych.views.links import LinkView
from diptych.views.records import DateView, FieldsView


class AgendaEventView(Value):
    """An event of the agenda: if it is coming, with its coming dates; if it is past, with all
    dates.
    """

    id: str
    dates: tuple[DateView, ...]
    fields: FieldsView  # all values of the event, by name: `event.fields.title`


class AgendaView(Value):
    """The events beside a page, on the day of the build; without a day, all are coming."""

    coming: tuple[AgendaEventView, ...]  # the next one first
    past: tuple[AgendaEventView, ...]  # the last one first
    updated: DateView | None  # the day of the build
    calendar: str  # the address of the iCalendar file
    discreet: bool  # whether the calendar hides the titles of the events


class NextEventView(Value):
    """A coming event on the home page: its title and its next date."""

    title: object  # ready to be shown
    date: DateView
    href: str  # the event, on the page of the agenda


class NextEventsView(Value):
    """The next few events of an agenda, on the home page."""

    events: tuple[NextEventView, ...]  # the next one first; at least one
    page: LinkView  # the page of the agenda
