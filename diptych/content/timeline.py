"""`timeline.yaml` -> `Timeline`: one record an event, all its languages, every value placed."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Named
from typing import Any

from diptych.content.entries import read_entries
from diptych.content.fields import Field, Record, Role
from diptych.content.kinds import ADDRESS, DATE, INLINE, KEY, PROSE, TEXT, WHOLE
from diptych.diagnostics import Diagnostic, Outcome, Source, error, say, warning
from diptych.model import Event, EventSource, Figure, Records, Timeline
from diptych.values import replace
from diptych.yaml import ListOf, PerLanguage, TextOrPerLanguage

EVENT_DATE = replace(
    DATE,
    form=say(
        "a day is written 2020-06-08, a month 2020-06, spring 2020-21, a period "
        "2021-11-06/2021-11-07, a day with a time 2022-03-18T01:35"
    ),
)

FIGURE = Record(
    say("a figure"),
    {
        "id": Field(KEY, say("its name, unique in the event"), True, example="names"),
        "value": Field(WHOLE, say("only the number"), True, example="24"),
        "unit": Field(TEXT, say("what is counted"), True, example="people"),
        "label": Field(
            PerLanguage(TEXT), say("what the reader reads, in each language"), True, role=Role.LABEL
        ),
    },
)

SOURCE = Record(
    say("a source"),
    {
        "url": Field(ADDRESS, say("the address"), True, example="https://example.org/lettre"),
        "title": Field(TEXT, say("what it is called"), True),
        "language": Field(KEY, say("the language it is written in"), True, example="fr"),
    },
)

EVENT = Record(
    say("an event"),
    {
        "id": Field(
            KEY,
            say(
                "the fixed name, the same in every language. People share links with "
                "it: never change it"
            ),
            True,
            example="first-lockdown",
        ),
        "date": Field(
            EVENT_DATE, say("the date, as precisely as you know it"), True, example="2024-09-18"
        ),
        "title": Field(
            PerLanguage(INLINE), say("a short title in each language"), True, role=Role.TITLE
        ),
        "text": Field(
            PerLanguage(PROSE),
            say(
                "the story in each language: first an upright bar, "
                "then lines indented by six spaces"
            ),
            True,
            role=Role.PROSE,
        ),
        "topics": Field(
            ListOf(TEXT),
            say("themes of `site.yaml`. What has `turning-point` is drawn larger"),
            example="[parliament]",
            refers="topic",
        ),
        "actors": Field(
            ListOf(TextOrPerLanguage(TEXT)),
            say("who took part. If the name differs between the languages, write both"),
            example='["Violett", {nl: Gent, fr: Gand}]',
            role=Role.LABEL,
        ),
        "figures": Field(
            ListOf(FIGURE),
            say(
                "numbers. The site draws `votes` as half a circle, "
                "`people` and `parcels` as dots, `minutes` as bars, and "
                "writes `EUR` as an amount"
            ),
        ),
        "sources": Field(ListOf(SOURCE), say("where to read more")),
        "image": Field(
            TEXT, say("a picture from the same folder"), example="march.jpg", refers="picture"
        ),
        "image_alt": Field(
            PerLanguage(TEXT),
            say("what it shows, in each language"),
            required_with="image",
            role=Role.ALT,
        ),
        "until": Field(
            KEY,
            say("the `id` of the event that ends what begins here. The overview tints that period"),
            example="second-lockdown",
            refers="event",
        ),
        "leads_to": Field(
            KEY,
            say(
                "the `id` of a later event that came of this one; readers get a link "
                "to it. Only if it was so, not because it came after"
            ),
            example="parliament-vote",
            refers="event",
        ),
    },
)


LISTED = say("a timeline is a list of events (lines that begin with `- id:`)")


def parse_timeline(
    source: Source, key: str, languages: tuple[str, ...], record: Record = EVENT
) -> Outcome[Timeline]:
    """The timeline of a file, by the record of its events; `key` is the page key of its bundle.

    Diagnostics: those of YAML and shapes, and of `timeline_of`.
    """
    entries = read_entries(source, record, LISTED, languages)
    made = timeline_of(Records("timeline", key, entries.value, source))
    return Outcome(made.value, (*entries.diagnostics, *made.diagnostics))


def timeline_of(records: Records) -> Outcome[Timeline]:
    """The events of a file, in its order; one that lacks its id or its date is left out.

    Diagnostics: duplicate-event, duplicate-figure, event-order, unknown-event for a relation to an
    event that does not come later.
    """
    report: list[Diagnostic] = []
    source = records.source
    events: dict[str, Event] = {}
    for entry in records.entries:
        event = _event(entry.values, report)
        if event is None:
            continue
        if event.id in events:
            _duplicate(event, events[event.id], source, report)
            continue
        events[event.id] = event
    report += _out_of_order(tuple(events.values()), source)
    report += _backward(events)
    return Outcome(Timeline(records.key, tuple(events.values()), source), tuple(report))


def _event(fields: Named[str, Any], report: list[Diagnostic]) -> Event | None:
    identity, date = fields.get("id"), fields.get("date")
    if identity is None or date is None:
        return None
    _repeated_figures(fields.get("figures", ()), report)
    return Event(
        id=identity.value,
        date=date.value,
        titles=fields.get("title", {}),
        texts=fields.get("text", {}),
        span=identity.span,
        topics=fields.get("topics", ()),
        actors=tuple(
            {language: name.value for language, name in actor.items()}
            for actor in fields.get("actors", ())
        ),
        figures=tuple(_figure(each) for each in fields.get("figures", ()) if len(each) == 4),
        sources=tuple(
            EventSource(each["url"].value, each["title"].value, each["language"].value)
            for each in fields.get("sources", ())
            if len(each) == 3
        ),
        image=fields.get("image"),
        image_alts={key: alt.value for key, alt in fields.get("image_alt", {}).items()},
        until=fields.get("until"),
        leads_to=fields.get("leads_to"),
    )


def _repeated_figures(figures: tuple[dict[str, Any], ...], report: list[Diagnostic]) -> None:
    seen: set[str] = set()
    for figure in figures:
        identity = figure.get("id")
        if identity is not None and identity.value in seen:
            message = say("this event already has a figure with the id `{id}`", id=identity.value)
            report.append(error("duplicate-figure", identity.span, message))
        elif identity is not None:
            seen.add(identity.value)


def _figure(fields: dict[str, Any]) -> Figure:
    labels = {language: label.value for language, label in fields["label"].items()}
    return Figure(fields["id"].value, fields["value"].value, fields["unit"].value, labels)


def _duplicate(event: Event, first: Event, source: Source, report: list[Diagnostic]) -> None:
    line, _ = source.position(first.span.start)
    message = say("the event on line {line} already has the id `{id}`", id=event.id, line=line)
    hint = say("an id is the fixed address of one event")
    edits = event.span.becomes(f"{event.id}-2")
    report.append(error("duplicate-event", event.span, message, hint, edits))


def _out_of_order(events: tuple[Event, ...], source: Source) -> list[Diagnostic]:
    """Events are told in the order of the file; one that ends before an earlier one began is out."""
    problems = []
    latest: Event | None = None
    for event in events:
        if latest is not None and event.date.last < latest.date.first:
            line, _ = source.position(latest.span.start)
            message = say(
                "this event lies before “{id}” on line {line}, which stands above it",
                id=latest.id,
                line=line,
            )
            hint = say("put the events in the order of their dates")
            span = event.span
            problems.append(warning("event-order", span, message, hint))
        if latest is None or event.date.first > latest.date.first:
            latest = event
    return problems


def _backward(events: Named[str, Event]) -> Iterator[Diagnostic]:
    """Relations (`until`, `leads_to`) to an event that does not come later in the file."""
    places = {name: number for number, name in enumerate(events)}
    for event in events.values():
        for named in (event.until, event.leads_to):
            if named is not None and places.get(named.value, len(places)) <= places[event.id]:
                message = say("“{id}” does not come after this event", id=named.value)
                hint = say("name an event that stands further down")
                yield error("unknown-event", named.span, message, hint)
