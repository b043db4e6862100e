"""Reads a source tree into a `Tree`: sorted, names in NFC, nothing from outside the site."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from diptych.diagnostics import Diagnostic, Message, Outcome, Span, error, say
from diptych.glance import FILES, FOLDERS, MAX_DEPTH, is_left_file, is_leftover
from diptych.model import RESERVED, File, Tree
from diptych.unseen import unseen_in

MAX_TEXT = 4_000_000  # bytes: four times the characters that one text may have
MAX_FILE = 64_000_000  # bytes of any other file
_TEXTS = (".md", ".yaml", ".po", ".pot", ".html", ".css", ".svg", ".txt", ".lock")
_ON_WINDOWS = re.compile(r'[<>:"|?*\\]|[. ]$')  # in a name, or at its end
_FOR_HOSTS = {
    ".well-known",
    ".htaccess",
    ".htpasswd",
    ".nojekyll",
}  # hidden, and meant to be published
_PLAIN = re.compile(r"[\w./-]+", re.ASCII)  # names in which nothing can be invisible
_FOR_PEOPLE = {"content/README.md"}  # about the folder; no page of the site


def read_tree(
    root: Path, folders: Iterable[str] = FOLDERS, names: Iterable[str] = FILES
) -> Outcome[Tree]:
    """Every file of the site below `root`, in order of path; or other folders and files of it.

    Hidden files, leftovers of editors and content/README.md are skipped. Diagnostics: file-type
    (hidden files that only a host would read), outside-file (links, pipes, devices), name-twice
    (names that differ only by form or case), file-name (invisible characters, or impossible on
    Windows), folder-depth, file-too-large (not read; it comes as an empty file).
    """
    problems: list[Diagnostic] = []
    files: dict[str, File] = {}
    folded: dict[str, str] = {}
    for folder in folders:
        for path, name in sorted(_walk(str(root / folder), folder, problems), key=_by_name):
            normal = unicodedata.normalize("NFC", name)
            if not _PLAIN.fullmatch(normal) and _unseen_places(normal):
                problems.append(_unseen(normal))
                continue
            if _not_on_windows(normal):
                problems.append(_windows(normal))
            other = folded.setdefault(normal.casefold(), normal)
            if normal in files or other != normal:
                message = say(
                    "this name differs from {other} only by capitals or accents", other=other
                )
                problems.append(_error("name-twice", normal, message))
                continue
            files[normal] = _read(path, normal, problems)
    for name in names:
        own = root / name
        if own.is_symlink() or (own.exists() and not own.is_file()):
            problems.append(_outside(name))
        elif own.is_file():
            files[name] = File(name, own.read_bytes())
    return Outcome(Tree(tuple(files.values())), tuple(problems))


def _by_name(file: tuple[str, str]) -> str:
    return file[1]


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
        each.partition(".")[0].lower() in RESERVED or _ON_WINDOWS.search(each) for each in own
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


def _walk(
    folder: str, name: str, problems: list[Diagnostic], depth: int = 0
) -> Iterator[tuple[str, str]]:
    """The path and the name of every file below a folder. Paths are plain text here: `Path` takes as
    long for each file as the system does.
    """
    if os.path.islink(folder) or not os.path.isdir(folder):
        if os.path.lexists(folder):
            problems.append(_outside(name))
        return
    if depth > MAX_DEPTH:
        message = say("folders lie more than {count} levels deep", count=MAX_DEPTH)
        problems.append(_error("folder-depth", name, message))
        return
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        relative = f"{name}/{entry.name}"
        if entry.name in _FOR_HOSTS:
            problems.append(_for_hosts(relative))
        if is_leftover(entry.name) or relative in _FOR_PEOPLE:
            continue
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            yield from _walk(entry.path, relative, problems, depth + 1)
        elif stat.S_ISREG(mode):
            if not is_left_file(entry.name):
                yield entry.path, relative
        else:
            problems.append(_outside(relative))


def _for_hosts(path: str) -> Diagnostic:
    """file-type: a hidden file for the host; it is no content, so it would never be published."""
    message = say("this kind of file is not published: {name}", name=path.rpartition("/")[2])
    hint = say("the build writes what a host reads itself; `hosting` in site.yaml names the host")
    return error("file-type", Span(path), message, hint)


def _outside(path: str) -> Diagnostic:
    message = say("this is a link or a device, not a file; nothing outside is published")
    return _error("outside-file", path, message)


def _error(check: str, path: str, message: Message) -> Diagnostic:
    return error(check, Span(path), message)


def signature(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Path, time and size of every file of the site; a save changes it.

    The preview notices saves by it; the cache decides by contents.
    """
    found: list[tuple[str, int, int]] = []
    waiting = [(str(root / folder), 0) for folder in FOLDERS]
    while waiting:
        folder, depth = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if is_leftover(entry.name):
                        continue
                    status = entry.stat(follow_symlinks=False)
                    if not stat.S_ISDIR(status.st_mode):
                        if not is_left_file(entry.name):
                            found.append((entry.path, status.st_mtime_ns, status.st_size))
                    elif depth < MAX_DEPTH:
                        waiting.append((entry.path, depth + 1))
        except OSError:  # deleted since it was listed; the next call shows that
            continue
    return tuple(sorted(found))


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
