"""What did not change is not done again; what is stored can be damaged, gone or unwritable."""

from __future__ import annotations

import dataclasses
import datetime
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path

import pytest

from diptych import cache as cache_module
from diptych.cache import Cache, digest, program_digest
from diptych.diagnostics import Severity, Source, Span, say
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
    """What a run of the program does: asks, and keeps what it used."""
    cache = Cache(folder)
    made = cache.map(function, texts)
    cache.save()
    return made


def test_a_run_asks_for_each_value_once(doubled: Counted) -> None:
    assert Cache(None).map(doubled, ["a", "b", "a"]) == ("aa", "bb", "aa")
    assert doubled.worked == ["a", "b"]


def test_the_next_run_asks_for_nothing(tmp_path: Path, doubled: Counted) -> None:
    assert fill(tmp_path, doubled, "a", "b") == ("aa", "bb")
    assert fill(tmp_path, doubled, "b", "a") == ("bb", "aa")
    assert doubled.worked == ["a", "b"]


def test_one_changed_value_is_done_again(tmp_path: Path, doubled: Counted) -> None:
    fill(tmp_path, doubled, "a", "b")
    assert fill(tmp_path, doubled, "a", "c") == ("aa", "cc")
    assert doubled.worked == ["a", "b", "c"]


def test_without_a_folder_nothing_is_written(
    tmp_path: Path, doubled: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cache = Cache(None)
    cache.call(doubled, "a")
    cache.save()
    assert list(tmp_path.iterdir()) == []


DAMAGES: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("empty", lambda data: b""),
    ("cut", lambda data: data[: len(data) // 2]),
    ("cut in its seal", lambda data: data[:10]),
    ("one bit turned", lambda data: data[:-3] + bytes([data[-3] ^ 1]) + data[-2:]),
    ("a bit of the seal turned", lambda data: bytes([data[0] ^ 1]) + data[1:]),
    ("something else", lambda data: b"not a store at all" * 10),
    ("zeros", lambda data: bytes(len(data))),
    ("something after it", lambda data: data + b"x"),
]


@pytest.mark.parametrize("damage", named(DAMAGES))
def test_a_damaged_store_is_a_miss(
    tmp_path: Path, doubled: Counted, damage: Callable[[bytes], bytes]
) -> None:
    fill(tmp_path, doubled, "a")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(damage(path.read_bytes()))
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

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        assert fill(tmp_path, doubled, "b") == ("bb",)
    assert fill(tmp_path, doubled, "a") == ("aa",)
    assert doubled.worked == ["a", "b"]


def test_a_changed_program_has_new_keys(
    tmp_path: Path, doubled: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, doubled, "a")
    monkeypatch.setattr(cache_module, "program_digest", lambda: "another program")
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
    monkeypatch.setattr(cache_module, "__file__", str(tmp_path / "cache.py"))
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
    assert len({first, edited, upgraded, moved}) == 4


def test_a_forgotten_store_is_empty(tmp_path: Path, doubled: Counted) -> None:
    cache = Cache(tmp_path / "cache")
    cache.call(doubled, "a")
    cache.save()
    cache.forget()
    assert not (tmp_path / "cache").exists()
    cache.call(doubled, "a")
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


def test_what_is_missing_is_made_by_several_at_a_time_in_order(tmp_path: Path) -> None:
    made: list[int] = []

    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    cache = Cache(tmp_path)
    assert cache.map(double, [3, 1, 2], 2) == (6, 2, 4)
    assert cache.map(double, [2, 4, 3], 2) == (4, 8, 6)
    assert sorted(made) == [1, 2, 3, 4]
    cache.save()
    assert Cache(tmp_path).map(double, [1, 2, 3, 4], 4) == (2, 4, 6, 8)
    assert sorted(made) == [1, 2, 3, 4]


def test_again_gives_what_it_gave_while_the_argument_is_equal() -> None:
    cache, asked = Cache(None), []

    def double(argument: tuple[int, ...]) -> list[int]:
        asked.append(argument)
        return [each * 2 for each in argument]

    first = cache.again(("double", "here"), double, (1, 2))
    assert cache.again(("double", "here"), double, (1, 2)) is first
    assert cache.again(("double", "there"), double, (1, 2)) == first
    assert cache.again(("double", "here"), double, (1, 3)) == [2, 6]
    assert cache.again(("double", "here"), double, (1, 2)) == first  # only the last one is kept
    assert asked == [(1, 2), (1, 2), (1, 3), (1, 2)]
