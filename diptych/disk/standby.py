"""The standby: a second copy of the published tree, with which publishing writes only what changed.

It is in the cache and equals the published tree, file by file without shared inodes. To publish, it
is brought up to date and exchanged with the output in one step. Then the former output, now the
standby, is brought up to date as well: files that were taken down are in neither, and the next
build finds two equal trees.

A record beside it holds the digest and the states of each file. The first build of a folder makes no
standby and records the published tree alone, so that the first edit, which makes the standby, reads
no published file. The record is deleted before the standby changes and written when all is done. A
standby without a record, or with a file that differs from it, is made anew, which costs only time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from diptych.disk.trees import OnDisk, State, digest_of_file, scan
from diptych.disk.writing import locked
from diptych.glance import is_young
from diptych.values import Value, as_json, from_json

_TREE, _RECORD = "standby", "standby.json"


class Level(Value):
    """The record of the tree that is online and of the standby, which is equal: the digest of each
    file, and its state in each tree.
    """

    target: str  # the place of the one that is online
    digests: Mapping[str, str]
    online: Mapping[str, State]
    # empty until the first edit of a folder makes the standby
    standby: Mapping[str, State]


class Standby:
    """The standby of an output, in a folder of the cache."""

    def __init__(self, folder: Path, target: Path) -> None:
        self.tree = folder / _TREE
        self._record = folder / _RECORD
        self._begun = folder / f"{_RECORD}.new"
        self._target = target
        self._level = self._read()

    def _read(self) -> Level | None:
        try:
            level = from_json(self._record.read_bytes(), Level)
        except (OSError, ValueError):
            return None
        return level if level.target == str(self._target) else None

    def known(self, found: Mapping[str, State]) -> dict[str, str]:
        """The digests of the published files that are unchanged since the record, by path.

        A file as young as the record is left out (`is_young`).
        """
        if self._level is None:
            return {}
        recorded = self._record.stat().st_mtime_ns
        alike = {
            path
            for path, state in self._level.online.items()
            if found.get(path) == state and not is_young(state[0], recorded)
        }
        return {path: each for path, each in self._level.digests.items() if path in alike}

    def begin(self) -> tuple[OnDisk, dict[str, str]]:
        """The files of the standby and their digests; the record is deleted.

        A standby that differs from the record is deleted, and an empty one made.
        """
        level, found = self._level, scan(str(self.tree))
        self._record.unlink(missing_ok=True)
        if level is not None and self._is_folder() and found.files == level.standby:
            return found, {
                path: level.digests[path] for path in found.files if path in level.digests
            }
        self.forget()
        self.tree.mkdir(mode=0o755)
        self.tree.chmod(0o755)
        return OnDisk({}, {}), {}

    def take(self) -> tuple[OnDisk, dict[str, str]]:
        """The files of the standby, which becomes the output, and their digests; nothing if
        there is no standby. The record is deleted.

        A file is read if its state is not the state in the record, as on another machine, where all
        inodes are new.
        """
        level, found = self._level, scan(str(self.tree))
        self._record.unlink(missing_ok=True)
        if level is None or not self._is_folder():
            return OnDisk({}, {}), {}
        self.tree.chmod(0o755)
        digests = {
            path: level.digests[path]
            if level.standby.get(path) == state
            else digest_of_file(f"{self.tree}/{path}")
            for path, state in found.files.items()
        }
        return found, digests

    def finish(
        self, digests: Mapping[str, str], online: Mapping[str, State], standby: Mapping[str, State]
    ) -> None:
        """Records that both trees hold files with these digests. If there is no standby yet, `standby`
        is empty.
        """
        level = Level(str(self._target), digests, online, standby)
        self._begun.write_bytes(as_json(level))
        os.replace(self._begun, self._record)

    def forget(self) -> None:
        """Deletes the standby, or anything else in its place."""
        place = () if self._is_folder() else (self.tree,)
        for file in (self._record, self._begun, *place):
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
        shutil.rmtree(self.tree, ignore_errors=True)

    def _is_folder(self) -> bool:
        return self.tree.is_dir() and not self.tree.is_symlink()

    def sweep(self) -> None:
        """Deletes a tree without a record."""
        if not self._record.exists():
            self.forget()


@contextlib.contextmanager
def standby_of(folder: Path | None, target: Path) -> Iterator[Standby | None]:
    """The standby of an output, locked against other builds; None without a cache, or if it cannot
    be written or is on another disk.
    """
    if folder is None or not _is_beside(folder, target):
        yield None
        return
    with locked(folder):
        standby = Standby(folder, target)
        try:
            standby.sweep()
            yield standby
        finally:
            standby.sweep()


def _is_beside(folder: Path, target: Path) -> bool:
    """Whether a folder, which is made, is on the same disk as the output."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.stat(folder).st_dev == os.stat(target.parent).st_dev
    except OSError:
        return False
