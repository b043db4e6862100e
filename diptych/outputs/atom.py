"""An Atom feed per language (RFC 4287): dated pages and the events of the timelines.

The time of an entry is the date that its author gave; the clock is never read.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from diptych.html import with_absolute_addresses
from diptych.model import Language, Output, Timeline
from diptych.site import Page, Site
from diptych.site.values import FALLBACK
from diptych.values import Value
from diptych.views import PageView

_ATOM = "http://www.w3.org/2005/Atom"


class _Entry(Value):
    title: str
    url: str
    day: datetime.date
    summary: str
    html: str


def atom(site: Site, language: Language, views: Iterable[tuple[Page, PageView]]) -> Output:
    """The feed of a language at `/<language>/feed.xml`: dated pages and events, newest first."""
    shown = [(page, view) for page, view in views if page.language == language.key]
    home = site.home(language.key)
    title = f"{site.settings.organisation.short_name} – {language.name}"
    head = _Head(f"{language.key}/feed.xml", home.path if home else "", title, "content")
    return _feed(site, language, head, _entries(site, shown))


def list_feeds(site: Site, views: Iterable[tuple[Page, PageView]]) -> Iterable[Output]:
    """A feed beside every page with the layout list: the dated pages below it, newest first."""
    known = list(views)
    for page, view in known:
        if view.feed is None:
            continue
        below = [(p, v) for p, v in known if p.parent == page.key and p.language == page.language]
        title = f"{site.settings.organisation.short_name} – {view.title}"
        head = _Head(f"{page.path}feed.xml", page.path, title, page.document.source.path)
        yield _feed(site, site.settings.language(page.language), head, _entries(site, below))


class _Head(Value):
    path: str  # of the feed
    page: str  # path of the page it belongs to
    title: str
    origin: str


def _feed(site: Site, language: Language, head: _Head, found: Iterable[_Entry]) -> Output:
    entries = sorted(found, key=lambda entry: (entry.day, entry.url), reverse=True)
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language.tag})
    _text(feed, "id", site.url(head.path))
    _text(feed, "title", head.title)
    newest = max((entry.day for entry in entries), default=datetime.date(1970, 1, 1))
    _text(feed, "updated", _instant(newest))
    own = {"rel": "self", "type": "application/atom+xml", "href": site.url(head.path)}
    ET.SubElement(feed, "link", own)
    other = {"rel": "alternate", "type": "text/html", "href": site.url(head.page)}
    ET.SubElement(feed, "link", other)
    organisation = site.settings.organisation
    author = ET.SubElement(feed, "author")
    _text(author, "name", organisation.names.get(language.key, organisation.short_name))
    for entry in entries:
        _entry(feed, entry)
    ET.indent(feed, " ")
    body = ET.tostring(feed, encoding="unicode")
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + body + "\n"
    return Output(head.path, text.encode(), head.origin)


def _entries(site: Site, shown: Iterable[tuple[Page, PageView]]) -> Iterable[_Entry]:
    for page, view in shown:
        date = page.document.front.date
        if date is not None and page.state != FALLBACK:
            yield _Entry(
                view.title, view.canonical, date.value.first, view.description, str(view.html)
            )
        timeline = site.timeline(page.key)
        if timeline is not None and view.timeline is not None:
            yield from _events(site, page, timeline, view)


def _events(site: Site, page: Page, timeline: Timeline, view: PageView) -> Iterable[_Entry]:
    assert view.timeline is not None
    shown = {event.id: event for year in view.timeline.years for event in year.events}
    for event in timeline.events:
        each = shown[event.id]
        if each.lang is not None:  # not in this language: the feed of its own language tells it
            continue
        title = f"{each.date.striptags()}: {each.title.striptags()}"
        url = site.url(f"{page.path}#{event.id}")
        yield _Entry(title, url, event.date.first, "", str(each.html))


def _entry(feed: ET.Element, entry: _Entry) -> None:
    element = ET.SubElement(feed, "entry")
    _text(element, "id", entry.url)
    _text(element, "title", entry.title)
    _text(element, "updated", _instant(entry.day))
    ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
    if entry.summary:
        _text(element, "summary", entry.summary)
    content = ET.SubElement(element, "content", {"type": "html"})
    content.text = with_absolute_addresses(entry.html, entry.url)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _instant(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
