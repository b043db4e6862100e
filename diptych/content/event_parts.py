"""The records inside an event (figures, quotation, sources), and the values made from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from diptych.content.fields import is_set, texts_by_language
from diptych.content.kinds import ADDRESS, DATE, FLAG, KEY, TEXT, WHOLE
from diptych.diagnostics import Diagnostic, Placed, error, say
from diptych.model import EventQuote, EventSource, Figure
from diptych.yaml import Field, ListOf, PerLanguage, Record, Role, TextOrPerLanguage

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

Values = Mapping[str, Any]


def figure_of(fields: Values) -> Figure | None:
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


def quote_of(fields: Values | None) -> EventQuote | None:
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


def source_of(fields: Values) -> EventSource | None:
    """A source; None if it has no name."""
    if "outlet" not in fields and "title" not in fields:
        return None
    date, title, url, language = (
        fields[name].value if name in fields else None
        for name in ("date", "title", "url", "language")
    )
    return EventSource(texts_by_language(fields.get("outlet", {})), title, date, url, language)


def nameless_sources(sources: tuple[Values, ...]) -> Iterator[Diagnostic]:
    """missing-key: a source with neither an outlet nor a title."""
    for source in sources:
        if source and "outlet" not in source and "title" not in source:
            first = next(iter(source.values()))
            place: Placed[Any] | None = first if isinstance(first, Placed) else None
            if place is not None:
                message = say("a source needs `outlet` or `title`")
                yield error("missing-key", place.span, message, say("write where it appeared"))
