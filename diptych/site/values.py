"""The assembled site as a value: every page in every language, with its address and state."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from diptych.cache import Digest, digest, digest_of_texts, group_of
from diptych.content.layouts import Layout, layout_of
from diptych.content.terms.vocabulary import Vocabulary
from diptych.content.texts import File as TextFile
from diptych.content.texts import Text, texts_of
from diptych.content.types import BUILT_IN, TERMS, Types
from diptych.diagnostics import Placed, Source, Span
from diptych.files.text import text_digest
from diptych.markdown import plain_text
from diptych.model import (
    EMPTY_PROSE,
    Catalog,
    Document,
    Entry,
    Event,
    File,
    Language,
    Prose,
    Records,
    Settings,
    Timeline,
)
from diptych.site.files import own_name
from diptych.values import Value, field

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

CURRENT = "current"
FALLBACK = "fallback"


class Page(Value):
    """A page in one language: a document with its address in the site."""

    key: str
    language: str  # of the address and the interface
    document: Document  # of another language when the state is fallback
    state: str  # current | fallback
    path: str  # `nl/vragen/`: relative to the site, with a slash at the end
    parent: str | None  # the key of the page above

    @property
    def text_language(self) -> str:
        """The language in which the text is written."""
        return self.document.language

    @property
    def output(self) -> str:
        """The file that holds the page."""
        return self.path + "index.html"


class Remembered(Value):
    """An address that a page has or had."""

    path: str  # as `Page.path`: `nl/vragen/`
    key: str  # of the page; `(gone)` if it was taken down
    span: Span  # of its line in addresses.lock


class OldAnchor(Value):
    """The id of a heading on a published page, before its author gave it another."""

    path: str  # of the page as it was then: `nl/over-ons/`
    anchor: str  # what stood behind `#`
    key: str  # of the page
    heading: str  # the id that the author gave
    span: Span  # of its line in addresses.lock

    @property
    def language(self) -> str:
        """The key of the language in which the heading had it."""
        return self.path.partition("/")[0]


class Redirect(Value):
    """An old address, and the address to which it redirects."""

    old: str  # decoded path without slashes around it
    new: str  # path of a page, perhaps with an anchor
    span: Span  # of the old address, or of the setting

    @property
    def output(self) -> str:
        """The path of the published file that redirects."""
        return self.old if self.old.endswith(".html") else f"{self.old}/index.html"


class Hidden(Value):
    """Why a page is not shown on the day of a build: it is too early, or too late."""

    day: datetime.date  # the first day on which it is shown, or the last day on which it was
    early: bool  # whether it will be shown later


class PageGroup(Value):
    """Pages whose results the cache looks up together."""

    name: str
    keys: tuple[str, ...]
    pages: tuple[Page, ...]
    files: tuple[TextFile, ...]  # the documents of these pages, and the records beside them
    digest: Digest  # of the files beside these pages, and of their addresses


class Site(Value, dict=True):  # `dict=True` lets a cached property keep its value
    """The whole site before it is rendered: pages, timelines, records, terms and settings."""

    settings: Settings
    pages: tuple[Page, ...]  # by key, then in the order of the languages
    timelines: tuple[Timeline, ...]
    catalogs: Mapping[str, Catalog]  # by language
    files: Mapping[str, Mapping[str, File]]  # page key -> name -> picture or other file
    vocabulary: Vocabulary = field(default_factory=Vocabulary)  # with preferred and avoided words
    remembered: tuple[Remembered, ...] | None = None  # addresses; None without addresses.lock
    types: Types = BUILT_IN
    layouts: tuple[str, ...] = ()
    records: tuple[Records, ...] = ()  # settings, terms, and the records beside pages
    # the Markdown in YAML, converted: (path, start of the value) -> prose
    proses: Mapping[tuple[str, int], Prose] = field(default_factory=dict)
    extend: Source | None = None  # extend.py, where the site has one that can be read
    hidden: Mapping[str, Hidden] = field(default_factory=dict)  # keys of pages not shown today
    drafts: frozenset[str] = frozenset()  # keys of pages that are drafts and not shown
    days: tuple[datetime.date, ...] = ()  # days after which other pages are shown
    old_anchors: tuple[OldAnchor, ...] = ()  # of headings, from addresses.lock
    redirects: tuple[Redirect, ...] = ()  # sorted by old address
    renamed: Mapping[str, str] = field(default_factory=dict)  # key in addresses.lock -> present key

    def text_files(self) -> Iterator[TextFile]:
        """Every file in which editors wrote texts: pages, then events, terms, settings, own records."""
        for page in self.pages:
            if page.state != FALLBACK:
                yield page.document
        yield from self.records

    def texts(self) -> Iterator[Text]:
        """Every text that an editor wrote for readers, file by file."""
        for file in self.text_files():
            yield from texts_of(file, self.types)

    def page(self, key: str, language: str) -> Page | None:
        """The page with that key in that language (perhaps as a fallback), or None."""
        return next((p for p in self.versions(key) if p.language == language), None)

    def versions(self, key: str) -> tuple[Page, ...]:
        """The page in every language in which it has an address."""
        return self._by_key.get(key, ())

    def own_versions(self, key: str) -> tuple[Page, ...]:
        """The page in the languages that have a text of their own, without fallbacks."""
        return tuple(page for page in self.versions(key) if page.state != FALLBACK)

    def name_in(self, key: str, name: str, language: str) -> str:
        """The name of the file that readers of a language get for the name `name` in a text or a
        field: `march.fr.jpg` for `march.jpg` if that file exists; else `name`. If `name` is no file
        either, it is the file in the language of the text that these readers get.
        """
        files, page = self.files.get(key, {}), self.page(key, language)
        spoken = page.text_language if page else language
        own = (own_name(name, language), name, own_name(name, spoken))
        return next((each for each in own if each in files), name)

    def languages_of(self, key: str, language: str = "") -> tuple[Language, ...]:
        """The languages in which a value beside the page `key` is read: the one in which it is
        written (`language`), or, if that is "", those of the texts of the page; without a page all
        languages of the site.
        """
        spoken = (language,) if language else [each.language for each in self.own_versions(key)]
        every = self.settings.languages
        return tuple(each for each in every if each.key in spoken) or every

    def children(self, key: str, language: str) -> tuple[Page, ...]:
        """The pages nested directly below a page, in one language."""
        return self._below.get((key, language), ())

    def with_layout(self, fits: Callable[[Layout], bool]) -> tuple[Page, ...]:
        """The pages whose layout `fits` accepts, grouped by layout."""
        return tuple(
            page
            for layout, pages in self._by_layout.items()
            if fits(layout_of(layout))
            for page in pages
        )

    def home(self, language: str) -> Page | None:
        """The home page of a language."""
        return self._homes.get(language)

    def timeline(self, key: str) -> Timeline | None:
        """The timeline of a page."""
        return next((each for each in self.timelines if each.key == key), None)

    def timeline_on(self, page: Page) -> Timeline | None:
        """The timeline from which a page shows events: its own, or on a home page the first of the
        site.
        """
        first = self.timelines[:1] if layout_of(page.document.front.layout).opens else ()
        return self.timeline(page.key) or next(iter(first), None)

    def records_of(self, key: str) -> tuple[Records, ...]:
        """The files of records that lie beside a page."""
        return self._beside.get(key, ())

    def records_on(self, page: Page) -> tuple[Records, ...]:
        """The files of records that a page shows: those beside it, and on the page of the glossary the
        terms.
        """
        glossary = layout_of(page.document.front.layout).shows == TERMS.name
        terms = (each for each in self.records_of("") if glossary and each.type == TERMS.name)
        return (*self.records_of(page.key), *terms)

    def old_anchors_of(self, key: str, language: str) -> tuple[OldAnchor, ...]:
        """The earlier ids of the headings that a page has in one language."""
        return self._old_anchors.get((key, language), ())

    @property
    def keys(self) -> Collection[str]:
        """The keys of all pages, sorted."""
        return self._by_key.keys()

    @cached_property
    def groups(self) -> tuple[PageGroup, ...]:
        """All pages, in the groups of the cache. The cache looks up the results of a stage by group if
        they depend only on the files beside a page, the address of the page, and values that all pages
        share.
        """
        keys = _groups((group_of(key), key) for key in self._by_key)
        return tuple(
            self.group(name, tuple(page for key in some for page in self.versions(key)))
            for name, some in keys.items()
        )

    def group(self, name: str, pages: tuple[Page, ...]) -> PageGroup:
        """A group with a name that consists of these pages."""
        keys = tuple(dict.fromkeys(page.key for page in pages))
        records = (each for key in keys for each in self.records_of(key))
        documents = (each.document for each in pages if each.state != FALLBACK)
        files: tuple[TextFile, ...] = (*documents, *records)
        parts: list[str] = []
        for page in pages:
            parts += (page.key, page.language, page.state, page.path, page.parent or "")
        for file in files:
            parts += (file.source.path, text_digest(file.source))
        return PageGroup(name, keys, pages, files, digest_of_texts(parts))

    @cached_property
    def outline(self) -> Digest:
        """The digest of the values of pages and events that other pages show or link to."""
        pages = digest_of_texts(part for page in self.pages for part in _outline(page))
        return digest(
            (pages, tuple((each.key, tuple(map(_event, each.events))) for each in self.timelines))
        )

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[Page, ...]]:
        return _groups((page.key, page) for page in self.pages)

    @cached_property
    def _below(self) -> Mapping[tuple[str | None, str], tuple[Page, ...]]:
        return _groups(((page.parent, page.language), page) for page in self.pages)

    @cached_property
    def _homes(self) -> Mapping[str, Page]:
        homes = self.with_layout(lambda layout: layout.opens)
        return {page.language: page for page in reversed(homes)}

    @cached_property
    def _by_layout(self) -> Mapping[str, tuple[Page, ...]]:
        return _groups((page.document.front.layout, page) for page in self.pages)

    @cached_property
    def _beside(self) -> Mapping[str, tuple[Records, ...]]:
        return _groups((each.key, each) for each in self.records)

    @cached_property
    def _old_anchors(self) -> Mapping[tuple[str, str], tuple[OldAnchor, ...]]:
        return _groups(((each.key, each.language), each) for each in self.old_anchors)

    def prose(self, placed: Placed[str]) -> Prose:
        """The converted Markdown of a value in YAML."""
        return self.proses[(placed.span.path, placed.span.start)]

    def event_text(self, event: Event, language: str) -> tuple[Prose, Prose, Language]:
        """An event's title and text in a language, or else in the first language that has both."""
        order = sorted(self.settings.languages, key=lambda each: each.key != language)
        for each in order:
            if each.key in event.titles and each.key in event.texts:
                return self.prose(event.titles[each.key]), self.prose(event.texts[each.key]), each
        return EMPTY_PROSE, EMPTY_PROSE, self.settings.language(language)

    def entry_name(self, records: Records, entry: Entry, order: Iterable[str]) -> str | None:
        """The name of an entry in plain words, in the first of the languages that has one."""
        name = self.types.by_name[records.type].record.heading
        value = entry.values.get(name) if name else None
        if isinstance(value, Mapping):
            value = next((value[each] for each in order if each in value), None)
        if not isinstance(value, Placed):
            return None
        prose = self.proses.get((value.span.path, value.span.start))
        return plain_text(prose.html) if prose else str(value.value)

    def url(self, path: str) -> str:
        """The absolute address of a path."""
        return f"{self.settings.base_url}/{path}"

    def href(self, path: str) -> str:
        """The address of a path as a link within the site."""
        prefix = self.settings.base_url.partition("://")[2].partition("/")[2]
        return f"/{prefix}/{path}" if prefix else f"/{path}"


def _outline(page: Page) -> Iterable[str]:
    """The values of a page that other pages show or link to. Of its layout, only
    the name is used, which may be unknown: the layouts of the site are a separate value.
    """
    document = page.document
    return (
        *(page.key, page.language, page.state, page.path, page.parent or ""),
        *(document.language, document.shown),
    )


def _event(event: Event) -> object:
    """The values of an event that other pages show or link to."""
    titles = tuple((language, each.value) for language, each in event.titles.items())
    return event.id, event.date.text, titles


def _groups(found: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    """The values of each key, in order."""
    groups: dict[K, list[V]] = {}
    for key, value in found:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
