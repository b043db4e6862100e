"""Pairs the headings of a page in its languages, and gives each pair one id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from diptych.diagnostics import Edit, Message, Source, Span, nearest, say
from diptych.markdown import slugify
from diptych.model import Heading
from diptych.translation.confirmation import entry_of
from diptych.translation.lock import ConfirmedUnit
from diptych.translation.sequence import longest_rise
from diptych.translation.units import Unit
from diptych.values import replace

# by language, the number of its heading; a language without the heading is absent
Row = Mapping[str, int]


def are_settled(ids: Iterable[str | None]) -> bool:
    """Whether all languages of a page have the same ids of headings, given as `Document.settled`. Then
    all headings are pairs by their ids. This is true for most pages.
    """
    found = {*ids}
    return len(found) <= 1 and None not in found


def heading_rows(headings: Mapping[str, Sequence[Heading]]) -> tuple[Row, ...]:
    """The rows of headings that say the same, in the order of the first language. A heading without
    a counterpart is a row of its own.

    Headings with the same id belong together. Between two such rows, equal numbers of headings with
    equal levels are paired one by one, unless their ids exclude it.
    """
    languages = list(headings)
    rows: list[dict[str, int]] = []
    for place, language in enumerate(languages):
        own: dict[int, dict[str, int]] = {}
        for earlier in languages[:place]:
            known = {row[earlier]: row for row in rows if earlier in row}
            for theirs, mine in _pairs(headings[earlier], headings[language]):
                if mine not in own and language not in known[theirs]:
                    own[mine] = known[theirs]
                    known[theirs][language] = mine
        rows += [{language: each} for each in range(len(headings[language])) if each not in own]
    return tuple(rows)


def _pairs(left: Sequence[Heading], right: Sequence[Heading]) -> Iterator[tuple[int, int]]:
    places = {each.id: number for number, each in enumerate(right) if each.shared}
    same = [
        (number, places[each.id])
        for number, each in enumerate(left)
        if each.shared and each.id in places
    ]
    yield from same
    kept = longest_rise([theirs for _, theirs in same])
    fences = [(-1, -1), *(same[each] for each in sorted(kept)), (len(left), len(right))]
    paired = {mine for mine, _ in same}, {theirs for _, theirs in same}
    for (mine, theirs), (last, end) in pairwise(fences):
        lefts = [each for each in range(mine + 1, last) if each not in paired[0]]
        rights = [each for each in range(theirs + 1, end) if each not in paired[1]]
        if [left[each].level for each in lefts] != [right[each].level for each in rights]:
            continue
        # Somebody translated the ids of all these headings. A single such id may be of another section.
        translated = len(lefts) > 1 and (
            all(_is_of_its_words(left[each]) for each in lefts)
            or all(_is_of_its_words(right[each]) for each in rights)
        )
        for one, other in zip(lefts, rights, strict=True):
            both = left[one], right[other]
            if translated or not all(each.shared for each in both) or _alike(*both):
                yield one, other


def _is_of_its_words(heading: Heading) -> bool:
    """Whether the id of a heading consists of words of the heading."""
    return set(heading.id.lower().split("-")) <= set(slugify(heading.text).split("-"))


def _alike(left: Heading, right: Heading) -> bool:
    """Whether two different ids look like a translation or a misspelling of one id: each consists
    of the words of its own heading, or they differ in a letter or an accent.
    """
    translated = _is_of_its_words(left) and _is_of_its_words(right)
    return translated or bool(nearest(slugify(left.id), [slugify(right.id)]))


def shared_names(headings: Mapping[str, Sequence[Heading]]) -> dict[tuple[str, str], str]:
    """The id of a heading in the first language, by language and id, for headings whose ids differ."""
    found = {}
    for row in heading_rows(headings):
        written = [(key, headings[key][number]) for key, number in row.items()]
        own = [(key, heading.id) for key, heading in written if heading.shared]
        found.update({place: own[0][1] for place in own[1:] if place[1] != own[0][1]})
    return found


def confirmed_names(
    units: Mapping[str, Iterable[Unit]], records: Iterable[ConfirmedUnit]
) -> dict[tuple[str, str], str]:
    """The shared id of a heading, by language and its own id, for headings that were confirmed to say
    the same and now have different ids: the id of the confirmation, if a language still has it.

    This distinguishes a heading with a new id in one language from a heading without a counterpart.
    """
    headings = {
        language: [each for each in own if each.kind == "heading" and each.fixed]
        for language, own in units.items()
    }
    ids = {language: {each.entry for each in own} for language, own in headings.items()}
    entries = {
        (language, each.digest): each.entry for language, own in headings.items() for each in own
    }
    found = {}
    for record in records:
        called = {
            key: entries[key, it] for key, it in record.digests.items() if (key, it) in entries
        }
        names = {*called.values()}
        if len(names) < 2 or any(names & ids[key] != {name} for key, name in called.items()):
            continue  # the same id, or one that is another heading's
        name = entry_of(record)
        name = name if name in names else next(iter(called.values()))
        found.update({(key, each): name for key, each in called.items() if each != name})
    return found


def with_id(source: Source, heading: Span, old: str, new: str) -> tuple[Edit, ...]:
    """The edit that gives the heading at a place another id; none if its id is not written there."""
    start = source.text.rfind(f"#{old}", heading.start, heading.end) + 1
    return Span(source.path, start, start + len(old)).becomes(new, old) if start else ()


def called_otherwise(name: str, other: str, place: str) -> tuple[Message, Message]:
    """The sentence about a heading with another id in another language, and what to do."""
    message = say(
        "this heading is called `{id}` here, and `{other}` in {place}",
        id=name,
        other=other,
        place=place,
    )
    return message, say("give it the same id in every language")


def renamed(unit: Unit, names: Mapping[str, str]) -> Unit:
    """The unit with the id of its heading replaced by its value in `names`, if it has one there."""
    name = names.get(unit.entry)
    if name is None or unit.in_yaml:
        return unit
    fixed = f"{unit.fixed.rpartition(' ')[0]} {name}" if unit.fixed else ""
    return replace(unit, section=name + unit.section[len(unit.entry) :], fixed=fixed)
