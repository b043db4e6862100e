"""A site -> its outputs: pages, feeds, data, pictures, assets: the second half of a build."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from functools import partial

from diptych.cache import Cache, digest
from diptych.content.layouts import layout_of
from diptych.diagnostics import Diagnostic, Outcome, Source
from diptych.files import MadeImage
from diptych.files.assets import hashed_path, integrity
from diptych.files.theme import THEME, named, overlaid
from diptych.i18n import Strings, strings_of
from diptych.model import Asset, Output
from diptych.outputs import (
    Allowed,
    atom,
    headers,
    list_feeds,
    redirects,
    robots,
    security_txt,
    sitemap,
    timeline_data,
)
from diptych.pipeline.forms import form_policy
from diptych.pipeline.searching import search_index, search_pages, search_texts
from diptych.pipeline.sharing import is_material, share_pictures
from diptych.render import Composer, takeaway, takeaway_style
from diptych.search import SearchText, can_index
from diptych.site import Page, Site
from diptych.site.values import FALLBACK
from diptych.templating import Templates
from diptych.translation import Verdict
from diptych.values import Value
from diptych.views import PageView, RootView

_STYLE, _SCRIPT = (  # in steps from one < to the next
    re.compile(rb"<%b>([^<]*(?:<(?!/%b>)[^<]*)*)" % (name, name)) for name in (b"style", b"script")
)

Images = Mapping[tuple[str, str], MadeImage]


Job = tuple[Templates, str, str, str, object, str]  # path, template, language, view, origin


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


def check_templates(work: Work) -> tuple[Diagnostic, ...]:
    """What is wrong with the templates, also with those that no page uses."""
    return _templates(work).check()


def changed_templates(work: Work) -> tuple[Diagnostic, ...]:
    """The site's copies of templates that the theme has changed since."""
    return tuple(_templates(work).copied())


def try_templates(work: Work) -> tuple[Diagnostic, ...]:
    """What is wrong with the templates of a site that is not published for other reasons."""
    site, composer = work.site, _composer(work)
    if not all(site.home(each.key) for each in site.settings.languages):
        return check_templates(work)
    pages = [(page, composer.page(page)) for page in site.pages]
    found = _render(work, composer, pages).diagnostics
    return (*found, *check_templates(work)) if found else ()


def check_syntax(sources: Mapping[str, Source], cache: Cache) -> tuple[Diagnostic, ...]:
    """What is wrong with the templates when there are no settings to make a site with."""
    return Templates(_template_sources(sources), {}, (), str, cache).check()


def outputs(work: Work) -> Outcome[Written]:
    """Every file of the finished site, by path."""
    site, composer = work.site, _composer(work)
    views = [(page, composer.page(page)) for page in site.pages]
    texts = search_texts(site, views, work.cache)
    index = search_index(site, texts, work.cache) if work.index else Outcome(())
    searched = bool(index.value) or (not work.index and can_index())
    views = search_pages(site, views, {text.lang for text in texts if searched})
    shared = share_pictures(site, views, work.assets, work.cache)
    views, pictures = shared.value
    rendered = _render(work, composer, views)
    kept = [v for page, v in views if page.state != FALLBACK and not layout_of(v.layout).contents]
    whole = _takeaways(work, kept)
    files = [
        *rendered.value,
        *whole.value,
        *index.value,
        *_feeds(work, composer, views, _allowed(work, rendered.value, whole.value)),
        *(
            Output(each.path, each.data, f"content/{key}/{name}")
            for (key, name), image in work.images.items()
            if key in site.files
            for each in image.files
        ),
        *pictures,
        *(
            Output(asset.path, asset.data, f"assets/{asset.name}")
            for asset in work.assets
            if not is_material(asset)
        ),
        *(Output(file.path, file.data, file.name) for file in _downloads(site).values()),
    ]
    problems = (*shared.diagnostics, *rendered.diagnostics, *whole.diagnostics, *index.diagnostics)
    return Outcome(Written(_unique(files), texts), problems)


def _composer(work: Work) -> Composer:
    return Composer(
        work.site, _strings(work), work.images, _downloads(work.site), work.verdicts, work.cache
    )


def _templates(work: Work) -> Templates:
    """One value for as long as nothing in it changes, with the templates that it has loaded."""
    site, strings = work.site, _strings(work)
    decides = (_template_sources(work.sources), strings, work.assets, site.settings.base_url)
    return work.cache.again(
        ("templates",),
        lambda each: Templates(each[0], strings, each[2], site.href, work.cache),
        decides,
    )


def _template_sources(sources: Mapping[str, Source]) -> dict[str, Source]:
    """By the name that templates call each other by; `theme/…` is always the theme's."""
    theme = named(sources, f"{THEME}/templates")
    return {
        **overlaid(sources, "templates"),
        **{f"theme/{name}": source for name, source in theme.items()},
    }


def _strings(work: Work) -> dict[str, Strings]:
    return {
        each.key: work.cache.again(
            ("strings", each.key),
            lambda both: strings_of(*both),
            (work.site.catalogs[each.key], each.locale),
        )
        for each in work.site.settings.languages
    }


