"""Locks and a PO file of version 1 as they were written once: they stay valid, digest for digest.

`cases/locks` is a small site with every kind of unit. Never write its locks or its PO file anew to
make these tests pass: everybody would have to confirm every page again, and what is out with
translators would come back as outdated.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import LOOK, Ran, write_files

KEPT = Path(__file__).parent.parent / "cases" / "locks"
KEYS = sorted(path.parent.name for path in KEPT.glob("content/*/translations.lock"))
KINDS = {
    "title",
    "short",
    "description",
    "image_alt",
    "heading",
    "paragraph",
    "list",
    "quote",
    "table",
    "figure",
    "code",
    "definition",
    "note",
    "answer",
    "event-title",
    "event-text",
}
Run = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(KEPT, tmp_path, dirs_exist_ok=True)
    return write_files(tmp_path, LOOK)


def lock_of(folder: Path, key: str) -> str:
    return (folder / "content" / key / "translations.lock").read_text(encoding="utf-8")


def test_every_kind_of_unit_is_in_them() -> None:
    locks = "\n".join(lock_of(KEPT, key) for key in KEYS)
    assert set(re.findall(r"^[\w-]+\.([\w-]+)\.\d+ ", locks, re.MULTILINE)) == KINDS


def test_a_kept_lock_is_valid(folder: Path, run: Run) -> None:
    rows = json.loads(run("status", "--format", "json", root=folder).out)["pages"]
    assert sorted(rows) == sorted([*KEYS, "site.yaml"])  # of which there was no lock then
    for key in KEYS:
        for language, found in rows[key].items():
            assert (found["state"], found["parts"]) == ("current", 0), (key, language)


@pytest.mark.parametrize("key", KEYS)
def test_confirm_writes_the_same_lock(key: str, folder: Path, run: Run) -> None:
    (folder / "content" / key / "translations.lock").unlink()
    assert run("confirm", key, root=folder).status == 0
    assert lock_of(folder, key) == lock_of(KEPT, key)


def test_what_went_out_to_a_translator_comes_back(folder: Path, run: Run) -> None:
    """One text was translated anew; it is written, and its digest in the lock alone is another."""
    assert run("import", folder / "fr.po", root=folder).status == 0
    changed = {
        path.relative_to(KEPT).as_posix()
        for path in KEPT.glob("content/**/*.*")
        if path.read_bytes() != (folder / path.relative_to(KEPT)).read_bytes()
    }
    assert changed == {"content/log/timeline.yaml", "content/log/translations.lock"}
    events = (folder / "content/log/timeline.yaml").read_text(encoding="utf-8")
    kept = (KEPT / "content/log/timeline.yaml").read_text(encoding="utf-8")
    assert events == kept.replace("Bleu.", "Bleu vif.")
    lines = zip(lock_of(KEPT, "log").split("\n"), lock_of(folder, "log").split("\n"), strict=True)
    assert [(old, new) for old, new in lines if old != new] == [
        (
            "paint.event-text.1 fr:45d4690c64b9 nl:675ef84d2751",
            "paint.event-text.1 fr:42f6adc39525 nl:675ef84d2751",
        )
    ]
