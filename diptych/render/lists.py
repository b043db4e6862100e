"""Orders and groups the pages below a page as its front matter says. A long list shows only the
latest pages, and links to a page for each year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from diptych.render.prose import interface
from diptych.site import Page, Site, Years
from diptych.views import EntryGroupView, EntryView

_ALL_OF_YEAR = interface("All of %(year)s")  # the link to the page with all entries of a year
_BY_YEAR = interface("By year")  # the heading of links to years, if a list is not grouped by year

Dated = tuple[int, EntryView]  # the first day of the date as an ordinal (0: no date), and the entry


def in_order(entries: Iterable[Dated], order: str) -> tuple[EntryView, ...]:
    """The entries sorted by `order`: by date (`newest` or `oldest` first) or by `title`."""
    sign = 1 if order == "oldest" else -1

    def key(each: Dated) -> tuple[int, str]:
        return (0 if order == "title" else sign * each[0], each[1].title)

    return tuple(entry for _, entry in sorted(entries, key=key))


def grouped(
    site: Site,
    page: Page,
    entries: Iterable[EntryView],
    years: Years,
    gettext: Callable[[str], str],
) -> tuple[EntryGroupView, ...]:
    """The entries that a list shows, grouped by year, by topic or in one group; each group keeps
    the order of its entries. A page with several topics is in the group of each; pages without a
    topic come last.

    A year of which the list shows only some pages ends with a link to the page of that year. If the
    groups are not years, these links form the last group.
    """
    elsewhere = {site.href(path) for path in years.of(page).elsewhere}
    shown = tuple(each for each in entries if each.href not in elsewhere)
    links = year_links(site, page, years, gettext)
    group = _group(page)
    if group == "year":
        return _by_year(page, (*shown, *links))
    groups = _by_topic(site, page, shown) if group == "topic" else _together(shown)
    if links:
        return (*groups, EntryGroupView("years", gettext(_BY_YEAR), links))
    return tuple(groups)


def year_links(
    site: Site, page: Page, years: Years, gettext: Callable[[str], str]
) -> tuple[EntryView, ...]:
    """A link for each page that shows one year of a list, in the order of the list."""
    return tuple(
        EntryView(
            gettext(_ALL_OF_YEAR) % {"year": year},
            site.href(years.path(page, year)),
            description="",
            date=None,
            machine_date=None,
            year=year,
            lang=None,
        )
        for year in years.of(page).years
    )


def grouped_of_year(
    site: Site, page: Page, entries: tuple[EntryView, ...]
) -> tuple[EntryGroupView, ...]:
    """The entries of one year of a list: by topic if the list is grouped by topic, else in one
    group.
    """
    return tuple(_by_topic(site, page, entries) if _group(page) == "topic" else _together(entries))


def _group(page: Page) -> str:
    return page.document.front.choice("group", "year")


def _together(entries: tuple[EntryView, ...]) -> Iterator[EntryGroupView]:
    if entries:
        yield EntryGroupView("", "", entries)


def _by_year(page: Page, entries: Iterable[EntryView]) -> tuple[EntryGroupView, ...]:
    years: dict[str, list[EntryView]] = {}
    for each in entries:
        years.setdefault(each.year, []).append(each)
    first = page.document.front.choice("order", "newest") == "oldest"
    return tuple(
        EntryGroupView(f"y{year}" if year else "", year, tuple(years[year]))
        for year in sorted(years, reverse=not first)
    )


def _by_topic(site: Site, page: Page, entries: tuple[EntryView, ...]) -> Iterator[EntryGroupView]:
    of = {
        site.href(child.path): {
            each.value for each in child.document.front.values.get("topics", ())
        }
        for child in site.children(page.key, page.language)
    }
    for topic in site.settings.topics:
        own = tuple(each for each in entries if topic.key in of.get(each.href, ()))
        if own:
            name = topic.names.get(page.language, topic.key)
            yield EntryGroupView(f"topic-{topic.key}", name, own)
    rest = tuple(each for each in entries if not of.get(each.href))
    if rest:
        yield EntryGroupView("", "", rest)
