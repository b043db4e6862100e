"""Compares the facts of a text with those of its counterpart in another language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from diptych.facts.links import one_names, same_place
from diptych.facts.numerals import HALF_A_DAY, counted, numbers_in_words, spoken, spoken_times
from diptych.facts.reading import Fact
from diptych.facts.words import words_of
from diptych.languages import rules_of
from diptych.values import Value

NAMED = ("weekday", "month", "word")  # reported only if each side has another one
STRICT = ("picture", "footnote")  # reported also if the other side has fewer of them
# figures that can say one and a half: hours, minutes, months, per cent; 0.5 as in plein et demi
_ONE_AND_A_HALF = {"0.5", "1.5", "90", "18", "150", "01:30", "13:30", "75"}
_WEEKS = ({1, 7, 8}, {2, 14, 15})  # veertien dagen, quinze jours, twee weken

_MANY = 500  # the most facts of a part that are compared with each other: more would take long
_LONGEST = 6  # digits of a number of hours or days

Same = Callable[[Fact, Fact], bool]


class Wording(Value):
    """A text with its language, its facts, and the numbers and times of day that it has in words."""

    text: str
    language: str
    facts: tuple[Fact, ...]
    numbers: tuple[Fact, ...]
    times: tuple[Fact, ...]  # in minutes since noon or midnight

    @property
    def states(self) -> bool:
        """Whether the text has a fact, or a number or a time in words, to compare with another text."""
        return bool(self.facts or self.numbers or self.times)


def wording_of(text: str, language: str, facts: tuple[Fact, ...]) -> Wording:
    """The `Wording` of a text: the text, its facts, and the numbers and times that it has in words."""
    numbers = tuple(
        Fact("word", number, text[start:end], start)
        for number, start, end in counted(text, language)
    )
    times = tuple(
        Fact("word", str(minutes), text[start:end], start)
        for minutes, start, end in spoken(text, language)
    )
    return Wording(text, language, facts, numbers, times)


class Difference(Value):
    """A fact that only one of two texts has, or two facts that differ at the same point."""

    mine: Fact | None
    theirs: Fact | None


def differences(mine: Wording, theirs: Wording) -> Iterator[Difference]:
    """The facts that differ between two texts, by kind; a missing and an extra fact are paired."""
    if not (mine.states or theirs.states):
        return
    longer = len(theirs.text) / max(len(mine.text), 1)
    lost, gained = _without_equal(mine.facts, theirs.facts, longer)
    for same in (_same_day, _same_writing, _read_alike, _leads_alike(mine, theirs)):
        _take_out(lost, gained, same, longer)
    other_days = _other_days(lost, gained)
    words = list(_counted(mine, theirs, lost, gained))
    lost = [fact for fact in lost if fact in other_days or not _in_words(fact, theirs)]
    gained = [fact for fact in gained if fact in other_days or not _in_words(fact, mine)]
    yield from _paired(lost, gained, mine, theirs)
    yield from words
    yield from _and_a_half(mine, theirs)
    yield from _differing_times(mine, theirs)


def _without_equal(
    mine: Sequence[Fact], theirs: Sequence[Fact], longer: float
) -> tuple[list[Fact], list[Fact]]:
    """The facts that only one side has, or has more often; at most `_MANY`."""
    sides: list[dict[tuple[str, str], list[Fact]]] = []
    for facts in (mine, theirs):
        by_value: dict[tuple[str, str], list[Fact]] = {}
        for fact in facts:
            by_value.setdefault((fact.kind, fact.value), []).append(fact)
        sides.append(by_value)
    left: set[int] = set()
    for value in {**sides[0], **sides[1]}:
        ours, others = (list(by_value.get(value, ())) for by_value in sides)
        if len(ours) == len(others):
            continue
        if min(len(ours), len(others)) <= _MANY:
            _take_out(ours, others, _equal, longer)
        else:  # too many to compare each pair: the last ones count as those that the other text lacks
            ours, others = ours[len(others) :], others[len(ours) :]
        left.update(map(id, (*ours, *others)))
    lost, gained = ([each for each in facts if id(each) in left] for facts in (mine, theirs))
    return lost[:_MANY], gained[:_MANY]


def _other_days(lost: Sequence[Fact], gained: Sequence[Fact]) -> list[Fact]:
    """The two facts that differ in their weekday or in their month, if each side has exactly one
    such fact left.
    """
    found = []
    for kind in ("weekday", "month"):
        mine, theirs = ([each for each in facts if each.kind == kind] for facts in (lost, gained))
        if len(mine) == len(theirs) == 1:
            found += [*mine, *theirs]
    return found


def _take_out(lost: list[Fact], gained: list[Fact], same: Same, longer: float) -> None:
    """Removes the equal facts from both lists, as many times as both have them. Of several equal
    facts the nearest is taken; distances are scaled by the length of the text.
    """
    for fact in list(lost):
        twins = [other for other in gained if same(fact, other)]
        if twins:
            twin = min(twins, key=lambda other: abs(other.offset - fact.offset * longer))
            lost.remove(fact)
            gained.remove(twin)


def _equal(one: Fact, other: Fact) -> bool:
    return (one.kind, one.value) == (other.kind, other.value)


def _same_day(one: Fact, other: Fact) -> bool:
    """Whether two dates are equal but for the year, which one of them leaves out."""
    without = one.value.startswith("-") or other.value.startswith("-")
    return one.kind == other.kind == "date" and without and one.value[-5:] == other.value[-5:]


def _same_writing(one: Fact, other: Fact) -> bool:
    """Whether both are written with the same characters, such as `1.000 EUR`, even if the languages
    read them differently.
    """
    return one.kind == other.kind not in NAMED and one.shown == other.shown


def _read_alike(one: Fact, other: Fact) -> bool:
    """Whether one fact can be read as the other: a number in `20-22 uur`, a time in `20h-22h`."""
    return (one.kind, one.value) in other.also or (other.kind, other.value) in one.also


def _leads_alike(mine: Wording, theirs: Wording) -> Same:
    def same(one: Fact, other: Fact) -> bool:
        if not one.kind == other.kind in ("link", "email"):
            return False
        if _mailboxes(one, other, mine, theirs):
            return True
        if not same_place(one.value, other.value, mine.language, theirs.language):
            return False
        labels = _label(one, mine), _label(other, theirs)
        addresses = one.value, other.value
        return not (one_names(*labels, *addresses) or one_names(*labels[::-1], *addresses[::-1]))

    return same


def _mailboxes(one: Fact, other: Fact, mine: Wording, theirs: Wording) -> bool:
    """Whether two addresses are mailboxes of one domain, each named by a word of its own text:
    "Groepen … groepen@" beside "Les groupes … groupes@".
    """
    (left, _, house), (right, _, same) = (
        each.value.removeprefix("mailto:").lower().partition("@") for each in (one, other)
    )
    if not house or house != same or left == right:
        return False
    ours, others = (
        set(words_of(re.sub(r"(?<!\S)\S*@\S*", " ", side.text))) for side in (mine, theirs)
    )
    return left in ours - others and right in others - ours


def _label(link: Fact, side: Wording) -> str:
    """The words of a link in Markdown."""
    before = side.text[: link.offset]
    return before.rpartition("[")[2] if link.written.startswith("](") else ""


def are_alike(one: Fact, other: Fact) -> bool:
    """Whether two facts are equal in one of their readings."""
    return _equal(one, other) or _same_day(one, other) or _read_alike(one, other)


def _in_words(fact: Fact, other: Wording) -> bool:
    """Whether the other text says the fact in words."""
    if fact.kind == "time":
        return _spoken(fact, other)
    if fact.kind in ("date", "month"):
        return _named(fact, other)
    figures = {value for kind, value in _readings(fact) if kind in ("number", "money", "percent")}
    words = numbers_in_words(other.text, other.language)
    if not figures.isdisjoint(words) or fact.kind == "weekday":
        return fact.kind != "weekday"
    if fact.kind != "number" or not fact.value.isdigit() or len(fact.value) > _LONGEST:
        return False
    number = int(fact.value)
    weeks = any(number in same and words & {str(each) for each in same} for same in _WEEKS)
    hour = number < 25 and number * 60 % HALF_A_DAY in spoken_times(other.text, other.language)
    return weeks or hour


def _readings(fact: Fact) -> tuple[tuple[str, str], ...]:
    return ((fact.kind, fact.value), *fact.also)


def _spoken(time: Fact, other: Wording) -> bool:
    """Whether the other text gives a time or a number of hours in words, or in another notation."""
    words = numbers_in_words(other.text, other.language)
    spoken = spoken_times(other.text, other.language)
    for kind, value in _readings(time):
        if kind == "number" and value in words:
            return True
        if kind == "time":
            minutes = int(value[:2]) * 60 + int(value[3:])
            if minutes % HALF_A_DAY in spoken or (minutes % 60 and str(minutes) in words):
                return True
            if {str(int(value[:2])), str(int(value[3:]))} <= words:
                return True  # een uur en tien minuten
            if value[3:] == "00" and str(int(value[:2])) in {each.value for each in other.facts}:
                return True
    return False


def _named(date: Fact, other: Wording) -> bool:
    """Whether the other text says a date in words: le premier mai, juin et juillet 2020."""
    bare = {int(each.value) for each in other.facts if each.kind == "month"}
    if date.kind == "month":
        return int(date.value) in bare | _dated(other)
    year, month, day = _parts(date)
    if month not in bare:
        return False
    if day:
        return str(day) in numbers_in_words(other.text, other.language, ordinals=day == 1)
    return year in {value for each in other.facts for _, value in _readings(each)}


def _parts(date: Fact) -> tuple[str, int, int]:
    """The year ("" if absent), the month and the day (0 if absent) of a date."""
    year, _, rest = date.value.rpartition("--") if date.value.startswith("--") else ("", "", "")
    if not rest:
        year, _, rest = date.value.partition("-")
    month, _, day = rest.partition("-")
    return year, int(month), int(day or 0)


def _dated(other: Wording) -> set[int]:
    """The months of all dates."""
    return {_parts(each)[1] for each in other.facts if each.kind == "date"}


def _paired(
    lost: list[Fact],
    gained: list[Fact],
    mine: Wording,
    theirs: Wording,
) -> Iterator[Difference]:
    """Pairs each remaining fact with the next remaining fact of its kind on the other side."""
    ours, others = _Asked(mine, theirs), _Asked(theirs, mine)
    for fact in lost:
        twin = next((other for other in gained if other.kind == fact.kind), None)
        if twin is not None:
            gained.remove(twin)
            yield Difference(fact, twin)
        elif not others.has(fact):
            yield Difference(fact, others.word if fact.kind == "number" else None)
    for fact in gained:
        if not ours.has(fact):
            yield Difference(ours.word if fact.kind == "number" else None, fact)


class _Asked:
    """A text, prepared for many questions about the facts of the other text."""

    def __init__(self, side: Wording, other: Wording) -> None:
        self._side, self._other = side, other

    @cached_property
    def word(self) -> Fact | None:
        """The only number in words that the other text lacks: it has a figure instead."""
        words = _beyond(self._side.numbers, self._other.numbers, self._other)
        return words[0] if len(words) == 1 else None

    def has(self, fact: Fact) -> bool:
        """Whether a fact without a counterpart is in this text as well, only less often; then it is
        not reported.
        """
        if fact.kind in NAMED:
            return True
        if fact.kind in STRICT:
            return False
        own, also = self._values
        value = (fact.kind, fact.value)
        return value in own or value in also or not own.isdisjoint(fact.also)

    @cached_property
    def _values(self) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
        """The values of its facts in all their readings."""
        facts = self._side.facts
        return (
            frozenset((each.kind, each.value) for each in facts),
            frozenset(reading for each in facts for reading in each.also),
        )


def _counted(
    mine: Wording, theirs: Wording, lost: Sequence[Fact], gained: Sequence[Fact]
) -> Iterator[Difference]:
    """The differing numbers in words: each side has one that the other has neither in words nor in
    figures; or one that it has more often, if all others are equal in number.

    `lost` and `gained` are the facts of either side without a counterpart in figures.
    """
    ours, others = mine.numbers, theirs.numbers
    if not ours or not others:
        return
    left, right = _more(ours, others, gained), _more(others, ours, lost)
    if len(left) != len(right):  # who counts the first may be un or one there
        left, right = ([each for each in facts if each.value != "1"] for facts in (left, right))
    if not len(left) == len(right) == 1:
        left, right = _beyond(ours, others, theirs), _beyond(others, ours, mine)
    for fact, twin in zip(left, right, strict=False):
        usual = _are_usual(float(fact.value), float(twin.value))
        first = "1" in (fact.value, twin.value)  # of a row, or only the one before
        rows = _is_ordinal(fact, mine) and _is_ordinal(twin, theirs)
        if not usual and (rows or not first):
            yield Difference(fact, twin)


def _is_ordinal(fact: Fact, side: Wording) -> bool:
    return fact.written.lower() in rules_of(side.language).ordinals


def _and_a_half(mine: Wording, theirs: Wording) -> Iterator[Difference]:
    """One and a half, said by one side only, in words or in any figure for it."""
    for side, other in ((mine, theirs), (theirs, mine)):
        halves = [fact for fact in side.numbers if fact.value == "1.5"]
        if not halves:
            continue
        figures = {value for each in other.facts for value in _values(each)}
        known = figures | numbers_in_words(other.text, other.language)
        for fact in halves if known.isdisjoint(_ONE_AND_A_HALF) else ():
            yield Difference(fact, None) if side is mine else Difference(None, fact)


def _are_usual(one: float, other: float) -> bool:
    """Whether two numbers are usual ways to say the same: 14 and 15 days for two weeks, hours to 12
    and to 24.
    """
    hours = abs(one - other) == 12 and max(one, other) < 25
    return hours or any({one, other} <= same for same in _WEEKS)


def _more(facts: Sequence[Fact], known: Sequence[Fact], figures: Sequence[Fact]) -> list[Fact]:
    """The numbers in words that the other side has less often, in words and in figures."""
    words = Counter(fact.value for fact in known)
    rest = list(figures)
    found = []
    for fact in facts:
        if words[fact.value]:
            words[fact.value] -= 1
        elif twin := next((each for each in rest if fact.value in _values(each)), None):
            rest.remove(twin)
        else:
            found.append(fact)
    return found


def _values(fact: Fact) -> set[str]:
    return {value for _, value in _readings(fact)}


def _beyond(facts: Sequence[Fact], known: Sequence[Fact], other: Wording) -> list[Fact]:
    """The numbers in words that the other side has neither in words nor in figures."""
    words = Counter(fact.value for fact in known)
    figures = {value for fact in other.facts for _, value in _readings(fact)}
    figures |= numbers_in_words(other.text, other.language)
    return [fact for fact in facts if not words[fact.value] and fact.value not in figures]


def _differing_times(mine: Wording, theirs: Wording) -> Iterator[Difference]:
    """Differing times of day in words: each side has one that the other lacks."""
    ours, others = mine.times, theirs.times
    if not ours or not others:
        return
    lost, gained = _unmatched_times(ours, others, theirs), _unmatched_times(others, ours, mine)
    for fact, twin in zip(lost, gained, strict=False):
        yield Difference(fact, twin)


def _unmatched_times(facts: Sequence[Fact], others: Sequence[Fact], other: Wording) -> list[Fact]:
    """The times in words that the other side has neither in words nor in figures."""
    known = {int(fact.value) for fact in others}
    for fact in other.facts:
        times = (value for kind, value in _readings(fact) if kind == "time")
        known |= {(int(time[:2]) * 60 + int(time[3:])) % HALF_A_DAY for time in times}
    return [fact for fact in facts if int(fact.value) not in known]
