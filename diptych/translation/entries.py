"""Entries of records without a text of their own, such as a person with a name and a portrait.

No unit stands for them, so the lock holds each by its id: then one that goes is told, as a text is.
A lock from before this holds none, and begins to at the next `confirm`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from diptych.content.fields import singles
from diptych.content.texts import fields_of
from diptych.content.types import Types
from diptych.model import Records
from diptych.translation.lock import ConfirmedUnit, Lock
from diptych.values import Value

_ID = "id"


class Entries(Value):
    """The entries of the records that one lock tracks, and the items with an id inside them."""

    textless: tuple[ConfirmedUnit, ...] = ()  # those without a text: what the lock will hold
    gone: tuple[ConfirmedUnit, ...] = ()  # those that the lock holds, and that are nowhere now


def entries_of(records: Iterable[Records], types: Types, lock: Lock) -> Entries:
    """The entries of these files of records, compared with those that the lock holds."""
    textless: list[ConfirmedUnit] = []
    there: set[str] = set()
    for file in records:
        told = _sections_with_a_text(file, types)
        for section in _sections(file, types):
            entry = _record(file.type, section)
            there.add(entry.digests[_ID])
            if section not in told:
                textless.append(entry)
    gone = tuple(each for each in lock.entries if each.digests.get(_ID) not in there)
    return Entries(tuple(textless), gone)


def _sections(file: Records, types: Types) -> Iterator[str]:
    """The id of each entry, and of each item with an id in it: `marie`, `marie/treasurer`."""
    record = types.by_name[file.type].record
    for entry in file.entries:
        for single in singles(record, entry.values):
            if single.names[-1] == _ID:
                yield "/".join((entry.id, *single.items))


def _sections_with_a_text(file: Records, types: Types) -> set[str]:
    """The sections that a text stands in, or in an item of."""
    found: set[str] = set()
    for text in fields_of(file, types):
        items = text.section.split("/")
        found.update("/".join(items[:count]) for count in range(1, len(items) + 1))
    return found


def _record(kind: str, section: str) -> ConfirmedUnit:
    digest = hashlib.sha256(f"{kind}\n{section}".encode()).hexdigest()[:12]
    return ConfirmedUnit(re.sub(r"[^\w./-]", "-", f"{section}.{kind}"), {_ID: digest})
