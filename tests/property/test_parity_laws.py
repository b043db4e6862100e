"""Laws of parity: what holds for any page, any edit and any order in which people confirm."""

from __future__ import annotations

import subprocess
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diptych.diagnostics import Source
from diptych.translation import (
    Lock,
    State,
    Unit,
    UnitGroup,
    align,
    confirm,
    normalise,
    read_lock,
    write_lock,
)
from diptych.translation.confirmation import match_records, unit_states
from tests.parity.makers import page, unit
from tests.strategies import SOUP

Pages = Mapping[str, Sequence[Unit]]

# fewer examples than elsewhere: each of them is a whole page
LAW = settings(max_examples=30, derandomize=True, deadline=None)

WORDS = [
    "wij",
    "zijn",
    "hier",
    "samen",
    "in",
    "2015",
    "met",
    "Sonia",
    "op",
    "straat",
    "voor",
    "rechten",
    "50",
    "%",
    "[x](page:faq)",
    "en",
    "nu",
]
PLAIN = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
TEXT = st.one_of(PLAIN, PLAIN.map("- {}".format), PLAIN.map("## {}".format))
PAGE = st.lists(TEXT, max_size=14)
EDIT = st.tuples(
    st.sampled_from(["insert", "delete", "move"]), st.integers(0, 99), st.integers(0, 99)
)


def numbered(texts: Sequence[str]) -> list[Unit]:
    """A page in which no two units are the same; every other heading has a shared id."""
    ids = (
        f" {{#s{number}}}" if text.startswith("##") and number % 2 else ""
        for number, text in enumerate(texts)
    )
    return page(
        *(
            f"{text} nr{number}{identity}"
            for number, (text, identity) in enumerate(zip(texts, ids, strict=True))
        )
    )


def edited(units: Sequence[Unit], edits: Sequence[tuple[str, int, int]]) -> list[Unit]:
    found = list(units)
    for number, (what, here, there) in enumerate(edits):
        if what == "insert":
            found.insert(here % (len(found) + 1), unit(f"heel iets nieuws nummer {number}"))
        elif found and what == "delete":
            del found[here % len(found)]
        elif found:
            found.insert(there % len(found), found.pop(here % len(found)))
    return found


def translated(units: Sequence[Unit], language: str) -> list[Unit]:
    """The same page in words that nobody knows."""
    return [
        unit(f"{each.text} ({language})", kind=each.kind, section=each.section, fixed=each.fixed)
        for each in units
    ]


def digests(group: UnitGroup) -> list[str]:
    return [each.digest for each in group.units.values()]


# Alignment.


@LAW
@given(PAGE, st.lists(EDIT, max_size=6))
def test_a_page_is_aligned_with_itself_under_any_edits(
    texts: list[str], edits: list[tuple[str, int, int]]
) -> None:
    before = numbered(texts)
    after = edited(before, edits)
    for left, right in ((before, after), (after, before)):
        groups = align({"nl": left, "fr": right})
        both = {each.digest for each in left} & {each.digest for each in right}
        for group in groups:
            if both & set(digests(group)):
                assert len(group.units) == 2
                assert len(set(digests(group))) == 1
                assert not group.uncertain
        assert [g.units["nl"] for g in groups if "nl" in g.units] == list(left)
        assert Counter(g.units["fr"] for g in groups if "fr" in g.units) == Counter(right)


@LAW
@given(PAGE, st.lists(st.tuples(st.just("insert"), st.integers(0, 99), st.just(0)), max_size=6))
def test_what_was_only_added_or_taken_out_is_paired_with_nothing(
    texts: list[str], edits: list[tuple[str, int, int]]
) -> None:
    before = numbered(texts)
    after = edited(before, edits)
    for groups in (align({"nl": before, "fr": after}), align({"nl": after, "fr": before})):
        assert all(len(set(digests(group))) == 1 for group in groups)
        assert sum(len(group.units) == 1 for group in groups) == len(edits)


