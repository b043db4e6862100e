"""The store of results: a step whose inputs did not change is not done again.

A result counts for as long as the digests of its inputs' *values* and of the program are the same;
no file's time is among them. Results lie in one SQLite file as MessagePack. A value is decoded as
the type that its stage says it returns, so that what lies in the file can become a value and never
run as code. A damaged, missing or locked store is a miss, never an error; `.cache/` is safe to
delete at any moment.
"""

from __future__ import annotations

import enum
import functools
import hashlib
import os
import shutil
import sqlite3
import sys
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints

import msgspec

from diptych.values import Value

Place = tuple[str, str]  # the name of a stage, and a slot of it

T = TypeVar("T")
R = TypeVar("R")

_FILE = "results.sqlite"
_LARGE = 32_768  # bytes: a larger value lies in `bodies`, and is read when it is asked for
_SEAL = 8  # bytes of a digest in front of a small value
_PROGRAM = "program"  # the name of the program among the inputs of a result
_GATHERED = "gathered"  # the name of what `gather` gave a stage, among the inputs of a result
_TABLES = {
    "records": "CREATE TABLE records (stage TEXT, slot TEXT, inputs TEXT, before TEXT, value BLOB,"
    " body TEXT, PRIMARY KEY (stage, slot)) WITHOUT ROWID",
    "bodies": "CREATE TABLE bodies (digest TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID",
}
_INPUTS = msgspec.json.Decoder(dict[str, str])
_NAMES = msgspec.json.Decoder(tuple[str, ...])
_OUT_OF_REACH = {  # not damaged: another build writes, or the disk is full or read-only
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
}


class Digest(str):
    """The digest of a value, which stands for it among the inputs of a result and is not digested
    again: many results share an input.
    """

    __slots__ = ()


def digest(value: object) -> Digest:
    """A sha256 over a value's own contents: equal values have equal digests in every process.

    An enum differs from its value here, and a tuple from a list; not so inside a `Value`, whose
    fields say of which type they are.
    """
    parts: list[bytes] = []
    _add_parts(value, parts.append)
    return Digest(hashlib.sha256(b"".join(parts)).hexdigest())


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
        data = _plain(value)
        add(f"d{kind.__name__}{len(data)}:".encode() + data)
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


def _plain(value: Value) -> bytes:
    """A value in MessagePack, where text and HTML (`Markup`) differ."""
    try:
        return msgspec.msgpack.encode(value, enc_hook=_distinct)
    except UnicodeEncodeError:  # half a character
        return repr(value).encode("utf-8", "backslashreplace")


def _distinct(value: Any) -> object:
    if isinstance(value, Digest):
        return str(value)
    return ("html", str(value)) if isinstance(value, str) else value.to_stored()


@functools.cache
def program_digest() -> str:
    """The digest of all that turns values into results: new code or libraries, new keys.

    That is this package's own source and data (theme, messages), the interpreter, and the names and
    versions of what is installed beside it.
    """
    hasher = hashlib.sha256(sys.version.encode())
    package = Path(__file__).parent
    for place, folders, names in os.walk(package):
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        for name in sorted(names):
            if "." in name and not name.endswith(".pyc"):
                path = Path(place, name)
                hasher.update(str(path.relative_to(package)).encode() + path.read_bytes())
    for folder in map(Path, sys.path):
        hasher.update(
            digest(tuple(sorted(each.name for each in folder.glob("*.dist-info")))).encode()
        )
    return hasher.hexdigest()


class Kept(Value):
    """What a slot of a stage holds: a result, and the digest of each thing that it was made of."""

    inputs: Mapping[str, str]  # name -> digest
    value: object
    before: tuple[str, ...] = ()  # the names of the inputs for which it was made again


class Stored(Value):
    """The same on disk: a small value with its seal, or the digest of a large one in `bodies`."""

    inputs: Mapping[str, str]
    before: tuple[str, ...]
    value: bytes | None
    body: str | None


class Watch:
    """Receives a call before and after each stage; this base class ignores them."""

    def expected(self, stage: str, slots: int) -> None:
        """A stage will be asked for so many slots."""

    def asked(self, stage: str) -> None:
        """The stage is asked for a slot: it makes a result, or has one."""

    def begun(self, stage: str) -> None:
        """A stage begins to make a result."""

    def ended(self, stage: str) -> None:
        """The stage has made its result."""


