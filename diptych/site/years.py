"""Decides which entries a list shows itself, and which years have a page of their own.

A list shows its first entries: the newest, unless its front matter asks for another order. A year with
entries that the list does not show has a page with all entries of the year. Entries without a date
belong to no year and stay on the list; a list by title shows all entries.
"""

from __future__ import annotations

from collections.abc import Sequence

from diptych.content.layouts import layout_of
from diptych.site.old_paths import path_of
from diptych.site.values import Page, Site
from diptych.values import Value

LATEST = 20  # dated entries on a list; if it is by topic, of each topic


class Division(Value):
    """The division of a list's entries between the list itself and pages of years."""

    years: tuple[str, ...] = ()  # the years with a page of their own, in the order of the list
    elsewhere: frozenset[str] = frozenset()  # paths of the entries that only a year's page shows


class Years:
    """The years of every list of a site. The division of each list is computed once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._divisions: dict[str, Division] = {}
        self._used: frozenset[str] | None = None

    def path(self, page: Page, year: str) -> str:
        """The path of the page with the entries of one year: `nl/nieuws/2023/`."""
        return f"{page.path}{year}/"

    def of(self, page: Page) -> Division:
        """The division of the pages below a page. A page whose layout is no list shows all of them
        itself.
        """
        if not layout_of(page.document.front.layout).lists:
            return Division()
        if page.path not in self._divisions:
            self._divisions[page.path] = self._divide(page)
        return self._divisions[page.path]

    def _divide(self, page: Page) -> Division:
        front = page.document.front
        order = front.choice("order", "newest")
        dated = [
            each
            for each in self._site.children(page.key, page.language)
            if each.document.front.date is not None
        ]
        if order == "title" or len(dated) <= LATEST:
            return Division()
        dated.sort(key=lambda each: each.document.front.short_title)
        dated.sort(key=_day, reverse=order != "oldest")
        by_topic = front.choice("group", "year") == "topic"
        shown = _first_of_topics(dated) if by_topic else {each.path for each in dated[:LATEST]}
        years = dict.fromkeys(_year(each) for each in dated if each.path not in shown)
        own = tuple(each for each in years if self.path(page, each) not in self._taken())
        elsewhere = (each for each in dated if each.path not in shown and _year(each) in own)
        return Division(own, frozenset(each.path for each in elsewhere))

    def _taken(self) -> frozenset[str]:
        """Every path that a page has or had, or that redirects. If the page of a year would have such a
        path, the list itself shows the entries of the year instead.
        """
        if self._used is None:
            pages, settings = self._site.pages, self._site.settings
            old = [each.value for page in pages for each in page.document.front.redirect_from]
            old += [each.value for each, _ in settings.redirects]
            self._used = frozenset(
                (
                    *(each.path for each in pages),
                    *(each.path for each in self._site.remembered or ()),
                    *(f"{path_of(each)}/" for each in old),
                )
            )
        return self._used


def _first_of_topics(pages: Sequence[Page]) -> set[str]:
    """The paths of the first pages of each topic, and of those without a topic."""
    topics: dict[str, list[str]] = {}
    for page in pages:
        for topic in [each.value for each in page.document.front.values.get("topics", ())] or [""]:
            topics.setdefault(topic, []).append(page.path)
    return {path for paths in topics.values() for path in paths[:LATEST]}


def _day(page: Page) -> int:
    date = page.document.front.date
    assert date is not None
    return date.value.first.toordinal()


def _year(page: Page) -> str:
    date = page.document.front.date
    assert date is not None
    return str(date.value.first.year)
