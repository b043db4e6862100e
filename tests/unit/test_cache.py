"""What did not change is not done again; what is stored can be damaged, gone or unwritable."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import pickle
import sqlite3
import sys
import threading
from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from diptych import glance
from diptych.bodies import Body
from diptych.cache import (
    Cache,
    Digest,
    SlotGroup,
    SlotRequest,
    digest,
    encoded,
    groups,
    program_digest,
    result_type,
    slot_group,
    store,
)
from diptych.cache import cache as cache_module
from diptych.diagnostics import Outcome, Severity, Source, Span, say
from diptych.markdown import convert_text
from diptych.model import Prose
from tests.strategies import named


class Counted:
    """A function that counts how often it works."""

    __name__ = "doubled"

    def __init__(self) -> None:
        self.worked: list[object] = []

    def __call__(self, text: str) -> str:
        self.worked.append(text)
        return text * 2


@pytest.fixture
def doubled() -> Counted:
    return Counted()


def fill(folder: Path, function: Callable[[str], str], *texts: str) -> tuple[str, ...]:
    """The results of one run: it asks for the result of each text, and saves the cache."""
    cache = Cache(folder)
    made = tuple(cache.call(function, text, text) for text in texts)
    cache.save()
    return made


@pytest.mark.parametrize("value", ["text", (1, "a"), Source("a.md", "text"), None, frozenset("ab")])
def test_a_digest_stands_for_its_value_among_inputs(
    value: object, tmp_path: Path, doubled: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not digested again, and a result made of the one is found by the other."""
    cache, shared = Cache(tmp_path), digest(value)
    cache.call(doubled, "slot", "a", {"shared": value})
    cache.save()
    asked: list[object] = []

    def counted(each: object) -> Digest:
        asked.append(each)
        return digest(each)

    monkeypatch.setattr(groups, "digest", counted)
    cache = Cache(tmp_path)
    cache.call(doubled, "slot", "a", {"shared": shared})
    assert doubled.worked == ["a"]
    assert asked == []
    cache.call(doubled, "slot", "a", {"shared": digest("another")})
    assert doubled.worked == ["a", "a"]


def test_a_run_asks_for_each_value_once(doubled: Counted) -> None:
    cache = Cache(None)
    assert [cache.call(doubled, text, text) for text in ("a", "b", "a")] == ["aa", "bb", "aa"]
    assert doubled.worked == ["a", "b"]


def test_the_next_run_asks_for_nothing(tmp_path: Path, doubled: Counted) -> None:
    assert fill(tmp_path, doubled, "a", "b") == ("aa", "bb")
    assert fill(tmp_path, doubled, "b", "a") == ("bb", "aa")
    assert doubled.worked == ["a", "b"]


def test_one_changed_value_is_done_again(tmp_path: Path, doubled: Counted) -> None:
    fill(tmp_path, doubled, "a", "b")
    assert fill(tmp_path, doubled, "a", "c") == ("aa", "cc")
    assert doubled.worked == ["a", "b", "c"]


def test_a_slot_holds_the_last_result_alone(tmp_path: Path, doubled: Counted) -> None:
    for text in ("a", "b", "a"):
        cache = Cache(tmp_path)
        assert cache.call(doubled, "slot", text) == text * 2
        assert cache.call(doubled, "slot", text) == text * 2
        cache.save()
    assert doubled.worked == ["a", "b", "a"]


def test_smaller_values_decide_what_is_given(doubled: Counted) -> None:
    cache = Cache(None)
    assert cache.call(doubled, "slot", "a", {"file": 1}) == "aa"
    assert cache.call(doubled, "slot", "b", {"file": 1}) == "aa"
    assert cache.call(doubled, "slot", "b", {"file": 2}) == "bb"
    assert cache.call(doubled, "slot", "b", {"other": 2}) == "bb"
    assert doubled.worked == ["a", "b", "b"]


