"""Compares two languages of a page: facts, lists, paragraphs, levels, order and language of the text.

Each message names the places in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations

from diptych.diagnostics import (
    Diagnostic,
    LanguageNames,
    Message,
    Severity,
    Span,
    note,
    say,
    say_n,
    warning,
)
from diptych.facts import Fact
from diptych.languages import LANGUAGES
from diptych.model import named
from diptych.translation.align import UnitGroup
from diptych.translation.detection import detect_language
from diptych.translation.outline import (
    OutlineDifference,
    level_of,
    paragraphs_of,
)
from diptych.translation.passages import PassageDifference, Side, differing_passages
from diptych.translation.splits import Split, Splits
from diptych.translation.units import Unit, normalise
from diptych.values import Value

_CHECKS = {  # the kind of a difference -> its check; facts-differ for the other kinds of facts
    "picture": "pictures-differ",
    "footnote": "footnotes-differ",
    "link": "links-differ",
    "items": "list-differs",
    "paragraphs": "paragraphs-differ",
    "level": "heading-level-differs",
    "order": "headings-swapped",
    "same words": "untranslated",
}

Placed = tuple[Side, Unit]
# texts of a page that must be in another language for the page to be reported as a whole
_WHOLE = 3


def compare(
    groups: Sequence[UnitGroup],
    sides: Mapping[str, Side],
    settled: Set[int],
    splits: Splits,
    outline: Sequence[OutlineDifference],
    *,
    strict: bool,
) -> Iterator[Diagnostic]:
    """Every difference that no translation explains, at the lines of the languages that differ.

    Groups in `settled` (numbers) are skipped. Differences in the level and order of headings and in
    the number of paragraphs are reported only if they are in `outline`. `strict`: whether the
    layout of the page asks for equal lists and paragraphs.

    Diagnostics: facts-differ, links-differ, pictures-differ, footnotes-differ, list-differs,
    paragraphs-differ, heading-level-differs, headings-swapped, wrong-language, untranslated.
    """
    unsettled = len(settled) < len(groups)
    differences: list[_Difference] = []
    for one, other in combinations(sides, 2):
        of_pair = splits[one, other]
        # a fact can have moved to another group, so all groups are read
        for found in (
            differing_passages(groups, sides[one], sides[other], of_pair) if unsettled else ()
        ):
            if found.number not in settled:
                differences += _differences(found)
        for split in of_pair:
            if not set(split.parts) <= settled:
                yield _split(split, groups, sides, strict)
        within = {number for split in of_pair for number in split.parts}
        levels, paragraphs = (_open(outline, kind, one, other) for kind in ("level", "paragraphs"))
        for number, group in enumerate(groups):
            if one in group.units and other in group.units:
                pair = (sides[one], group.units[one]), (sides[other], group.units[other])
                if number not in settled:
                    differences += _untranslated(number, *pair)
                if not group.uncertain and number not in within:
                    if number in levels and (bold := _bold(*pair)):
                        yield bold
                    elif number in levels:
                        differences += _both("level", number, *pair, level_of)
                    if number not in settled:
                        differences += _lists(number, *pair, strict)
                    if number in paragraphs:
                        differences += _both("paragraphs", number, *pair, paragraphs_of)
    differences += _swapped(groups, sides, outline)
    yield from _joined(differences, groups)
    for number, group in enumerate(groups):
        for key, unit in group.units.items() if number not in settled else ():
            yield from _other_language(sides[key], unit)


class _Difference(Value):
    """A fact or a property of a text in one language that another language has differently, or a fact
    that it lacks.
    """

    kind: str  # of the fact, or a name of `_CHECKS`
    number: int  # of the group
    span: Span
    mine: str
    theirs: str | None  # None if there is no counterpart
    twin: Span | None
    place: str  # of the counterpart, or of the part without one
    quiet: bool = False  # whether it is reported for information only


def _differences(found: PassageDifference) -> Iterator[_Difference]:
    """A difference as seen from each of the two languages that has a fact there."""
    mine = found.left.found(found.mine) if found.mine else None
    theirs = found.right.found(found.theirs) if found.theirs else None
    left = mine[0] if mine else found.left.units[0]
    right = theirs[0] if theirs else found.right.units[0]
    here, there = (found.left.side, left), (found.right.side, right)
    if mine:
        yield _seen_from(found.number, here, mine[1], there, theirs[1] if theirs else None)
    if theirs:
        yield _seen_from(found.number, there, theirs[1], here, mine[1] if mine else None)


def _seen_from(
    number: int, here: Placed, fact: Fact, there: Placed, twin: Fact | None
) -> _Difference:
    (side, unit), (other, sister) = here, there
    alike = twin is not None and fact.shown == twin.shown  # written alike, with different meanings
    return _Difference(
        fact.kind,
        number,
        side.span_of(unit, fact),
        fact.value if alike else fact.shown,
        (twin.value if alike else twin.shown) if twin else None,
        other.span_of(sister, twin) if twin else None,
        other.place_of(sister, twin) if twin else other.place(sister),
    )


def _both(
    kind: str,
    number: int,
    left: Placed,
    right: Placed,
    value: Callable[[Unit], object] = lambda _: "",
    *,
    quiet: bool = False,
) -> Iterator[_Difference]:
    """The difference between two units as seen from each of their languages; `value` is the property in
    which they differ, if the message names it.
    """
    for (_, unit), (other, twin) in ((left, right), (right, left)):
        mine, theirs = str(value(unit)), str(value(twin))
        place = other.place(twin)
        yield _Difference(kind, number, unit.span, mine, theirs, twin.span, place, quiet)


def _joined(
    differences: Sequence[_Difference], groups: Sequence[UnitGroup]
) -> Iterator[Diagnostic]:
    """Joins the differences of one fact or text into one message, for any number of languages.

    If one language of three or more differs from all others, only its own message is kept: the
    messages of the others would repeat it.
    """
    by_place: dict[tuple[str, Span, str], list[_Difference]] = {}
    for each in differences:
        by_place.setdefault((each.kind, each.span, each.mine), []).append(each)
    alone = {
        (kind, span)
        for (kind, span, _), found in by_place.items()
        if 1 < len(found) == len(groups[found[0].number].units) - 1
    }
    for (kind, span, mine), found in by_place.items():
        check = _CHECKS.get(kind, "facts-differ")
        is_alone = (kind, span) in alone
        left = found if is_alone else [each for each in found if (kind, each.twin) not in alone]
        for lacking in (False, True):
            if others := [each for each in left if (each.theirs is None) is lacking]:
                sentence = _sentence(kind, mine, others)
                # `quiet` is set for differences of lists only
                if all(each.quiet for each in others):
                    yield note("list-differs", span, sentence)
                else:
                    yield warning(check, span, sentence)


def _sentence(kind: str, mine: str, others: Sequence[_Difference]) -> Message:
    """The sentence about a text or a fact of one language that the other languages have differently,
    or about a fact that they lack.
    """
    place = ", ".join(dict.fromkeys(each.place for each in others))
    theirs = " / ".join(dict.fromkeys(each.theirs for each in others if each.theirs is not None))
    match kind:
        case "same words":
            return say("this is word for word what stands in {place}", place=place)
        case "order":
            return say("this heading stands in another order than in {place}", place=place)
        case "level":
            return say(
                "this heading is of level {level}, the one in {place} of level {other}",
                level=mine,
                place=place,
                other=theirs,
            )
        case "items":
            return say_n(
                "the list has {count} point here and {other} in {place}",
                "the list has {count} points here and {other} in {place}",
                count=int(mine),
                other=theirs,
                place=place,
            )
        case "paragraphs":
            return say_n(
                "this text has {count} paragraph, and {other} in {place}",
                "this text has {count} paragraphs, and {other} in {place}",
                count=int(mine),
                other=theirs,
                place=place,
            )
    if not theirs:
        return say("“{mine}” stands here and nothing like it in {place}", mine=mine, place=place)
    return say("“{mine}” stands here, “{theirs}” in {place}", mine=mine, theirs=theirs, place=place)


def _split(
    split: Split, groups: Sequence[UnitGroup], sides: Mapping[str, Side], strict: bool
) -> Diagnostic:
    """paragraphs-differ: a text is several parts in one language and one part in the other. The
    diagnostic is at the first of the parts.
    """
    message = say_n(
        "this {count} part is one in {place}",
        "these {count} parts are one in {place}",
        count=len(split.parts),
        place=sides[split.other].place(groups[split.whole].units[split.other]),
    )
    hint = say("cut both texts in the same way, or confirm that they say the same as they are")
    first = groups[split.parts[0]].units[split.one]
    severity = Severity.WARNING if strict else Severity.INFO
    return Diagnostic("paragraphs-differ", severity, first.span, message, hint)


def _lists(number: int, left: Placed, right: Placed, strict: bool) -> Iterator[_Difference]:
    """The difference of two units whose lists have different numbers of items."""
    unit, sister = left[1], right[1]
    if unit.items != sister.items:
        lists = unit.kind == sister.kind == "list"  # else one language has it as prose
        quiet = not (strict or lists)
        yield from _both("items", number, left, right, lambda each: each.items, quiet=quiet)


def _open(outline: Iterable[OutlineDifference], kind: str, one: str, other: str) -> set[int]:
    """The groups at which a difference of one kind between two languages is to be reported."""
    return {
        number
        for each in outline
        if each.kind == kind and each.digests.keys() == {one, other}
        for number in each.numbers
    }


def _bold(left: Placed, right: Placed) -> Diagnostic | None:
    """heading-level-differs: a bold line where the other language has a heading; None for two
    headings.
    """
    (_, unit), (other, sister) = (left, right) if right[1].kind == "heading" else (right, left)
    if unit.kind == "heading":
        return None
    message = say("this bold line is a heading in {place}", place=other.place(sister))
    hint = say("who listens to the page, or jumps through it, finds only headings")
    written = f"{'#' * level_of(sister)} {unit.text.strip().strip('*_ ')}"
    edits = unit.span.becomes(written)
    return note("heading-level-differs", unit.span, message, hint, edits)


def _untranslated(number: int, left: Placed, right: Placed) -> Iterator[_Difference]:
    """Two units with the same words, as seen from each language except the language of the words."""
    unit = left[1]
    own, others = (
        normalise(each.text, side.key, line=each.line).lower() for side, each in (left, right)
    )
    if own != others or unit.words < 5 or _is_address(unit.text):
        return
    detected = detect_language(unit.text)
    of_sides = zip((left[0], right[0]), _both("same words", number, left, right), strict=True)
    for side, found in of_sides:
        if detected is None or detected != side.language.key:
            yield found


def _is_address(text: str) -> bool:
    """Whether a text is only names and figures, but for a word or two; such a text is equal in
    every language.
    """
    return len(re.findall(r"(?<!\w)[a-zà-ÿ]{3,}", text)) < 3


def _other_language(side: Side, unit: Unit) -> Iterator[Diagnostic]:
    """wrong-language: a text in another language, also in one that the site does not have."""
    detected = detect_language(unit.text) if unit.kind != "code" else None
    if detected is None or detected == _base(side):
        return
    message = say(
        "this reads as {found}; the page is in {expected}",
        found=LanguageNames(((detected, LANGUAGES[detected].name),)),
        expected=named(side.language),
    )
    yield warning("wrong-language", unit.span, message)


def pages_in_another_language(
    groups: Sequence[UnitGroup], sides: Mapping[str, Side]
) -> Iterator[Diagnostic]:
    """wrong-language, with a hint: a page of which all texts that can be recognised are in one other
    language. Two pages that changed places are reported once.
    """
    found: dict[str, tuple[str, Unit]] = {}
    for key, side in sides.items():
        units = [group.units[key] for group in groups if key in group.units]
        known = [
            (language, unit)
            for unit in units
            if not unit.in_entry
            and unit.kind != "code"
            and (language := detect_language(unit.text))
        ]
        languages = {language for language, _ in known}
        if len(known) >= _WHOLE and len(languages) == 1 and _base(side) not in languages:
            found[key] = known[0]
    for key, (language, unit) in found.items():
        there = next((each for each, side in sides.items() if _base(side) == language), "")
        swapped = there in found and found[there][0] == _base(sides[key])
        if swapped and list(found).index(there) < list(found).index(key):
            continue
        message = say(
            "the whole page reads as {found}; this file is for the text in {expected}",
            found=LanguageNames(((language, LANGUAGES[language].name),)),
            expected=named(sides[key].language),
        )
        hint = say("write the text in {name} here", name=named(sides[key].language))
        if swapped:
            one, other = unit.span.path, found[there][1].span.path
            between = f"{one}.tmp"
            moves = ((one, between), (other, one), (between, other))
            hint = say(
                "it has changed places with {path}: {moves}",
                path=other,
                moves=" && ".join(f"git mv {old} {new}" for old, new in moves),
            )
        yield warning("wrong-language", unit.span, message, hint)


def _base(side: Side) -> str:
    """The language of a side without its country."""
    return side.language.key.partition("-")[0]


def _swapped(
    groups: Sequence[UnitGroup],
    sides: Mapping[str, Side],
    outline: Iterable[OutlineDifference],
) -> Iterator[_Difference]:
    """The headings that stand in another order than in another language."""
    for difference in outline:
        if difference.kind != "order":
            continue
        one, other = (key for key in sides if key in difference.digests)
        for number in difference.numbers:
            units = groups[number].units
            left, right = ((sides[key], units[key]) for key in (one, other))
            yield from _both("order", number, left, right)
