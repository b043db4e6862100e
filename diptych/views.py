"""What a template may see: frozen views, one field one sentence.

A template receives one `PageView` (as `view`) and the interface strings of its language; nothing
else. So this file is the contract between the code and whoever writes templates, and the digest
of a view is the digest of all that a page depends on.

Everything of type `Markup` is finished HTML (already escaped, typeset); every `str` is plain
text, already typeset, which Jinja escapes. Every `href` is ready to be written into an attribute.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link to a page of this site, as a menu shows it."""

    title: str  # the page's title
    href: str
    current: bool  # whether it is the page that is being shown
    ancestor: bool  # whether the page that is being shown lies below it
    lang: str | None  # the language tag of the target when it differs from the page's language


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language of the site, seen from one page."""

    key: str  # `nl`: as in addresses and settings
    tag: str  # `nl-BE`: as HTML's lang wants it
    og_locale: str  # `nl_BE`: as Open Graph wants it
    name: str  # in its own language: Nederlands, Français
    href: str  # the same page in that language (or its nearest relative)
    current: bool
    available: bool  # whether the page really has this language (false: fallback or absent)


@dataclass(frozen=True, slots=True)
class AlternateView:
    """One `link rel=alternate hreflang`."""

    hreflang: str  # `nl-BE`, `fr-BE`, `x-default`
    href: str  # absolute


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part of a page: a heading of level 2 and what follows it, up to the next one."""

    id: str  # the shared id of the heading
    title: Markup  # the heading's content, without the h2 element
    html: Markup  # what follows the heading


@dataclass(frozen=True, slots=True)
class PictureSource:
    """The same picture in another format, at several widths."""

    type: str  # `image/avif`
    srcset: str


@dataclass(frozen=True, slots=True)
class ImageView:
    """A picture beside a page, as its front matter names it."""

    href: str
    width: int
    height: int
    alt: str
    sources: tuple[PictureSource, ...] = ()  # lighter forms, for browsers that take them


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of an event, for the table beside its drawing."""

    label: str  # "bij stemming voor"
    value: str  # formatted for the language: "1.200", "€ 40.000"


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The figures of an event that share a unit: a drawing and the table that says the same."""

    unit: str  # `votes`, `people`, `EUR`, … as in timeline.yaml
    drawing: Markup | None  # inline SVG, hidden from assistive technology; none when not drawn
    summary: str  # the figures as one sentence: the drawing's text equivalent
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where a fact can be read elsewhere."""

    title: str
    href: str
    lang: str | None


@dataclass(frozen=True, slots=True)
class StepView:
    """Another event, as a link to it."""

    id: str
    title: Markup
    date: Markup
    machine_date: str


@dataclass(frozen=True, slots=True)
class EventView:
    """An event of the timeline."""

    id: str  # the permalink, the same in every language
    title: Markup  # inline HTML
    date: Markup  # for people: "18 maart 2022 om 1.35 uur", "1<sup>er</sup> avril 2021"
    machine_date: str  # for `time datetime`: "2022-03-18T01:35", "2020-06"
    machine_end: str | None  # for the last day of an interval
    html: Markup
    topics: tuple[TopicView, ...]
    actors: tuple[str, ...]
    figures: tuple[FiguresView, ...]
    sources: tuple[SourceView, ...]
    image: ImageView | None
    lang: str | None  # the language tag of title and text when they are a fallback
    previous: StepView | None = None  # the event before it
    next: StepView | None = None  # the event after it
    leads_to: StepView | None = None  # of a turning point: the next one


@dataclass(frozen=True, slots=True)
class TopicView:
    """A theme by which the timeline can be filtered."""

    key: str  # `turning-point`
    number: int  # from 1: the style sheet filters by number, so it needs no names
    name: str
    count: int  # how many events have it


@dataclass(frozen=True, slots=True)
class YearView:
    """The events of one calendar year, in order."""

    year: str  # "2020"
    id: str  # anchor: "y2020"
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A timeline, in one language."""

    years: tuple[YearView, ...]
    topics: tuple[TopicView, ...]
    count: int  # events in all
    overview: Markup  # inline SVG: the whole span at a glance, each tick a link to its event
    href: str  # the address of the page that shows it
    latest_step: EventView | None  # the last event that is a turning point
    data: tuple[DataLinkView, ...]  # the same timeline as json, csv, ics


@dataclass(frozen=True, slots=True)
class DataLinkView:
    """The timeline as a file."""

    format: str  # "json", "csv", "ics"
    type: str  # its media type
    href: str


@dataclass(frozen=True, slots=True)
class WordView:
    """A word in a language that is not the page's."""

    word: Markup
    lang: str  # its language tag


