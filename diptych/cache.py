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

Place = tuple[str, str]  # the name of a stage, and that of a group: where it is alone, its slot

T = TypeVar("T")
R = TypeVar("R")
Mend: TypeAlias = Callable[
    [tuple[T, R]], R | None
]  # makes a result of the input and the last result

_FILE = "results.sqlite"
_EARLY = 4_000_000  # bytes of what was made that are written together, before the end of the run
_SEAL = 8  # bytes of a digest in front of a value
_GROUPS = 64  # of the slots of a stage: at a thousand pages each holds some dozens
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


@dataclass(frozen=True, slots=True, eq=False)
class Ask(Generic[T]):
    """A question for the result of one slot: the values that decide it, by name, and the input of
    the stage.
    """

    slot: str
    inputs: Mapping[str, object]
    given: T


@dataclass(frozen=True, slots=True, eq=False)
class Question(Generic[T, R]):
    """A question for the results of a group of slots of a stage."""

    stage: Callable[[T], R]
    group: str  # its name
    asks: list[Ask[Any]]
    inputs: list[dict[str, str]]  # of each slot: name -> digest
    shared: dict[str, str]  # inputs of all slots
    key: str  # the digest of the slots and of all their inputs
    glance: bool  # whether the asks hold functions that gather the input of the stage
    mend: Mend[T, R] | None

    @property
    def place(self) -> Place:
        """The place of the group among the results."""
        return self.stage.__name__, self.group

    def without_inputs(self) -> Question[T, R]:
        """The question without the digests, for whoever makes the results again in any case."""
        return Question(self.stage, self.group, self.asks, [], {}, self.key, self.glance, None)

    def given(self, number: int) -> T:
        """The input of the stage for a slot."""
        given = self.asks[number].given
        return cast(T, given() if self.glance else given)

    def answers(self) -> Iterator[R]:
        """The results, made one by one."""
        return (self.stage(self.given(number)) for number in range(len(self.asks)))


class Member(Value):
    """How the result of one slot came about."""

    slot: str
    inputs: dict[str, str]  # name -> digest, without those that the group shares
    gathered: str  # the digest of the stage's input, where a glance comes before it
    before: tuple[str, ...]  # the names of the inputs for which it was made again


class Making(Value):
    """How the results of a group came about."""

    shared: dict[str, str]  # inputs of all slots, the program among them
    members: tuple[Member, ...]


class ResultGroup(Value, Generic[R]):
    """The results of some slots of a stage, which are stored and found together."""

    key: str  # of the question that they answer
    making: bytes  # a `Making`, which is decoded when something in the group changed
    results: tuple[R, ...]  # in the order of `Making.members`


class Held(Value):
    """A group in memory."""

    group: ResultGroup[Any]
    bodies: bool  # whether bytes of its results may lie in the store alone


class Old(Value):
    """The last result of a slot, and how it came about."""

    shared: dict[str, str]
    member: Member
    result: Any


class Encoded(Value):
    """A group in the form of the store, and its bodies, which lie apart from it."""

    data: bytes
    bodies: tuple[Body, ...]

    @property
    def weight(self) -> int:
        """How many bytes will be written, nearly."""
        return len(self.data) + sum(each.size for each in self.bodies if each.in_memory)


class Watch:
    """Receives a call before and after each stage; this base class ignores them."""

    def expected(self, stage: str, slots: int) -> None:
        """A stage will be asked for `slots` slots more."""

    def asked(self, stage: str, slots: int) -> None:
        """The stage is asked for `slots` slots: for each it makes a result, or has one."""

    def begun(self, stage: str) -> None:
        """A stage begins to make a result."""

    def ended(self, stage: str) -> None:
        """The stage has made its result."""


