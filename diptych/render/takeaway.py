"""Makes the chapters of the take-away file: one self-contained file per language with the whole
site, to keep, print or pass on.

It is for readers who must not leave a trace online or have no data plan. Links between pages lead
to places in the file, pictures are embedded, and the file loads nothing from elsewhere.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from markupsafe import Markup

from diptych.markdown import slugify
from diptych.model import Asset
from diptych.render.prose import interface
from diptych.site import Site
from diptych.values import replace
from diptych.views import (
    ChapterView,
    EventView,
    FieldsView,
    ImageView,
    LeadView,
    PageView,
    TakeawayEvent,
    TakeawayPage,
)

NAME = interface("whole site")  # the name of the file, in the language's own words
_IDENTITY = re.compile(r'(\s(?:id|for|aria-labelledby))="([^"]+)"')
_ID = re.compile(r'\sid="([^"]+)"')
_HREF = re.compile(r'(<a\b[^>]*?\shref=)"([^"]*)"')
_OTHERS = re.compile(r"<source\b[^>]*>")  # other formats of a picture, which this file leaves out
_SOURCE = re.compile(r'(<img\b[^>]*?\ssrc=)"([^"]*)"')


def takeaway_path(language: str, name: str) -> str:
    """The path of the take-away file: `nl/hele-site.htm`. Browsers open `.htm` as a page. Programs
    that treat every `.html` as a page of the site (crawlers, link checkers, hosts that drop the
    ending) ignore it.
    """
    return f"{language}/{slugify(name)}.htm"


def takeaway_style(assets: Iterable[Asset]) -> str:
    """The style sheet of the file: the design tokens of the site, and `assets/takeaway.css`."""
    sheets = {each.name: each.data.decode() for each in assets if each.name.endswith(".css")}
    return "".join(sheets.get(name, "") for name in ("tokens.css", "takeaway.css")).strip()


def anchors_of(view: PageView) -> tuple[str, ...]:
    """The ids of a page's parts in the file, each with the page's key in front."""
    found = (
        *_ID.findall(view.html),
        *(each.id for year in view.years for each in year.events),
        *(each.id for each in view.terms),
        *_entries(view.records),
    )
    return tuple(f"{_anchor(view.key)}--{name}" for name in dict.fromkeys(found))


def _anchor(key: str) -> str:
    """The id of a chapter."""
    return key.replace("/", "-")


def _entries(records: FieldsView) -> Iterator[str]:
    """The ids of the records beside a page."""
    for kind in records:
        yield from (str(each["id"]) for each in kind.values if isinstance(each, FieldsView))


class Chapters:
    """Makes the chapters of one take-away file. Links to its content become links within the file."""

    def __init__(
        self,
        site: Site,
        keys: Mapping[str, str],
        ids: Collection[str],
        pictures: Mapping[str, bytes],
    ) -> None:
        """`keys` maps the address of each page in the file to its key; `ids` holds the ids in the file;
        `pictures` holds every picture by its address.
        """
        self._site = site
        self.keys = keys
        self.ids = ids
        self._pictures = pictures

    def chapter(self, view: PageView) -> ChapterView:
        """The view of the chapter of a page."""
        return ChapterView(view.lang, self._page(view))

    def address(self, href: str, key: str) -> str:
        """The address in the file for a link of the page `key`."""
        return self._address(href, _anchor(key))

    def _page(self, view: PageView) -> TakeawayPage:
        anchor = _anchor(view.key)
        terms = tuple(
            replace(each, id=f"{anchor}--{each.id}", fields=self._fields(each.fields, view.key))
            for each in view.terms
        )
        events = tuple(self._event(each, view.key) for year in view.years for each in year.events)
        html, image = self._text(view.html, view.key), self._image(view.image)
        fields, records = (self._fields(each, view.key) for each in (view.fields, view.records))
        return TakeawayPage(anchor, view.title, html, image, terms, events, fields, records)

    def _fields(self, group: FieldsView, key: str) -> FieldsView:
        fields = {name: self._value(value, key) for name, value in group.fields_.items()}
        if isinstance(fields.get("id"), str):
            fields["id"] = f"{_anchor(key)}--{fields['id']}"
        shown = tuple(
            replace(field, values=tuple(self._value(each, key) for each in field.values))
            for field in group.shown_
        )
        return replace(group, fields_=fields, shown_=shown)

    def _value(self, value: object, key: str) -> object:
        """The value of a field, with its addresses and ids changed to those in the file."""
        if isinstance(value, FieldsView):
            return self._fields(value, key)
        if isinstance(value, tuple):
            return tuple(self._value(each, key) for each in value)
        if isinstance(value, ImageView):
            return self._image(value)
        if isinstance(value, LeadView) and value.href is not None:
            return replace(value, href=self._address(value.href, _anchor(key)))
        return self._text(value, key) if isinstance(value, Markup) else value

    def _event(self, event: EventView, key: str) -> TakeawayEvent:
        identity = f"{_anchor(key)}--{event.id}"
        html, title = self._text(event.html, key), self._text(event.title, key)
        return TakeawayEvent(
            identity,
            title,
            event.date,
            event.machine_date,
            html,
            self._image(event.image),
            event.figures,
            event.actors,
            event.sources,
            event.lang,
            self._fields(event.fields, key),
        )

    def _image(self, image: ImageView | None) -> ImageView | None:
        return image and replace(image, href=self._embedded(image.href), sources=())

    def _text(self, html: Markup, key: str) -> Markup:
        if "=" not in html:
            return html  # without attributes there is no address and no id
        prefix = _anchor(key)
        text = _IDENTITY.sub(lambda m: f'{m[1]}="{prefix}--{m[2]}"', str(html))
        text = _HREF.sub(lambda m: f'{m[1]}"{self._address(m[2], prefix)}"', text)
        text = _OTHERS.sub("", text)
        text = _SOURCE.sub(lambda m: f'{m[1]}"{self._embedded(m[2])}"', text)
        return Markup(text)  # noqa: S704  # finished HTML, with other addresses

    def _address(self, href: str, prefix: str) -> str:
        path, hash_, anchor = href.partition("#")
        if not path:
            return self._inside(prefix, anchor)
        if path in self.keys:
            return self._inside(_anchor(self.keys[path]), anchor)
        if path.startswith("/"):
            return self._site.url(path.removeprefix(self._site.href(""))) + hash_ + anchor
        return href

    def _inside(self, page: str, anchor: str) -> str:
        """The address of a place in the file. If the file lacks the place (it lacks the years of a
        timeline), the address of the page's chapter.
        """
        return f"#{page}--{anchor}" if f"{page}--{anchor}" in self.ids else f"#{page}"

    def _embedded(self, source: str) -> str:
        data = self._pictures.get(source, b"")
        kind = mimetypes.guess_type(source)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(data).decode()}"
