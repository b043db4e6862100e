"""A tree of files on the disk: finds its files, and makes it hold the given files and no others.

Paths are plain strings, relative to the tree and with `/`, since a site has thousands.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from diptych.bodies import Body
from diptych.values import Value

State = tuple[int, int, int, int]  # time of change in nanoseconds, size, inode, mode

FOLDER_MODE, FILE_MODE = 0o755, 0o644  # readable by a web server whatever the umask


class OnDisk(Value):
    """The files and folders below a folder, by path; a link counts as a file."""

    files: dict[str, State]
    folders: dict[str, State]


def scan(top: str) -> OnDisk:
    """Everything below a folder; empty if it does not exist."""
    found = OnDisk({}, {})
    _scan(top, "", found)
    return found


def _scan(folder: str, before: str, found: OnDisk) -> None:
    """Adds everything below a folder to `found`, with `before` in front of the paths; adds nothing
    if the folder does not exist or cannot be read.
    """
    try:
        with os.scandir(folder) as opened:
            entries = list(opened)
    except OSError:
        return
    for entry in entries:
        path = before + entry.name
        state = _state(entry.stat(follow_symlinks=False))
        if stat.S_ISDIR(state[3]):
            found.folders[path] = state
            _scan(entry.path, f"{path}/", found)
        else:
            found.files[path] = state


def state_of(path: str) -> State:
    """The values that differ when a file was changed or replaced, found without reading it."""
    return _state(os.lstat(path))


def _state(found: os.stat_result) -> State:
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_mode


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder in which one of the paths lies, at any depth."""
    found: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in found:  # upwards
            found.add(path)
    return found


def holds(file: str, body: Body) -> bool:
    """Whether a file holds these bytes; a link does not count."""
    try:
        found = os.lstat(file)
        if not stat.S_ISREG(found.st_mode) or found.st_size != body.size:
            return False
        with open(file, "rb") as opened:
            return Body(opened.read()) == body
    except OSError:
        return False


def digest_of_file(file: str) -> str:
    """The digest of a file's bytes; "" for a symbolic link and for a file with several hard links."""
    found = os.lstat(file)
    if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
        return ""
    with open(file, "rb") as opened:
        return Body(opened.read()).digest


def make_folders(top: str, paths: Iterable[str]) -> None:
    """Makes folders below a tree."""
    for path in sorted(paths):
        os.mkdir(f"{top}/{path}")
        os.chmod(f"{top}/{path}", FOLDER_MODE)


def write_files(
    top: str, files: Mapping[str, Body], paths: Collection[str], times: Mapping[str, int]
) -> dict[str, State]:
    """Writes files to free paths in a tree, with their times of change (in nanoseconds) if given;
    returns their states. OSError if the disk takes less than the whole.
    """
    for path in paths:
        file = f"{top}/{path}"
        Path(file).write_bytes(files[path].read())
        os.chmod(file, FILE_MODE)
        if path in times:
            os.utime(file, ns=(times[path], times[path]))
    states = {path: state_of(f"{top}/{path}") for path in paths}
    for path, state in states.items():
        if state[1] != files[path].size:
            raise OSError(f"{path} was not written whole")
    return states


def bring_up_to_date(
    top: str,
    found: OnDisk,
    files: Mapping[str, Body],
    same: Collection[str],
    times: Mapping[str, int],
) -> dict[str, State]:
    """Makes a tree hold these files and no others; returns their states.

    `found` is the present content of the tree. The files at the paths in `same` have the right bytes
    already, and stay. All others are deleted first, and then written as new files, so that hard links
    to an old file do not change.
    """
    needed = folders_of(files)
    for path in found.files:
        if path not in same:
            os.unlink(f"{top}/{path}")
    for path in sorted(found.folders.keys() - needed, reverse=True):
        os.rmdir(f"{top}/{path}")
    make_folders(top, needed - found.folders.keys())
    _set_mode(
        top, {path: found.folders[path] for path in needed & found.folders.keys()}, FOLDER_MODE
    )
    changed = _set_mode(top, {path: found.files[path] for path in same}, FILE_MODE)
    written = [path for path in files if path not in same]
    new = {path: state_of(f"{top}/{path}") for path in changed}
    new |= write_files(top, files, written, times)
    return {path: new.get(path) or found.files[path] for path in files}


def _set_mode(top: str, paths: Mapping[str, State], mode: int) -> list[str]:
    """Gives files or folders a mode; returns the paths that had another mode."""
    others = [path for path, state in paths.items() if stat.S_IMODE(state[3]) != mode]
    for path in others:
        os.chmod(f"{top}/{path}", mode)
    return others
