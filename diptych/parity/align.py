"""Units of several languages -> groups that say the same, or an honest "not sure".

Shared ids are fixed points, and so is what the lock remembers. Between them a sequence
alignment over kinds, sizes and what needs no translation (figures, links, names) pairs the
rest; where another pairing would be nearly as good, the group is marked uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from diptych.parity.units import Unit

_NEUTRAL = re.compile(r"\d+|\((?:page|site|https?|mailto):?[^)\s]*\)|\b[A-ZÀ-Ý][\w·'-]{2,}")
GAP = -1.0
BAND = 40  # how far apart two units of one stretch may stand
MARGIN = 0.35  # a pairing that wins by less than this over leaving both alone is uncertain


@dataclass(frozen=True, slots=True)
class Group:
    """Units that say the same, by language; a language that lacks one is absent."""

    units: Mapping[str, Unit]
    uncertain: bool = False

    @property
    def section(self) -> str:
        """The shared section, or that of the first language."""
        return next(iter(self.units.values())).section

    @property
    def kind(self) -> str:
        """The kind of the first language's unit."""
        return next(iter(self.units.values())).kind


@dataclass(slots=True)
class _Profile:
    """A unit as the alignment sees it; made once."""

    unit: Unit
    neutral: frozenset[str]
    size: int
    group: dict[str, Unit] = field(default_factory=dict)
    uncertain: bool = False


def align(
    units: Mapping[str, Sequence[Unit]], known: Sequence[Mapping[str, str]] = ()
) -> tuple[Group, ...]:
    """Groups of the units of all languages, in the order of reading.

    `known` are pairings that the lock remembers (language -> digest): they count as fixed points
    when two of their digests are still there.
    """
    languages = list(units)
    if not languages:
        return ()
    rows = [_row(languages[0], unit) for unit in units[languages[0]]]
    for language in languages[1:]:
        rows = _merge(rows, [_row(language, unit) for unit in units[language]], known)
    return tuple(Group(row.group, row.uncertain) for row in rows)


def _row(language: str, unit: Unit) -> _Profile:
    neutral = frozenset(_NEUTRAL.findall(unit.text))
    return _Profile(unit, neutral, len(unit.text), {language: unit})


def _merge(
    left: list[_Profile], right: list[_Profile], known: Sequence[Mapping[str, str]]
) -> list[_Profile]:
    """The rows of the left with those of the right paired in, order kept on both sides."""
    pairs = _fixed_pairs(left, right, known)
    taken = set(pairs.values())
    free_right = [index for index in range(len(right)) if index not in taken]
    for lefts, rights in _stretches(left, right, pairs, free_right):
        pairs.update(_sequence(left, right, lefts, rights))
    _moved(left, right, pairs)
    for mine, theirs in pairs.items():
        left[mine].group.update(right[theirs].group)
        left[mine].uncertain |= right[theirs].uncertain
    return _ordered(left, right, pairs)


def _fixed_pairs(
    left: list[_Profile], right: list[_Profile], known: Sequence[Mapping[str, str]]
) -> dict[int, int]:
    by_id = {row.unit.fixed: index for index, row in enumerate(right) if row.unit.fixed}
    pairs = {
        index: by_id[row.unit.fixed]
        for index, row in enumerate(left)
        if row.unit.fixed and row.unit.fixed in by_id
    }
    right_digests: dict[tuple[str, str], list[int]] = {}
    for index, row in enumerate(right):
        for language, unit in row.group.items():
            right_digests.setdefault((language, unit.digest), []).append(index)
    remembered = {
        (language, digest): record for record in known for language, digest in record.items()
    }
    taken = set(pairs.values())
    for index, row in enumerate(left):
        if index in pairs or row.unit.fixed:
            continue
        found = _remembered(row, remembered, right_digests, taken)
        if found is not None:
            pairs[index] = found
            taken.add(found)
    return pairs


def _remembered(
    row: _Profile,
    remembered: Mapping[tuple[str, str], Mapping[str, str]],
    right: Mapping[tuple[str, str], list[int]],
    taken: set[int],
) -> int | None:
    for language, unit in row.group.items():
        record = remembered.get((language, unit.digest), {})
        for pair in record.items():
            found = next((index for index in right.get(pair, ()) if index not in taken), None)
            if found is not None:
                return found
    return None


