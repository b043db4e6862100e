"""Groups the units of several languages that say the same, and marks a group that is uncertain.

Shared ids are fixed points, and so are pairs in the lock and texts that are equal in both
languages. Between fixed points, a sequence alignment over kind, length and language-independent
tokens (figures, links, names) pairs the rest. If another pairing would be nearly as good, the group
is uncertain.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from diptych.translation.sequence import best_pairs, longest_rise
from diptych.translation.units import Unit
from diptych.values import Value

# each begins with its sign and looks back afterwards, so that the search passes over all other signs
_NEUTRAL = re.compile(
    r"[\d(A-ZÀ-Ý](?:(?<=\d)\d*|(?<=\()(?:page|site|https?|mailto):?[^)\s]*\)"
    r"|(?<=\b[A-ZÀ-Ý])[\w·'-]{2,})"
)
_BOLD_LINE = re.compile(r"\*\*[^*\n]{1,120}\*\*[:?.]?|__[^_\n]{1,120}__[:?.]?")
GAP = -1.0
_RUNNING = {"paragraph", "list", "quote", "table", "html"}
UNLIKE = 0.6  # the penalty if one is a list and the other a text, or only one is bold
HEADED = 0.1  # the penalty if one is a heading and the other a bold line
BAND = 40  # the largest distance between two paired units of one stretch
MIN_BAND = 10  # the least value of this distance, in stretches that are very long
MAX_COMPARISONS = 160_000  # in one stretch, approximately: more would take seconds
STRANGE = -3.0  # worse than leaving both unpaired
MARGIN = 0.35  # a pairing that wins by less than this is uncertain


class UnitGroup(Value):
    """Units that say the same, by language. A language without such a unit is absent."""

    units: Mapping[str, Unit]
    uncertain: bool = False

    @property
    def section(self) -> str:
        """The shared section, or that of the first language."""
        return next(iter(self.units.values())).section

    @property
    def entry(self) -> str:
        """The shared section without the part of the item in it."""
        return next(iter(self.units.values())).entry

    @property
    def kind(self) -> str:
        """The kind of the first language's unit."""
        return next(iter(self.units.values())).kind

    @property
    def place(self) -> str:
        """`press-conference.paragraph`: the beginning of labels in the lock."""
        section = re.sub(r"[^\w./-]", "-", self.section)
        section = section if self.entry else f"-{section}"
        return f"{section}.{self.kind}"


@dataclass
class _Row:
    """A unit during alignment, with the units already paired with it."""

    unit: Unit
    home: str  # the shared id of the unit itself or of the heading above it; "" if there is none
    group: dict[str, Unit]
    apart: bool = False  # whether the other language lacks the heading of `home`
    uncertain: bool = False


class _Features(Value):
    """The properties of a row that are compared with those of the rows of the other language."""

    kind: str
    size: int  # in characters
    neutral: frozenset[str]  # its language-independent tokens
    bold: bool  # whether it is a paragraph of one bold line, which readers see as a heading
    apart: bool  # as in `_Row`


def _features(row: _Row) -> _Features:
    text, kind = row.unit.text, row.unit.kind
    bold = kind == "paragraph" and is_bold_line(text)
    return _Features(kind, len(text), neutral(text), bold, row.apart)


_ANY = None  # in the name of a queue: any section, or any shared id


def neutral(text: str) -> frozenset[str]:
    """The language-independent tokens of a text: figures, addresses and names."""
    return frozenset(_NEUTRAL.findall(text))


def is_bold_line(text: str) -> bool:
    """Whether a paragraph is one bold line, which many authors write as a heading."""
    return bool(_BOLD_LINE.fullmatch(text.strip()))


Names = Callable[[_Row], Iterable[Hashable]]  # the lookup keys of a row
Stretch = tuple[list[int], list[int]]  # unpaired rows on the left and on the right


def align(
    units: Mapping[str, Sequence[Unit]], known: Sequence[Mapping[str, str]] = ()
) -> tuple[UnitGroup, ...]:
    """The groups of the units of all languages, in reading order.

    `known` holds pairs from the lock (language -> digest): a pair is a fixed point if two of its
    digests still exist.
    """
    languages = list(units)
    if not languages:
        return ()
    rows = _rows(languages[0], units[languages[0]])
    for language in languages[1:]:
        rows = _merge(rows, _rows(language, units[language]), known)
    return tuple(UnitGroup(row.group, row.uncertain) for row in rows)