@dataclass(frozen=True, slots=True)
class TermView:
    """A term of the glossary: the word that is chosen, those that are avoided, and why."""

    id: str  # the permalink, the same in every language
    word: Markup  # the word that is chosen
    elsewhere: tuple[WordView, ...]  # the same in the other languages of the site
    avoided: tuple[Markup, ...]  # what is not written instead
    reason: Markup
    note: Markup | None  # when, or how, it is written
    lang: str | None  # the language tag of all this when it is a fallback


@dataclass(frozen=True, slots=True)
class EntryView:
    """A nested page as its parent lists it."""

    title: str
    href: str
    description: str
    date: Markup | None
    machine_date: str | None
    lang: str | None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What the reader must know about the state of this translation."""

    state: str  # fallback | outdated | unconfirmed
    language: str  # the name of the language that has the text (in that language's own name)
    tag: str  # its tag
    href: str  # the page in that language
    sections: tuple[SectionLinkView, ...]  # the sections that lag, for outdated


@dataclass(frozen=True, slots=True)
class SectionLinkView:
    """A section that lags behind, with where to read it in the language that is ahead."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class ExternalView:
    """A link that the settings name: a social profile, a form."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page of a language shows of the site as a whole."""

    short_name: str  # "UTSOPI"
    name: str  # "Belgische Unie van Sekswerkers"
    home: str  # address of the home page of this language
    contact: str | None  # an e-mail address
    social: tuple[ExternalView, ...]
    exit: str | None  # where the quick exit leads, for this language
    navigation: tuple[LinkView, ...]  # the pages that the settings list, in order
    footer: tuple[LinkView, ...]  # the other top-level pages
    feed: str  # address of this language's Atom feed
    takeaway: str  # address of the whole site in one file


@dataclass(frozen=True, slots=True)
class PageView:
    """One page in one language: all that its template gets, as `view`."""

    key: str  # the page key, `faq`; `404` and `root` for the two pages without a bundle
    layout: str  # page | home | faq | timeline | list | glossary | 404 | root
    lang: str  # the language tag of the interface: `nl-BE`
    content_lang: str | None  # the tag of the text when it differs (a fallback)
    title: str  # for h1
    head_title: str  # for the title element: "Missie – UTSOPI"
    description: str
    html: Markup  # the whole text
    lead: Markup  # what comes before the first heading of level 2
    sections: tuple[SectionView, ...]
    date: Markup | None
    machine_date: str | None
    image: ImageView | None
    canonical: str  # absolute
    indexable: bool  # false: robots noindex (404, fallbacks)
    alternates: tuple[AlternateView, ...]  # hreflang links; empty for fallbacks
    languages: tuple[LanguageView, ...]  # the switcher, every language of the site
    breadcrumb: tuple[LinkView, ...]  # the pages above this one; empty for top-level pages
    previous: LinkView | None  # of a dated page below a list: the one before it in time
    next: LinkView | None  # the one after it in time
    feed: str | None  # of a list: the address of its own Atom feed
    children: tuple[EntryView, ...]  # nested pages: newest first, then by title
    notice: NoticeView | None
    timeline: TimelineView | None  # on the timeline's page; on the home page, the site's first
    terms: tuple[TermView, ...]  # with the layout glossary: every term of terms.yaml, in its order
    structured: Markup  # schema.org data as JSON-LD, ready for a script element; "" where none
    site: SiteView


@dataclass(frozen=True, slots=True)
class RootView:
    """A page that belongs to no language: the choice at `/` and the bilingual `/404.html`."""

    layout: str  # root | 404
    canonical: str
    alternates: tuple[AlternateView, ...]
    indexable: bool
    languages: tuple[PageView, ...]  # the home (or not-found) page of each language


@dataclass(frozen=True, slots=True)
class TakeawayEvent:
    """An event in the file that holds the whole site."""

    id: str
    title: Markup
    date: Markup
    machine_date: str
    html: Markup
    lang: str | None


@dataclass(frozen=True, slots=True)
class TakeawayPage:
    """A page in the file that holds the whole site."""

    id: str
    title: str
    html: Markup  # links lead within the file, pictures travel in it
    events: tuple[TakeawayEvent, ...]


@dataclass(frozen=True, slots=True)
class TakeawayView:
    """The whole site of one language as one file: what its template gets."""

    lang: str
    site: SiteView
    canonical: str  # absolute, of the home page
    style: Markup  # the whole style sheet
    style_hash: str  # `sha256-…`: how the file's own policy allows it
    pages: tuple[TakeawayPage, ...]
