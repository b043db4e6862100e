"""The best pairing of two sequences that keeps the order of both, and how clearly it won.

Needleman and Wunsch within a band, once from each end: what a pairing adds, and what the best one
without it would come to, are then known for every pair.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from diptych.values import Value

NEVER = -1e9

Likeness = Callable[[int, int], float]
Table = list[list[float]]


class Pair(Value):
    """Two places that belong together in the best pairing."""

    left: int
    right: int
    fit: float  # how well the two fit
    lead: float  # how much worse the best pairing without this pair would be


def best_pairs(
    lefts: int, rights: int, likeness: Likeness, gap: float, band: int
) -> tuple[float, tuple[Pair, ...]]:
    """The score of the best pairing of so many places on either side, and its pairs in order.

    A place that stays alone costs `gap`; places whose numbers differ by more than `band`, and by
    more than the sequences differ in length, are not considered.
    """
    spread = rights - lefts
    low, high = min(0, spread) - band, max(0, spread) + band
    fits = [[NEVER] * rights for _ in range(lefts)]
    for row in range(lefts):
        for column in range(max(0, row + low), min(rights, row + high + 1)):
            fits[row][column] = likeness(row, column)
    ahead = _scores(fits, lefts, rights, gap, (low, high))
    mirrored = [row[::-1] for row in reversed(fits)]
    back = _scores(mirrored, lefts, rights, gap, (low, high))
    back = [row[::-1] for row in reversed(back)]
    pairs = tuple(
        Pair(
            row,
            column,
            fits[row][column],
            ahead[-1][-1] - _rival(row, column, fits, ahead, back, gap),
        )
        for row, column in _trace(fits, ahead, gap)
    )
    return ahead[-1][-1], pairs


def _scores(fits: Table, lefts: int, rights: int, gap: float, band: tuple[int, int]) -> Table:
    """The best score of the first so many places on either side."""
    scores = [[NEVER] * (rights + 1) for _ in range(lefts + 1)]
    scores[0][0] = 0.0
    for row in range(lefts + 1):
        above = scores[row - 1] if row else None
        here, fit = scores[row], fits[row - 1] if row else []
        for column in range(max(0, row + band[0]), min(rights, row + band[1]) + 1):
            best = here[column - 1] + gap if column else here[column]
            if above is not None:
                best = max(best, above[column] + gap)
                if column:
                    best = max(best, above[column - 1] + fit[column - 1])
            here[column] = max(here[column], best)
    return scores


def _trace(fits: Table, ahead: Table, gap: float) -> list[tuple[int, int]]:
    """The pairs of the best pairing; where two are equally good, the one with more pairs."""
    pairs = []
    row, column = len(ahead) - 1, len(ahead[0]) - 1
    while row and column:
        score = ahead[row][column]
        if score == ahead[row - 1][column - 1] + fits[row - 1][column - 1]:
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif score == ahead[row - 1][column] + gap:
            row -= 1
        else:
            column -= 1
    return pairs[::-1]


def _rival(row: int, column: int, fits: Table, ahead: Table, back: Table, gap: float) -> float:
    """The best score of a pairing in which that row has another partner, or none."""
    alone = max(
        before + gap + after for before, after in zip(ahead[row], back[row + 1], strict=True)
    )
    others = (
        ahead[row][other] + fit + back[row + 1][other + 1]
        for other, fit in enumerate(fits[row])
        if other != column and fit > NEVER
    )
    return max(alone, max(others, default=NEVER))


def longest_rise(values: Sequence[int]) -> set[int]:
    """The positions of a longest increasing run of values: what stands in order without the rest."""
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
