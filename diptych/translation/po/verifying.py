"""Reads the result of an import back before it is written: the files must have the translations and
no other change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

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
from diptych.translation.confirmation import gone_records
from diptych.translation.po.pages import ImportEntry, PageTranslation, translation_of
from diptych.translation.po.patching import insertions
from diptych.translation.po.readable import readable_unit
from diptych.translation.po.yaml_fields import front_matter, scalars
from diptych.values import Value, replace
from diptych.yaml import compose


class Verified(Value):
    """The result of reading the new texts of a page back."""

    lock: str | None  # the text of its lock, None if nothing is confirmed
    confirmed: int
    problems: tuple[Diagnostic, ...]


def verify_import(
    translation: PageTranslation,
    imports: Sequence[ImportEntry],
    texts: Mapping[str, Source],
    settings: Settings,
) -> Verified:
    """Reads the new texts of a page back, and gives its new lock if every text is in its place.

    Diagnostics: translation-structure for a text that its field does not accept,
    translation-unproven at an entry that does not read back, translation-unpaired.
    """
    problems: list[Diagnostic] = []
    bundle = _reread(translation, texts, settings, problems)
    if problems:
        return Verified(None, 0, tuple(_refused(each, imports, texts) for each in problems))
    after = translation_of(bundle, translation.language)
    expected, found = _expected_body(translation, imports), after.body(after.language)
    read = {id(each.imported): unit for each, unit in zip(expected, found, strict=False)}
    read |= _values(after, imports)
    wrong = [
        *_wrong_parts(expected, found, imports),
        *_wrong_values(translation, after, imports, read),
    ]
    if wrong:
        return Verified(None, 0, (wrong[0],))
    return _confirmed(translation, bundle, imports, read)


def _reread(
    translation: PageTranslation,
    texts: Mapping[str, Source],
    settings: Settings,
    problems: list[Diagnostic],
) -> Bundle:
    """The bundle with its new texts; errors that it did not have are appended."""
    bundle, language = translation.bundle, translation.language
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
    """A unit as it must read back: a present unit, or the source of a new one; and its translation,
    unless it stays as it is.
    """

    unit: Unit
    imported: ImportEntry | None

    def is_read(self, found: Unit) -> bool:
        """Whether a unit that was read is this one."""
        kind, right = self.unit.kind, found.text == self.unit.text
        if self.imported is not None:
            kind, right = self.imported.source.kind, readable_unit(found) == self.imported.text
        same_place = kind != "heading" or found.fixed == self.unit.fixed
        return right and found.kind == kind and same_place


Read = Mapping[int, Unit]  # by `id()` of an ImportEntry, the unit of its translation


def _wrong_parts(
    expected: Sequence[_Expected], found: Sequence[Unit], imports: Sequence[ImportEntry]
) -> Iterator[Diagnostic]:
    """The units of the page's Markdown that are not as expected."""
    for one, unit in zip(expected, found, strict=False):
        if not one.is_read(unit):
            yield _unproven(one.imported or imports[0], say("another text would stand there"))
    if len(expected) != len(found):
        yield _unproven(imports[0], say("its parts would be other ones"))


def _wrong_values(
    before: PageTranslation, after: PageTranslation, imports: Sequence[ImportEntry], read: Read
) -> Iterator[Diagnostic]:
    """The values in YAML that are not the translations, and the other values that the import
    changed.
    """
    for imported in imports:
        unit = read.get(id(imported))
        if imported.source.in_yaml and (unit is None or readable_unit(unit) != imported.text):
            yield _unproven(imported, say("another text would stand there"))
    front = before.document(before.language) is not None
    old = _untouched(before, (each.target for each in imports if each.target), front=front)
    new = _untouched(after, read.values(), front=front)
    groups = {keys[:-1] for keys in old}  # a group that the language lacked brings all its values
    if old != {k: text for k, text in new.items() if len(k) == 2 or k[:-1] in groups}:
        yield _unproven(imports[0], say("something else would change with it"))


def _expected_body(before: PageTranslation, imports: Sequence[ImportEntry]) -> list[_Expected]:
    """The units of the page's Markdown as they must read back, in order."""
    body = [each for each in imports if not each.source.in_yaml]
    new = {id(each.target): each for each in body if each.target is not None}
    after = {id(anchor): missing for anchor, missing in insertions(before, body)}
    expected = [_Expected(each.source, each) for each in after.get(id(None), ())]
    for unit in before.body(before.language):
        expected.append(_Expected(unit, new.get(id(unit))))
        expected += [_Expected(each.source, each) for each in after.get(id(unit), ())]
    return expected


