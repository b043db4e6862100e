"""The records of a site: those of its pages, of its terms and its settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from diptych.content.fields import Field, Record, filled, leaves
from diptych.content.kinds import PROSE
from diptych.content.types import PAGE, Types
from diptych.diagnostics import Diagnostic, Placed, Source, error, say, warning
from diptych.model import Document, Entry, Language, Records, Settings
from diptych.yaml import ListOf, PerLanguage, Shape


def shown_records(
    records: Iterable[Records], settings: Settings, documents: Iterable[Document]
) -> tuple[Records, ...]:
    """Those of the whole site, and those beside a page that is shown; a draft takes its own along."""
    keys = {"", *(document.key for document in documents)}
    own = () if settings.written is None else (settings.written,)
    return (*own, *(each for each in records if each.key in keys))


def own_proses(
    documents: Iterable[Document], records: Iterable[Records], types: Types
) -> Iterator[tuple[Source, str, str, Placed[str]]]:
    """The Markdown in fields of the site's own: file, language, how ids in it begin, and value."""
    page = types.own_part(PAGE.name)
    for document in documents:
        for name, _, placed in _proses(page, document.front.values):
            yield document.source, document.language, f"{name}-", placed
    for each in records:
        record = types.own_part(each.type)
        for entry in each.entries if record.fields else ():
            for name, language, placed in _proses(record, entry.values):
                yield each.source, language, f"{entry.id}-{name}-", placed


def _proses(record: Record, values: Mapping[str, Any]) -> Iterator[tuple[str, str, Placed[str]]]:
    """Name, language ("" where it is that of the file) and value of every field with Markdown."""
    for name, field, value in filled(record, values):
        if isinstance(field.shape, PerLanguage):
            shape = field.shape.item
            for language, own in value.items():
                yield from ((name, language, each) for each in _markdown(shape, own))
        else:
            yield from ((name, "", each) for each in _markdown(field.shape, value))


def _markdown(shape: Shape, value: Any) -> Iterator[Placed[str]]:
    item = shape.item if isinstance(shape, ListOf) else shape
    return leaves(shape, value) if item == PROSE else iter(())


def entry_name(types: Types, kind: str, entry: Entry, order: Iterable[str]) -> str | None:
    """What people call an entry of a type, in the first of some languages that has it."""
    name = types.by_name[kind].record.heading
    value = entry.values.get(name) if name else None
    if isinstance(value, Mapping):
        value = next((value[each] for each in order if each in value), None)
    return str(value.value) if isinstance(value, Placed) else None


def check_records(
    records: Iterable[Records], types: Types, languages: tuple[Language, ...]
) -> Iterator[Diagnostic]:
    """What only this site has: duplicate-entry, missing-translation (a warning).

    What events and terms have everywhere is looked at where they become `Event` and `Term`.
    """
    own = {each.name for each in types.own}
    for each in records:
        yield from _duplicates(each) if each.type in own else ()
        record = types.own_part(each.type)
        for entry in each.entries if record.fields else ():
            yield from _untranslated(entry, record, languages)


def _duplicates(records: Records) -> Iterator[Diagnostic]:
    seen: dict[str, Entry] = {}
    for entry in records.entries:
        first = seen.setdefault(entry.id, entry)
        if entry.id and first is not entry:
            line, _ = records.source.position(first.span.start)
            message = say(
                "the entry on line {line} already has the id `{id}`", id=entry.id, line=line
            )
            hint = say("an id is the fixed address of one entry")
            edits = entry.span.becomes(f"{entry.id}-2")
            yield error("duplicate-entry", entry.span, message, hint, edits)


def _untranslated(
    entry: Entry, record: Record, languages: tuple[Language, ...]
) -> Iterator[Diagnostic]:
    for language in languages:
        lacking = [name for name, texts in _translated(entry, record) if language.key not in texts]
        if lacking:
            parts = " + ".join(dict.fromkeys(lacking))
            message = say(
                "the entry “{id}” has no {name} {parts}",
                id=entry.id,
                name=language.name,
                parts=parts,
            )
            hint = say("add a line `{language}:` below {parts}", language=language.key, parts=parts)
            yield warning("missing-translation", entry.span, message, hint)


def _translated(entry: Entry, record: Record) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The texts of an entry that every language should have, by field; those of groups too."""
    for name, field, value in filled(record, entry.values):
        if _is_translated(field):
            yield name, value


def _is_translated(field: Field) -> bool:
    return field.role is not None and isinstance(field.shape, PerLanguage)
