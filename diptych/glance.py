"""Compares the files of a site with the last run of the same command: whether anything changed.

If not, the messages of that run are printed again; no library is imported for this. If only outputs
were deleted or altered, they are published again without a build. A run leaves a record beside the
cache: the time, size, inode and digest of each source and each output, its messages, and the moment
until which they are valid. A file with the same time, size and inode is unchanged. A file with
another time or inode is compared by its digest, so that a fresh clone counts as unchanged. A file as
young as its entry in the record is also compared by its digest (`is_young`). No time reaches an output.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

FOLDERS = ("assets", "content", "i18n", "templates", "vendor")
_LEFTOVERS = re.compile(  # names of temporary and backup files of editors and browsers
    r"\..*|.*~|~\$.*|\#.*\#"
    r"|.*\.(?:swp|swx|bak|orig|rej|tmp|temp|part|partial|crdownload|autosave)"
    r"|.*(?:___jb_(?:tmp|old|bak)___|\.sb-[0-9a-f]{8}-\w+)",  # JetBrains; TextEdit
    re.IGNORECASE,
)
_SKIPPED = {"Thumbs.db", "desktop.ini", "Icon\r"}
FOR_HOSTS = {  # hidden files that a web host would read
    ".well-known",
    ".htaccess",
    ".htpasswd",
    ".nojekyll",
}
MAX_DEPTH = 20  # folders below one another
FILES = ("extend.py",)  # files that a site may have at its root
_SECOND = 1_000_000_000  # in nanoseconds
_COARSE = 2 * _SECOND  # the coarsest tick of a disk's clock (FAT)
_FINE = _SECOND // 20  # more than a tick of clocks that count parts of a second (at most 16 ms)
_VERSION = 5
_NAMES = ("utf-8", "surrogateescape")  # the encoding of file names, and its error handler
_WRITING = ".diptych"  # the folder of unfinished writes, which the next command undoes

State = tuple[int, int, int]  # time of change in nanoseconds, size, inode
Printed = list[tuple[str, str]]  # ("stdout" or "stderr", text), in order


def sources(root: Path) -> dict[str, State]:
    """The state of everything in a site that a run may read, or that it reports without reading it:
    links, files for hosts, folders that are too deep. Call it before the files are read.
    """
    found: dict[str, State] = {}
    waiting = []
    for folder in FOLDERS:
        place = str(root / folder)
        if os.path.islink(place) or os.path.isfile(place):
            found[folder] = _state(place)
        else:
            waiting.append((place, folder, 0))
    while waiting:
        place, inside, depth = waiting.pop()
        for entry in _entries(place):
            name, path = entry.name, f"{inside}{os.sep}{entry.name}"
            if is_leftover(name) and name not in FOR_HOSTS:
                continue
            if depth < MAX_DEPTH and entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, path, depth + 1))
            elif not (name.isdigit() and entry.is_file(follow_symlinks=False)):
                found[path] = _state(entry.path)
    for name in FILES:
        if (state := _state(root / name)) != _NOTHING:
            found[name] = state
    return found


class SourceStates:
    """The states of the sources of a site before a run, listed once, at the first request."""

    def __init__(self, root: Path, moment: int) -> None:
        self.root = root
        self.moment = moment  # before the listing, in nanoseconds

    @functools.cached_property
    def states(self) -> dict[str, State]:
        """The state of each source, by path (see `sources`)."""
        return sources(self.root)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing if it is missing or cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def is_leftover(name: str) -> bool:
    """Whether a file or folder is hidden, or a temporary or backup file of an editor."""
    return name in _SKIPPED or _LEFTOVERS.fullmatch(name) is not None


def is_left_file(name: str) -> bool:
    """Whether a file is a leftover (`is_leftover`), or its name is a number: vim makes a file `4913` to
    find out whether it may write in a folder.
    """
    return name.isdigit() or is_leftover(name)


_NOTHING: State = (0, -1, 0)


def _state(path: str | Path) -> State:
    try:
        status = os.stat(path, follow_symlinks=False)
    except OSError:
        return _NOTHING
    return status.st_mtime_ns, status.st_size, status.st_ino


def is_young(time: int, moment: int) -> bool:
    """Whether a file whose last change has the time `time` may have changed once more, with the same
    time, after a moment at which its state was known (both in nanoseconds): if both lie in one tick
    of the disk's clock (as in Git: Documentation/technical/racy-git.txt).
    """
    return time >= moment - (_FINE if time % _SECOND else _COARSE)


class Seen(NamedTuple):
    """Files as they were seen at a moment."""

    files: dict[str, tuple[int, int, int, str]]  # by path: the values of `State`, the digest
    moment: int  # in nanoseconds (see `is_young`)


class Run(NamedTuple):
    """The record of a run: what a later run needs to print and publish the same again."""

    sources: Seen  # the files that it read, as they were before it
    outputs: Seen  # the files that it wrote, as written; their paths begin in `target`
    target: str  # the folder of the outputs; "" if the run publishes nothing
    day: str | None  # the day of the build, if something in the outputs depends on it
    printed: Printed  # all messages of the run except the last
    unchanged: Printed  # the last message of a run that wrote no output
    published: Printed  # the last message of a run that wrote outputs


def last_run(file: Path, before: SourceStates, call: Sequence[object]) -> tuple[Run, bool] | None:
    """The run with the record `file`, if the same call would give the same result, and whether its
    outputs are still as they were published; else None.

    `call` is everything outside of the site that decides the result of a run.
    """
    root, now = before.root, before.moment
    try:
        record = json.loads(file.read_bytes())
        if record["version"] != _VERSION or record["call"] != [*call]:
            return None
        if os.path.lexists(root / _WRITING):
            return None
        if record["until"] is not None and not record["made"] <= now < record["until"]:
            return None
        run = _run_of(record["run"])
        read = _seen_again(run.sources, root, before.states, now)
        if read is None:
            return None
        states = program()  # last, since texts change more often than the program
        if states != record["program"] and program_digest() != record["program_digest"]:
            return None
        outputs = {path: _state(f"{run.target}/{path}") for path in run.outputs.files}
        written = _seen_again(run.outputs, Path(run.target), outputs, now)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    again = run._replace(sources=read, outputs=written or run.outputs)
    if again != run or states != record["program"]:
        # the record gets the new states, so that the next run need not read the files
        _write(file, record | {"run": again._asdict(), "program": states})
    return again, written is not None


def _run_of(stored: dict[str, Any]) -> Run:
    return Run(
        _seen_of(*stored["sources"]),
        _seen_of(*stored["outputs"]),
        str(stored["target"]),
        stored["day"],
        *(
            [(str(stream), str(text)) for stream, text in stored[name]]
            for name in ("printed", "unchanged", "published")
        ),
    )


def _seen_of(files: dict[str, Any], moment: int) -> Seen:
    """The files that `Run._asdict` wrote into JSON as a list of these two values."""
    states = {
        path: (time, int(size), inode, str(digest))
        for path, (time, size, inode, digest) in files.items()
    }
    return Seen(states, int(moment))


def keep(file: Path, call: Sequence[object], run: Run, until: int | None) -> None:
    """Records a run. `until` is the first moment, in nanoseconds, at which another run may give
    another result; None: it always gives this one.
    """
    record = {
        "version": _VERSION,
        "call": [*call],
        "program": program(),
        "program_digest": program_digest(),
        "made": run.sources.moment,
        "until": until,
        "run": run._asdict(),
    }
    _write(file, record)


def keep_outputs(file: Path, run: Run) -> None:
    """Records that the outputs of a run, which has the record `file`, were written again."""
    with contextlib.suppress(OSError, ValueError):
        _write(file, json.loads(file.read_bytes()) | {"run": run._asdict()})


def _seen_again(known: Seen, root: Path, now: Mapping[str, State], moment: int) -> Seen | None:
    """The files of `known` in the folder `root`, seen again with the states `now` at a later `moment`.
    None if a file was added, removed or changed. `known` itself if no content had to be compared:
    no state is new, and no file was young (see `is_young`) when it was seen before.
    """
    if known.files.keys() != now.keys():
        return None
    compared = {}
    for path, state in now.items():
        *before, digest = known.files[path]
        if before == [*state] and not is_young(state[0], known.moment):
            continue
        if state[1] != before[1] or digest_of((root / path).read_bytes()) != digest:
            return None
        compared[path] = (*state, digest)
    return Seen(known.files | compared, moment) if compared else known


def digest_of(data: bytes) -> str:
    """The digest of a file's content, in the form of records."""
    return hashlib.sha256(data).hexdigest()


