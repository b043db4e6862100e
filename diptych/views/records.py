"""The views of a site's own fields and records, and of their links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape

from diptych.values import Value


class LeadView(Value):
    """The target of a link, a file or a reference. If a template shows it, it becomes a whole link."""

    text: Markup  # inline HTML without links: the title of a page or event, a name, an address
    href: str | None  # None for a setting without an address
    external: bool = False  # whether it leads to another site
    lang: str | None = None  # the language tag of the target, if it is not the page's language

    def __html__(self) -> str:
        if self.href is None:
            return self.text
        lang = Markup(' hreflang="{}"').format(self.lang) if self.lang else ""
        rel = Markup(' rel="external noreferrer"') if self.external else ""
        return Markup('<a href="{}"{}{}>{}</a>').format(self.href, rel, lang, self.text)


class DateView(Value):
    """A date. If a template shows it, it becomes a `time` element."""

    text: Markup  # for people: "juni 2019"
    machine: str  # for `time datetime`: "2019-06"

    def __html__(self) -> str:
        return Markup('<time datetime="{}">{}</time>').format(self.machine, self.text)


class NumberView(Value):
    """A number. If a template shows it, it has the notation of the page's language."""

    value: int
    text: str  # "1.200"

    def __html__(self) -> str:
        return escape(self.text)


class FieldView(Value):
    """A field with a value, for templates that show all fields."""

    name: str  # the name in types.yaml
    label: Markup | str  # the label of types.yaml, in the language of the page; "" without `label`
    kind: str  # the kind in types.yaml; `link` for a file or reference, `records` for a type
    values: tuple[object, ...]  # one value, or all values of a list; a template can show each value
    titles: bool = False  # whether the value is the name of the page or entry
    readable: bool = True  # whether its values are words for readers; keys are not


class FieldsView(Value):
    """Fields by their names in types.yaml: `view.fields.place`, `person.role`,
    `view.records.people`.

    A value is HTML for text and prose; a `DateView`, `NumberView`, `ImageView` or `LeadView`; true
    or false for a flag; plain text for keys and choices. A list is a tuple of such values, a group
    is another `FieldsView`. A field without a value is empty: "", or an empty tuple for a list. A loop
    over the fields gives a `FieldView` for each field that has a value. If a template shows a group,
    it becomes its readable values in one line.
    """

    fields_: Mapping[str, object]
    shown_: tuple[FieldView, ...] = ()
    comma_: str = ", "  # the comma and space between two values, in the language of the page

    def __html__(self) -> str:
        readable = (field.values for field in self.shown_ if field.readable)
        return escape(self.comma_).join(escape(value) for values in readable for value in values)

    def __getitem__(self, name: str) -> object:
        return self.fields_[name]

    def __iter__(self) -> Iterator[FieldView]:
        return iter(self.shown_)

    def __bool__(self) -> bool:
        return bool(self.shown_)
