"""The store of a cache: one SQLite file with the encoded groups and the bytes of finished files.

Many files have the same long lines: each page contains the same style, in one line. So the bytes of a
file are stored as its long lines (its parts) and the bytes between them. A part is stored once, under
its digest, for as long as a group uses it.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import weakref
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

from diptych.bodies import Body
from diptych.cache.groups import EncodedGroup, Place
from diptych.values import packed, unpacked

R = TypeVar("R")

_FILE = "results.sqlite"
_TABLES = {
    "records": "CREATE TABLE records (stage TEXT, name TEXT, value BLOB,"
    " PRIMARY KEY (stage, name)) WITHOUT ROWID",
    # with a rowid, since rows of several kilobytes would fill the nodes of an index
    "bodies": "CREATE TABLE bodies (stage TEXT, name TEXT, digest TEXT, parts TEXT, value BLOB,"
    " PRIMARY KEY (stage, name, digest))",
    "uses": "CREATE TABLE uses (stage TEXT, name TEXT, part TEXT,"
    " PRIMARY KEY (stage, name, part)) WITHOUT ROWID",
    "parts": "CREATE TABLE parts (digest TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID",
}
_OF_GROUPS = ("records", "bodies", "uses")  # the tables whose rows belong to a group
_INACCESSIBLE = {  # errors of an intact store: another build writes, the disk is full or read-only
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
}
_PAGE = 32_768  # bytes of a page of SQLite: most pages of a site fit in one
_LONG = 4096  # the least bytes of a long line: most paragraphs are shorter, the style is longer
_MAX_PARTS = 8  # the most parts that stay in memory while bodies are read


class Store:
    """The store in a folder. A damaged, missing or locked file counts as empty.

    A connection is open only while the store is read or written. It must be closed before the
    process forks.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / _FILE
        self._open: sqlite3.Connection | None = None  # open while the store is read
        self._parts: dict[str, bytes] = {}  # the parts that were read last, by digest

    def group(self, place: Place) -> bytes | None:
        """The encoded group at a place; None if there is none."""
        row = self._row("SELECT value FROM records WHERE stage = ? AND name = ?", place)
        return row[0] if row is not None and isinstance(row[0], bytes) else None

    def body(self, place: Place, digest: str) -> bytes | None:
        """The bytes of a body in a group; None if they are missing or damaged."""
        where = "stage = ? AND name = ? AND digest = ?"
        row = self._row(f"SELECT parts, value FROM bodies WHERE {where}", (*place, digest))
        if row is None:
            return None
        try:
            data = joined(
                unpacked(row[1], list[bytes]), [self._part(each) for each in str(row[0]).split()]
            )
        except (ValueError, TypeError):  # the file was edited
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def bodies(self) -> dict[str, Place]:
        """The place of a group that has the body, by the digest of each body in the store."""
        query = "SELECT digest, stage, name FROM bodies"
        found = self._with(lambda store: store.execute(query).fetchall()) or []
        return {digest: (stage, name) for digest, stage, name in found}

    def _part(self, digest: str) -> bytes:
        """The bytes of a part; none if it is missing."""
        if digest not in self._parts:
            row = self._row("SELECT value FROM parts WHERE digest = ?", (digest,))
            if len(self._parts) == _MAX_PARTS:
                self._parts.clear()
            self._parts[digest] = b"" if row is None else row[0]
        return self._parts[digest]

    def places(self, stages: Iterable[str]) -> list[Place]:
        """The places of the groups of some stages."""
        return self._with(lambda store: _places(store, stages)) or []

    def write(
        self, made: Callable[[], Iterable[tuple[Place, EncodedGroup]]], unused: Collection[Place]
    ) -> bool:
        """Writes new groups and deletes the groups at the places `unused`, in one transaction;
        False if the store cannot be written.
        """
        self.close()
        return self._with(lambda store: _write(store, made(), unused), make=True) is not None

    def close(self) -> None:
        """Closes the connection. The next reader opens another."""
        self._parts.clear()
        if self._open is not None:
            self._shut()
            self._open = None

    def delete(self) -> None:
        """Deletes the store and its folder."""
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _row(self, query: str, values: tuple[str, ...]) -> Any:
        """The first row that an SQL query returns; None if there is none or the store cannot be
        read.
        """

        def found(store: sqlite3.Connection) -> Any:
            return store.execute(query, values).fetchone()

        try:
            return found(self._reader())
        except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeEncodeError):
            self.close()  # the store is not accessible, or it is damaged
            return self._with(found)

    def _reader(self) -> sqlite3.Connection:
        """The connection for reading, kept open until `close`: opening takes three times as long as
        reading a page.
        """
        if self._open is None:
            self._open = connected(self._path, make=False)
            self._shut = weakref.finalize(self, self._open.close)
        return self._open

    def _with(self, action: Callable[[sqlite3.Connection], R], *, make: bool = False) -> R | None:
        """The result of calling `action` with a connection to the store; None if there is no store
        or it is not accessible.

        A damaged file, or a file with other tables, is deleted. With `make`, a new one is created.
        """
        try:
            if make:
                self._folder.mkdir(parents=True, exist_ok=True)
            elif not self._path.is_file():
                return None
            # not written by this program; SQLite would copy the content of the file into the store
            for ending in ("-journal", "-wal"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
            for _ in range(2 if make else 1):
                try:
                    with closing(connected(self._path, make=make)) as store:
                        return action(store)
                except (
                    sqlite3.Error,
                    sqlite3.Warning,
                    OverflowError,
                    ValueError,
                    TypeError,
                ) as error:
                    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _INACCESSIBLE:
                        return None
                    self._path.unlink(missing_ok=True)
        except OSError:
            pass
        return None


def connected(path: Path, *, make: bool) -> sqlite3.Connection:
    """A connection to the store. DatabaseError if it has tables, views or triggers other than `_TABLES`,
    so that SQLite never runs foreign SQL.
    """
    # the threads of a preview share a connection
    store = sqlite3.connect(path, timeout=0, check_same_thread=False)
    try:
        store.execute(f"PRAGMA page_size = {_PAGE}")  # takes effect in a new file
        store.execute("PRAGMA trusted_schema = OFF")
        store.execute("PRAGMA journal_mode = MEMORY")  # an interrupted write counts as damage
        store.execute("PRAGMA synchronous = OFF")
        store.execute("PRAGMA secure_delete = ON")  # no copy of a removed text stays in the file
        # the condition leaves out the indexes that SQLite makes for primary keys
        found = dict(store.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        if not found and make:
            for table in _TABLES.values():
                store.execute(table)
        elif found != _TABLES:
            raise sqlite3.DatabaseError("other tables")
    except BaseException:
        store.close()
        raise
    return store


def _places(store: sqlite3.Connection, stages: Iterable[str]) -> list[Place]:
    query = "SELECT stage, name FROM records WHERE stage = ?"
    return [(stage, name) for each in stages for stage, name in store.execute(query, (each,))]


def _write(
    store: sqlite3.Connection,
    made: Iterable[tuple[Place, EncodedGroup]],
    unused: Collection[Place],
) -> bool:
    """Writes new groups and deletes the groups at the places `unused`, in one transaction."""
    for table in _OF_GROUPS:
        store.executemany(f"DELETE FROM {table} WHERE stage = ? AND name = ?", unused)
    written: set[str] = set()
    for place, row in made:
        store.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (*place, row.data))
        _delete_others(store, place, row.bodies)
        for body in row.bodies:
            if body.in_memory:
                _write_body(store, place, body, written)
        _note_uses(store, place)
    store.execute("DELETE FROM parts WHERE digest NOT IN (SELECT part FROM uses)")
    store.commit()
    return True


def _delete_others(store: sqlite3.Connection, place: Place, bodies: Iterable[Body]) -> None:
    """Deletes the bodies of a group that are not among `bodies`."""
    named = {each.digest for each in bodies}
    found = store.execute("SELECT digest FROM bodies WHERE stage = ? AND name = ?", place)
    gone = [(*place, digest) for (digest,) in found if digest not in named]
    store.executemany("DELETE FROM bodies WHERE stage = ? AND name = ? AND digest = ?", gone)


def _write_body(store: sqlite3.Connection, place: Place, body: Body, written: set[str]) -> None:
    """Writes a body of a group, and those of its parts whose digests are not in `written`."""
    own, parts = divided(body.read())
    digests = [hashlib.sha256(each).hexdigest() for each in parts]
    for digest, part in zip(digests, parts, strict=True):
        if digest not in written:  # an older row may be damaged, so it is replaced
            written.add(digest)
            store.execute("INSERT OR REPLACE INTO parts VALUES (?, ?)", (digest, part))
    row = (*place, body.digest, " ".join(digests), packed(own))
    store.execute("INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?, ?)", row)


def _note_uses(store: sqlite3.Connection, place: Place) -> None:
    """Records the parts that the bodies of a group have."""
    found = store.execute("SELECT parts FROM bodies WHERE stage = ? AND name = ?", place)
    used = {(*place, each) for (parts,) in found for each in str(parts).split()}
    store.execute("DELETE FROM uses WHERE stage = ? AND name = ?", place)
    store.executemany("INSERT INTO uses VALUES (?, ?, ?)", used)


def divided(data: bytes) -> tuple[list[bytes], list[bytes]]:
    """The bytes before, between and after the long lines of a file, and the long lines: `joined`
    of both is the file.
    """
    own: list[bytes] = []
    parts: list[bytes] = []
    begin = place = 0
    for line in data.split(b"\n"):
        if len(line) >= _LONG:
            own.append(data[begin:place])
            parts.append(line)
            begin = place + len(line)
        place += len(line) + 1
    return [*own, data[begin:]], parts


def joined(own: Sequence[bytes], parts: Sequence[bytes]) -> bytes:
    """The bytes of a file, put together from the two lists that `divided` returns."""
    return b"".join(each for pair in zip_longest(own, parts, fillvalue=b"") for each in pair)
