"""Lists all content in one language as links: pages, sections, events, terms, records. For a long
list, only the pages that the list itself shows, and its years.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from markupsafe import Markup, escape

from diptych.bodies import Later
from diptych.content.layouts import layout_of
from diptych.site import Page, Site, Years
from diptych.values import Value, replace
from diptych.views import (
    ContentsEntry,
    ContentsGroup,
    ContentsPage,
    EntryView,
    FieldsView,
    PageView,
)

# the tags of links and the ids, which may not be repeated inside another link
_NESTED = re.compile(r'</?a\b[^>]*>| id="[^"]*"')


class LaterContents(Later[ContentsPage]):
    """The entry of a page in the list of everything, with links to its parts. It is decoded only if
    that list is rendered.
    """

    kind = ContentsPage


class ContentsItem(Value):
    """A page in the list of everything; a long list also has links to its years."""

    page: LaterContents
    years: tuple[ContentsEntry, ...]  # links to the years of a list

    def view(self) -> ContentsPage:
        """The page with the links to its parts, followed by the links to its years."""
        page = self.page.get()
        group = (ContentsGroup(None, None, self.years),) if self.years else ()
        return replace(page, groups=(*page.groups, *group)) if group else page


def contents(
    site: Site,
    made: Collection[tuple[Page, str, LaterContents]],
    language: str,
    years: Years,
    year_links: Callable[[Page], Iterable[EntryView]],
) -> tuple[ContentsItem, ...]:
    """The pages with a text of their own in a language, in the order of home, menu and footer, each
    followed by the pages below it.

    `made` holds these pages, each with its title. Pages that a long list does not show itself are
    left out, unless they have pages below them; `year_links` gives the links to their years.
    """
    own = {each[0].key: each for each in made if each[0].language == language}
    return tuple(
        ContentsItem(
            listed, tuple(_entry(escape(each.title), each.href) for each in year_links(page))
        )
        for page, _, listed in map(own.__getitem__, _ordered(site, own, years))
    )


def _ordered(
    site: Site, own: Mapping[str, tuple[Page, str, LaterContents]], years: Years
) -> Iterator[str]:
    menu = [item.value for item in site.settings.navigation]
    below: dict[str | None, list[str]] = {}
    for key, (page, *_) in own.items():
        below.setdefault(page.parent if page.parent in own else None, []).append(key)

    def place(key: str) -> tuple[bool, int, str]:
        order = menu.index(key) if key in menu else len(menu)
        return not layout_of(own[key][0].document.front.layout).opens, order, key

    def age(key: str) -> tuple[int, str]:
        page, title, _ = own[key]
        date = page.document.front.date
        return -date.value.first.toordinal() if date else 0, title

    # a stack: the next page is its last item
    waiting = sorted(below.get(None, ()), key=place)[::-1]
    while waiting:
        key = waiting.pop()
        yield key
        elsewhere = years.of(own[key][0]).elsewhere
        waiting += [
            child
            for child in sorted(below.get(key, ()), key=age)
            if child in below or own[child][0].path not in elsewhere
        ][::-1]


def contents_of(href: str, view: PageView) -> LaterContents | None:
    """The entry of a page in the list of everything, with links to its parts; `href` is its
    address. None for the page that shows that list.
    """
    if layout_of(view.layout).contents:
        return None
    groups = list(_years(view, href))
    entries = [
        *(_entry(each.title, f"{href}#{each.id}") for each in view.sections),
        *(_entry(each.word, f"{href}#{each.id}", each.lang) for each in view.terms),
        *_records(view, href),
    ]
    if entries:
        groups.append(ContentsGroup(None, None, tuple(entries)))
    return LaterContents(ContentsPage(view.title, href, tuple(groups)))


def _years(view: PageView, href: str) -> Iterator[ContentsGroup]:
    for year in view.years:
        entries = tuple(
            replace(
                _entry(event.title, f"{href}#{event.id}", event.lang),
                date=event.date,
                machine_date=event.machine_date,
            )
            for event in year.events
        )
        yield ContentsGroup(year.year, f"{href}#{year.id}", entries)


def _records(view: PageView, href: str) -> Iterator[ContentsEntry]:
    """A link to each record of the site's own that has a name."""
    for kind in view.records:
        for record in kind.values:
            assert isinstance(record, FieldsView)
            name = next((field.values[0] for field in record if field.titles), "")
            if name and record["id"]:
                yield _entry(escape(name), f"{href}#{record['id']}")


def _entry(title: Markup, href: str, lang: str | None = None) -> ContentsEntry:
    plain = Markup(_NESTED.sub("", title))  # noqa: S704  # finished HTML, of which tags are taken out
    return ContentsEntry(plain, href, None, None, lang)