def test_the_slots_of_a_group_are_listed_only_where_its_inputs_changed(
    tmp_path: Path, doubled: Counted
) -> None:
    """In a listed group, only the slots whose own inputs changed are made again."""
    listed: list[str] = []

    def ask(cache: Cache, *texts: str) -> list[str]:
        def slots(text: str) -> list[SlotRequest[str]]:
            listed.append(text)
            return [
                SlotRequest(f"{text[0]}{n}", {"text": part}, part) for n, part in enumerate(text)
            ]

        groups = [
            SlotGroup(text[0], len(text), digest(text), partial(slots, text)) for text in texts
        ]
        found = cache.call_groups(doubled, groups, {})
        cache.save()
        return found

    assert ask(Cache(tmp_path), "abc", "de") == ["aa", "bb", "cc", "dd", "ee"]
    del listed[:], doubled.worked[:]
    assert ask(Cache(tmp_path), "abc", "df") == ["aa", "bb", "cc", "dd", "ff"]
    assert listed == ["df"]
    assert doubled.worked == ["f"]


ONE, OTHER = digest("one"), digest("other")


@pytest.mark.parametrize(
    ("slots", "others"),
    [
        ({"a": {"text": ONE}, "b": {"text": ONE}}, {"b": {"text": ONE}, "a": {"text": ONE}}),
        ({"a": {"text": ONE}, "b": {"text": ONE}}, {"a": {"text": ONE}, "c": {"text": ONE}}),
        ({"a": {"text": ONE}, "b": {"text": OTHER}}, {"a": {"text": OTHER}, "b": {"text": ONE}}),
        ({"a": {"b": ONE}, "c": {}}, {"a": {}, "b": {ONE: Digest("c")}}),
        ({"a": {"text": ONE}}, {"a": {"title": ONE}}),
        ({"a": {"text": ONE}}, {"a": {"text": ONE}, "b": {}}),
    ],
)
def test_groups_with_other_slots_or_inputs_have_other_digests(
    slots: Mapping[str, Mapping[str, Digest]], others: Mapping[str, Mapping[str, Digest]]
) -> None:
    def inputs_of(group: Mapping[str, Mapping[str, Digest]]) -> Digest:
        return slot_group(
            "", [SlotRequest(name, each, name) for name, each in group.items()]
        ).inputs

    assert inputs_of(slots) == inputs_of(slots) != inputs_of(others)


def test_nothing_is_gathered_while_a_glance_is_the_same(tmp_path: Path, doubled: Counted) -> None:
    """And where the glance is another, what is gathered decides."""
    gathered: list[str] = []

    def ask(glance: int, text: str) -> str:
        def gather() -> str:
            gathered.append(text)
            return text

        cache = Cache(tmp_path)
        made = cache.gather(doubled, "slot", {"glance": glance}, gather)
        cache.save()
        return made

    assert [ask(1, "a"), ask(1, "never"), ask(2, "a"), ask(2, "never")] == ["aa"] * 4
    assert (gathered, doubled.worked) == (["a", "a"], ["a"])
    assert [ask(3, "b"), ask(3, "never")] == ["bb", "bb"]
    assert (gathered, doubled.worked) == (["a", "a", "b"], ["a", "b"])


def test_what_is_made_beside_a_site_is_not_stored(tmp_path: Path, doubled: Counted) -> None:
    fill(tmp_path, doubled, "a")
    other = Cache(tmp_path).beside()
    assert [other.call(doubled, text, text) for text in ("a", "b")] == ["aa", "bb"]
    other.save()
    fill(tmp_path, doubled, "a", "b")
    assert doubled.worked == ["a", "b", "b"]


def test_what_is_read_beside_a_site_is_still_found_by_it(tmp_path: Path, doubled: Counted) -> None:
    fill(tmp_path, doubled, "a", "b")
    cache = Cache(tmp_path)
    assert cache.call(doubled, "b", "b") == "bb"
    for each in (cache.beside(), cache):
        assert each.call(doubled, "a", "a") == "aa"
    assert doubled.worked == ["a", "b"]