class Cache:
    """Results of the stages of a build, on disk, or only in this process when `folder` is None.

    A stage is a function; a slot is what it makes one result of: a file, a page, an output. A slot
    holds one result, the last one, so that the store never grows beyond the site. The slots of a
    stage that has thousands lie in groups (`call_each`, `gather_each`): where nothing in a group
    changed, its results are found by one question and decoded at once. `save` writes what this run
    made, and deletes of each stage the groups that this run did not ask for.

    Before that, results are written in batches, so that the bytes of finished files leave memory.
    Bytes that are not in the store any more when they are asked for, since it was damaged or another
    build replaced them, are made again. The file is open while it is read or written: no connection
    crosses a fork.
    """

    def __init__(self, folder: Path | None, *, saves: bool = True) -> None:
        self.folder = folder
        self._saves = saves and folder is not None
        self._early = self._saves  # whether results are written in batches, before `save`
        self._held: dict[Place, Held] = {}
        self._fresh: dict[Place, Encoded | None] = {}  # not stored yet; None: not even encoded
        self._weight = 0  # bytes of the rows in `_fresh`
        self._again: dict[Place, Question[Any, Any]] = {}  # by which lost bodies are made again
        self._asked: set[Place] = set()  # since unasked groups were last forgotten
        self._open: sqlite3.Connection | None = None  # open while the store is read
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
        ask = Ask(slot, {"given": given} if inputs is None else inputs, given)
        return self._results(_question(stage, slot, [ask], _shared({})))[0]

    def gather(
        self,
        stage: Callable[[T], R],
        slot: str,
        glance: Mapping[str, object],
        gathered: Callable[[], T],
        mend: Mend[T, R] | None = None,
    ) -> R:
        """As `call`, where it takes work to gather what the stage is given.

        The glance decides that wholly, and more: while it is the same, nothing is gathered. When it
        is another, what is gathered may still be the same, and then the stage is not run. `mend`
        may know how to make the result of what is gathered and of the slot's last result; None if it
        does not.
        """
        asks = [Ask(slot, glance, gathered)]
        return self._results(_question(stage, slot, asks, _shared({}), glance=True, mend=mend))[0]

    def call_each(
        self, stage: Callable[[T], R], asks: Iterable[Ask[T]], shared: Mapping[str, object]
    ) -> list[R]:
        """The results of many slots of a stage, in their order, each found or made as by `call`.
        `shared` are inputs of all of them.
        """
        return self._each(stage, list(asks), shared, glance=False, mend=None)

    def gather_each(
        self,
        stage: Callable[[T], R],
        asks: Iterable[Ask[Callable[[], T]]],
        shared: Mapping[str, object],
        mend: Mend[T, R] | None = None,
    ) -> list[R]:
        """The results of many slots of a stage, in their order, each found or made as by `gather`.
        `shared` are parts of the glance that are the same for all.
        """
        return self._each(stage, list(asks), shared, glance=True, mend=mend)

    def _each(
        self,
        stage: Callable[[T], R],
        asks: list[Any],
        shared: Mapping[str, object],
        *,
        glance: bool,
        mend: Mend[T, R] | None,
    ) -> list[R]:
        groups: dict[str, list[int]] = {}
        for number, ask in enumerate(asks):
            groups.setdefault(_group_of(ask.slot), []).append(number)
        self.watch.expected(stage.__name__, len(asks))
        same, found = _shared(shared), dict[int, R]()
        for name, numbers in groups.items():
            some = [asks[each] for each in numbers]
            question = _question(stage, name, some, same, glance=glance, mend=mend)
            found.update(zip(numbers, self._results(question), strict=True))
        return [found[number] for number in range(len(asks))]

    def ahead(self, stage: Callable[[T], R], given: Mapping[str, T], jobs: int) -> None:
        """Does in `jobs` threads what `call` will be asked for: slot -> what is given there.

        Threads help where a library works outside of Python, as Pillow does; only the stage runs
        in them.
        """
        questions = [
            _question(stage, slot, [Ask(slot, {"given": each}, each)], _shared({}))
            for slot, each in given.items()
        ]
        missing = [each for each in questions if not _answers(self._find(each), each)]
        if jobs < 2 or not missing:
            return
        from concurrent.futures import ThreadPoolExecutor  # slow to import; nothing else needs it

        self.watch.begun(stage.__name__)
        with ThreadPoolExecutor(jobs) as pool:
            results = pool.map(stage, [each.given(0) for each in missing])
            for question, result in zip(missing, results, strict=True):
                self.watch.ended(stage.__name__)
                old = _old_results(self._find(question)).get(question.group)
                self._keep(question, [(_made(question, 0, old), result)])

    def beside(self) -> Cache:
        """A cache with the results that are held now, for a build of a site that is nearly the same. Its
        own results are never stored.
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
                return tuple(old.member.inputs | old.shared), old.member.before
        return None

    def read_bytes(self, name: str, slot: str) -> bytes | None:
        """Bytes that `write_bytes` was given, in this run or an earlier one."""
        held = self._group((name, slot), ResultGroup[bytes])
        return held.group.results[0] if held is not None and held.group.results else None

    def write_bytes(self, name: str, slot: str, data: bytes) -> None:
        """Keeps bytes for `read_bytes`."""
        self._asked.add((name, slot))
        self._hold((name, slot), ResultGroup("", b"", (data,)))

    def save(self) -> None:
        """Writes what this run made; a full disk or a read-only folder costs speed, nothing else."""
        if not self._saves:
            return
        assert self.folder is not None
        self._close()
        stages = sorted({stage for stage, _ in self._held})
        stored = _ask(self.folder, lambda store: _places_of(store, stages)) or []
        self._write([place for place in stored if place not in self._held])
        self._fresh.clear()

    def _write(self, unused: Sequence[Place] = ()) -> None:
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
            load = partial(self._bytes_of, place)
            for body in row.bodies if row is not None else ():
                body.leave_memory(load)
        self._fresh.clear()
        self._weight = 0

    def _rows(self) -> Iterator[tuple[Place, Encoded]]:
        """What this run made as it is stored, one by one: all of it weighs as much as the site."""
        for place, row in self._fresh.items():
            found = row or _row(place, self._held[place].group)
            if found is not None:
                yield place, found

    def wait_for_save(self) -> None:
        """Writes nothing early from now on: what the store holds stays in it until `save`."""
        self._early = False

    def forget_unasked(self) -> None:
        """Lets go of groups that nothing asked for since the last time, as that of an output that
        has another address now.

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
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _results(self, question: Question[T, R]) -> tuple[R, ...]:
        """The results of a group; those are made that have other inputs than before."""
        held = self._find(question)
        if held is not None and _answers(held, question):
            self.watch.asked(question.stage.__name__, len(question.asks))
        else:
            old = _old_results(held)
            made = [
                self._result(question, number, old.get(ask.slot))
                for number, ask in enumerate(question.asks)
            ]
            held = self._keep(question, made)
        if held.bodies:
            self._again[question.place] = question.without_inputs()
        return held.group.results

    def _result(self, question: Question[T, R], number: int, old: Old | None) -> tuple[Member, R]:
        """The result of a slot: the old one, if it was made of the same."""
        self.watch.asked(question.stage.__name__, 1)
        inputs, shared = question.inputs[number], question.shared
        if old is not None and old.member.inputs == inputs and old.shared == shared:
            return old.member, old.result
        given, gathered = question.given(number), ""
        if question.glance:
            gathered = str(digest(given))
        made = _made(question, number, old, gathered)
        if question.glance and old is not None and old.shared.get(_PROGRAM) == shared[_PROGRAM]:
            if old.member.gathered == gathered:
                return replace(old.member, inputs=inputs), old.result
            mended = self._mend(question, made.slot, given, old.result)
            if mended is not None:
                return made, mended
        return made, self._run(question.stage, made.slot, given)

    def _run(self, stage: Callable[[T], R], slot: str, given: T) -> R:
        """Lets a stage make the result of a slot."""
        self.watch.begun(stage.__name__)
        result = stage(given)
        self.watch.ended(stage.__name__)
        return result

    def _mend(self, question: Question[T, R], slot: str, given: T, last: R) -> R | None:
        """The result of a slot, made of the last one; None where nobody knows how."""
        if question.mend is None:
            return None
        self.watch.begun(question.stage.__name__)
        result = question.mend((given, last))
        if result is not None:
            self.watch.ended(question.stage.__name__)
        return result

    def _keep(self, question: Question[T, R], made: Sequence[tuple[Member, R]]) -> Held:
        """Holds the answer to a question."""
        making = _encoded_making(Making(question.shared, tuple(member for member, _ in made)))
        group = ResultGroup(question.key, making, tuple(result for _, result in made))
        return self._hold(question.place, group)

    def _hold(self, place: Place, group: ResultGroup[R]) -> Held:
        """Holds a group that is to be stored. Where results are written early, it is encoded now,
        and written when there is enough for a batch.
        """
        row = _row(place, group) if self._early else None
        before = self._held.get(place)
        bodies = bool(row.bodies) if row is not None else before is not None and before.bodies
        held = self._held[place] = Held(group, bodies)
        self._fresh[place] = row
        self._weight += row.weight if row is not None else 0
        if self._early and self._weight > _EARLY:
            self._write()
        return held

    def _find(self, question: Question[Any, Any]) -> Held | None:
        """The group that a question is about, as it is."""
        return self._group(question.place, _group_type(question.stage))

    def _group(self, place: Place, kind: Any) -> Held | None:
        """A group in this process or in the store; None when there is none."""
        self._asked.add(place)
        held = self._held.get(place)
        if held is None:
            held = self._stored(place, kind)
            if held is not None:
                self._held[place] = held
        return held

    def _stored(self, place: Place, kind: Any) -> Held | None:
        """A group in the store, as a type; None when there is none or it is damaged."""
        row = self._row_of("SELECT value FROM records WHERE stage = ? AND name = ?", place)
        data = _unsealed(row)
        if data is None:
            return None
        bodies: list[Body] = []
        try:
            group = decoded(data, kind, bodies.append)
        except (ValueError, TypeError, KeyError):  # whole, and yet no such value: made by hand
            return None
        load = partial(self._bytes_of, place)
        for body in bodies:
            body.leave_memory(load)
        return Held(group, bool(bodies))

    def _bytes_of(self, place: Place, digest: str) -> bytes:
        """The bytes of a body in a group. They are made again if the store lost them."""
        where = "stage = ? AND name = ? AND digest = ?"
        data = self._row_of(f"SELECT value FROM bodies WHERE {where}", (*place, digest))
        if isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == digest:
            return data
        question = self._again.get(place)
        bodies: list[Body] = []
        for result in question.answers() if question is not None else ():
            encoded(result, bodies.append)
            for body in bodies:
                if body.digest == digest:
                    return body.read()
            bodies.clear()
        raise BodyLost(f"{place}: {digest}")

    def _row_of(self, question: str, values: tuple[str, ...]) -> object:
        """The answer of the store to a question for one value; None when it has none."""
        if self.folder is None:
            return None

        def found(store: sqlite3.Connection) -> Any:
            return store.execute(question, values).fetchone()

        try:
            row = found(self._reader())
        except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeEncodeError):
            self._close()  # out of reach, or damaged
            row = _ask(self.folder, found)
        return None if row is None else row[0]

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
    """The digest of each value by its name."""
    return {
        name: str(each if type(each) is Digest else digest(each)) for name, each in inputs.items()
    }


