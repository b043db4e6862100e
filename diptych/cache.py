"""The cache of a build: the result of a step is used again while the inputs of the step are the
same.

A result is valid while the digests of its inputs and of the program are the same; the times of
files do not matter. The results are stored in one SQLite file as MessagePack. Each is decoded as
the return type of its step, so the content of the file can become a value and is never run as code.
A damaged, missing or locked file counts as empty and causes no error; `.cache/` may be deleted at
any time.

The bytes of a finished file (`Body`) are stored apart from the result that refers to them. They are
written during the build to free memory, and are read again only on request.
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
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar, cast, get_type_hints

import msgspec

from diptych.bodies import Body, BodyLost, Later
from diptych.values import Value, packed, replace, unpacked

# the names of a stage and of a group; a slot outside of groups has a group of the same name
Place = tuple[str, str]

T = TypeVar("T")
R = TypeVar("R")
# gets the argument of a stage and the last result; returns the new result, or None if the stage
# must make it
Mend: TypeAlias = Callable[[tuple[T, R]], R | None]

_FILE = "results.sqlite"
_EARLY = 4_000_000  # bytes of new results that are written together, before `save`
_SEAL = 8  # bytes of the digest in front of encoded data
_GROUPS = 64  # number of groups of a stage; with two thousand slots, each group has about thirty
_PROGRAM = "program"  # the name of the program among the inputs of a result
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


_DECODING = threading.Lock()  # a preview decodes in several threads


class Digest(str):
    """The digest of a value, given as an input in place of the value. It is not digested again,
    which saves time if many results share the input.
    """

    __slots__ = ()


def digest(value: object) -> Digest:
    """The SHA-256 of a value's contents, in hexadecimal. Equal values have equal digests in every
    process.

    An enum member and its value have different digests, and so have a tuple and a list. As fields
    of a `Value` they have equal digests, since the class determines the types of its fields.
    """
    parts: list[bytes] = []
    _add_parts(value, parts.append)
    return Digest(hashlib.sha256(b"".join(parts)).hexdigest())


def _add_parts(value: object, add: Callable[[bytes], object]) -> None:
    """Calls `add` with each scalar in a value, preceded by its type and length. Different values so
    give different bytes: ("ab", "c") and ("a", "bc") too.
    """
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
    elif isinstance(value, Mapping):  # the order counts, since results can depend on it
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
    """A value in MessagePack, in which text and HTML (`Markup`) are encoded differently."""
    try:
        return msgspec.msgpack.encode(value, enc_hook=_distinct)
    except UnicodeEncodeError:  # a lone surrogate in a text
        return repr(value).encode("utf-8", "backslashreplace")


def _distinct(value: Any) -> object:
    if isinstance(value, Digest):
        return str(value)
    return ("html", str(value)) if isinstance(value, str) else value.to_stored()


@functools.cache
def program_digest() -> str:
    """The digest of the program: if code or libraries change, no old result is used.

    It covers this package's source and data (theme, messages), the version of Python, and the names
    and versions of the installed packages.
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
        if installed:  # an empty folder, such as that of a profiler's script, does not count
            hasher.update(digest(installed).encode())
    return hasher.hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class SlotRequest(Generic[T]):
    """A request for the result of one slot: its name, its inputs by name, and the argument of the
    stage.

    `inputs` must determine `given` completely, since the cache compares only the inputs. In
    `gather` and `gather_each`, `given` is a function that returns the argument.
    """

    slot: str
    inputs: Mapping[str, object]
    given: T


