"""The records of `timeline.yaml` and `chapters.yaml`. A `Timeline` is made from the records of
`timeline.yaml`: each event is one record with all its languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from diptych.content.doubles import doubles, doubles_in
from diptych.content.fields import REVIEWED, is_set, texts_by_language
from diptych.content.kinds import ADDRESS, DATE, FLAG, INLINE, KEY, PROSE, TEXT, WHOLE
from diptych.diagnostics import Diagnostic, error, say, warning
from diptych.model import Event, EventQuote, EventSource, Figure, Records, Timeline
from diptych.values import replace
from diptych.yaml import Field, Leaf, ListOf, PerLanguage, Record, Role, TextOrPerLanguage

Values = Mapping[str, Any]  # values of an entry, or of a record in an entry, by field name

LONGEST_SHORT = 22  # characters that fit side by side above the overview

EVENT_DATE = replace(
    DATE,
    form=say(
        "a day is written 2020-06-08, a month 2020-06, spring 2020-21, a period "
        "2021-11-06/2021-11-07, a day with a time 2022-03-18T01:35; about then 2020-06~, perhaps then "
        "2020?, the seventies 197X, from then on 1970/.."
    ),
)

DAYS = "{days}"  # the build puts the number of days here
_ONCE = r"[^{}]*\{days\}[^{}]*"  # no other brace: nothing would fill it

SHORT = replace(
    TEXT,
    name="short",
    understand=lambda text: text.strip() if 0 < len(text.strip()) <= LONGEST_SHORT else None,
    pattern=rf"^\s*\S.{{0,{LONGEST_SHORT - 1}}}\s*$",
    longest=LONGEST_SHORT,
    expected=say("a text of at most {number} characters", number=LONGEST_SHORT),
    hint=say("say it in fewer words; the whole stands below `title`"),
    form=say("at most {number} characters", number=LONGEST_SHORT),
)
LASTED: Leaf = replace(
    TEXT,
    name="lasted",
    understand=lambda text: text.strip() if re.fullmatch(_ONCE, text, re.DOTALL) else None,
    pattern=f"^{_ONCE}$",
    expected=say("a text with {sign} in it once", sign=f"`{DAYS}`"),
    hint=say("write {sign} once, where the number of days comes", sign=f"`{DAYS}`"),
    form=say("write {sign} once, where the number of days comes", sign=f"`{DAYS}`"),
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
        "more_than": Field(FLAG, say("`true` if it was more than that")),
        "key": Field(FLAG, say("`true` for one of the few figures that stand above the timeline")),
    },
)


QUOTE = Record(
    say("a quotation"),
    {
        "text": Field(
            PerLanguage(TEXT),
            say("the words, in each language, without quotation marks"),
            True,
            role=Role.LABEL,
            exempt=("long-sentence",),  # a quotation keeps its words
        ),
        "who": Field(
            PerLanguage(TEXT), say("who said or wrote it, in each language"), True, role=Role.LABEL
        ),
        "translated": Field(
            ListOf(KEY),
            say("the languages in which the words are a translation of ours; readers are told"),
            example="[fr]",
        ),
        "reported": Field(
            ListOf(KEY),
            say(
                "the languages in which the words are told in indirect speech: they stand there "
                "without quotation marks"
            ),
            example="[fr]",
        ),
        "after": Field(
            WHOLE,
            say(
                "the paragraph of the text behind which it stands: 1 is the first. Without it, "
                "behind the whole text"
            ),
            example="2",
        ),
    },
)


SOURCE = Record(
    say("a source"),
    {
        "outlet": Field(
            TextOrPerLanguage(TEXT),
            say("the newspaper, the broadcaster or whoever else brought it out"),
            example="Le Soir",
            role=Role.LABEL,
        ),
        "date": Field(DATE, say("when it appeared"), example="2021-06-22"),
        "title": Field(TEXT, say("what it is called, in its own language")),
        "url": Field(ADDRESS, say("the address"), example="https://example.org/lettre"),
        "language": Field(KEY, say("the language it is written in"), example="fr"),
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
        "short": Field(
            PerLanguage(SHORT),
            say(
                "a few words for the overview: above a turning point, or in the tint of the period "
                "that begins here. At most 22 characters"
            ),
            example="{nl: Gesloten, fr: Fermé}",
            role=Role.LABEL,
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
        "quote": Field(QUOTE, say("what somebody said or wrote, word for word")),
        "sources": Field(ListOf(SOURCE), say("where it was told, and where to read more")),
        "image": Field(
            TEXT, say("a picture from the same folder"), example="march.jpg", refers="picture"
        ),
        "image_alt": Field(
            PerLanguage(TEXT),
            say("what it shows, in each language"),
            required_with="image",
            role=Role.ALT,
            exempt=("missing-translation",),  # missing-alt reports it
        ),
        "until": Field(
            KEY,
            say("the `id` of the event that ends what begins here. The overview tints that period"),
            example="second-lockdown",
            refers="event",
        ),
        "lasted": Field(
            PerLanguage(LASTED),
            say(
                "how long that period lasted, as a sentence with `{sign}` in it; the build counts "
                "them, from the day of this event to the day of the one that ends it",
                sign=DAYS,
            ),
            example='{nl: "{days} dagen gesloten", fr: "fermé pendant {days} jours"}',
            role=Role.LABEL,
            exempt=("unshown-text",),  # readers see it with the number of days
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
        **REVIEWED,
    },
)


CHAPTER = Record(
    say("a chapter"),
    {
        "id": Field(
            KEY,
            say("the fixed name, the same in every language: people share links with it"),
            True,
            example="the-vote",
        ),
        "from": Field(
            KEY,
            say("the `id` of its first event; it ends where the next chapter begins"),
            True,
            example="first-lockdown",
            refers="event",
        ),
        "title": Field(
            PerLanguage(TEXT), say("a short title in each language"), True, role=Role.TITLE
        ),
    },
)


def timeline_of(records: Records) -> Timeline:
    """The timeline of a file, with its events in the order of their dates. Events that may be of
    one day keep the order of the file.

    An event without an id or a date is left out, and so is an event with the id of an earlier
    event.
    """
    events: list[Event] = []
    known: set[str] = set()
    for entry in records.entries:
        event = _event(entry.values)
        if event is not None and event.id not in known:
            known.add(event.id)
            events.insert(_place(event, events), event)
    return Timeline(records.key, tuple(events), records.source)


def _place(event: Event, events: Sequence[Event]) -> int:
    """The position of an event: before the first event that is certainly later, or in a later year."""
    first, last = event.date.first, event.date.last
    return next(
        (
            place
            for place, other in enumerate(events)
            if other.date.first > last or other.date.first.year > first.year
        ),
        len(events),
    )


def verify(records: Records) -> Iterator[Diagnostic]:
    """Mistakes that show only across events, or across figures.

    Diagnostics: duplicate-event, duplicate-figure, event-order, missing-key for a source without a
    name, unknown-event for a relation to an event that does not come later.
    """
    for entry in records.entries:
        yield from _repeated_figures(entry.values.get("figures", ()))
        yield from _nameless_sources(entry.values.get("sources", ()))
    yield from _repeated(records)
    yield from _out_of_order(records)
    yield from _backward(timeline_of(records).events)


def _event(fields: Values) -> Event | None:
    identity, date = fields.get("id"), fields.get("date")
    if identity is None or date is None:
        return None
    return Event(
        id=identity.value,
        date=date.value,
        titles=fields.get("title", {}),
        texts=fields.get("text", {}),
        span=identity.span,
        topics=fields.get("topics", ()),
        actors=tuple(map(texts_by_language, fields.get("actors", ()))),
        figures=tuple(filter(None, map(_figure_of, fields.get("figures", ())))),
        quote=_quote_of(fields.get("quote")),
        sources=tuple(filter(None, map(_source_of, fields.get("sources", ())))),
        image=fields.get("image"),
        image_alts=texts_by_language(fields.get("image_alt", {})),
        until=fields.get("until"),
        leads_to=fields.get("leads_to"),
        shorts=texts_by_language(fields.get("short", {})),
        lasted=texts_by_language(fields.get("lasted", {})),
    )


def _figure_of(fields: Values) -> Figure | None:
    """A figure; None if a required value is missing."""
    if not {"id", "value", "unit", "label"} <= fields.keys():
        return None
    return Figure(
        fields["id"].value,
        fields["value"].value,
        fields["unit"].value,
        texts_by_language(fields["label"]),
        more_than=is_set(fields, "more_than"),
        key=is_set(fields, "key"),
    )


def _quote_of(fields: Values | None) -> EventQuote | None:
    """A quotation; None if there is none, or if its words or its speaker are missing."""
    if fields is None or not {"text", "who"} <= fields.keys():
        return None
    after = fields.get("after")
    return EventQuote(
        texts_by_language(fields["text"]),
        texts_by_language(fields["who"]),
        tuple(each.value for each in fields.get("translated", ())),
        tuple(each.value for each in fields.get("reported", ())),
        after.value if after else None,
    )


def _source_of(fields: Values) -> EventSource | None:
    """A source; None if it has no name."""
    if "outlet" not in fields and "title" not in fields:
        return None
    date, title, url, language = (
        fields[name].value if name in fields else None
        for name in ("date", "title", "url", "language")
    )
    return EventSource(texts_by_language(fields.get("outlet", {})), title, date, url, language)


def _repeated_figures(figures: tuple[Values, ...]) -> Iterator[Diagnostic]:
    """duplicate-figure: two figures of one event have the same id."""
    for identity, _ in doubles_in(figures):
        message = say("this event already has a figure with the id `{id}`", id=identity.value)
        yield error("duplicate-figure", identity.span, message)


def _repeated(records: Records) -> Iterator[Diagnostic]:
    """duplicate-event: two events have the same id."""
    for entry, first in doubles(records):
        line, _ = records.source.position(first.span.start)
        message = say("the event on line {line} already has the id `{id}`", id=entry.id, line=line)
        hint = say("an id is the fixed address of one event")
        edits = entry.span.becomes(f"{entry.id}-2")
        yield error("duplicate-event", entry.span, message, hint, edits)


def _out_of_order(records: Records) -> Iterator[Diagnostic]:
    """event-order: an event is written below a later event. The site shows events in the order of
    their dates. An event above several earlier ones is the one that is out of place.
    """
    above: list[Event] = []
    below: dict[str, list[Event]] = {}
    for entry in records.entries:
        event = _event(entry.values)
        if event is None:
            continue
        place = _place(event, above)
        if place < len(above):
            below.setdefault(above[place].id, []).append(event)
        above.insert(place, event)
    for later in above:
        earlier = below.get(later.id, ())
        hint = say("put the events in the order of their dates")
        if len(earlier) > 1:
            message = say(
                "this event lies after “{id}” on line {line}, which stands below it",
                id=earlier[-1].id,
                line=records.source.position(earlier[-1].span.start)[0],
            )
            yield warning("event-order", later.span, message, hint)
            continue
        for event in earlier:
            message = say(
                "this event lies before “{id}” on line {line}, which stands above it",
                id=later.id,
                line=records.source.position(later.span.start)[0],
            )
            yield warning("event-order", event.span, message, hint)


def _backward(events: Sequence[Event]) -> Iterator[Diagnostic]:
    """unknown-event: a relation (`until`, `leads_to`) to an event that does not come later."""
    places = {event.id: number for number, event in enumerate(events)}
    for event in events:
        for named in (event.until, event.leads_to):
            if named is not None and places.get(named.value, len(places)) <= places[event.id]:
                message = say("“{id}” does not come after this event", id=named.value)
                hint = say("name an event that stands further down")
                yield error("unknown-event", named.span, message, hint)


def _nameless_sources(sources: tuple[Values, ...]) -> Iterator[Diagnostic]:
    """missing-key: a source with neither an outlet nor a title."""
    for source in sources:
        if source and "outlet" not in source and "title" not in source:
            first = next(iter(source.values()))
            message = say("a source needs `outlet` or `title`")
            yield error("missing-key", first.span, message, say("write where it appeared"))
