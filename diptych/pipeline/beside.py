"""The table of the outputs beside the pages (each row is a function from the finished pages to files),
and the compressed copies of all outputs.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from markupsafe import escape

from diptych.bodies import Body
from diptych.cache import Cache
from diptych.content.hosts import host_of
from diptych.files.assets import MATERIAL
from diptych.files.compress import compress, is_compressible
from diptych.i18n import moment_in
from diptych.model import EventDate, Output
from diptych.outputs.atom import atom, list_feed
from diptych.outputs.calendar import AgendaRequest, CalendarEntry, agenda_file, names_days
from diptych.outputs.forms.page import POLICY
from diptych.outputs.hosting.files import hosting_files
from diptych.outputs.hosting.rules import Allowed, header_rules
from diptych.outputs.root_files import robots, security_txt, sitemap
from diptych.outputs.timeline_data import TimelineRequest, timeline_data
from diptych.pipeline.bundles import downloads_of
from diptych.pipeline.finished import FinishedPages, news_below, news_of
from diptych.render import Composer, agenda_of, dates_of
from diptych.site import Page, Site
from diptych.values import replace
from diptych.views import AgendaEventView


def language_feeds(finished: FinishedPages) -> Iterator[Output]:
    """The news feed of each language, as Atom (RFC 4287)."""
    news = news_of(finished.made)
    for language in finished.site.settings.languages:
        yield from atom(finished.site, language, news.get(language.key, ()))


def list_feeds(finished: FinishedPages) -> Iterator[Output]:
    """For each list page, a feed of the pages below it, as Atom (RFC 4287)."""
    for page, title, entries in news_below(finished.made):
        yield from list_feed(finished.site, page, title, entries)


def sitemaps(finished: FinishedPages) -> Iterator[Output]:
    """The sitemap: every page that search engines may index, with its versions in other languages."""
    pages = (*(each for _, each in finished.made), *finished.others)
    found = tuple(each.in_sitemap for each in pages if each.in_sitemap)
    yield finished.pages.cache.call(sitemap, "sitemap.xml", found)


def for_the_host(finished: FinishedPages) -> Iterable[Output]:
    """The configuration files for the host: headers of each file (above all the content security
    policy) and redirects of old addresses.
    """
    styles = {style for each in finished.every for style in each.styles}
    scripts = {script for each in finished.whole for script in each.scripts}
    paths = tuple(each.output.path for each in finished.whole)
    allowed = Allowed(
        tuple(sorted(styles)), tuple(sorted(scripts)), bool(finished.pages.images), paths
    )
    searched = (page.path for page, each in finished.made if each.searches)
    rules = header_rules(allowed, searched, POLICY if finished.site.settings.admin else None)
    return hosting_files(finished.site, rules)


def timelines(finished: FinishedPages) -> Iterator[Output]:
    """Every timeline in every language as data files: JSON, CSV, iCalendar."""
    for page in finished.site.pages:
        if finished.site.timeline(page.key) is not None:
            request = partial(_timeline_request, finished.site, finished.pages.composer, page)
            glance = finished.pages.glance(page)
            yield from finished.pages.cache.gather(timeline_data, page.output, glance, request)


def agendas(finished: FinishedPages) -> Iterator[Output]:
    """Every agenda in every language as a calendar file (iCalendar)."""
    for page in finished.site.pages:
        if agenda_of(finished.site, page) is not None:
            request = partial(_agenda_request, finished.site, finished.pages.composer, page)
            glance = finished.pages.glance(page)
            yield from finished.pages.cache.gather(agenda_file, page.output, glance, request)


def pictures(finished: FinishedPages) -> Iterator[Output]:
    """Every picture that a page shows, in each of its sizes."""
    for (key, name), image in finished.pages.images.items():
        if key in finished.site.files:
            for each in image.files:
                yield Output(each.path, Body(each.data), f"content/{key}/{name}")


def assets(finished: FinishedPages) -> Iterator[Output]:
    """Styles, scripts, fonts and logos; not the files that are only used to make other files."""
    for asset in finished.pages.assets:
        if not asset.name.startswith(MATERIAL):
            yield Output(asset.path, Body(asset.data), f"assets/{asset.name}")


def downloads(finished: FinishedPages) -> Iterator[Output]:
    """The published files of bundles other than pictures: PDF files."""
    for file in downloads_of(finished.site).values():
        yield Output(file.path, Body(file.data), file.name)


OUTPUTS: tuple[Callable[[FinishedPages], Iterable[Output]], ...] = (
    language_feeds,
    list_feeds,
    sitemaps,
    lambda finished: (robots(finished.site),),
    for_the_host,
    lambda finished: security_txt(finished.site, finished.pages.today),
    timelines,
    agendas,
    pictures,
    assets,
    downloads,
)


def files_beside(finished: FinishedPages) -> Iterator[Output]:
    """The files of all rows, in the order of the table."""
    for row in OUTPUTS:
        yield from row(finished)


def compressed(made: Iterable[Output], site: Site, cache: Cache) -> Iterator[Output]:
    """A `.br` and a `.gz` copy of each text file, if the host of the settings serves such copies."""
    host = host_of(site.settings.hosting)
    if not host.compressed:
        return
    own = {host.headers, host.redirects}
    for each in made:
        if each.path in own or not is_compressible(each.path, each.body.size):
            continue
        copies = cache.gather(compress, each.path, {"file": each.body}, each.body.read)
        for ending, data in (("br", copies.br), ("gz", copies.gz)):
            if data:
                yield Output(f"{each.path}.{ending}", Body(data), each.origin)


def _timeline_request(site: Site, composer: Composer, page: Page) -> TimelineRequest:
    """The content of the data files of a page's timeline. The page must have a timeline."""
    timeline, view = site.timeline(page.key), composer.page(page).timeline
    assert timeline is not None
    assert view is not None
    return TimelineRequest(
        timeline,
        view,
        page.path,
        site.url(page.path),
        site.settings.language(page.language),
        site.settings.organisation.short_name(page.language),
    )


