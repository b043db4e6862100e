"""The timeline for other programs: JSON, CSV (RFC 4180) and iCalendar (RFC 5545), per language."""

from __future__ import annotations

import csv
import datetime
import io
import json

from diptych.model import Event, Language, Output, Timeline
from diptych.site import Page, Site
from diptych.views import EventView, TimelineView

_COLUMNS = ("id", "date", "end", "title", "text", "topics", "actors", "url")


def timeline_data(site: Site, page: Page, timeline: Timeline, view: TimelineView) -> tuple[Output, ...]:
    """`timeline.json`, `.csv` and `.ics` below the page of the timeline."""
    shown = {event.id: event for year in view.years for event in year.events}
    records = [_record(site, page, event, shown[event.id]) for event in timeline.events]
    language = site.settings.language(page.language)
    origin = timeline.source.path
    files = {
        "json": _json(site, page, language, records),
        "csv": _csv(records),
        "ics": _ics(language, timeline, records),
    }
    return tuple(Output(f"{page.path}timeline.{form}", data, origin) for form, data in files.items())


def _record(site: Site, page: Page, event: Event, view: EventView) -> dict[str, object]:
    """One event as plain values; `date` and `end` in EDTF, as they were written."""
    first, _, last = event.date.text.partition("/")
    return {
        "id": event.id,
        "date": first,
        "end": last or None,
        "title": view.title.striptags(),
        "text": _paragraphs(view),
        "topics": [topic.key for topic in view.topics],
        "actors": list(event.actors),
        "figures": [
            {"id": each.id, "value": each.value, "unit": each.unit,
             "label": each.labels.get(page.language, each.id)}
            for each in event.figures
        ],
        "sources": [{"title": s.title, "url": s.url, "language": s.language} for s in event.sources],
        "url": site.url(f"{page.path}#{event.id}"),
    }  # fmt: skip


def _paragraphs(view: EventView) -> str:
    blocks = str(view.html).replace("</p>", "</p>\u2029").replace("</li>", "</li>\u2029")
    texts = (type(view.html)(block).striptags() for block in blocks.split("\u2029"))
    return "\n\n".join(text for text in texts if text)


def _json(site: Site, page: Page, language: Language, records: list[dict[str, object]]) -> bytes:
    document = {
        "version": 1,
        "language": language.tag,
        "url": site.url(page.path),
        "publisher": site.settings.organisation.short_name,
        "events": records,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(records: list[dict[str, object]]) -> bytes:
    body = io.StringIO()
    writer = csv.writer(body)
    writer.writerow(_COLUMNS)
    for record in records:
        writer.writerow([_cell(record[name]) for name in _COLUMNS])
    return body.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return "" if value is None else str(value)


def _ics(language: Language, timeline: Timeline, records: list[dict[str, object]]) -> bytes:
    """All-day entries, the first and last day that the date can mean; nothing takes time."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Diptych//Timeline//EN")
    calendar.add("version", "2.0")
    for event, record in zip(timeline.events, records, strict=True):
        entry = icalendar.Event()
        entry.add("uid", record["url"])
        stamp = datetime.datetime.combine(event.date.first, datetime.time(), datetime.UTC)
        entry.add("dtstamp", stamp)
        entry.add("dtstart", event.date.first)
        entry.add("dtend", event.date.last + datetime.timedelta(days=1))
        parameters = {"language": language.tag}
        entry.add("summary", record["title"], parameters=parameters)
        entry.add("description", record["text"], parameters=parameters)
        entry.add("url", record["url"])
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    return bytes(calendar.to_ical())
