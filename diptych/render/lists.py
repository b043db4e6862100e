"""The pages below a page, ordered and grouped as its front matter asks."""

from __future__ import annotations

from collections.abc import Iterable

from diptych.site import Page, Site
from diptych.views import EntryGroupView, EntryView

Dated = tuple[int, EntryView]  # the first day of its date (0 without one), and the entry


def in_order(entries: Iterable[Dated], order: str) -> tuple[EntryView, ...]:
    """The entries by date, `newest` or `oldest` first, or by `title`."""
    sign = 1 if order == "oldest" else -1

    def key(each: Dated) -> tuple[int, str]:
        return (0 if order == "title" else sign * each[0], each[1].title)

    return tuple(entry for _, entry in sorted(entries, key=key))


def grouped(site: Site, page: Page, entries: tuple[EntryView, ...]) -> tuple[EntryGroupView, ...]:
    """The entries by year, by topic or in one group, each group in the order of the entries. A page
    with several topics is under each; pages without a topic come last.
    """
    front = page.document.front.values
    group = front["group"].value if "group" in front else "year"
    if not entries or group == "none":
        return (EntryGroupView("", "", entries),) if entries else ()
    if group == "topic":
        return tuple(_by_topic(site, page, entries))
    years: dict[str, list[EntryView]] = {}
    for each in entries:
        years.setdefault(each.year, []).append(each)
    first = "order" in front and front["order"].value == "oldest"
    return tuple(
        EntryGroupView(f"y{year}" if year else "", year, tuple(years[year]))
        for year in sorted(years, reverse=not first)
    )


def _by_topic(site: Site, page: Page, entries: tuple[EntryView, ...]) -> Iterable[EntryGroupView]:
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
