"""What must be equal in all languages of a page, held side by side, with both places named."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import combinations

from diptych.content.layouts import layout_of
from diptych.diagnostics import Diagnostic, Severity, Source, Span, say, warning
from diptych.model import Language
from diptych.translation.align import Group
from diptych.translation.facts import Fact, facts_of
from diptych.translation.matching import Wording, differences
from diptych.translation.sequence import longest_rise
from diptych.translation.tongue import tongue_of
from diptych.translation.units import Unit, inlined, normalise, references_of
from diptych.yaml import place_in_scalar

_COUNTED = {"picture": "pictures-differ", "footnote": "footnotes-differ", "link": "links-differ"}
_QUIET = Severity.INFO


class Side:
    """One language of a page, for messages about it."""

    def __init__(self, language: Language, sources: Mapping[str, Source], key: str) -> None:
        self.language = language
        self.key = key
        self._sources = sources

    def place(self, unit: Unit) -> str:
        """`content/faq/fr.md:12`: where a unit stands, for a sentence about the other side."""
        source = self._sources[unit.span.path]
        return f"{unit.span.path}:{source.position(unit.span.start)[0]}"

    def facts(self, unit: Unit) -> Sequence[Fact]:
        """The facts of a unit, the links included that its page names elsewhere."""
        references = {} if unit.in_yaml else references_of(self._sources[unit.span.path].text)
        return facts_of(inlined(unit.text, references), self.language.locale, self.key)

    def wording(self, unit: Unit) -> Wording:
        """A unit as far as it is compared."""
        return Wording(unit.text, self.language.key, tuple(self.facts(unit)))

    def span_of(self, unit: Unit, fact: Fact) -> Span:
        """The place of a fact; of the whole unit where the file has it in other words."""
        source = self._sources[unit.span.path]
        inner = Span(source.path, fact.offset, fact.offset + len(fact.written))
        if unit.in_yaml:
            return place_in_scalar(source, unit.span, inner)
        place = inner.shifted(unit.span.start)
        return place if source.text[place.start : place.end] == fact.written else unit.span

    def place_of(self, unit: Unit, fact: Fact) -> str:
        """`content/faq/fr.md:13`: where a fact stands, for a sentence about the other side."""
        span = self.span_of(unit, fact)
        return f"{span.path}:{self._sources[span.path].position(span.start)[0]}"


def compare(
    groups: Sequence[Group], sides: Mapping[str, Side], layout: str, settled: Container[int] = ()
) -> Iterator[Diagnostic]:
    """Every difference that no translation explains, at the lines of both languages.

    Of the groups that are settled, by their number, only form and order are looked at.

    Diagnostics: facts-differ, links-differ, pictures-differ, footnotes-differ, list-differs,
    paragraphs-differ, heading-level-differs, headings-swapped, wrong-language, untranslated.
    """
    strict = layout_of(layout).strict
    for number, group in enumerate(groups):
        for one, other in combinations(group.units, 2):
            pair = (sides[one], group.units[one]), (sides[other], group.units[other])
            if number not in settled:
                yield from _words(*pair, certain=not group.uncertain)
            if not group.uncertain:
                yield from _structure(*pair, strict)
        for key, unit in group.units.items() if number not in settled else ():
            yield from _tongue(sides[key], unit, sides)
    yield from _swapped(groups, sides)


Placed = tuple[Side, Unit]


def _words(left: Placed, right: Placed, *, certain: bool) -> Iterator[Diagnostic]:
    yield from _untranslated(left, right)
    if certain:
        yield from _facts(left, right)


def _facts(left: Placed, right: Placed) -> Iterator[Diagnostic]:
    """What one language says and the other does not, of each kind, paired where it can be."""
    for each in differences(left[0].wording(left[1]), right[0].wording(right[1])):
        if each.mine is not None:
            yield _difference(left, each.mine, right, each.theirs)
        if each.theirs is not None:
            yield _difference(right, each.theirs, left, each.mine)


def _difference(here: Placed, fact: Fact, there: Placed, twin: Fact | None) -> Diagnostic:
    (side, unit), (other, sister) = here, there
    check = _COUNTED.get(fact.kind, "facts-differ")
    if twin is not None:
        message = say(
            "“{mine}” stands here, “{theirs}” in {place}",
            mine=fact.shown if fact.shown != twin.shown else fact.value,
            theirs=twin.shown if fact.shown != twin.shown else twin.value,
            place=other.place_of(sister, twin),
        )
    else:
        message = say(
            "“{mine}” stands here and nothing like it in {place}",
            mine=fact.shown,
            place=other.place(sister),
        )
    return warning(check, side.span_of(unit, fact), message)


def _structure(left: Placed, right: Placed, strict: bool) -> Iterator[Diagnostic]:
    unit, sister = left[1], right[1]
    if unit.kind == "heading" and _level(unit) != _level(sister):
        for (_, each), (other, twin) in ((left, right), (right, left)):
            message = say(
                "this heading is of level {level}, the one in {place} of level {other}",
                level=_level(each),
                place=other.place(twin),
                other=_level(twin),
            )
            yield warning("heading-level-differs", each.span, message)
    if unit.items != sister.items:
        severity = Severity.WARNING if strict or unit.kind == "list" else _QUIET
        for (_, each), (other, twin) in ((left, right), (right, left)):
            message = say(
                "the list has {count} points here and {other} in {place}",
                count=each.items,
                other=twin.items,
                place=other.place(twin),
            )
            yield Diagnostic("list-differs", severity, each.span, message)
    if strict and _paragraphs(unit) != _paragraphs(sister):
        for (_, each), (other, twin) in ((left, right), (right, left)):
            message = say(
                "this text has {count} paragraphs, and {other} in {place}",
                count=_paragraphs(each),
                other=_paragraphs(twin),
                place=other.place(twin),
            )
            yield warning("paragraphs-differ", each.span, message)


def _level(unit: Unit) -> int:
    marks = re.match(r"#+", unit.text)
    return len(marks.group()) if marks else 1 if "\n=" in unit.text else 2


def _paragraphs(unit: Unit) -> int:
    return len(re.findall(r"\S\s*(?:\n\s*\n|\Z)", unit.text))


def _untranslated(left: Placed, right: Placed) -> Iterator[Diagnostic]:
    """The same words on both sides: nobody translated them."""
    unit, sister = left[1], right[1]
    if unit.words < 5 or normalise(unit.text).lower() != normalise(sister.text).lower():
        return
    own = tongue_of(unit.text)
    for (side, each), (other, twin) in ((left, right), (right, left)):
        if own is None or own != side.language.key:
            message = say("this is word for word what stands in {place}", place=other.place(twin))
            yield warning("untranslated", each.span, message)


def _tongue(side: Side, unit: Unit, sides: Mapping[str, Side]) -> Iterator[Diagnostic]:
    tongue = tongue_of(unit.text)
    if tongue is None or tongue == side.language.key or tongue not in sides:
        return
    message = say(
        "this reads as {found}; the page is in {expected}",
        found=sides[tongue].language.name,
        expected=side.language.name,
    )
    yield warning("wrong-language", unit.span, message)


def _swapped(groups: Sequence[Group], sides: Mapping[str, Side]) -> Iterator[Diagnostic]:
    """Headings whose order differs: the fewest that, taken out, leave the same order."""
    headings = [group for group in groups if group.kind == "heading"]
    for one, other in combinations(sides, 2):
        shared = [group for group in headings if one in group.units and other in group.units]
        shared.sort(key=lambda group: group.units[one].span.start)
        kept = longest_rise([group.units[other].span.start for group in shared])
        for index, group in enumerate(shared):
            if index in kept:
                continue
            for here, there in ((one, other), (other, one)):
                message = say(
                    "this heading stands in another order than in {place}",
                    place=sides[there].place(group.units[there]),
                )
                yield warning("headings-swapped", group.units[here].span, message)
