"""The nouns: frozen values that flow through the pipeline, one sentence a field.

`Tree -> Source -> Document / Timeline / Catalog / Settings -> Site -> View -> Output -> Release`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from diptych.diagnostics import LanguageNames, Placed, Source, Span
from diptych.values import Value, as_plain, field, from_plain

PlacedTexts = Mapping[str, Placed[str]]  # language key -> what an author wrote in that language


class File(Value):
    """A file of the site as it lies on the disk."""

    path: str  # relative to the root, with `/`, names in NFC
    data: bytes


RESERVED = frozenset(  # names that no file or folder can have on Windows, whatever its ending
    ("con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)))
)


class Tree(Value):
    """Everything that was read, in order of path; nothing else of the disk is ever consulted."""

    files: tuple[File, ...]

    def under(self, folder: str) -> tuple[File, ...]:
        """The files below a folder (`content`), in order."""
        return tuple(file for file in self.files if file.path.startswith(folder + "/"))

    def get(self, path: str) -> File | None:
        """One file by its path, or None."""
        return next((file for file in self.files if file.path == path), None)


class Fields(Mapping[str, Any]):
    """The values of a record, as its record read them: key -> value, in the order of the file.

    A value is `Placed`, a tuple of values, or a mapping to values, as the shape of its field says.
    No annotation can say which, so that each is stored with the name of its kind.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __repr__(self) -> str:
        return f"Fields({self._values!r})"

    def to_stored(self) -> object:
        """The values for the cache."""
        return {key: _to_stored(value) for key, value in self._values.items()}

    @classmethod
    def from_stored(cls, stored: Any) -> Fields:
        """The values that `to_stored` was given; ValueError or TypeError when it is no such value."""
        return cls({key: _from_stored(value) for key, value in stored.items()})


def _to_stored(value: Any) -> object:
    if isinstance(value, Placed):
        span, inner = value.span, value.value
        if isinstance(inner, EventDate):
            return ["date", as_plain(inner), span.path, span.start, span.end]
        if isinstance(inner, datetime.date):
            return ["day", inner.isoformat(), span.path, span.start, span.end]
        return ["plain", inner, span.path, span.start, span.end]
    if isinstance(value, tuple):
        return ["list", [_to_stored(item) for item in value]]
    return {key: _to_stored(item) for key, item in value.items()}


def _from_stored(stored: Any) -> Any:
    if isinstance(stored, dict):
        return {key: _from_stored(item) for key, item in stored.items()}
    kind, value, *place = stored
    if kind == "list":
        return tuple(_from_stored(item) for item in value)
    if kind == "date":
        value = from_plain(value, EventDate)
    elif kind == "day":
        value = datetime.date.fromisoformat(value)
    path, start, end = place
    return Placed(value, Span(path, start, end))


class Entry(Value):
    """What stands under one id in a file of records, as its record read it."""

    id: str  # "" where there is none
    values: Fields
    span: Span  # of the id, or of the whole entry


class Records(Value):
    """A file of records: the events of a timeline, the terms, the settings, records of one's own."""

    type: str  # the name of its content type
    key: str  # the page key of its bundle; "" for a file of the whole site
    entries: tuple[Entry, ...]  # in the order of the file; a file that is no list is one entry
    source: Source


class Language(Value):
    """A language of the site; every other form of its name is derived here."""

    key: str  # `nl`: in addresses, settings and file names
    locale: str  # `nl_BE`: as Babel means it
    name: str  # in its own language: Nederlands
    typography: str  # the profile: dutch, french, french-thin, french-closed, german, plain

    @property
    def tag(self) -> str:
        """The language tag of HTML (BCP 47): `nl-BE`."""
        return self.locale.replace("_", "-")


def named(*languages: Language) -> LanguageNames:
    """What goes into a message that names languages: each as the language of the message calls it."""
    return LanguageNames(tuple((each.locale, each.name) for each in languages))


class Topic(Value):
    """A theme by which events are filtered."""

    key: str
    names: Mapping[str, str]  # language key -> name