@dataclass(frozen=True, slots=True, eq=False)
class GroupRequest(Generic[T, R]):
    """A request for the results of a group of slots of one stage."""

    stage: Callable[[T], R]
    group: str  # the name of the group
    slots: list[SlotRequest[Any]]
    inputs: list[dict[str, str]]  # for each slot, the digests of its inputs by name
    shared: dict[str, str]  # the digests of the inputs that all slots share, by name
    key: str  # the digest of the slots and of all their inputs
    glance: bool  # whether `given` of each slot is a function that returns the argument
    mend: Mend[T, R] | None

    @property
    def place(self) -> Place:
        """The names of the stage and of the group, under which the results are stored."""
        return self.stage.__name__, self.group

    def without_inputs(self) -> GroupRequest[T, R]:
        """The request without the digests of inputs. It can only make the results again, and takes
        less memory.
        """
        return GroupRequest(self.stage, self.group, self.slots, [], {}, self.key, self.glance, None)

    def given(self, number: int) -> T:
        """The argument of the stage for the slot with this number."""
        given = self.slots[number].given
        return cast(T, given() if self.glance else given)

    def answers(self) -> Iterator[R]:
        """Makes the results of all slots again, one by one."""
        return (self.stage(self.given(number)) for number in range(len(self.slots)))


class SlotInputs(Value):
    """The inputs from which the result of one slot was made."""

    slot: str
    inputs: dict[str, str]  # the digests of the slot's own inputs, by name
    gathered: str  # the digest of the stage's argument; "" in `call`
    before: tuple[str, ...]  # the names of the inputs whose change caused the last run


class GroupInputs(Value):
    """The inputs from which the results of a group were made."""

    shared: dict[str, str]  # the digests of the inputs that all slots share, with the program's
    slots: tuple[SlotInputs, ...]


class ResultGroup(Value, Generic[R]):
    """The results of some slots of a stage, which are stored and looked up together."""

    key: str  # the `key` of the `GroupRequest` that they answer
    inputs: bytes  # an encoded `GroupInputs`, decoded only if something in the group changed
    results: tuple[R, ...]  # in the order of `GroupInputs.slots`


class HeldGroup(Value):
    """A group in memory."""

    group: ResultGroup[Any]
    bodies: bool  # whether its results contain bodies, whose bytes may be only in the store


class LastResult(Value):
    """The last result of a slot, and the inputs from which it was made."""

    shared: dict[str, str]
    own: SlotInputs
    result: Any


class EncodedGroup(Value):
    """A group encoded for the store, and its bodies, whose bytes are stored apart."""

    data: bytes
    bodies: tuple[Body, ...]

    @property
    def weight(self) -> int:
        """About how many bytes will be written."""
        return len(self.data) + sum(each.size for each in self.bodies if each.in_memory)


class Watch:
    """Is notified of the progress of stages. This base class ignores all calls."""

    def expected(self, stage: str, slots: int) -> None:
        """`slots` more results of a stage will be requested."""

    def asked(self, stage: str, slots: int) -> None:
        """`slots` results of a stage are requested; each is made or found."""

    def begun(self, stage: str) -> None:
        """A stage begins to make a result."""

    def ended(self, stage: str) -> None:
        """The stage has made its result."""


