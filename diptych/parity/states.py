"""Groups and records -> the state of every unit in every language: computed, never written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from diptych.parity.align import Group
from diptych.parity.lock import Record


class State(Enum):
    """How a unit, or a page, stands in a language; in order of concern."""

    CURRENT = "current"
    UNCONFIRMED = "unconfirmed"  # nobody said yet that the languages say the same
    OUTDATED = "outdated"  # another language changed since, this one did not
    FALLBACK = "fallback"  # absent here: another language's text is shown
    ABSENT = "absent"  # on purpose


@dataclass(frozen=True, slots=True)
class UnitState:
    """A unit in a language: its state, and which languages are ahead of it."""

    state: State
    ahead: tuple[str, ...] = ()


def unit_states(
    group: Group, record: Record | None, languages: Sequence[str]
) -> Mapping[str, UnitState]:
    """The state of one group in each of the languages that the page has."""
    now = {key: unit.digest for key, unit in group.units.items()}
    missing = [key for key in languages if key not in now]
    if record is None:
        states = {key: UnitState(State.UNCONFIRMED) for key in now}
        return {**states, **{key: UnitState(State.OUTDATED, tuple(now)) for key in missing}}
    states = {}
    for key in languages:
        others = {
            other for other in now
            if other != key and other not in record.behind and now[other] != record.digests.get(other)
        }  # fmt: skip
        if key in missing:
            states[key] = UnitState(State.OUTDATED, tuple(now))
        else:
            states[key] = _state(key, now[key], record, others, now)
    return states


def _state(
    key: str, digest: str, record: Record, others: set[str], now: Mapping[str, str]
) -> UnitState:
    if key not in record.digests:
        return UnitState(State.UNCONFIRMED)
    changed = digest != record.digests[key]
    if key in record.behind:
        ahead = tuple(sorted(other for other in now if other not in record.behind))
        return UnitState(State.UNCONFIRMED) if changed else UnitState(State.OUTDATED, ahead)
    if others:
        both = UnitState(State.UNCONFIRMED)
        return both if changed else UnitState(State.OUTDATED, tuple(sorted(others)))
    return UnitState(State.CURRENT)


def page_state(states: Sequence[UnitState]) -> State:
    """The state of a page: outdated when a unit is, else unconfirmed when a unit is."""
    present = {each.state for each in states}
    for state in (State.OUTDATED, State.UNCONFIRMED):
        if state in present:
            return state
    return State.CURRENT
