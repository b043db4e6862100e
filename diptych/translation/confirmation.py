"""Compares the texts of a page with the texts that a person confirmed, and confirms them.

Every group of units has at most one record in the lock. Both together give the state of the group
in each language. States are computed from digests and never written down.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum

from diptych.content.fields import field_values
from diptych.content.texts import fields_of
from diptych.content.types import Types
from diptych.model import Records
from diptych.translation.align import UnitGroup
from diptych.translation.lock import ConfirmedUnit, Lock, short_digest, unique
from diptych.translation.outline import outline_differences
from diptych.values import Value

_ID = "id"


class State(Enum):
    """The state of a unit, or of a page, in one language."""

    CURRENT = "current"
    UNCONFIRMED = "unconfirmed"  # nobody has confirmed that the languages say the same
    OUTDATED = "outdated"  # another language changed since the confirmation, this one did not
    FALLBACK = "fallback"  # the language lacks the page and shows the text of another language
    ABSENT = "absent"  # on purpose


class UnitState(Value):
    """The state of a unit in one language, and the languages that have a newer text (`ahead`)."""

    state: State
    ahead: tuple[str, ...] = ()


def unit_states(
    group: UnitGroup, record: ConfirmedUnit | None, languages: Sequence[str]
) -> Mapping[str, UnitState]:
    """The state of one group in each of the languages that the page has.

    A value of a record must be in each language (the check missing-translation), so a language that
    lacks it is behind, even if somebody confirmed the record before the site had that language.
    """
    now = {key: unit.digest for key, unit in group.units.items()}
    if record is None:
        return {
            key: UnitState(State.UNCONFIRMED)
            if key in now
            else UnitState(State.OUTDATED, tuple(now))
            for key in languages
        }
    if taken_out(group, record, languages):
        return {key: UnitState(State.UNCONFIRMED) for key in languages}
    unit = next(iter(group.units.values()))
    lacking = set(languages) - set(unit.languages) if unit.in_entry else set()
    return {
        key: UnitState(State.OUTDATED, tuple(now)) if key in lacking else _state(key, record, now)
        for key in languages
    }


def taken_out(
    group: UnitGroup, record: ConfirmedUnit | None, languages: Sequence[str]
) -> list[str]:
    """The languages that had a unit when it was confirmed and no longer have it.

    Either the unit was lost there, or the other languages should lose it as well; only a person
    knows.
    """
    had = record.digests if record else {}
    return [key for key in languages if key in had and key not in group.units]


def _state(key: str, record: ConfirmedUnit, now: Mapping[str, str]) -> UnitState:
    """The state of one language of a confirmed group. If a unit was confirmed without a
    counterpart, it needs a counterpart only after it changes.
    """
    changed = sorted(record.changed(now) - {key})
    ahead = tuple(changed or [other for other in sorted(now) if other not in record.behind])
    if key not in now:
        return UnitState(State.OUTDATED, ahead) if changed else UnitState(State.CURRENT)
    if key not in record.digests:
        return UnitState(State.UNCONFIRMED)
    if not changed and key not in record.behind:
        return UnitState(State.CURRENT)
    same = now[key] == record.digests[key]
    return UnitState(State.OUTDATED, ahead) if same else UnitState(State.UNCONFIRMED)


def is_open(states: Iterable[UnitState]) -> bool:
    """Whether one of these states asks for a translation or a confirmation."""
    return any(each.state in (State.OUTDATED, State.UNCONFIRMED) for each in states)


def page_state(states: Sequence[UnitState]) -> State:
    """The state of a page: outdated if a unit is, else unconfirmed if a unit is, else current."""
    present = {each.state for each in states}
    for state in (State.OUTDATED, State.UNCONFIRMED):
        if state in present:
            return state
    return State.CURRENT


def match_records(
    groups: Sequence[UnitGroup], records: Sequence[ConfirmedUnit]
) -> tuple[ConfirmedUnit | None, ...]:
    """The record of every group, or None: found by its digests, else by its section, kind and
    order. Each record is used once.

    If two records hold different languages of one group, they were confirmed on two branches.
    Nobody has compared the merged texts, so the group gets no record.
    """
    hits = _hits(groups, records)
    candidates = sorted(
        (
            -len(languages),
            not records[index].label.startswith(f"{groups[number].place}."),
            number,
            index,
        )
        for (number, index), languages in hits.items()
    )
    chosen: dict[int, int] = {}
    used: set[int] = set()
    for _, _, number, index in candidates:
        if number not in chosen and index not in used:
            chosen[number] = index
            used.add(index)
    torn = {
        number
        for (number, index), languages in hits.items()
        if index not in used and number in chosen and not languages & hits[number, chosen[number]]
    }
    _by_place(groups, records, chosen, used)
    return tuple(
        records[chosen[number]] if number in chosen and number not in torn else None
        for number in range(len(groups))
    )


def gone_records(
    groups: Sequence[UnitGroup],
    records: Sequence[ConfirmedUnit],
    matched: Sequence[ConfirmedUnit | None],
) -> tuple[ConfirmedUnit, ...]:
    """The records of parts that no language has any more: none of their texts exists, and no group
    replaced them. `matched` is the result of `match_records`.
    """
    there = {index for _, index in _hits(groups, records)}
    known = [record for record in matched if record is not None]
    found = (each for index, each in enumerate(records) if index not in there)
    return unique(each for each in found if each not in known)


def _hits(
    groups: Sequence[UnitGroup], records: Sequence[ConfirmedUnit]
) -> dict[tuple[int, int], set[str]]:
    """For each group (by number) the records (by index) that hold one of its texts, with those
    languages.
    """
    by_digest: dict[tuple[str, str], list[int]] = {}
    for index, record in enumerate(records):
        for pair in record.digests.items():
            by_digest.setdefault(pair, []).append(index)
    hits: dict[tuple[int, int], set[str]] = {}
    for number, group in enumerate(groups):
        for language, unit in group.units.items():
            for index in by_digest.get((language, unit.digest), ()):
                hits.setdefault((number, index), set()).add(language)
    return hits


def _by_place(
    groups: Sequence[UnitGroup],
    records: Sequence[ConfirmedUnit],
    chosen: dict[int, int],
    used: set[int],
) -> None:
    """Matches groups that changed in every language with the remaining records of their section and
    kind, in order.
    """
    free: dict[str, list[int]] = {}
    for index, record in enumerate(records):
        if index not in used:
            free.setdefault(record.label.rpartition(".")[0], []).append(index)
    for number, group in enumerate(groups) if free else ():
        waiting = free.get(group.place) if number not in chosen else None
        if waiting:
            chosen[number] = waiting.pop(0)


def confirm(
    groups: Sequence[UnitGroup],
    records: Sequence[ConfirmedUnit | None],
    language: str | None = None,
    only: Collection[int] | None = None,
    lock: Lock | None = None,
    *,
    strict: bool = False,
) -> Lock:
    """The lock after a person confirmed that the languages of groups say the same.

    All groups are confirmed, or only the groups whose numbers are in `only`. They are confirmed in
    all languages, or only in `language`, which caught up with the other languages. `records` is the
    result of `match_records`; the records of groups that are not confirmed stay.

    If not everything is confirmed, the rest of `lock` stays as well: the records of parts that no
    language has any more, and the confirmed outlines. The entries of `lock` always stay. `strict`:
    as in `outline_differences`.
    """
    before = lock or Lock()
    rest = Lock() if language is None and only is None else before
    kept = list(gone_records(groups, rest.records, records))
    taken = {record.label for record in (*records, *kept) if record is not None}
    for number, (group, record) in enumerate(zip(groups, records, strict=True)):
        if only is not None and number not in only:
            if record is not None:
                kept.append(record)
            continue
        label = record.label if record and not _is_renamed(group, record) else ""
        label = label or free_label(group, taken)
        confirmed = _confirmed(group, record, label, language)
        if confirmed is not None:
            taken.add(label)
            kept.append(confirmed)
    outlines = [
        each.digests
        for each in outline_differences(groups, strict=strict)
        if (only is None or each.numbers <= set(only))
        and (language is None or language in each.digests)
        and each.digests not in rest.outlines
    ]
    return Lock(unique(kept), (*rest.outlines, *outlines), before.entries)


def entry_of(record: ConfirmedUnit) -> str:
    """The id of the heading or entry in the label of a record; "-" if there is none."""
    return record.label.partition(".")[0].partition("/")[0]


def free_label(group: UnitGroup, taken: Collection[str]) -> str:
    """The label of a group without a record: the first number at its place that is not taken."""
    number = 1
    while f"{group.place}.{number}" in taken:
        number += 1
    return f"{group.place}.{number}"


def _is_renamed(group: UnitGroup, record: ConfirmedUnit) -> bool:
    """Whether the record has another id than the entry or the heading of the text has now."""
    return not record.label.startswith(f"{group.place}.")


def _confirmed(
    group: UnitGroup, record: ConfirmedUnit | None, label: str, language: str | None
) -> ConfirmedUnit | None:
    """The new record of a confirmed group, for all its languages or for one of them.

    If only French is confirmed after Dutch changed, French and Dutch have their present digests;
    a German text that did not change is marked as lagging behind, and a language that was added
    since stays unconfirmed.
    """
    now = {key: unit.digest for key, unit in group.units.items()}
    if record is None:
        return ConfirmedUnit(label, now) if language is None or language in now else None
    if language is None:
        return ConfirmedUnit(label, now)
    changed = record.changed(now) - {language}
    digests = {**record.digests, **{key: now[key] for key in changed}}
    digests.pop(language, None)
    unchanged = (digests.keys() & now.keys()) - changed if changed else set()
    behind = frozenset((record.behind | unchanged) - {language})
    here = {language: now[language]} if language in now else {}
    return ConfirmedUnit(label, digests | here, behind)


class Entries(Value):
    """The entries of the records that one lock tracks, and the items with an id in these entries.

    An entry without a text of its own, such as a person with a name and a portrait, has no unit. So
    the lock records the entry by its id, and reports when it is removed, as it does for a text. An
    older lock gets these records at the next `confirm`.
    """

    textless: tuple[ConfirmedUnit, ...] = ()  # entries without a text, as the lock records them
    gone: tuple[ConfirmedUnit, ...] = ()  # entries in the lock that no longer exist


def entries_of(records: Iterable[Records], types: Types, lock: Lock) -> Entries:
    """The entries without a text in these files of records, and the entries in the lock that the
    files no longer have.
    """
    textless: list[ConfirmedUnit] = []
    there: set[str] = set()
    for file in records:
        with_text = _sections_with_a_text(file, types)
        for section in _sections(file, types):
            entry = _entry_record(file.type, section)
            there.add(entry.digests[_ID])
            if section not in with_text:
                textless.append(entry)
    gone = tuple(each for each in lock.entries if each.digests.get(_ID) not in there)
    return Entries(tuple(textless), gone)


def _sections(file: Records, types: Types) -> Iterator[str]:
    """The name of each entry, and of each item with an id, as in `Unit.section`: `marie`,
    `marie/treasurer`.
    """
    record = types.by_name[file.type].record
    for entry in file.entries:
        for single in field_values(record, entry.values):
            if single.names[-1] == _ID:
                yield "/".join((entry.id, *single.items))


def _sections_with_a_text(file: Records, types: Types) -> set[str]:
    """The names, as in `_sections`, of entries and items that have a text or whose items have one."""
    found: set[str] = set()
    for text in fields_of(file, types):
        items = text.section.split("/")
        found.update("/".join(items[:count]) for count in range(1, len(items) + 1))
    return found


def _entry_record(kind: str, section: str) -> ConfirmedUnit:
    digest = short_digest(f"{kind}\n{section}")
    return ConfirmedUnit(re.sub(r"[^\w./-]", "-", f"{section}.{kind}"), {_ID: digest})
