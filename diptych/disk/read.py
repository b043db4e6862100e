"""Reads a source tree into a `Tree`: sorted, names in NFC, nothing from outside the site."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from diptych.diagnostics import Diagnostic, Message, Outcome, Span, error, say
from diptych.glance import (
    FILES,
    FOLDERS,
    FOR_HOSTS,
    MAX_DEPTH,
    State,
    is_left_file,
    is_leftover,
    is_young,
)
from diptych.model import NOT_ON_WINDOWS, RESERVED, File, Tree
from diptych.unseen import unseen_in
from diptych.values import Value

MAX_TEXT = 4_000_000  # bytes: four times the characters that one text may have
MAX_FILE = 64_000_000  # bytes of any other file
_TEXTS = (".md", ".yaml", ".po", ".pot", ".html", ".css", ".svg", ".txt", ".lock")
_PLAIN = re.compile(r"[\w./-]+", re.ASCII)  # names in which nothing can be invisible
_FOR_PEOPLE = {"content/README.md"}  # about the folder; no page of the site


class _Place(Value):
    """A file on the disk."""

    path: str  # the path with which the system opens the file
    name: str  # relative to the root, with `/`
    state: State  # the state before the file is read


def read_tree(
    root: Path, folders: Iterable[str] = FOLDERS, names: Iterable[str] = FILES
) -> Outcome[Tree]:
    """Every file of the site below `root`, in order of path; or other folders and files of it.

    Hidden files, leftovers of editors and content/README.md are skipped. Diagnostics: file-type
    (hidden files that only a host would read), outside-file (links, pipes, devices), name-twice
    (names that differ only by form or case), file-name (invisible characters, or impossible on
    Windows), folder-depth, file-too-large (not read; it comes as an empty file).
    """
    return TreeReader(root, folders, names).read(0)


class TreeReader:
    """Reads the tree of a site, as `read_tree` does, again and again. A file whose state (time, size,
    inode) is the same as before is not read again.

    A file that was changed shortly before it was read is read again, since it may have changed once
    more within the same tick of the disk's clock.
    """

    def __init__(
        self, root: Path, folders: Iterable[str] = FOLDERS, names: Iterable[str] = FILES
    ) -> None:
        self._root = root
        self._folders = tuple(folders)
        self._names = tuple(names)
        self._kept: dict[str, tuple[State, File]] = {}  # by path
        self._newest: Outcome[Tree] | None = None  # what the last call returned

    def read(self, now: int) -> Outcome[Tree]:
        """The tree. `now` is the time in nanoseconds before the call."""
        problems: list[Diagnostic] = []
        before, self._kept = self._kept, {}
        files: dict[str, File] = {}
        for name, place in self._places(problems).items():
            state, last = place.state, before.get(name)
            if last is not None and last[0] == state:
                file = last[1]
            else:
                file = _read(place.path, name, problems)
            files[name] = file
            if not is_young(state[0], now) and len(file.data) == state[1]:
                self._kept[name] = state, file
        for name in self._names:
            own = self._root / name
            if own.is_symlink() or (own.exists() and not own.is_file()):
                problems.append(_outside(name))
            elif own.is_file():
                files[name] = File(name, own.read_bytes())
        self._newest = Outcome(Tree(tuple(files.values())), tuple(problems))
        return self._newest

    def read_changed(self, paths: Iterable[str]) -> Outcome[Tree] | None:
        """The tree of the last call, with only the files at these paths on the disk read again.

        None if the last call found a mistake, or if one of the paths was no file of that tree or is
        none now. The caller must then `read` the whole tree.
        """
        if self._newest is None or self._newest.diagnostics:
            return None
        files = {file.path: file for file in self._newest.value.files}
        problems: list[Diagnostic] = []
        for path in paths:
            name = Path(os.path.relpath(path, self._root)).as_posix()
            if name not in files or not stat.S_ISREG(os.lstat(path).st_mode):
                return None
            files[name] = _read(path, name, problems)
            self._kept.pop(name, None)
        self._newest = Outcome(Tree(tuple(files.values())), tuple(problems))
        return self._newest

    def _places(self, problems: list[Diagnostic]) -> dict[str, _Place]:
        """The files of the folders, by path in NFC, in order."""
        found: dict[str, _Place] = {}
        folded: dict[str, str] = {}
        for folder in self._folders:
            walked = _files_below(str(self._root / folder), folder, problems)
            for place in sorted(walked, key=lambda each: each.name):
                name = unicodedata.normalize("NFC", place.name)
                if not _PLAIN.fullmatch(name) and _unseen_places(name):
                    problems.append(_unseen(name))
                    continue
                if _not_on_windows(name):
                    problems.append(_windows(name))
                other = folded.setdefault(name.casefold(), name)
                if name in found or other != name:
                    message = say(
                        "this name differs from {other} only by capitals or accents", other=other
                    )
                    problems.append(_error("name-twice", name, message))
                    continue
                found[name] = place
        return found


def _unseen_places(name: str) -> set[int]:
    controls = {place for place, char in enumerate(name) if unicodedata.category(char) == "Cc"}
    return controls | set(unseen_in(name))


def _unseen(name: str) -> Diagnostic:
    """file-name: a name with a line end could forge lines in reports and logs."""
    unseen = _unseen_places(name)
    shown = "".join("\ufffd" if place in unseen else char for place, char in enumerate(name))
    message = say("the name of this file holds an invisible character, such as a line end")
    return error("file-name", Span(shown), message, say("give it a name of letters and digits"))


def _not_on_windows(name: str) -> bool:
    """Whether a checkout on Windows would fail because of the file's name; folders of pages have
    their own rule.
    """
    parts = name.split("/")
    own = parts[-1:] if parts[0] == "content" else parts
    return any(
        each.partition(".")[0].lower() in RESERVED or NOT_ON_WINDOWS.search(each) for each in own
    )


def _windows(name: str) -> Diagnostic:
    message = say("no file can have this name on Windows, and nobody there can check out the site")
    return error("file-name", Span(name), message, say("give it a name of letters and digits"))


def _read(path: str, name: str, problems: list[Diagnostic]) -> File:
    """The file; one that is too large comes empty and is reported."""
    most = MAX_TEXT if name.endswith(_TEXTS) else MAX_FILE
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size <= most:
            return File(name, file.read())
    message = say(
        "this file is too large to be read: {size} MB, and at most {most} MB are read",
        size=-(-size // 1_000_000),
        most=most // 1_000_000,
    )
    problems.append(_error("file-too-large", name, message))
    return File(name, b"")


def _files_below(folder: str, name: str, problems: list[Diagnostic]) -> Iterator[_Place]:
    """Every file below a folder of the site; none if the folder is missing or a link."""
    if os.path.islink(folder) or not os.path.isdir(folder):
        if os.path.lexists(folder):
            problems.append(_outside(name))
        return
    yield from _walk(folder, name, problems, 0)


def _walk(folder: str, name: str, problems: list[Diagnostic], depth: int) -> Iterator[_Place]:
    """Every file below a folder. Paths are `str` here: to make a `Path` for each file takes as long as
    to list the files.
    """
    if depth > MAX_DEPTH:
        message = say("folders lie more than {count} levels deep", count=MAX_DEPTH)
        problems.append(_error("folder-depth", name, message))
        return
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        relative = f"{name}/{entry.name}"
        if entry.name in FOR_HOSTS:
            problems.append(_for_hosts(relative))
        if is_leftover(entry.name) or relative in _FOR_PEOPLE:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, relative, problems, depth + 1)
            continue
        status = entry.stat(follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode):
            problems.append(_outside(relative))
        elif not is_left_file(entry.name):
            state = status.st_mtime_ns, status.st_size, status.st_ino
            yield _Place(entry.path, relative, state)


def _for_hosts(path: str) -> Diagnostic:
    """file-type: a hidden file for the host; it is no content, so it would never be published."""
    message = say("this kind of file is not published: {name}", name=path.rpartition("/")[2])
    hint = say("the build writes what a host reads itself; `hosting` in site.yaml names the host")
    return error("file-type", Span(path), message, hint)


def _outside(path: str) -> Diagnostic:
    message = say("this is a link or a device, not a file; nothing outside is published")
    hint = say("put the file or the folder itself there")
    return error("outside-file", Span(path), message, hint)


def _error(check: str, path: str, message: Message) -> Diagnostic:
    return error(check, Span(path), message)


def read_file(path: Path) -> Outcome[File]:
    """A file, perhaps from outside the site, under the given name; empty if it is too large
    (file-too-large).
    """
    problems: list[Diagnostic] = []
    file = _read(str(path), path.as_posix(), problems)
    return Outcome(file, tuple(problems))


def bytes_of(path: Path) -> bytes:
    """The content of a file; empty if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
