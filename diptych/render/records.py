"""The views of a site's own fields and records, with every value converted for templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from diptych.content.fields import is_per_language
from diptych.content.kinds import PROSE, TEXT, WHOLE
from diptych.content.types import PAGE
from diptych.diagnostics import Message, Placed
from diptych.i18n import format_number, machine_date
from diptych.markdown.typography import as_markup
from diptych.model import Entry, EventDate, Language, Link, Records
from diptych.render.prose import Finisher, interface
from diptych.site import Page
from diptych.site.references import entry_named
from diptych.views import DateView, FieldsView, FieldView, ImageView, LeadView, NumberView
from diptych.yaml import Field, Leaf, ListOf, PerLanguage, Record, Role, Shape, TextOrPerLanguage

_EMPTY = FieldsView({})
_YES = interface("yes")
_NO = interface("no")
_COMMA = interface(", ")
_SILENT = ("key", "choice", "alt")  # kinds whose values are not words for readers
_KINDS = {"whole": "number"}  # the name of a shape's kind in views, where it differs


class FieldComposer:
    """Makes the views of fields and records that one page shows, in the language of the page."""

    def __init__(self, finisher: Finisher, key: str, written: Language | None = None) -> None:
        """`key` is the key of the page. `written` is the language of its text; None: the page's
        own.
        """
        self._site = finisher.site
        self._language = finisher.language
        self._finisher = finisher
        self._key = key
        self._written = written or finisher.language

    def of_page(self, page: Page) -> FieldsView:
        """The site's own fields of the page."""
        record = self._site.types.own_part(PAGE.name)
        return self.record(record, page.document.front.values) if record.fields else _EMPTY

    def of_entry(self, kind: str, identity: str) -> FieldsView:
        """The site's own fields of an event (`timeline`) or a term (`terms`)."""
        record = self._site.types.own_part(kind)
        if not record.fields:
            return _EMPTY
        for records in self._site.records:
            if records.type == kind and records.key in (self._key, ""):
                for entry in records.entries:
                    if entry.id == identity:
                        return self.record(record, entry.values)
        return _EMPTY

    def records(self) -> FieldsView:
        """The records beside the page, by the name of their type. Every type of the site has an
        entry, which may be empty.
        """
        beside = {each.type: each for each in self._site.records_of(self._key)}
        if not self._site.types.own:
            return _EMPTY
        views: dict[str, tuple[FieldsView, ...]] = {}
        for own in self._site.types.own:
            entries = beside[own.name].entries if own.name in beside else ()
            views[own.name] = tuple(self.record(own.record, entry.values) for entry in entries)
        filled = tuple(
            FieldView(name, name, "records", entries) for name, entries in views.items() if entries
        )
        return FieldsView(views, filled)

    def record(self, record: Record, values: Mapping[str, Any]) -> FieldsView:
        """All fields of a record with these values."""
        heading = record.heading
        found: dict[str, object] = {}
        shown: list[FieldView] = []
        for name, field in record.fields.items():
            many = isinstance(field.shape, ListOf) or (
                isinstance(field.shape, PerLanguage) and isinstance(field.shape.item, ListOf)
            )
            items = self._values(name, field, values) if name in values else ()
            # "" for an absent value, since Jinja would show None as a word
            found[name] = items if many else (items[0] if items else "")
            if items:
                kind = _kind(field)
                ready = items
                if kind == "flag":
                    ready = tuple(map(self._flag, items))
                elif kind == "choice" and field.words:
                    ready = tuple(self._said(field.words[str(each)]) for each in items)
                readable = kind not in _SILENT or bool(field.words)
                label = "" if field.doc.unspoken else self._said(field.doc)
                shown.append(FieldView(name, label, kind, ready, name == heading, readable))
        return FieldsView(found, tuple(shown), self._finisher.strings.gettext(_COMMA))

    def _values(self, name: str, field: Field, values: Mapping[str, Any]) -> tuple[object, ...]:
        """The converted values of a field: one value, or all values of a list."""
        shape, value, written = field.shape, values[name], self._written
        if isinstance(shape, TextOrPerLanguage):
            shape = PerLanguage(shape.item) if is_per_language(value) else shape.item
        if isinstance(shape, PerLanguage):
            order = sorted(
                self._site.settings.languages, key=lambda each: each.key != self._language.key
            )
            language = next((each for each in order if each.key in value), None)
            if language is None:
                return ()
            shape, value, written = shape.item, value[language.key], language
        items = value if isinstance(shape, ListOf) else (value,)
        item = shape.item if isinstance(shape, ListOf) else shape
        made = (self._value(name, field, item, each, written, values) for each in items)
        return tuple(each for each in made if each is not None)

    def _value(
        self,
        name: str,
        field: Field,
        shape: Shape,
        value: Any,
        written: Language,
        around: Mapping[str, Any],
    ) -> object:
        if isinstance(shape, Record):
            return self.record(shape, value)
        assert isinstance(shape, Leaf)
        if field.refers == "picture":
            return self._picture(value.value, around.get(f"{name}_alt"))
        if field.refers == "file":
            return self._lead(value.value, escape(value.value), value)
        if field.refers:
            return self._reference(field.refers, value)
        if shape.name == "link":
            return self._lead(value.value, None, value)
        if shape == WHOLE:
            text = format_number(value.value, self._language.locale)
            return NumberView(value.value, self._finisher.typeset(text))
        if isinstance(value.value, EventDate):
            return self.date(value.value)
        if shape == PROSE:
            prose = self._site.prose(value)
            html = self._finisher.finish(prose.html, prose, self._key, written)
            return self._in_language(html, "div", written)
        if shape == TEXT and not field.choices:
            return self._in_language(as_markup(value.value, written.typography), "span", written)
        return value.value

    def _said(self, words: Message) -> Markup:
        """A label from types.yaml, in the language of the page."""
        return as_markup(words.spoken_in(self._language.key) or "", self._language.typography)

    def _flag(self, value: object) -> Markup:
        text = self._finisher.strings.gettext(_YES if value else _NO)
        return as_markup(text, self._language.typography)

    def _in_language(self, html: Markup, element: str, written: Language) -> Markup:
        """The text, wrapped in an `element` with `lang` if its language is not the page's."""
        if written.key == self._language.key:
            return html
        return Markup('<{0} lang="{1}">{2}</{0}>').format(element, written.tag, html)

    def date(self, date: EventDate) -> DateView:
        """The view of a date: in words, and for machines."""
        return DateView(self._finisher.date(date), machine_date(date))

    def _picture(self, name: str, alt: Any) -> ImageView | None:
        placed: Placed[str] | None = (
            alt.get(self._language.key) if isinstance(alt, Mapping) else alt
        )
        text = self._finisher.typeset(placed.value) if placed else ""
        return self._finisher.image(self._key, name, text)

    def _lead(self, target: str, text: Markup | None, placed: Placed[str]) -> LeadView:
        """A link. Its words are `text`, or else the title of the target page, or else the address."""
        found = self._finisher.lead(Link(target, "", placed.span), self._key)
        words = text or self._title(target) or escape(_bare(found.href or target))
        return LeadView(words, found.href, found.external, found.lang)

    def _title(self, target: str) -> Markup | None:
        key = target.removeprefix("page:").partition("#")[0] if target.startswith("page:") else ""
        page = self._site.page(key, self._language.key) if key else None
        if page is None:
            return None
        written = self._site.settings.language(page.text_language)
        return as_markup(page.document.front.title.value, written.typography)

    def _reference(self, refers: str, placed: Placed[str]) -> LeadView | None:
        if refers == "page" and placed.value in self._site.hidden:
            return None
        if refers == "page":
            return self._lead(f"page:{placed.value}", None, placed)
        found = entry_named(self._site.records, refers, placed.value, self._key)
        if found is None:
            return None
        records, entry = found
        return self._lead(f"page:{records.key}#{entry.id}", self._called(records, entry), placed)

    def _called(self, records: Records, entry: Entry) -> Markup:
        """The name of an entry for readers: the title of an event, the name of a person."""
        order = [self._language.key, *(each.key for each in self._site.settings.languages)]
        name = self._site.entry_name(records, entry, order)
        return as_markup(name, self._language.typography) if name else escape(entry.id)


def _kind(field: Field) -> str:
    shape: Shape = field.shape
    while isinstance(shape, (ListOf, PerLanguage, TextOrPerLanguage)):
        shape = shape.item
    if isinstance(shape, Record):
        return "group"
    if field.refers:
        return "picture" if field.refers == "picture" else "link"
    if field.choices or field.role is Role.ALT:
        return "choice" if field.choices else "alt"
    assert isinstance(shape, Leaf)
    return _KINDS.get(shape.name, shape.name)


def _bare(target: str) -> str:
    """An address without its scheme: `example.org/x`."""
    return target.partition("://")[2].rstrip("/") or target.removeprefix("mailto:")
