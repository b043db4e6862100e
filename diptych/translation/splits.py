"""Paragraphs that one language has in one, and the other in two or more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from diptych.translation.align import UnitGroup, neutral
from diptych.translation.units import Unit
from diptych.values import Value, replace

_MORE = 0.12  # how much better the lengths must fit together than apart
_FITS = 0.7
_SURELY = 0.85
_ALIKE = 0.75  # of the lengths of two texts that say the same
_NEAR = 2
_KINDS = ("paragraph", "list", "quote")


class Split(Value):
    """Two languages in which the same words are cut into a different number of parts."""

    one: str  # the language with several parts
    parts: tuple[int, ...]  # their groups by number, in order
    other: str  # the language in which all of them are one
    whole: int  # its group, one of those above


def splits_of(groups: Sequence[UnitGroup], one: str, other: str) -> Iterator[Split]:
    """Where a pair and the parts beside it that only one language has fit better as a whole.

    No group is part of two of them.
    """
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


def certain_beside(groups: Sequence[UnitGroup], splits: Iterable[Split]) -> tuple[UnitGroup, ...]:
    """The groups, in which what was uncertain only because of a cut beside it is certain."""
    near = {
        place
        for split in splits
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
    """The numbers of the group and of what belongs to it, as long as each makes it fit better."""
    parts = [number]
    whole = groups[number].units[single]
    better = True
    while better:
        better = False
        for place in (parts[0] - 1, parts[-1] + 1):
            if not 0 <= place < len(groups) or place in used:
                continue
            beside = groups[place].units
            if set(beside) != {several} and not (several in beside and single not in beside):
                continue
            mine = [groups[part].units[several] for part in parts]
            if _belongs(beside[several], mine, whole):
                parts = sorted([*parts, place])
                better = True
                break
    size = sum(len(groups[part].units[several].text) for part in parts)
    return tuple(parts) if _fit(size, len(whole.text)) > _FITS else ()


def _belongs(part: Unit, others: Sequence[Unit], whole: Unit) -> bool:
    """Whether a part lies in the whole too: by length, and by what needs no translation."""
    if part.kind not in _KINDS or part.entry != others[0].entry or part.fixed:
        return False
    size = sum(len(each.text) for each in others)
    before, after = _fit(size, len(whole.text)), _fit(size + len(part.text), len(whole.text))
    figures, there = _figures(part.text), _figures(whole.text)
    rest = frozenset[str]().union(*(_figures(each.text) for each in others))
    if len(figures & there - rest) > len(figures - there):
        return after > before - _MORE
    if figures - there:  # a figure differs, or the part is missing: then only the lengths tell
        return after > max(before + 2 * _MORE, _SURELY)
    return after > before + _MORE


def _figures(text: str) -> frozenset[str]:
    """What cannot be said in other words; names can, and any word begins a sentence."""
    return frozenset(each for each in neutral(text) if each[0].isdigit() or each[0] == "(")


def _fit(mine: int, theirs: int) -> float:
    return min(mine, theirs) / max(mine, theirs, 1)
