"""The second half of a build: a site becomes its outputs (pages, feeds, data, pictures, assets)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from diptych.cache import Cache, digest
from diptych.content.layouts import layout_of
from diptych.diagnostics import Diagnostic, Outcome, Source
from diptych.files import MadeImage
from diptych.files.theme import THEME, named, overlaid
from diptych.i18n import Strings, strings_of
from diptych.model import Asset, Output
from diptych.pipeline.beside import Drawn, downloads_of, files_beside
from diptych.pipeline.extending import own_filters, own_outputs
from diptych.pipeline.news import archive_links
from diptych.pipeline.pages import Look, MadePage, Pages
from diptych.pipeline.searching import is_searched, search_index
from diptych.pipeline.sharing import Sharing
from diptych.pipeline.whole import whole_files, whole_paths
from diptych.render import Composer, contents
from diptych.search import SCRIPT, SearchText, can_index
from diptych.site import Page, Site, gone_addresses
from diptych.templating import Templates
from diptych.translation import LanguageReport
from diptych.values import Value, field

_ROOTS = ("root", "404")  # the pages of no language
Images = Mapping[tuple[str, str], MadeImage]
Made = list[tuple[Page, MadePage]]


class WritingInput(Value):
    """The input of the second half of a build."""

    site: Site
    reports: Mapping[str, LanguageReport]
    sources: Mapping[str, Source]
    images: Images
    assets: tuple[Asset, ...]
    cache: Cache
    index: bool = True  # whether the search index is made; if not, the preview makes it
    # the day of the build; None for a build in which nothing expires
    today: datetime.date | None = None
    takeaway: bool = True  # whether the take-away files are made; if not, the preview makes them


class Written(Value):
    """The result of the second half of a build."""

    outputs: tuple[Output, ...] = ()
    texts: tuple[SearchText, ...] = ()  # the input of the search index
    pages: Mapping[str, MadePage] = field(default_factory=dict)  # by path
    later: tuple[str, ...] = ()  # the paths of take-away files that were not made


def templates_of(work: WritingInput) -> Templates:
    """The templates that render the pages: the site's own, and the theme's for all others."""
    sources, site = _template_sources(work.sources), work.site
    return Templates(sources, _strings(work), work.assets, site.href, work.cache, site.extend)


def try_templates(work: WritingInput, templates: Templates) -> tuple[Diagnostic, ...]:
    """The diagnostics of the templates of a site that is not published because of other errors. To
    find them, its pages are rendered and dropped.
    """
    site = work.site
    if not all(site.home(each.key) for each in site.settings.languages):
        return templates.check()
    found: list[Diagnostic] = []
    _draw(work, _pages(work, templates), found, index=False)
    return (*found, *templates.check()) if found else ()


def check_syntax(sources: Mapping[str, Source], cache: Cache) -> tuple[Diagnostic, ...]:
    """The diagnostics of the templates of a site whose settings cannot be read."""
    return Templates(_template_sources(sources), {}, (), str, cache).check()


def outputs(work: WritingInput, templates: Templates) -> Outcome[Written]:
    """Every file of the finished site, by path."""
    site, cache, pages = work.site, work.cache, _pages(work, templates)
    problems: list[Diagnostic] = []
    made, others, texts, index = _draw(work, pages, problems, index=work.index)
    whole = _whole(work, pages, made, problems) if work.takeaway else []
    later = () if work.takeaway else tuple(whole_paths(site, pages.composer))
    drawn = Drawn(
        site,
        pages,
        tuple(made),
        tuple(others),
        tuple(whole),
        work.images,
        work.assets,
        cache,
        work.today,
    )
    every = drawn.every
    shared = Sharing(site, work.assets).draw((each.share for each in every if each.share), cache)
    problems += shared.diagnostics
    own = own_outputs(site)
    problems += own.diagnostics
    files = [
        *(each.output for each in every),
        *index,
        *files_beside(drawn),
        *shared.value,
        *own.value,
    ]
    by_path = {each.output.path: each for each in every}
    return Outcome(Written(_unique(files), texts, by_path, later), tuple(problems))


def takeaway_files(work: WritingInput) -> Outcome[tuple[Output, ...]]:
    """Only the take-away files, for a caller whose build left them out."""
    pages = _pages(work, templates_of(work))
    problems: list[Diagnostic] = []
    made = _draw(work, pages, problems, index=False)[0]
    whole = _whole(work, pages, made, problems)
    return Outcome(tuple(each.output for each in whole), tuple(problems))


def _whole(
    work: WritingInput, pages: Pages, made: Made, problems: list[Diagnostic]
) -> list[MadePage]:
    """The take-away files."""
    files = whole_files(work.site, pages, made, work.assets, work.images, work.cache)
    return [_taken(each, problems) for each in files]


def _draw(
    work: WritingInput, pages: Pages, problems: list[Diagnostic], *, index: bool
) -> tuple[Made, list[MadePage], tuple[SearchText, ...], tuple[Output, ...]]:
    """Renders all pages. The result: the pages of the site, the pages without a source text (see
    `_of_no_text`) and of years, the texts for the search index, and the files of the index.

    The pages that list everything are made last, since they show values of all other pages.
    """
    site = work.site
    plain = [each for each in site.pages if not layout_of(each.document.front.layout).contents]
    drawn = zip(plain, pages.pages(plain), strict=True)
    made = [(page, _taken(outcome, problems)) for page, outcome in drawn]
    texts = tuple(each.text for _, each in made if each.text) if is_searched(site) else ()
    found = search_index(site, texts, work.cache) if index else Outcome(())
    problems += found.diagnostics
    works = bool(found.value) or (not index and can_index())
    made += _search_pages(site, pages, made, {each.lang for each in texts if works}, problems)
    long = site.with_layout(lambda layout: layout.lists)
    others = [_taken(each, problems) for page in long for each in pages.years(page)]
    others += [_taken(each, problems) for each in _of_no_text(pages, site)]
    return made, others, texts, found.value


def _taken(outcome: Outcome[MadePage], problems: list[Diagnostic]) -> MadePage:
    problems += outcome.diagnostics
    return outcome.value


def _pages(work: WritingInput, templates: Templates) -> Pages:
    site, strings = work.site, _strings(work)
    look = Look(
        digest((templates.sources, own_filters(site.extend))),
        digest((site.catalogs, site.settings.languages)),
        digest(work.assets),
    )
    composer = Composer(
        site,
        strings,
        work.images,
        downloads_of(site),
        work.reports,
        Sharing(site, work.assets).with_picture,
        work.today,
    )
    return Pages(site, composer, templates, look, work.reports, work.images, work.cache, work.today)


def _template_sources(sources: Mapping[str, Source]) -> dict[str, Source]:
    """The templates by the names that templates use for each other. A name `theme/…` is always a
    template of the theme, even if the site has a template of its own in place of it.
    """
    theme = named(sources, f"{THEME}/templates")
    return {
        **overlaid(sources, "templates"),
        **{f"theme/{name}": source for name, source in theme.items()},
    }


def _strings(work: WritingInput) -> dict[str, Strings]:
    return {
        each.key: strings_of(work.site.catalogs[each.key], each.locale)
        for each in work.site.settings.languages
    }


def _search_pages(
    site: Site, pages: Pages, made: Made, searched: set[str], problems: list[Diagnostic]
) -> Made:
    """The pages that list everything. A page has Pagefind's script if the search index contains its
    language.
    """
    shown = [(page, each.title, each.contents) for page, each in made if each.contents is not None]
    lists = site.with_layout(lambda layout: layout.contents)
    found: Made = []
    for page in lists:
        script = (
            site.href(SCRIPT) if site.settings.language(page.language).tag in searched else None
        )
        years = archive_links(site, made, page.language)
        around = pages.composer.around
        listed = contents(site, shown, page.language, around.years, around.year_links)
        outcome = pages.search_page(page, listed, years, script)
        found.append((page, _taken(outcome, problems)))
    return found


def _of_no_text(pages: Pages, site: Site) -> Iterator[Outcome[MadePage]]:
    """The pages without a source text: the not-found page of each language, a page at each address
    of a removed page, and the two pages in no language.
    """
    for language in site.settings.languages:
        yield pages.not_found(language)
    for old in gone_addresses(site):
        keys = {each.key: each for each in site.settings.languages}
        path = old if old.endswith(".html") else f"{old}/index.html"
        yield pages.gone(path, keys.get(old.partition("/")[0], site.settings.languages[0]))
    yield from map(pages.root, _ROOTS)


def _unique(files: Iterable[Output]) -> tuple[Output, ...]:
    """The files sorted by path. Equal files with the same path (two copies of a picture) become
    one.
    """
    return tuple(sorted({(o.path, o.body): o for o in files}.values(), key=lambda o: o.path))
