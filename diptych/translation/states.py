"""Groups and records -> the state of every unit in every language: computed, never written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from diptych.translation.align import UnitGroup
from diptych.translation.lock import ConfirmedUnit
from diptych.values import Value


class State(Enum):
    """How a unit, or a page, stands in a language; in order of concern."""

    CURRENT = "current"
    UNCONFIRMED = "unconfirmed"  # nobody said yet that the languages say the same
    OUTDATED = "outdated"  # another language changed since, this one did not
    FALLBACK = "fallback"  # absent here: another language's text is shown
    ABSENT = "absent"  # on purpose


class UnitState(Value):
    """A unit in a language: its state, and which languages are ahead of it."""

    state: State
    ahead: tuple[str, ...] = ()


def unit_states(
    group: UnitGroup, record: ConfirmedUnit | None, languages: Sequence[str]
) -> Mapping[str, UnitState]:
    """The state of one group in each of the languages that the page has."""
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
    return {key: _state(key, record, now) for key in languages}


def taken_out(
    group: UnitGroup, record: ConfirmedUnit | None, languages: Sequence[str]
) -> list[str]:
    """The languages that had a unit when it was confirmed and have it no more: either they lost it,
    or the others have one too many, and nobody said which.
    """
    had = record.digests if record else {}
    return [key for key in languages if key in had and key not in group.units]


def _state(key: str, record: ConfirmedUnit, now: Mapping[str, str]) -> UnitState:
    """One language of a group that was confirmed; a unit that was confirmed without a counterpart
    waits for one only when it changes.
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
    """Whether a part waits for a translation or for a look in one of these languages."""
    return any(each.state in (State.OUTDATED, State.UNCONFIRMED) for each in states)


def page_state(states: Sequence[UnitState]) -> State:
    """The state of a page: outdated when a unit is, else unconfirmed when a unit is."""
    present = {each.state for each in states}
    for state in (State.OUTDATED, State.UNCONFIRMED):
        if state in present:
            return state
    return State.CURRENT
