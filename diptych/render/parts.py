"""Divides the take-away file of a large site into one file for each section.

The size of a file is estimated from the sources of its pages. It must be known before any page is
rendered, since the footer of every page says whether the link leads to one file or to a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from diptych.content.layouts import layout_of
from diptych.markdown import free_name
from diptych.render.prose import interface
from diptych.render.takeaway import NAME, takeaway_path
from diptych.site import Page, Site
from diptych.site.values import FALLBACK
from diptych.values import Value

LIMIT = 2_000_000  # bytes of texts and pictures in one file: some ten seconds of a slow connection
_OTHERS = interface("Other pages")  # the section of top-level pages without pages below them


class TakeawayPart(Value):
    """A take-away file: some pages of a language, or all of them."""

    path: str
    title: str  # the title of the file's section; "" if the file has the whole site
    pages: tuple[Page, ...]  # in the order of their chapters


def _pages_of(site: Site, language: str) -> list[Page]:
    """The pages of a language that have a chapter, in the order of the chapters: home first, then the
    menu, then other pages, each before the pages below it.
    """
    menu = [item.value for item in site.settings.navigation]

    def order(page: Page) -> tuple[bool, int, str]:
        top = page.key.partition("/")[0]
        place = menu.index(top) if top in menu else len(menu)
        return not layout_of(page.document.front.layout).opens, place, page.key

    own = (page for page in site.pages if page.language == language and page.state != FALLBACK)
    shown = (page for page in own if not layout_of(page.document.front.layout).contents)
    return sorted(shown, key=order)


def parts_of(
    site: Site, language: str, gettext: Callable[[str], str], pictures: Mapping[str, int]
) -> tuple[TakeawayPart, ...]:
    """The take-away files of a language: one with the whole site if it is at most `LIMIT` bytes,
    else one for each section. A section is a top-level page with the pages below it; all top-level
    pages without pages below them form one section. A section above the limit gets several files.

    `pictures` maps a page key to the bytes of its pictures.
    """
    pages, name = _pages_of(site, language), gettext(NAME)
    weights = {page.key: _weight(site, page, pictures) for page in pages}
    if sum(weights.values()) <= LIMIT:
        return (TakeawayPart(takeaway_path(language, name), "", tuple(pages)),) if pages else ()
    parts, taken = [], {_stem(language, name)}
    for title, section in _sections(site, pages, gettext(_OTHERS)):
        files = list(_filled(section, weights))
        for number, each in enumerate(files, start=1):
            numbered = f"{title} ({number}/{len(files)})" if len(files) > 1 else title
            stem = free_name(_stem(language, f"{name} {title}"), taken)
            taken.add(stem)
            parts.append(TakeawayPart(f"{stem}.htm", numbered, each))
    return tuple(parts)


def _stem(language: str, name: str) -> str:
    """The path of a take-away file without its ending."""
    return takeaway_path(language, name).removesuffix(".htm")


def _weight(site: Site, page: Page, pictures: Mapping[str, int]) -> int:
    """The approximate number of bytes that a page adds to a file."""
    sources = (page.document.source, *(each.source for each in site.records_of(page.key)))
    return sum(len(each.text) for each in sources) + pictures.get(page.key, 0)


def _sections(
    site: Site, pages: Iterable[Page], others: str
) -> Iterator[tuple[str, Sequence[Page]]]:
    """Each section with its title, in the order of the menu."""
    tops: dict[str, list[Page]] = {}
    for page in pages:
        tops.setdefault(page.key.partition("/")[0], []).append(page)
    for top, below in tops.items():
        if len(below) > 1:
            head = site.page(top, below[0].language)
            yield head.document.front.short_title if head is not None else top, below
    alone = [below[0] for below in tops.values() if len(below) == 1]
    if alone:
        yield others, alone


def _filled(pages: Iterable[Page], weights: Mapping[str, int]) -> Iterator[tuple[Page, ...]]:
    """The pages, in their order, divided into files of at most `LIMIT` bytes each. A page is never
    divided.
    """
    file: list[Page] = []
    weight = 0
    for page in pages:
        if file and weight + weights[page.key] > LIMIT:
            yield tuple(file)
            file, weight = [], 0
        file.append(page)
        weight += weights[page.key]
    yield tuple(file)