@LAW
@given(st.lists(st.sampled_from(["Ja.", "Nee.", "- ja", "Wij."]), max_size=12), st.data())
def test_texts_that_recur_are_paired_as_often_as_both_have_them(
    texts: list[str], data: st.DataObject
) -> None:
    left, right = (
        page(*texts),
        page(*data.draw(st.permutations(texts))[: data.draw(st.integers(0, 12))]),
    )
    same = Counter(
        digests(group)[0]
        for group in align({"nl": left, "fr": right})
        if len(group.units) == 2 and len(set(digests(group))) == 1
    )
    assert same == Counter(each.digest for each in left) & Counter(each.digest for each in right)


@LAW
@given(PAGE, PAGE, PAGE)
def test_every_unit_is_in_exactly_one_group(
    dutch: list[str], french: list[str], german: list[str]
) -> None:
    texts = {"nl": dutch, "fr": french, "de": german}
    pages = {key: translated(numbered(each), key) for key, each in texts.items()}
    groups = align(pages)
    for language, units in pages.items():
        assert Counter(g.units[language] for g in groups if language in g.units) == Counter(units)


# Units.


@LAW
@given(
    st.lists(
        st.sampled_from([*WORDS, "1.", "-", "2015.", "'s", "+", "*"]), min_size=1, max_size=30
    ),
    st.data(),
)
def test_wrapping_a_paragraph_anew_changes_nothing(words: list[str], data: st.DataObject) -> None:
    text = f"Zo: {' '.join(words)} einde"
    once, again = (
        "\n".join(
            textwrap.wrap(
                text, data.draw(st.integers(8, 60)), break_long_words=False, break_on_hyphens=False
            )
        )
        for _ in range(2)
    )
    assert normalise(once) == normalise(again)


@LAW
@given(SOUP)
def test_normalising_any_text_ends(text: str) -> None:
    assert isinstance(normalise(text), str)


# Locks and states.


class Bundle:
    """A page in several languages with its lock, as a person at work meets it."""

    def __init__(self, pages: Pages, lock: Lock | None = None) -> None:
        self.pages = {key: list(units) for key, units in pages.items()}
        self.lock = lock or Lock()

    @property
    def groups(self) -> tuple[UnitGroup, ...]:
        return align(self.pages, [record.digests for record in self.lock.records])

    @property
    def states(self) -> list[Mapping[str, State]]:
        groups = self.groups
        records = match_records(groups, self.lock.records)
        return [
            {key: each.state for key, each in unit_states(group, record, list(self.pages)).items()}
            for group, record in zip(groups, records, strict=True)
        ]

    def confirm(self, language: str | None = None, only: Sequence[int] | None = None) -> Bundle:
        groups = self.groups
        records = match_records(groups, self.lock.records)
        written = write_lock(confirm(groups, records, language, only))
        lock = read_lock(Source("translations.lock", written)).value
        assert lock is not None
        assert write_lock(lock) == written
        return Bundle(self.pages, lock)

    def change(self, language: str, index: int, text: str) -> Bundle:
        """The bundle with another text for one unit."""
        old = self.pages[language][index]
        new = unit(text, kind=old.kind, section=old.section, fixed=old.fixed)
        units = [
            new if number == index else each for number, each in enumerate(self.pages[language])
        ]
        return Bundle({**self.pages, language: units}, self.lock)

    def waiting(self) -> Counter[tuple[str, State]]:
        """How many units are not current, by language and state."""
        return Counter(
            (key, state)
            for states in self.states
            for key, state in states.items()
            if state is not State.CURRENT
        )


LANGUAGES = st.sampled_from([("nl", "fr"), ("fr", "nl"), ("nl", "fr", "de")])


def bundle(texts: Sequence[str], languages: Sequence[str] = ("nl", "fr")) -> Bundle:
    return Bundle({key: translated(numbered(texts), key) for key in languages})


