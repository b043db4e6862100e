"""The view of a page, and the values of the site that every page shows."""

from __future__ import annotations

from markupsafe import Markup

from diptych.values import Value
from diptych.views.events import AgendaView, NextEventsView, TimelineView, YearView
from diptych.views.links import (
    AlternateView,
    EntryGroupView,
    EntryView,
    ExternalView,
    ImageView,
    LanguageView,
    LinkView,
    NoticeView,
    SectionView,
    ShareView,
)
from diptych.views.records import FieldsView


class WordView(Value):
    """A word in a language that is not the page's."""

    word: Markup
    lang: str  # its language tag


class TermView(Value):
    """A term of the glossary: the preferred word, the avoided ones, and the reason."""

    id: str  # the permalink, the same in every language
    word: Markup  # the preferred word
    elsewhere: tuple[WordView, ...]  # the preferred word in the other languages of the site
    avoided: tuple[Markup, ...]  # the words to avoid, each in quotation marks
    reason: Markup
    note: Markup | None  # when or how to use it
    lang: str | None  # the language tag of the term if it is a fallback
    fields: FieldsView = FieldsView({})  # the site's own fields of terms


class ContentsEntry(Value):
    """A link to a part of a page: a section, a question, an event, a term."""

    title: Markup  # inline HTML without links
    href: str
    date: Markup | None  # the date of an event
    machine_date: str | None
    lang: str | None  # the language tag of the title when it is a fallback


class ContentsGroup(Value):
    """Links to parts of a page: its sections, or the events of one year."""

    title: str | None  # the year of the events; None for sections
    href: str | None
    entries: tuple[ContentsEntry, ...]


class ContentsPage(Value):
    """A page in the list of everything, with links to its parts."""

    title: str
    href: str
    groups: tuple[ContentsGroup, ...]


class SiteView(Value):
    """The values of the site that every page of a language shows."""

    short_name: str  # "Example"
    name: str  # "Belgische Unie van Sekswerkers"
    home: str  # address of the home page of this language
    contact: str | None  # an e-mail address
    social: tuple[ExternalView, ...]
    exit: str | None  # the address of the quick exit, for this language
    navigation: tuple[LinkView, ...]  # the pages that the settings list, in order
    footer: tuple[LinkView, ...]  # the other top-level pages
    feed: str  # address of this language's Atom feed
    edit: str | None  # address of the page's own file at the git host; None on discreet pages
    # address of the take-away file; None if the language has no page of its own
    takeaway: str | None
    in_parts: bool = False  # whether the take-away file is a list of files, as on a large site


class PageView(Value, kw_only=True):
    """One page in one language: everything that its template gets, as `view`."""

    key: str  # the page key, `faq`; `404` and `root` for the two pages without a bundle
    layout: str  # page | home | faq | timeline | list | glossary | search | 404 | root
    lang: str  # the language tag of the interface: `nl-BE`
    content_lang: str | None = None  # the tag of the text when it differs (a fallback)
    title: str  # for h1
    head_title: str  # for the title element: "Mission – Example"
    description: str = ""
    html: Markup = Markup("")  # the whole text
    lead: Markup = Markup("")  # the text before the first heading of level 2
    sections: tuple[SectionView, ...] = ()
    date: Markup | None = None
    machine_date: str | None = None
    image: ImageView | None = None
    canonical: str = ""  # absolute
    indexable: bool  # whether search engines may index it; false for 404 and fallbacks
    alternates: tuple[AlternateView, ...] = ()  # hreflang links; empty for fallbacks
    languages: tuple[LanguageView, ...]  # the switcher, every language of the site
    breadcrumb: tuple[LinkView, ...] = ()  # the pages above this one; empty for top-level pages
    previous: LinkView | None = None  # for a dated page of a list: the page before it in time
    next: LinkView | None = None  # the page after it in time
    feed: str | None = None  # for a list: the address of its own Atom feed
    children: tuple[EntryView, ...] = ()  # nested pages: newest first, then by title
    notice: NoticeView | None = None
    # the page's own timeline; on the home page, the site's first
    timeline: TimelineView | None = None
    # with the layout glossary: the terms of terms.yaml, in the order of that file
    terms: tuple[TermView, ...] = ()
    structured: Markup = Markup("")  # schema.org data, as JSON-LD for a script element; may be ""
    site: SiteView
    contents: tuple[ContentsPage, ...] = ()  # with the layout search: all content in this language
    search: str | None = None  # with the layout search: the address of Pagefind's script, if any
    archives: tuple[LinkView, ...] = ()  # with the layout search: the yearly archives of feeds
    keywords: str = ""  # words by which search finds this page, not shown on it
    fields: FieldsView = FieldsView({})  # the site's own fields of pages
    agenda: AgendaView | None = None
    # on the home page: the next events of the site's first agenda
    next_events: NextEventsView | None = None
    groups: tuple[EntryGroupView, ...] = ()  # the children that the list shows, in its groups
    records: FieldsView = FieldsView({})  # by type, the site's own records beside the page
    share: ShareView | None = None  # the data of its shared link; None for 404
    year: str = ""  # the year, on the page of one year of a list

    @property
    def years(self) -> tuple[YearView, ...]:
        """The events that the page shows with their texts, by year; none on the home page, which shows
        only the turning points of its timeline.
        """
        shown = self.timeline if self.layout == "timeline" else None
        return shown.years if shown else ()


class RootView(Value):
    """A page in no language: the choice at `/`, or the `/404.html` in all languages."""

    layout: str  # root | 404
    canonical: str
    alternates: tuple[AlternateView, ...]
    indexable: bool
    languages: tuple[PageView, ...]  # the home (or not-found) page of each language
