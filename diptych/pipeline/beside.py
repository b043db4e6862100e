"""The table of the outputs beside the pages. Each row is a function from the finished pages to
files.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from diptych.bodies import Body
from diptych.cache import Cache
from diptych.files import MadeImage
from diptych.files.assets import hashed_path
from diptych.model import Asset, Output, ending_of
from diptych.outputs.atom import atom, list_feed
from diptych.outputs.calendar import agenda_file
from diptych.outputs.hosting.files import hosting_files
from diptych.outputs.hosting.rules import Allowed, header_rules
from diptych.outputs.root_files import SitemapRequest, robots, security_txt, sitemap
from diptych.outputs.timeline_data import timeline_data
from diptych.pipeline.agendas import agenda_request
from diptych.pipeline.forms import form_policy
from diptych.pipeline.news import news_below, news_of
from diptych.pipeline.pages import MadePage, Pages
from diptych.pipeline.sharing import is_material
from diptych.render import agenda_of
from diptych.site import Page, Site


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The finished pages, and everything else that the other outputs are made from."""

    site: Site
    pages: Pages
    made: tuple[tuple[Page, MadePage], ...]
    others: tuple[MadePage, ...]  # not-found pages, and the choice of language
    whole: tuple[MadePage, ...]  # the files that hold the whole site
    images: Mapping[tuple[str, str], MadeImage]
    assets: tuple[Asset, ...]
    cache: Cache
    today: datetime.date | None  # the day of the build; None for a build in which nothing expires

    @property
    def every(self) -> tuple[MadePage, ...]:
        """The finished pages of `made`, `others` and `whole`, in this order."""
        return (*(each for _, each in self.made), *self.others, *self.whole)


def language_feeds(drawn: Drawn) -> Iterator[Output]:
    """The news feed of each language, as Atom (RFC 4287)."""
    news = news_of(drawn.made)
    for language in drawn.site.settings.languages:
        yield from atom(drawn.site, language, news.get(language.key, ()))


def list_feeds(drawn: Drawn) -> Iterator[Output]:
    """For each list page, a feed of the pages below it, as Atom (RFC 4287)."""
    for page, title, entries in news_below(drawn.made):
        yield from list_feed(drawn.site, page, title, entries)


def sitemaps(drawn: Drawn) -> Iterator[Output]:
    """The sitemap: every page that search engines may index, with its versions in other languages."""
    pages = (*(each for _, each in drawn.made), *drawn.others)
    found = tuple(each.listed for each in pages if each.listed)
    yield drawn.cache.call(sitemap, "sitemap.xml", SitemapRequest(found))


def for_the_host(drawn: Drawn) -> Iterable[Output]:
    """The configuration files for the host: headers of each file (above all the content security
    policy) and redirects of old addresses.
    """
    styles = {style for each in drawn.every for style in each.styles}
    scripts = {script for each in drawn.whole for script in each.scripts}
    paths = tuple(each.output.path for each in drawn.whole)
    allowed = Allowed(tuple(sorted(styles)), tuple(sorted(scripts)), bool(drawn.images), paths)
    searched = (page.path for page, each in drawn.made if each.searches)
    rules = header_rules(allowed, searched, form_policy(drawn.site.settings))
    return hosting_files(drawn.site, rules)


def timelines(drawn: Drawn) -> Iterator[Output]:
    """Every timeline in every language as data files: JSON, CSV, iCalendar."""
    for page in drawn.site.pages:
        if drawn.site.timeline(page.key) is not None:
            request = partial(drawn.pages.timeline, page)
            glance = drawn.pages.glance(page)
            yield from drawn.cache.gather(timeline_data, page.output, glance, request)


def agendas(drawn: Drawn) -> Iterator[Output]:
    """Every agenda in every language as a calendar file (iCalendar)."""
    for page in drawn.site.pages:
        if agenda_of(drawn.site, page) is not None:
            request = partial(agenda_request, drawn.site, drawn.pages.composer, page)
            glance = drawn.pages.glance(page)
            yield from drawn.cache.gather(agenda_file, page.output, glance, request)


def pictures(drawn: Drawn) -> Iterator[Output]:
    """Every picture that a page shows, in each of its sizes."""
    for (key, name), image in drawn.images.items():
        if key in drawn.site.files:
            for each in image.files:
                yield Output(each.path, Body(each.data), f"content/{key}/{name}")


def assets(drawn: Drawn) -> Iterator[Output]:
    """Styles, scripts, fonts and logos; not the files that are only used to make other files."""
    for asset in drawn.assets:
        if not is_material(asset):
            yield Output(asset.path, Body(asset.data), f"assets/{asset.name}")


def downloads(drawn: Drawn) -> Iterator[Output]:
    """The published files of bundles other than pictures: PDF files."""
    for file in downloads_of(drawn.site).values():
        yield Output(file.path, Body(file.data), file.name)


OUTPUTS: tuple[Callable[[Drawn], Iterable[Output]], ...] = (
    language_feeds,
    list_feeds,
    sitemaps,
    lambda drawn: (robots(drawn.site),),
    for_the_host,
    lambda drawn: security_txt(drawn.site, drawn.today),
    timelines,
    agendas,
    pictures,
    assets,
    downloads,
)


def files_beside(drawn: Drawn) -> Iterator[Output]:
    """The files of all rows, in the order of the table."""
    for row in OUTPUTS:
        yield from row(drawn)


def downloads_of(site: Site) -> dict[tuple[str, str], Asset]:
    """The PDF files of bundles, by page key and file name. The path of each contains its digest."""
    return {
        (key, name): Asset(file.path, hashed_path(name, file.data), file.data)
        for key, names in site.files.items()
        for name, file in names.items()
        if ending_of(name) == ".pdf"
    }
