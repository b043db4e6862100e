"""The text of every page for the search index, without menu and footer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from diptych.content.layouts import layout_of
from diptych.languages import either
from diptych.search import SearchText
from diptych.views import EventView, FieldsView, FieldView, PageView, TermView

_PLACE = Markup('<h2 id="{}">{}</h2>')
_PARAGRAPH = Markup("<p>{}</p>")
_FALLBACK = ("<span lang=", "<div lang=")  # how a value begins that is shown in another language
_COMMA = Markup(", ")
_ELISION = re.compile(either(lambda rules: [rules.elision]), re.IGNORECASE)
_JOINED = "\u2060 "  # splits a word for the index; assets/search.js takes it out of what it shows
_NUMBER = re.compile(r"\d(?:[\d.,\s]*\d)?")


def searchable(path: str, view: PageView) -> SearchText | None:
    """The text of a page for the index; None for the search page itself.

    An event or term that a page shows in another language, for want of a translation, is left out: it
    is in the index of its own language. The word behind an elision is indexed as a word: “urgence”
    finds « l’urgence ».
    """
    if layout_of(view.layout).contents:
        return None
    return SearchText(path, view.lang, _ELISION.sub(rf"\g<0>{_JOINED}", "\n".join(_parts(view))))


def _parts(view: PageView) -> Iterator[str]:
    yield f"<h1>{escape(view.title)}</h1>"
    yield view.html
    yield from _values(view.fields)
    for term in view.terms:
        if term.lang is None:
            yield from _term(term)
    for kind in view.records:
        for entry in kind.values:
            yield from _entry(entry)
    if view.timeline is not None and layout_of(view.layout).shows == "timeline":
        for year in view.timeline.years:
            for event in year.events:
                if event.lang is None:
                    yield from _event(event)


def _entry(entry: object) -> Iterator[str]:
    """A record of a type of the site's own: a heading with the record's id, then its texts."""
    assert isinstance(entry, FieldsView)
    title = next((field.values[0] for field in entry if field.titles), "")
    yield _PLACE.format(entry["id"], title)
    yield from _values(field for field in entry if not field.titles)


def _values(fields: Iterable[FieldView]) -> Iterator[str]:
    for field in fields:
        worded = field.kind == "alt" or (field.readable and field.kind != "picture")
        for value in field.values if worded else ():
            if isinstance(value, FieldsView):
                yield from _values(value)
            elif not str(escape(value)).startswith(_FALLBACK):
                yield str(value) if field.kind == "prose" else _PARAGRAPH.format(value)


def _event(event: EventView) -> Iterator[str]:
    yield _PLACE.format(event.id, event.title)
    yield _PARAGRAPH.format(event.date)
    yield event.html
    yield from (_PARAGRAPH.format(each) for each in _figures(event))
    if event.actors:
        yield _PARAGRAPH.format(", ".join(event.actors))
    yield from _values(event.fields)


def _figures(event: EventView) -> Iterator[str]:
    """The figures that the event's text does not mention, so that no excerpt repeats one."""
    for group in event.figures:
        for row in group.rows:
            number = _NUMBER.search(row.value)
            if number is None or number[0] not in event.html:
                yield f"{row.value} {row.label}"


def _term(term: TermView) -> Iterator[str]:
    yield _PLACE.format(term.id, term.word)
    if term.avoided:
        yield _PARAGRAPH.format(_COMMA.join(term.avoided))
    yield from (_PARAGRAPH.format(text) for text in (term.reason, term.note) if text)
    yield from _values(term.fields)
