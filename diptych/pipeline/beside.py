"""The table of the outputs beside the pages. Each row is a function from the finished pages to
files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from diptych.bodies import Body
from diptych.model import Output
from diptych.outputs.atom import atom, list_feed
from diptych.outputs.calendar import agenda_file
from diptych.outputs.hosting.files import hosting_files
from diptych.outputs.hosting.rules import Allowed, header_rules
from diptych.outputs.root_files import SitemapRequest, robots, security_txt, sitemap
from diptych.outputs.timeline_data import timeline_data
from diptych.pipeline.agendas import agenda_request
from diptych.pipeline.bundles import downloads_of
from diptych.pipeline.finished import FinishedPages
from diptych.pipeline.forms import form_policy
from diptych.pipeline.news import news_below, news_of
from diptych.pipeline.sharing import is_material
from diptych.render import agenda_of


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
    found = tuple(each.listed for each in pages if each.listed)
    yield finished.pages.cache.call(sitemap, "sitemap.xml", SitemapRequest(found))


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
    rules = header_rules(allowed, searched, form_policy(finished.site.settings))
    return hosting_files(finished.site, rules)


def timelines(finished: FinishedPages) -> Iterator[Output]:
    """Every timeline in every language as data files: JSON, CSV, iCalendar."""
    for page in finished.site.pages:
        if finished.site.timeline(page.key) is not None:
            request = partial(finished.pages.timeline, page)
            glance = finished.pages.glance(page)
            yield from finished.pages.cache.gather(timeline_data, page.output, glance, request)


def agendas(finished: FinishedPages) -> Iterator[Output]:
    """Every agenda in every language as a calendar file (iCalendar)."""
    for page in finished.site.pages:
        if agenda_of(finished.site, page) is not None:
            request = partial(agenda_request, finished.site, finished.pages.composer, page)
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
        if not is_material(asset):
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