@LAW
@given(PAGE, PAGE, LANGUAGES)
def test_confirm_then_all_is_current(
    texts: list[str], others: list[str], languages: tuple[str, ...]
) -> None:
    """Also where one language has what the others lack: a person looked and let it stand."""
    pages = {key: translated(numbered(texts), key) for key in languages}
    pages[languages[0]] += translated(numbered(others), "x")
    confirmed = Bundle(pages).confirm()
    assert confirmed.waiting() == Counter()
    assert confirmed.confirm().lock == confirmed.lock


@LAW
@given(PAGE.filter(bool), LANGUAGES, st.integers(0, 99), st.data())
def test_one_edit_gives_exactly_one_outdated_unit(
    texts: list[str], languages: tuple[str, ...], index: int, data: st.DataObject
) -> None:
    language = data.draw(st.sampled_from(languages))
    changed = (
        bundle(texts, languages).confirm().change(language, index % len(texts), data.draw(PLAIN))
    )
    others = [key for key in languages if key != language]
    assert changed.waiting() == Counter({(key, State.OUTDATED): 1 for key in others})
    assert changed.confirm(language).waiting() == Counter()
    caught_up = changed.confirm(others[0])
    assert caught_up.waiting() == Counter({(key, State.OUTDATED): 1 for key in others[1:]})


@LAW
@given(PAGE.filter(bool), LANGUAGES, st.integers(0, 99))
def test_both_changed_is_unconfirmed(
    texts: list[str], languages: tuple[str, ...], index: int
) -> None:
    changed = bundle(texts, languages).confirm()
    for language in languages[:2]:
        changed = changed.change(language, index % len(texts), f"heel anders in het {language}")
    expected = {(key, State.UNCONFIRMED): 1 for key in languages[:2]}
    expected |= {(key, State.OUTDATED): 1 for key in languages[2:]}
    assert changed.waiting() == Counter(expected)


@LAW
@given(PAGE.filter(bool), LANGUAGES, st.integers(0, 99))
def test_a_lost_unit_is_asked_about_on_every_side(
    texts: list[str], languages: tuple[str, ...], index: int
) -> None:
    before = bundle(texts, languages).confirm()
    units = list(before.pages[languages[0]])
    del units[index % len(units)]
    lost = Bundle({**before.pages, languages[0]: units}, before.lock)
    assert lost.waiting() == Counter({(language, State.UNCONFIRMED): 1 for language in languages})


@LAW
@given(PAGE.filter(bool), st.integers(0, 99))
def test_a_new_unit_is_outdated_where_it_is_lacking(texts: list[str], index: int) -> None:
    before = bundle(texts).confirm()
    units = list(before.pages["nl"])
    units.insert(index % (len(units) + 1), unit("heel iets nieuws"))
    more = Bundle({**before.pages, "nl": units}, before.lock)
    assert more.waiting() == Counter({("fr", State.OUTDATED): 1, ("nl", State.UNCONFIRMED): 1})


@LAW
@given(PAGE.filter(bool), st.integers(0, 99), st.integers(0, 99))
def test_a_moved_unit_stays_current(texts: list[str], here: int, there: int) -> None:
    before = bundle(texts).confirm()
    units = edited(before.pages["nl"], [("move", here, there)])
    assert Bundle({**before.pages, "nl": units}, before.lock).waiting() == Counter()


@LAW
@given(PAGE, LANGUAGES, st.integers(0, 99))
def test_a_new_language_is_unconfirmed_and_makes_no_other_outdated(
    texts: list[str], languages: tuple[str, ...], index: int
) -> None:
    before = bundle(texts, languages[:2]).confirm()
    german = Bundle({**before.pages, "de": translated(numbered(texts), "de")}, before.lock)
    assert german.waiting() == Counter({("de", State.UNCONFIRMED): len(texts)} if texts else {})
    assert german.confirm("de").waiting() == Counter()
    if texts:
        changed = german.change("nl", index % len(texts), "heel iets anders").confirm("fr")
        assert changed.waiting() == Counter({("de", State.UNCONFIRMED): len(texts)})


