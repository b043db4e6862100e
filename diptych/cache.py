"""The store of results: a step whose inputs did not change is not done again.

A result counts for as long as the digests of its inputs' *values* and of the program are the same;
no file's time is among them. Results lie in one SQLite file as MessagePack. A value is decoded as
the type that its stage says it returns, so that what lies in the file can become a value and never
run as code. A damaged, missing or locked store is a miss, never an error; `.cache/` is safe to
delete at any moment.

The bytes of a finished file (`Body`) lie apart from the result that they belong to. They are
written early, leave memory then, and are read when somebody asks for them.
"""

from __future__ import annotations

import enum
import functools
import hashlib
import os
import shutil
import sqlite3
import sys
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints

import msgspec

from diptych.bodies import Body, BodyLost
from diptych.values import Value, replace

Place = tuple[str, str]  # the name of a stage, and a slot of it

T = TypeVar("T")
R = TypeVar("R")

_FILE = "results.sqlite"
_LARGE = 32_768  # bytes: a larger value lies in `bodies`, and is read when it is asked for
_EARLY = 4_000_000  # bytes of what was made that are written together, before the end of the run
_SEAL = 8  # bytes of a digest in front of a small value
_PROGRAM = "program"  # the name of the program among the inputs of a result
_TABLES = {
    "records": "CREATE TABLE records (stage TEXT, slot TEXT, inputs TEXT, gathered TEXT,"
    " before TEXT, value BLOB, body TEXT, PRIMARY KEY (stage, slot)) WITHOUT ROWID",
    "bodies": "CREATE TABLE bodies (stage TEXT, slot TEXT, digest TEXT, value BLOB,"
    " PRIMARY KEY (stage, slot, digest)) WITHOUT ROWID",
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


_DECODING = threading.Lock()  # a preview decodes in several threads


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
    elif isinstance(value, Body):
        add(b"body" + value.digest.encode())
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
        installed = tuple(sorted(each.name for each in folder.glob("*.dist-info")))
        if installed:  # the folder of a script that starts this, as a profiler, has none
            hasher.update(digest(installed).encode())
    return hasher.hexdigest()


class Kept(Value):
    """What a slot of a stage holds: a result, and the digest of each thing that it was made of.

    The digests stay one text in JSON: a run compares those of thousands of slots and reads a few.
    """

    inputs: str  # name -> digest
    value: object
    gathered: str = ""  # the digest of what `gather` gave the stage
    before: str = "[]"  # the names of the inputs for which it was made again
    bodies: bool = False  # whether bytes of the value may lie in the store alone


class Stored(Value):
    """The same on disk: a small value with its seal, or the digest of a large one in `bodies`."""

    inputs: str
    gathered: str
    before: str
    value: bytes | None
    body: str | None


class Encoded(Value):
    """A result in the form of the store, and the bytes that lie apart from it in `bodies`."""

    stored: Stored
    large: bytes | None  # the value itself, where it is large
    bodies: tuple[Body, ...]

    @property
    def weight(self) -> int:
        """How many bytes will be written, nearly."""
        return len(self.stored.value or self.large or b"") + sum(
            each.size for each in self.bodies if each.in_memory
        )


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

    Before that, results are written in batches, so that the bytes of finished files leave memory.
    Bytes that are not in the store any more when they are asked for, since it was damaged or another
    build replaced them, are made again.
    """

    def __init__(self, folder: Path | None, *, saves: bool = True) -> None:
        self.folder = folder
        self._saves = saves and folder is not None
        self._early = self._saves  # whether results are written in batches, before `save`
        self._stored: dict[str, dict[str, Stored]] = {}  # stage -> slot -> result, of stages asked
        self._held: dict[Place, Kept] = {}
        self._fresh: dict[Place, Encoded | None] = {}  # not stored yet; None: not even encoded
        self._weight = 0  # bytes of the rows in `_fresh`
        self._again: dict[Place, Callable[[], object]] = {}  # makes a result with bodies again
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
            return self._known(stage, slot, found, lambda: given)
        return self._make(stage, slot, given, now, found)

    def gather(
        self,
        stage: Callable[[T], R],
        slot: str,
        glance: Mapping[str, object],
        gathered: Callable[[], T],
        mend: Callable[[tuple[T, R]], R | None] | None = None,
    ) -> R:
        """As `call`, where it takes work to gather what the stage is given.

        The glance decides that wholly, and more: while it is the same, nothing is gathered. When it
        is another, what is gathered may still be the same, and then the stage is not run. `mend`
        may know how to make the result of what is gathered and of the slot's last result; None if it
        does not.
        """
        self.watch.asked(stage.__name__)
        now = _digests(glance)
        found = self._find(stage, slot)
        if found is not None and found.inputs == now:
            return self._known(stage, slot, found, gathered)
        given = gathered()
        known = str(digest(given))
        if found is not None and found.gathered == known and _is_of_this_program(found):
            return self._keep(stage, slot, replace(found, inputs=now), gathered)
        if mend is not None and found is not None and _is_of_this_program(found):
            self.watch.begun(stage.__name__)
            mended = mend((given, cast(R, found.value)))
            if mended is not None:
                self.watch.ended(stage.__name__)
                kept = Kept(now, mended, known, _changed(found, now))
                return self._keep(stage, slot, kept, gathered)
        return self._make(stage, slot, given, now, found, known)

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
                kept = Kept(now, made, before=_changed(self._find(stage, slot), now))
                self._hold((stage.__name__, slot), kept)

    def beside(self) -> Cache:
        """A cache with the results that are held now, for a build of a site that is nearly the same. Its
        own results are never stored.
        """
        other = Cache(self.folder, saves=False)
        other._held = dict(self._held)
        other._stored = {stage: dict(slots) for stage, slots in self._stored.items()}
        other.compiled = self.compiled
        return other

    def made_of(self, stage: str, slot: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The names of a stored result's inputs, and the names of those that had changed when the
        result was last made; None when nothing is stored for the slot.
        """
        stored = self._slots(stage).get(slot)
        if stored is None:
            return None
        inputs = _read_json(_INPUTS, stored.inputs)
        return tuple(inputs), _read_json(_NAMES, stored.before)

    def read_bytes(self, name: str, slot: str) -> bytes | None:
        """Bytes that `write_bytes` was given, in this run or an earlier one."""
        self._asked.add((name, slot))
        held = self._held.get((name, slot)) or self._read(name, slot, bytes)
        return held.value if held is not None and isinstance(held.value, bytes) else None

    def write_bytes(self, name: str, slot: str, data: bytes) -> None:
        """Keeps bytes for `read_bytes`."""
        self._asked.add((name, slot))
        self._slots(name)  # before anything is written
        self._hold((name, slot), Kept("{}", data))

    def save(self) -> None:
        """Writes what this run made; a full disk or a read-only folder costs speed, nothing else."""
        if not self._saves:
            return
        unused = [
            (stage, slot)
            for stage in {stage for stage, _ in self._held}
            for slot in self._slots(stage)
            if (stage, slot) not in self._held
        ]
        self._write(unused)
        for stage, slot in unused:
            del self._stored[stage][slot]
        self._fresh.clear()

    def _write(self, unused: Iterable[Place] = ()) -> None:
        """Writes what was made, and its bodies leave memory; if the store refuses, they stay, and
        the next attempt is `save`.
        """
        self._close()
        if not self._fresh and not unused:
            return
        assert self.folder is not None
        if not _ask(self.folder, lambda store: _write(store, self._rows(), unused), make=True):
            self._early = False
            return
        for place, row in self._fresh.items():
            for body in row.bodies if row is not None else ():
                body.leave_memory(partial(self._bytes_of, place, body.digest))
        self._fresh.clear()
        self._weight = 0

    def _rows(self) -> Iterator[tuple[Place, Encoded]]:
        """What this run made as it is stored, one by one: all of it weighs as much as the site."""
        for place, row in self._fresh.items():
            found = row or _row(place, self._held[place])
            if found is not None:
                self._slots(place[0])[place[1]] = _without_value(found.stored)
                yield place, found

    def wait_for_save(self) -> None:
        """Writes nothing early from now on: what the store holds stays in it until `save`."""
        self._early = False

    def forget_unasked(self) -> None:
        """Lets go of slots that nothing asked for since the last time, as those of a page that has
        another address now.

        As in `save`, only of stages that were asked for: a build that stops at a mistake asks for no
        page, and forgets none.
        """
        stages = {stage for stage, _ in self._asked}
        for place in [each for each in self._held if each[0] in stages and each not in self._asked]:
            del self._held[place]
            self._fresh.pop(place, None)
            self._again.pop(place, None)
        self._asked.clear()

    def forget(self) -> None:
        """Deletes the whole store."""
        self._close()
        self._held.clear()
        self._asked.clear()
        self._fresh.clear()
        self._again.clear()
        self._stored.clear()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _find(self, stage: Callable[..., object], slot: str) -> Kept | None:
        """What a slot holds, in this process or in the store."""
        place = (stage.__name__, slot)
        self._asked.add(place)
        if place in self._held:
            return self._held[place]
        return self._read(*place, result_type(stage)) if slot in self._slots(place[0]) else None

    def _make(
        self,
        stage: Callable[[T], R],
        slot: str,
        given: T,
        inputs: str,
        found: Kept | None,
        gathered: str = "",
    ) -> R:
        self.watch.begun(stage.__name__)
        made = stage(given)
        self.watch.ended(stage.__name__)
        kept = Kept(inputs, made, gathered, _changed(found, inputs))
        return self._keep(stage, slot, kept, lambda: given)

    def _keep(self, stage: Callable[[T], R], slot: str, kept: Kept, gathered: Callable[[], T]) -> R:
        """Keeps a result that is to be stored, and returns it."""
        kept = self._hold((stage.__name__, slot), kept)
        return self._known(stage, slot, kept, gathered)

    def _known(
        self, stage: Callable[[T], R], slot: str, kept: Kept, gathered: Callable[[], T]
    ) -> R:
        """Returns a result; if it has bodies, notes how they can be made again."""
        if kept.bodies:
            self._again[(stage.__name__, slot)] = lambda: stage(gathered())
        return cast(R, kept.value)

    def _hold(self, place: Place, kept: Kept) -> Kept:
        """Holds a result that is to be stored. Where results are written early, it is encoded now,
        and written when there is enough for a batch.
        """
        row = _row(place, kept) if self._early else None
        if row is not None:
            kept = replace(kept, bodies=bool(row.bodies))
        self._held[place] = kept
        self._fresh[place] = row
        self._weight += row.weight if row is not None else 0
        if self._early and self._weight > _EARLY:
            self._write()
        return kept

    def _slots(self, stage: str) -> dict[str, Stored]:
        """What the store holds of a stage, by slot. It is read when the stage is first asked for, and
        values leave memory as they are decoded: at no time does it hold all of the store.
        """
        if stage not in self._stored:
            found = None
            if self.folder is not None:
                found = _ask(self.folder, lambda store: _read_records(store, stage))
            self._stored[stage] = found or {}
        return self._stored[stage]

    def _read(self, name: str, slot: str, kind: Any) -> Kept | None:
        """What the store holds in a slot, as a type, and holds it here too; None when there is no
        such value.
        """
        stored = self._slots(name).get(slot)
        if stored is None:
            return None
        place = (name, slot)
        data = (
            _unsealed(stored.value)
            if stored.body is None
            else self._stored_bytes(place, stored.body)
        )
        if data is None:
            return None
        bodies: list[Body] = []
        try:
            value = decoded(data, kind, bodies.append)
        except (ValueError, TypeError, KeyError):  # whole, and yet no such value: made by hand
            return None
        for body in bodies:
            body.leave_memory(partial(self._bytes_of, place, body.digest))
        kept = Kept(stored.inputs, value, stored.gathered, stored.before, bool(bodies))
        self._held[place] = kept
        self._slots(name)[slot] = _without_value(stored)
        return kept

    def _bytes_of(self, place: Place, digest: str) -> bytes:
        """The bytes of a body in the result of a slot. They are made again if the store lost them."""
        data = self._stored_bytes(place, digest)
        if data is not None:
            return data
        bodies: list[Body] = []
        encoded(self._again[place]() if place in self._again else None, bodies.append)
        for body in bodies:
            if body.digest == digest:
                return body.read()
        raise BodyLost(f"{place}: {digest}")

    def _stored_bytes(self, place: Place, digest: str) -> bytes | None:
        """A large value or a body of a slot, by its digest; None when it is not there or damaged."""
        assert self.folder is not None
        question = "SELECT value FROM bodies WHERE stage = ? AND slot = ? AND digest = ?"

        def found(store: sqlite3.Connection) -> Any:
            return store.execute(question, (*place, digest)).fetchone()

        try:
            row = found(self._reader())
        except (sqlite3.Error, sqlite3.Warning, OverflowError):  # out of reach, or damaged
            self._close()
            row = _ask(self.folder, found)
        if row is None or not isinstance(row[0], bytes):
            return None
        return row[0] if hashlib.sha256(row[0]).hexdigest() == digest else None

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


def _digests(inputs: Mapping[str, object]) -> str:
    """The digest of each thing that a result is made of, the program among them, in JSON."""
    found = {
        name: str(each if type(each) is Digest else digest(each)) for name, each in inputs.items()
    }
    found[_PROGRAM] = program_digest()
    return msgspec.json.encode(found).decode()


def _changed(found: Kept | None, now: str) -> str:
    """The names of what is not as it was, in JSON; nothing when the slot held nothing."""
    if found is None:
        return "[]"
    before, after = _read_json(_INPUTS, found.inputs), _INPUTS.decode(now)
    names = [
        name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)
    ]
    return msgspec.json.encode(names).decode()


