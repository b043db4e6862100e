"""A site -> its outputs: pages, feeds, data, pictures, assets: the second half of a build."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from diptych.cache import Cache, digest
from diptych.content.layouts import layout_of
from diptych.diagnostics import Diagnostic, Outcome, Source
from diptych.files import MadeImage
from diptych.files.assets import hashed_path
from diptych.files.theme import THEME, named, overlaid
from diptych.html import PageFacts
from diptych.i18n import Strings, strings_of
from diptych.model import Asset, Output
from diptych.outputs import (
    Allowed,
    atom,
    headers,
    list_feed,
    redirects,
    robots,
    security_txt,
    sitemap,
    timeline_data,
)
from diptych.pipeline.extending import own_filters, own_outputs
from diptych.pipeline.forms import form_policy
from diptych.pipeline.pages import Look, MadePage, Pages
from diptych.pipeline.searching import is_searched, search_index
from diptych.pipeline.sharing import Sharing, is_material
from diptych.pipeline.whole import whole_files
from diptych.render import Composer, contents
from diptych.search import SCRIPT, SearchText, can_index
from diptych.site import Page, Site
from diptych.templating import Templates
from diptych.translation import Verdict
from diptych.values import Value, field

Images = Mapping[tuple[str, str], MadeImage]
Made = list[tuple[Page, MadePage]]


class Work(Value):
    """What the second half of a build works with."""

    site: Site
    verdicts: Mapping[str, Verdict]
    sources: Mapping[str, Source]
    images: Images
    assets: tuple[Asset, ...]
    cache: Cache
    index: bool = True  # whether the search index is made, or left to whoever shows the site
    today: datetime.date | None = None  # for what expires; None: nothing does


class Written(Value):
    """What the second half of a build makes."""

    outputs: tuple[Output, ...] = ()
    texts: tuple[SearchText, ...] = ()  # what the search index is made of
    facts: Mapping[str, PageFacts] = field(default_factory=dict)  # of the pages, by path


def check_templates(work: Work) -> tuple[Diagnostic, ...]:
    """What is wrong with the templates, also with those that no page uses."""
    return _templates(work, _strings(work)).check()


def changed_templates(work: Work) -> tuple[Diagnostic, ...]:
    """The site's copies of templates that the theme has changed since."""
    return tuple(_templates(work, _strings(work)).copied())


def try_templates(work: Work) -> tuple[Diagnostic, ...]:
    """What is wrong with the templates of a site that is not published for other reasons."""
    site = work.site
    if not all(site.home(each.key) for each in site.settings.languages):
        return check_templates(work)
    found: list[Diagnostic] = []
    _draw(work, _pages(work), found, index=False)
    return (*found, *check_templates(work)) if found else ()


def check_syntax(sources: Mapping[str, Source], cache: Cache) -> tuple[Diagnostic, ...]:
    """What is wrong with the templates when there are no settings to make a site with."""
    return Templates(_template_sources(sources), {}, (), str, cache).check()


def outputs(work: Work) -> Outcome[Written]:
    """Every file of the finished site, by path."""
    site, cache, pages = work.site, work.cache, _pages(work)
    problems: list[Diagnostic] = []
    made, others, texts, index = _draw(work, pages, problems, index=work.index)
    whole = [
        _taken(each, problems)
        for each in whole_files(site, pages, made, work.assets, work.images, cache)
    ]
    every = [*(each for _, each in made), *others, *whole]
    shared = pages.sharing.draw((each.share for each in every if each.share), cache)
    problems += shared.diagnostics
    own = own_outputs(site)
    problems += own.diagnostics
    files = [
        *(each.output for each in every),
        *index,
        *_feeds(site, made, others),
        *_for_hosts(work, made, every, whole),
        *_timelines(site, pages, cache),
        *shared.value,
        *_copied(work),
        *own.value,
    ]
    facts = {each.output.path: each.facts for each in every}
    return Outcome(Written(_unique(files), texts, facts), tuple(problems))


def _draw(
    work: Work, pages: Pages, problems: list[Diagnostic], *, index: bool
) -> tuple[Made, list[MadePage], tuple[SearchText, ...], tuple[Output, ...]]:
    """The pages of the site, those of no text, what can be searched in them, and the search index.

    The pages that list all there is come last, since they show what the others hold.
    """
    site = work.site
    made: Made = []
    for page in site.pages:
        if not layout_of(page.document.front.layout).contents:
            made.append((page, _taken(pages.page(page), problems)))
    texts = tuple(each.text for _, each in made if each.text) if is_searched(site) else ()
    found = search_index(site, texts, work.cache) if index else Outcome(())
    problems += found.diagnostics
    works = bool(found.value) or (not index and can_index())
    made += _search_pages(site, pages, made, {each.lang for each in texts if works}, problems)
    others = [_taken(each, problems) for each in _of_no_text(pages, site)]
    return made, others, texts, found.value


def _taken(outcome: Outcome[MadePage], problems: list[Diagnostic]) -> MadePage:
    problems += outcome.diagnostics
    return outcome.value


