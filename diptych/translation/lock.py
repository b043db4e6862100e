"""`translations.lock`: what the languages of a page said when a person last called them the same.

The texts of `site.yaml` and of `terms.yaml` have `site.lock` and `terms.lock`, of the same form.

Text, one unit a line, sorted, with an empty line between two units, so that git merges what was
confirmed on two branches by itself. A line is the unit's label and a digest per language:

    press-conference.paragraph.2 fr:1f0c… nl:9a3b…

`~` behind a digest: this language said the same as an earlier wording of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from diptych.diagnostics import Diagnostic, Message, Outcome, Source, error, say
from diptych.translation.align import UnitGroup
from diptych.values import Value

VERSION = 1
_HEAD = "# diptych translations 1: written by `build.py confirm`, one unit a line"
_LINE = re.compile(r"(?P<label>[\w./-]+)(?P<digests>(?: [a-z][a-z0-9-]*:[0-9a-f]{12}~?)+)")


_FILE = ".yaml"  # how the key of a file of the whole site ends; no page key can hold a point


def lock_path(key: str) -> str:
    """Where the lock of a page lies, by its key, or that of `site.yaml` or `terms.yaml`."""
    if key.endswith(_FILE):
        return f"content/{key.removesuffix(_FILE)}.lock"
    return f"content/{key}/translations.lock"


def key_of(path: str) -> str:
    """The key under which the texts of a file below `content/` are tracked, or its lock's own.

    That of the page in whose folder it lies; of `content/site.yaml` and `content/site.lock`,
    `site.yaml`.
    """
    key, _, name = path.removeprefix("content/").rpartition("/")
    return key or name.removesuffix(".lock").removesuffix(_FILE) + _FILE


class ConfirmedUnit(Value):
    """A unit as it was confirmed."""

    label: str  # `section.kind.number`: a name for people and for sorting, not an identity
    digests: Mapping[str, str]  # language -> digest
    behind: frozenset[str] = frozenset()  # languages that said an earlier wording

    def changed(self, now: Mapping[str, str]) -> set[str]:
        """The languages that say something else than was confirmed; not those that lagged even
        then, and not those that were added since, which nobody has compared yet.
        """
        return {
            key
            for key, digest in now.items()
            if key in self.digests and key not in self.behind and digest != self.digests[key]
        }


class Lock(Value):
    """What a person confirmed of one page; empty when nobody did yet."""

    records: tuple[ConfirmedUnit, ...] = ()


def read_lock(source: Source) -> Outcome[Lock | None]:
    """The lock of a page; None when it cannot be trusted, and then it must not be written either.

    Diagnostics: lock-version, lock-damaged, each at its line.
    """
    lines = source.text.split("\n")
    problem = _version(source, lines)
    if problem is not None:
        return Outcome(None, (problem,))
    records, problems = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            message = say("this line of the lock cannot be read")
            problems.append(_problem("lock-damaged", source, number, message))
            continue
        records.append(_record(match["label"], match["digests"]))
    if problems:
        return Outcome(None, tuple(problems))
    return Outcome(Lock(tuple(records)))


def _record(label: str, text: str) -> ConfirmedUnit:
    digests, behind = {}, set()
    for part in text.split():
        language, _, value = part.partition(":")
        digests[language] = value.rstrip("~")
        if value.endswith("~"):
            behind.add(language)
    return ConfirmedUnit(label, digests, frozenset(behind))


def _version(source: Source, lines: Sequence[str]) -> Diagnostic | None:
    match = re.match(r"# diptych translations (\d+)", lines[0])
    if match is None:
        message = say("the first line of the lock is missing")
        edits = source.span(0, 0).becomes(f"{_HEAD}\n\n")
        span = source.line_span(1)
        return error("lock-damaged", span, message, None, edits)
    if int(match[1]) != VERSION:
        message = say("this lock was written by a newer version of the tool")
        hint = say("update the tool; the lock stays as it is until then")
        return _problem("lock-version", source, 1, message, hint)
    return None


def _problem(
    check: str, source: Source, number: int, message: Message, hint: Message | None = None
) -> Diagnostic:
    if hint is None:
        hint = say(
            "bring the line back from git's history, or delete it and confirm that part again"
        )
    return error(check, source.line_span(number), message, hint)


def write_lock(lock: Lock) -> str:
    """The text of a lock: the same records, the same bytes."""
    lines = sorted(_line(record) for record in set_of(lock.records))
    return "\n\n".join([_HEAD, *lines]) + "\n"


def set_of(records: Iterable[ConfirmedUnit]) -> tuple[ConfirmedUnit, ...]:
    """Each record once."""
    return tuple({_line(record): record for record in records}.values())


def _line(record: ConfirmedUnit) -> str:
    digests = (
        f"{language}:{record.digests[language]}{'~' if language in record.behind else ''}"
        for language in sorted(record.digests)
    )
    return " ".join([record.label, *digests])


def match_records(
    groups: Sequence[UnitGroup], records: Sequence[ConfirmedUnit]
) -> tuple[ConfirmedUnit | None, ...]:
    """The record of every group: by its digests, else by its place; each record used once.

    Two records that each know another language of a group were confirmed on two branches, and
    nobody has compared what the merge put side by side: that group has none.
    """
    hits = _hits(groups, records)
    candidates = sorted(
        (
            -len(languages),
            not records[index].label.startswith(f"{groups[number].place}."),
            number,
            index,
        )
        for (number, index), languages in hits.items()
    )
    chosen: dict[int, int] = {}
    used: set[int] = set()
    for _, _, number, index in candidates:
        if number not in chosen and index not in used:
            chosen[number] = index
            used.add(index)
    torn = {
        number
        for (number, index), languages in hits.items()
        if index not in used and number in chosen and not languages & hits[number, chosen[number]]
    }
    _by_place(groups, records, chosen, used)
    return tuple(
        records[chosen[number]] if number in chosen and number not in torn else None
        for number in range(len(groups))
    )


def gone_records(
    groups: Sequence[UnitGroup],
    records: Sequence[ConfirmedUnit],
    matched: Sequence[ConfirmedUnit | None],
) -> tuple[ConfirmedUnit, ...]:
    """The records of parts that exist in no language any more: no text that they know is there, and
    nothing stands in their place. `matched` is what `match_records` found.
    """
    there = {index for _, index in _hits(groups, records)}
    known = {_line(record) for record in matched if record is not None}
    found = (each for index, each in enumerate(records) if index not in there)
    return set_of(each for each in found if _line(each) not in known)


def _hits(
    groups: Sequence[UnitGroup], records: Sequence[ConfirmedUnit]
) -> dict[tuple[int, int], set[str]]:
    """The languages of a group whose text a record knows, by number and index."""
    by_digest: dict[tuple[str, str], list[int]] = {}
    for index, record in enumerate(records):
        for pair in record.digests.items():
            by_digest.setdefault(pair, []).append(index)
    hits: dict[tuple[int, int], set[str]] = {}
    for number, group in enumerate(groups):
        for language, unit in group.units.items():
            for index in by_digest.get((language, unit.digest), ()):
                hits.setdefault((number, index), set()).add(language)
    return hits


def _by_place(
    groups: Sequence[UnitGroup],
    records: Sequence[ConfirmedUnit],
    chosen: dict[int, int],
    used: set[int],
) -> None:
    """Units that changed in every language are known by section and kind, in order."""
    free: dict[str, list[int]] = {}
    for index, record in enumerate(records):
        if index not in used:
            free.setdefault(record.label.rpartition(".")[0], []).append(index)
    for number, group in enumerate(groups):
        waiting = free.get(group.place)
        if number not in chosen and waiting:
            chosen[number] = waiting.pop(0)


def confirm(
    groups: Sequence[UnitGroup],
    records: Sequence[ConfirmedUnit | None],
    language: str | None = None,
    only: Sequence[int] | None = None,
    gone: Sequence[ConfirmedUnit] = (),
) -> Lock:
    """The lock after a person said that groups say the same now.

    All groups, or those with the numbers in `only`; all languages, or one that caught up with
    those that changed. Records of other groups stay as they are, and so do those of parts that are
    `gone`, unless everything is confirmed: a person who looks at one part does not say that others
    may go.
    """
    kept = [] if language is None and only is None else list(gone)
    taken = {record.label for record in (*records, *kept) if record is not None}
    for number, (group, record) in enumerate(zip(groups, records, strict=True)):
        if only is not None and number not in only:
            if record is not None:
                kept.append(record)
            continue
        label = record.label if record else _label(group, taken)
        confirmed = _confirmed(group, record, label, language)
        if confirmed is not None:
            taken.add(label)
            kept.append(confirmed)
    return Lock(set_of(kept))


def _label(group: UnitGroup, taken: set[str]) -> str:
    number = 1
    while f"{group.place}.{number}" in taken:
        number += 1
    return f"{group.place}.{number}"


def _confirmed(
    group: UnitGroup, record: ConfirmedUnit | None, label: str, language: str | None
) -> ConfirmedUnit | None:
    """The record of a group that was looked at, in all its languages or in one of them.

    One language says the same as those that changed: those that did not change lag behind from
    then on, and those that were added since stay unconfirmed.
    """
    now = {key: unit.digest for key, unit in group.units.items()}
    if record is None:
        return ConfirmedUnit(label, now) if language is None or language in now else None
    if language is None:
        return ConfirmedUnit(label, now)
    changed = record.changed(now) - {language}
    digests = {**record.digests, **{key: now[key] for key in changed}}
    digests.pop(language, None)
    unchanged = (digests.keys() & now.keys()) - changed if changed else set()
    behind = frozenset((record.behind | unchanged) - {language})
    here = {language: now[language]} if language in now else {}
    return ConfirmedUnit(label, digests | here, behind)
