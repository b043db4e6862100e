"""Finds texts that are one paragraph in one language and several in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from diptych.translation.align import UnitGroup, neutral
from diptych.translation.units import Unit
from diptych.values import Value, replace

# lengths of texts fit between 0 (not at all) and 1 (equal)
_MORE = 0.12  # the least gain in fit for which a further part is added
_FITS = 0.7  # the least fit of all parts together with the whole text
_SURELY = 0.85  # the least fit if a part has a figure that the whole text lacks
_ALIKE = 0.75  # the least fit of two texts that say the same
_NEAR = 2  # the number of groups on each side of a split that may become certain
_KINDS = ("paragraph", "list", "quote")


class Split(Value):
    """A text that one language has as several parts and the other as one."""

    one: str  # the language with several parts
    parts: tuple[int, ...]  # their groups by number, in order
    other: str  # the language in which all of them are one
    whole: int  # its group, one of those above


Splits = Mapping[tuple[str, str], Sequence[Split]]  # by pair of languages


def all_splits(groups: Sequence[UnitGroup], languages: Iterable[str]) -> Splits:
    """The splits between any two of the languages."""
    return {
        (one, other): list(_splits(groups, one, other)) for one, other in combinations(languages, 2)
    }


def _splits(groups: Sequence[UnitGroup], one: str, other: str) -> Iterator[Split]:
    """The splits between two languages: a pair of texts that fit better together with neighbouring
    parts that only one of the languages has.

    Each group is in one split at most.
    """
    if all(one in group.units and other in group.units for group in groups):
        return
    used: set[int] = set()
    for number, group in enumerate(groups):
        if one not in group.units or other not in group.units or group.kind not in _KINDS:
            continue
        for several, single in ((one, other), (other, one)):
            parts = _parts(groups, number, several, single, used)
            if len(parts) > 1:
                used.update(parts)
                yield Split(several, parts, single, number)
                break


def certain_beside(groups: Sequence[UnitGroup], splits: Splits) -> tuple[UnitGroup, ...]:
    """The groups. Those that were uncertain only because of a split near them are now certain."""
    near = {
        place
        for of_pair in splits.values()
        for split in of_pair
        for place in range(split.parts[0] - _NEAR, split.parts[-1] + _NEAR + 1)
    }
    return tuple(
        replace(group, uncertain=False)
        if number in near and group.uncertain and _fits(group)
        else group
        for number, group in enumerate(groups)
    )


def _fits(group: UnitGroup) -> bool:
    sizes = [len(unit.text) for unit in group.units.values()]
    return _fit(min(sizes), max(sizes)) > _ALIKE


def _parts(
    groups: Sequence[UnitGroup], number: int, several: str, single: str, used: set[int]
) -> tuple[int, ...]:
    """The numbers of a group and of the groups beside it that make the two languages fit better, in
    order; none if the lengths do not fit well enough.
    """
    parts = [number]
    whole = groups[number].units[single]
    better = True
    while better:
        better = False
        for place in (parts[0] - 1, parts[-1] + 1):
            if not 0 <= place < len(groups) or place in used:
                continue
            beside = groups[place].units
            if several not in beside or single in beside:
                continue
            mine = [groups[part].units[several] for part in parts]
            if _belongs(beside[several], mine, whole):
                parts = sorted([*parts, place])
                better = True
                break
    size = sum(len(groups[part].units[several].text) for part in parts)
    return tuple(parts) if _fit(size, len(whole.text)) > _FITS else ()


def _belongs(part: Unit, others: Sequence[Unit], whole: Unit) -> bool:
    """Whether a part belongs to the text `whole`, as the parts `others` do, by its length and
    figures.
    """
    if part.kind not in _KINDS or part.entry != others[0].entry or part.fixed:
        return False
    size = sum(len(each.text) for each in others)
    before, after = _fit(size, len(whole.text)), _fit(size + len(part.text), len(whole.text))
    figures, there = _figures(part.text), _figures(whole.text)
    rest = frozenset[str]().union(*(_figures(each.text) for each in others))
    if len(figures & there - rest) > len(figures - there):
        return after > before - _MORE
    # a figure differs, or the whole text lacks the part: only the lengths can tell
    if figures - there:
        return after > max(before + 2 * _MORE, _SURELY)
    return after > before + _MORE


def _figures(text: str) -> frozenset[str]:
    """The figures and addresses of a text. Names are left out: other words can stand for them."""
    return frozenset(each for each in neutral(text) if each[0].isdigit() or each[0] == "(")


def _fit(mine: int, theirs: int) -> float:
    """How well two lengths fit, from 0 to 1."""
    return min(mine, theirs) / max(mine, theirs, 1)
