"""Which units of the languages belong together, and where that is not certain."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from diptych.translation import Unit, align
from diptych.translation.sequence import best_pairs, longest_rise
from tests.parity.makers import page, pairs, unit


def aligned(dutch: list[Unit], french: list[Unit], **known: Any) -> list[tuple[str | None, ...]]:
    return pairs(align({"nl": dutch, "fr": french}, **known))


def test_no_language_no_group() -> None:
    assert align({}) == ()
    assert aligned([], []) == []


def test_one_language_stands_alone() -> None:
    assert pairs(align({"nl": page("Wij.", "Jij.")})) == [("Wij.",), ("Jij.",)]


def test_shared_ids_are_fixed_points() -> None:
    dutch = page("## Wie {#who}", "Wij.", "## Wat {#what}", "Rechten.", "Veel rechten.")
    french = page("## Quoi {#what}", "Des droits.", "Beaucoup.", "## Qui {#who}", "Nous.")
    assert aligned(dutch, french) == [
        ("## Wie", "## Qui"),
        ("Wij.", "Nous."),
        ("## Wat", "## Quoi"),
        ("Rechten.", "Des droits."),
        ("Veel rechten.", "Beaucoup."),
    ]


def test_headings_without_ids_are_paired_by_their_place() -> None:
    dutch = page("Vooraf.", "## Wie", "Wij.", "## Wat", "- een", "Rechten.")
    french = page("D'abord.", "## Qui", "Nous.", "## Quoi", "- un", "Des droits.")
    assert aligned(dutch, french) == [
        (left.text, right.text) for left, right in zip(dutch, french, strict=True)
    ]


def test_a_heading_that_lost_its_id_keeps_its_section() -> None:
    dutch = page("## Wie {#who}", "Wij.", "## Wat {#what}", "Rechten.", "## Hoe {#how}", "Zo.")
    french = page("## Qui {#who}", "Nous.", "## Quoi", "Des droits.", "## Comment {#how}", "Ainsi.")
    assert aligned(dutch, french)[2:4] == [("## Wat", "## Quoi"), ("Rechten.", "Des droits.")]


def test_two_headings_with_ids_of_their_own_are_two_sections() -> None:
    dutch = page("## Wie {#who}", "Wij.", "## Pers {#press}", "Bel ons gerust op.")
    french = page("## Qui {#who}", "Nous.", "## Dons {#gifts}", "Donnez ce que vous voulez.")
    assert set(aligned(dutch, french)[2:]) == {
        ("## Pers", None),
        ("Bel ons gerust op.", None),
        (None, "## Dons"),
        (None, "Donnez ce que vous voulez."),
    }


def test_figures_names_and_links_tell_which_one_is_missing() -> None:
    dutch = page(
        "In 2015 kwam Sonia.", "In 2017 werden we vzw.", "Lees [verder](page:faq).", "Dag."
    )
    french = page("En 2015, Sonia est venue.", "Lisez [la suite](page:faq).", "Salut.")
    assert aligned(dutch, french) == [
        ("In 2015 kwam Sonia.", "En 2015, Sonia est venue."),
        ("In 2017 werden we vzw.", None),
        ("Lees [verder](page:faq).", "Lisez [la suite](page:faq)."),
        ("Dag.", "Salut."),
    ]


def test_kinds_never_mix() -> None:
    assert aligned(page("Wij.", "- een"), page("- un", "Nous.", "- deux"))[-1] == (
        "- een",
        "- deux",
    )
    assert aligned(page("- een"), page("Nous.")) == [(None, "Nous."), ("- een", None)]


def test_one_too_many_among_its_like_is_uncertain() -> None:
    groups = align(
        {
            "nl": page("Wij zijn met velen.", "Jij bent alleen ook.", "Zij zijn er wel bij."),
            "fr": page("Nous sommes beaucoup.", "Tu es seul, toi aussi."),
        }
    )
    assert any(group.uncertain for group in groups)


@pytest.mark.parametrize(
    ("length", "uncertain"),
    [(20, False), (26, False), (31, False), (32, True), (36, True), (39, True)],
)
def test_a_pairing_is_uncertain_where_another_is_nearly_as_good(
    length: int, uncertain: bool
) -> None:
    """One French paragraph of 40 letters, two Dutch ones: of 40 letters, and of fewer."""
    groups = align({"nl": page("n" * 40, "o" * length), "fr": page("f" * 40)})
    assert pairs(groups) == [("n" * 40, "f" * 40), ("o" * length, None)]
    assert groups[0].uncertain == uncertain


@pytest.mark.parametrize(
    ("french", "uncertain"),
    [("f" * 34 + " 2015.", False), ("f" * 34 + " 2016.", True)],
)
def test_a_shared_figure_makes_a_pairing_certain(french: str, uncertain: bool) -> None:
    dutch = page("n" * 34 + " 2015.", "o" * 40)
    (group,) = (each for each in align({"nl": dutch, "fr": page(french)}) if "fr" in each.units)
    assert group.uncertain == uncertain


def test_the_same_number_in_the_same_order_is_certain() -> None:
    groups = align({"nl": page("Wij.", "- een", "Jij."), "fr": page("Nous.", "- un", "Toi.")})
    assert not any(group.uncertain for group in groups)


def test_equal_kinds_are_not_paired_in_order_against_what_they_say() -> None:
    dutch = page("In 2015 kwam Sonia bij Luca.", "In 2017 werden we vzw te Gent.", "Nieuw.")
    french = page("Nouveau.", "En 2015, Sonia et Luca.", "En 2017, une asbl à Gent, 2017.")
    assert ("In 2015 kwam Sonia bij Luca.", "En 2015, Sonia et Luca.") in aligned(dutch, french)


def test_what_the_lock_remembers_needs_no_guess() -> None:
    dutch, french = page("Alfa.", "Bravo.", "Charlie."), page("Trois.", "Un.", "Deux.")
    known = [
        {"nl": dutch[left].digest, "fr": french[right].digest}
        for left, right in ((0, 1), (1, 2), (2, 0))
    ]
    assert aligned(dutch, french, known=known) == [
        ("Alfa.", "Un."),
        ("Bravo.", "Deux."),
        ("Charlie.", "Trois."),
    ]


def test_texts_that_recur_are_paired_within_their_section() -> None:
    dutch = page("## Wie {#who}", "Bronnen:", "## Wat {#what}", "Bronnen:")
    french = page("Sources :", "## Qui {#who}", "Sources :", "## Quoi {#what}", "Sources :")
    known = [{"nl": dutch[1].digest, "fr": french[0].digest}]
    assert aligned(dutch, french, known=known) == [
        (None, "Sources :"),
        ("## Wie", "## Qui"),
        ("Bronnen:", "Sources :"),
        ("## Wat", "## Quoi"),
        ("Bronnen:", "Sources :"),
    ]


def test_a_moved_unit_does_not_part_what_stands_around_it() -> None:
    """The new paragraphs of both sides lie in one stretch, though a pair of the lock crosses it."""
    dutch = page("Alfa.", "Bravo.", "Nieuw een.", "Nieuw twee.", "Charlie.")
    french = page("Deux.", "Neuf un.", "Neuf deux.", "Trois.", "Un.")
    known = [
        {"nl": dutch[left].digest, "fr": french[right].digest}
        for left, right in ((0, 4), (1, 0), (4, 3))
    ]
    assert ("Nieuw een.", "Neuf un.") in aligned(dutch, french, known=known)


def test_an_event_is_paired_by_its_id_alone() -> None:
    dutch = [unit("Begin", kind="event-title", section="a", fixed="event-title a")]
    french = [unit("Début", kind="event-title", section="b", fixed="event-title b")]
    assert aligned(dutch, french) == [(None, "Début"), ("Begin", None)]


def test_three_languages_meet_in_one_group() -> None:
    groups = align(
        {
            "nl": page("## Wie {#who}", "Wij."),
            "fr": page("## Qui {#who}", "Nous.", "Encore."),
            "de": page("Vorher.", "## Wer {#who}", "Wir.", "Noch."),
        }
    )
    assert ("Wij.", "Nous.", "Wir.") in pairs(groups)
    assert (None, "Encore.", "Noch.") in pairs(groups)
    assert (None, None, "Vorher.") in pairs(groups)


def test_what_only_the_right_has_follows_what_it_follows_there() -> None:
    dutch = page("## A {#a}", "## C {#c}")
    french = page("## A {#a}", "## B {#b}", "## C {#c}", "## D {#d}")
    assert [right for _, right in aligned(dutch, french)] == ["## A", "## B", "## C", "## D"]


@pytest.mark.parametrize("gone", [0, 250, 499])
def test_a_long_page_is_aligned_in_a_band(gone: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page without ids and without a lock: every unit is compared with its neighbours only."""
    module = import_module("diptych.translation.align")
    likeness, calls = module._likeness, []

    def counted(left: Any, right: Any) -> float:
        calls.append(1)
        return float(likeness(left, right))

    monkeypatch.setattr(module, "_likeness", counted)
    dutch = page(*(f"Alinea {number} over Plaats{number}." for number in range(500)))
    french = page(*(f"Paragraphe {n} de Plaats{n}." for n in range(500) if n != gone))
    found = aligned(dutch, french)
    assert (dutch[gone].text, None) in found
    assert sum(None in pair for pair in found) == 1
    assert len(calls) <= 500 * (2 * module.BAND + 3)


