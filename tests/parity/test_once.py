"""A comparison of two languages does each step once for a text, and no step that cannot find anything:
calls are counted.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from diptych.facts import facts_of, reading, words_of
from diptych.translation import UnitGroup, align, sequence
from diptych.translation.align import _FreeRows
from diptych.translation.confirmation import match_records
from diptych.translation.lock import ConfirmedUnit
from tests.parity.makers import page, unit
from tests.parity.pairs import differences

PLAIN = {
    "nl": "Wij spreken met de mensen van de stad en vragen hun naar het werk en naar het leven.",
    "fr": "Nous parlons avec les gens de la ville pour leur demander du travail et de la vie.",
}


def test_a_text_is_parted_into_words_once() -> None:
    """Its facts, its numbers in words and its language are found in the same words."""
    differences(PLAIN)  # the words of names are found once in a process
    words_of.cache_clear()
    assert differences(PLAIN) == []
    assert words_of.cache_info().misses == len(PLAIN)


def test_no_rule_is_tried_on_a_text_without_a_sign_of_a_fact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a text with a weekday, only the rules of weekdays are tried; in a text with a figure, the rules
    that need a figure, until the last figure is read.
    """
    tried: list[str] = []
    take = reading._take

    def counted(rule: Any, *rest: Any) -> str:
        tried.append(rule.pattern.pattern)
        return take(rule, *rest)

    monkeypatch.setattr(reading, "_take", counted)
    facts_of(PLAIN["nl"], "nl_BE")
    assert tried == []
    assert len(facts_of("Wij spreken op dinsdagavond met de mensen.", "nl_BE")) == 1
    assert len(tried) == 1
    tried.clear()
    facts_of("Wij spreken op 8 juni 2020.", "nl_BE")
    assert tried
    assert not [
        each for each in tried if "%" in each
    ]  # the rules of numbers come after those of dates


def test_rows_wait_only_under_what_the_other_side_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text is in a queue only if a text of the other language has the same key. Without an id and
    without a record in the lock, a text has no key but its digest.
    """
    queues: list[int] = []

    class Counted(_FreeRows):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            queues.append(len(self._queues))

    monkeypatch.setattr(sys.modules[align.__module__], "_FreeRows", Counted)
    sides = {"nl": page("Een tekst.", "Nog een."), "fr": page("Un texte.", "Encore un.")}
    assert len(align(sides)) == 2
    assert queues == [0]


@pytest.mark.parametrize(("count", "widest"), [(3, 8), (100, 82)])
def test_a_band_is_no_wider_than_what_it_lies_on(
    count: int, widest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    widths: list[int] = []
    from_the_start = sequence._from_the_start

    def measured(fits: Sequence[sequence.Row], *rest: Any) -> list[sequence.Row]:
        widths.extend(map(len, fits))
        return from_the_start(fits, *rest)

    monkeypatch.setattr(sequence, "_from_the_start", measured)
    _, pairs = sequence.best_pairs(count, count, lambda one, other: float(one == other), -1.0, 40)
    assert [(each.left, each.right) for each in pairs] == [(each, each) for each in range(count)]
    assert max(widths) == widest


def test_the_place_of_a_text_is_asked_for_only_beside_a_lock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a lock, only the places of texts whose digests are not in the lock are computed."""
    asked: list[str] = []
    place = UnitGroup.place.fget  # type: ignore[attr-defined]

    def counted(group: UnitGroup) -> str:
        asked.append(group.section)
        return str(place(group))

    monkeypatch.setattr(UnitGroup, "place", property(counted))
    groups = [UnitGroup({"nl": unit(text)}) for text in ("Een tekst.", "Nog een.")]
    assert match_records(groups, ()) == (None, None)
    assert asked == []
    digests: Mapping[str, str] = {"nl": "0" * 12}
    records = [ConfirmedUnit("-.paragraph.1", digests), ConfirmedUnit("-.list.1", digests)]
    assert match_records(groups, records) == (records[0], None)
    assert len(asked) == 2
