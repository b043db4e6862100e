"""Compares the facts of two languages of a page, passage by passage.

A passage is one unit, or several units that the other language has as one (`splits`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from diptych.diagnostics import Source, Span
from diptych.facts import Fact, are_alike, differences, facts_of, wording_of
from diptych.model import Language
from diptych.translation.align import UnitGroup
from diptych.translation.splits import Split
from diptych.translation.units import Unit, inlined, place_of, references_of
from diptych.values import Value, replace
from diptych.yaml import place_in_scalar

NEAR = 3  # the number of groups by which a fact may have moved
_BETWEEN = "\n\n"  # separates the units of one passage


class Side:
    """One language of a page, with the files in which its facts and their places are found."""

    def __init__(self, language: Language, sources: Mapping[str, Source], key: str) -> None:
        self.language = language
        self.key = key
        self._sources = sources

    def place(self, unit: Unit) -> str:
        """The file and line of a unit."""
        return place_of(unit.span, self._sources)

    def facts(self, unit: Unit) -> Sequence[Fact]:
        """The facts of a unit; reference links have the targets that the page defines for them."""
        references = {} if unit.in_yaml else references_of(self._sources[unit.span.path].text)
        return facts_of(inlined(unit.text, references), self.language.locale, self.key)

    def span_of(self, unit: Unit, fact: Fact) -> Span:
        """The place of a fact, or of the whole unit if the file does not have the fact literally."""
        source = self._sources[unit.span.path]
        inner = Span(source.path, fact.offset, fact.offset + len(fact.written))
        if unit.in_yaml:
            return place_in_scalar(source, unit.span, inner)
        place = inner.shifted(unit.span.start)
        return place if source.text[place.start : place.end] == fact.written else unit.span

    def place_of(self, unit: Unit, fact: Fact) -> str:
        """The file and line of a fact."""
        return place_of(self.span_of(unit, fact), self._sources)


class Passage:
    """Units of one language that are compared as one text."""

    def __init__(self, side: Side, units: Sequence[Unit]) -> None:
        self.side = side
        self.units = units
        # the text of the passage, with the facts of all its units at their offsets in that text
        self.wording = wording_of(
            _BETWEEN.join(unit.text for unit in units),
            side.language.key,
            tuple(
                replace(fact, offset=fact.offset + start)
                for start, unit in self._starts()
                for fact in side.facts(unit)
            ),
        )

    def _starts(self) -> Iterator[tuple[int, Unit]]:
        start = 0
        for unit in self.units:
            yield start, unit
            start += len(unit.text) + len(_BETWEEN)

    def found(self, fact: Fact) -> tuple[Unit, Fact]:
        """The unit in which a fact of the passage is, and the fact with its offset in that unit."""
        start, unit = next(
            each for each in reversed(list(self._starts())) if each[0] <= fact.offset or not each[0]
        )
        return unit, replace(fact, offset=fact.offset - start)


class PassageDifference(Value):
    """A difference between two passages, with the number of their group."""

    number: int
    left: Passage
    right: Passage
    mine: Fact | None
    theirs: Fact | None


def differing_passages(
    groups: Sequence[UnitGroup], left: Side, right: Side, splits: Sequence[Split]
) -> Iterator[PassageDifference]:
    """The differences between two languages of a page, in order.

    A missing fact is no difference if the other language has it as an extra fact in a group nearby.
    """
    found: list[PassageDifference] = []
    elsewhere = _Elsewhere()
    for number, mine, theirs in _passages(groups, left, right, splits):
        split = mine is not None and theirs is not None and len(mine.units) != len(theirs.units)
        if mine is None or theirs is None or (groups[number].uncertain and not split):
            elsewhere.add(number, *(each.wording.facts if each else () for each in (mine, theirs)))
            continue
        here = [
            PassageDifference(number, mine, theirs, each.mine, each.theirs)
            for each in differences(mine.wording, theirs.wording)
        ]
        if here:
            elsewhere.add(
                number,
                [each.mine for each in here if each.mine and not each.theirs],
                [each.theirs for each in here if each.theirs and not each.mine],
            )
            found += here
    yield from (each for each in found if (each.mine and each.theirs) or not elsewhere.has(each))


class _Elsewhere:
    """The facts that only one language has, by the number of their group, and all facts of groups
    that are not compared.
    """

    def __init__(self) -> None:
        self._mine: dict[int, Sequence[Fact]] = {}
        self._theirs: dict[int, Sequence[Fact]] = {}

    def add(self, number: int, mine: Sequence[Fact], theirs: Sequence[Fact]) -> None:
        self._mine[number], self._theirs[number] = mine, theirs

    def has(self, found: PassageDifference) -> bool:
        """Whether the other language has the fact nearby."""
        fact, places = (found.mine, self._theirs) if found.mine else (found.theirs, self._mine)
        assert fact is not None
        near = range(found.number - NEAR, found.number + NEAR + 1)
        return any(are_alike(fact, other) for place in near for other in places.get(place, ()))


def _passages(
    groups: Sequence[UnitGroup], left: Side, right: Side, splits: Sequence[Split]
) -> Iterator[tuple[int, Passage | None, Passage | None]]:
    """The passages of both languages, with the number of their group; None for a language that
    lacks the passage.
    """
    of_number = {number: split for split in splits for number in split.parts}
    for number in range(len(groups)):
        split = of_number.get(number)
        if split is not None and number != split.whole:
            continue
        numbers = split.parts if split else (number,)
        passages = []
        for side in (left, right):
            units = [
                groups[each].units[side.language.key]
                for each in numbers
                if side.language.key in groups[each].units
            ]
            passages.append(Passage(side, units) if units else None)
        if any(passages):
            yield number, passages[0], passages[1]
