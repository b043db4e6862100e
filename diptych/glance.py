"""A glance at the files of a site: whether anything changed since the last run of the same command.

If not, the messages of that run are printed again; no library is imported for this. A run leaves a
record beside the cache: the time, size, inode and digest of each source and each output, its messages,
and the moment until which they are valid. A file with the same time, size and inode is unchanged. A
file with another time is compared by its digest, so that a fresh clone counts as unchanged. So is a
file as young as the record, since it may have changed within the same tick of the disk's clock (git
does so too: Documentation/technical/racy-git.txt). No time reaches an output.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FOLDERS = ("assets", "content", "i18n", "templates", "vendor")
_LEFTOVERS = re.compile(  # names of temporary and backup files of editors and browsers
    r"\..*|.*~|~\$.*|\#.*\#"
    r"|.*\.(?:swp|swx|bak|orig|rej|tmp|temp|part|partial|crdownload|autosave)"
    r"|.*(?:___jb_(?:tmp|old|bak)___|\.sb-[0-9a-f]{8}-\w+)",  # JetBrains; TextEdit
    re.IGNORECASE,
)
_SKIPPED = {"Thumbs.db", "desktop.ini", "Icon\r"}
MAX_DEPTH = 20  # folders below one another
FILES = ("extend.py",)  # files that a site may have at its root
COARSE = 2_000_000_000  # nanoseconds: the coarsest clock of a disk (FAT)
_VERSION = 2
_WRITING = ".diptych"  # the folder of unfinished writes, which the next command undoes

State = tuple[int, int, int]  # time of change in nanoseconds, size, inode
Said = list[tuple[str, str]]  # ("stdout" or "stderr", text), in order


def sources(root: Path) -> dict[str, State]:
    """The state of every file of a site that a run may read. Call it before the files are read."""
    found: dict[str, State] = {}
    for folder in FOLDERS:
        top = str(root / folder)
        for place, folders, names in os.walk(top):
            deep = place.count(os.sep) - top.count(os.sep) >= MAX_DEPTH
            folders[:] = [] if deep else sorted(each for each in folders if not is_leftover(each))
            inside = folder + place[len(top) :]  # relative to the root
            for name in names:
                if not is_left_file(name):
                    found[f"{inside}{os.sep}{name}"] = _state(f"{place}{os.sep}{name}")
    for name in FILES:
        if (state := _state(root / name)) != _NOTHING:
            found[name] = state
    return found


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


def last_said(file: Path, root: Path, call: Sequence[object], now: int) -> Said | None:
    """The messages of the run with the record `file`, if the same call would give the same result; else
    None.

    `call` is everything outside of the site that decides the result of a run; `now` is the time in
    nanoseconds.
    """
    try:
        record = json.loads(file.read_bytes())
        if record["version"] != _VERSION or record["call"] != [*call, program()]:
            return None
        if os.path.lexists(root / _WRITING):
            return None
        if record["until"] is not None and not record["made"] <= now < record["until"]:
            return None
        young = record["taken"] - COARSE
        outputs = {path: _state(path) for path in record["outputs"]}
        looked = [
            _same(root, record["inputs"], sources(root), young),
            _same(root, record["outputs"], outputs, young),
        ]
        if None in looked:
            return None
        said = [(str(stream), str(text)) for stream, text in record["said"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if any(looked):  # the record gets the new states, so that the next run need not read the files
        _write(file, record | {"taken": now})
    return said


def keep(
    file: Path,
    call: Sequence[object],
    inputs: Mapping[str, tuple[State, bytes]],
    outputs: Mapping[str, str],
    said: Said,
    taken: int,
    until: int | None,
) -> None:
    """Records a run: its inputs as they were before they were read, at the time `taken`, with the
    bytes that were read; its outputs, each with its digest; and `until`, the first moment at which
    another run may give another result (nanoseconds; None: it always gives this one).
    """
    record = {
        "version": _VERSION,
        "call": [*call, program()],
        "taken": taken,
        "made": taken,
        "until": until,
        "inputs": {path: [*state, _digest(data)] for path, (state, data) in inputs.items()},
        "outputs": {path: [*_state(path), digest] for path, digest in outputs.items()},
        "said": said,
    }
    _write(file, record)


def _same(root: Path, known: dict[str, Any], now: Mapping[str, State], young: int) -> bool | None:
    """Whether the content of a file had to be compared, because its state is new or as young as the
    record; None if a file was added, removed or changed.

    `known` gets the new state of each file that was compared.
    """
    if known.keys() != now.keys():
        return None
    looked = False
    for path, state in now.items():
        *before, digest = known[path]
        if before == [*state] and state[0] < young:
            continue
        if state[1] != before[1] or _digest((root / path).read_bytes()) != digest:
            return None
        known[path] = [*state, digest]
        looked = True
    return looked


def _digest(data: bytes) -> str:
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
    """The digest of this program: of the states of its files, the version of Python, and the names and
    versions of the installed libraries.
    """
    found = [sys.version, *map(str, _package())]
    for folder in sys.path:
        with contextlib.suppress(OSError):
            found += sorted(each for each in os.listdir(folder) if each.endswith(".dist-info"))
    return _digest("\n".join(found).encode("utf-8", "surrogateescape"))


def _package() -> Iterator[tuple[str, State]]:
    for place, folders, names in os.walk(Path(__file__).parent):
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        yield from ((name, _state(os.path.join(place, name))) for name in sorted(names))
