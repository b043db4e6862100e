"""Finds the unit of each entry of a returned file, and reports the entries that no longer fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from diptych.content.placeholders import placeholders_in
from diptych.diagnostics import Diagnostic, Message, Outcome, error, note, say, say_n, warning
from diptych.i18n import PoEntry
from diptych.translation import State, Unit
from diptych.translation.po.pages import ImportEntry, PageTranslation, PartTranslation
from diptych.translation.po.parsing import COUNT_FIELD, ParsedPo, stamp_of
from diptych.translation.po.readable import readable, readable_unit
from diptych.translation.units import digest_of


def match_entries(
    file: ParsedPo, translations: Mapping[str, PageTranslation], *, fuzzy: bool = False
) -> Outcome[tuple[ImportEntry, ...]]:
    """The finished entries, each with its unit. `fuzzy`: also fuzzy entries that differ from the
    page, since spreadsheets and XLIFF keep the mark of a fuzzy entry.

    Diagnostics: translation-unfinished for fuzzy or empty entries, translation-stale for entries
    whose source changed, translation-file for two entries about one unit.
    """
    found: list[ImportEntry] = []
    problems = list(_fewer(file))
    taken: dict[tuple[str, str], PoEntry] = {}
    known = {key: _texts_of(translation) for key, translation in translations.items()}
    for entry in file.entries:
        finished = entry.msgstr.strip() and (fuzzy or not entry.fuzzy)
        if not finished or any(placeholders_in(entry.msgstr)):
            problems.append(_unfinished(entry))
            continue
        imported = _import_entry(entry, translations, known)
        if isinstance(imported, Diagnostic):
            problems.append(imported)
            continue
        if entry.fuzzy and not imported.changes:
            problems.append(_unfinished(entry))
            continue
        first = taken.setdefault((imported.translation.bundle.key, imported.part.label), entry)
        if first is not entry:
            problems.append(_twice(entry, first))
            continue
        overtaken = _overtaken(imported)
        problems += [overtaken] if overtaken else []
        found += [] if overtaken or imported.idle else [imported]
    unbegun = _unbegun(found)
    problems += [_without_title(each) for each in found if id(each) in unbegun]
    found = [each for each in found if id(each) not in unbegun]
    ahead = _ahead(found)
    problems += [_before_its_turn(each) for each in found if id(each) in ahead]
    return Outcome(tuple(each for each in found if id(each) not in ahead), tuple(problems))


# by kind and by text or digest, the parts with that text, each with the language of the text
_Texts = Mapping[tuple[str, str], Sequence[tuple[PartTranslation, str]]]


def _texts_of(translation: PageTranslation) -> _Texts:
    """The parts by every text that can be a source, and by its digest."""
    found: dict[tuple[str, str], list[tuple[PartTranslation, str]]] = {}
    for part in translation.parts:
        for origin in translation.other_languages(part):
            unit = part.group.units[origin]
            for text in (readable_unit(unit), unit.digest):
                found.setdefault((unit.kind, text), []).append((part, origin))
    return found


def _import_entry(
    entry: PoEntry, translations: Mapping[str, PageTranslation], known: Mapping[str, _Texts]
) -> ImportEntry | Diagnostic:
    key, _, label = entry.context.partition("#")
    translation = translations.get(key)
    if translation is None or not label:
        return _stale(entry, say("the site has no page `{key}`", key=key))
    kinds = {unit.kind: unit.line for units in translation.units.values() for unit in units}
    matching = [
        place
        for kind, line in kinds.items()
        # the digest finds a text whose spacing differs
        for text in (entry.msgid, digest_of(kind, entry.msgid, key, line=line))
        for place in known[key].get((kind, text), ())
    ]
    if not matching:
        gone = say("the text that was translated here is no longer on the page `{key}`", key=key)
        return _stale(entry, gone)
    part, origin = min(matching, key=lambda pair: _rank(translation, label, *pair))
    if part.state.state is State.OUTDATED and origin not in part.state.ahead:
        return _stale(entry, say("another language changed since this was translated"))
    unit = part.group.units[origin]
    one_line = unit.in_yaml and unit.line
    text = readable(entry.msgstr, line=one_line)
    return ImportEntry(translation, part, origin, entry, text)


def _rank(
    translation: PageTranslation, label: str, part: PartTranslation, origin: str
) -> tuple[bool, bool, bool]:
    """The order of units with equal texts: first the unit that the entry names, then one that needs
    a translation, then one in the language that would be the source.
    """
    current = part.state.state is State.CURRENT
    return part.label != label, current, translation.origin(part) != origin


def _overtaken(imported: ImportEntry) -> Diagnostic | None:
    """translation-stale: somebody else has changed the translation since the export."""
    stamp = stamp_of(imported.entry, imported.translation.language)
    now = imported.target.digest if imported.target else "-"
    if stamp in (None, now) or not imported.changes or imported.target is None:
        return None
    source = imported.translation.bundle.sources[imported.target.span.path]
    line, _ = source.position(imported.target.span.start)
    message = say("{path}:{line} was changed since this text went out", path=source.path, line=line)
    hint = say("put what is better into that file by hand, or export the text again")
    return _stale(imported.entry, message, hint)


def _unbegun(found: Sequence[ImportEntry]) -> set[int]:
    """The entries for a page that does not exist yet in the language and cannot begin.

    A page begins with its title, and with entries translated from the same language.
    """
    titles = {
        each.translation.bundle.key: each.origin for each in found if each.source.kind == "title"
    }
    return {
        id(each)
        for each in found
        if each.translation.document(each.translation.language) is None
        and titles.get(each.translation.bundle.key) != each.origin
        and not each.source.in_entry
    }


def _ahead(found: Sequence[ImportEntry]) -> set[int]:
    """The entries that would become another item of their list, since an earlier item is missing."""
    ahead: set[int] = set()
    for imported in sorted(found, key=lambda each: each.source.span.start):
        there = {
            _item(each)
            for each in imported.translation.units.get(imported.translation.language, ())
        }
        there |= {
            _item(each.source)
            for each in found
            if each.translation is imported.translation and id(each) not in ahead
        }
        kind, list_, number = _item(imported.source)
        if imported.target is None and number > 1 and (kind, list_, number - 1) not in there:
            ahead.add(id(imported))
    return ahead


def _item(unit: Unit) -> tuple[str, str, int]:
    """The field, the list and the number of an item; 0 if its position does not matter."""
    list_ = unit.section.rpartition("/")[0] if unit.number else unit.section
    return unit.kind.partition("-")[0] if not unit.in_entry else unit.kind, list_, unit.number


def _before_its_turn(imported: ImportEntry) -> Diagnostic:
    message = say("the item before this one in its list is not translated yet")
    hint = say("translate a list from its beginning; what is left out can be exported again")
    return _stale(imported.entry, message, hint)


def _without_title(imported: ImportEntry) -> Diagnostic:
    message = say(
        "the page does not exist yet in this language, and no title translated from the "
        "same language comes with this text"
    )
    hint = say("a page begins with its title; what is left out can be exported again")
    return _stale(imported.entry, message, hint)


_FIGURES = 10  # a number of entries with so many figures is not read


def _fewer(file: ParsedPo) -> Iterator[Diagnostic]:
    expected = file.head.get(COUNT_FIELD, "")
    if expected.isdecimal() and len(expected) < _FIGURES and len(file.entries) < int(expected):
        message = say_n(
            "{count} entry went out, {here} came back",
            "{count} entries went out, {here} came back",
            count=int(expected),
            here=len(file.entries),
        )
        yield note("translation-unfinished", file.source.line_span(1), message)


def _unfinished(entry: PoEntry) -> Diagnostic:
    message = (
        say("this translation is still marked as fuzzy; it is left out")
        if entry.msgstr.strip() and not any(placeholders_in(entry.msgstr))
        else say("there is no translation yet; the entry is left out")
    )
    return note("translation-unfinished", entry.span, message)


def _stale(entry: PoEntry, message: Message, hint: Message | None = None) -> Diagnostic:
    said = say("{reason}; the entry is left out", reason=message)
    return warning(
        "translation-stale",
        entry.span,
        said,
        hint or say("export again to get the text as it is now"),
    )


def _twice(entry: PoEntry, first: PoEntry) -> Diagnostic:
    message = say("the entry on line {line} is about the same text", line=first.texts["msgid"].line)
    hint = say("keep one of the two")
    return error("translation-file", entry.span, message, hint)
