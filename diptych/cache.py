"""What did not change is not done again: digests of values, and a memoised map.

The key of a step is the digest of its inputs' *values* and of the program, never a file's time.
A damaged or missing blob is a miss, never an error; `.cache/` is safe to delete at any moment.
"""

from __future__ import annotations

import copy
import enum
import functools
import hashlib
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from diptych.values import Value, fields_of

T = TypeVar("T")
R = TypeVar("R")


def digest(value: object) -> str:
    """A sha256 over a value's own contents: equal values have equal digests in every process.

    Never over a pickle, since equal values can pickle to different bytes.
    """
    parts: list[bytes] = []
    _add_parts(value, parts.append)
    return hashlib.sha256(b"".join(parts)).hexdigest()


def _add_parts(value: object, add: Callable[[bytes], object]) -> None:
    """Every scalar in a value with its type and length, so that no two values run together."""
    kind = type(value)
    if kind is str:
        data = value.encode("utf-8", "surrogatepass")  # type: ignore[attr-defined]  # it is a str
        add(b"str%d:%b" % (len(data), data))
    elif isinstance(value, (tuple, list)):
        add(f"{kind.__name__}{len(value)}(".encode())
        for item in value:
            _add_parts(item, add)
    elif isinstance(value, Value):
        add(f"d{kind.__name__}(".encode())
        for name in fields_of(type(value)):
            _add_parts(getattr(value, name), add)
        add(b")")
    elif isinstance(value, dict):  # its order counts: it can be seen in what is made of it
        add(b"dict")
        _add_parts(tuple(value.items()), add)
    elif isinstance(value, (set, frozenset)):
        add(b"set")
        _add_parts(tuple(sorted(digest(item) for item in value)), add)
    elif isinstance(value, enum.Enum):
        add(f"{kind.__name__}.{value.name};".encode())
    else:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        add(f"{kind.__name__}{len(data)}:".encode() + data)