def _rows(language: str, units: Sequence[Unit]) -> list[_Row]:
    rows, home = [], ""
    for unit in units:
        home = unit.fixed if unit.kind == "heading" else home
        rows.append(_Row(unit, home, {language: unit}))
    return rows


def _merge(left: list[_Row], right: list[_Row], known: Sequence[Mapping[str, str]]) -> list[_Row]:
    """The rows of both sides, paired. The order of each side is kept."""
    pairs: dict[int, int] = {}
    homes = {row.home for row in left} & {row.home for row in right} | {""}
    for row in (*left, *right):
        row.apart = row.home not in homes
    _pair(left, right, pairs, _shared_id, _shared_id)
    _pair(left, right, pairs, _sisters(known), _digests)
    _pair(left, right, pairs, _wording, _wording)
    for stretch in _stretches(left, right, pairs):
        pairs.update(_in_order(left, right, *stretch))
    for mine, theirs in pairs.items():
        left[mine].group.update(right[theirs].group)
        left[mine].uncertain |= right[theirs].uncertain
    return _ordered(left, right, pairs)


def _shared_id(row: _Row) -> Iterator[Hashable]:
    if row.unit.fixed:
        yield row.unit.fixed


def _digests(row: _Row) -> Iterator[Hashable]:
    for language, unit in row.group.items():
        yield language, unit.digest


def _wording(row: _Row) -> Iterator[Hashable]:
    for unit in row.group.values():
        yield unit.digest


def _sisters(known: Sequence[Mapping[str, str]]) -> Names:
    """The digests that the lock has for a row in the other languages."""
    records: dict[Hashable, list[Mapping[str, str]]] = {}
    for record in known:
        for pair in record.items():
            records.setdefault(pair, []).append(record)

    def sisters(row: _Row) -> Iterator[Hashable]:
        for digest in _digests(row):
            for record in records.get(digest, ()):
                yield from record.items()

    return sisters


def _pair(
    left: list[_Row], right: list[_Row], pairs: dict[int, int], wanted: Names, named: Names
) -> None:
    """Adds the certain pairs: each row of the left with the first free row of the right that has
    one of its lookup keys. Rows of the same section come first.
    """
    asked = {
        index: names
        for index, row in enumerate(left)
        if index not in pairs and (names := set(wanted(row)))
    }
    if not asked:
        return
    taken = set(pairs.values())
    free = _FreeRows(right, named, taken, set[Hashable]().union(*asked.values()))
    for within in (True, False):
        for index, names in asked.items():
            found = None
            if index not in pairs and not names.isdisjoint(free.names):
                found = free.first(names, left[index], within=within)
            if found is not None:
                pairs[index] = found
                taken.add(found)


class _FreeRows:
    """Queues of free rows by lookup key, for the keys in `asked`. A queue drops a taken row when the
    row comes to its head, so that no search reads the row again there.
    """

    def __init__(
        self, rows: Sequence[_Row], named: Names, taken: Collection[int], asked: set[Hashable]
    ) -> None:
        self.names: set[Hashable] = set()
        self._taken = taken
        self._queues: dict[tuple[Hashable, ...], deque[int]] = {}
        for index, row in enumerate(rows):
            names = asked.intersection(named(row))
            self.names |= names
            for name in names:
                for home in (row.home, _ANY):
                    for fixed in (row.unit.fixed, _ANY):
                        self._queues.setdefault((name, home, fixed), deque()).append(index)

    def first(self, names: Iterable[Hashable], row: _Row, *, within: bool) -> int | None:
        """The first free row with one of the keys. Rows with two different shared ids are no pair."""
        home = row.home if within else _ANY
        allowed = (row.unit.fixed, "") if row.unit.fixed else (_ANY,)
        heads = [self._head((name, home, fixed)) for name in names for fixed in allowed]
        return min((head for head in heads if head is not None), default=None)

    def _head(self, key: tuple[Hashable, ...]) -> int | None:
        queue = self._queues.get(key)
        while queue and queue[0] in self._taken:
            queue.popleft()
        return queue[0] if queue else None


def _stretches(left: list[_Row], right: list[_Row], pairs: Mapping[int, int]) -> list[Stretch]:
    """The unpaired rows between two neighbouring fixed points, on both sides.

    A row whose shared id the other side lacks has no counterpart; a heading may have one without an
    id.
    """
    fences = _fences(left, right, pairs)
    stretches: dict[int, Stretch] = {}
    for side, rows in enumerate((left, right)):
        passed = {theirs: theirs for theirs in fences.values()} if side else fences
        paired = set(pairs.values()) if side else pairs.keys()
        fence = -1
        for index, row in enumerate(rows):
            fence = passed.get(index, fence)
            if index not in paired and (not row.unit.fixed or row.unit.kind == "heading"):
                stretches.setdefault(fence, ([], []))[side].append(index)
    return [(lefts, rights) for lefts, rights in stretches.values() if lefts and rights]


