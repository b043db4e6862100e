"""What all types of records share: which are shown, their Markdown, their missing languages."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from diptych.content.fields import Record, filled, is_per_language, singles
from diptych.content.kinds import PROSE
from diptych.content.types import PAGE, Types
from diptych.diagnostics import Diagnostic, Edit, Placed, Source, Span, say, warning
from diptych.model import Document, Entry, Language, Records, Settings, named
from diptych.yaml import ListOf, PerLanguage, Shape, TableOf, TextOrPerLanguage

_CHECK = "missing-translation"


def shown_records(
    records: Iterable[Records], settings: Settings, documents: Iterable[Document]
) -> tuple[Records, ...]:
    """The records of the whole site, and those beside a page that is shown; not those beside a
    draft.
    """
    keys = {"", *(document.key for document in documents)}
    own = () if settings.written is None else (settings.written,)
    return (*own, *(each for each in records if each.key in keys))


def own_proses(
    documents: Iterable[Document], records: Iterable[Records], types: Types
) -> Iterator[tuple[Source, str, str, Placed[str]]]:
    """The Markdown in fields of the site's own: file, language, prefix for ids, and value."""
    page = types.own_part(PAGE.name)
    for document in documents:
        for single in singles(page, document.front.values, document.language):
            if single.leaf == PROSE:
                yield document.source, single.language, f"{single.names[-1]}-", single.placed
    for each in records:
        record = types.own_part(each.type)
        for entry in each.entries if record.fields else ():
            for single in singles(record, entry.values):
                if single.leaf == PROSE:
                    ids = f"{entry.id}-{single.names[-1]}-"
                    yield each.source, single.language, ids, single.placed


def entry_name(types: Types, kind: str, entry: Entry, order: Iterable[str]) -> str | None:
    """The name of an entry, in the first of the languages that has one."""
    name = types.by_name[kind].record.heading
    value = entry.values.get(name) if name else None
    if isinstance(value, Mapping):
        value = next((value[each] for each in order if each in value), None)
    return str(value.value) if isinstance(value, Placed) else None


def missing_languages(
    records: Iterable[Records],
    types: Types,
    languages: tuple[Language, ...],
    empty: Container[Span] = (),
) -> Iterator[Diagnostic]:
    """missing-translation (a warning): a value that an entry of any type has in one language and
    not in another.

    Entries without any language (`empty`, the places of their ids) are left out.
    """
    for each in records:
        record = types.by_name[each.type].record
        for entry in each.entries:
            if entry.span not in empty:
                yield from _untranslated(entry, record, languages, each.source)


def _untranslated(
    entry: Entry, record: Record, languages: tuple[Language, ...], source: Source
) -> Iterator[Diagnostic]:
    """Values that an entry has in one language and lacks in another: one report per language, at
    the first such value.
    """
    written = list(_written(entry, record))
    for language in languages:
        lacking = [(name, value) for name, value in written if language.key not in value]
        if lacking:
            parts = " + ".join(dict.fromkeys(name for name, _ in lacking))
            name = entry.id or source.path.rpartition("/")[2]
            message = say(
                "“{id}” has no {parts} in {name}", id=name, name=named(language), parts=parts
            )
            hint = say("add a line `{language}:` below {parts}", language=language.key, parts=parts)
            span = _place(lacking) or entry.span
            edits: tuple[Edit, ...] = ()
            if len(lacking) == 1 and re.match(r"[ \t]*\}", source.text[span.end :]):
                hint = say("write it between the same braces")
                edits = source.span(span.end, span.end).becomes(f", {language.key}: …")
            yield warning(_CHECK, span, message, hint, edits)


def _place(lacking: list[tuple[str, Mapping[str, Any]]]) -> Span | None:
    """The place of the first value that some language has; None if no language has one."""
    for _, value in lacking:
        for each in value.values():
            placed = each[0] if isinstance(each, tuple) and each else each
            if isinstance(placed, Placed):
                return placed.span
    return None


def _written(entry: Entry, record: Record) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The texts of an entry that every language should have, by field; those of groups too."""
    for name, field, value in filled(record, entry.values):
        if field.role is not None and _CHECK not in field.exempt:
            yield from _per_language(name, field.shape, value)


def _per_language(name: str, shape: Shape, value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The parts of a value that are written per language; those of a table with their keys."""
    if isinstance(shape, ListOf):
        for each in value:
            yield from _per_language(name, shape.item, each)
    elif isinstance(shape, TableOf):
        for key, each in value.items():
            yield from _per_language(f"{name}.{key}", shape.item, each)
    elif isinstance(shape, PerLanguage) or (
        isinstance(shape, TextOrPerLanguage) and is_per_language(value)
    ):
        yield name, value