def _is_of_this_program(kept: Kept) -> bool:
    return _read_json(_INPUTS, kept.inputs).get(_PROGRAM) == program_digest()


def _read_json(decoder: msgspec.json.Decoder[R], written: str) -> R:
    """What a column of the store says; nothing if it was written by hand and says something else."""
    try:
        return decoder.decode(written)
    except (ValueError, TypeError):
        return decoder.type()


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


def _read_records(store: sqlite3.Connection, stage: str) -> dict[str, Stored]:
    """The results of a stage, by slot."""
    question = "SELECT slot, inputs, gathered, before, value, body FROM records WHERE stage = ?"
    return {slot: Stored(*row) for slot, *row in store.execute(question, (stage,))}


def _write(
    store: sqlite3.Connection,
    made: Iterable[tuple[Place, Encoded]],
    unused: Iterable[Place],
) -> bool:
    """Adds what was made and takes out what is not used any more, in one transaction."""
    for table in _TABLES:
        store.executemany(f"DELETE FROM {table} WHERE stage = ? AND slot = ?", unused)
    for place, row in made:
        stored = row.stored
        made_of = (stored.inputs, stored.gathered, stored.before)
        values = (*place, *made_of, stored.value, stored.body)
        store.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        _write_bodies(store, place, row)
    store.commit()
    return True