def _pages(work: Work) -> Pages:
    site, strings = work.site, _strings(work)
    look = Look(
        digest((_template_sources(work.sources), own_filters(site.extend))),
        digest((site.catalogs, site.settings.languages)),
        digest(work.assets),
    )
    composer = Composer(site, strings, work.images, _downloads(site), work.verdicts)
    templates, sharing = _templates(work, strings), Sharing(site, work.assets)
    return Pages(site, composer, templates, look, work.verdicts, work.images, sharing, work.cache)


def _templates(work: Work, strings: Mapping[str, Strings]) -> Templates:
    sources = _template_sources(work.sources)
    site = work.site
    return Templates(sources, strings, work.assets, site.href, work.cache, site.extend)


def _template_sources(sources: Mapping[str, Source]) -> dict[str, Source]:
    """By the name that templates call each other by; `theme/…` is always the theme's."""
    theme = named(sources, f"{THEME}/templates")
    return {
        **overlaid(sources, "templates"),
        **{f"theme/{name}": source for name, source in theme.items()},
    }


def _strings(work: Work) -> dict[str, Strings]:
    return {
        each.key: strings_of(work.site.catalogs[each.key], each.locale)
        for each in work.site.settings.languages
    }


def _search_pages(
    site: Site, pages: Pages, made: Made, searched: set[str], problems: list[Diagnostic]
) -> Made:
    """The pages that list all there is, with Pagefind's script where their language can be searched."""
    shown = [(page, each.contents) for page, each in made if each.contents is not None]
    lists = [page for page in site.pages if layout_of(page.document.front.layout).contents]
    found: Made = []
    for page in lists:
        script = (
            site.href(SCRIPT) if site.settings.language(page.language).tag in searched else None
        )
        outcome = pages.search_page(page, contents(site, shown, page.language), script)
        found.append((page, _taken(outcome, problems)))
    return found


def _of_no_text(pages: Pages, site: Site) -> Iterator[Outcome[MadePage]]:
    """Each language's not-found page, and the two pages of no language."""
    for language in site.settings.languages:
        yield pages.not_found(language)
    yield pages.root("root")
    yield pages.root("404")


def _feeds(site: Site, made: Made, others: Iterable[MadePage]) -> Iterator[Output]:
    """What tells of pages: the feeds of languages and of lists, and the sitemap."""
    for language in site.settings.languages:
        own = [each for page, each in made if page.language == language.key]
        yield atom(site, language, [entry for each in own for entry in each.entries])
    below: dict[tuple[str | None, str], list[MadePage]] = {}
    for page, each in made:
        below.setdefault((page.parent, page.language), []).append(each)
    for page, each in made:
        if layout_of(page.document.front.layout).lists:
            children = below.get((page.key, page.language), ())
            yield list_feed(
                site, page, each.title, [e for child in children for e in child.entries]
            )
    yield sitemap([each.listed for each in (*(each for _, each in made), *others) if each.listed])


def _for_hosts(
    work: Work, made: Made, every: Iterable[MadePage], whole: Iterable[MadePage]
) -> Iterator[Output]:
    """What hosts and robots read."""
    site = work.site
    styles = {style for each in every for style in each.styles}
    scripts = {script for each in whole for script in each.scripts}
    paths = tuple(each.output.path for each in whole)
    allowed = Allowed(tuple(sorted(styles)), tuple(sorted(scripts)), bool(work.images), paths)
    yield robots(site)
    searched = (page.path for page, each in made if each.searches)
    yield from headers(site, allowed, searched, form_policy(site.settings))
    yield from security_txt(site, work.today)
    yield from redirects(site)


def _timelines(site: Site, pages: Pages, cache: Cache) -> Iterator[Output]:
    """Every timeline in every language as data."""
    for page in site.pages:
        timeline = site.timeline(page.key)
        if timeline is None:
            continue

        request = partial(pages.timeline, page)
        yield from cache.gather(timeline_data, page.output, pages.glance(page), request)


def _copied(work: Work) -> Iterator[Output]:
    """Pictures, assets and downloads."""
    site = work.site
    for (key, name), image in work.images.items():
        if key in site.files:
            for each in image.files:
                yield Output(each.path, each.data, f"content/{key}/{name}")
    for asset in work.assets:
        if not is_material(asset):
            yield Output(asset.path, asset.data, f"assets/{asset.name}")
    for file in _downloads(site).values():
        yield Output(file.path, file.data, file.name)


def _downloads(site: Site) -> dict[tuple[str, str], Asset]:
    """The files of bundles that are no pictures, under names that carry their digest."""
    return {
        (key, name): Asset(file.path, hashed_path(name, file.data), file.data)
        for key, names in site.files.items()
        for name, file in names.items()
        if name.lower().endswith(".pdf")
    }


def _unique(files: Iterable[Output]) -> tuple[Output, ...]:
    """By path; the same bytes twice under one address (two copies of a picture) are one file."""
    return tuple(sorted({(o.path, o.data): o for o in files}.values(), key=lambda o: o.path))
