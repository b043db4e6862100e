"""The cache of a build: keeps the last result of each slot, in memory and in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from diptych.bodies import Body, BodyLost
from diptych.cache.digests import digest
from diptych.cache.encoding import decoded, encoded, unsealed
from diptych.cache.groups import (
    PROGRAM,
    EncodedGroup,
    GroupInputs,
    GroupRequest,
    HeldGroup,
    LastResult,
    Mend,
    Place,
    ResultGroup,
    SlotGroup,
    SlotInputs,
    SlotRequest,
    all_groups,
    answers,
    encoded_group,
    encoded_inputs,
    group_of,
    group_request,
    group_type,
    made_from,
    old_results,
    request_for,
    shared_digests,
    slot_group,
)
from diptych.cache.store import Store
from diptych.cache.watch import Watch
from diptych.values import replace

T = TypeVar("T")
R = TypeVar("R")

_BATCH = 4_000_000  # bytes of new results that are written in one batch, before `save`


class Cache:
    """The results of the stages of a build, on disk, or only in this process if `folder` is None.

    A stage is a function. A slot is the thing from which a stage makes one result: a file, a page,
    an output. The cache keeps only the last result of each slot, so the store does not grow beyond
    the size of the site. If a stage has thousands of slots, they are divided into groups
    (`call_each`, `call_groups`, `gather_groups`): if nothing in a group changed, its results are
    looked up and decoded together. `save` writes the results of this run, and deletes those groups
    of the same stages that this run did not use.

    Results are written in batches before `save`, so that the bytes of finished files leave memory.
    If those bytes are later missing from the store (it was damaged, or another build replaced
    them), they are made again.
    """

    def __init__(self, folder: Path | None, *, saves: bool = True) -> None:
        self.folder = folder
        self._store = None if folder is None else Store(folder)
        self._saves = saves and folder is not None
        self._in_batches = self._saves  # whether results are written in batches, before `save`
        self._held: dict[Place, HeldGroup] = {}
        # groups that are not stored yet; None for a group that is not encoded yet
        self._fresh: dict[Place, EncodedGroup | None] = {}
        self._weight = 0  # bytes of the groups in `_fresh`
        # requests by which lost bodies are made again
        self._again: dict[Place, GroupRequest[Any, Any]] = {}
        self._asked: set[Place] = set()  # groups that were used since the last `forget_unasked`
        self._kept: set[Place] = set()  # groups that stay in the store, even if unused
        self.watch = Watch()
        self.compiled: dict[str, bytes] = {}  # bytecode of templates, by Jinja's key; never stored

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        """Frees the results in memory, at the end of a command.

        The results and the cache refer to each other. So without this, Python would keep them until
        the process ends, and then look at every object several times.
        """
        self._held.clear()
        self._again.clear()

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
        source of a document; by default `given` itself. The command `why` prints their names.
        """
        one = SlotRequest(slot, {"given": given} if inputs is None else inputs, given)
        return self._results(request_for(stage, one))[0]

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
        return self._results(request_for(stage, one, glance=True, mend=mend))[0]

    def call_each(
        self,
        stage: Callable[[T], R],
        requests: Iterable[SlotRequest[T]],
        shared: Mapping[str, object],
    ) -> list[R]:
        """The results of many slots of a stage, in the order of `requests`, each found or made as by
        `call`. `shared` holds inputs that are the same for all slots.
        """
        every = list(requests)
        numbers: dict[str, list[int]] = {}
        for number, each in enumerate(every):
            numbers.setdefault(group_of(each.slot), []).append(number)
        groups = [
            slot_group(name, (every[each] for each in some)) for name, some in numbers.items()
        ]
        results = self.call_groups(stage, groups, shared)
        found = dict(zip(chain.from_iterable(numbers.values()), results, strict=True))
        return [found[number] for number in range(len(every))]

    def call_groups(
        self,
        stage: Callable[[T], R],
        groups: Sequence[SlotGroup[T]],
        shared: Mapping[str, object],
    ) -> list[R]:
        """The results of the slots of all groups, in order, each found or made as by `call`. A group
        whose inputs did not change takes one lookup: its slots are not even listed.
        """
        return self._of_groups(stage, groups, shared, glance=False)

    def gather_groups(
        self,
        stage: Callable[[T], R],
        groups: Sequence[SlotGroup[Callable[[], T]]],
        shared: Mapping[str, object],
        mend: Mend[T, R] | None = None,
    ) -> list[R]:
        """The results of the slots of all groups, in order, each found or made as by `gather`; see
        `call_groups`.
        """
        return self._of_groups(stage, groups, shared, glance=True, mend=mend)

    def keep(self, stage: Callable[..., object], name: str) -> None:
        """Keeps the results of a group of slots in the store, even if this run does not look them up.
        Other results would be deleted. These are needed again as soon as an output that is made from
        them must be made again.
        """
        place = (stage.__name__, name)
        self._kept.add(place)
        self._asked.add(place)

    def _of_groups(
        self,
        stage: Callable[[T], R],
        groups: Sequence[SlotGroup[Any]],
        shared: Mapping[str, object],
        *,
        glance: bool,
        mend: Mend[T, R] | None = None,
    ) -> list[R]:
        self.watch.expected(stage.__name__, sum(each.count for each in groups))
        same, found = shared_digests(shared), list[R]()
        for each in groups:
            found += self._results(group_request(stage, each, same, glance=glance, mend=mend))
        return found

    def ahead(self, stage: Callable[[T], R], given: Mapping[str, T], jobs: int) -> None:
        """Makes missing results in `jobs` threads, so that later calls of `call` find them. `given`
        maps each slot to the argument of the stage.

        Threads save time if the stage calls a library that releases the interpreter lock, as Pillow
        does. Only the stage runs in the threads.
        """
        slots = (SlotRequest(slot, {"given": each}, each) for slot, each in given.items())
        requests = [request_for(stage, each) for each in slots]
        missing = [each for each in requests if not answers(self._find(each), each)]
        if jobs < 2 or not missing:
            return
        from concurrent.futures import ThreadPoolExecutor  # slow to import; nothing else needs it

        self.watch.begun(stage.__name__)
        with ThreadPoolExecutor(jobs) as pool:
            asked = [each.slots.slots()[0] for each in missing]
            results = pool.map(stage, [each.given for each in asked])
            for request, slot, result in zip(missing, asked, results, strict=True):
                self.watch.ended(stage.__name__)
                old = old_results(self._find(request)).get(slot.slot)
                self._keep(request, [(made_from(slot, request.shared, old), result)])

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
        for name in (slot, *all_groups()):  # the group of a page depends on its key, not on `slot`
            held = self._stored((stage, name), ResultGroup[Any])
            old = old_results(held).get(slot)
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

    def bodies(self, sizes: Mapping[str, int]) -> dict[str, Body]:
        """The stored bodies among those with the given digests and lengths, by digest. They are not
        made again: `read` raises BodyLost if their bytes are missing.
        """
        places = self._store.bodies() if self._store is not None else {}
        found = {}
        for name in sizes.keys() & places.keys():
            body = found[name] = Body.from_stored((name, sizes[name]))
            body.leave_memory(partial(self._bytes_of, places[name]))
        return found

    def keep_bodies(self, name: str, bodies: Iterable[Body]) -> None:
        """Stores bodies that are in no result, for `bodies`, in place of those stored under this
        name before.
        """
        place, group = (name, name), ResultGroup("", b"", (tuple(bodies),))
        held = self._group(place, ResultGroup[tuple[Body, ...]])
        if held is None or held.group.results != group.results:
            self._hold(place, group)

    def save(self) -> None:
        """Writes the results of this run. If the disk is full or read-only, they are lost, and
        nothing is reported.
        """
        if not self._saves:
            return
        assert self._store is not None
        self._store.close()
        stored = self._store.places(sorted({stage for stage, _ in self._held}))
        self._write([each for each in stored if each not in self._held and each not in self._kept])
        self._fresh.clear()

    def _write(self, unused: Sequence[Place] = ()) -> None:
        """Writes the new results and frees the memory of their bodies. The groups at the places
        `unused` are deleted. If the store cannot be written, the results stay in memory until
        `save` tries again.
        """
        if not self._fresh and not unused:
            return
        assert self._store is not None
        if not self._store.write(self._rows, unused):
            self._in_batches = False
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
            found = row or encoded_group(place, self._held[place].group)
            if found is not None:
                yield place, found

    def wait_for_save(self) -> None:
        """Turns off writing before `save`: until then the store stays unchanged."""
        self._in_batches = False

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
        self._held.clear()
        self._asked.clear()
        self._fresh.clear()
        self._again.clear()
        if self._store is not None:
            self._store.delete()

    def _results(self, request: GroupRequest[T, R]) -> tuple[R, ...]:
        """The results of a group. A result whose inputs changed is made again."""
        held = self._find(request)
        if held is not None and answers(held, request):
            self.watch.asked(request.stage.__name__, request.slots.count)
        else:
            old = old_results(held)
            made = [
                self._result(request, each, old.get(each.slot)) for each in request.slots.slots()
            ]
            held = self._keep(request, made)
        if held.bodies:
            self._again[request.place] = request
        return held.group.results

    def _result(
        self, request: GroupRequest[T, R], slot: SlotRequest[Any], old: LastResult | None
    ) -> tuple[SlotInputs, R]:
        """The result of a slot, with the inputs from which it was made: the old result if the
        inputs are the same, else a new one.
        """
        self.watch.asked(request.stage.__name__, 1)
        shared = request.shared
        made = made_from(slot, shared, old)
        if old is not None and old.own.inputs == made.inputs and old.shared == shared:
            return old.own, old.result
        given = request.given(slot)
        if request.glance:
            made = replace(made, gathered=str(digest(given)))
        if request.glance and old is not None and old.shared.get(PROGRAM) == shared[PROGRAM]:
            if old.own.gathered == made.gathered:
                return replace(old.own, inputs=made.inputs), old.result
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
        inputs = encoded_inputs(GroupInputs(request.shared, tuple(each for each, _ in made)))
        group = ResultGroup(request.key, inputs, tuple(result for _, result in made))
        return self._hold(request.place, group)

    def _hold(self, place: Place, group: ResultGroup[R]) -> HeldGroup:
        """Keeps a group in memory until it is stored. If results are written in batches, the group
        is encoded now, and is written with the others when there is enough for a batch.
        """
        row = encoded_group(place, group) if self._in_batches else None
        before = self._held.get(place)
        bodies = bool(row.bodies) if row is not None else before is not None and before.bodies
        held = self._held[place] = HeldGroup(group, bodies)
        self._fresh[place] = row
        self._weight += row.weight if row is not None else 0
        if self._in_batches and self._weight > _BATCH:
            self._write()
        return held

    def _find(self, request: GroupRequest[Any, Any]) -> HeldGroup | None:
        """The group with the last results of the requested slots, which may have been made from
        other inputs; None if there is none.
        """
        return self._group(request.place, group_type(request.stage))

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
        data = unsealed(self._store.group(place)) if self._store is not None else None
        if data is None:
            return None
        bodies: list[Body] = []
        try:
            group = decoded(data, kind, bodies.append)
        except (ValueError, TypeError, KeyError):  # the file was edited: not a `kind`
            return None
        load = partial(self._bytes_of, place)
        for body in bodies:
            body.leave_memory(load)
        return HeldGroup(group, bool(bodies))

    def _bytes_of(self, place: Place, digest: str) -> bytes:
        """The bytes of a body in a group. They are made again if they are missing from the store;
        BodyLost if that fails.
        """
        data = self._store.body(place, digest) if self._store is not None else None
        if data is not None:
            return data
        request = self._again.get(place)
        bodies: list[Body] = []
        for result in request.results() if request is not None else ():
            encoded(result, bodies.append)
            for body in bodies:
                if body.digest == digest:
                    return body.read()
            bodies.clear()
        raise BodyLost(f"{place}: {digest}")
