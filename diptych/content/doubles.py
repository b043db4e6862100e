"""Finds entries of one file that have the same id."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.diagnostics import Diagnostic, error, say
from diptych.model import Entry, Records


def doubles(records: Records) -> Iterator[tuple[Entry, Entry]]:
    """Every entry with the id of an earlier entry, together with the first entry of that id."""
    seen: dict[str, Entry] = {}
    for entry in records.entries:
        first = seen.setdefault(entry.id, entry)
        if entry.id and first is not entry:
            yield entry, first


def verify(records: Records) -> Iterator[Diagnostic]:
    """duplicate-entry: two entries have the same id; events and terms have a check of their own."""
    for entry, first in doubles(records):
        line, _ = records.source.position(first.span.start)
        message = say("the entry on line {line} already has the id `{id}`", id=entry.id, line=line)
        hint = say("an id is the fixed address of one entry")
        edits = entry.span.becomes(f"{entry.id}-2")
        yield error("duplicate-entry", entry.span, message, hint, edits)