class Cache:
    """The results of the stages of a build, on disk, or only in this process if `folder` is None.

    A stage is a function. A slot is the thing from which a stage makes one result: a file, a page,
    an output. The cache keeps only the last result of each slot, so the store does not grow beyond
    the size of the site. If a stage has thousands of slots, they are divided into groups
    (`call_each`, `gather_each`): if nothing in a group changed, its results are looked up and
    decoded together. `save` writes the results of this run, and deletes those groups of the same
    stages that this run did not use.

    Results are written in batches before `save`, so that the bytes of finished files leave memory.
    If those bytes are later missing from the store (it was damaged, or another build replaced
    them), they are made again. A connection to the store is open only while the store is read or
    written; it must not cross a fork.
    """

    def __init__(self, folder: Path | None, *, saves: bool = True) -> None:
        self.folder = folder
        self._saves = saves and folder is not None
        self._early = self._saves  # whether results are written in batches, before `save`
        self._held: dict[Place, HeldGroup] = {}
        # groups that are not stored yet; None for a group that is not encoded yet
        self._fresh: dict[Place, EncodedGroup | None] = {}
        self._weight = 0  # bytes of the groups in `_fresh`
        # requests by which lost bodies are made again
        self._again: dict[Place, GroupRequest[Any, Any]] = {}
        self._asked: set[Place] = set()  # groups that were used since the last `forget_unasked`
        self._open: sqlite3.Connection | None = None  # open while the store is read
        self.watch = Watch()
        self.compiled: dict[str, bytes] = {}  # bytecode of templates, by Jinja's key; never stored

    def call(
        self,
        stage: Callable[[T], R],
        slot: str,
        given: T,
        inputs: Mapping[str, object] | None = None,
    ) -> R:
        """The result of `stage(given)`: the stored one if its inputs and the program are the same,
        else a new one.

        `inputs` are values that determine `given` completely and are quicker to digest, such as the
        source of a document; by default `given` itself. The command `why` names them.
        """
        one = SlotRequest(slot, {"given": given} if inputs is None else inputs, given)
        return self._results(_group_request(stage, slot, [one], _shared({})))[0]

    def gather(
        self,
        stage: Callable[[T], R],
        slot: str,
        glance: Mapping[str, object],
        gathered: Callable[[], T],
        mend: Mend[T, R] | None = None,
    ) -> R:
        """The result of `stage(gathered())`, found or made as by `call`. It is for a stage whose
        argument takes long to compute.

        `glance` holds inputs, by name, that determine the argument. While the inputs are the same,
        `gathered` is not called. If they changed and the computed argument has the same digest as
        before, the stage is not run. `mend` may make the result from the argument and the slot's
        last result; it returns None if it cannot.
        """
        one = SlotRequest(slot, glance, gathered)
        return self._results(
            _group_request(stage, slot, [one], _shared({}), glance=True, mend=mend)
        )[0]

    def call_each(
        self,
        stage: Callable[[T], R],
        requests: Iterable[SlotRequest[T]],
        shared: Mapping[str, object],
    ) -> list[R]:
        """The results of many slots of a stage, in the order of `requests`, each found or made as by
        `call`. `shared` holds inputs that are the same for all slots.
        """
        return self._each(stage, list(requests), shared, glance=False, mend=None)

    def gather_each(
        self,
        stage: Callable[[T], R],
        requests: Iterable[SlotRequest[Callable[[], T]]],
        shared: Mapping[str, object],
        mend: Mend[T, R] | None = None,
    ) -> list[R]:
        """The results of many slots of a stage, in the order of `requests`, each found or made as by
        `gather`. `shared` holds inputs that are the same for all slots.
        """
        return self._each(stage, list(requests), shared, glance=True, mend=mend)

    def _each(
        self,
        stage: Callable[[T], R],
        requests: list[Any],
        shared: Mapping[str, object],
        *,
        glance: bool,
        mend: Mend[T, R] | None,
    ) -> list[R]:
        groups: dict[str, list[int]] = {}
        for number, each in enumerate(requests):
            groups.setdefault(_group_of(each.slot), []).append(number)
        self.watch.expected(stage.__name__, len(requests))
        same, found = _shared(shared), dict[int, R]()
        for name, numbers in groups.items():
            some = [requests[each] for each in numbers]
            request = _group_request(stage, name, some, same, glance=glance, mend=mend)
            found.update(zip(numbers, self._results(request), strict=True))
        return [found[number] for number in range(len(requests))]

    def ahead(self, stage: Callable[[T], R], given: Mapping[str, T], jobs: int) -> None:
        """Makes missing results in `jobs` threads, so that later calls of `call` find them. `given`
        maps each slot to the argument of the stage.

        Threads help if a library computes outside of Python, as Pillow does. Only the stage runs in
        them.
        """
        requests = [
            _group_request(stage, slot, [SlotRequest(slot, {"given": each}, each)], _shared({}))
            for slot, each in given.items()
        ]
        missing = [each for each in requests if not _answers(self._find(each), each)]
        if jobs < 2 or not missing:
            return
        from concurrent.futures import ThreadPoolExecutor  # slow to import; nothing else needs it

        self.watch.begun(stage.__name__)
        with ThreadPoolExecutor(jobs) as pool:
            results = pool.map(stage, [each.given(0) for each in missing])
            for request, result in zip(missing, results, strict=True):
                self.watch.ended(stage.__name__)
                old = _old_results(self._find(request)).get(request.group)
                self._keep(request, [(_made(request, 0, old), result)])

    def beside(self) -> Cache:
        """A copy of this cache in memory, for the build of a variant of the site. Results of the
        copy are never stored.
        """
        other = Cache(self.folder, saves=False)
        other._held = dict(self._held)
        other.compiled = self.compiled
        return other

    def made_of(self, stage: str, slot: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The names of a stored result's inputs, and the names of those that had changed when the
        result was last made; None when nothing is stored for the slot.
        """
        for name in (slot, _group_of(slot)):
            held = self._stored((stage, name), ResultGroup[Any])
            old = _old_results(held).get(slot)
            if old is not None:
                return tuple(old.own.inputs | old.shared), old.own.before
        return None

    def read_bytes(self, name: str, slot: str) -> bytes | None:
        """The bytes that `write_bytes` stored, in this run or an earlier one; None if there are
        none.
        """
        held = self._group((name, slot), ResultGroup[bytes])
        return held.group.results[0] if held is not None and held.group.results else None

    def write_bytes(self, name: str, slot: str, data: bytes) -> None:
        """Stores bytes under two names, for `read_bytes`."""
        self._asked.add((name, slot))
        self._hold((name, slot), ResultGroup("", b"", (data,)))

    def save(self) -> None:
        """Writes the results of this run. If the disk is full or read-only, they are lost, and
        nothing is reported.
        """
        if not self._saves:
            return
        assert self.folder is not None
        self._close()
        stages = sorted({stage for stage, _ in self._held})
        stored = _with_store(self.folder, lambda store: _places_of(store, stages)) or []
        self._write([place for place in stored if place not in self._held])
        self._fresh.clear()

    def _write(self, unused: Sequence[Place] = ()) -> None:
        """Writes the new results and frees the memory of their bodies. The groups at the places
        `unused` are deleted. If the store cannot be written, the results stay in memory until
        `save` tries again.
        """
        self._close()
        if not self._fresh and not unused:
            return
        assert self.folder is not None
        if not _with_store(
            self.folder, lambda store: _write(store, self._rows(), unused), make=True
        ):
            self._early = False
            return
        for place, row in self._fresh.items():
            load = partial(self._bytes_of, place)
            for body in row.bodies if row is not None else ():
                body.leave_memory(load)
        self._fresh.clear()
        self._weight = 0

    def _rows(self) -> Iterator[tuple[Place, EncodedGroup]]:
        """The new results in their encoded form. They are encoded one by one, since all of them
        together need as much memory as the site.
        """
        for place, row in self._fresh.items():
            found = row or _row(place, self._held[place].group)
            if found is not None:
                yield place, found

    def wait_for_save(self) -> None:
        """Turns off writing before `save`: until then the store stays unchanged."""
        self._early = False

    def forget_unasked(self) -> None:
        """Removes from memory the groups that were not used since the last call, such as that of an
        output whose address changed.

        As in `save`, groups of a stage that was not used at all stay: a build that stops at an
        error renders no page, and all pages stay in memory.
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
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _results(self, request: GroupRequest[T, R]) -> tuple[R, ...]:
        """The results of a group. A result whose inputs changed is made again."""
        held = self._find(request)
        if held is not None and _answers(held, request):
            self.watch.asked(request.stage.__name__, len(request.slots))
        else:
            old = _old_results(held)
            made = [
                self._result(request, number, old.get(each.slot))
                for number, each in enumerate(request.slots)
            ]
            held = self._keep(request, made)
        if held.bodies:
            self._again[request.place] = request.without_inputs()
        return held.group.results

    def _result(
        self, request: GroupRequest[T, R], number: int, old: LastResult | None
    ) -> tuple[SlotInputs, R]:
        """The result of a slot, with the inputs from which it was made: the old result if the
        inputs are the same, else a new one.
        """
        self.watch.asked(request.stage.__name__, 1)
        inputs, shared = request.inputs[number], request.shared
        if old is not None and old.own.inputs == inputs and old.shared == shared:
            return old.own, old.result
        given, gathered = request.given(number), ""
        if request.glance:
            gathered = str(digest(given))
        made = _made(request, number, old, gathered)
        if request.glance and old is not None and old.shared.get(_PROGRAM) == shared[_PROGRAM]:
            if old.own.gathered == gathered:
                return replace(old.own, inputs=inputs), old.result
            mended = self._mend(request, made.slot, given, old.result)
            if mended is not None:
                return made, mended
        return made, self._run(request.stage, made.slot, given)

    def _run(self, stage: Callable[[T], R], slot: str, given: T) -> R:
        """Runs a stage for a slot, and notifies `watch`."""
        self.watch.begun(stage.__name__)
        result = stage(given)
        self.watch.ended(stage.__name__)
        return result

    def _mend(self, request: GroupRequest[T, R], slot: str, given: T, last: R) -> R | None:
        """The result of a slot, made from its last result by `mend`; None if that is not possible."""
        if request.mend is None:
            return None
        self.watch.begun(request.stage.__name__)
        result = request.mend((given, last))
        if result is not None:
            self.watch.ended(request.stage.__name__)
        return result

    def _keep(self, request: GroupRequest[T, R], made: Sequence[tuple[SlotInputs, R]]) -> HeldGroup:
        """Keeps new results as the answer to a request."""
        inputs = _encoded_inputs(GroupInputs(request.shared, tuple(each for each, _ in made)))
        group = ResultGroup(request.key, inputs, tuple(result for _, result in made))
        return self._hold(request.place, group)

    def _hold(self, place: Place, group: ResultGroup[R]) -> HeldGroup:
        """Keeps a group in memory until it is stored. If results are written in batches, the group
        is encoded now, and is written with the others when there is enough for a batch.
        """
        row = _row(place, group) if self._early else None
        before = self._held.get(place)
        bodies = bool(row.bodies) if row is not None else before is not None and before.bodies
        held = self._held[place] = HeldGroup(group, bodies)
        self._fresh[place] = row
        self._weight += row.weight if row is not None else 0
        if self._early and self._weight > _EARLY:
            self._write()
        return held

    def _find(self, request: GroupRequest[Any, Any]) -> HeldGroup | None:
        """The group with the last results of the requested slots, which may have been made from
        other inputs; None if there is none.
        """
        return self._group(request.place, _group_type(request.stage))

    def _group(self, place: Place, kind: Any) -> HeldGroup | None:
        """A group from memory or from the store; None if there is none."""
        self._asked.add(place)
        held = self._held.get(place)
        if held is None:
            held = self._stored(place, kind)
            if held is not None:
                self._held[place] = held
        return held

    def _stored(self, place: Place, kind: Any) -> HeldGroup | None:
        """A group from the store, decoded as `kind`; None if there is none or it is damaged."""
        row = self._row_of("SELECT value FROM records WHERE stage = ? AND name = ?", place)
        data = _unsealed(row)
        if data is None:
            return None
        bodies: list[Body] = []
        try:
            group = decoded(data, kind, bodies.append)
        except (ValueError, TypeError, KeyError):  # another type: the file was edited
            return None
        load = partial(self._bytes_of, place)
        for body in bodies:
            body.leave_memory(load)
        return HeldGroup(group, bool(bodies))

    def _bytes_of(self, place: Place, digest: str) -> bytes:
        """The bytes of a body in a group. They are made again if they are missing from the store;
        BodyLost if that fails.
        """
        where = "stage = ? AND name = ? AND digest = ?"
        data = self._row_of(f"SELECT value FROM bodies WHERE {where}", (*place, digest))
        if isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == digest:
            return data
        request = self._again.get(place)
        bodies: list[Body] = []
        for result in request.answers() if request is not None else ():
            encoded(result, bodies.append)
            for body in bodies:
                if body.digest == digest:
                    return body.read()
            bodies.clear()
        raise BodyLost(f"{place}: {digest}")

    def _row_of(self, query: str, values: tuple[str, ...]) -> object:
        """The value that an SQL query for one value returns; None if there is none or the store
        cannot be read.
        """
        if self.folder is None:
            return None

        def found(store: sqlite3.Connection) -> Any:
            return store.execute(query, values).fetchone()

        try:
            row = found(self._reader())
        except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeEncodeError):
            self._close()  # the store is not accessible, or it is damaged
            row = _with_store(self.folder, found)
        return None if row is None else row[0]

    def _reader(self) -> sqlite3.Connection:
        """The connection for reading, kept open until `save`: opening takes three times as long as
        reading a page.
        """
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
    """The digest of each value by its name."""
    return {
        name: str(each if type(each) is Digest else digest(each)) for name, each in inputs.items()
    }


