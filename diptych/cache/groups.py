"""The requests for results and the groups in which results are stored, as values."""

from __future__ import annotations

import functools
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar, cast

from diptych.bodies import Body
from diptych.cache.digests import Digest, digest
from diptych.cache.encoding import encoded, result_type, sealed
from diptych.glance import program_digest
from diptych.values import Value, packed, unpacked

# the names of a stage and of a group; a slot outside of groups has a group of the same name
Place = tuple[str, str]

T = TypeVar("T")
R = TypeVar("R")
# gets the argument of a stage and the last result; returns the new result, or None if the stage
# must make it
Mend: TypeAlias = Callable[[tuple[T, R]], R | None]

_GROUPS = 64  # number of groups of a stage; with two thousand slots, each group has about thirty
PROGRAM = "program"  # the name of the program among the inputs of a result


@dataclass(frozen=True, slots=True, eq=False)
class SlotRequest(Generic[T]):
    """A request for the result of one slot: its name, its inputs by name, and the argument of the
    stage.

    `inputs` must determine `given` completely, since the cache compares only the inputs. In
    `gather` and `gather_groups`, `given` is a function that returns the argument.
    """

    slot: str
    inputs: Mapping[str, object]
    given: T


@dataclass(frozen=True, slots=True, eq=False)
class SlotGroup(Generic[T]):
    """A request for the results of many slots, which are looked up together. While `inputs` is the
    same, `slots` is not called.
    """

    name: str
    count: int  # the number of slots
    inputs: Digest  # determines which slots there are, and all their inputs
    slots: Callable[[], Sequence[SlotRequest[T]]]


@dataclass(frozen=True, slots=True, eq=False)
class GroupRequest(Generic[T, R]):
    """A request for the results of a group of slots of one stage."""

    stage: Callable[[T], R]
    slots: SlotGroup[Any]
    shared: dict[str, str]  # the digests of the inputs that all slots share, by name
    key: str  # the digest of the slots and of all their inputs
    glance: bool = False  # whether `given` of each slot is a function that returns the argument
    mend: Mend[T, R] | None = None

    @property
    def place(self) -> Place:
        """The names of the stage and of the group, under which the results are stored."""
        return self.stage.__name__, self.slots.name

    def given(self, slot: SlotRequest[Any]) -> T:
        """The argument of the stage for a slot."""
        return cast(T, slot.given() if self.glance else slot.given)

    def results(self) -> Iterator[R]:
        """The results of all slots, each made when the iterator reaches it."""
        return (self.stage(self.given(each)) for each in self.slots.slots())


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


def _digests(inputs: Mapping[str, object]) -> dict[str, Digest]:
    """The digest of each value by its name."""
    return {name: each if type(each) is Digest else digest(each) for name, each in inputs.items()}


def input_digests(inputs: Mapping[str, object]) -> dict[str, str]:
    """The digest of each value by its name, as plain texts, which can be stored."""
    return {name: str(each) for name, each in _digests(inputs).items()}


def shared_digests(inputs: Mapping[str, object]) -> dict[str, str]:
    """The digests of the inputs that all slots of a group share, by name; the program is one of
    them.
    """
    return {**input_digests(inputs), PROGRAM: program_digest()}


def slot_group(name: str, slots: Iterable[SlotRequest[T]]) -> SlotGroup[T]:
    """A group of these slots. Their inputs are digested, once."""
    digested = [SlotRequest(each.slot, _digests(each.inputs), each.given) for each in slots]
    parts: list[object] = []
    for each in digested:
        parts += (str(len(each.inputs)), each.slot, *each.inputs, *each.inputs.values())
    return SlotGroup(name, len(digested), digest_of_texts(parts), lambda: digested)


def digest_of_texts(parts: Iterable[Any]) -> Digest:
    """The digest of texts without NUL, quicker than that of a tuple of them."""
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    return Digest(hashlib.sha256(whole).hexdigest())


def group_request(
    stage: Callable[[T], R],
    slots: SlotGroup[Any],
    shared: dict[str, str],
    *,
    glance: bool = False,
    mend: Mend[T, R] | None = None,
) -> GroupRequest[T, R]:
    """The request for a group. Its key is the digest of all inputs of the slots, also of `shared`."""
    key = digest_of_texts([*shared, *shared.values(), slots.inputs])
    return GroupRequest(stage, slots, shared, str(key), glance, mend)


def request_for(
    stage: Callable[[T], R],
    slot: SlotRequest[Any],
    *,
    glance: bool = False,
    mend: Mend[T, R] | None = None,
) -> GroupRequest[T, R]:
    """The request for a single slot, which is a group of its own."""
    group = slot_group(slot.slot, [slot])
    return group_request(stage, group, shared_digests({}), glance=glance, mend=mend)


def group_of(slot: str) -> str:
    """The name of the group of a slot. `slot` may also be a name that several slots share, such as the
    key of a page: then they are in one group. The result depends on `slot` only: when a page is
    added, all other pages stay in their groups.
    """
    return f"{zlib.crc32(slot.encode('utf-8', 'surrogatepass')) % _GROUPS} of {_GROUPS}"


def all_groups() -> Iterator[str]:
    """The names of all groups."""
    return (f"{number} of {_GROUPS}" for number in range(_GROUPS))


def answers(held: HeldGroup | None, request: GroupRequest[Any, Any]) -> bool:
    """Whether a group has exactly the results that a request needs, made from the same inputs."""
    return (
        held is not None
        and held.group.key == request.key
        and len(held.group.results) == request.slots.count
    )


def old_results(held: HeldGroup | None) -> dict[str, LastResult]:
    """The results of a group by slot, with the inputs from which they were made."""
    if held is None:
        return {}
    try:
        inputs = unpacked(held.group.inputs, GroupInputs)
    except (ValueError, TypeError):  # no inputs were stored, or the file was edited
        return {}
    pairs = zip(inputs.slots, held.group.results, strict=False)
    return {each.slot: LastResult(inputs.shared, each, result) for each, result in pairs}


def encoded_inputs(inputs: GroupInputs) -> bytes:
    """The inputs in MessagePack; no bytes if the name of a slot has a lone surrogate, since a group
    with such a name is not stored.
    """
    try:
        return packed(inputs)
    except UnicodeEncodeError:
        return b""


def made_from(
    slot: SlotRequest[Any], shared: dict[str, str], old: LastResult | None, gathered: str = ""
) -> SlotInputs:
    """The inputs of a result that is made now, and the names of the inputs that are not the same as
    those of the slot's last result.
    """
    inputs = input_digests(slot.inputs)
    before = {} if old is None else old.own.inputs | old.shared
    after = inputs | shared
    names = dict.fromkeys((*before, *after)) if old is not None else ()
    changed = tuple(name for name in names if before.get(name) != after.get(name))
    return SlotInputs(str(slot.slot), inputs, gathered, changed)


def encoded_group(place: Place, group: ResultGroup[Any]) -> EncodedGroup | None:
    """A group in its encoded form; None if it cannot be encoded."""
    bodies: list[Body] = []
    try:
        "".join(place).encode()
        data = encoded(group, bodies.append)
    except UnicodeEncodeError:  # a file's name has a lone surrogate: each run makes the group again
        return None
    return EncodedGroup(sealed(data), tuple(bodies))


def group_type(stage: Callable[..., object]) -> Any:
    """The type of a group of results of a stage."""
    return _group_of_results(getattr(stage, "__func__", stage))  # of a method, its function


@functools.cache
def _group_of_results(function: Callable[..., object]) -> Any:
    return ResultGroup[result_type(function)]  # type: ignore[misc]  # known when the program runs