@functools.cache
def program_digest() -> str:
    """The digest of all that turns values into results: new code or libraries, new keys.

    That is this package's own source, the interpreter, and the names and versions of what is
    installed beside it.
    """
    hasher = hashlib.sha256(sys.version.encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        hasher.update(str(path.relative_to(package)).encode() + path.read_bytes())
    for folder in map(Path, sys.path):
        hasher.update(
            digest(tuple(sorted(each.name for each in folder.glob("*.dist-info")))).encode()
        )
    return hasher.hexdigest()


class Cache:
    """A store of results on disk, or only in this process when `folder` is None.

    One file a function, read when it is first asked for and written by `save`, which keeps only
    what this run used: the store never grows beyond the site.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._packs: dict[str, dict[str, bytes]] = {}  # as stored: function -> key -> pickle
        self._used: dict[str, dict[str, bytes]] = {}
        self._fresh: dict[str, dict[str, object]] = {}  # made in this run: stored only by `save`
        self._held: dict[tuple[str, str], object] = {}
        self._last: dict[tuple[str, ...], tuple[object, object]] = {}  # slot -> argument, result

    def call(self, function: Callable[[T], R], argument: T, known_by: object = None) -> R:
        """`function(argument)`, from the store when value, function and program are the same.

        `known_by` is a smaller value that decides the argument wholly, where one exists: the
        source of a parsed document, say.
        """
        name = function.__name__
        key = digest((argument if known_by is None else known_by, program_digest()))
        if (name, key) not in self._held:
            found, result = self._read(name, key)
            if not found:
                result = function(argument)
                self._keep(name, key, result)
            self._held[(name, key)] = result
        return self._held[(name, key)]  # type: ignore[return-value]  # the key names the function

    def map(
        self, function: Callable[[T], R], arguments: Iterable[T], jobs: int = 1
    ) -> tuple[R, ...]:
        """`function` over every argument, in order; what is not stored by `jobs` threads at a time.

        Threads help where a library works outside of Python, as Pillow does.
        """
        given = tuple(arguments)
        if jobs > 1:
            self._work_ahead(function, given, jobs)
        return tuple(self.call(function, argument) for argument in given)

    def _work_ahead(self, function: Callable[[T], R], arguments: Iterable[T], jobs: int) -> None:
        """Holds the results that are not stored yet; only the function itself runs in threads."""
        name, missing = function.__name__, {}
        for argument in arguments:
            key = digest((argument, program_digest()))
            if (name, key) not in self._held and not self._read(name, key)[0]:
                missing[key] = argument
        if not missing:
            return
        from concurrent.futures import ThreadPoolExecutor  # with all that it loads, for this alone

        with ThreadPoolExecutor(jobs) as pool:
            for key, result in zip(missing, pool.map(function, missing.values()), strict=True):
                self._keep(name, key, result)
                self._held[(name, key)] = result

    def again(self, slot: tuple[str, ...], function: Callable[[T], R], argument: T) -> R:
        """`function(argument)`; what it last gave in this slot for as long as the argument is equal.

        In this process only, for the many quick steps of a preview: values are compared and not
        digested, so what is still the same object costs nothing. The argument decides the result
        wholly; what the function holds beside it must follow from it.
        """
        last = self._last.get(slot)
        if last is None or last[0] != argument:
            last = self._last[slot] = argument, function(argument)
        return last[1]  # type: ignore[return-value]  # the slot names the function

    def beside(self) -> Cache:
        """The same store, with slots of its own for `again`: for a site that is nearly the same."""
        other = copy.copy(self)
        vars(other)["_last"] = {}
        return other

    def read_bytes(self, name: str, key: str) -> bytes | None:
        """The stored bytes of a library that keeps its own form (compiled templates)."""
        if (name, key) not in self._held:
            found, data = self._read(name, key)
            if not found or not isinstance(data, bytes):
                return None
            self._held[(name, key)] = data
        held = self._held[(name, key)]
        return held if isinstance(held, bytes) else None

    def write_bytes(self, name: str, key: str, data: bytes) -> None:
        """Keeps bytes for `read_bytes`."""
        self._held[(name, key)] = data
        self._keep(name, key, data)

    def save(self) -> None:
        """Writes what this run used; a full disk or a read-only folder costs speed, nothing else."""
        if self._folder is None:
            return
        for name, made in self._fresh.items():
            pickled = {key: pickle.dumps(value, protocol=5) for key, value in made.items()}
            self._used.setdefault(name, {}).update(pickled)
        self._fresh.clear()
        for name, used in self._used.items():
            if used == self._packs.get(name):
                continue
            body = pickle.dumps(used, protocol=5)
            path = self._folder / f"{name}.pack"
            beside = path.with_name(f".{path.name}.{os.getpid()}")
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                beside.write_bytes(hashlib.sha256(body).digest() + body)
                os.replace(beside, path)
            except OSError:
                return

    def forget(self) -> None:
        """Deletes the whole store."""
        self._held.clear()
        self._last.clear()
        self._packs.clear()
        self._used.clear()
        self._fresh.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _keep(self, name: str, key: str, value: object) -> None:
        if self._folder is not None:
            self._fresh.setdefault(name, {})[key] = value

    def _read(self, name: str, key: str) -> tuple[bool, object]:
        """Whether there is a stored result, and the result."""
        if self._folder is None:
            return False, None
        if name not in self._packs:
            self._packs[name] = _unpacked(self._folder / f"{name}.pack")
        stored = self._packs[name].get(key)
        if stored is None:
            return False, None
        try:
            value = pickle.loads(stored)
        except Exception:  # whatever is wrong with a stored value, it is a miss
            return False, None
        self._used.setdefault(name, {})[key] = stored
        return True, value


def _unpacked(path: Path) -> dict[str, bytes]:
    """The results of one function; none when the file is absent or damaged."""
    try:
        data = path.read_bytes()
        if hashlib.sha256(data[32:]).digest() != data[:32]:
            return {}
        content = pickle.loads(data[32:])
    except Exception:  # whatever is wrong with the file, everything in it is a miss
        return {}
    return content if isinstance(content, dict) else {}
