"""Makes all pages of a site, and what is gathered from all of them: the search index and the entries of
feeds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from diptych.bodies import Body
from diptych.cache import Cache
from diptych.content.layouts import layout_of
from diptych.diagnostics import Diagnostic, Message, Outcome, Span, say, warning
from diptych.model import Output
from diptych.outputs.atom import FeedEntry, archives
from diptych.pipeline.made import MadePage
from diptych.pipeline.pages import Pages
from diptych.pipeline.reading import SETTINGS
from diptych.pipeline.report import Report
from diptych.pipeline.values import Reading
from diptych.pipeline.whole import whole_files, whole_paths
from diptych.render import contents
from diptych.search import SCRIPT, SearchFailed, SearchText, can_index, make_index
from diptych.site import Page, Site, gone_addresses
from diptych.templating import Templates
from diptych.views import LinkView

Made = Sequence[tuple[Page, MadePage]]


@dataclass(frozen=True, slots=True, eq=False)
class FinishedPages:
    """All pages of a site, from which the other outputs are made."""

    pages: Pages
    made: Made
    others: tuple[MadePage, ...]  # the pages of years, and those of `_of_no_text`
    whole: tuple[MadePage, ...]  # the take-away files
    later: tuple[str, ...]  # the paths of take-away files that were not made
    texts: tuple[SearchText, ...]  # the input of the search index
    index: tuple[Output, ...]  # the files of the search index

    @property
    def site(self) -> Site:
        """The site to which the pages belong."""
        return self.pages.site

    @property
    def by_path(self) -> dict[str, MadePage]:
        """The finished pages by the paths of their files."""
        return {each.output.path: each for each in self.every}

    @property
    def every(self) -> tuple[MadePage, ...]:
        """The finished pages of `made`, `others` and `whole`, in this order."""
        return (*(each for _, each in self.made), *self.others, *self.whole)


def finished_pages(pages: Pages, *, index: bool, takeaway: bool) -> Outcome[FinishedPages]:
    """Makes all pages of a site; with `index` the files of the search index too, and with `takeaway` the
    take-away files.

    A page that lists all pages is made after the pages that it lists, since it shows values of them.
    """
    site, report = pages.site, Report()
    plain = [each for each in site.pages if not layout_of(each.document.front.layout).contents]
    made = list(zip(plain, map(report.take, pages.pages(plain)), strict=True))
    texts = tuple(each.text for _, each in made if each.text)
    files = report.take(_search_index(site, texts, pages.cache)) if index else ()
    works = bool(files) or (not index and can_index())
    searched = {each.lang for each in texts if works}
    made += [(page, report.take(each)) for page, each in _search_pages(pages, made, searched)]
    lists = site.with_layout(lambda layout: layout.lists)
    others = [report.take(each) for page in lists for each in pages.years(page)]
    others += map(report.take, _of_no_text(pages))
    whole = tuple(map(report.take, whole_files(pages, made))) if takeaway else ()
    later = () if takeaway else tuple(whole_paths(pages))
    found = FinishedPages(pages, tuple(made), tuple(others), whole, later, texts, files)
    return Outcome(found, report.diagnostics)


def try_templates(
    read: Reading, site: Site, templates: Templates, cache: Cache
) -> tuple[Diagnostic, ...]:
    """The diagnostics of the templates of a site that is not published because of other errors. To
    find them, its pages are rendered and dropped.
    """
    if not all(site.home(each.key) for each in site.settings.languages):
        return templates.check()
    pages = Pages(read, site, templates, cache)
    found = finished_pages(pages, index=False, takeaway=False).diagnostics
    return (*found, *templates.check()) if found else ()


def _search_pages(
    pages: Pages, made: Made, searched: Collection[str]
) -> Iterator[tuple[Page, Outcome[MadePage]]]:
    """The pages that list all pages. A page has Pagefind's script if the search index contains its
    language.
    """
    site, around = pages.site, pages.composer.neighbourhood
    shown = [(page, each.title, each.contents) for page, each in made if each.contents is not None]
    archived = _archive_links(site, made)
    for page in site.with_layout(lambda layout: layout.contents):
        tag = site.settings.language(page.language).tag
        script = site.href(SCRIPT) if tag in searched else None
        listed = contents(site, shown, page.language, around.years, around.year_links)
        links = tuple(archived.get(page.language, ()))
        yield page, pages.search_page(page, listed, links, script)


def _of_no_text(pages: Pages) -> Iterator[Outcome[MadePage]]:
    """The pages without a source text: the not-found page of each language, a page at each address
    of a removed page, and the two pages in no language.
    """
    languages = pages.site.settings.languages
    yield from map(pages.not_found, languages)
    for old in gone_addresses(pages.site):
        keys = {each.key: each for each in languages}
        path = old if old.endswith(".html") else f"{old}/index.html"
        yield pages.gone(path, keys.get(old.partition("/")[0], languages[0]))
    yield from map(pages.root, ("root", "404"))


def _search_index(
    site: Site, texts: tuple[SearchText, ...], cache: Cache
) -> Outcome[tuple[Output, ...]]:
    """The files of the index. It is made again only if a text changed.

    Diagnostics: search-index (a warning) if Pagefind is missing or fails; there are no files then.
    """
    if not texts:
        return Outcome(())
    if not can_index():
        return Outcome((), (_no_index(site, say("there is no search index: Pagefind is missing")),))
    try:
        files = cache.call(make_index, "pagefind", texts)
    except SearchFailed as failed:
        message = say("there is no search index, since Pagefind says: {reason}", reason=str(failed))
        return Outcome((), (_no_index(site, message),))
    return Outcome(tuple(Output(file.path, Body(file.data), SETTINGS) for file in files))


def _no_index(site: Site, message: Message) -> Diagnostic:
    hint = say("run `make site` once; until then the search page is a list of all there is")
    span = site.settings.search or Span(SETTINGS)
    return warning("search-index", span, message, hint)


def news_of(made: Made) -> dict[str, list[FeedEntry]]:
    """The entries of each language's news feed, by the key of the language."""
    found: dict[str, list[FeedEntry]] = {}
    for page, each in made:
        found.setdefault(page.language, []).extend(each.entries)
    return found


def news_below(made: Made) -> Iterator[tuple[Page, str, list[FeedEntry]]]:
    """Each list page, with its title and the entries of its feed."""
    below: dict[tuple[str | None, str], list[FeedEntry]] = {}
    for page, each in made:
        below.setdefault((page.parent, page.language), []).extend(each.entries)
    for page, each in made:
        if layout_of(page.document.front.layout).lists:
            yield page, each.title, below.get((page.key, page.language), [])


def _archive_links(site: Site, made: Made) -> dict[str, list[LinkView]]:
    """Links to the yearly archives of all feeds, by the key of their language, for the page that lists
    everything. Feed readers find the archives through the feed itself; people find them here.
    """
    feeds = [(key, "", f"{key}/feed.xml", entries) for key, entries in news_of(made).items()]
    feeds += (
        (page.language, f"{title}, ", f"{page.path}feed.xml", entries)
        for page, title, entries in news_below(made)
    )
    links: dict[str, list[LinkView]] = {}
    for language, title, feed, entries in feeds:
        links.setdefault(language, []).extend(
            LinkView(f"{title}{year}", site.href(path), current=False, ancestor=False, lang=None)
            for year, path in archives(feed, entries).items()
        )
    return links
