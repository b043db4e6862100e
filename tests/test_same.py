"""`tools/same.py` sees each kind of difference, and says where it is; `tools/batch.py` leaves no trace."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch import laid_over
from same import compare

from tests.conftest import write_files

OLD: dict[str, str | bytes | None] = {
    "public/nl/index.html": "<p>Wij</p><p>spreken</p>\n",
    "public/fr/index.html": "<p>Wij</p><p>spreken</p>\n",
    "public/data.json": '{"a": 1, "b": 2}',
    "public/picture.png": b"\x89PNG\xff",
    "said/check": "a\nb\nc\n",
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"said/check": "a\nB\nc\n"}, ["said/check", "line 2", "- b", "+ B"]),
        ({"said/check": "a\nb\nc\nd\n"}, ["said/check", "line 4", "+ d"]),
        ({"said/check": "a\r\nb\nc\n"}, ["said/check", "other ends of lines"]),
        (
            {"public/data.json": '{"a": 1, "b": 3}'},
            ["public/data.json", "line 3", '-  "b": 2', '+  "b": 3'],
        ),
        (
            {"public/data.json": '{"b": 2, "a": 1}'},
            ["public/data.json", "line 2", '-  "a": 1,', '+  "b": 2,', '-  "b": 2', '+  "a": 1'],
        ),
        (
            {"public/picture.png": b"\x89PNG\xff\xff"},
            ["public/picture.png", "5 bytes, now 6 bytes"],
        ),
        ({"said/check": None}, ["said/check", "only in OLD"]),
        ({"said/new": "x"}, ["said/new", "only in NEW"]),
        (
            {"public/nl/index.html": "<p>Wij</p><p>zwijgen</p>\n"},
            ["public/nl/index.html", "line 3", "- <p>spreken", "+ <p>zwijgen"],
        ),
        (
            {path: "<p>Wij</p><p>zwijgen</p>\n" for path in OLD if path.endswith(".html")},
            ["public/fr/index.html and 1 files alike", "line 3", "- <p>spreken", "+ <p>zwijgen"],
        ),
    ],
)
def test_what_differs_is_told(
    changed: dict[str, str | bytes | None], told: list[str], tmp_path: Path
) -> None:
    old = write_files(tmp_path / "old", OLD)
    new = write_files(tmp_path / "new", {**OLD, **changed})
    lines = list(compare(old, new))
    assert [line.removeprefix("  ").removeprefix("    ") for line in lines] == told


def test_a_long_line_is_shown_where_it_differs(tmp_path: Path) -> None:
    old = write_files(tmp_path / "old", {"a": "x" * 500 + "old"})
    new = write_files(tmp_path / "new", {"a": "x" * 500 + "new"})
    assert [line.strip() for line in compare(old, new)][-2:] == [
        f"- …{'x' * 40}old",
        f"+ …{'x' * 40}new",
    ]


def test_a_case_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    write_files(tmp_path, {"content/home/nl.md": "Wij."})
    with laid_over(tmp_path, {"content/home/nl.md": b"Zij.", "content/a/b/nl.md": b"Nieuw."}):
        assert (tmp_path / "content/home/nl.md").read_text() == "Zij."
        assert (tmp_path / "content/a/b/nl.md").read_text() == "Nieuw."
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["content", "home", "nl.md"]
    assert (tmp_path / "content/home/nl.md").read_text() == "Wij."
