"""The translation report of a bundle: groups of units, the state of each, and their differences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from diptych.bodies import Later
from diptych.content.layouts import layout_of
from diptych.diagnostics import (
    Diagnostic,
    Outcome,
    Source,
    Span,
    command,
    note,
    say,
    say_n,
    sort_by_place,
    warning,
)
from diptych.markdown import slugify
from diptych.model import named
from diptych.translation.align import UnitGroup, align
from diptych.translation.bundles import Bundle, Units
from diptych.translation.compare import compare, pages_in_another_language
from diptych.translation.confirmation import (
    State,
    UnitState,
    entries_of,
    entry_of,
    gone_records,
    match_records,
    page_state,
    taken_out,
    unit_states,
)
from diptych.translation.headings import called_otherwise, with_id
from diptych.translation.lock import ConfirmedUnit, Lock, read_lock
from diptych.translation.outline import unsettled
from diptych.translation.passages import Side
from diptych.translation.splits import Splits, all_splits, certain_beside
from diptych.translation.units import Unit, place_of
from diptych.values import Value

_NAMED = 10  # sections and entries that one message lists


class LanguageStatus(Value):
    """The state of one language of a bundle."""

    state: State
    # for each outdated section in order, its id in the language that is ahead, and that language
    lagging: tuple[tuple[str, str], ...] = ()


class Compared(Value):
    """The values of a report that a build needs only beside an error."""

    groups: tuple[UnitGroup, ...]
    records: tuple[ConfirmedUnit | None, ...]  # the lock's record of each group
    lock: Lock | None  # None: its lock is damaged
    gone: tuple[ConfirmedUnit, ...]  # confirmed parts that no language has any more
    entries: tuple[ConfirmedUnit, ...]  # entries of records without a text of their own


class LaterCompared(Later[Compared]):
    """The `Compared` of a report, which is read only when somebody asks for it."""

    kind = Compared


States = tuple[Mapping[str, UnitState], ...]


class LaterStates(Later[States]):
    """The state of each group in each language, which is read only when somebody asks for it."""

    kind = States


class Part(Value):
    """One text in every language that has it, as the lock and the states see it."""

    group: UnitGroup
    record: ConfirmedUnit | None
    states: Mapping[str, UnitState]  # by language

    @property
    def label(self) -> str:
        """The label of the part's record; without a record, the beginning of the label that it will
        get.
        """
        return self.record.label if self.record else self.group.place


class LanguageReport(Value):
    """The translation report of a page, of `site.yaml` or of `terms.yaml`."""

    key: str
    statuses: Mapping[str, LanguageStatus]  # by language
    strict: bool  # whether its layout asks for equal numbers of paragraphs
    later: LaterCompared
    later_states: LaterStates

    @property
    def groups(self) -> tuple[UnitGroup, ...]:
        """The units that say the same, in order."""
        return self.later.get().groups

    @property
    def records(self) -> tuple[ConfirmedUnit | None, ...]:
        """The lock's record of each group."""
        return self.later.get().records

    @property
    def parts(self) -> Iterator[Part]:
        """Each group with its record and its state in each language, in order."""
        return map(Part, self.groups, self.records, self.later_states.get())

    @property
    def lock(self) -> Lock | None:
        """The lock; None if it is damaged."""
        return self.later.get().lock

    @property
    def gone(self) -> tuple[ConfirmedUnit, ...]:
        """The confirmed parts that no language has any more."""
        return self.later.get().gone

    @property
    def entries(self) -> tuple[ConfirmedUnit, ...]:
        """The entries of records without a text of their own."""
        return self.later.get().entries

    @property
    def renamed(self) -> Mapping[str, str]:
        """The entries and headings with another id than when their texts were confirmed: present id ->
        earlier id. No entry or heading has the earlier id now.
        """
        confirmed: dict[str, set[str]] = {}
        for part in self.parts:
            unit = next(iter(part.group.units.values()))
            if unit.entry and (unit.in_entry or unit.kind == "heading"):
                name = entry_of(part.record) if part.record is not None else unit.entry
                if unit.kind == "heading" and not _was_written(name, part.group):
                    name = unit.entry
                confirmed.setdefault(unit.entry, set()).add(name)
        there = confirmed.keys() | {entry_of(each) for each in self.entries}
        return {
            identity: next(iter(names))
            for identity, names in confirmed.items()
            if len(names) == 1 and not names & there
        }

    @property
    def unheld(self) -> tuple[ConfirmedUnit, ...]:
        """The entries without a text that are not in the lock yet."""
        held = self.lock.entries if self.lock else ()
        return tuple(each for each in self.entries if each not in held)


