"""Finds the entries of one file that have the same id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from diptych.diagnostics import Diagnostic, Placed, Span, error, say
from diptych.model import Entry, Records


def doubles(records: Records) -> Iterator[tuple[Entry, Entry]]:
    """Every entry with the id of an earlier entry, together with the first entry of that id."""
    seen: dict[str, Entry] = {}
    for entry in records.entries:
        first = seen.setdefault(entry.id, entry)
        if entry.id and first is not entry:
            yield entry, first


def verify(records: Records) -> Iterator[Diagnostic]:
    """duplicate-entry: two entries, or two items of one list in an entry, have the same id.

    Events and terms have checks of their own for repeated ids.
    """
    for entry, first in doubles(records):
        yield _double(records, Placed(entry.id, entry.span), first.span)
    for entry in records.entries:
        for items in _lists(entry.values):
            seen: dict[str, Span] = {}
            for each in items:
                name = each.get("id")
                if isinstance(name, Placed) and name.value in seen:
                    yield _double(records, name, seen[name.value])
                elif isinstance(name, Placed):
                    seen[name.value] = name.span


def _double(records: Records, name: Placed[str], first: Span) -> Diagnostic:
    line, _ = records.source.position(first.start)
    message = say("the entry on line {line} already has the id `{id}`", id=name.value, line=line)
    hint = say("an id is the fixed address of one entry")
    edits = name.span.becomes(f"{name.value}-2")
    return error("duplicate-entry", name.span, message, hint, edits)


def _lists(values: Mapping[str, Any]) -> Iterator[list[Mapping[str, Any]]]:
    """The lists of groups among the values of an entry."""
    for value in values.values():
        if isinstance(value, tuple):
            yield [each for each in value if isinstance(each, Mapping)]