@pytest.mark.parametrize("fewer", ["as many", "a few less", "half"])
def test_work_grows_with_the_page_and_not_with_its_square(
    fewer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight times as many paragraphs, without ids, take about eight times as many comparisons."""
    module = import_module("diptych.translation.align")
    likeness, calls = module._likeness, []

    def counted(left: Any, right: Any) -> float:
        calls.append(1)
        return float(likeness(left, right))

    monkeypatch.setattr(module, "_likeness", counted)
    counts = []
    for count in (500, 4000):
        dutch = page(*(f"Alinea {number} " * (1 + number * 7 % 5) for number in range(count)))
        french = page(*(f"Paragraphe {n} " * (1 + n * 7 % 5) for n in range(count)))
        french = {"as many": french, "a few less": french[3:], "half": french[::2]}[fewer]
        calls.clear()
        aligned(dutch, french)
        counts.append(len(calls))
    assert 0 < counts[1] < 10 * counts[0]


@pytest.mark.parametrize("count", [10, 10_000])
def test_a_wording_that_recurs_is_passed_once(count: int) -> None:
    """The law of the long page where every paragraph is the same: no row is looked at twice."""
    dutch, french = page(*["x"] * count), page(*["x"] * count)
    assert aligned(dutch, french) == [("x", "x")] * count


def test_what_recurs_is_paired_in_its_own_section_before_any_other() -> None:
    dutch = page("## A {#a}", "Zie.", "Zie.", "## B {#b}", "Zie.")
    french = page("## A {#a}", "Zie.", "## B {#b}", "Zie.", "Zie.")
    assert aligned(dutch, french)[-1] == ("Zie.", "Zie.")
    assert aligned(dutch, french)[1] == ("Zie.", "Zie.")


def test_the_best_pairing_knows_by_how_much_it_won() -> None:
    fits = {(0, 0): 2.0, (0, 1): 1.5, (1, 0): 0.0, (1, 1): 1.0}
    score, found = best_pairs(2, 2, lambda row, column: fits[row, column], -1.0, 10)
    assert score == 3.0
    assert [(pair.left, pair.right, pair.fit) for pair in found] == [(0, 0, 2.0), (1, 1, 1.0)]
    assert [pair.lead for pair in found] == [3.5, 3.0]
    assert best_pairs(0, 3, lambda row, column: 0.0, -1.0, 10) == (-3.0, ())


def test_the_longest_rise_leaves_out_the_fewest() -> None:
    assert longest_rise([]) == set()
    assert longest_rise([1, 2, 3]) == {0, 1, 2}
    assert longest_rise([3, 1, 2]) == {1, 2}
    assert len(longest_rise([2, 1, 4, 3])) == 2
