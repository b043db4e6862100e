"""What must be equal in all languages of a page, held side by side, with both places named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import combinations

from diptych.content.layouts import layout_of
from diptych.diagnostics import Diagnostic, Severity, Source, Span, say, warning
from diptych.model import Language
from diptych.translation.align import Group
from diptych.translation.facts import Fact, facts_of, values_in_words
from diptych.translation.numerals import HALF_A_DAY, spelled_numbers, spoken_times
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
    mine, theirs = left[0].facts(left[1]), right[0].facts(right[1])
    lost, gained = _remaining(mine, theirs), _remaining(theirs, mine)
    _take_out_own_addresses(lost, gained, left[0].language.key, right[0].language.key)
    lost = [fact for fact in lost if not _spelled(fact, right)]
    gained = [fact for fact in gained if not _spelled(fact, left)]
    for fact in lost:
        twin = next((other for other in gained if other.kind == fact.kind), None)
        if twin is not None:
            gained.remove(twin)
        yield _difference(left, fact, right, twin)
        if twin is not None:
            yield _difference(right, twin, left, fact)
    for fact in gained:
        yield _difference(right, fact, left, None)


def _take_out_own_addresses(lost: list[Fact], gained: list[Fact], mine: str, theirs: str) -> None:
    """Links to the same page elsewhere, each in its own language: `…/nl/…` and `…/fr/…`."""
    for fact in [each for each in lost if each.kind == "link"]:
        address = _shared_address(fact.value, mine)
        twin = next(
            (
                other
                for other in gained
                if other.kind == "link" and _shared_address(other.value, theirs) == address
            ),
            None,
        )
        if twin is not None:
            lost.remove(fact)
            gained.remove(twin)


def _shared_address(target: str, language: str) -> str:
    """An address with its own language left open."""
    scheme, mark, rest = target.partition("://")
    host, slash, path = rest.partition("/")
    host = re.sub(rf"^{language}(?=\.)", "*", host)
    path = re.sub(rf"(?<![a-z0-9]){language}(?:[-_]be)?(?![a-z0-9])", "*", path, flags=re.I)
    return f"{scheme}{mark}{host}{slash}{path}"


def _remaining(mine: Sequence[Fact], theirs: Sequence[Fact]) -> list[Fact]:
    """My facts without those that the other side has too, as often as it has them."""
    counted = Counter((fact.kind, fact.value) for fact in theirs)
    left = []
    for fact in mine:
        found = next((pair for pair in counted if counted[pair] and _same(fact, *pair)), None)
        if found is None:
            left.append(fact)
        else:
            counted[found] -= 1
    return left


def _same(fact: Fact, kind: str, value: str) -> bool:
    if fact.kind != kind:
        return False
    if kind == "date" and (value.startswith("-") or fact.value.startswith("-")):
        return value[-5:] == fact.value[-5:]  # one of the two leaves the year out
    return fact.value == value


def _spelled(fact: Fact, other: Placed) -> bool:
    """Whether the other language writes the number out in words."""
    side, unit = other
    words = set(spelled_numbers(unit.text, side.language.key))
    if fact.kind == "time":
        hour = int(fact.value[:2])
        figures = {each.value for each in side.facts(unit) if each.kind == "number"}
        if words & {hour, (hour - 1) % 12 + 1} or str(hour) in figures:
            return True
        minutes = (hour * 60 + int(fact.value[3:])) % HALF_A_DAY
        return minutes in spoken_times(unit.text, side.language.key)
    return not words.isdisjoint(values_in_words(fact))


def _difference(here: Placed, fact: Fact, there: Placed, twin: Fact | None) -> Diagnostic:
    (side, unit), (other, sister) = here, there
    check = _COUNTED.get(fact.kind, "facts-differ")
    if twin is not None:
        message = say(
            "“{mine}” stands here, “{theirs}” in {place}",
            mine=fact.written,
            theirs=twin.written,
            place=other.place_of(sister, twin),
        )
    else:
        message = say(
            "“{mine}” stands here and nothing like it in {place}",
            mine=fact.written,
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
