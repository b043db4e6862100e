"""Finishes converted texts for the readers of one language: replaces the numbered markers of links
and pictures by those of the finished site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from markupsafe import Markup, escape

from diptych.files import MadeImage
from diptych.i18n import Strings, format_date
from diptych.languages.hosts import plain_host
from diptych.markdown.typography import as_markup, typeset
from diptych.model import Asset, EventDate, Language, Link, Picture, Prose
from diptych.site import Resolver, Site, Target
from diptych.values import replace
from diptych.views import ImageView, PictureSource, SectionView

_LINK = re.compile(r'<a data-link="(\d+)"([^>]*)>(.*?)</a>', re.DOTALL)
_FIGURE = re.compile(r'<figure data-figure="(\d+)">(.*?)</figure>', re.DOTALL)
_IMAGE = re.compile(r'<img data-picture="(\d+)">')
_LABEL = re.compile(r'data-label="([a-z-]+)"')
_STRING = re.compile(r'data-string="([a-z-]+)">[^<]*<')


def interface(msgid: str) -> str:
    """Marks a string for message extraction, since the catalog of every site needs it; returns it
    unchanged.
    """
    return msgid


_LABELS = {
    "back-to-text": interface("Back to the text"),
    "footnote": interface("Footnote"),
    "task-done": interface("Done"),
    "task-open": interface("To do"),
}
_ADMONITIONS = {
    "note": interface("Note"),
    "tip": interface("Tip"),
    "warning": interface("Warning"),
    "danger": interface("Danger"),
    "important": interface("Important"),
    "caution": interface("Caution"),
}
_ELSEWHERE = interface("Opens %(host)s, which then sees your visit")
_NOT_YET = interface("not online yet; until then, write to %(contact)s")


class Finisher:
    """Finishes texts, dates and pictures for the readers of one language."""

    def __init__(
        self,
        site: Site,
        resolver: Resolver,
        language: Language,
        strings: Strings,
        images: Mapping[tuple[str, str], MadeImage],
        files: Mapping[tuple[str, str], Asset],
    ) -> None:
        """`images` and `files` are by page key and name."""
        self.site = site
        self.language = language
        self.strings = strings
        self._resolver = resolver
        self._images = images
        self._files = files

    def date(self, date: EventDate) -> Markup:
        """A date in words."""
        words = format_date(date, self.language.locale, self.strings.gettext)
        return as_markup(words, self.language.typography)

    def typeset(self, text: str) -> str:
        """A text with the typography of the language."""
        return typeset(text, self.language.typography)

    def image(self, key: str, name: str, alt: str) -> ImageView | None:
        """A picture of the page `key`, by its name in the text; None if the picture could not be
        read.
        """
        made = self._made(key, name)
        return image_view(self.site, made, alt) if made is not None else None

    def lead(self, link: Link, key: str) -> Target:
        """The target of a link on the page `key`: a page, an address or a file."""
        target, _ = self._resolver.resolve(link, key, self.language.key)
        return replace(target, href=self._href_of(*target.file)) if target.file else target

    def finish(
        self,
        html: str,
        prose: Prose,
        key: str,
        text_language: Language,
        targets: Sequence[Target] | None = None,
    ) -> Markup:
        """The finished HTML of a text on the page `key`, written in `text_language`. `targets` are
        the targets of the links of `prose`; if they are None, they are resolved here.
        """
        if "data-" not in html:  # every marker contains `data-`
            return Markup(html)  # noqa: S704  # nh3 cleaned it

        def link(match: re.Match[str]) -> str:
            number = int(match[1])
            written = prose.links[number]
            target = self.lead(written, key) if targets is None else targets[number]
            return self._anchor(target, match[2], match[3], written)

        def figure(match: re.Match[str]) -> str:
            picture = prose.pictures[int(match[1])]
            return f"<figure>{match[2]}</figure>" if self._made(key, picture.target) else ""

        def image(match: re.Match[str]) -> str:
            return self._img(prose.pictures[int(match[1])], key, text_language)

        html = _IMAGE.sub(image, _FIGURE.sub(figure, _LINK.sub(link, html)))
        html = _LABEL.sub(lambda match: self._label(match[1]), html)
        html = _STRING.sub(lambda match: self._string(match[1]), html)
        return Markup(html)  # noqa: S704  # nh3 cleaned it, and what is put in is escaped

    def _anchor(self, target: Target, attributes: str, content: str, link: Link) -> str:
        if target.file is not None:
            return f'<a href="{escape(target.href)}"{attributes}>{content}</a>'
        if target.unset is not None:
            return self._unset(content)
        if target.href is None:
            return content
        extra = attributes
        if target.external:
            extra += ' rel="external noreferrer"'
        if target.lang is not None and not link.target.startswith("#"):
            extra += f' hreflang="{target.lang}" class="other-language"'
        if target.external and "data-picture" in content:
            content += self._elsewhere(target.href)
        return f'<a href="{escape(target.href)}"{extra}>{content}</a>'

    def _elsewhere(self, address: str) -> str:
        """The words below a picture that links to another site, such as that of a video or a map."""
        host = plain_host(address.partition("://")[2].partition("/")[0])
        words = self.strings.gettext(_ELSEWHERE) % {"host": host}
        return f'<span class="elsewhere">{escape(self.typeset(words))}</span>'

    def _unset(self, content: str) -> str:
        """The HTML in place of a link to a setting without an address: its words, and the site's
        contact.
        """
        contact = self.site.settings.organisation.contact
        if contact is None:
            return content
        mail = Markup('<a href="mailto:{0}">{0}</a>').format(contact)
        note = escape(self.typeset(self.strings.gettext(_NOT_YET)))
        return f"{content} ({note % {'contact': mail}})"

    def _img(self, picture: Picture, key: str, language: Language) -> str:
        view = self.image(key, picture.target, typeset(picture.alt, language.typography))
        if view is None:
            return ""
        sources = Markup("").join(
            Markup('<source type="{}" srcset="{}" sizes="{}">').format(s.type, s.srcset, SIZES)
            for s in view.sources
        )
        image = Markup(
            '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">'
        ).format(view.href, view.alt, view.width, view.height)
        return f"<picture>{sources}{image}</picture>"

    def _label(self, name: str) -> str:
        return f'aria-label="{escape(self.strings.gettext(_LABELS.get(name, name)))}"'

    def _string(self, name: str) -> str:
        text = self.strings.gettext(_ADMONITIONS.get(name, name.capitalize()))
        return f">{escape(text)}<"

    def _made(self, key: str, name: str) -> MadeImage | None:
        own = self.site.name_in(key, name, self.language.key)
        return self._images.get((key, own.removeprefix("./")))

    def _href_of(self, key: str, name: str) -> str:
        """The address of a file; "" for a picture that cannot be read. That is an error, so the
        page is not published.
        """
        place = key, self.site.name_in(key, name, self.language.key)
        file, picture = self._files.get(place), self._images.get(place)
        made = file or (picture and picture.fallback)
        return self.site.href(quote(made.path)) if made else ""


_DATED = re.compile(r"([^:<>]*\b[12]\d{3})([\s\u00a0]*:)\s+(.+)", re.DOTALL)


def section_view(identity: str, title: Markup, html: Markup) -> SectionView:
    """The view of a section. If its title begins with a date and a colon, the date and the rest are
    also given apart: wide screens and paper show the date in the margin.
    """
    found = _DATED.fullmatch(title)
    if found is None:
        return SectionView(identity, title, html)
    when, colon, name = map(Markup, found.groups())  # from finished HTML, split between elements
    return SectionView(identity, title, html, when, colon, name)


SIZES = "(min-width: 45rem) 40rem, 100vw"  # the displayed width of a picture (HTML `sizes`)


def image_view(site: Site, made: MadeImage, alt: str) -> ImageView:
    """The view of a picture: the fallback format, which every browser can show, and the smaller
    formats.
    """
    kinds = dict.fromkeys(variant.type for variant in made.variants)
    sources = tuple(
        PictureSource(
            kind,
            ", ".join(
                f"{site.href(each.path)} {each.width}w"
                for each in made.variants
                if each.type == kind
            ),
        )
        for kind in kinds
    )
    plain = made.fallback
    return ImageView(site.href(plain.path), plain.width, plain.height, alt, sources)
