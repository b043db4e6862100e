"""The input of a page, and the finished page with what other outputs need from it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TypeAlias

from diptych.cache import Digest
from diptych.html import PageFacts
from diptych.model import Output
from diptych.outputs.atom import FeedEntry
from diptych.outputs.root_files import SitemapEntry
from diptych.pipeline.chapters import LaterParts, OwnFile
from diptych.render import Around, ContentsItem, LaterContents
from diptych.search import SearchText
from diptych.values import Value, field, replace
from diptych.views import PageView, RootView, TakeawayView


class OwnText(Value):
    """The input of the text of a page that shows nothing of the site but its own text. If two
    inputs are equal, the texts are equal.
    """

    key: str
    language: str
    source: Digest
    pictures: tuple[str, ...]  # the paths of the page's pictures; each path contains a digest


class OwnPage(Value):
    """The input of a whole page: its text, and the values of the site around it (menu, links). The
    page's view is composed from it only if the page must be rendered.
    """

    text: OwnText
    around: Around


class OwnList(Value):
    """The input of the page that lists all pages: its view without the list, and the entries of the
    list, which are read from the cache only if the page must be rendered.
    """

    frame: PageView
    contents: tuple[ContentsItem, ...]


View: TypeAlias = PageView | RootView | TakeawayView | OwnPage | OwnFile | OwnList


class PageInput(Value):
    """The input of `make_page`."""

    output: str  # the path of the page's file
    template: str  # the name of the template
    language: str  # the key of the language
    view: View
    origin: str
    look: Mapping[str, Digest]  # the digests of templates, interface strings and assets
    path: str = ""  # the address of the page, relative to that of the site
    written: bool = False  # False: the page shows the text of another language (a fallback)
    searched: bool = False  # whether its text goes into the search index
    day: datetime.date | None = None  # the first day of the page's date
    # the first day of each event on its timeline, by the event's id
    days: Mapping[str, datetime.date] = field(default_factory=dict)
    anchors: Mapping[str, str] = field(default_factory=dict)  # old heading ids -> new ones


class PagePart(Value):
    """A part that several pages have in common, such as the menu and the footer."""

    block: str  # the name of the template block that makes the part
    key: str  # the digest of the input from which the part's text is made
    start: int  # the offset in the page at which the part begins, in bytes
    end: int
    links: tuple[str, ...]  # the addresses to which the part links


class MadePage(Value):
    """A finished page, with the values that other outputs need from it: sitemap, feeds, search,
    headers.
    """

    output: Output
    read: PageFacts  # the facts of the HTML outside of `parts`
    styles: tuple[str, ...]  # hashes of its style elements, for the policy
    scripts: tuple[str, ...]  # hashes of its script elements
    in_sitemap: SitemapEntry | None  # None if search engines must not index it
    title: str = ""
    searches: bool = False  # whether it has the search field
    share: str | None = None  # the words on its share picture
    entries: tuple[FeedEntry, ...] = ()  # for the feeds
    text: SearchText | None = None  # for the search index; None if it goes into none
    contents: LaterContents | None = None  # for the list of all pages on the search page
    anchors: tuple[str, ...] = ()  # the ids of the page's parts in the take-away file
    parts: tuple[PagePart, ...] = ()  # the parts that this page and other pages have in common
    chapters: LaterParts | None = None  # the chapters of a take-away file
    # the digest of the input of the page outside of `parts` and `chapters`; "" without them
    own: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the HTML of the page. The shared parts have no ids."""
        return self.read.ids

    @property
    def facts(self) -> PageFacts:
        """The facts of the page with its shared parts, whose links come last."""
        links = (each for part in self.parts for each in part.links)
        return replace(self.read, links=(*self.read.links, *links)) if self.parts else self.read
