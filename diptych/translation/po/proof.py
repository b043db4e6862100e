"""What would be written, read back before it is written: it must say what came, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from diptych.content.fields import Single, singles
from diptych.content.page import DocumentRequest, parse_document
from diptych.content.types import RecordsRequest, read_records
from diptych.diagnostics import (
    Diagnostic,
    Message,
    Severity,
    Source,
    command,
    error,
    say,
    warning,
)
from diptych.model import Settings
from diptych.translation import Bundle, Unit, UnitGroup, confirm, write_lock
from diptych.translation.po.arrivals import Arrival
from diptych.translation.po.ledger import Ledger, ledger_of
from diptych.translation.po.placing import body_units, insertions
from diptych.translation.po.wording import readable_unit
from diptych.values import Value, replace

# entry, names of fields, items of lists, language -> value
_Values = dict[tuple[str, tuple[str, ...], tuple[str, ...], str], object]


class Proof(Value):
    """A page as it would be."""

    lock: str | None  # the text of its lock, None when nothing is confirmed
    confirmed: int
    problems: tuple[Diagnostic, ...]


def prove(
    ledger: Ledger, arrivals: Sequence[Arrival], texts: Mapping[str, Source], settings: Settings
) -> Proof:
    """Reads the new texts of a page back; its lock when everything stands where it belongs.

    Diagnostics: translation-structure for what its field does not take, translation-unproven at the
    entry that does not come out, translation-unpaired.
    """
    problems: list[Diagnostic] = []
    bundle = _reread(ledger, texts, settings, problems)
    if problems:
        return Proof(None, 0, tuple(_refused(each, arrivals, texts) for each in problems))
    after = ledger_of(bundle, ledger.language)
    wrong = next(_differences(ledger, after, arrivals), None)
    if wrong is not None:
        return Proof(None, 0, (wrong,))
    return _confirmed(ledger, bundle, after, arrivals)


def _reread(
    ledger: Ledger, texts: Mapping[str, Source], settings: Settings, problems: list[Diagnostic]
) -> Bundle:
    """The bundle with its new texts; errors that it did not have are appended."""
    bundle, language = ledger.bundle, ledger.language
    documents = {document.language: document for document in bundle.documents}
    path = f"content/{bundle.key}/{language}.md"
    if path in texts:
        record = bundle.types.page.record
        request = DocumentRequest(texts[path], bundle.key, language, settings.languages, record)
        outcome = parse_document(request)
        documents[language] = outcome.value
        problems += [
            each
            for each in outcome.diagnostics
            if each.severity is Severity.ERROR and each.check != "unknown-check"  # maybe its own
        ]
    keys = tuple(each.key for each in settings.languages)
    records = list(bundle.records)
    for number, each in enumerate(records):
        if each.source.path in texts:
            kind = bundle.types.by_name[each.type]
            read = read_records(RecordsRequest(texts[each.source.path], kind, each.key, keys))
            records[number] = read.value
            problems += [each for each in read.diagnostics if each.severity is Severity.ERROR]
    return replace(bundle, documents=tuple(documents.values()), records=tuple(records))


class _Expected(Value):
    """A unit as it must come out."""

    kind: str
    text: str
    arrival: Arrival | None  # None: it is as it was
    fixed: str


def _differences(
    before: Ledger, after: Ledger, arrivals: Sequence[Arrival]
) -> Iterator[Diagnostic]:
    """Where the new texts say anything but the old ones and the translations."""
    expected = expected_body(before, arrivals)
    found = body_units(after, after.language)
    for one, unit in zip(expected, found, strict=False):
        if not _is(one, unit):
            yield _unproven(one.arrival or arrivals[0], say("another text would stand there"))
    if len(expected) != len(found):
        yield _unproven(arrivals[0], say("its parts would be other ones"))
    for arrival in arrivals:
        unit_after = _found(after, arrival)
        if arrival.source.in_yaml and (
            unit_after is None or readable_unit(unit_after) != arrival.text
        ):
            yield _unproven(arrival, say("another text would stand there"))
    begun = before.document(before.language) is None
    front = _front(before)
    same = begun or front == _without_new_groups(front, _front(after))
    if not same or _rest(before, arrivals) != _rest(after, arrivals):
        yield _unproven(arrivals[0], say("something else would change with it"))


def expected_body(before: Ledger, arrivals: Sequence[Arrival]) -> list[_Expected]:
    """The units of the page's Markdown as they must come out, in order."""
    body = [each for each in arrivals if not each.source.in_yaml]
    new = {id(each.target): each for each in body if each.target is not None}
    after = {id(anchor): missing for anchor, missing in insertions(before, body)}
    expected = [_arriving(each, each.source.fixed) for each in after.get(id(None), ())]
    for unit in body_units(before, before.language):
        arrival = new.get(id(unit))
        expected.append(
            _arriving(arrival, unit.fixed)
            if arrival
            else _Expected(unit.kind, unit.text, None, unit.fixed)
        )
        expected += [_arriving(each, each.source.fixed) for each in after.get(id(unit), ())]
    return expected


def _arriving(arrival: Arrival, fixed: str) -> _Expected:
    return _Expected(arrival.source.kind, arrival.text, arrival, fixed)


