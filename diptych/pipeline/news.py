"""The entries of all feeds, and the links to the yearly archives of each feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diptych.content.layouts import layout_of
from diptych.outputs.atom import FeedEntry, archives
from diptych.pipeline.making import MadePage
from diptych.site import Page, Site
from diptych.views import LinkView

Made = Sequence[tuple[Page, MadePage]]


def news_of(made: Made) -> dict[str, list[FeedEntry]]:
    """The entries of each language's news feed, by the key of the language."""
    found: dict[str, list[FeedEntry]] = {}
    for page, each in made:
        found.setdefault(page.language, []).extend(each.entries)
    return found


def news_below(made: Made) -> Iterator[tuple[Page, str, list[FeedEntry]]]:
    """Each list page, with its title and the entries of its feed."""
    below: dict[tuple[str | None, str], list[FeedEntry]] = {}
    for page, each in made:
        below.setdefault((page.parent, page.language), []).extend(each.entries)
    for page, each in made:
        if layout_of(page.document.front.layout).lists:
            yield page, each.title, below.get((page.key, page.language), [])


def archive_links(site: Site, made: Made, language: str) -> tuple[LinkView, ...]:
    """Links to the yearly archives of all feeds in a language, for the page that lists everything.
    Feed readers find the archives through the feed itself; people find them here.
    """
    feeds = [("", f"{language}/feed.xml", news_of(made).get(language, []))]
    feeds += (
        (f"{title}, ", f"{page.path}feed.xml", entries)
        for page, title, entries in news_below(made)
        if page.language == language
    )
    return tuple(
        LinkView(f"{title}{year}", site.href(path), current=False, ancestor=False, lang=None)
        for title, feed, entries in feeds
        for year, path in archives(feed, entries).items()
    )
