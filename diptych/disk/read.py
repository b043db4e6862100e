"""Source tree -> `Tree`: sorted, names in NFC, nothing from outside the site."""

from __future__ import annotations

import contextlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from diptych.diagnostics import Diagnostic, Message, Outcome, Span, error, say
from diptych.glance import FILES, FOLDERS, LEFTOVERS, SKIPPED
from diptych.model import File, Tree

_FOR_PEOPLE = {"content/README.md"}  # about the folder, and no page of the site


def read_tree(
    root: Path, folders: Iterable[str] = FOLDERS, names: Iterable[str] = FILES
) -> Outcome[Tree]:
    """Every file of the site below `root`, in order of path; or other folders and files of it.

    Hidden files, what editors leave behind and content/README.md are passed over. Diagnostics:
    outside-file (links, pipes, devices), name-twice (names that differ only by form or case).
    """
    problems: list[Diagnostic] = []
    files: dict[str, File] = {}
    folded: dict[str, str] = {}
    for folder in folders:
        for path, name in sorted(_walk(root / folder, folder, problems), key=lambda each: each[1]):
            normal = unicodedata.normalize("NFC", name)
            other = folded.setdefault(normal.casefold(), normal)
            if normal in files or other != normal:
                message = say(
                    "this name differs from {other} only by capitals or accents", other=other
                )
                problems.append(_error("name-twice", normal, message))
                continue
            files[normal] = File(normal, path.read_bytes())
    for name in names:
        path = root / name
        if path.is_symlink() or (path.exists() and not path.is_file()):
            problems.append(_outside(name))
        elif path.is_file():
            files[name] = File(name, path.read_bytes())
    return Outcome(Tree(tuple(files.values())), tuple(problems))


def _walk(folder: Path, name: str, problems: list[Diagnostic]) -> Iterator[tuple[Path, str]]:
    if folder.is_symlink() or not folder.is_dir():
        if os.path.lexists(folder):
            problems.append(_outside(name))
        return
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        path, relative = folder / entry.name, f"{name}/{entry.name}"
        if entry.name.startswith(".") or entry.name.endswith(LEFTOVERS) or entry.name in SKIPPED:
            continue
        if relative in _FOR_PEOPLE:
            continue
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            yield from _walk(path, relative, problems)
        elif stat.S_ISREG(mode):
            yield path, relative
        else:
            problems.append(_outside(relative))


def _outside(path: str) -> Diagnostic:
    message = say("this is a link or a device, not a file; nothing outside is published")
    return _error("outside-file", path, message)


def _error(check: str, path: str, message: Message) -> Diagnostic:
    return error(check, Span(path), message)


def signature(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Path, time and size of every file of the site, which differ after a save.

    The preview uses it to notice a save; the cache decides by the contents what is done again.
    """
    found: list[tuple[str, int, int]] = []
    for folder in FOLDERS:
        for place, _, names in os.walk(root / folder):
            for name in names:
                path = os.path.join(place, name)
                try:
                    status = os.stat(path, follow_symlinks=False)
                except OSError:  # deleted since it was listed: the next call shows that
                    continue
                found.append((path, status.st_mtime_ns, status.st_size))
    for name in FILES:
        with contextlib.suppress(OSError):  # most sites have none
            status = os.stat(root / name, follow_symlinks=False)
            found.append((name, status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


def read_file(path: Path) -> File:
    """A file that need not belong to the site, by the name under which it was given."""
    return File(path.as_posix(), path.read_bytes())


def bytes_of(path: Path) -> bytes:
    """What a file holds; nothing when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
