"""The store of results: a step whose inputs did not change is not done again.

The key of a step is the digest of its inputs' *values* and of the program, never a file's time.
Results lie in one SQLite file as MessagePack. A value is decoded as the type that its function
says it returns, so that what lies in the file can become a value and never run as code. A damaged,
missing or locked store is a miss, never an error; `.cache/` is safe to delete at any moment.
"""

from __future__ import annotations

import copy
import enum
import functools
import hashlib
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import msgspec

from diptych.values import Value, fields_of

Place = tuple[str, str]  # the name of a function, and the digest of its argument

T = TypeVar("T")
R = TypeVar("R")

_FILE = "results.sqlite"
_LARGE = 32_768  # bytes: a larger value lies in `bodies`, and is read when it is asked for
_SEAL = 8  # bytes of a digest in front of a small value
_TABLES = {
    "records": "CREATE TABLE records (function TEXT, key TEXT, value BLOB, body TEXT,"
    " PRIMARY KEY (function, key)) WITHOUT ROWID",
    "bodies": "CREATE TABLE bodies (digest TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID",
}
_OUT_OF_REACH = {  # not damaged: another build writes, or the disk is full or read-only
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
}


def digest(value: object) -> str:
    """A sha256 over a value's own contents: equal values have equal digests in every process.

    An enum differs from its value here, and a tuple from a list, as they do not in MessagePack.
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
    elif isinstance(value, Mapping):  # its order counts: it can be seen in what is made of it
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

    That is this package's own source and data (theme, messages), the interpreter, and the names and
    versions of what is installed beside it.
    """
    hasher = hashlib.sha256(sys.version.encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.*")):
        if path.suffix == ".pyc" or not path.is_file():
            continue
        hasher.update(str(path.relative_to(package)).encode() + path.read_bytes())
    for folder in map(Path, sys.path):
        hasher.update(
            digest(tuple(sorted(each.name for each in folder.glob("*.dist-info")))).encode()
        )
    return hasher.hexdigest()


class Cache:
    """Results on disk, or only in this process when `folder` is None.

    The file is open only while it is read or written: no connection crosses a thread or a fork.
    `save` writes what this run made, and deletes of each function what this run did not ask for:
    the store never grows beyond the site.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._stored: dict[Place, bytes | str] | None = None  # sealed value, or digest of a body
        self._used: set[Place] = set()
        self._fresh: dict[Place, object] = {}  # made in this run: stored only by `save`
        self._held: dict[Place, object] = {}
        self._slots: dict[tuple[str, str], str] = {}  # function and slot -> the key it holds
        self._last: dict[tuple[str, ...], tuple[object, object]] = {}  # slot -> argument, result
        self.compiled: dict[str, bytes] = {}  # templates, in this process only

    def call(
        self, function: Callable[[T], R], argument: T, known_by: object = None, slot: str = ""
    ) -> R:
        """`function(argument)`, from the store when value, function and program are the same.

        `known_by` is a smaller value that decides the argument wholly, where one exists: the
        source of a parsed document, say. Of a slot (a page, say) only the last result is kept.
        """
        name = function.__name__
        key = digest((argument if known_by is None else known_by, program_digest()))
        if slot:
            self._fill(name, slot, key)
        if (name, key) not in self._held:
            found, result = self._read(name, key, function)
            if not found:
                result = function(argument)
                self._keep(name, key, result)
            self._held[(name, key)] = result
        return self._held[(name, key)]  # type: ignore[return-value]  # the key names the function

    def map(
        self, function: Callable[[T], R], arguments: Iterable[T], jobs: int = 1
    ) -> tuple[R, ...]:
        """The result of `function` for each argument, in order; `jobs` threads compute the missing ones.

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
            if (name, key) not in self._held and (name, key) not in self._all():
                missing[key] = argument
        if not missing:
            return
        from concurrent.futures import (
            ThreadPoolExecutor,
        )  # slow to import; only this method needs it

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
        """Bytes that `write_bytes` was given, in this run or an earlier one."""
        if (name, key) not in self._held:
            found, data = self._read(name, key, None)
            if not found:
                return None
            self._held[(name, key)] = data
        held = self._held[(name, key)]
        return held if isinstance(held, bytes) else None

    def write_bytes(self, name: str, key: str, data: bytes) -> None:
        """Keeps bytes for `read_bytes`."""
        self._held[(name, key)] = data
        self._keep(name, key, data)

    def save(self) -> None:
        """Writes what this run made; a full disk or a read-only folder costs speed, nothing else."""
        if self._folder is None:
            return
        stored = self._all()
        kept = self._used | self._fresh.keys()
        functions = {function for function, _ in kept}
        unused = [each for each in stored if each[0] in functions and each not in kept]
        encoded = {each: _encoded(value) for each, value in self._fresh.items()}
        made = {each: data for each, data in encoded.items() if data is not None}
        if made or unused:
            _ask(self._folder, lambda store: _write(store, made, unused), make=True)
        for each in unused:
            del stored[each]
        stored |= {each: _sealed(data) for each, data in made.items() if len(data) <= _LARGE}
        self._used = kept
        self._fresh.clear()

    def forget(self) -> None:
        """Deletes the whole store."""
        self._held.clear()
        self._slots.clear()
        self._last.clear()
        self._used.clear()
        self._fresh.clear()
        self._stored = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _fill(self, name: str, slot: str, key: str) -> None:
        """Lets go of what the slot held before."""
        before = self._slots.get((name, slot), key)
        self._slots[(name, slot)] = key
        if before != key:
            self._held.pop((name, before), None)
            self._fresh.pop((name, before), None)
            self._used.discard((name, before))

    def _keep(self, name: str, key: str, value: object) -> None:
        if self._folder is not None:
            self._fresh[(name, key)] = value

    def _all(self) -> dict[Place, bytes | str]:
        """Every stored value: a small one with its seal, of a large one the digest of its body."""
        if self._stored is None:
            found = _ask(self._folder, _read_records) if self._folder is not None else None
            self._stored = found or {}
        return self._stored

    def _read(
        self, name: str, key: str, function: Callable[..., object] | None
    ) -> tuple[bool, object]:
        """Whether there is a stored result, and the result, as the type that `function` returns.

        Bytes as they are when there is no function.
        """
        stored = self._all().get((name, key))
        if stored is None:
            return False, None
        data = self._body(stored) if isinstance(stored, str) else _unsealed(stored)
        if data is None:
            return False, None
        try:
            value = decoded(data, result_type(function) if function else bytes)
        except (ValueError, TypeError, KeyError):  # whole, and yet no such value: made by hand
            return False, None
        self._used.add((name, key))
        return True, value

    def _body(self, body: str) -> bytes | None:
        """A large value by its digest; None when it is not there or damaged."""
        assert self._folder is not None
        question = "SELECT value FROM bodies WHERE digest = ?"
        row = _ask(self._folder, lambda store: store.execute(question, (body,)).fetchone())
        if row is None or not isinstance(row[0], bytes):
            return None
        return row[0] if hashlib.sha256(row[0]).hexdigest() == body else None


def _ask(
    folder: Path, question: Callable[[sqlite3.Connection], R], *, make: bool = False
) -> R | None:
    """What the store answers; None when there is no store or it is out of reach.

    A damaged file, or one with other tables, is deleted, and made anew where something is written.
    """
    path = folder / _FILE
    try:
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        elif not path.is_file():
            return None
        for ending in ("-journal", "-wal"):  # never ours, and SQLite would act on what they say
            path.with_name(path.name + ending).unlink(missing_ok=True)
        for _ in range(2 if make else 1):
            try:
                with closing(_connected(path, make=make)) as store:
                    return question(store)
            except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF in _OUT_OF_REACH:
                    return None
                path.unlink(missing_ok=True)
    except OSError:
        pass
    return None


def _connected(path: Path, *, make: bool) -> sqlite3.Connection:
    """The store, with exactly our tables: no view or trigger of somebody else's is ever asked."""
    store = sqlite3.connect(path, timeout=0)
    try:
        store.execute("PRAGMA trusted_schema = OFF")
        store.execute("PRAGMA journal_mode = MEMORY")  # a torn write is damage: made again
        store.execute("PRAGMA synchronous = OFF")
        found = dict(store.execute("SELECT name, sql FROM sqlite_master"))
        if not found and make:
            for table in _TABLES.values():
                store.execute(table)
        elif found != _TABLES:
            raise sqlite3.DatabaseError("other tables")
    except BaseException:
        store.close()
        raise
    return store


def _read_records(store: sqlite3.Connection) -> dict[Place, bytes | str]:
    rows = store.execute("SELECT function, key, value, body FROM records")
    return {
        (function, key): body if value is None else value for function, key, value, body in rows
    }


def _write(store: sqlite3.Connection, made: Mapping[Place, bytes], unused: Iterable[Place]) -> None:
    """Adds what was made and takes out what is not used any more, in one transaction."""
    store.executemany("DELETE FROM records WHERE function = ? AND key = ?", unused)
    for slot, data in made.items():
        small = len(data) <= _LARGE
        body = None if small else hashlib.sha256(data).hexdigest()
        row = (*slot, _sealed(data) if small else None, body)
        store.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)", row)
        if body:
            store.execute("INSERT OR REPLACE INTO bodies VALUES (?, ?)", (body, data))
    store.execute(
        "DELETE FROM bodies WHERE digest NOT IN (SELECT body FROM records WHERE body != '')"
    )
    store.commit()


