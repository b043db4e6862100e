"""The standby: a second tree of what is published, so that publishing is in proportion to what changed.

It lies in the cache and holds the same as the tree that is online, each file by itself. To publish,
it is brought up to date and swapped for the other one in one step; then the other one, now the standby,
is brought up to date as well: what was taken down stays in neither, and the next build finds the two
alike. A record beside it says what both hold. It goes before anything in the standby changes and is
written when all is done: a standby without a record, or with another file than the record says,
is begun anew. All that costs is speed.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from diptych.disk.atomic import locked
from diptych.disk.trees import OnDisk, State, scan
from diptych.glance import COARSE
from diptych.values import Value, as_plain, from_plain

_TREE, _RECORD = "standby", "standby.json"


class Level(Value):
    """Two trees with the same files: the digest of each, and its state in both."""

    target: str  # the place of the one that is online
    digests: Mapping[str, str]
    online: Mapping[str, State]
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
            level = from_plain(json.loads(self._record.read_bytes()), Level)
        except (OSError, ValueError):
            return None
        return level if level.target == str(self._target) else None

    def known(self, found: Mapping[str, State]) -> dict[str, str]:
        """The digests of the files online that are as the record says, by what was found there.

        A file as young as the record may have been changed since within a tick of the disk's clock:
        of such a one nothing is known.
        """
        if self._level is None:
            return {}
        young = self._record.stat().st_mtime_ns - COARSE
        alike = {
            path
            for path, state in self._level.online.items()
            if found.get(path) == state and state[0] < young
        }
        return {path: each for path, each in self._level.digests.items() if path in alike}

    def begin(self) -> tuple[OnDisk, dict[str, str]]:
        """What the standby holds, and the digest of each file; it has no record any more.

        A standby that is not what the record says is deleted, and an empty one made.
        """
        level, found = self._level, scan(str(self.tree))
        self._record.unlink(missing_ok=True)
        if level is not None and self._is_folder() and found.files == level.standby:
            return found, dict(level.digests)
        self.forget()
        self.tree.mkdir(mode=0o755)
        self.tree.chmod(0o755)
        return OnDisk({}, {}), {}

    def finish(
        self, digests: Mapping[str, str], online: Mapping[str, State], standby: Mapping[str, State]
    ) -> None:
        """Records that both trees hold files with these digests."""
        level = Level(str(self._target), digests, online, standby)
        self._begun.write_text(json.dumps(as_plain(level)), encoding="utf-8")
        os.replace(self._begun, self._record)

    def forget(self) -> None:
        """Deletes the standby, or whatever else lies in its place."""
        place = () if self._is_folder() else (self.tree,)
        for file in (self._record, self._begun, *place):
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
        shutil.rmtree(self.tree, ignore_errors=True)

    def _is_folder(self) -> bool:
        return self.tree.is_dir() and not self.tree.is_symlink()

    def sweep(self) -> None:
        """Deletes what is no standby: a tree without a record."""
        if not self._record.exists():
            self.forget()


@contextlib.contextmanager
def standby_of(folder: Path | None, target: Path) -> Iterator[Standby | None]:
    """The standby of an output, which no other build uses meanwhile; None where the cache cannot hold
    one: there is no cache, it cannot be written, or it lies on another disk.
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
    """Whether a folder, which is made, lies on the same disk as the output."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.stat(folder).st_dev == os.stat(target.parent).st_dev
    except OSError:
        return False
