"""Goes through the values of a record one by one, after the record was read from YAML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from diptych.content.kinds import DAY, WHOLE
from diptych.diagnostics import Edit, Message, Placed, Source, Span, say
from diptych.values import Value, replace
from diptych.yaml import (
    Field,
    Leaf,
    ListOf,
    PerLanguage,
    Record,
    Shape,
    TableOf,
    TextOrPerLanguage,
)

REVIEWED = {  # fields that say when a page or an event was reviewed, and how often it must be
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


class FieldValue(Value):
    """A single value of a record, with its position in the record."""

    field: Field
    leaf: Leaf
    placed: Placed[Any]
    names: tuple[str, ...]  # the name of its field, after the names of the fields around it
    items: tuple[str, ...] = ()  # the list items (id or number) and table keys around it
    language: str = ""  # "" if the value is not written for one language alone
    languages: tuple[str, ...] = ()  # those with a value, if they stand side by side
    number: int = 0  # in a list of its language, from 1; 0: in none, or in one whose items have ids


def field_values(
    record: Record, values: Mapping[str, Any], language: str = ""
) -> Iterator[FieldValue]:
    """Every single value of a record, and those of the records in it, in order.

    `language` is the language of the file, if the file is written in one language.
    """
    return _of_record(record, values, (), (), _Spoken(language))


class _Spoken(Value):
    """The language of the values inside one field, with `languages` and `number` as in `FieldValue`."""

    language: str
    languages: tuple[str, ...] = ()
    number: int = 0


def _of_record(
    record: Record,
    values: Mapping[str, Any],
    names: tuple[str, ...],
    items: tuple[str, ...],
    spoken: _Spoken,
) -> Iterator[FieldValue]:
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
) -> Iterator[FieldValue]:
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
        yield FieldValue(field, shape.item, next(iter(value.values())), names, items)
    elif isinstance(shape, (PerLanguage, TextOrPerLanguage)):
        for language, each in value.items():
            inside = _Spoken(language, tuple(value))
            yield from _of_value(field, shape.item, each, names, items, inside)
    elif isinstance(shape, Leaf):
        language, languages, number = spoken.language, spoken.languages, spoken.number
        yield FieldValue(field, shape, value, names, items, language, languages, number)


def _identity(item: Any) -> str:
    """The id of an item of a list, "" if it has none."""
    identity = item.get("id") if isinstance(item, dict) else None
    return identity.value if isinstance(identity, Placed) else ""


def is_per_language(value: Mapping[str, Placed[str]]) -> bool:
    """Whether a value is written once per language; a name, for example, is written once for all."""
    return len({each.span for each in value.values()}) == len(value)


def texts_by_language(value: Mapping[str, Placed[str]]) -> dict[str, str]:
    """The texts of a value that is written per language, by language key."""
    return {language: text.value for language, text in value.items()}


def is_set(values: Mapping[str, Any], name: str) -> bool:
    """Whether the flag with this name is true; False if the values have no such flag."""
    return name in values and bool(values[name].value)


Wanted = Callable[[Field, Leaf], bool]


def narrowed(record: Record, wanted: Wanted) -> Record:
    """The record with only the fields that can hold a value that `wanted` accepts. Thousands of files
    are searched faster with fewer fields.
    """
    kept = {
        name: field
        for name, field in record.fields.items()
        if _can_hold(field, field.shape, wanted)
    }
    return replace(record, fields=kept)


def _can_hold(field: Field, shape: Shape, wanted: Wanted) -> bool:
    if isinstance(shape, Record):
        return any(_can_hold(each, each.shape, wanted) for each in shape.fields.values())
    if isinstance(shape, Leaf):
        return wanted(field, shape)
    return _can_hold(field, shape.item, wanted)


def add_languages(languages: Iterable[str], parts: str) -> Message:
    """The hint to write a value in further languages, given by their keys. `parts` names the fields
    that lack these languages.
    """
    return say(
        "add {keys} below {parts}", keys=", ".join(f"`{key}:`" for key in languages), parts=parts
    )


def with_languages(written: Span, languages: Iterable[str], source: Source) -> tuple[Edit, ...]:
    """The edit that adds the keys of these languages after the text in another language at
    `written`, each with `…` as its text: on lines of their own, or inside the braces. No edit if
    that text is an item of a list.
    """
    number, _ = source.position(written.start)
    line = source.line(number)
    if re.search(r"\[[^]{]*$", source.text[source.line_start(number) : written.start]):
        return ()
    if re.match(r"[ \t]*[,}]", source.text[written.end :]):
        start, added = "", "".join(f", {key}: …" for key in languages)
    elif indented := re.match(r"( *)[\w-]+: *", line):
        start, added = "\n", "\n".join(f"{indented[1]}{key}: …" for key in languages)
    else:
        return ()
    end = written.start + len(source.text[written.start : written.end].rstrip())
    return source.span(end, end).becomes(start + added)