def _write_bodies(store: sqlite3.Connection, place: Place, row: Encoded) -> None:
    """Makes a slot hold exactly the bodies of its result: adds those in memory; the others are there
    already.
    """
    named = {each.digest for each in row.bodies} | {row.stored.body}
    found = store.execute("SELECT digest FROM bodies WHERE stage = ? AND slot = ?", place)
    gone = [(*place, digest) for (digest,) in found if digest not in named]
    store.executemany("DELETE FROM bodies WHERE stage = ? AND slot = ? AND digest = ?", gone)
    data = {each.digest: each.read() for each in row.bodies if each.in_memory}
    if row.stored.body is not None and row.large is not None:
        data[row.stored.body] = row.large
    store.executemany(
        "INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?)",
        ((*place, digest, each) for digest, each in data.items()),
    )


def _row(place: Place, kept: Kept) -> Encoded | None:
    """A result as it is stored; None when it cannot be stored."""
    bodies: list[Body] = []
    try:
        "".join(place).encode()
        data = encoded(kept.value, bodies.append)
    except UnicodeEncodeError:  # half a character, in the name of a file: made once a run
        return None
    large = data if len(data) > _LARGE else None
    body = None if large is None else hashlib.sha256(data).hexdigest()
    value = _sealed(data) if large is None else None
    stored = Stored(kept.inputs, kept.gathered, kept.before, value, body)
    return Encoded(stored, large, tuple(bodies))


