"""Single files from anywhere, and several source files written together or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from diptych.model import File


def read_file(path: Path) -> File:
    """A file that need not belong to the site, by the name under which it was given."""
    return File(path.as_posix(), path.read_bytes())


def write_together(
    root: Path, files: Mapping[str, bytes], before: Mapping[str, bytes | None]
) -> str | None:
    """Writes source files: all are written beside their places, then put there one by one.

    `before` is what each held when it was read (None: it was not there). When one was changed
    meanwhile nothing is written, and its path is the answer. When the disk fails half-way, what
    was put in place is taken back.
    """
    changed = next((path for path in files if _now(root / path) != before[path]), None)
    if changed is not None:
        return changed
    beside = {path: _beside(root / path, "new") for path in files}
    kept = {path: _beside(root / path, "old") for path in files if before[path] is not None}
    done: list[str] = []
    try:
        for path, data in files.items():
            _write(beside[path], data, root / path)
        for path, copy in kept.items():
            shutil.copy2(root / path, copy)
        for path in files:
            os.replace(beside[path], root / path)
            done.append(path)
    except BaseException:
        for path in done:
            _take_back(root / path, kept.get(path))
        raise
    finally:
        for leftover in (*beside.values(), *kept.values()):
            leftover.unlink(missing_ok=True)
    return None


def _now(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _beside(path: Path, kind: str) -> Path:
    """A hidden name in the same folder, which reading a site passes over."""
    return path.with_name(f".{path.name}.{kind}")


def _write(beside: Path, data: bytes, target: Path) -> None:
    beside.parent.mkdir(parents=True, exist_ok=True)
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        shutil.copymode(target, beside)


def _take_back(target: Path, kept: Path | None) -> None:
    with contextlib.suppress(OSError):
        if kept is None:
            target.unlink()
        else:
            os.replace(kept, target)