def _agenda_request(site: Site, composer: Composer, page: Page) -> AgendaRequest:
    """The content of the calendar file of a page's agenda. The page must have an agenda.

    On a discreet page an entry holds only a date, and the organisation's name as its title: whoever
    sees the reader's calendar, at home or at work, does not learn the event.
    """
    records, agenda = agenda_of(site, page), composer.page(page).agenda
    assert records is not None
    assert agenda is not None
    shown = {each.id: each for each in (*agenda.coming, *agenda.past)}
    entries = [
        _calendar_entry(site, page, shown[each.id], date)
        for each in records.entries
        if each.id in shown
        for date in dates_of(each)
        if names_days(date)
    ]
    if agenda.discreet:
        entries = [_discreet(site, page.language, each) for each in entries]
    return AgendaRequest(tuple(entries), page.path, records.source.path)


def _calendar_entry(
    site: Site, page: Page, view: AgendaEventView, date: EventDate
) -> CalendarEntry:
    """The calendar entry for one date of an event, in the language of the page."""

    def words(name: str) -> str:
        return escape(view.fields[name] or "").striptags()

    url = f"{site.url(page.path)}#{view.id}"
    begin, end = _hours(date, site.settings.time_zone)
    return CalendarEntry(
        url,
        date.first,
        date.last,
        site.settings.language(page.language).tag,
        words("title"),
        words("text"),
        uid=f"{url}/{date.text}",
        place=words("place"),
        begin=begin,
        end=end,
        called_off=bool(view.fields["called_off"]),
    )


def _discreet(site: Site, language: str, entry: CalendarEntry) -> CalendarEntry:
    uid = hashlib.sha256(entry.uid.encode()).hexdigest()[:32]
    name = site.settings.organisation.short_name(language)
    return replace(entry, url=site.url(""), uid=uid, title=name, text="", place="")


def _hours(date: EventDate, zone: str) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """The moments at which a date starts and ends, in UTC. Each is None if the date gives no time
    of day for it.
    """
    if date.time is None:
        return None, None
    begin, last = moment_in(date.first, date.time, zone), date.end
    return begin, moment_in(last.last, last.time, zone) if last and last.time else None