def _is(expected: _Expected, unit: Unit) -> bool:
    text = unit.text if expected.arrival is None else readable_unit(unit)
    same_place = expected.kind != "heading" or expected.fixed == unit.fixed
    return (expected.kind, expected.text) == (unit.kind, text) and same_place


def _found(after: Ledger, arrival: Arrival) -> Unit | None:
    """A value in YAML, after the import."""
    units = after.units.get(after.language, ())
    return next((unit for unit in units if unit.in_yaml and _same(unit, arrival.source)), None)


def _same(one: Unit, other: Unit) -> bool:
    return (one.kind, one.fixed) == (other.kind, other.fixed)


def _rest(ledger: Ledger, arrivals: Sequence[Arrival]) -> tuple[object, ...]:
    """All but front matter and Markdown that an import must not touch, without places."""
    touched = {(each.source.kind, each.source.fixed) for each in arrivals}
    units = [
        (key, unit.kind, unit.fixed, unit.text)
        for key, each in ledger.units.items()
        for unit in each
        if unit.in_yaml and (key != ledger.language or (unit.kind, unit.fixed) not in touched)
    ]
    types = ledger.bundle.types
    entries: _Values = {}
    for each in ledger.bundle.records:
        for entry in each.entries:
            place = f"{each.source.path} {entry.id}"
            entries |= _values(singles(types.by_name[each.type].record, entry.values), place)
    return sorted(units), entries


def _front(ledger: Ledger) -> _Values:
    """What is no unit in the front matter of the page in the language."""
    document = ledger.document(ledger.language)
    if document is None:
        return {}
    record = ledger.bundle.types.page.record
    return _values(singles(record, document.front.values, document.language))


def _values(found: Iterable[Single], entry: str = "") -> _Values:
    """Every value that is no unit, by where it stands."""
    return {
        (entry, single.names, single.items, single.language): single.placed.value
        for single in found
        if single.field.role is None or not single.language
    }


def _without_new_groups(before: _Values, after: _Values) -> _Values:
    """The values after an import, without those that came with a group that its language lacked."""
    known = {(names[:-1], items) for _, names, items, _ in before}
    return {
        place: value
        for place, value in after.items()
        if place in before or not place[1][:-1] or (place[1][:-1], place[2]) in known
    }


def _confirmed(before: Ledger, bundle: Bundle, after: Ledger, arrivals: Sequence[Arrival]) -> Proof:
    """The lock after what came is confirmed; pairs that the alignment does not see are told."""
    body = [each.arrival for each in expected_body(before, arrivals)]
    units = body_units(after, after.language)
    came = [
        (
            each,
            _found(after, each)
            if each.source.in_yaml
            else next(u for a, u in zip(body, units, strict=True) if a is each),
        )
        for each in arrivals
    ]
    pairs = [
        {each.origin: each.source.digest, after.language: unit.digest}
        for each, unit in came
        if unit
    ]
    paired = ledger_of(bundle, before.language, pairs)
    numbers: dict[tuple[str, str, int], int] = {}
    for number, group in enumerate(paired.groups):
        numbers |= {
            (key, unit.span.path, unit.span.start): number for key, unit in group.units.items()
        }
    groups = list(paired.groups)
    chosen, problems = [], []
    for arrival, unit in came:
        number = numbers[(after.language, unit.span.path, unit.span.start)] if unit else -1
        sister = paired.groups[number].units.get(arrival.origin)
        if sister is not None and sister.digest == arrival.source.digest:
            chosen.append(number)
            if paired.records[number] is None:
                groups[number] = _compared(groups[number], arrival)
        else:
            problems.append(_unpaired(arrival))
    lock = confirm(groups, paired.records, before.language, chosen, paired.gone)
    return Proof(write_lock(lock) if chosen else None, len(chosen), tuple(problems))


def _compared(group: UnitGroup, arrival: Arrival) -> UnitGroup:
    """The two languages of a group that somebody has really compared."""
    pair = (arrival.origin, arrival.ledger.language)
    return UnitGroup(
        {key: unit for key, unit in group.units.items() if key in pair}, group.uncertain
    )


def _refused(
    problem: Diagnostic, arrivals: Sequence[Arrival], texts: Mapping[str, Source]
) -> Diagnostic:
    """What a file would not take, at the translation that it does not take, where that is known."""
    span = problem.span
    written = (
        texts[span.path].text[span.start : span.end].strip("\"'") if span.path in texts else ""
    )
    for arrival in arrivals:
        if arrival.source.in_yaml and arrival.text == written:
            span = arrival.entry.span
            return error("translation-structure", span, problem.message, problem.hint)
    return _unproven(arrivals[0], problem.message)


def _unproven(arrival: Arrival, reason: Message) -> Diagnostic:
    message = say("this would not come out as it came in: {reason}", reason=reason)
    hint = say("nothing was written; this is a mistake of the tool: please tell its makers")
    return error("translation-unproven", arrival.entry.span, message, hint)


def _unpaired(arrival: Arrival) -> Diagnostic:
    message = say(
        "this is written, but it is not certain which text it belongs to; nothing was confirmed"
    )
    hint = say(
        "compare the two, then: {command}",
        command=command("confirm", arrival.ledger.bundle.key, arrival.ledger.language),
    )
    return warning("translation-unpaired", arrival.entry.span, message, hint)
