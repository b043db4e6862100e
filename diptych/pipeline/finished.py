"""Makes all pages of a site."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from diptych.cache import Cache
from diptych.content.layouts import layout_of
from diptych.diagnostics import Diagnostic, Outcome
from diptych.model import Output
from diptych.pipeline.making import MadePage
from diptych.pipeline.news import archive_links
from diptych.pipeline.pages import Pages
from diptych.pipeline.report import Report
from diptych.pipeline.searching import is_searched, search_index
from diptych.pipeline.values import Reading
from diptych.pipeline.whole import whole_files, whole_paths
from diptych.render import contents
from diptych.search import SCRIPT, SearchText, can_index
from diptych.site import Page, Site, gone_addresses
from diptych.templating import Templates

_ROOTS = ("root", "404")  # the templates of the pages that are in no language


@dataclass(frozen=True, slots=True, eq=False)
class FinishedPages:
    """All pages of a site, from which the other outputs are made."""

    pages: Pages
    made: tuple[tuple[Page, MadePage], ...]
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
    texts = tuple(each.text for _, each in made if each.text) if is_searched(site) else ()
    files = report.take(search_index(site, texts, pages.cache)) if index else ()
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
    pages: Pages, made: Sequence[tuple[Page, MadePage]], searched: Collection[str]
) -> Iterator[tuple[Page, Outcome[MadePage]]]:
    """The pages that list all pages. A page has Pagefind's script if the search index contains its
    language.
    """
    site, around = pages.site, pages.composer.around
    shown = [(page, each.title, each.contents) for page, each in made if each.contents is not None]
    for page in site.with_layout(lambda layout: layout.contents):
        tag = site.settings.language(page.language).tag
        script = site.href(SCRIPT) if tag in searched else None
        years = archive_links(site, made, page.language)
        listed = contents(site, shown, page.language, around.years, around.year_links)
        yield page, pages.search_page(page, listed, years, script)


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
    yield from map(pages.root, _ROOTS)