class Organisation(Value):
    """Who publishes the site."""

    short_name: str  # after the dash in a window's title
    names: Mapping[str, str]  # language key -> full name
    contact: str | None  # an e-mail address
    links: Mapping[str, str]  # `membership_form`, `donation_link`: only those that are set
    social: Mapping[str, str]  # name of a network -> address of the profile


class Settings(Value):
    """`content/site.yaml`, checked."""

    base_url: str  # without a slash at the end
    languages: tuple[Language, ...]  # in the order of the file; the first is only x-default
    navigation: tuple[Placed[str], ...]  # page keys
    organisation: Organisation
    topics: tuple[Topic, ...]
    hosting: str | None  # a key of the table of hosts
    exit: Mapping[str, str]  # language key -> where the quick exit leads
    expires: Placed[datetime.date] | None  # until when security.txt holds
    redirects: tuple[tuple[Placed[str], Placed[str]], ...]  # old path -> page link or path
    unset: tuple[Placed[str], ...]  # settings that pages use and that have no value yet
    search: Span | None = None  # where an index for searching is asked for
    foreign: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # language tag -> phrases
    admin: Mapping[str, Placed[str]] = field(default_factory=dict)  # where forms write; empty: none
    time_zone: str = "UTC"  # in which a day begins and ends (a name of the IANA database)
    repository: str | None = None  # the address at the git host, where pages lead to their files
    written: Records | None = None  # site.yaml as its record read it

    def language(self, key: str) -> Language:
        """The language with that key, which must exist."""
        return next(language for language in self.languages if language.key == key)


class Link(Value):
    """A link as its author wrote it; the site decides where it leads."""

    target: str  # `page:faq#become-member`, `site:donation_link`, `../faq/nl.md`, `https://…`
    text: str  # what can be clicked
    span: Span


class Picture(Value):
    """A picture in a text, as its author wrote it."""

    target: str  # the file's name in the bundle
    alt: str
    optional: bool  # `{.optional}`: nothing is shown until the file is there
    span: Span


class Heading(Value):
    """A heading of a text."""

    level: int
    id: str
    text: str
    shared: bool  # whether the author gave the id (`{#id}`)
    span: Span


class Section(Value):
    """A heading of level 2 with what follows it; HTML with markers, as in `Prose`."""

    id: str
    title: str
    html: str


class Prose(Value):
    """Converted Markdown: HTML in which links and pictures are numbered markers.

    `<a data-link="3">` stands for the link with that index, `<img data-picture="0">` for the
    picture: only the finished site knows where they lead.
    """

    html: str
    lead: str  # what comes before the first heading of level 2
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    headings: tuple[Heading, ...]
    anchors: tuple[str, ...]  # every id that can be linked to


class Block(Value):
    """A block of a Markdown text: what parity tracks."""

    kind: str  # heading, paragraph, list, table, quote, code, html, definition, note, rule
    text: str  # as written, without the blank lines around it
    span: Span


class FrontMatter(Value):
    """What stands between the `---` lines, checked."""

    title: Placed[str]
    short: Placed[str] | None = None  # the title where there is little room: menu, foot, tab
    description: Placed[str] | None = None
    slug: Placed[str] | None = None
    layout: str = "page"
    date: Placed[EventDate] | None = None
    draft: bool = False
    publish: Placed[datetime.date] | None = None  # the first day on which it is shown
    expires: Placed[datetime.date] | None = None  # the last
    reviewed: Placed[datetime.date] | None = None  # when somebody last read it over
    review_every: Placed[int] | None = None  # months
    keywords: Placed[str] | None = None  # what people search for who want this page
    image: Placed[str] | None = None
    image_alt: Placed[str] | None = None
    discreet: bool = False  # whether a shared link must not tell what the page is about
    only: Placed[str] | None = None  # why the page exists in one language on purpose
    redirect_from: tuple[Placed[str], ...] = ()
    allow: Mapping[str, str] = field(default_factory=dict)  # check -> reason
    values: Fields = field(default_factory=lambda: Fields({}))  # all of it


class Document(Value):
    """One Markdown file, parsed: a page in one language, not yet placed in the site."""

    key: str  # the page key: the bundle's path below content/
    language: str
    front: FrontMatter
    prose: Prose
    blocks: tuple[Block, ...]
    source: Source