def compare_languages(bundle: Bundle) -> Outcome[LanguageReport]:
    """Compares the languages of a bundle, part by part.

    Diagnostics: those of the lock, of `compare`, gone-part, renamed-entry, outdated-translation,
    missing-unit, uncertain-alignment and unconfirmed (both for information).
    """
    read = read_lock(bundle.lock) if bundle.lock else Outcome(Lock())
    lock = read.value
    versions = {document.language for document in bundle.documents}
    records = lock.records if lock else ()
    units = {
        language: units
        for language, units in bundle.units(records).items()
        if language in versions or not versions
    }
    groups = align(units, [record.digests for record in records])
    splits = all_splits(groups, units)
    groups = certain_beside(groups, splits)
    matched = match_records(groups, records)
    states = tuple(
        unit_states(group, record, list(units)) if len(units) > 1 else _alone(units)
        for group, record in zip(groups, matched, strict=True)
    )
    entries = entries_of(bundle.records, bundle.types, lock or Lock())
    layout = bundle.documents[0].front.layout if bundle.documents else ""
    strict = layout_of(layout).strict
    report = LanguageReport(
        bundle.key,
        _statuses(groups, states, list(units)),
        strict,
        LaterCompared(
            Compared(
                groups,
                matched,
                lock,
                (*gone_records(groups, records, matched), *entries.gone),
                entries.textless,
            )
        ),
        LaterStates(states),
    )
    reported = [*read.diagnostics, *_gone(report, bundle.lock), *_renamed(report, bundle)]
    if len(units) < 2:
        return Outcome(report, tuple(reported))
    sides = _sides(bundle, units)
    reported += _other_ids(bundle, units, records)
    settled = _confirmed(states)
    confirmed = len(settled) == len(groups)
    misplaced = () if confirmed else tuple(pages_in_another_language(groups, sides))
    if misplaced:  # no passage of such a page can be compared
        return Outcome(report, sort_by_place([*reported, *misplaced]))
    outline = unsettled(groups, lock.outlines if lock else (), strict=strict)
    problems = [
        *reported,
        *compare(groups, sides, settled, splits, outline, strict=strict),
        *_missing(report, sides, settled, splits),
    ]
    if lock is not None:
        problems += _lagging(report, sides, splits, paged=bool(versions))
    return Outcome(report, sort_by_place(problems))


def _confirmed(states: Sequence[Mapping[str, UnitState]]) -> frozenset[int]:
    """The numbers of the groups that are confirmed in every language."""
    current = {State.CURRENT}
    return frozenset(
        number
        for number, each in enumerate(states)
        if {unit.state for unit in each.values()} == current
    )


def _alone(units: Mapping[str, object]) -> Mapping[str, UnitState]:
    """The state of a unit on a page in one language, which is always current."""
    return {key: UnitState(State.CURRENT) for key in units}


def _was_written(name: str, heading: UnitGroup) -> bool:
    """Whether the earlier id of a heading was written by an author: it was not made from its words, and
    the heading has a written id in each language now.
    """
    units = heading.units.values()
    return all(each.fixed and slugify(each.text) != name for each in units) and name != "-"


def _sides(bundle: Bundle, units: Mapping[str, Sequence[Unit]]) -> dict[str, Side]:
    return {
        language.key: Side(language, bundle.sources, bundle.key)
        for language in bundle.languages
        if language.key in units
    }


def _statuses(
    groups: Sequence[UnitGroup], states: Sequence[Mapping[str, UnitState]], languages: Sequence[str]
) -> dict[str, LanguageStatus]:
    statuses = {}
    for language in languages:
        lagging: dict[str, str] = {}
        for group, each in zip(groups, states, strict=True):
            here = each.get(language)
            if here is not None and here.state is State.OUTDATED and here.ahead:
                lagging.setdefault(group.units[here.ahead[0]].entry, here.ahead[0])
        state = page_state([row[language] for row in states if language in row])
        statuses[language] = LanguageStatus(state, tuple(lagging.items()))
    return statuses


def _lagging(
    report: LanguageReport, sides: Mapping[str, Side], splits: Splits, *, paged: bool
) -> list[Diagnostic]:
    """outdated-translation: texts that changed since the confirmation. `paged`: whether they belong
    to a page.
    """
    problems = []
    unconfirmed: list[Span] = []
    whole = {split.whole for of_pair in splits.values() for split in of_pair}
    for number, part in enumerate(report.parts):
        group = part.group
        for key, state in part.states.items():
            if key in group.units and state.state is State.OUTDATED:
                problems.append(_outdated(report.key, part, key, sides))
        is_whole = part.states.keys() <= group.units.keys()  # a missing text is reported already
        if is_whole and any(each.state is State.UNCONFIRMED for each in part.states.values()):
            unconfirmed.append(next(iter(group.units.values())).span)
        if group.uncertain and number not in whole:
            problems.append(_uncertain(group, sides))
    if unconfirmed:
        message = (
            say_n(
                "{count} part of this page was not yet confirmed to say the same in every language",
                "{count} parts of this page were not yet confirmed to say the same in every language",
                count=len(unconfirmed),
            )
            if paged
            else say_n(
                "{count} text of this file was not yet confirmed to say the same in every language",
                "{count} texts of this file were not yet confirmed to say the same in every language",
                count=len(unconfirmed),
            )
        )
        hint = say("compare them, then: {command}", command=command("confirm", report.key))
        problems.append(note("unconfirmed", unconfirmed[0], message, hint))
    return problems


