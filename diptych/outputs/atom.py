"""Atom feeds (RFC 4287): one per language, with its dated pages and the events of timelines, and
one for each list.

The time of an entry is the date that its author gave; the clock is not read. A feed holds its
latest entries. Older entries are in archives by year, to which the feed links (RFC 5005, section
4), so that the file that feed readers fetch often does not grow with the site.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree as ET

from diptych.bodies import Body
from diptych.html import with_absolute_addresses
from diptych.i18n import direction_of, with_directions
from diptych.markdown.typography import joined
from diptych.model import Language, Output
from diptych.site import Page, Site
from diptych.values import Value
from diptych.views import PageView

_ATOM = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"
LATEST = 100  # entries in the feed itself: about a year of a busy organisation


class FeedEntry(Value):
    """An entry of a feed: a dated page, or an event."""

    title: str
    url: str
    day: datetime.date
    summary: str
    html: str  # its addresses are absolute


def atom(site: Site, language: Language, entries: Iterable[FeedEntry]) -> Iterator[Output]:
    """The feed of a language at `/<language>/feed.xml` and its archives, `feed-<year>.xml`: dated pages
    and events, newest first.
    """
    home = site.home(language.key)
    title = f"{site.settings.organisation.short_name(language.key)} – {language.name}"
    head = _Head(f"{language.key}/feed.xml", home.path if home else "", title, "content")
    return _feed(site, language, head, entries)


def list_feed(site: Site, page: Page, title: str, entries: Iterable[FeedEntry]) -> Iterator[Output]:
    """The feed beside a page with the layout list and its archives: the dated pages below it, newest
    first.
    """
    title = f"{site.settings.organisation.short_name(page.language)} – {title}"
    head = _Head(f"{page.path}feed.xml", page.path, title, page.document.source.path)
    return _feed(site, site.settings.language(page.language), head, entries)


class _Head(Value):
    """A feed without its entries."""

    path: str
    page: str  # the path of the page that it belongs to
    title: str
    origin: str  # the file that it is made from


def _feed(
    site: Site, language: Language, head: _Head, found: Iterable[FeedEntry]
) -> Iterator[Output]:
    entries = _newest_first(found)
    years = archives(head.path, entries)
    chain = [head.path, *years.values()]
    yield _document(site, language, head, entries[:LATEST], chain, 0)
    for place, year in enumerate(years, start=1):
        within = [entry for entry in entries if entry.day.year == year]
        yield _document(site, language, head, within, chain, place)


def archives(path: str, entries: Iterable[FeedEntry]) -> dict[int, str]:
    """The path of each archive of a feed by its year, newest first. A year has an archive if the
    feed itself lacks an entry of the year.
    """
    years = {entry.day.year for entry in _newest_first(entries)[LATEST:]}
    return {
        year: f"{path.removesuffix('.xml')}-{year:04}.xml" for year in sorted(years, reverse=True)
    }


def _newest_first(entries: Iterable[FeedEntry]) -> list[FeedEntry]:
    return sorted(entries, key=lambda entry: (entry.day, entry.url), reverse=True)


def _document(
    site: Site,
    language: Language,
    head: _Head,
    entries: list[FeedEntry],
    chain: list[str],
    place: int,
) -> Output:
    """The feed itself (`place` 0) or one of its archives. `chain` holds the paths of all of them,
    newest first; each file links to its neighbours there.
    """
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language.tag})
    _text(feed, "id", site.url(head.path))
    _text(feed, "title", head.title)
    newest = max((entry.day for entry in entries), default=datetime.date(1970, 1, 1))
    _text(feed, "updated", _instant(newest))
    links = {"self": chain[place]}
    if place:
        feed.set("xmlns:fh", _HISTORY)
        ET.SubElement(feed, "fh:archive")
        links["current"] = chain[0]
    if place > 1:
        links["next-archive"] = chain[place - 1]
    if place + 1 < len(chain):
        links["prev-archive"] = chain[place + 1]
    for relation, path in links.items():
        kind = {"rel": relation, "type": "application/atom+xml", "href": site.url(path)}
        ET.SubElement(feed, "link", kind)
    other = {"rel": "alternate", "type": "text/html", "href": site.url(head.page)}
    ET.SubElement(feed, "link", other)
    organisation = site.settings.organisation
    author = ET.SubElement(feed, "author")
    _text(author, "name", organisation.name(language.key))
    for entry in entries:
        _entry(feed, entry, language)
    ET.indent(feed, " ")
    body = ET.tostring(feed, encoding="unicode")
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + body + "\n"
    return Output(chain[place], Body(text.encode()), head.origin)


def feed_entries(
    url: str,
    day: datetime.date | None,
    days: Mapping[str, datetime.date],
    view: PageView,
    typography: str,
) -> Iterator[FeedEntry]:
    """The feed entries of a page: the page itself if it has a date, and the events of its timeline,
    each on the first day that its date can mean (`days`, by id). `url` is the page's absolute
    address, `typography` the profile of its language.

    An event that the page shows in another language is in the feed of that language.
    """
    if day is not None:
        html = with_absolute_addresses(str(view.html), view.canonical)
        yield FeedEntry(view.title, view.canonical, day, view.description, html)
    for each in (event for year in view.years for event in year.events):
        if each.lang is None:
            title = joined(each.date.striptags(), each.title.striptags(), typography)
            place = f"{url}#{each.id}"
            html = with_absolute_addresses(str(each.html), place)
            yield FeedEntry(title, place, days[each.id], "", html)


def _entry(feed: ET.Element, entry: FeedEntry, language: Language) -> None:
    element = ET.SubElement(feed, "entry")
    _text(element, "id", entry.url)
    _text(element, "title", entry.title)
    _text(element, "updated", _instant(entry.day))
    ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
    if entry.summary:
        _text(element, "summary", entry.summary)
    content = ET.SubElement(element, "content", {"type": "html"})
    content.text = _directed(entry.html, language)


def _directed(html: str, language: Language) -> str:
    """The HTML of an entry, with the direction of its text marked inside. Atom has no attribute for
    the direction, and feed readers show the text in a page of their own.
    """
    if direction_of(language.tag) == "rtl":
        html = f'<div lang="{language.tag}">{html}</div>'
    return with_directions(html)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _instant(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