def _values(after: PageTranslation, imports: Iterable[ImportEntry]) -> dict[int, Unit]:
    """The unit in YAML of each translation after the import, by `id()` of its ImportEntry."""
    units = [unit for unit in after.units.get(after.language, ()) if unit.in_yaml]
    by_place = {(unit.kind, unit.fixed): unit for unit in reversed(units)}
    places = {id(each): (each.source.kind, each.source.fixed) for each in imports}
    return {key: by_place[place] for key, place in places.items() if place in by_place}


def _untouched(
    translation: PageTranslation, units: Iterable[Unit], *, front: bool
) -> dict[tuple[str, ...], str]:
    """The values in YAML that are not in these units, by path and keys: the values of the records
    and, with `front`, of the front matter in the target language.
    """
    touched = {(unit.span.path, unit.span.start) for unit in units}
    files = [(each.source, compose(each.source).value) for each in translation.bundle.records]
    document = translation.document(translation.language)
    if front and document is not None:
        files.append((document.source, front_matter(document.source)))
    return {
        (source.path, *(key for _, key in chain)): scalar.text
        for source, root in files
        if root is not None
        for scalar, chain in scalars(root)
        if scalar.text and (source.path, scalar.span.start) not in touched
    }


def _confirmed(
    before: PageTranslation, bundle: Bundle, imports: Sequence[ImportEntry], read: Read
) -> Verified:
    """The lock with the imported pairs confirmed. Pairs that the alignment does not confirm are
    reported.
    """
    pairs = [
        {each.origin: each.source.digest, before.language: read[id(each)].digest}
        for each in imports
    ]
    paired = translation_of(bundle, before.language, pairs)
    numbers = {
        (key, unit.span): number
        for number, part in enumerate(paired.parts)
        for key, unit in part.group.units.items()
    }
    groups, records = [each.group for each in paired.parts], [each.record for each in paired.parts]
    rest = replace(paired.lock, records=gone_records(groups, paired.lock.records, records))
    chosen, problems = [], []
    for imported in imports:
        number = numbers[before.language, read[id(imported)].span]
        sister = paired.parts[number].group.units.get(imported.origin)
        if sister is not None and sister.digest == imported.source.digest:
            chosen.append(number)
            if records[number] is None:
                groups[number] = _compared(groups[number], imported)
        else:
            problems.append(_unpaired(imported))
    lock = confirm(groups, records, before.language, chosen, rest)
    lock = replace(lock, outlines=rest.outlines)  # translators do not compare outlines
    return Verified(write_lock(lock) if chosen else None, len(chosen), tuple(problems))


def _compared(group: UnitGroup, imported: ImportEntry) -> UnitGroup:
    """The two languages of a group that the translator has compared."""
    pair = (imported.origin, imported.translation.language)
    return UnitGroup(
        {key: unit for key, unit in group.units.items() if key in pair}, group.uncertain
    )


def _refused(
    problem: Diagnostic, imports: Sequence[ImportEntry], texts: Mapping[str, Source]
) -> Diagnostic:
    """A diagnostic about a rejected text, placed at its translation if that is known."""
    span = problem.span
    written = (
        texts[span.path].text[span.start : span.end].strip("\"'") if span.path in texts else ""
    )
    for imported in imports:
        if imported.source.in_yaml and imported.text == written:
            span = imported.entry.span
            return error("translation-structure", span, problem.message, problem.hint)
    return _unproven(imports[0], problem.message)


def _unproven(imported: ImportEntry, reason: Message) -> Diagnostic:
    message = say("this would not come out as it came in: {reason}", reason=reason)
    hint = say("nothing was written; this is a mistake of the tool: please tell its makers")
    return error("translation-unproven", imported.entry.span, message, hint)


def _unpaired(imported: ImportEntry) -> Diagnostic:
    message = say(
        "this is written, but it is not certain which text it belongs to; nothing was confirmed"
    )
    hint = say(
        "compare the two, then: {command}",
        command=command("confirm", imported.translation.bundle.key, imported.translation.language),
    )
    return warning("translation-unpaired", imported.entry.span, message, hint)
