"""An agenda for templates."""

from __future__ import annotations

from diptych.values import Value
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