def test_memory_has_every_value_once(tmp_path: Path, doubled: Counted) -> None:
    """Not also as it is stored: neither what was read nor what was made."""
    fill(tmp_path, doubled, "a", "b")
    cache = Cache(tmp_path)
    assert [cache.call(doubled, text, text) for text in ("a", "c")] == ["aa", "cc"]
    cache.save()
    assert (len(cache._held), cache._fresh) == (2, {})
    assert [cache.call(doubled, text, text) for text in ("a", "c")] == ["aa", "cc"]
    assert [Cache(tmp_path).call(doubled, text, text) for text in ("a", "c")] == ["aa", "cc"]
    assert doubled.worked == ["a", "b", "c"]


def test_the_store_is_opened_once_for_all_it_is_asked_for(
    tmp_path: Path, doubled: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page of a site is one; and it is closed again by what deletes or replaces the file."""
    texts = [letter * 40_000 for letter in "abcdef"]
    fill(tmp_path, doubled, *texts)
    opened: list[sqlite3.Connection] = []
    whole = store.connected

    def noted(path: Path, *, make: bool) -> sqlite3.Connection:
        opened.append(whole(path, make=make))
        return opened[-1]

    monkeypatch.setattr(store, "connected", noted)
    for close in (Cache.save, Cache.forget):
        cache = Cache(tmp_path)
        opened.clear()
        assert [cache.call(doubled, text, text) for text in texts] == [text * 2 for text in texts]
        assert len(opened) == 1
        close(cache)
        for each in opened:
            with pytest.raises(sqlite3.ProgrammingError, match="closed"):
                each.execute("SELECT 1")
    assert len(doubled.worked) == len(texts)


def test_without_a_folder_nothing_is_written(
    tmp_path: Path, doubled: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cache = Cache(None)
    cache.call(doubled, "a", "a")
    cache.save()
    assert list(tmp_path.iterdir()) == []


DAMAGES: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("empty", lambda data: b""),
    ("cut", lambda data: data[: len(data) // 2]),
    ("cut in its head", lambda data: data[:10]),
    ("a bit of the head turned", lambda data: bytes([data[0] ^ 1]) + data[1:]),
    ("something else", lambda data: b"not a store at all" * 10),
    ("zeros", lambda data: bytes(len(data))),
    ("a value turned", lambda data: data.replace(b"\xa2aa", b"\xa2ab")),
]


@pytest.mark.parametrize("damage", named(DAMAGES))
def test_a_damaged_store_is_a_miss(
    tmp_path: Path, doubled: Counted, damage: Callable[[bytes], bytes]
) -> None:
    fill(tmp_path, doubled, "a")
    path = store_of(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert path.read_bytes() != whole
    assert fill(tmp_path, doubled, "a") == ("aa",)
    assert doubled.worked == ["a", "a"]
    assert fill(tmp_path, doubled, "a") == ("aa",)
    assert doubled.worked == ["a", "a"]  # and it is mended


def test_a_folder_where_a_store_should_be_is_a_miss(tmp_path: Path, doubled: Counted) -> None:
    fill(tmp_path, doubled, "a")
    for path in [each for each in tmp_path.rglob("*") if each.is_file()]:
        path.unlink()
        path.mkdir()
    assert fill(tmp_path, doubled, "a") == ("aa",)


def test_a_folder_that_cannot_be_written_is_harmless(tmp_path: Path, doubled: Counted) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    assert fill(in_the_way / "cache", doubled, "a") == ("aa",)
    assert in_the_way.read_text() == ""


def test_a_full_disk_is_harmless_and_leaves_nothing_half(
    tmp_path: Path, doubled: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, doubled, "a")

    def full(store: object, made: object, unused: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(store, "_write", full)
        assert fill(tmp_path, doubled, "b") == ("bb",)
    assert fill(tmp_path, doubled, "a") == ("aa",)
    assert doubled.worked == ["a", "b"]


def test_a_changed_program_has_new_keys(
    tmp_path: Path, doubled: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, doubled, "a")
    monkeypatch.setattr(groups, "program_digest", lambda: "another program")
    fill(tmp_path, doubled, "a")
    assert doubled.worked == ["a", "a"]


def program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], installed: str = "a-1"
) -> str:
    """The digest of a program made of these files, with that library beside it."""
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    libraries = tmp_path / installed
    (libraries / f"{installed}.dist-info").mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(glance, "__file__", str(tmp_path / "glance.py"))
    monkeypatch.setattr(sys, "path", [str(libraries)])
    return program_digest.__wrapped__()


def test_new_code_and_new_libraries_are_a_new_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = program(tmp_path, monkeypatch, {"a.py": "1", "room/b.py": "2"})
    assert program(tmp_path, monkeypatch, {}) == first
    edited = program(tmp_path, monkeypatch, {"room/b.py": "3"})
    upgraded = program(tmp_path, monkeypatch, {}, "a-2")
    moved = program(tmp_path, monkeypatch, {"other/b.py": "3"})
    themed = program(tmp_path, monkeypatch, {"theme/base.html": "4"})
    assert len({first, edited, upgraded, moved, themed}) == 5


def test_a_forgotten_store_is_empty(tmp_path: Path, doubled: Counted) -> None:
    cache = Cache(tmp_path / "cache")
    cache.call(doubled, "a", "a")
    cache.save()
    cache.forget()
    assert not (tmp_path / "cache").exists()
    cache.call(doubled, "a", "a")
    assert doubled.worked == ["a", "a"]


def test_bytes_are_kept_for_libraries_with_a_form_of_their_own(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.read_bytes("templates", "key") is None
    cache.write_bytes("templates", "key", b"compiled")
    cache.save()
    assert Cache(tmp_path).read_bytes("templates", "key") == b"compiled"
    assert Cache(tmp_path).read_bytes("templates", "other") is None


# Digests.


class Colour(Enum):
    RED = "RED"


@dataclasses.dataclass(frozen=True)
class Pair:
    left: object
    right: object = None


@dataclasses.dataclass(frozen=True)
class Couple:
    left: object
    right: object = None


DIFFERENT = [
    None,
    "",
    "None",
    b"",
    0,
    "0",
    0.0,
    False,
    True,
    1,
    "1",
    b"1",
    (),
    [],
    {},
    frozenset(),
    ("",),
    ((),),
    ("a", "b"),
    ("ab",),
    ("a", ("b",)),
    (("a",), "b"),
    ["a", "b"],
    {"a": "b"},
    {"a": ("b",)},
    {"ab": ""},
    {"b": "a"},
    {"a": 1, "b": 2},
    {"b": 2, "a": 1},
    {"a"},
    frozenset({"a"}),
    frozenset({"a", "b"}),
    Colour.RED,
    "RED",
    Severity.ERROR,
    "error",
    Pair("a", "b"),
    Pair("ab", ""),
    Pair("a"),
    Pair(("a", "b")),
    Couple("a", "b"),
    (Pair("a"), "b"),
    Pair("a", "b\x00"),
    datetime.date(2020, 6, 8),
    "2020-06-08",
    datetime.time(1, 35),
    Source("a", "b"),
    Source("ab", ""),
    Span("a", 1, 2),
    say("a"),
    say("a", b=1),
    say("a", b="1"),
    "\ud800",
    "é",
    "e\u0301",
]


def test_different_values_have_different_digests() -> None:
    assert (
        len({digest(value) for value in DIFFERENT}) == len(DIFFERENT) - 1
    )  # a set is as a frozenset


def test_a_digest_says_nothing_of_how_a_value_came_to_be() -> None:
    shared = "ab"
    apart = "".join(sorted({"b", "a"}))
    assert digest((shared, shared)) == digest((shared, apart))
    assert digest(frozenset(["a", "b", "c"])) == digest(frozenset(["c", "b", "a"]))
    assert digest(frozenset([1, "a", None])) == digest(frozenset([None, "a", 1]))


def test_what_is_missing_is_made_by_several_at_a_time(tmp_path: Path) -> None:
    made: list[int] = []

    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    def ask(cache: Cache, *numbers: int, jobs: int) -> list[int]:
        cache.ahead(double, {str(each): each for each in numbers}, jobs)
        return [cache.call(double, str(each), each) for each in numbers]

    cache = Cache(tmp_path)
    assert ask(cache, 3, 1, 2, jobs=2) == [6, 2, 4]
    assert ask(cache, 2, 4, 3, jobs=2) == [4, 8, 6]
    assert sorted(made) == [1, 2, 3, 4]
    cache.save()
    assert ask(Cache(tmp_path), 1, 2, 3, 4, jobs=4) == [2, 4, 6, 8]
    assert sorted(made) == [1, 2, 3, 4]


# The file: one of SQLite, that anybody may write into and that no program is run from.


def store_of(folder: Path) -> Path:
    return next(each for each in folder.iterdir() if each.is_file())


def test_damage_at_any_place_of_the_file_changes_no_result(tmp_path: Path) -> None:
    fill(tmp_path, Counted(), "a", "b" * 40_000)
    path = store_of(tmp_path)
    whole = path.read_bytes()
    for place in [*range(0, 200, 3), *range(200, len(whole), 997)]:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x15]) + whole[place + 1 :])
        assert fill(tmp_path, Counted(), "a", "b" * 40_000) == ("aa", "b" * 80_000), place


class Trap:
    """Code that runs when a pickle is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (exec, ("raise SystemExit('a stored value was run')",))


def test_nothing_that_lies_in_the_folder_is_run(tmp_path: Path, doubled: Counted) -> None:
    fill(tmp_path, doubled, "a")
    trap = pickle.dumps({"key": Trap()})
    path = store_of(tmp_path)
    store = sqlite3.connect(path)
    seal = hashlib.sha256(trap).digest()[:8]
    store.execute("UPDATE records SET value = ?", (seal + trap,))
    store.commit()
    store.close()
    for name in ("doubled.pack", "templates.pack"):
        (tmp_path / name).write_bytes(hashlib.sha256(trap).digest() + trap)
    assert fill(tmp_path, doubled, "a") == ("aa",)
    path.write_bytes(trap)
    assert fill(tmp_path, doubled, "a") == ("aa",)
    assert doubled.worked == ["a", "a", "a"]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER added AFTER INSERT ON records BEGIN DELETE FROM bodies; END",
        "CREATE VIEW other AS SELECT 1",
        "ALTER TABLE records ADD COLUMN more TEXT",
        "DROP TABLE bodies",
    ],
)
def test_a_file_with_other_tables_is_made_anew(
    tmp_path: Path, doubled: Counted, statement: str
) -> None:
    fill(tmp_path, doubled, "a")
    store = sqlite3.connect(store_of(tmp_path))
    store.execute(statement)
    store.commit()
    store.close()
    fill(tmp_path, doubled, "a")
    fill(tmp_path, doubled, "a")
    assert doubled.worked == ["a", "a"]