def _shared(inputs: Mapping[str, object]) -> dict[str, str]:
    """The digests of the inputs that all slots of a group share, by name; the program is one of
    them.
    """
    return {**_digests(inputs), _PROGRAM: program_digest()}


def _group_request(
    stage: Callable[[T], R],
    group: str,
    slots: list[Any],
    shared: dict[str, str],
    *,
    glance: bool = False,
    mend: Mend[T, R] | None = None,
) -> GroupRequest[T, R]:
    inputs = [_digests(each.inputs) for each in slots]
    parts = [*shared, *shared.values()]
    for each, digests in zip(slots, inputs, strict=True):
        parts += (str(len(digests)), each.slot, *digests, *digests.values())
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    key = hashlib.sha256(whole).hexdigest()
    return GroupRequest(stage, group, slots, inputs, shared, key, glance, mend)


def _group_of(slot: str) -> str:
    """The name of the group of a slot. It depends only on the slot's name, so a new page moves no
    other page into another group.
    """
    return f"{zlib.crc32(slot.encode('utf-8', 'surrogatepass')) % _GROUPS} of {_GROUPS}"


def _answers(held: HeldGroup | None, request: GroupRequest[Any, Any]) -> bool:
    """Whether a group has exactly the results that a request needs, made from the same inputs."""
    return (
        held is not None
        and held.group.key == request.key
        and len(held.group.results) == len(request.slots)
    )


