"""The frozen values that the stages of the pipeline pass on; each field has a comment.

The files of a `Tree` are decoded as `Source`; a source is read as `Document`, `Records`, `Catalog`
or `Settings`; from these a `Site` is assembled, from the site the views of its pages, and from a
view an `Output`.
"""

from __future__ import annotations

import datetime
import posixpath
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from diptych.bodies import Body, Later
from diptych.diagnostics import LanguageNames, Placed, Source, Span
from diptych.values import Value, as_plain, field, from_plain

PlacedTexts = Mapping[str, Placed[str]]  # language key -> what an author wrote in that language


class File(Value):
    """A file of the site on the disk."""

    path: str  # relative to the root, with `/`, names in NFC
    data: bytes


RESERVED = frozenset(  # names that no file or folder can have on Windows, whatever its ending
    ("con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)))
)
NOT_ON_WINDOWS = re.compile(
    r'[<>:"|?*\\]|[. ](/|$)'
)  # signs that no name of a file can have on Windows, or not at its end


class Tree(Value):
    """All files of a site, in order of path. The stages of a build read no other file."""

    files: tuple[File, ...]

    def under(self, folder: str) -> tuple[File, ...]:
        """The files below a folder (`content`), in order."""
        start = f"{folder}/"
        return tuple(file for file in self.files if file.path.startswith(start))

    def get(self, path: str) -> File | None:
        """One file by its path, or None."""
        return next((file for file in self.files if file.path == path), None)

    def with_files(self, files: Mapping[str, str | bytes | None]) -> Tree:
        """The tree in which `files` have replaced the files of the same paths. A text is encoded as
        UTF-8; a file with None is removed.
        """
        made = {file.path: file for file in self.files if file.path not in files}
        for path, data in files.items():
            if data is not None:
                made[path] = File(path, data.encode() if isinstance(data, str) else data)
        return Tree(tuple(made[path] for path in sorted(made)))


class Fields(Mapping[str, Any]):
    """The values of a record: key -> value, in the order of the file.

    A value is `Placed`, a tuple of values, or a mapping to values, as the shape of its field says.
    No annotation can express this, so each value is stored with the name of its kind.
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
        """The values from their stored form; ValueError or TypeError if it does not fit."""
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
    """One entry of a file of records, as its record read it."""

    id: str  # "" if it has none
    values: Fields
    span: Span  # of the id, or of the whole entry


class Records(Value):
    """A file of records: the events of a timeline, the terms, the settings, a site's own records."""

    type: str  # the name of its content type
    key: str  # the page key of its bundle; "" for a file of the whole site
    entries: tuple[Entry, ...]  # in the order of the file; a file that is no list is one entry
    source: Source


class Language(Value):
    """A language of the site, with the other forms of its name."""

    key: str  # `nl`: its name in addresses, settings and file names
    locale: str  # `nl_BE`: its name for Babel
    name: str  # in its own language: Nederlands
    typography: str  # the profile: dutch, french, french-thin, french-closed, german, plain

    @property
    def tag(self) -> str:
        """The language tag of HTML (BCP 47): `nl-BE`."""
        return self.locale.replace("_", "-")


def named(*languages: Language) -> LanguageNames:
    """The argument of a message that names languages, each in the language of the message."""
    return LanguageNames(tuple((each.locale, each.name) for each in languages))


class Topic(Value):
    """A topic by which events are filtered."""

    key: str
    names: Mapping[str, str]  # language key -> name


class Organisation(Value):
    """The publisher of the site."""

    short_names: Mapping[str, str]  # language key -> the name after the dash in a window's title
    names: Mapping[str, str]  # language key -> full name
    contact: str | None  # an e-mail address
    links: Mapping[str, str]  # `membership_form`, `donation_link`: only those that are set
    social: Mapping[str, str]  # name of a network -> address of the profile

    def short_name(self, key: str = "") -> str:
        """The short name in a language. Where there is no language, or none of its own: the short
        names of all languages, each once.
        """
        return self.short_names.get(key) or " · ".join(dict.fromkeys(self.short_names.values()))

    def name(self, key: str) -> str:
        """The full name in a language; if it has none, the short name."""
        return self.names.get(key) or self.short_name(key)


class Settings(Value):
    """`content/site.yaml`, checked."""

    base_url: str  # without a slash at the end
    languages: tuple[Language, ...]  # in the order of the file; the first is only x-default
    navigation: tuple[Placed[str], ...]  # page keys
    organisation: Organisation
    topics: tuple[Topic, ...]
    hosting: str | None  # a key of the table of hosts
    exit: Mapping[str, str]  # language key -> the address of the quick exit
    expires: Placed[datetime.date] | None  # the last day of security.txt
    redirects: tuple[tuple[Placed[str], Placed[str]], ...]  # old path -> page link or path
    unset: tuple[Placed[str], ...]  # settings without a value that pages use
    search: Span | None = None  # the place that asks for a search index
    foreign: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # language tag -> phrases
    admin: Mapping[str, Placed[str]] = field(default_factory=dict)  # of the forms; empty: none
    time_zone: str = "UTC"  # in which a day begins and ends (a name of the IANA database)
    repository: str | None = None  # its address at the git host, for links to files
    written: Records | None = None  # site.yaml as its record read it

    def language(self, key: str) -> Language:
        """The language with that key, which must exist."""
        return next(language for language in self.languages if language.key == key)


class Link(Value):
    """A link as its author wrote it; `Resolver` finds its address once the site is known."""

    target: str  # `page:faq#become-member`, `site:donation_link`, `../faq/nl.md`, `https://…`
    text: str  # the words to click
    span: Span


class Picture(Value):
    """A picture in a text, as its author wrote it."""

    target: str  # the file's name in the bundle
    alt: str
    optional: bool  # `{.optional}`: nothing is shown until the file exists
    span: Span


class Heading(Value):
    """A heading of a text."""

    level: int
    id: str
    text: str
    shared: bool  # whether the author gave the id (`{#id}`)
    span: Span


class Section(Value):
    """A heading of level 2 with the text below it; HTML with markers, as in `Prose`."""

    id: str
    title: str
    html: str


class ProseHtml(Value):
    """The HTML of a text, with numbered markers for links and pictures, and the headings in it."""

    whole: str
    lead: str  # the text before the first heading of level 2
    sections: tuple[Section, ...]
    headings: tuple[Heading, ...] = ()


class LaterHtml(Later[ProseHtml]):
    """The HTML of a text. Only rendering its own page, comparing it with other languages, and a few
    checks read it.
    """

    kind = ProseHtml


class Prose(Value):
    """Converted Markdown: HTML with numbered markers for links and pictures.

    `<a data-link="3">` marks the link with that index in `links`, `<img data-picture="0">` a picture:
    their addresses are known only when the site is assembled.
    """

    later: LaterHtml
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    anchors: tuple[str, ...]  # every id that a link can lead to
    is_empty: bool  # whether the HTML is nothing but blanks

    @property
    def html(self) -> str:
        """The HTML of the whole text."""
        return self.later.get().whole

    @property
    def lead(self) -> str:
        """The HTML before the first heading of level 2."""
        return self.later.get().lead

    @property
    def sections(self) -> tuple[Section, ...]:
        """The headings of level 2, each with the text below it."""
        return self.later.get().sections

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of every level, in order."""
        return self.later.get().headings


def prose_of(
    html: ProseHtml,
    links: tuple[Link, ...] = (),
    pictures: tuple[Picture, ...] = (),
    anchors: tuple[str, ...] = (),
) -> Prose:
    """The converted text with this HTML, and the links, pictures and anchors in it."""
    empty = not html.whole.strip()
    return Prose(LaterHtml(html), links, pictures, anchors, empty)


EMPTY_PROSE = prose_of(ProseHtml("", "", ()))


class Block(Value):
    """A block of a Markdown text, as translations track it."""

    kind: str  # heading, paragraph, list, table, quote, code, html, definition, note, rule
    text: str  # as written, without the blank lines around it
    span: Span


class LaterBlocks(Later[tuple[Block, ...]]):
    """The blocks of a text, which only the checks and the comparison of that text ask for."""

    kind = tuple[Block, ...]


class FrontMatter(Value):
    """The front matter of a page: the values between its `---` lines, checked."""

    title: Placed[str]
    short: Placed[str] | None = None  # a short title, for menu, footer and tab
    description: Placed[str] | None = None
    slug: Placed[str] | None = None
    layout: str = "page"
    date: Placed[EventDate] | None = None
    draft: bool = False
    publish: Placed[datetime.date] | None = None  # the first day on which it is shown
    expires: Placed[datetime.date] | None = None  # the last
    reviewed: Placed[datetime.date] | None = None  # the day of the last review
    review_every: Placed[int] | None = None  # months
    keywords: Placed[str] | None = None  # words by which people search for the page
    image: Placed[str] | None = None
    image_alt: Placed[str] | None = None
    discreet: bool = False  # whether a shared link must not show the page's topic
    only: Placed[str] | None = None  # why the page is in one language on purpose
    redirect_from: tuple[Placed[str], ...] = ()
    allow: Mapping[str, str] = field(default_factory=dict)  # check -> reason
    values: Fields = field(default_factory=lambda: Fields({}))  # the values of all fields, by name

    @property
    def short_title(self) -> str:
        """The short title, or the title if there is none."""
        return (self.short or self.title).value

    def choice(self, name: str, default: str) -> str:
        """The value of a field with choices; `default` if it is not written."""
        return str(self.values[name].value) if name in self.values else default


class Document(Value):
    """One Markdown file, parsed: a page in one language, not yet placed in the site."""

    key: str  # the page key: the bundle's path below content/
    language: str
    front: FrontMatter
    slug: str  # of the front matter, or made of the title
    prose: Prose
    later: LaterBlocks
    source: Source
    # the digest of its values that other pages show (such as titles and date), and of its ids, to
    # which they link
    shown: str
    # the ids of its headings, joined by NUL; None if a heading lacks an id of its own or skips a level
    settled: str | None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of its Markdown, in order."""
        return self.later.get()


class Precision(Enum):
    """How exactly a date is known. Readers see no more of a date than is known."""

    CENTURY = "century"
    DECADE = "decade"
    YEAR = "year"
    SEASON = "season"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"


class EventDate(Value):
    """A date in EDTF (ISO 8601-2, level 1), as far as it is known.

    Of an interval with an open end, all values are those of the known end.
    """

    text: str  # as written: `2020-21`, `2021-11-06/2021-11-07`, `2020-06~`
    precision: Precision
    first: datetime.date  # the first possible day
    last: datetime.date  # the last possible day
    time: datetime.time | None = None  # local, for precision minute
    season: int | None = None  # 21 spring, 22 summer, 23 autumn, 24 winter
    approximate: bool = False  # `~`: approximate
    uncertain: bool = False  # `?`: uncertain
    end: EventDate | None = None  # of an interval
    open: str = ""  # the open end of an interval: `start` or `end`

    @property
    def order(self) -> tuple[datetime.date, datetime.time]:
        """The sort key of events."""
        return self.first, self.time or datetime.time.min


class Figure(Value):
    """A number of an event, with its unit and label."""

    id: str
    value: int
    unit: str
    labels: Mapping[str, str]  # language key -> what is counted
    more_than: bool = False  # whether the real number was higher
    key: bool = False  # whether it is also shown above the timeline


class EventQuote(Value):
    """A quotation about an event."""

    texts: Mapping[str, str]  # language key -> the words
    whos: Mapping[str, str]  # language key -> the speaker
    translated: tuple[str, ...] = ()  # keys of languages into which the site translated it
    reported: tuple[str, ...] = ()  # keys of languages in which it is in indirect speech
    after: int | None = None  # the paragraph of the text before it, from 1


class EventSource(Value):
    """A source about an event: an outlet, a title, or both."""

    outlets: Mapping[str, str]  # language key -> name; empty if only the title is known
    title: str | None = None
    date: EventDate | None = None
    url: str | None = None
    language: str | None = None  # the key of the language it is written in


class Event(Value):
    """An entry of a timeline: one record with all its languages."""

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
    until: Placed[str] | None = None  # the id of the event that ends what this one began
    leads_to: Placed[str] | None = None  # the id of a later event that this one caused
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
    messages: Mapping[str, tuple[str, ...]]  # the translation in each plural form, by msgid
    source: Source | None
    theme: Catalog | None = None  # the theme's, for the strings that this one lacks


class Asset(Value):
    """A file of `assets/` under its fingerprinted address."""

    name: str  # as templates call it: `site.css`
    path: str  # in the output: `assets/site.1a2b3c4d.css`
    data: bytes
    # the addresses of other sites in a style sheet, each once; None for any other file
    addresses: tuple[str, ...] | None = None


def ending_of(path: str) -> str:
    """The ending of a file's name in small letters, with its dot: `.jpg` of `Photo.JPG`; "" without
    one.
    """
    return posixpath.splitext(path)[1].lower()


class Output(Value):
    """A file of the finished site."""

    path: str  # relative, with `/`
    body: Body  # its bytes
    origin: str  # the source file it was made from, for messages and for `why`

    @property
    def data(self) -> bytes:
        """The bytes of the file, read now from memory or from the store of the cache."""
        return self.body.read()

    @property
    def is_page(self) -> bool:
        """Whether browsers show it as a page: the file to take along, too, which ends in `.htm`."""
        return ending_of(self.path) in (".html", ".htm")
