"""The cache store under attack: whatever is wrong with it, the site is the same, only slower."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from diptych.cache import Cache
from diptych.model import Output
from diptych.pipeline import Options, build_site
from tests.conftest import make_tree

TREE = make_tree({})


def built(folder: Path | None) -> tuple[Output, ...]:
    cache = Cache(folder)
    outputs = build_site(TREE, Options(), cache).outputs
    cache.save()
    return outputs


@pytest.fixture(scope="module")
def expected() -> tuple[Output, ...]:
    return built(None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    built(tmp_path / "cache")
    assert [*(tmp_path / "cache").iterdir()]
    return tmp_path / "cache"


DAMAGE = {
    "emptied": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "flipped": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "replaced": lambda data: b"no pickle at all",
    "a pickle": lambda data: pickle.dumps([1, 2, 3]),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_store_is_a_miss(folder: Path, expected: tuple[Output, ...], damage: str) -> None:
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        path.write_bytes(DAMAGE[damage](path.read_bytes()))
    assert built(folder) == expected
    assert built(folder) == expected


def test_a_store_that_is_a_file_is_no_store(tmp_path: Path, expected: tuple[Output, ...]) -> None:
    (tmp_path / "cache").write_text("not a folder")
    assert built(tmp_path / "cache") == expected
    assert (tmp_path / "cache").read_text() == "not a folder"


def test_a_store_that_cannot_be_written_costs_speed_only(
    tmp_path: Path, expected: tuple[Output, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert built(tmp_path / "cache") == expected
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_deleting_the_store_changes_nothing(folder: Path, expected: tuple[Output, ...]) -> None:
    Cache(folder).forget()
    assert not folder.exists()
    assert built(folder) == expected
