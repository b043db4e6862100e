"""Lists everything to read in one language, as links: pages, sections, events, terms. Of a long list,
the pages that it shows itself, and its years.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from markupsafe import Markup, escape

from diptych.content.layouts import layout_of
from diptych.site import Page, Site, Years
from diptych.values import replace
from diptych.views import ContentsEntry, ContentsGroup, ContentsPage, EntryView, PageView

_NESTED = re.compile(r'</?a\b[^>]*>| id="[^"]*"')  # no link in a link, no id twice


def contents(
    site: Site,
    made: Iterable[tuple[Page, ContentsPage]],
    language: str,
    years: Years,
    year_links: Callable[[Page], Iterable[EntryView]],
) -> tuple[ContentsPage, ...]:
    """The pages with a text of their own in a language, in the order of home, menu and footer, each
    followed by the pages below it. `year_links` gives the links of a list to its `years`, where the
    other pages below it are; a page that has pages below itself is always here.
    """
    own = {page.key: (page, shown) for page, shown in made if page.language == language}
    return tuple(
        _with_years(own[key][1], year_links(own[key][0])) for key in _ordered(site, own, years)
    )


def _with_years(page: ContentsPage, links: Iterable[EntryView]) -> ContentsPage:
    entries = tuple(_entry(escape(each.title), each.href) for each in links)
    group = (ContentsGroup(None, None, entries),) if entries else ()
    return replace(page, groups=(*page.groups, *group)) if group else page


def _ordered(
    site: Site, own: Mapping[str, tuple[Page, ContentsPage]], years: Years
) -> Iterator[str]:
    menu = [item.value for item in site.settings.navigation]
    below: dict[str | None, list[str]] = {}
    for key, (page, _) in own.items():
        below.setdefault(page.parent if page.parent in own else None, []).append(key)

    def place(key: str) -> tuple[bool, int, str]:
        order = menu.index(key) if key in menu else len(menu)
        return not layout_of(own[key][0].document.front.layout).opens, order, key

    def age(key: str) -> tuple[int, str]:
        page, shown = own[key]
        date = page.document.front.date
        return -date.value.first.toordinal() if date else 0, shown.title

    def with_below(key: str) -> Iterator[str]:
        yield key
        elsewhere = years.of(own[key][0]).elsewhere
        for child in sorted(below.get(key, ()), key=age):
            if child in below or own[child][0].path not in elsewhere:
                yield from with_below(child)

    for key in sorted(below.get(None, ()), key=place):
        yield from with_below(key)


def contents_of(href: str, view: PageView) -> ContentsPage | None:
    """A page at an address with the links to its parts; None for the search page, which lists the
    others.
    """
    if layout_of(view.layout).contents:
        return None
    groups = list(_years(view, href))
    entries = [
        *(_entry(each.title, f"{href}#{each.id}") for each in view.sections),
        *(_entry(each.word, f"{href}#{each.id}", each.lang) for each in view.terms),
    ]
    if entries:
        groups.append(ContentsGroup(None, None, tuple(entries)))
    return ContentsPage(view.title, href, tuple(groups))


def _years(view: PageView, href: str) -> Iterator[ContentsGroup]:
    if view.timeline is not None and layout_of(view.layout).shows == "timeline":
        for year in view.timeline.years:
            entries = tuple(
                replace(
                    _entry(event.title, f"{href}#{event.id}", event.lang),
                    date=event.date,
                    machine_date=event.machine_date,
                )
                for event in year.events
            )
            yield ContentsGroup(year.year, f"{href}#{year.id}", entries)


def _entry(title: Markup, href: str, lang: str | None = None) -> ContentsEntry:
    plain = Markup(_NESTED.sub("", title))  # noqa: S704  # finished HTML, of which tags are taken out
    return ContentsEntry(plain, href, None, None, lang)
