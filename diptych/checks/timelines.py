"""Checks of timelines: events far from all others (often a typing mistake in a year), and chapters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.content.types import CHAPTERS, TIMELINE
from diptych.diagnostics import Edit, Message, Severity, Span, say
from diptych.extend import Found, check
from diptych.model import Event, Timeline
from diptych.site import Page, Site
from diptych.yaml import place_in_scalar

LEAST_GAP = 3  # years: a smaller distance to the other events is never reported
_FEW = 3  # with fewer other events, the years of a timeline are unknown
_YEAR = r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)"
_RANGE = re.compile(
    rf"({_YEAR})(?:\s*[–-]\s*|[^\d.!?]{{0,20}}?\s(?:tot|t/m|en|à|au|et|jusqu\S+|bis|to|until)\s[^\d.!?]{{0,20}}?)"
    rf"({_YEAR})"
)


@check("distant-event", Severity.WARNING, of=Site)
def distant_event(site: Site) -> Iterator[Found]:
    """An event outside the years that its page names, or alone and far from all others.

    A page names years in its title, or else in its description ("Van mei 2019 tot maart 2022").
    Without them an event is far when the gap to the others is longer than all their years
    together, and more than three years.
    """
    for timeline in site.timelines:
        named = next(filter(None, map(_named_years, site.own_versions(timeline.key))), None)
        places = dict(_dates(site, timeline))
        for index, event in enumerate(timeline.events):
            first, last = event.date.first.year, event.date.last.year
            message = _outside(first, last, named) or _alone(event, timeline)
            if message is None:
                continue
            span = places[event.id]
            right = _between(timeline, index)
            hint = (
                say("is {year} meant?", year=right)
                if right
                else say("if the date is right, change the years that the page names, or allow it")
            )
            edits = () if right is None else _dated(event, span, right)
            yield Found(span, message, hint, edits)


@check("chapter-order", Severity.WARNING, of=Site)
def chapter_order(site: Site) -> Iterator[Found]:
    """A chapter that begins before an earlier one, or a first chapter that begins after the first
    event.
    """
    for timeline in site.timelines:
        places = {event.id: place for place, event in enumerate(timeline.events)}
        last = -1
        for records in site.records_of(timeline.key):
            for entry in records.entries if records.type == CHAPTERS.name else ():
                begin = entry.values.get("from")
                if begin is None or begin.value not in places:
                    continue
                place = places[begin.value]
                if last < 0 < place:
                    message = say("events stand before the first chapter")
                    hint = say("begin the first chapter with the first event")
                    edits = begin.span.becomes(timeline.events[0].id, begin.value)
                    yield Found(begin.span, message, hint, edits)
                elif place <= last:
                    message = say("this chapter begins before the one above it")
                    hint = say("put the chapters in the order of their first events")
                    yield Found(begin.span, message, hint)
                last = max(last, place)


def _named_years(page: Page) -> tuple[int, int] | None:
    front = page.document.front
    for placed in (front.title, front.description):
        found = _RANGE.search(placed.value) if placed is not None else None
        if found is not None and int(found[1]) < int(found[2]):
            return int(found[1]), int(found[2])
    return None


def _outside(first: int, last: int, named: tuple[int, int] | None) -> Message | None:
    if named is None or (named[0] <= last and first <= named[1]):
        return None
    return say(
        "this event lies in {year}; the page says that it tells of {first} to {last}",
        year=first,
        first=named[0],
        last=named[1],
    )


def _alone(event: Event, timeline: Timeline) -> Message | None:
    others = [each.date for each in timeline.events if each is not event]
    if len(others) < _FEW:
        return None
    begin = min(each.first.year for each in others)
    end = max(each.last.year for each in others)
    gap = max(begin - event.date.last.year, event.date.first.year - end)
    if gap <= max(LEAST_GAP, end - begin):
        return None
    return say(
        "this event lies in {year}, and all the others between {first} and {last}",
        year=event.date.first.year,
        first=begin,
        last=end,
    )


def _between(timeline: Timeline, index: int) -> int | None:
    """The year of both neighbours, if it is the same."""
    events = timeline.events
    beside = (*events[max(0, index - 1) : index], *events[index + 1 : index + 2])
    near = {each.date.first.year for each in beside}
    year = near.pop() if len(near) == 1 else None
    return year if year != events[index].date.first.year else None


def _dates(site: Site, timeline: Timeline) -> Iterator[tuple[str, Span]]:
    """The place of the date of each event, without quotes, by the id of the event."""
    for records in site.records_of(timeline.key):
        # of two events with one id, the first is shown
        for entry in reversed(records.entries) if records.type == TIMELINE.name else ():
            date = entry.values.get("date")
            if date is not None:
                inner = Span("", 0, len(date.value.text))
                yield entry.id, place_in_scalar(records.source, date.span, inner)


def _dated(event: Event, span: Span, year: int) -> tuple[Edit, ...]:
    old = str(event.date.first.year)
    if "/" in event.date.text:
        return ()
    return Span(span.path, span.start, span.start + len(old)).becomes(str(year), old)
