"""Small views that other views contain: links, pictures, notices, sections."""

from __future__ import annotations

from markupsafe import Markup

from diptych.values import Value


class LinkView(Value):
    """A link to a page of this site, as in a menu."""

    title: str  # the page's title
    href: str
    current: bool  # whether it is the page being shown
    ancestor: bool  # whether the page being shown is below it
    lang: str | None  # the language tag of the target when it differs from the page's language


class LanguageView(Value):
    """A language of the site, seen from one page."""

    key: str  # `nl`: as in addresses and settings
    tag: str  # `nl-BE`: for HTML's lang
    og_locale: str  # `nl_BE`: for Open Graph
    name: str  # in its own language: Nederlands, Français
    href: str  # the address of the same page in this language, or else of the language's home page
    current: bool
    available: bool  # whether the page has a text in this language (false: fallback or no page)


class AlternateView(Value):
    """The address of a page in one language, for a `link rel=alternate hreflang`."""

    hreflang: str  # `nl-BE`, `fr-BE`, `x-default`
    href: str  # absolute


class SectionView(Value):
    """A section of a page: a heading of level 2 and its text, up to the next one."""

    id: str  # the id of the heading, the same in all languages
    title: Markup  # the heading's content, without the h2 element
    html: Markup  # the text below the heading
    when: Markup | None = None  # the date with which the title begins: "Zomer 2015"
    colon: Markup | None = None  # the colon after that date, with the spaces of the language
    name: Markup | None = None  # the rest of such a title


class PictureSource(Value):
    """The same picture in another format, at several widths."""

    type: str  # `image/avif`
    srcset: str


class ImageView(Value):
    """A picture of a page, an event or a field. `picture` of `partials/picture.html` shows it."""

    href: str
    width: int
    height: int
    alt: str
    sources: tuple[PictureSource, ...] = ()  # smaller formats, for browsers that support them


class ShareView(Value):
    """The data of a shared link (Open Graph). Other programs show it, perhaps on a lock screen."""

    title: str  # for a discreet page, the organisation's short name
    description: str  # for a discreet page, the name of the host
    words: str  # the words on the picture
    image: str | None = None  # the absolute address of the picture, where the site has one
    width: int = 0
    height: int = 0


class EntryView(Value):
    """A nested page in the list of its parent."""

    title: str
    href: str
    description: str
    date: Markup | None
    machine_date: str | None
    year: str  # the year of its date; "" without one
    lang: str | None


class EntryGroupView(Value):
    """Entries of a list with the same year or topic."""

    id: str  # the anchor of its heading; "" without one
    title: str  # the year or the topic; "" for entries without one
    entries: tuple[EntryView, ...]


class NoticeView(Value):
    """The notice about the state of this translation."""

    state: str  # fallback | outdated | unconfirmed
    language: str  # the name of the language that has the text (in that language's own name)
    tag: str  # the language tag of the language that has the text
    href: str  # the address of the page in the language that has the text
    sections: tuple[SectionLinkView, ...]  # the outdated sections


class SectionLinkView(Value):
    """An outdated section, with a link to it in the language that has the newer text."""

    title: str
    href: str
    tag: str  # the language tag of the language that has the newer text


class ExternalView(Value):
    """A link from the settings: a social profile, a form."""

    name: str
    href: str
