"""Reads a file of records into its entries; one record describes them all."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.content.fields import Record
from diptych.diagnostics import Diagnostic, Message, Outcome, Placed, Source, error, say
from diptych.model import Entry, Fields, Records
from diptych.yaml import Sequence, compose, read_shape


def read_entries(
    source: Source, record: Record, expected: Message, languages: tuple[str, ...]
) -> Outcome[tuple[Entry, ...]]:
    """The entries of a list, in its order. `expected` is the message for a file that is no list.

    Diagnostics: those of YAML and shapes.
    """
    composed = compose(source)
    report = list(composed.diagnostics)
    if not isinstance(composed.value, Sequence):
        if composed.value is not None:
            span = composed.value.span
            report.append(error("wrong-type", span, expected))
        return Outcome((), tuple(report))
    entries = []
    for node in composed.value.items:
        values = read_shape(node, record, languages, report)
        if values:
            identity: Placed[str] | None = values.get("id")
            span = identity.span if identity else node.span
            entries.append(Entry(identity.value if identity else "", Fields(values), span))
    return Outcome(tuple(entries), tuple(report))


def read_entry(
    source: Source, record: Record, languages: tuple[str, ...]
) -> Outcome[tuple[Entry, ...]]:
    """The single entry of a file that is no list, such as `site.yaml`; None if nothing can be read.

    Diagnostics: those of YAML and shapes.
    """
    composed = compose(source)
    report = list(composed.diagnostics)
    if composed.value is None:
        return Outcome((), tuple(report))
    values = read_shape(composed.value, record, languages, report)
    entries = (Entry("", Fields(values), source.span(0)),) if values else ()
    return Outcome(entries, tuple(report))


def doubles(records: Records) -> Iterator[tuple[Entry, Entry]]:
    """Every entry with the id of an earlier entry, together with the first entry of that id."""
    seen: dict[str, Entry] = {}
    for entry in records.entries:
        first = seen.setdefault(entry.id, entry)
        if entry.id and first is not entry:
            yield entry, first


def verify(records: Records) -> Iterator[Diagnostic]:
    """duplicate-entry: two records of a site's own type have the same id."""
    for entry, first in doubles(records):
        line, _ = records.source.position(first.span.start)
        message = say("the entry on line {line} already has the id `{id}`", id=entry.id, line=line)
        hint = say("an id is the fixed address of one entry")
        edits = entry.span.becomes(f"{entry.id}-2")
        yield error("duplicate-entry", entry.span, message, hint, edits)