def _shared(inputs: Mapping[str, object]) -> dict[str, str]:
    """The digests of what all slots of a group are made of, the program among them."""
    return {**_digests(inputs), _PROGRAM: program_digest()}


def _question(
    stage: Callable[[T], R],
    group: str,
    asks: list[Any],
    shared: dict[str, str],
    *,
    glance: bool = False,
    mend: Mend[T, R] | None = None,
) -> Question[T, R]:
    inputs = [_digests(ask.inputs) for ask in asks]
    parts = [*shared, *shared.values()]
    for ask, digests in zip(asks, inputs, strict=True):
        parts += (str(len(digests)), ask.slot, *digests, *digests.values())
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    key = hashlib.sha256(whole).hexdigest()
    return Question(stage, group, asks, inputs, shared, key, glance, mend)


def _group_of(slot: str) -> str:
    """The name of the group of a slot. It depends on nothing else, so that a new page moves no other
    into another group.
    """
    return f"{zlib.crc32(slot.encode('utf-8', 'surrogatepass')) % _GROUPS} of {_GROUPS}"


def _answers(held: Held | None, question: Question[Any, Any]) -> bool:
    """Whether a group holds the results that a question asks for."""
    return (
        held is not None
        and held.group.key == question.key
        and len(held.group.results) == len(question.asks)
    )


def _old_results(held: Held | None) -> dict[str, Old]:
    """The results in a group by their slots, with how they came about."""
    if held is None:
        return {}
    try:
        making = unpacked(held.group.making, Making)
    except (ValueError, TypeError):  # none, or whole and yet no such value: made by hand
        return {}
    pairs = zip(making.members, held.group.results, strict=False)
    return {member.slot: Old(making.shared, member, result) for member, result in pairs}


def _encoded_making(making: Making) -> bytes:
    """In MessagePack; nothing where a slot holds half a character, as no such group is stored."""
    try:
        return packed(making)
    except UnicodeEncodeError:
        return b""


def _made(question: Question[Any, Any], number: int, old: Old | None, gathered: str = "") -> Member:
    """How a result came about that is made now: also for what reason."""
    inputs, shared = question.inputs[number], question.shared
    before = {} if old is None else old.member.inputs | old.shared
    after = inputs | shared
    names = dict.fromkeys((*before, *after)) if old is not None else ()
    changed = tuple(name for name in names if before.get(name) != after.get(name))
    return Member(str(question.asks[number].slot), inputs, gathered, changed)


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


def _places_of(store: sqlite3.Connection, stages: Iterable[str]) -> list[Place]:
    """The places of the groups of some stages."""
    question = "SELECT stage, name FROM records WHERE stage = ?"
    return [(stage, name) for each in stages for stage, name in store.execute(question, (each,))]