def _outdated(key: str, part: Part, language: str, sides: Mapping[str, Side]) -> Diagnostic:
    ahead = part.states[language].ahead[0]
    message = say(
        "the {name} text changed since: {place}",
        name=named(sides[ahead].language),
        place=sides[ahead].place(part.group.units[ahead]),
    )
    hint = say(
        "adapt this text; when both say the same: {command}",
        command=command("confirm", key, language, "--block", part.label),
    )
    span = part.group.units[language].span
    return warning("outdated-translation", span, message, hint)


def _gone(report: LanguageReport, lock: Source | None) -> Iterator[Diagnostic]:
    """gone-part: confirmed parts that exist in no language any more, at the first of their lines in
    the lock.
    """
    if lock is None or not report.gone:
        return
    labels = [record.label for record in report.gone]
    entries = list(dict.fromkeys(label.partition(".")[0] for label in labels))
    number = next(
        number
        for number, line in enumerate(lock.text.split("\n"), start=1)
        if line.strip().partition(" ")[0] in labels
    )
    message = say_n(
        "{count} confirmed part of `{key}` is in no language any more ({names})",
        "{count} confirmed parts of `{key}` are in no language any more ({names})",
        key=report.key,
        count=len(labels),
        names=", ".join(entries[:_NAMED]) + (", …" if len(entries) > _NAMED else ""),
    )
    hint = say(
        "bring them back from git's history; when they went on purpose: {command}",
        command=command("confirm", report.key),
    )
    yield warning("gone-part", lock.line_span(number), message, hint)


def _renamed(report: LanguageReport, bundle: Bundle) -> Iterator[Diagnostic]:
    """renamed-entry: an entry or a heading with another id than when its texts were confirmed."""
    spans = {entry.id: entry.span for file in bundle.records for entry in file.entries}
    headings = {
        group.entry: [unit.span for unit in group.units.values()]
        for group in report.groups
        if group.kind == "heading"
    }
    for identity, old in report.renamed.items():
        if identity not in spans and identity not in headings:
            continue  # an entry whose id is missing or wrong, which is reported where it is read
        message = say(
            "this was called `{old}` when its texts were confirmed; links of readers to `#{old}` end at"
            " the top of the page now",
            old=old,
        )
        hint = say(
            "give it the old id again; if it may change: {command}",
            command=command("confirm", report.key),
        )
        if identity in spans:
            span, edits = spans[identity], spans[identity].becomes(old, identity)
        else:
            span = headings[identity][0]
            edits = tuple(
                edit
                for each in headings[identity]
                for edit in with_id(bundle.sources[each.path], each, identity, old)
            )
        yield warning("renamed-entry", span, message, hint, edits)


def _other_ids(
    bundle: Bundle, units: Units, records: Iterable[ConfirmedUnit]
) -> Iterator[Diagnostic]:
    """heading-ids-differ: headings that were confirmed to say the same, and have different ids now."""
    names, sources = bundle.other_ids(records), bundle.sources
    changed = {(language, name) for (language, _), name in names.items()}
    for (language, written), name in names.items():
        spans = {
            key: unit.span
            for key, own in units.items()
            for unit in own
            if unit.kind == "heading" and unit.entry == name
        }
        first = next(key for key in spans if (key, name) not in changed)
        message, hint = called_otherwise(written, name, place_of(spans[first], sources))
        edits = with_id(sources[spans[language].path], spans[language], written, name)
        yield warning("heading-ids-differ", spans[language], message, hint, edits)


def _missing(
    report: LanguageReport, sides: Mapping[str, Side], settled: Collection[int], splits: Splits
) -> Iterator[Diagnostic]:
    """missing-unit: parts that a language lacks. Left out are values of records
    (missing-translation reports them), confirmed absences, and parts that belong to a longer part
    of that language.
    """
    within = {
        (split.other, number)
        for of_pair in splits.values()
        for split in of_pair
        for number in split.parts
    }
    for number, (group, record) in enumerate(zip(report.groups, report.records, strict=True)):
        unit = next(iter(group.units.values()))
        missing = [
            key
            for key in sides
            if key not in group.units
            and (key, number) not in within
            and not (unit.in_entry and key not in unit.languages)
        ]
        if not missing or number in settled:
            continue
        gone = set(taken_out(group, record, list(sides))) >= set(missing)
        names = named(*(sides[key].language for key in missing))
        if gone:
            message = say("this part is no longer in {names}", names=names)
            hint = say("was it meant to go? then take it out here too; else put it back there")
        else:
            message = say("this part has no counterpart in {names}", names=names)
            hint = say("translate it there, or take it out here")
        if unit.kind == "heading" and unit.fixed:
            hint = say(
                "another id there? give it `{id}`; else translate it there, or take it out here",
                id=f"{{#{unit.section}}}",
            )
        yield warning("missing-unit", unit.span, message, hint)


def _uncertain(group: UnitGroup, sides: Mapping[str, Side]) -> Diagnostic:
    first, second = list(group.units)[:2]
    message = say(
        "it is not certain that this is the counterpart of {place}",
        place=sides[second].place(group.units[second]),
    )
    hint = say("a heading with the same id above both makes it certain")
    return note("uncertain-alignment", group.units[first].span, message, hint)