def _write(file: Path, record: dict[str, Any]) -> None:
    """Writes a record in one step. Errors are ignored, since the next run only takes longer without the
    record.
    """
    beside = file.with_name(f"{file.name}.new")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(record), encoding="utf-8")
        os.replace(beside, file)


def program() -> str:
    """The digest of the states of this program's files, of the version of Python, and of the names and
    versions of the installed libraries.
    """
    return digest_of("\n".join([*map(str, _package()), *_libraries()]).encode(*_NAMES))


@functools.cache
def program_digest() -> str:
    """The digest of this program: of the contents of its files (code, theme, messages) and of what
    `program` names beside them. It is the same on every machine.
    """
    hasher = hashlib.sha256("\n".join(_libraries()).encode(*_NAMES))
    for path, place in _files():
        if "." in place.rpartition(os.sep)[2] and not place.endswith(".pyc"):
            with open(place, "rb", buffering=0) as file:
                hasher.update(path.encode() + file.read())
    return hasher.hexdigest()


def _libraries() -> Iterator[str]:
    """The version of Python, and the names and versions of the installed libraries."""
    yield sys.version
    for folder in sys.path:
        with contextlib.suppress(OSError):
            yield from sorted(each for each in os.listdir(folder) if each.endswith(".dist-info"))


def _package() -> Iterator[tuple[str, State]]:
    return ((path, _state(place)) for path, place in _files())


def _files() -> Iterator[tuple[str, str]]:
    """The path of each file of this program inside its package, and its path on the disk. The order is
    the same on every machine.
    """
    waiting = [(str(Path(__file__).parent), "")]
    while waiting:
        folder, inside = waiting.pop()
        for entry in sorted(_entries(folder), key=lambda each: each.name):
            if not entry.is_dir():
                yield f"{inside}{entry.name}", entry.path
            elif entry.name != "__pycache__":
                waiting.append((entry.path, f"{inside}{entry.name}/"))