def _old_results(held: HeldGroup | None) -> dict[str, LastResult]:
    """The results of a group by slot, with the inputs from which they were made."""
    if held is None:
        return {}
    try:
        inputs = unpacked(held.group.inputs, GroupInputs)
    except (ValueError, TypeError):  # empty, or another type: the file was edited
        return {}
    pairs = zip(inputs.slots, held.group.results, strict=False)
    return {each.slot: LastResult(inputs.shared, each, result) for each, result in pairs}


def _encoded_inputs(inputs: GroupInputs) -> bytes:
    """The inputs in MessagePack; no bytes if the name of a slot has a lone surrogate, since a group
    with such a name is not stored.
    """
    try:
        return packed(inputs)
    except UnicodeEncodeError:
        return b""


def _made(
    request: GroupRequest[Any, Any], number: int, old: LastResult | None, gathered: str = ""
) -> SlotInputs:
    """The inputs of a result that is made now, and the names of the inputs that are not the same as
    those of the slot's last result.
    """
    inputs, shared = request.inputs[number], request.shared
    before = {} if old is None else old.own.inputs | old.shared
    after = inputs | shared
    names = dict.fromkeys((*before, *after)) if old is not None else ()
    changed = tuple(name for name in names if before.get(name) != after.get(name))
    return SlotInputs(str(request.slots[number].slot), inputs, gathered, changed)