@pytest.mark.parametrize(
    "inputs", [b"\xff", encoded({}), encoded([3]), encoded({"shared": 3}), b""]
)
@pytest.mark.parametrize("results", [[], ["aa"], ["aa", "aa"], [3], "aa"])
def test_a_group_that_is_written_by_hand_is_a_miss(
    tmp_path: Path, doubled: Counted, inputs: bytes, results: object
) -> None:
    fill(tmp_path, doubled, "a")
    group = encoded({"key": "0", "inputs": inputs, "results": results})
    store = sqlite3.connect(store_of(tmp_path))
    sealed = hashlib.sha256(group).digest()[:8] + group
    store.execute("UPDATE records SET value = ?", (sealed,))
    store.commit()
    store.close()
    cache = Cache(tmp_path)
    assert cache.made_of("doubled", "a") is None
    assert cache.gather(doubled, "a", {"given": "a"}, lambda: "a") == "aa"
    assert doubled.worked == ["a", "a"]


def asked_for_each(
    folder: Path | None, stage: Callable[[str], str], texts: Mapping[str, str], shared: object = 1
) -> list[str]:
    """The results of a stage that is asked for many slots at once; `texts` holds the input of each
    slot.
    """
    cache = Cache(folder)
    requests = [SlotRequest(slot, {"text": text}, text) for slot, text in texts.items()]
    made = cache.call_each(stage, requests, {"shared": shared})
    cache.save()
    return made


