"""The best pairing of two sequences that keeps the order of both, and how clearly it wins.

The algorithm is that of Needleman and Wunsch, within a band, once from each end. For every pair
this gives its own score and the score of the best pairing without it. Nothing is kept outside the
band, so time and memory grow with the length of the sequences and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

from diptych.values import Value

NEVER = -1e9
WIDEST = 3  # a band grows with the difference in length, to four times its width at most

Likeness = Callable[[int, int], float]
Row = list[float]  # the scores of one row, for the columns within the band


class Pair(Value):
    """Two positions that are paired in the best pairing."""

    left: int
    right: int
    fit: float  # how well the two fit
    lead: float  # how much worse the best pairing without this pair would be


def best_pairs(
    lefts: int, rights: int, likeness: Likeness, gap: float, band: int
) -> tuple[float, tuple[Pair, ...]]:
    """The score of the best pairing of so many positions on either side, and its pairs in order.

    An unpaired position costs `gap`. A position is compared with those within `band` of its place
    on the other side, plus the difference in length.
    """
    band = min(band, max(lefts, rights))  # a wider band would have no further positions
    half = band + min(abs(rights - lefts), WIDEST * band)
    width = 2 * half + 1 + rights // max(lefts, 1)
    starts = [row * rights // max(lefts, 1) - half for row in range(lefts + 1)]
    fits = [
        [
            likeness(row, column) if 0 <= column < rights else NEVER
            for column in range(start, start + width)
        ]
        for row, start in enumerate(starts[:-1])
    ]
    shifts = [below - above for above, below in pairwise(starts)]
    ahead = _from_the_start(fits, shifts, -starts[0], gap, width)
    back = _from_the_end(fits, shifts, rights - starts[-1], gap, width)
    score = back[0][-starts[0]]
    pairs = []
    for row, place in _trace(fits, ahead, shifts, rights - starts[-1], gap):
        rival = _rival(place, fits[row], ahead[row], back[row + 1], shifts[row], gap)
        pairs.append(Pair(row, starts[row] + place, fits[row][place], score - rival))
    return score, tuple(pairs)


def _from_the_start(
    fits: Sequence[Row], shifts: Sequence[int], origin: int, gap: float, width: int
) -> list[Row]:
    """For each row the best scores of the positions before it."""
    first = [NEVER] * width
    first[origin] = 0.0
    rows = [_rightwards(first, gap)]
    for fit, shift in zip(fits, shifts, strict=True):
        above = rows[-1]
        paired = [NEVER, *(score + each for score, each in zip(above, fit, strict=True))]
        reached = [
            max(alone + gap, pair) for alone, pair in zip([*above, NEVER], paired, strict=True)
        ][shift:]
        reached += [NEVER] * (width - len(reached))
        rows.append(_rightwards(reached[:width], gap))
    return rows


def _from_the_end(
    fits: Sequence[Row], shifts: Sequence[int], end: int, gap: float, width: int
) -> list[Row]:
    """For each row the best scores of the positions after it."""
    last = [NEVER] * width
    last[end] = 0.0
    rows = [_rightwards(last[::-1], gap)[::-1]]
    for fit, shift in zip(reversed(fits), reversed(shifts), strict=True):
        below = _below(rows[-1], shift, width)
        reached = [
            max(alone + gap, paired + each)
            for alone, paired, each in zip(below, below[1:], fit, strict=False)
        ]
        rows.append(_rightwards(reached[::-1], gap)[::-1])
    return rows[::-1]


def _below(row: Row, shift: int, width: int) -> Row:
    """The scores of a row in the columns of the row above, and of one more column."""
    whole = [NEVER] * min(shift, width + 1) + row + [NEVER]
    return whole[: width + 1]


def _rightwards(row: Row, gap: float) -> Row:
    """The best scores of a row if positions on the right may stay unpaired, each at the cost of
    `gap`.
    """
    best, scores = NEVER, []
    for score in row:
        best = max(best + gap, score)
        scores.append(best)
    return scores


def _trace(
    fits: Sequence[Row],
    ahead: Sequence[Row],
    shifts: Sequence[int],
    end: int,
    gap: float,
) -> list[tuple[int, int]]:
    """The pairs of the best pairing, as row and column, in order. Of equally good pairings, the one
    with more pairs.
    """
    pairs = []
    row, place = len(ahead) - 1, end
    while row and (row > 0 and place > -1):
        above = place + shifts[row - 1]
        score = ahead[row][place]
        if above and score == _at(ahead[row - 1], above - 1) + _at(fits[row - 1], above - 1):
            row, place = row - 1, above - 1
            pairs.append((row, place))
        elif score == _at(ahead[row - 1], above) + gap:
            row, place = row - 1, above
        else:
            place -= 1
    return pairs[::-1]


def _at(row: Row, place: int) -> float:
    return row[place] if 0 <= place < len(row) else NEVER


def _rival(place: int, fit: Row, ahead: Row, back: Row, shift: int, gap: float) -> float:
    """The best score of a pairing in which that row has another partner, or none."""
    below = _below(back, shift, len(ahead))
    alone = max(before + gap + after for before, after in zip(ahead, below, strict=False))
    others = (
        before + each + after
        for other, (before, each, after) in enumerate(zip(ahead, fit, below[1:], strict=True))
        if other != place
    )
    return max(alone, max(others, default=NEVER), NEVER)


def longest_rise(values: Sequence[int]) -> set[int]:
    """The positions of a longest increasing subsequence of the values."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        tails[at : at + 1], places[at : at + 1] = [value], [index]
        before.append(places[at - 1] if at else -1)
    kept, index = set(), places[-1] if places else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept
