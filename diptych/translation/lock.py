"""`translations.lock`: the texts of a page when a person last confirmed that its languages say the same.

The texts of `site.yaml` and of `terms.yaml` have `site.lock` and `terms.lock`, of the same form.

Text, one unit a line, sorted, with an empty line between two units, so that git merges what was
confirmed on two branches by itself. A line is the unit's label and a digest per language:

    press-conference.paragraph.2 fr:1f0c… nl:9a3b…

An entry of records without a text of its own, such as a person with a name alone, has a line by its
id and type, so that nobody takes it out unseen: `marie.people id:5e2d…`.

A line with the label `outline` is a difference between two languages in the level or the order of
their headings, or in the number of paragraphs of one text, which was confirmed as it is.

`~` after a digest: this text says the same as an earlier wording of the other languages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from diptych.diagnostics import Diagnostic, Message, Outcome, Source, error, say
from diptych.translation.align import UnitGroup
from diptych.translation.outline import outline_differences
from diptych.values import Value

VERSION = 1
_HEAD = "# diptych translations 1: written by `build.py confirm`, one unit a line"
_LINE = re.compile(r"(?P<label>[\w./-]+)(?P<digests>(?: [a-z][a-z0-9-]*:[0-9a-f]{12}~?)+)")


_OUTLINE = "outline"  # no label of a unit: those have a dot
_FILE = ".yaml"  # the end of the key of a file of the whole site; page keys have no dot


def lock_path(key: str) -> str:
    """The path of the lock of a page, by its key; or of the lock of `site.yaml` or `terms.yaml`."""
    if key.endswith(_FILE):
        return f"content/{key.removesuffix(_FILE)}.lock"
    return f"content/{key}/translations.lock"


def key_of(path: str) -> str:
    """The key under which the texts of a file or of a lock below `content/` are tracked.

    It is the key of the page in whose folder the file is. For `content/site.yaml` and
    `content/site.lock` it is `site.yaml`.
    """
    key, _, name = path.removeprefix("content/").rpartition("/")
    return key or name.removesuffix(".lock").removesuffix(_FILE) + _FILE


class ConfirmedUnit(Value):
    """A unit as it was confirmed."""

    label: str  # `section.kind.number`: for people and for sorting, no identity
    digests: Mapping[str, str]  # language -> digest
    behind: frozenset[str] = frozenset()  # languages that matched an earlier wording

    def changed(self, now: Mapping[str, str]) -> set[str]:
        """The languages whose text differs from the confirmed one; `now` holds the present digests.

        Languages that were behind at the confirmation, and those added since, are left out.
        """
        return {
            key
            for key, digest in now.items()
            if key in self.digests and key not in self.behind and digest != self.digests[key]
        }


class Lock(Value):
    """The confirmed units of one page; empty if nobody has confirmed any."""

    records: tuple[ConfirmedUnit, ...] = ()
    outlines: tuple[Mapping[str, str], ...] = ()  # digests of `OutlineDifference`, by language
    entries: tuple[ConfirmedUnit, ...] = ()  # of records, those without a text of their own


def read_lock(source: Source) -> Outcome[Lock | None]:
    """The lock of a page; None if it is damaged, and then it must not be overwritten.

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
    return Outcome(
        Lock(
            tuple(each for each in records if each.label != _OUTLINE and not _is_entry(each)),
            tuple(record.digests for record in records if record.label == _OUTLINE),
            tuple(record for record in records if _is_entry(record)),
        )
    )


def _is_entry(record: ConfirmedUnit) -> bool:
    """Whether the line stands for an entry without a text: a unit's label ends in its number."""
    return not record.label.rpartition(".")[2].isdecimal() and record.label != _OUTLINE


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
    if match[1].lstrip("0") != str(VERSION):  # of any length
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
    """The text of a lock. The same records give the same bytes."""
    outlines = (ConfirmedUnit(_OUTLINE, digests) for digests in lock.outlines)
    records = (*lock.records, *lock.entries, *outlines)
    lines = sorted(_line(record) for record in set_of(records))
    return "\n\n".join([_HEAD, *lines]) + "\n"


def set_of(records: Iterable[ConfirmedUnit]) -> tuple[ConfirmedUnit, ...]:
    """The records without duplicates, sorted."""
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
    """The record of every group, or None: found by its digests, else by its section, kind and
    order. Each record is used once.

    If two records hold different languages of one group, they were confirmed on two branches.
    Nobody has compared the merged texts, so the group gets no record.
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
    """The records of parts that no language has any more: none of their texts exists, and no group
    replaced them. `matched` is the result of `match_records`.
    """
    there = {index for _, index in _hits(groups, records)}
    known = {_line(record) for record in matched if record is not None}
    found = (each for index, each in enumerate(records) if index not in there)
    return set_of(each for each in found if _line(each) not in known)


def _hits(
    groups: Sequence[UnitGroup], records: Sequence[ConfirmedUnit]
) -> dict[tuple[int, int], set[str]]:
    """For each group (by number) the records (by index) that hold one of its texts, with those
    languages.
    """
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
    """Matches groups that changed in every language with the remaining records of their section and
    kind, in order.
    """
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
    outlines: Sequence[Mapping[str, str]] = (),
    *,
    strict: bool = False,
) -> Lock:
    """The lock after a person confirmed that the languages of groups say the same.

    It confirms all groups, or those whose numbers are in `only`; all languages, or one that caught
    up with the others. Other records stay. Records of parts that are `gone`, and the `outlines` of
    the lock until now, are dropped only if everything is confirmed. `strict`: as in
    `outline_differences`.
    """
    kept = [] if language is None and only is None else list(gone)
    taken = {record.label for record in (*records, *kept) if record is not None}
    for number, (group, record) in enumerate(zip(groups, records, strict=True)):
        if only is not None and number not in only:
            if record is not None:
                kept.append(record)
            continue
        label = record.label if record else free_label(group, taken)
        confirmed = _confirmed(group, record, label, language)
        if confirmed is not None:
            taken.add(label)
            kept.append(confirmed)
    settled = [] if language is None and only is None else list(outlines)
    settled += (
        each.digests
        for each in outline_differences(groups, strict=strict)
        if (only is None or each.numbers <= set(only))
        and (language is None or language in each.digests)
        and each.digests not in settled
    )
    return Lock(set_of(kept), tuple(settled))


def free_label(group: UnitGroup, taken: Collection[str]) -> str:
    """The label of a group without a record: the first number at its place that is not taken."""
    number = 1
    while f"{group.place}.{number}" in taken:
        number += 1
    return f"{group.place}.{number}"


def _confirmed(
    group: UnitGroup, record: ConfirmedUnit | None, label: str, language: str | None
) -> ConfirmedUnit | None:
    """The new record of a confirmed group, for all its languages or for one of them.

    If only French is confirmed after Dutch changed, French and Dutch have their present digests;
    a German text that did not change is marked as lagging behind, and a language that was added
    since stays unconfirmed.
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
