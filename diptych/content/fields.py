"""The fields of what editors write: one declaration for reading, texts, schemas, forms and manuals.

A record is a group of keys whose fields also say which of them hold texts for readers, which of
them every language shares, and what a value names elsewhere in the site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from diptych.content.kinds import TEXT
from diptych.diagnostics import Message, Placed
from diptych.values import Value, replace
from diptych.yaml import Group, Key, Leaf, ListOf, PerLanguage, Shape, TableOf, TextOrPerLanguage


class Role(Enum):
    """What a text is to its readers. All but PROSE are one line."""

    TITLE = "title"  # the name of the page or entry
    LABEL = "label"  # a few words: a name, what a number counts
    ALT = "alt"  # what a picture shows
    PROSE = "prose"  # Markdown, in blocks


class Field(Key):
    """A key of a record, with what it means to readers and to the rest of the site."""

    # in files that have one version per language: True: each has its own value; False: all
    # languages must say the same; None: nobody compares them
    translate: bool | None = None
    role: Role | None = None  # None: no text for readers
    refers: str = ""  # page, event, topic, layout, picture, file, or a type of records
    exempt: tuple[str, ...] = ()  # names of checks that do not hold for this text
    words: Mapping[str, Message] = {}  # what readers read for each of the choices, if for any


class Record(Group):
    """A mapping with known keys, as `Group`; all of its keys are fields."""

    fields: dict[str, Field]

    def with_fields(self, own: Mapping[str, Field]) -> Record:
        """The record with more fields behind its own."""
        return replace(self, fields={**self.fields, **own})

    @property
    def heading(self) -> str | None:
        """The field by which people call an entry: its title or name, or else its first text."""
        texts = [name for name, field in self.fields.items() if field.role is not None]
        plain = [name for name, field in self.fields.items() if field.shape == TEXT]
        named = [name for name in ("title", "name") if name in self.fields]
        return next(iter((*named, *texts, *plain)), None)


def leaves(shape: Shape, value: Any) -> Iterator[Placed[Any]]:
    """The single values in what a shape yielded, in order; none of those in groups."""
    if isinstance(shape, Leaf):
        yield value
    elif not isinstance(shape, Group):
        for each in value if isinstance(shape, ListOf) else value.values():
            if isinstance(each, Placed):
                yield each
            else:
                yield from leaves(shape.item, each)


def groups(shape: Shape, value: Any) -> Iterator[tuple[Record, Mapping[str, Any]]]:
    """The records in what a shape yielded, with their values: the figures of an event."""
    if isinstance(shape, Record):
        yield shape, value
    elif not isinstance(shape, (Leaf, Group)):
        for each in value if isinstance(shape, ListOf) else value.values():
            if not isinstance(each, Placed):
                yield from groups(shape.item, each)


def filled(record: Record, values: Mapping[str, Any]) -> Iterator[tuple[str, Field, Any]]:
    """Every field of a record that has a value, with those of the records in it, in order."""
    for name, field in record.fields.items():
        if name in values:
            yield name, field, values[name]
            for inner, held in groups(field.shape, values[name]):
                yield from filled(inner, held)


class Single(Value):
    """A single value of a record, and where it stands there."""

    field: Field
    leaf: Leaf
    placed: Placed[Any]
    names: tuple[str, ...]  # of its field, behind those of the groups around it
    items: tuple[str, ...] = ()  # of lists: their ids, or else numbers; of tables: their keys
    language: str = ""  # "" where it is not written for one language alone
    languages: tuple[str, ...] = ()  # for which there is a value beside each other
    number: int = 0  # in a list of its language, from 1; 0: in none, or in one whose items have ids


def singles(record: Record, values: Mapping[str, Any], language: str = "") -> Iterator[Single]:
    """Every single value of a record, with those of the records in it, in order.

    `language` is that of the file, where it is written in one.
    """
    return _of_record(record, values, (), (), _Spoken(language))


class _Spoken(Value):
    """In which language the values stand that are met now."""

    language: str
    languages: tuple[str, ...] = ()
    number: int = 0


def _of_record(
    record: Record,
    values: Mapping[str, Any],
    names: tuple[str, ...],
    items: tuple[str, ...],
    spoken: _Spoken,
) -> Iterator[Single]:
    for name, field in record.fields.items():
        if name in values:
            yield from _of_value(field, field.shape, values[name], (*names, name), items, spoken)


def _of_value(
    field: Field,
    shape: Shape,
    value: Any,
    names: tuple[str, ...],
    items: tuple[str, ...],
    spoken: _Spoken,
) -> Iterator[Single]:
    if isinstance(shape, Record):
        yield from _of_record(shape, value, names, items, spoken)
    elif isinstance(shape, ListOf):
        for number, each in enumerate(value, start=1):
            identity = _identity(each)
            inside = spoken
            if spoken.language and not identity:
                inside = replace(spoken, number=number)
            place = (*items, identity or str(number))
            yield from _of_value(field, shape.item, each, names, place, inside)
    elif isinstance(shape, TableOf):
        for key, each in value.items():
            yield from _of_value(field, shape.item, each, names, (*items, key), spoken)
    elif isinstance(shape, TextOrPerLanguage) and not is_per_language(value):
        yield Single(field, shape.item, next(iter(value.values())), names, items)
    elif isinstance(shape, (PerLanguage, TextOrPerLanguage)):
        for language, each in value.items():
            inside = _Spoken(language, tuple(value))
            yield from _of_value(field, shape.item, each, names, items, inside)
    elif isinstance(shape, Leaf):
        language, languages, number = spoken.language, spoken.languages, spoken.number
        yield Single(field, shape, value, names, items, language, languages, number)


def _identity(item: Any) -> str:
    """The id of an item of a list, "" where it has none."""
    identity = item.get("id") if isinstance(item, dict) else None
    return identity.value if isinstance(identity, Placed) else ""


def is_per_language(value: Mapping[str, Placed[str]]) -> bool:
    """Whether a value is written per language, and not once for all of them: a name."""
    return len({each.span for each in value.values()}) == len(value)