def test_of_many_slots_those_are_made_that_changed(tmp_path: Path, doubled: Counted) -> None:
    """A stage works only for changed and new slots, even if slots are removed or asked for in
    another order.
    """
    texts = {f"slot {number}": f"{number}" for number in range(200)}
    assert asked_for_each(tmp_path, doubled, texts) == [text * 2 for text in texts.values()]
    assert sorted(map(str, doubled.worked)) == sorted(texts.values())
    doubled.worked.clear()
    changed = {**dict(reversed(texts.items())), "slot 7": "other", "more": "new"}
    del changed["slot 11"]
    assert asked_for_each(tmp_path, doubled, changed) == [text * 2 for text in changed.values()]
    assert sorted(map(str, doubled.worked)) == ["new", "other"]
    doubled.worked.clear()
    assert asked_for_each(tmp_path, doubled, changed) == [text * 2 for text in changed.values()]
    assert doubled.worked == []
    assert len(asked_for_each(tmp_path, doubled, changed, shared=2)) == 200
    assert len(doubled.worked) == 200


def test_a_group_that_did_not_change_is_not_written_again(
    tmp_path: Path, doubled: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {f"slot {number}": f"{number}" for number in range(200)}
    asked_for_each(tmp_path, doubled, texts)
    written: list[object] = []
    whole = groups.encoded_group

    def noted(place: tuple[str, str], group: groups.ResultGroup[Any]) -> object:
        written.append(place)
        return whole(place, group)

    monkeypatch.setattr(cache_module, "encoded_group", noted)
    asked_for_each(tmp_path, doubled, texts)
    assert written == []
    asked_for_each(tmp_path, doubled, {**texts, "slot 7": "other"})
    assert len(written) == 1


def test_two_questions_for_one_slot_are_answered_each(tmp_path: Path, doubled: Counted) -> None:
    """Two pages with one address ask for one slot, in a site that is not published."""
    for _ in range(2):
        cache = Cache(tmp_path)
        requests = [SlotRequest("slot", {"text": text}, text) for text in ("a", "b")]
        assert cache.call_each(doubled, requests, {}) == ["aa", "bb"]
        cache.save()
    assert doubled.worked == ["a", "b"]


def test_bytes_of_a_group_are_made_again_one_by_one(tmp_path: Path) -> None:
    worked: list[str] = []

    def draws(text: str) -> Body:
        worked.append(text)
        return Body(text.encode() * 1000)

    cache = Cache(tmp_path)
    requests = [SlotRequest(f"slot {text}", {"text": text}, text) for text in "abc"]
    made = cache.call_each(draws, requests, {})
    cache.save()
    store_of(tmp_path).unlink()
    assert [each.read() for each in made] == [text.encode() * 1000 for text in "abc"]
    assert set(worked) == set("abc")


def test_a_journal_that_is_not_ours_is_not_played_back(tmp_path: Path, doubled: Counted) -> None:
    fill(tmp_path, doubled, "a")
    path = store_of(tmp_path)
    for ending in ("-journal", "-wal"):
        path.with_name(path.name + ending).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 100)
    assert fill(tmp_path, doubled, "a") == ("aa",)
    assert doubled.worked == ["a"]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_build_that_finds_the_store_locked_works_in_memory(
    tmp_path: Path, doubled: Counted
) -> None:
    fill(tmp_path, doubled, "a")
    other = sqlite3.connect(store_of(tmp_path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert fill(tmp_path, doubled, "a", "b") == ("aa", "bb")
    other.execute("COMMIT")
    other.close()
    assert fill(tmp_path, doubled, "a") == ("aa",)
    assert doubled.worked == ["a", "a", "b"]  # and what the other one stored is still there


def test_a_cache_is_used_in_another_thread_than_it_was_made_in(
    tmp_path: Path, doubled: Counted
) -> None:
    fill(tmp_path, doubled, "a", "b" * 40_000)
    cache = Cache(tmp_path)
    assert cache.call(doubled, "a", "a") == "aa"
    found: list[str] = []

    def use() -> None:
        found.append(cache.call(doubled, "b" * 40_000, "b" * 40_000))
        found.append(cache.call(doubled, "c", "c"))
        cache.save()

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert found == ["b" * 80_000, "cc"]
    assert doubled.worked == ["a", "b" * 40_000, "c"]
    fill(tmp_path, doubled, "c")
    assert doubled.worked == ["a", "b" * 40_000, "c"]


def test_what_no_run_uses_any_more_is_taken_out(tmp_path: Path, doubled: Counted) -> None:
    fill(tmp_path, doubled, "a", "b" * 40_000)
    fill(tmp_path, doubled, "a")
    store = sqlite3.connect(store_of(tmp_path))
    counts = [store.execute(f"SELECT count(*) FROM {each}").fetchone()[0] for each in TABLES]
    store.close()
    assert counts == [1, 0]


TABLES = ("records", "bodies")


def test_a_group_that_is_kept_stays_though_no_run_looks_it_up(
    tmp_path: Path, doubled: Counted
) -> None:
    assert fill(tmp_path, doubled, "a", "b") == ("aa", "bb")
    cache = Cache(tmp_path)
    cache.keep(doubled, "a")
    cache.call(doubled, "c", "c")
    cache.save()
    del doubled.worked[:]
    assert fill(tmp_path, doubled, "a", "b") == ("aa", "bb")
    assert doubled.worked == ["b"]


@pytest.mark.parametrize("size", [1, 100, 40_000], ids=["short", "in a record", "by itself"])
def test_what_is_taken_out_stays_in_no_free_page(
    size: int, tmp_path: Path, doubled: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where SQLite was built to leave deleted bytes in its file, as on Windows and macOS."""
    whole = sqlite3.connect

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        store = whole(*arguments, **options)
        store.execute("PRAGMA secure_delete = OFF")
        return store

    monkeypatch.setattr(sqlite3, "connect", connect)
    others = tuple(f"other {number} " * 50 for number in range(30))
    fill(tmp_path, doubled, *others, "maria " * size)
    assert b"maria maria" in store_of(tmp_path).read_bytes()
    fill(tmp_path, doubled, *others)
    assert b"maria" not in store_of(tmp_path).read_bytes()


def test_half_a_character_is_made_again_each_run(tmp_path: Path) -> None:
    made = []

    def half(text: str) -> str:
        made.append(text)
        return text + "\ud800"

    for _ in range(2):
        cache = Cache(tmp_path)
        assert cache.call(half, "a", "a") == "a\ud800"
        cache.save()
    assert made == ["a", "a"]


def test_a_function_says_its_whole_result_type() -> None:
    def bare(text: str) -> Outcome:
        return Outcome(text)

    with pytest.raises(TypeError, match="bare does not say what it returns"):
        result_type(bare)
    assert result_type(convert_text) == Outcome[Prose]


def test_of_a_slot_only_the_last_result_is_kept(tmp_path: Path, doubled: Counted) -> None:
    cache = Cache(tmp_path)
    for text in ("a", "b", "c"):
        assert cache.call(doubled, "page", text) == text * 2
    assert cache.call(doubled, "other", "a") == "aa"
    cache.save()
    assert doubled.worked == ["a", "b", "c", "a"]
    store = sqlite3.connect(store_of(tmp_path))
    assert store.execute("SELECT count(*) FROM records").fetchone() == (2,)
    store.close()
    later = Cache(tmp_path)
    assert later.call(doubled, "page", "c") == "cc"
    assert doubled.worked == ["a", "b", "c", "a"]