def _with_store(
    folder: Path, action: Callable[[sqlite3.Connection], R], *, make: bool = False
) -> R | None:
    """The result of calling `action` with a connection to the store; None if there is no store or
    it is not accessible.

    A damaged file, or a file with other tables, is deleted. With `make`, a new one is created.
    """
    path = folder / _FILE
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
                with closing(_connected(path, make=make)) as store:
                    return action(store)
            except (sqlite3.Error, sqlite3.Warning, OverflowError, ValueError, TypeError) as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF in _OUT_OF_REACH:
                    return None
                path.unlink(missing_ok=True)
    except OSError:
        pass
    return None


def _connected(path: Path, *, make: bool) -> sqlite3.Connection:
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


def _places_of(store: sqlite3.Connection, stages: Iterable[str]) -> list[Place]:
    """The places of the groups of some stages."""
    query = "SELECT stage, name FROM records WHERE stage = ?"
    return [(stage, name) for each in stages for stage, name in store.execute(query, (each,))]


def _write(
    store: sqlite3.Connection,
    made: Iterable[tuple[Place, EncodedGroup]],
    unused: Iterable[Place],
) -> bool:
    """Writes new groups and deletes the groups at the places `unused`, in one transaction. Returns
    always True, since `_with_store` returns None on failure.
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


def _row(place: Place, group: ResultGroup[Any]) -> EncodedGroup | None:
    """A group in its encoded form; None if it cannot be encoded."""
    bodies: list[Body] = []
    try:
        "".join(place).encode()
        data = encoded(group, bodies.append)
    except UnicodeEncodeError:  # a file's name has a lone surrogate: each run makes the group again
        return None
    return EncodedGroup(_sealed(data), tuple(bodies))


def _sealed(data: bytes) -> bytes:
    """Encoded data with the first bytes of its digest in front, by which damage is found."""
    return hashlib.sha256(data).digest()[:_SEAL] + data


def _unsealed(stored: object) -> bytes | None:
    """The encoded data from what `_sealed` returned; None if the data is damaged."""
    if not isinstance(stored, bytes):
        return None
    data = stored[_SEAL:]
    return data if hashlib.sha256(data).digest()[:_SEAL] == stored[:_SEAL] else None


@functools.cache
def result_type(function: Callable[..., object]) -> Any:
    """The annotated return type of a function. Its stored results are decoded as this type.

    TypeError if the type lacks a parameter: with a bare `Outcome`, values would be decoded as
    dictionaries.
    """
    plain = function if hasattr(function, "__globals__") else type(function).__call__
    found = get_type_hints(plain)["return"]
    if getattr(found, "__parameters__", ()):
        raise TypeError(f"{function.__name__} does not say what it returns")
    return found


def _group_type(stage: Callable[..., object]) -> Any:
    """The type of a group of results of a stage."""
    return _group_of_results(getattr(stage, "__func__", stage))  # of a method, its function


@functools.cache
def _group_of_results(function: Callable[..., object]) -> Any:
    return ResultGroup[result_type(function)]  # type: ignore[misc]  # known when the program runs


def encoded(value: object, found: Callable[[Body], object] = bool) -> bytes:
    """A value in MessagePack. UnicodeEncodeError if a text in it has a lone surrogate.

    `found` is called with each body in the value. The bytes of bodies are not encoded.
    """

    def to_stored(each: Any) -> object:
        """The stored form of a type that MessagePack does not know: the result of its `to_stored`,
        or the text of HTML (`Markup`).
        """
        if isinstance(each, (Body, Later)):
            found(each if isinstance(each, Body) else each.body)
        return str(each) if isinstance(each, str) else each.to_stored()

    return msgspec.msgpack.encode(value, enc_hook=to_stored)


def decoded(data: bytes, kind: Any, found: Callable[[Body], object] = bool) -> Any:
    """The value of the type `kind` whose encoded form is `data`. ValueError or TypeError if the data
    is not of this type.

    `found` is called with each body in the value. `data` does not contain the bytes of bodies.
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
    """The decoder of a type, and the list in which it collects the bodies of the value that it
    decoded last.
    """
    bodies: list[Body] = []

    def from_stored(part: Any, stored: Any) -> object:
        """The value of a type that MessagePack does not know, made from its stored form by
        `from_stored`.
        """
        if issubclass(part, str):
            return part(stored)
        value = part.from_stored(stored)
        if isinstance(value, (Body, Later)):
            bodies.append(value if isinstance(value, Body) else value.body)
        return value

    return msgspec.msgpack.Decoder(kind, dec_hook=from_stored), bodies