def _sealed(data: bytes) -> bytes:
    """The value behind the beginning of its digest, by which damage shows."""
    return hashlib.sha256(data).digest()[:_SEAL] + data


def _unsealed(stored: object) -> bytes | None:
    """The value of `_sealed`; None when it is not what it was."""
    if not isinstance(stored, bytes):
        return None
    data = stored[_SEAL:]
    return data if hashlib.sha256(data).digest()[:_SEAL] == stored[:_SEAL] else None


def result_type(function: Callable[..., object]) -> Any:
    """The type that a function says it returns, which decides how its results are decoded.

    TypeError for a type that leaves out a part: a bare `Outcome` would be decoded as dictionaries.
    """
    plain = function if hasattr(function, "__globals__") else type(function).__call__
    found = get_type_hints(plain)["return"]
    if getattr(found, "__parameters__", ()):
        raise TypeError(f"{function.__name__} does not say what it returns")
    return found


@functools.cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind, dec_hook=_from_stored)


def encoded(value: object) -> bytes:
    """A value in MessagePack; UnicodeEncodeError when a text of it holds half a character."""
    return msgspec.msgpack.encode(value, enc_hook=_to_stored)


def decoded(data: bytes, kind: Any) -> Any:
    """The value of `encoded`, as a type; ValueError or TypeError when it is no such value."""
    return _decoder(kind).decode(data)


def _encoded(value: object) -> bytes | None:
    try:
        return encoded(value)
    except UnicodeEncodeError:  # in no file that was read: such a value is made once a run
        return None


def _to_stored(value: Any) -> object:
    """A type that MessagePack does not know says by `to_stored` how it is stored."""
    return value.to_stored()


def _from_stored(kind: Any, stored: Any) -> object:
    """And by its `from_stored` how it is read."""
    return kind.from_stored(stored)
