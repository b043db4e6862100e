"""No test of the generator reads this site's own files: whoever changes a sentence breaks none."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.disk import read_tree
from tests.conftest import ROOT, Ran

TEXTS = ROOT / "content"
WAYS: dict[str, Callable[[], object]] = {
    "a file": lambda: (TEXTS / "site.yaml").read_text(encoding="utf-8"),
    "a file that is not there": (TEXTS / "gone.md").read_bytes,
    "a folder": lambda: list(TEXTS.iterdir()),
    "its names": lambda: os.listdir(TEXTS / "home"),  # noqa: PTH208
    "a pattern": lambda: list(TEXTS.rglob("*.md")),
    "the whole site": lambda: read_tree(ROOT),
    "a template": lambda: list((ROOT / "templates").rglob("*.html")),
    "the style": (ROOT / "assets" / "tokens.css").read_bytes,
    "the schemas": (ROOT / "schemas" / "site.schema.json").read_bytes,
    "the words": lambda: os.listdir(ROOT / "i18n"),  # noqa: PTH208
}


@pytest.mark.parametrize("way", WAYS)
def test_reading_them_fails(way: str) -> None:
    with pytest.raises(AssertionError, match="only tests/site/ may read"):
        WAYS[way]()


def test_a_command_that_reads_them_fails(run: Callable[..., Ran]) -> None:
    with pytest.raises(AssertionError, match="only tests/site/ may read"):
        run("check", root=ROOT)


def test_other_sites_are_read_as_ever(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text("a")
    assert read_tree(tmp_path).value.get("content/site.yaml")


def test_no_source_of_a_test_names_their_folder() -> None:
    """For what runs in another process, where the guard does not reach."""
    named = re.compile(r"""ROOT\b[^\n]{0,20}["'](content|templates|assets|i18n|schemas)\b""")
    allowed = {ROOT / "tests" / "conftest.py", Path(__file__).resolve()}
    files = [
        path
        for path in (ROOT / "tests").rglob("*.py")
        if path not in allowed and not path.is_relative_to(ROOT / "tests" / "site")
    ]
    assert len(files) > 80
    assert [path.name for path in files if named.search(path.read_text(encoding="utf-8"))] == []
