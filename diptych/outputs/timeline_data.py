"""The timeline for other programs: JSON, CSV (RFC 4180) and iCalendar (RFC 5545), per language."""

from __future__ import annotations

import codecs
import csv
import io
import json

from diptych.bodies import Body
from diptych.i18n import csv_separator
from diptych.model import DATA_FORMS, Event, EventSource, Language, Output, Timeline
from diptych.outputs.calendar import CalendarEntry, calendar_file, names_days
from diptych.values import Value
from diptych.views import EventView, QuoteView, SourceView, TimelineView

_COLUMNS = ("id", "date", "end", "title", "text", "topics", "actors", "url", "quote", "sources")
# how a formula begins; some spreadsheets read wide signs of East Asian scripts as the others
_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


class TimelineRequest(Value):
    """A timeline on its page in one language."""

    timeline: Timeline
    view: TimelineView
    path: str  # of the page
    url: str  # its absolute address
    language: Language
    publisher: str


def timeline_data(request: TimelineRequest) -> tuple[Output, ...]:
    """`timeline.json`, `.csv` and `.ics` below the page of the timeline."""
    timeline = request.timeline
    shown = {event.id: event for year in request.view.years for event in year.events}
    records = [_record(request, event, shown[event.id]) for event in timeline.events]
    table = _csv(records, csv_separator(request.language.locale))
    files = _json(request, records), table, _ics(records, timeline)
    return tuple(
        Output(f"{request.path}timeline.{form}", Body(data), timeline.source.path)
        for form, data in zip(DATA_FORMS, files, strict=True)
    )


def _record(request: TimelineRequest, event: Event, view: EventView) -> dict[str, object]:
    """One event as plain values; `date` and `end` in EDTF, as written by the author."""
    first, _, last = event.date.text.partition("/")
    return {
        "id": event.id,
        "date": first,
        "end": last or None,
        "language": view.lang or request.language.tag,
        "title": view.title.striptags(),
        "text": _paragraphs(view),
        "topics": [topic.key for topic in view.topics],
        "actors": list(view.actors),
        "figures": [
            {
                "id": each.id,
                "value": each.value,
                "unit": each.unit,
                "label": each.labels.get(request.language.key, each.id),
                "more_than": each.more_than,
            }
            for each in event.figures
        ],
        "quote": _quote(view.quote),
        "sources": [_source(*pair) for pair in zip(event.sources, view.sources, strict=True)],
        "url": f"{request.url}#{event.id}",
    }


def _quote(quote: QuoteView | None) -> dict[str, object] | None:
    """A quotation as JSON; if `translated` or `reported` is true, the words are the site's own."""
    if quote is None:
        return None
    return {
        "text": quote.text,
        "who": quote.who,
        "translated": quote.translated,
        "reported": quote.reported,
    }


def _source(source: EventSource, view: SourceView) -> dict[str, object]:
    return {
        "outlet": view.outlet or None,
        "date": source.date.text if source.date else None,
        "title": source.title,
        "url": source.url,
        "language": source.language,
    }


def _paragraphs(view: EventView) -> str:
    """The text of an event without markup, with an empty line between paragraphs."""
    blocks = str(view.html)
    for end in ("</p>", "</li>", "</figcaption>"):
        blocks = blocks.replace(end, f"{end}\u2029")
    texts = (type(view.html)(block).striptags() for block in blocks.split("\u2029"))
    return "\n\n".join(text for text in texts if text)


def _json(request: TimelineRequest, records: list[dict[str, object]]) -> bytes:
    document = {
        "version": 1,
        "language": request.language.tag,
        "url": request.url,
        "publisher": request.publisher,
        "events": records,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(records: list[dict[str, object]], separator: str) -> bytes:
    """A table for the spreadsheets of the language: UTF-8 with a byte order mark."""
    body = io.StringIO()
    writer = csv.writer(body, delimiter=separator)
    writer.writerow(_COLUMNS)
    for record in records:
        writer.writerow([_cell(record[name]) for name in _COLUMNS])
    return codecs.BOM_UTF8 + body.getvalue().encode()


def _cell(value: object) -> str:
    """The text of a cell. Text that a spreadsheet would run gets an apostrophe before it (OWASP,
    "CSV injection").
    """
    if isinstance(value, list):
        value = "; ".join(map(_text_of, value))
    text = "" if value is None else _text_of(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _text_of(value: object) -> str:
    """One value as the text of a cell: of a quotation or a source, its texts."""
    texts = value.values() if isinstance(value, dict) else (value,)
    return ", ".join(str(each) for each in texts if each and each is not True)


def _ics(records: list[dict[str, object]], timeline: Timeline) -> bytes:
    entries = tuple(
        CalendarEntry(
            str(record["url"]),
            event.date.first,
            event.date.last,
            str(record["language"]),
            str(record["title"]),
            str(record["text"]),
        )
        for event, record in zip(timeline.events, records, strict=True)
        if names_days(event.date)
    )
    return calendar_file(entries)
