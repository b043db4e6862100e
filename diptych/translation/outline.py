"""Finds differences between two languages in the level or order of headings or in the number of
paragraphs of one text, and those that a person confirmed.

The digest of a unit does not cover these differences. So the lock has a line with the label
`outline` for each confirmed difference. The confirmation counts as long as neither language changes
there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from diptych.translation.align import UnitGroup
from diptych.translation.lock import short_digest
from diptych.translation.sequence import longest_rise
from diptych.translation.units import Unit
from diptych.values import Value


class OutlineDifference(Value):
    """A difference between two languages in the level of one heading, the order of several, or the
    paragraphs of one text.
    """

    kind: str  # level, order, paragraphs
    numbers: frozenset[int]  # the groups where the difference is reported
    digests: Mapping[str, str]  # by language, the digest of its levels, order or paragraphs


def outline_differences(
    groups: Sequence[UnitGroup], *, strict: bool = False
) -> Iterator[OutlineDifference]:
    """Every difference in level or order between two languages; a bold line has the level 0.

    `strict`: also in the number of paragraphs, if the layout of the page asks for it.
    """
    if strict:
        yield from _in_paragraphs(groups)
    headings = {
        number: group.units
        for number, group in enumerate(groups)
        if any(unit.kind == "heading" for unit in group.units.values())
    }
    languages = dict.fromkeys(key for units in headings.values() for key in units)
    for pair in combinations(languages, 2):
        shared = {
            number: units for number, units in headings.items() if all(key in units for key in pair)
        }
        for number, units in shared.items():
            levels = {key: level_of(units[key]) for key in pair}
            if len(set(levels.values())) > 1:
                digests = {key: short_digest(f"{_name(units[key])}\n{levels[key]}") for key in pair}
                yield OutlineDifference("level", frozenset({number}), digests)
        moved = moved_headings(groups, *pair)
        if moved:
            digests = {key: short_digest(_order(shared.values(), key)) for key in pair}
            yield OutlineDifference("order", frozenset(moved), digests)


def moved_headings(groups: Sequence[UnitGroup], one: str, other: str) -> list[int]:
    """The numbers of the headings whose order differs between two languages: the smallest set whose
    removal leaves the same order.
    """
    shared = [
        (number, group.units)
        for number, group in enumerate(groups)
        if group.kind == "heading" and one in group.units and other in group.units
    ]
    shared.sort(key=lambda each: each[1][one].span.start)
    # the sort is stable, so units without a place keep their order
    there = sorted(shared, key=lambda each: each[1][other].span.start)
    ranks = {number: rank for rank, (number, _) in enumerate(there)}
    kept = longest_rise([ranks[number] for number, _ in shared])
    return [number for index, (number, _) in enumerate(shared) if index not in kept]


def _in_paragraphs(groups: Sequence[UnitGroup]) -> Iterator[OutlineDifference]:
    for number, group in enumerate(groups):
        counts = {key: paragraphs_of(unit) for key, unit in group.units.items()}
        for pair in combinations(counts, 2):
            if counts[pair[0]] != counts[pair[1]]:
                digests = {
                    key: short_digest(f"{group.units[key].digest}\n{counts[key]} paragraphs")
                    for key in pair
                }
                yield OutlineDifference("paragraphs", frozenset({number}), digests)


def unsettled(
    groups: Sequence[UnitGroup], confirmed: Iterable[Mapping[str, str]], *, strict: bool = False
) -> tuple[OutlineDifference, ...]:
    """The differences that nobody confirmed. `confirmed` has the digests of the confirmed ones in
    the lock.
    """
    known: Collection[Mapping[str, str]] = list(confirmed)
    return tuple(
        each for each in outline_differences(groups, strict=strict) if each.digests not in known
    )


def level_of(unit: Unit) -> int:
    """The level of a heading, from 1; 0 for any other unit."""
    if unit.kind != "heading":
        return 0
    marks = re.match(r"#+", unit.text)
    return len(marks.group()) if marks else 1 if "\n=" in unit.text else 2


def paragraphs_of(unit: Unit) -> int:
    """The number of paragraphs in a text."""
    return len(re.findall(r"\S\s*(?:\n\s*\n|\Z)", unit.text))


def _name(unit: Unit) -> str:
    """The name of a heading among those of its language: its shared id, else its words."""
    return unit.fixed or unit.digest


def _order(rows: Iterable[Mapping[str, Unit]], language: str) -> str:
    """The names of headings in the order that they have in a language, each after a line end."""
    placed = sorted(rows, key=lambda units: units[language].span.start)
    return "".join(f"\n{_name(units[language])}" for units in placed)