# Merges.


def merged(folder: Path, base: Lock, ours: Lock, theirs: Lock, *options: str) -> tuple[int, str]:
    """Git's own three-way merge of three locks: its number of conflicts, and the text."""
    paths = []
    for name, lock in (("ours", ours), ("base", base), ("theirs", theirs)):
        paths.append(folder / name)
        paths[-1].write_text(write_lock(lock), encoding="utf-8")
    command: list[str | Path] = ["git", "merge-file", "-p", *options, *paths]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode, done.stdout.decode()


def both(ours: Bundle, theirs: Bundle, base: Bundle) -> dict[str, list[Unit]]:
    """The texts after a merge: of each unit the one that changed."""
    return {
        key: [
            own if own != old else other
            for own, other, old in zip(ours.pages[key], theirs.pages[key], units, strict=True)
        ]
        for key, units in base.pages.items()
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("merge")


@LAW
@given(st.lists(TEXT, min_size=2, max_size=14), st.data())
def test_different_units_confirmed_on_two_branches_merge(
    folder: Path, texts: list[str], data: st.DataObject
) -> None:
    base = bundle(texts).confirm()
    branches = [base, base]
    for index in range(len(texts)):
        side = data.draw(st.sampled_from([0, 1, None]))
        if side is not None:
            key = data.draw(st.sampled_from(["nl", "fr"]))
            branches[side] = branches[side].change(key, index, f"heel anders {index}")
    ours, theirs = (branch.confirm() for branch in branches)
    conflicts, text = merged(folder, base.lock, ours.lock, theirs.lock)
    assert conflicts == 0
    lock = read_lock(Source("translations.lock", text)).value
    assert Bundle(both(ours, theirs, base), lock).waiting() == Counter()


@LAW
@given(PAGE, st.lists(st.booleans(), min_size=1, max_size=5), st.integers(0, 14))
def test_records_that_two_branches_add_side_by_side_merge_as_a_union(
    folder: Path, texts: list[str], sides: list[bool], place: int
) -> None:
    """As `.gitattributes` asks of git for every translations.lock."""
    base = bundle(texts).confirm()
    new = [
        [f"heel nieuw {number}" for number, side in enumerate(sides) if side is own]
        for own in (True, False)
    ]
    pages = [with_more(base, place, more) for more in (*new, [*new[0], *new[1]])]
    ours, theirs = (Bundle(each, base.lock).confirm() for each in pages[:2])
    conflicts, text = merged(folder, base.lock, ours.lock, theirs.lock, "--union")
    assert conflicts == 0
    lock = read_lock(Source("translations.lock", text)).value
    assert Bundle(pages[2], lock).waiting() == Counter()


def with_more(base: Bundle, place: int, texts: Sequence[str]) -> dict[str, list[Unit]]:
    """The pages with more paragraphs at one place."""
    return {
        key: [*units[:place], *(unit(f"{text} ({key})") for text in texts), *units[place:]]
        for key, units in base.pages.items()
    }


@LAW
@given(PAGE.filter(bool), st.integers(0, 99))
def test_a_unit_that_two_branches_confirmed_otherwise_is_never_current(
    folder: Path, texts: list[str], index: int
) -> None:
    """One branch changed the Dutch, the other the French: nobody has compared the two."""
    base, at = bundle(texts).confirm(), index % len(texts)
    ours = base.change("nl", at, "heel anders in het nl").confirm()
    theirs = base.change("fr", at, "heel anders in het fr").confirm()
    conflicts, text = merged(folder, base.lock, ours.lock, theirs.lock, "--union")
    assert conflicts == 0
    lock = read_lock(Source("translations.lock", text)).value
    found = Bundle({"nl": ours.pages["nl"], "fr": theirs.pages["fr"]}, lock)
    assert found.waiting() == Counter({("nl", State.UNCONFIRMED): 1, ("fr", State.UNCONFIRMED): 1})
    assert found.confirm().waiting() == Counter()
