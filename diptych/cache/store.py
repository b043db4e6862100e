"""The store of a cache: one SQLite file with the encoded groups and the bytes of finished files."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from diptych.bodies import Body
from diptych.cache.groups import EncodedGroup, Place

R = TypeVar("R")

FILE = "results.sqlite"
_TABLES = {
    "records": "CREATE TABLE records (stage TEXT, name TEXT, value BLOB,"
    " PRIMARY KEY (stage, name)) WITHOUT ROWID",
    "bodies": "CREATE TABLE bodies (stage TEXT, name TEXT, digest TEXT, value BLOB,"
    " PRIMARY KEY (stage, name, digest)) WITHOUT ROWID",
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


def with_store(
    folder: Path, action: Callable[[sqlite3.Connection], R], *, make: bool = False
) -> R | None:
    """The result of calling `action` with a connection to the store; None if there is no store or
    it is not accessible.

    A damaged file, or a file with other tables, is deleted. With `make`, a new one is created.
    """
    path = folder / FILE
    try:
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        elif not path.is_file():
            return None
        # this program makes no such file, and SQLite would apply the file's content
        for ending in ("-journal", "-wal"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        for _ in range(2 if make else 1):
            try:
                with closing(connected(path, make=make)) as store:
                    return action(store)
            except (sqlite3.Error, sqlite3.Warning, OverflowError, ValueError, TypeError) as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF in _OUT_OF_REACH:
                    return None
                path.unlink(missing_ok=True)
    except OSError:
        pass
    return None


def connected(path: Path, *, make: bool) -> sqlite3.Connection:
    """A connection to the store. DatabaseError if it has other tables, views or triggers than ours,
    so that SQLite never runs foreign SQL.
    """
    # the threads of a preview share a connection
    store = sqlite3.connect(path, timeout=0, check_same_thread=False)
    try:
        store.execute("PRAGMA trusted_schema = OFF")
        store.execute("PRAGMA journal_mode = MEMORY")  # an interrupted write counts as damage
        store.execute("PRAGMA synchronous = OFF")
        store.execute("PRAGMA secure_delete = ON")  # no copy of a removed text stays in the file
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


def places_of(store: sqlite3.Connection, stages: Iterable[str]) -> list[Place]:
    """The places of the groups of some stages."""
    query = "SELECT stage, name FROM records WHERE stage = ?"
    return [(stage, name) for each in stages for stage, name in store.execute(query, (each,))]


def write(
    store: sqlite3.Connection,
    made: Iterable[tuple[Place, EncodedGroup]],
    unused: Iterable[Place],
) -> bool:
    """Writes new groups and deletes the groups at the places `unused`, in one transaction. Returns
    always True, since `with_store` returns None on failure.
    """
    for table in _TABLES:
        store.executemany(f"DELETE FROM {table} WHERE stage = ? AND name = ?", unused)
    for place, row in made:
        store.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (*place, row.data))
        _write_bodies(store, place, row.bodies)
    store.commit()
    return True


def _write_bodies(store: sqlite3.Connection, place: Place, bodies: Iterable[Body]) -> None:
    """Makes the store contain exactly the bodies of a group. Bodies in memory are written; all
    other bodies of the group are in the store already.
    """
    named = {each.digest for each in bodies}
    found = store.execute("SELECT digest FROM bodies WHERE stage = ? AND name = ?", place)
    gone = [(*place, digest) for (digest,) in found if digest not in named]
    store.executemany("DELETE FROM bodies WHERE stage = ? AND name = ? AND digest = ?", gone)
    store.executemany(
        "INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?)",
        ((*place, each.digest, each.read()) for each in bodies if each.in_memory),
    )