def _fences(left: list[_Row], right: list[_Row], pairs: Mapping[int, int]) -> dict[int, int]:
    """The pairs that divide both sides in the same way: all shared ids, and in each section the
    pairs in the same order on both sides.
    """
    fences = {
        mine: theirs
        for mine, theirs in pairs.items()
        if "" != left[mine].unit.fixed == right[theirs].unit.fixed
    }
    sections: dict[int, list[int]] = {}
    mine_below = _last_of(fences, len(left))
    theirs_below = _last_of(fences.values(), len(right))
    for mine in sorted(pairs.keys() - fences.keys()):
        section = theirs_below[pairs[mine]]
        if fences.get(mine_below[mine], -1) == section:
            sections.setdefault(section, []).append(mine)
    for inside in sections.values():
        kept = longest_rise([pairs[mine] for mine in inside])
        fences |= {mine: pairs[mine] for place, mine in enumerate(inside) if place in kept}
    return fences


def _last_of(marked: Collection[int], count: int) -> list[int]:
    """For each position the last marked position up to it; -1 if there is none."""
    last, found = -1, []
    marks = set(marked)
    for index in range(count):
        last = index if index in marks else last
        found.append(last)
    return found


def _in_order(
    left: list[_Row], right: list[_Row], lefts: list[int], rights: list[int]
) -> dict[int, int]:
    """The pairs of one stretch: one by one if the kinds agree and no other pairing is clearly
    better, else the best alignment. A pair that fits badly or barely wins is uncertain.
    """

    ours = [_features(left[each]) for each in lefts]
    others = [_features(right[each]) for each in rights]

    def likeness(mine: int, theirs: int) -> float:
        return _likeness(ours[mine], others[theirs])

    if [each.kind for each in ours] == [each.kind for each in others]:
        fits = [likeness(place, place) for place in range(len(lefts))]
        plain = min(fits) > STRANGE
        if plain and (len(lefts) == 1 or min(fits) >= MARGIN):
            return dict(zip(lefts, rights, strict=True))
    else:
        plain, fits = False, []
    band = max(MIN_BAND, min(BAND, MAX_COMPARISONS // (len(lefts) + len(rights))))
    score, found = best_pairs(len(lefts), len(rights), likeness, GAP, band)
    if plain and score <= sum(fits) + MARGIN:
        return dict(zip(lefts, rights, strict=True))
    for pair in found:
        left[lefts[pair.left]].uncertain |= pair.lead < MARGIN or pair.fit < 0
    return {lefts[pair.left]: rights[pair.right] for pair in found}


def _likeness(left: _Features, right: _Features) -> float:
    """How well two units fit: by kind, length (French is about 15 % longer) and
    language-independent tokens.
    """
    unlike = left.kind != right.kind
    if (left.apart and right.apart) or (unlike and not _may_differ(left, right)):
        return STRANGE
    mine, theirs = left.size, right.size
    score = 1.6 * min(mine, theirs) / max(mine, theirs, 1) - 0.9
    shared, either = left.neutral & right.neutral, left.neutral | right.neutral
    if shared:
        score += 2.4 * len(shared) / len(either) - 0.4
    elif any(each[0].isdigit() or each[0] == "(" for each in either):
        score -= 0.4  # a figure or an address that the other lacks; not a name
    headed = "heading" in (left.kind, right.kind)
    return score - (HEADED if headed else UNLIKE) if unlike or left.bold != right.bold else score


def _may_differ(left: _Features, right: _Features) -> bool:
    """Whether units of two kinds can say the same: a heading and a bold line; or a text that the
    other language has as a list or a quotation, if names or figures occur in both.
    """
    kinds = {left.kind, right.kind}
    if "heading" in kinds:
        return left.bold or right.bold
    return kinds <= _RUNNING and bool(left.neutral & right.neutral)


def _ordered(left: list[_Row], right: list[_Row], pairs: Mapping[int, int]) -> list[_Row]:
    """The order of the left side, with each row that only the right has after its neighbour there."""
    back = {theirs: mine for mine, theirs in pairs.items()}
    following: dict[int, list[_Row]] = {}
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