def _stretches(
    left: list[_Profile], right: list[_Profile], pairs: Mapping[int, int], free_right: list[int]
) -> list[tuple[list[int], list[int]]]:
    """What lies unpaired between the same two fixed points, on both sides."""
    groups: dict[tuple[str, int], tuple[list[int], list[int]]] = {}
    before = -1
    for index, row in enumerate(left):
        if index in pairs:
            before = pairs[index]
        elif not row.unit.fixed or row.unit.kind == "heading":
            groups.setdefault((row.unit.section, before), ([], []))[0].append(index)
    paired = set(pairs.values())
    before = -1
    for index, row in enumerate(right):
        if index in paired:
            before = index
        elif index in free_right and (not row.unit.fixed or row.unit.kind == "heading"):
            groups.setdefault((row.unit.section, before), ([], []))[1].append(index)
    return [(lefts, rights) for lefts, rights in groups.values() if lefts and rights]


def _sequence(
    left: list[_Profile], right: list[_Profile], lefts: list[int], rights: list[int]
) -> dict[int, int]:
    """Pairs of one stretch: in order when the kinds agree, else the best alignment."""
    kinds = [left[index].unit.kind for index in lefts]
    if kinds == [right[index].unit.kind for index in rights] and _plain(left, right, lefts, rights):
        return dict(zip(lefts, rights, strict=True))
    return _best(left, right, lefts, rights)


def _plain(
    left: list[_Profile], right: list[_Profile], lefts: list[int], rights: list[int]
) -> bool:
    """Whether pairing in order is not contradicted: no unit says exactly what another one does."""
    mine = [left[index].unit.digest for index in lefts]
    theirs = [right[index].unit.digest for index in rights]
    shared = set(mine) & set(theirs)
    return all(
        (one == other) for one, other in zip(mine, theirs, strict=True) if {one, other} & shared
    )


def _best(
    left: list[_Profile], right: list[_Profile], lefts: list[int], rights: list[int]
) -> dict[int, int]:
    """Needleman and Wunsch within a band; a pairing that hardly pays is marked uncertain."""
    width = BAND + abs(len(lefts) - len(rights))
    scores: dict[tuple[int, int], float] = {(0, 0): 0.0}
    steps: dict[tuple[int, int], int] = {}
    for row in range(len(lefts) + 1):
        low, high = max(0, row - width), min(len(rights), row + width)
        for column in range(low, high + 1):
            if row == column == 0:
                continue
            options = [
                (scores.get((row - 1, column), -1e9) + GAP, 1),
                (scores.get((row, column - 1), -1e9) + GAP, 2),
            ]
            if row and column:
                fit = _likeness(left[lefts[row - 1]], right[rights[column - 1]])
                options.append((scores.get((row - 1, column - 1), -1e9) + fit, 0))
            scores[(row, column)], steps[(row, column)] = max(options)
    pairs: dict[int, int] = {}
    row, column = len(lefts), len(rights)
    while row or column:
        step = steps[(row, column)]
        if step == 0:
            row, column = row - 1, column - 1
            mine, theirs = lefts[row], rights[column]
            pairs[mine] = theirs
            left[mine].uncertain |= _likeness(left[mine], right[theirs]) < MARGIN
        elif step == 1:
            row -= 1
        else:
            column -= 1
    return pairs


def _likeness(left: _Profile, right: _Profile) -> float:
    """How well two units fit: kind, size (French runs some 15 % longer), what needs no translation."""
    if left.unit.digest == right.unit.digest:
        return 4.0
    if left.unit.kind != right.unit.kind:
        return -3.0
    ratio = min(left.size, right.size) / max(left.size, right.size, 1)
    score = 1.6 * ratio - 0.9
    either = left.neutral | right.neutral
    if either:
        score += 2.4 * len(left.neutral & right.neutral) / len(either) - 0.4
    return score


def _moved(left: list[_Profile], right: list[_Profile], pairs: dict[int, int]) -> None:
    """What stands elsewhere on the page, word for word, was moved."""
    taken = set(pairs.values())
    free = {row.unit.digest: index for index, row in enumerate(right) if index not in taken}
    for index, row in enumerate(left):
        found = free.get(row.unit.digest) if index not in pairs else None
        if found is not None:
            pairs[index] = found
            del free[row.unit.digest]


def _ordered(
    left: list[_Profile], right: list[_Profile], pairs: Mapping[int, int]
) -> list[_Profile]:
    """The left's order, with what only the right has after what it follows there."""
    back = {theirs: mine for mine, theirs in pairs.items()}
    following: dict[int, list[_Profile]] = {}
    anchor = -1
    for index, row in enumerate(right):
        if index in back:
            anchor = back[index]
        else:
            following.setdefault(anchor, []).append(row)
    rows = list(following.get(-1, ()))
    for index, row in enumerate(left):
        rows.append(row)
        rows += following.get(index, ())
    return rows