class Cache:
    """Results of the stages of a build, on disk, or only in this process when `folder` is None.

    A stage is a function; a slot is what it makes one result of: a file, a page, an output. A slot
    holds one result, the last one, so that the store never grows beyond the site. The file is open
    while it is read or written, for large values until `save`: no connection crosses a fork. `save`
    writes what this run made, and deletes of each stage the slots that this run did not ask for.
    """

    def __init__(self, folder: Path | None, *, saves: bool = True) -> None:
        self.folder = folder
        self._saves = saves
        self._stored: dict[Place, Stored] | None = None  # read when it is first asked for
        self._held: dict[Place, Kept] = {}
        self._fresh: set[Place] = set()  # made in this run: stored only by `save`
        self._asked: set[Place] = set()  # since unasked slots were last forgotten
        self._open: sqlite3.Connection | None = None  # open while large values are read
        self.watch = Watch()
        self.compiled: dict[str, bytes] = {}  # templates, in this process only

    def call(
        self,
        stage: Callable[[T], R],
        slot: str,
        given: T,
        inputs: Mapping[str, object] | None = None,
    ) -> R:
        """`stage(given)`, or what the slot holds, when that was made of the same by this program.

        `inputs` are smaller values that decide what is given wholly, where they exist: the source
        of a document, say. By their names `why` says what a result was made of.
        """
        self.watch.asked(stage.__name__)
        now = _digests({"given": given} if inputs is None else inputs)
        found = self._find(stage, slot)
        if found is not None and found.inputs == now:
            return cast(R, found.value)
        return self._make(stage, slot, given, now, found)

    def gather(
        self,
        stage: Callable[[T], R],
        slot: str,
        glance: Mapping[str, object],
        gathered: Callable[[], T],
    ) -> R:
        """As `call`, where it takes work to gather what the stage is given.

        The glance decides that wholly, and more: while it is the same, nothing is gathered. When it
        is another, what is gathered may still be the same, and then the stage is not run.
        """
        self.watch.asked(stage.__name__)
        now = _digests(glance)
        found = self._find(stage, slot)
        before = dict(found.inputs) if found is not None else {}
        gathered_before = before.pop(_GATHERED, None)
        if found is not None and before == now:
            return cast(R, found.value)
        given = gathered()
        now[_GATHERED] = str(digest(given))
        same = gathered_before == now[_GATHERED] and before.get(_PROGRAM) == now[_PROGRAM]
        if found is not None and same:
            return self._keep(stage, slot, Kept(now, found.value, found.before))
        return self._make(stage, slot, given, now, found)

    def expect(self, stage: Callable[..., object], slots: int) -> None:
        """Says for how many slots a stage will be asked, to whoever watches."""
        self.watch.expected(stage.__name__, slots)

    def ahead(self, stage: Callable[[T], R], given: Mapping[str, T], jobs: int) -> None:
        """Does in `jobs` threads what `call` will be asked for: slot -> what is given there.

        Threads help where a library works outside of Python, as Pillow does; only the stage runs
        in them.
        """
        missing = {
            slot: each
            for slot, each in given.items()
            if (found := self._find(stage, slot)) is None
            or found.inputs != _digests({"given": each})
        }
        if jobs < 2 or not missing:
            return
        from concurrent.futures import ThreadPoolExecutor  # slow to import; nothing else needs it

        self.watch.begun(stage.__name__)
        with ThreadPoolExecutor(jobs) as pool:
            for slot, made in zip(missing, pool.map(stage, missing.values()), strict=True):
                self.watch.ended(stage.__name__)
                now = _digests({"given": missing[slot]})
                self._keep(stage, slot, Kept(now, made, _changed(self._find(stage, slot), now)))

    def beside(self) -> Cache:
        """A cache with the results that are held now, for a build of a site that is nearly the same. Its
        own results are never stored.
        """
        other = Cache(self.folder, saves=False)
        other._held, other._stored = dict(self._held), self._stored
        other.compiled = self.compiled
        return other

    def made_of(self, stage: str, slot: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The names of a stored result's inputs, and the names of those that had changed when the
        result was last made; None when nothing is stored for the slot.
        """
        stored = self._all().get((stage, slot))
        if stored is None:
            return None
        inputs = tuple(each for each in stored.inputs if each != _GATHERED)
        return inputs, tuple(each for each in stored.before if each != _GATHERED)

    def read_bytes(self, name: str, slot: str) -> bytes | None:
        """Bytes that `write_bytes` was given, in this run or an earlier one."""
        self._asked.add((name, slot))
        held = self._held.get((name, slot)) or self._read(name, slot, bytes)
        return held.value if held is not None and isinstance(held.value, bytes) else None

    def write_bytes(self, name: str, slot: str, data: bytes) -> None:
        """Keeps bytes for `read_bytes`."""
        self._asked.add((name, slot))
        self._held[(name, slot)] = Kept({}, data)
        self._fresh.add((name, slot))

    def save(self) -> None:
        """Writes what this run made; a full disk or a read-only folder costs speed, nothing else."""
        if self.folder is None or not self._saves:
            return
        self._close()
        stored = self._all()
        stages = {stage for stage, _ in self._held}
        unused = [each for each in stored if each[0] in stages and each not in self._held]
        if self._fresh or unused:
            _ask(self.folder, lambda store: _write(store, self._rows(), unused), make=True)
        for place in unused:
            del stored[place]
        self._fresh.clear()

    def _rows(self) -> Iterator[tuple[Place, Stored, bytes]]:
        """What this run made as it is stored, one by one: all of it weighs as much as the site."""
        for place in self._fresh:
            if (row := _row(place, self._held[place])) is not None:
                self._all()[place] = _without_value(row[0])
                yield place, *row

    def forget_unasked(self) -> None:
        """Lets go of slots that nothing asked for since the last time, as those of a page that has
        another address now.

        As in `save`, only of stages that were asked for: a build that stops at a mistake asks for no
        page, and forgets none.
        """
        stages = {stage for stage, _ in self._asked}
        for place in [each for each in self._held if each[0] in stages and each not in self._asked]:
            del self._held[place]
            self._fresh.discard(place)
        self._asked.clear()

    def forget(self) -> None:
        """Deletes the whole store."""
        self._close()
        self._held.clear()
        self._asked.clear()
        self._fresh.clear()
        self._stored = None
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _find(self, stage: Callable[..., object], slot: str) -> Kept | None:
        """What a slot holds, in this process or in the store."""
        place = (stage.__name__, slot)
        self._asked.add(place)
        if place in self._held:
            return self._held[place]
        return self._read(*place, result_type(stage)) if place in self._all() else None

    def _make(
        self,
        stage: Callable[[T], R],
        slot: str,
        given: T,
        inputs: Mapping[str, str],
        found: Kept | None,
    ) -> R:
        self.watch.begun(stage.__name__)
        made = stage(given)
        self.watch.ended(stage.__name__)
        return self._keep(stage, slot, Kept(inputs, made, _changed(found, inputs)))

    def _keep(self, stage: Callable[..., R], slot: str, kept: Kept) -> R:
        place = (stage.__name__, slot)
        self._held[place] = kept
        self._fresh.add(place)
        return cast(R, kept.value)

    def _all(self) -> dict[Place, Stored]:
        """Every slot of the store."""
        if self._stored is None:
            found = _ask(self.folder, _read_records) if self.folder is not None else None
            self._stored = found or {}
        return self._stored

    def _read(self, name: str, slot: str, kind: Any) -> Kept | None:
        """What the store holds in a slot, as a type, and holds it here too; None when there is no
        such value.
        """
        stored = self._all().get((name, slot))
        if stored is None:
            return None
        data = _unsealed(stored.value) if stored.body is None else self._body(stored.body)
        if data is None:
            return None
        try:
            value = decoded(data, kind)
        except (ValueError, TypeError, KeyError):  # whole, and yet no such value: made by hand
            return None
        self._held[(name, slot)] = kept = Kept(stored.inputs, value, stored.before)
        self._all()[(name, slot)] = _without_value(stored)
        return kept

    def _body(self, body: str) -> bytes | None:
        """A large value by its digest; None when it is not there or damaged."""
        assert self.folder is not None

        def found(store: sqlite3.Connection) -> Any:
            return store.execute("SELECT value FROM bodies WHERE digest = ?", (body,)).fetchone()

        try:
            row = found(self._reader())
        except (sqlite3.Error, sqlite3.Warning, OverflowError):  # out of reach, or damaged
            self._close()
            row = _ask(self.folder, found)
        if row is None or not isinstance(row[0], bytes):
            return None
        return row[0] if hashlib.sha256(row[0]).hexdigest() == body else None

    def _reader(self) -> sqlite3.Connection:
        """The store, open until `save`: to open it takes three times as long as to read a page."""
        if self._open is None:
            assert self.folder is not None
            self._open = _connected(self.folder / _FILE, make=False)
            self._shut = weakref.finalize(self, self._open.close)
        return self._open

    def _close(self) -> None:
        if self._open is not None:
            self._shut()
            self._open = None


def _digests(inputs: Mapping[str, object]) -> dict[str, str]:
    """The digest of each thing that a result is made of, the program among them."""
    found = {
        name: str(each if type(each) is Digest else digest(each)) for name, each in inputs.items()
    }
    found[_PROGRAM] = program_digest()
    return found


def _changed(found: Kept | None, now: Mapping[str, str]) -> tuple[str, ...]:
    """The names of what is not as it was; nothing when the slot held nothing."""
    before = found.inputs if found is not None else {}
    names = dict.fromkeys((*before, *now)) if found is not None else ()
    return tuple(name for name in names if before.get(name) != now.get(name))


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
            except (sqlite3.Error, sqlite3.Warning, OverflowError, ValueError, TypeError) as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF in _OUT_OF_REACH:
                    return None
                path.unlink(missing_ok=True)
    except OSError:
        pass
    return None


def _connected(path: Path, *, make: bool) -> sqlite3.Connection:
    """The store, with exactly our tables: no view or trigger of somebody else's is ever asked."""
    store = sqlite3.connect(path, timeout=0, check_same_thread=False)  # a preview has several
    try:
        store.execute("PRAGMA trusted_schema = OFF")
        store.execute("PRAGMA journal_mode = MEMORY")  # a torn write is damage: made again
        store.execute("PRAGMA synchronous = OFF")
        store.execute("PRAGMA secure_delete = ON")  # what was taken down stays in no free page
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


def _read_records(store: sqlite3.Connection) -> dict[Place, Stored]:
    rows = store.execute("SELECT stage, slot, inputs, before, value, body FROM records")
    return {
        (stage, slot): Stored(_INPUTS.decode(inputs), _NAMES.decode(before), value, body)
        for stage, slot, inputs, before, value, body in rows
    }


def _write(
    store: sqlite3.Connection,
    made: Iterable[tuple[Place, Stored, bytes]],
    unused: Iterable[Place],
) -> None:
    """Adds what was made and takes out what is not used any more, in one transaction."""
    store.executemany("DELETE FROM records WHERE stage = ? AND slot = ?", unused)
    for place, row, data in made:
        inputs, before = (msgspec.json.encode(each).decode() for each in (row.inputs, row.before))
        values = (*place, inputs, before, row.value, row.body)
        store.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?)", values)
        if row.body:
            store.execute("INSERT OR REPLACE INTO bodies VALUES (?, ?)", (row.body, data))
    store.execute(
        "DELETE FROM bodies WHERE digest NOT IN (SELECT body FROM records WHERE body != '')"
    )
    store.commit()


