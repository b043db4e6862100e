"""`timeline.yaml` -> `Timeline`: one record an event, all its languages, every value placed."""

from __future__ import annotations

from typing import Any

from diptych.content.fields import Field, Record, Role
from diptych.content.kinds import ADDRESS, DATE, KEY, PROSE, TEXT, WHOLE
from diptych.diagnostics import (
    Diagnostic,
    Message,
    Outcome,
    Placed,
    Severity,
    Source,
    Span,
    nearest,
    say,
)
from diptych.i18n.edtf import parse_date, suggest_date
from diptych.model import Event, EventDate, EventSource, Figure, Timeline
from diptych.values import Value
from diptych.yaml import ListOf, PerLanguage, Sequence, TextOrPerLanguage, compose, read_shape

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
            DATE, say("the date, as precisely as you know it"), True, example="2024-09-18"
        ),
        "title": Field(
            PerLanguage(TEXT), say("a short title in each language"), True, role=Role.TITLE
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


class TimelineRequest(Value):
    """A timeline to parse: everything its result depends on."""

    source: Source
    key: str  # the page key of its bundle
    languages: tuple[str, ...]
    topics: tuple[str, ...]


def read_timeline(request: TimelineRequest) -> Outcome[Timeline]:
    """`parse_timeline` of one value, so that it can be kept."""
    return parse_timeline(request.source, request.key, request.languages, request.topics)


def parse_timeline(
    source: Source, key: str, languages: tuple[str, ...], topics: tuple[str, ...]
) -> Outcome[Timeline]:
    """The events of a file, in its order; an event that cannot be read is left out and told.

    Diagnostics: those of YAML and shapes, impossible-date, duplicate-event, unknown-topic,
    unknown-event, event-order.
    """
    composed = compose(source)
    report = list(composed.diagnostics)
    if composed.value is None or not isinstance(composed.value, Sequence):
        if composed.value is not None:
            message = say("a timeline is a list of events (lines that begin with `- id:`)")
            report.append(_error("wrong-type", composed.value.span, message))
        return Outcome(Timeline(key, (), source), tuple(report))
    events: dict[str, Event] = {}
    ids: set[str] = set()  # also of events that cannot be read
    for node in composed.value.items:
        fields = read_shape(node, EVENT, languages, report)
        event = _event(fields, topics, report) if fields else None
        if fields and "id" in fields:
            ids.add(fields["id"].value)
        if event is None:
            continue
        if event.id in events:
            _duplicate(event, events[event.id], source, report)
            continue
        events[event.id] = event
    report += _out_of_order(tuple(events.values()), source)
    report += _unknown_events(events, ids)
    return Outcome(Timeline(key, tuple(events.values()), source), tuple(report))


def _event(
    fields: dict[str, Any], topics: tuple[str, ...], report: list[Diagnostic]
) -> Event | None:
    identity, written = fields.get("id"), fields.get("date")
    date = _date(written, report) if written else None
    for topic in fields.get("topics", ()):
        if topic.value not in topics:
            _unknown_topic(topic, topics, report)
    if identity is None or date is None:
        return None
    _repeated_figures(fields.get("figures", ()), report)
    return Event(
        id=identity.value,
        date=date,
        titles=fields.get("title", {}),
        texts=fields.get("text", {}),
        span=identity.span,
        topics=tuple(topic for topic in fields.get("topics", ()) if topic.value in topics),
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
            report.append(_error("duplicate-figure", identity.span, message))
        elif identity is not None:
            seen.add(identity.value)


def _figure(fields: dict[str, Any]) -> Figure:
    labels = {language: label.value for language, label in fields["label"].items()}
    return Figure(fields["id"].value, fields["value"].value, fields["unit"].value, labels)


def _date(written: Placed[str], report: list[Diagnostic]) -> EventDate | None:
    date = parse_date(written.value)
    if isinstance(date, Message):
        suggestion = suggest_date(written.value)
        edits = written.span.becomes(suggestion) if suggestion else ()
        hint = say(
            "a day is written 2020-06-08, a month 2020-06, spring 2020-21, a period "
            "2021-11-06/2021-11-07, a day with a time 2022-03-18T01:35"
        )
        report.append(
            Diagnostic("impossible-date", Severity.ERROR, written.span, date, hint, edits)
        )
        return None
    return date


def _unknown_topic(topic: Placed[str], topics: tuple[str, ...], report: list[Diagnostic]) -> None:
    near = nearest(topic.value, topics)
    message = say("there is no topic `{name}`", name=topic.value)
    hint = (
        say("did you mean `{near}`?", near=near)
        if near
        else say("the topics of site.yaml are: {known}", known=", ".join(topics))
    )
    edits = topic.span.becomes(near) if near else ()
    report.append(Diagnostic("unknown-topic", Severity.ERROR, topic.span, message, hint, edits))


def _duplicate(event: Event, first: Event, source: Source, report: list[Diagnostic]) -> None:
    line, _ = source.position(first.span.start)
    message = say("the event on line {line} already has the id `{id}`", id=event.id, line=line)
    hint = say("an id is the fixed address of one event")
    edits = event.span.becomes(f"{event.id}-2")
    report.append(Diagnostic("duplicate-event", Severity.ERROR, event.span, message, hint, edits))


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
            problems.append(Diagnostic("event-order", Severity.WARNING, span, message, hint))
        if latest is None or event.date.first > latest.date.first:
            latest = event
    return problems


def _unknown_events(events: dict[str, Event], ids: set[str]) -> list[Diagnostic]:
    """Relations (`until`, `leads_to`) that name no event, or one that does not come later."""
    problems = []
    places = {name: number for number, name in enumerate(events)}
    for event in events.values():
        for named in (event.until, event.leads_to):
            if named is None or places.get(named.value, -1) > places[event.id]:
                continue
            if named.value in ids and named.value not in events:
                continue  # an event that could not be read, which was told
            near = nearest(named.value, events)
            hint = say("did you mean `{near}`?", near=near) if near else None
            edits = named.span.becomes(near) if near else ()
            message = say("there is no event `{id}`", id=named.value)
            if named.value in events:
                message = say("“{id}” does not come after this event", id=named.value)
                hint, edits = say("name an event that stands further down"), ()
            problems.append(
                Diagnostic("unknown-event", Severity.ERROR, named.span, message, hint, edits)
            )
    return problems


def _error(check: str, span: Span, message: Message, hint: Message | None = None) -> Diagnostic:
    return Diagnostic(check, Severity.ERROR, span, message, hint)
