"""Finds, in records of every type, the records that are shown, the Markdown texts in them, and the texts
that a language lacks.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from diptych.content.fields import add_languages, is_per_language, with_languages
from diptych.content.kinds import INLINE, PROSE
from diptych.content.texts import File as TextFile
from diptych.content.texts import values_of
from diptych.content.types import PAGE, TERMS, Types
from diptych.diagnostics import Diagnostic, Placed, Source, Span, say, warning
from diptych.model import Document, Entry, Language, Records, Settings, named
from diptych.values import Value
from diptych.yaml import Field, ListOf, PerLanguage, Record, Shape, TableOf, TextOrPerLanguage

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


class MarkdownField(Value):
    """A Markdown text that is a value in YAML: the title of an event, a field of the site's own."""

    source: Source
    key: str  # of the page in whose folder the file is
    entry: str  # the id of its entry; "" in front matter
    language: str
    placed: Placed[str]
    inline: bool  # whether it is one line
    prefix: str  # of the ids in its HTML, so that two texts of one page do not share any
    # the key of the text in the cache: file, entry and field; lines added above leave it unchanged
    slot: str


def markdown_fields(files: Iterable[TextFile], types: Types) -> Iterator[MarkdownField]:
    """Every Markdown text in front matter and in entries."""
    own = {name: types.own_part(name).fields for name in types.by_name}
    for found in values_of(files, types, lambda _, leaf: leaf in (INLINE, PROSE)):
        file, single = found.file, found.value
        kind = PAGE.name if isinstance(file, Document) else file.type
        is_own = single.names[0] in own[kind]
        if kind == TERMS.name and not is_own:
            continue  # the reasons and notes of terms are shown as they are typed
        entry = found.entry.id if found.entry else ""
        place = "/".join((entry, *single.names, *single.items, single.language))
        yield MarkdownField(
            file.source,
            file.key,
            entry,
            single.language,
            single.placed,
            single.leaf == INLINE,
            "".join(f"{part}-" for part in (entry, single.names[-1] if is_own else "") if part),
            f"{file.source.path}#{place}",
        )


def missing_languages(
    records: Iterable[Records],
    types: Types,
    languages: tuple[Language, ...],
    empty: Container[Span] = (),
) -> Iterator[Diagnostic]:
    """missing-translation (a warning): a value that an entry of any type has in one language and
    not in another.

    `empty` are the places of the ids of entries that no language can show, which are reported already.
    """
    for each in records:
        record = types.by_name[each.type].record
        for entry in each.entries:
            if entry.span not in empty:
                yield from _untranslated(entry, record, languages, each.source)


def _untranslated(
    entry: Entry, record: Record, languages: tuple[Language, ...], source: Source
) -> Iterator[Diagnostic]:
    """Values that an entry has in one language and lacks in another: one report for the languages
    that lack the same values, at the first such value.
    """
    written = list(_written(record, entry.values))
    alike: dict[tuple[int, ...], list[Language]] = {}
    for language in languages:
        lacking = tuple(at for at, (_, value) in enumerate(written) if language.key not in value)
        if lacking:
            alike.setdefault(lacking, []).append(language)
    for places, lacked in alike.items():
        parts = " + ".join(dict.fromkeys(written[at][0] for at in places))
        name = entry.id or source.path.rpartition("/")[2]
        message = say("“{id}” has no {parts} in {name}", id=name, name=named(*lacked), parts=parts)
        keys = tuple(language.key for language in lacked)
        hint = add_languages(keys, parts)
        spans = [span for at in places for span in _first_place(written[at][1])]
        edits = tuple(edit for span in spans for edit in with_languages(span, keys, source))
        yield warning(_CHECK, spans[0] if spans else entry.span, message, hint, edits)


def _first_place(value: Mapping[str, Any]) -> Iterator[Span]:
    """The place of a value's text in the first language that has one; no place if none has."""
    for each in value.values():
        placed = each[0] if isinstance(each, tuple) and each else each
        if isinstance(placed, Placed):
            yield placed.span
            return


def _written(record: Record, values: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The texts that every language should have, by field: the texts of a record and of the records
    inside it.
    """
    for name, field in record.fields.items():
        if name in values:
            yield from _per_language(name, field, field.shape, values[name])


def _per_language(
    name: str, field: Field, shape: Shape, value: Any
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The parts of a value that are written per language; those of a table with their keys."""
    if isinstance(shape, Record):
        yield from _written(shape, value)
    elif isinstance(shape, ListOf):
        for each in value:
            yield from _per_language(name, field, shape.item, each)
    elif isinstance(shape, TableOf):
        for key, each in value.items():
            yield from _per_language(f"{name}.{key}", field, shape.item, each)
    elif field.role is None or _CHECK in field.exempt:
        return
    elif isinstance(shape, PerLanguage) or (
        isinstance(shape, TextOrPerLanguage) and is_per_language(value)
    ):
        yield name, value
