"""Paragraphs that one language has in one, and the other in two or more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diptych.translation.align import Group, neutral
from diptych.translation.units import Unit
from diptych.values import Value

_MORE = 0.12  # how much better the lengths must fit together than apart
_FITS = 0.6
_KINDS = ("paragraph", "list", "quote")


class Split(Value):
    """Two languages in which the same words are cut into a different number of parts."""

    one: str  # the language with several parts
    parts: tuple[int, ...]  # their groups by number, in order
    other: str  # the language in which all of them are one
    whole: int  # its group, one of those above


def splits_of(groups: Sequence[Group], one: str, other: str) -> Iterator[Split]:
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


def _parts(
    groups: Sequence[Group], number: int, several: str, single: str, used: set[int]
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
    return tuple(parts)


def _belongs(part: Unit, others: Sequence[Unit], whole: Unit) -> bool:
    """Whether a part lies in the whole too: by length, and by what needs no translation."""
    if part.kind not in _KINDS or part.entry != others[0].entry or part.fixed:
        return False
    size = sum(len(each.text) for each in others)
    before, after = _fit(size, len(whole.text)), _fit(size + len(part.text), len(whole.text))
    names, there = neutral(part.text), neutral(whole.text)
    rest = frozenset[str]().union(*(neutral(each.text) for each in others))
    if len(names & there - rest) > len(names - there):
        return after > before - _MORE
    return not names - there and after > max(before + _MORE, _FITS)


def _fit(mine: int, theirs: int) -> float:
    return min(mine, theirs) / max(mine, theirs, 1)