def _write(
    store: sqlite3.Connection,
    made: Iterable[tuple[Place, Encoded]],
    unused: Iterable[Place],
) -> bool:
    """Adds what was made and takes out what is not used any more, in one transaction."""
    for table in _TABLES:
        store.executemany(f"DELETE FROM {table} WHERE stage = ? AND name = ?", unused)
    for place, row in made:
        store.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (*place, row.data))
        _write_bodies(store, place, row.bodies)
    store.commit()
    return True


def _write_bodies(store: sqlite3.Connection, place: Place, bodies: Iterable[Body]) -> None:
    """Makes the store hold exactly the bodies of a group: adds those in memory; the others are there
    already.
    """
    named = {each.digest for each in bodies}
    found = store.execute("SELECT digest FROM bodies WHERE stage = ? AND name = ?", place)
    gone = [(*place, digest) for (digest,) in found if digest not in named]
    store.executemany("DELETE FROM bodies WHERE stage = ? AND name = ? AND digest = ?", gone)
    store.executemany(
        "INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?)",
        ((*place, each.digest, each.read()) for each in bodies if each.in_memory),
    )


def _row(place: Place, group: ResultGroup[Any]) -> Encoded | None:
    """A group as it is stored; None when it cannot be stored."""
    bodies: list[Body] = []
    try:
        "".join(place).encode()
        data = encoded(group, bodies.append)
    except UnicodeEncodeError:  # half a character, in the name of a file: made once a run
        return None
    return Encoded(_sealed(data), tuple(bodies))


def _sealed(data: bytes) -> bytes:
    """A value behind the beginning of its digest, by which damage shows."""
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


def _group_type(stage: Callable[..., object]) -> Any:
    """The type of a group of results of a stage."""
    return _group_of_results(getattr(stage, "__func__", stage))  # of a method, its function


@functools.cache
def _group_of_results(function: Callable[..., object]) -> Any:
    return ResultGroup[result_type(function)]  # type: ignore[misc]  # known when the program runs


def encoded(value: object, found: Callable[[Body], object] = bool) -> bytes:
    """A value in MessagePack; UnicodeEncodeError when a text of it holds half a character.

    `found` is called with each body in the value, whose bytes are not encoded.
    """

    def to_stored(each: Any) -> object:
        """A type that MessagePack does not know says by `to_stored` how it is stored; HTML
        (`Markup`) is stored as the text that it is.
        """
        if isinstance(each, (Body, Later)):
            found(each if isinstance(each, Body) else each.body)
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
        if isinstance(value, (Body, Later)):
            bodies.append(value if isinstance(value, Body) else value.body)
        return value

    return msgspec.msgpack.Decoder(kind, dec_hook=from_stored), bodies
