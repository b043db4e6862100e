"""An agenda, as templates see it."""

from __future__ import annotations

from diptych.values import Value
from diptych.views.records import DateView, FieldsView


class AgendaEventView(Value):
    """An event with those of its dates that are to come; one that is past, with all of them."""

    id: str
    dates: tuple[DateView, ...]
    fields: FieldsView  # all that is written of it, by name: `event.fields.title`


class AgendaView(Value):
    """The events beside a page, by the day of the build; without a day, all are to come."""

    coming: tuple[AgendaEventView, ...]  # the next one first
    past: tuple[AgendaEventView, ...]  # the last one first
    updated: DateView | None  # the day of the build
    calendar: str  # the address of the iCalendar file
    discreet: bool  # whether the calendar says nothing of what the events are