class Precision(Enum):
    """How exactly a date is known: nothing finer may ever be shown."""

    CENTURY = "century"
    DECADE = "decade"
    YEAR = "year"
    SEASON = "season"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"


class EventDate(Value):
    """A date in EDTF (ISO 8601-2, level 1), as far as it is known.

    Of an interval with an open end, everything is of the end that is known.
    """

    text: str  # as written: `2020-21`, `2021-11-06/2021-11-07`, `2020-06~`
    precision: Precision
    first: datetime.date  # the first day that it can mean
    last: datetime.date  # the last day that it can mean
    time: datetime.time | None = None  # local, for precision minute
    season: int | None = None  # 21 spring, 22 summer, 23 autumn, 24 winter
    approximate: bool = False  # `~`: about then
    uncertain: bool = False  # `?`: perhaps then
    end: EventDate | None = None  # of an interval
    open: str = ""  # the end of an interval that is open: `start` or `end`

    @property
    def order(self) -> tuple[datetime.date, datetime.time]:
        """What events are sorted by."""
        return self.first, self.time or datetime.time.min


class Figure(Value):
    """A number that an event gives, with its unit and what it counts."""

    id: str
    value: int
    unit: str
    labels: Mapping[str, str]  # language key -> what is counted
    more_than: bool = False  # whether it was more than that
    key: bool = False  # whether it stands above the timeline, too


class EventQuote(Value):
    """What somebody said or wrote about an event."""

    texts: Mapping[str, str]  # language key -> the words
    whos: Mapping[str, str]  # language key -> who said them
    translated: tuple[str, ...] = ()  # keys of languages in which the site translated them
    reported: tuple[str, ...] = ()  # and of those in which they are told in indirect speech
    after: int | None = None  # the paragraph of the text behind which it stands, from 1


class EventSource(Value):
    """Where an event was told, or can be read about: an outlet, a title, or both."""

    outlets: Mapping[str, str]  # language key -> name; none where only the title is known
    title: str | None = None
    date: EventDate | None = None
    url: str | None = None
    language: str | None = None  # the key of the language it is written in


class Event(Value):
    """An entry of a timeline: one record, all its languages."""

    id: str
    date: EventDate
    titles: PlacedTexts
    texts: PlacedTexts
    span: Span  # of the id
    topics: tuple[Placed[str], ...] = ()
    actors: tuple[Mapping[str, str], ...] = ()  # language key -> name
    figures: tuple[Figure, ...] = ()
    quote: EventQuote | None = None
    sources: tuple[EventSource, ...] = ()
    image: Placed[str] | None = None
    image_alts: Mapping[str, str] = field(default_factory=dict)  # language key -> text
    until: Placed[str] | None = None  # the id of the event that ends what began here
    leads_to: Placed[str] | None = None  # the id of a later event that came of this one
    shorts: Mapping[str, str] = field(default_factory=dict)  # language key -> a few words
    lasted: Mapping[str, str] = field(default_factory=dict)  # language key -> text with `{days}`


DATA_FORMS = ("json", "csv", "ics")  # the files that a timeline is published as, too


class Timeline(Value):
    """`timeline.yaml` of a bundle, in the order of its dates."""

    key: str  # the page key of its bundle
    events: tuple[Event, ...]
    source: Source


class Catalog(Value):
    """The interface strings of one language, from its `.po` file."""

    language: str
    messages: Mapping[tuple[str, str], tuple[str, ...]]  # (context, msgid) -> forms
    source: Source | None
    theme: Catalog | None = None  # the theme's, for the strings that this one lacks


class Asset(Value):
    """A file of `assets/` under its fingerprinted address."""

    name: str  # as templates call it: `site.css`
    path: str  # in the output: `assets/site.1a2b3c4d.css`
    data: bytes


class Output(Value):
    """A file of the finished site."""

    path: str  # relative, with `/`
    data: bytes
    origin: str  # the source file it was made from, for messages and for `why`

    @property
    def is_page(self) -> bool:
        """Whether browsers show it as a page: the file to take along, too, which ends in `.htm`."""
        return self.path.endswith((".html", ".htm"))