def _render(
    work: Work, composer: Composer, views: Iterable[tuple[Page, PageView]]
) -> Outcome[tuple[Output, ...]]:
    """Every page, each language's not-found page, and the two pages of no language."""
    site, templates = work.site, _templates(work)
    jobs: list[tuple[str, str, str, PageView | RootView, str]] = [
        (page.output, f"{view.layout}.html", page.language, view, page.document.source.path)
        for page, view in views
    ]
    for language in site.settings.languages:
        path = f"{language.key}/404.html"
        jobs.append(
            (path, "404.html", language.key, composer.not_found(language), "templates/404.html")
        )
    first = site.settings.languages[0].key
    jobs.append(("index.html", "root.html", first, composer.root("root"), "templates/root.html"))
    jobs.append(("404.html", "root.html", first, composer.root("404"), "templates/root.html"))
    look = _look(work)
    made: list[Output] = []
    problems: list[Diagnostic] = []
    for job in jobs:
        draw = partial(_kept, work.cache, look)
        outcome = work.cache.again(("page", job[0]), draw, (templates, *job))
        problems += outcome.diagnostics
        made.append(outcome.value)
    return Outcome(tuple(made), tuple(problems))


def _look(work: Work) -> str:
    """The digest of what every page is drawn with: templates, strings and assets."""
    site = work.site
    decides = (
        _template_sources(work.sources),
        site.catalogs,
        site.settings.languages,
        work.assets,
        site.settings.base_url,
    )
    return work.cache.again(("look",), digest, decides)


def _kept(cache: Cache, look: str, job: Job) -> Outcome[Output]:
    """One page, from the cache when its view and the look are those of an earlier run."""
    return cache.call(_rendered, job, (look, *job[1:]), slot=job[1])


def _rendered(job: Job) -> Outcome[Output]:
    """One page; the same bytes for as long as its view and the templates are the same."""
    templates, path, template, key, view, origin = job
    outcome = templates.render(template, key, view)
    return Outcome(Output(path, outcome.value.encode("utf-8"), origin), outcome.diagnostics)


def _takeaways(work: Work, views: Iterable[PageView]) -> Outcome[tuple[Output, ...]]:
    """The whole site of each language as one file."""
    site, templates = work.site, _templates(work)
    look = _look(work)
    style = takeaway_style(work.assets)
    pictures = {site.href(each.fallback.path): each.fallback.data for each in work.images.values()}
    made: list[Output] = []
    problems: list[Diagnostic] = []
    for language in site.settings.languages:
        own = [view for view in views if view.lang == language.tag]
        if not own or own[0].site.takeaway is None:
            continue
        path = own[0].site.takeaway.removeprefix(site.href(""))
        places = tuple((page.key, page.path) for page in site.pages)
        outcome = work.cache.again(
            ("takeaway", language.key),
            lambda each: _kept(
                work.cache,
                look,
                (
                    each[0],
                    path,  # noqa: B023  # called within this turn of the loop
                    "takeaway.html",
                    language.key,  # noqa: B023
                    takeaway(site, *each[1:4]),
                    "templates/takeaway.html",
                ),
            ),
            (templates, own, style, pictures, path, places, site.settings),
        )
        problems += outcome.diagnostics
        made.append(outcome.value)
    return Outcome(tuple(made), tuple(problems))


def _feeds(
    work: Work, composer: Composer, views: list[tuple[Page, PageView]], allowed: Allowed
) -> Iterable[Output]:
    site = work.site
    told = [each for each in views if each[0].document.front.date or each[1].timeline]
    for language in site.settings.languages:
        yield work.cache.again(
            ("atom", language.key),
            lambda each: atom(site, *each[:2]),
            (language, told, site.home(language.key), site.timelines, site.settings),
        )
    yield from list_feeds(site, views)
    yield sitemap([*(view for _, view in views), composer.root("root")])
    yield robots(site)
    searched = (page.path for page, view in views if view.search is not None)
    yield from headers(site, allowed, searched, form_policy(site.settings))
    yield from security_txt(site, work.today)
    yield from redirects(site)
    for page, view in views:
        timeline = site.timeline(page.key)
        if timeline is not None and view.timeline is not None:
            yield from work.cache.again(
                ("timeline-data", page.output),
                lambda each: timeline_data(site, *each[:3], work.cache),
                (page, timeline, view.timeline, site.settings),
            )


def _allowed(work: Work, pages: Iterable[Output], whole: tuple[Output, ...]) -> Allowed:
    """What stands in the pages themselves, and in the files that hold a whole site."""
    styles = {each for page in (*pages, *whole) for each in _hashes(_STYLE, page, work.cache)}
    scripts = {each for page in whole for each in _hashes(_SCRIPT, page, work.cache)}
    paths = tuple(file.path for file in whole)
    return Allowed(tuple(sorted(styles)), tuple(sorted(scripts)), bool(work.images), paths)


def _hashes(element: re.Pattern[bytes], page: Output, cache: Cache) -> Iterable[str]:
    key = ("inline", element.pattern.decode(), page.path)
    found = cache.again(key, element.findall, page.data)
    return (integrity(each.decode()) for each in dict.fromkeys(found))


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
