"""What did not change is not done again: digests of values, and a memoised map.

The key of a step is the digest of its inputs' *values* and of the program, never a file's time.
A damaged or missing blob is a miss, never an error; `.cache/` is safe to delete at any moment.
"""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def digest(value: object) -> str:
    """A sha256 over a value's own contents: equal values have equal digests in every process.

    Never over a pickle, since equal values can pickle to different bytes.
    """
    hasher = hashlib.sha256()
    for part in _parts(value):
        hasher.update(part)
    return hasher.hexdigest()


def _parts(value: object) -> Iterable[bytes]:
    """Every scalar in a value with its type and length, so that no two values run together."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield f"d{type(value).__name__}(".encode()
        for field in dataclasses.fields(value):
            yield from _parts(getattr(value, field.name))
        yield b")"
    elif isinstance(value, (tuple, list)):
        yield f"t{len(value)}(".encode()
        for item in value:
            yield from _parts(item)
    elif isinstance(value, dict):
        yield from _parts(tuple(value.items()))
    elif isinstance(value, (set, frozenset)):
        yield from _parts(tuple(sorted(value)))
    elif isinstance(value, enum.Enum):
        yield from _parts(value.name)
    else:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        yield f"{type(value).__name__}{len(data)}:".encode() + data


@cache
def program_digest() -> str:
    """The digest of this package's own source and of the interpreter: new code, new keys."""
    hasher = hashlib.sha256(sys.version.encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        hasher.update(path.name.encode() + path.read_bytes())
    return hasher.hexdigest()


class Memo:
    """A store of results on disk, or only in this process when `folder` is None."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._held: dict[str, object] = {}

    def call(self, function: Callable[[T], R], argument: T) -> R:
        """`function(argument)`, from the store when value, function and program are the same."""
        name = function.__name__
        key = digest((name, argument, program_digest()))
        if key not in self._held:
            found, result = self._read(name, key)
            if not found:
                result = function(argument)
                self._write(name, key, result)
            self._held[key] = result
        return self._held[key]  # type: ignore[return-value]  # the key names the function

    def map(self, function: Callable[[T], R], arguments: Iterable[T]) -> tuple[R, ...]:
        """`function` over every argument, in order."""
        return tuple(self.call(function, argument) for argument in arguments)

    def read_bytes(self, name: str, key: str) -> bytes | None:
        """The stored bytes of a library that keeps its own form (compiled templates)."""
        found, data = self._read(name, key)
        return data if found and isinstance(data, bytes) else None

    def write_bytes(self, name: str, key: str, data: bytes) -> None:
        """Keeps bytes for `read_bytes`."""
        self._write(name, key, data)

    def forget(self) -> None:
        """Deletes the whole store."""
        self._held.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, name: str, key: str) -> Path | None:
        return None if self._folder is None else self._folder / name / key[:2] / key[2:]

    def _read(self, name: str, key: str) -> tuple[bool, object]:
        path = self._path(name, key)
        if path is None:
            return False, None
        try:
            stored = path.read_bytes()
            seal, body = stored[:32], stored[32:]
            if hashlib.sha256(body).digest() != seal:
                return False, None
            return True, pickle.loads(body)
        except Exception:  # whatever is wrong with a blob, it is a miss
            return False, None

    def _write(self, name: str, key: str, value: object) -> None:
        path = self._path(name, key)
        if path is None:
            return
        body = pickle.dumps(value, protocol=5)
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(hashlib.sha256(body).digest() + body)
            os.replace(beside, path)
        except OSError:  # a full disk or a read-only folder costs speed, nothing else
            return
