"""The fields of what editors write: one declaration for reading, texts, schemas, forms and manuals.

A record is a group of keys. Each field also says whether it is a text for readers, whether all
languages share its value, and what its value refers to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from enum import Enum
from typing import Any

from diptych.content.kinds import DAY, TEXT, WHOLE
from diptych.diagnostics import Message, Placed, say
from diptych.values import Value, replace
from diptych.yaml import Group, Key, Leaf, ListOf, PerLanguage, Shape, TableOf, TextOrPerLanguage


class Role(Enum):
    """The role of a text for its readers. All roles but PROSE are one line."""

    TITLE = "title"  # the name of the page or entry
    LABEL = "label"  # a few words: a name, what a number counts
    ALT = "alt"  # what a picture shows
    PROSE = "prose"  # Markdown, in blocks


class Field(Key):
    """A key of a record, with its meaning for readers and for the rest of the site."""

    # in files that have one version per language: True: each has its own value; False: all
    # languages must say the same; None: nobody compares them
    translate: bool | None = None
    role: Role | None = None  # None: no text for readers
    refers: str = ""  # page, event, topic, layout, picture, file, or a type of records
    exempt: tuple[str, ...] = ()  # names of checks that skip this text
    words: Mapping[str, Message] = {}  # the words that readers see for each of the choices, if any


class Record(Group):
    """A mapping with known keys, as `Group`; each of its keys is a field."""

    fields: dict[str, Field]

    def with_fields(self, own: Mapping[str, Field]) -> Record:
        """The record with more fields after its own."""
        return replace(self, fields={**self.fields, **own})

    @property
    def heading(self) -> str | None:
        """The field that names an entry: its title or name, or else its first text."""
        texts = [name for name, field in self.fields.items() if field.role is not None]
        plain = [name for name, field in self.fields.items() if field.shape == TEXT]
        named = [name for name in ("title", "name") if name in self.fields]
        return next(iter((*named, *texts, *plain)), None)


def leaves(shape: Shape, value: Any) -> Iterator[Placed[Any]]:
    """The single values in the result of a shape, in order, without those inside groups."""
    if isinstance(shape, Leaf):
        yield value
    elif not isinstance(shape, Group):
        for each in value if isinstance(shape, ListOf) else value.values():
            if isinstance(each, Placed):
                yield each
            else:
                yield from leaves(shape.item, each)


def groups(shape: Shape, value: Any) -> Iterator[tuple[Record, Mapping[str, Any]]]:
    """The records in the result of a shape, with their values: the figures of an event, for
    example.
    """
    if isinstance(shape, Record):
        yield shape, value
    elif not isinstance(shape, (Leaf, Group)):
        for each in value if isinstance(shape, ListOf) else value.values():
            if not isinstance(each, Placed):
                yield from groups(shape.item, each)


def filled(record: Record, values: Mapping[str, Any]) -> Iterator[tuple[str, Field, Any]]:
    """Every field of a record that has a value, and the fields of the records in it, in order."""
    for name, field in record.fields.items():
        if name in values:
            yield name, field, values[name]
            for inner, held in groups(field.shape, values[name]):
                yield from filled(inner, held)


def of_kinds(record: Record, kinds: Collection[Leaf]) -> Record:
    """The record with those of its fields that hold values of these kinds, at any depth."""

    def holds(shape: Shape) -> bool:
        if isinstance(shape, Group):
            return any(holds(each.shape) for each in shape.fields.values())
        return shape in kinds if isinstance(shape, Leaf) else holds(shape.item)

    fields = {name: field for name, field in record.fields.items() if holds(field.shape)}
    return replace(record, fields=fields)


def narrowed(record: Record, wanted: Callable[[Field, Leaf], bool]) -> Record:
    """The record with only those of its fields in which a value can be of a wanted kind.

    Whoever asks thousands of files for such values goes through no other fields of them.
    """
    kept = {
        name: field
        for name, field in record.fields.items()
        if _can_hold(field, field.shape, wanted)
    }
    return replace(record, fields=kept)


def _can_hold(field: Field, shape: Shape, wanted: Callable[[Field, Leaf], bool]) -> bool:
    if isinstance(shape, Record):
        return any(_can_hold(each, each.shape, wanted) for each in shape.fields.values())
    if isinstance(shape, Leaf):
        return wanted(field, shape)
    return not isinstance(shape, Group) and _can_hold(field, shape.item, wanted)


class Single(Value):
    """A single value of a record, with its position in the record."""

    field: Field
    leaf: Leaf
    placed: Placed[Any]
    names: tuple[str, ...]  # of its field, after those of the groups around it
    items: tuple[str, ...] = ()  # of lists: their ids, or else numbers; of tables: their keys
    language: str = ""  # "" if the value is not written for one language alone
    languages: tuple[str, ...] = ()  # those with a value, if they stand side by side
    number: int = 0  # in a list of its language, from 1; 0: in none, or in one whose items have ids


def singles(record: Record, values: Mapping[str, Any], language: str = "") -> Iterator[Single]:
    """Every single value of a record, and those of the records in it, in order.

    `language` is the language of the file, if the file is written in one language.
    """
    return _of_record(record, values, (), (), _Spoken(language))


class _Spoken(Value):
    """Tracks the language of the values while a record is walked through."""

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
    """The id of an item of a list, "" if it has none."""
    identity = item.get("id") if isinstance(item, dict) else None
    return identity.value if isinstance(identity, Placed) else ""


def is_per_language(value: Mapping[str, Placed[str]]) -> bool:
    """Whether a value is written once per language; a name, for example, is written once for all."""
    return len({each.span for each in value.values()}) == len(value)


REVIEWED = {
    "reviewed": Field(
        DAY,
        say("when somebody last looked whether it is still true"),
        example="2024-06-08",
        required_with="review_every",
    ),
    "review_every": Field(
        WHOLE,
        say("after how many months somebody must look again; `check` then says so"),
        example="12",
    ),
}
