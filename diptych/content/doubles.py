"""Finds the entries of one file that have the same id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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


def doubles_in(items: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Placed[str], Placed[str]]]:
    """The id of every item of a list that has the id of an earlier item, with the first such id."""
    seen: dict[str, Placed[str]] = {}
    for each in items:
        name = each.get("id")
        if isinstance(name, Placed):
            first = seen.setdefault(name.value, name)
            if first is not name:
                yield name, first


def verify(records: Records) -> Iterator[Diagnostic]:
    """duplicate-entry: two entries, or two items of one list in an entry, have the same id.

    Events and terms have checks of their own for repeated ids.
    """
    for entry, first in doubles(records):
        yield _double(records, Placed(entry.id, entry.span), first.span)
    for entry in records.entries:
        for items in _lists(entry.values):
            for name, earlier in doubles_in(items):
                yield _double(records, name, earlier.span)


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