def _row(place: Place, kept: Kept) -> tuple[Stored, bytes] | None:
    """A result as it is stored, with its bytes; None when it cannot be stored."""
    try:
        "".join(place).encode()
        data = encoded(kept.value)
    except UnicodeEncodeError:  # half a character, in the name of a file: made once a run
        return None
    if len(data) <= _LARGE:
        return Stored(kept.inputs, kept.before, _sealed(data), None), data
    return Stored(kept.inputs, kept.before, None, hashlib.sha256(data).hexdigest()), data


def _without_value(stored: Stored) -> Stored:
    """What is known of a slot whose value is held already, so that memory has it once."""
    return Stored(stored.inputs, stored.before, None, stored.body)


def _sealed(data: bytes) -> bytes:
    """The value behind the beginning of its digest, by which damage shows."""
    return hashlib.sha256(data).digest()[:_SEAL] + data


def _unsealed(stored: object) -> bytes | None:
    """The value of `_sealed`; None when it is not what it was."""
    if not isinstance(stored, bytes):
        return None
    data = stored[_SEAL:]
    return data if hashlib.sha256(data).digest()[:_SEAL] == stored[:_SEAL] else None


@functools.cache
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


def _to_stored(value: Any) -> object:
    """A type that MessagePack does not know says by `to_stored` how it is stored; HTML (`Markup`)
    is stored as the text that it is.
    """
    return str(value) if isinstance(value, str) else value.to_stored()


def _from_stored(kind: Any, stored: Any) -> object:
    """And by its `from_stored` how it is read."""
    return kind(stored) if issubclass(kind, str) else kind.from_stored(stored)