def _without_value(stored: Stored) -> Stored:
    """What is known of a slot whose value is held already, so that memory has it once."""
    return replace(stored, value=None)


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


def encoded(value: object, found: Callable[[Body], object] = bool) -> bytes:
    """A value in MessagePack; UnicodeEncodeError when a text of it holds half a character.

    `found` is called with each body in the value, whose bytes are not encoded.
    """

    def to_stored(each: Any) -> object:
        """A type that MessagePack does not know says by `to_stored` how it is stored; HTML
        (`Markup`) is stored as the text that it is.
        """
        if isinstance(each, Body):
            found(each)
        return str(each) if isinstance(each, str) else each.to_stored()

    return msgspec.msgpack.encode(value, enc_hook=to_stored)


def decoded(data: bytes, kind: Any, found: Callable[[Body], object] = bool) -> Any:
    """The value of `encoded`, as a type; ValueError or TypeError when it is no such value.

    `found` is called with each body in the value, whose bytes are elsewhere.
    """
    decoder, bodies = _decoder(kind)
    with _DECODING:
        bodies.clear()
        value = decoder.decode(data)
        for body in bodies:
            found(body)
    return value


@functools.cache
def _decoder(kind: Any) -> tuple[msgspec.msgpack.Decoder[Any], list[Body]]:
    """The decoder of a type, and the bodies in the value that it decoded last."""
    bodies: list[Body] = []

    def from_stored(part: Any, stored: Any) -> object:
        """A type that MessagePack does not know says by `from_stored` how it is read."""
        if issubclass(part, str):
            return part(stored)
        value = part.from_stored(stored)
        if isinstance(value, Body):
            bodies.append(value)
        return value

    return msgspec.msgpack.Decoder(kind, dec_hook=from_stored), bodies
