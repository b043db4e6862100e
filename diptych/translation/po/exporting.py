"""Exports the texts that a language lacks as one PO file for a translator.

The msgid is the text of the other language, the msgstr the present translation. A translation that
only needs a check is marked fuzzy. The file has no date: the same site gives the same bytes.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from diptych.content.placeholders import placeholders_in
from diptych.content.types import Types
from diptych.diagnostics import Message, say
from diptych.diagnostics.report import Translate
from diptych.i18n import plural_rule, po_lines
from diptych.model import Language, named
from diptych.translation import State, Unit
from diptych.translation.po.marks import shown_marks
from diptych.translation.po.pages import GroupTranslation, PageTranslation
from diptych.translation.po.parsing import (
    COUNT_FIELD,
    FORMAT,
    FORMAT_FIELD,
    LANGUAGE_FIELD,
    stamp,
)
from diptych.translation.po.readable import readable_unit
from diptych.values import Value, field, replace
from diptych.yaml import ListOf, Record

WIDTH = 76  # characters of a line, as gettext's tools write it

KINDS = {
    "heading": say("heading"),
    "paragraph": say("paragraph"),
    "list": say("list"),
    "table": say("table"),
    "quote": say("quotation"),
    "figure": say("picture"),
    "answer": say("answer to a question"),
    "title": say("title of the page"),
    "short": say("shorter title of the page, for the menu"),
    "description": say("description of the page, for search engines and previews"),
    "image_alt": say("description of a picture, for those who cannot see it"),
    "event-title": say("title of an event"),
    "event-text": say("text of an event"),
    "note": say("footnote"),
    "code": say("code"),
    "html": say("HTML"),
    "definition": say("definition"),
    "admonition": say("notice"),
}


class ExportOptions(Value):
    """The options of an export."""

    language: Language
    project: str = ""
    old: Mapping[str, str] = field(default_factory=dict)  # digest -> an earlier wording
    # the notes for translators on the terms in a text, which is in the given language
    notes: Callable[[str, str], Iterable[Message]] = lambda _text, _origin: ()
    words: Translate = str


class ExportEntry(GroupTranslation):
    """A group of units that is exported."""

    @property
    def context(self) -> str:
        """The msgctxt of the entry: `faq#join.answer.1`."""
        return f"{self.translation.bundle.key}#{self.part.label}"

    @property
    def written(self) -> Unit | None:
        """The present translation; None if there is no translation, or only the `…` of a new page."""
        target = self.target
        return None if target is None or any(placeholders_in(target.text)) else target

    @property
    def former(self) -> str | None:
        """The digest of the source at the last confirmation; None if the source has not changed
        since.
        """
        digest = self.part.record.digests.get(self.origin) if self.part.record else None
        return digest if digest != self.source.digest else None


def export_entries(
    translations: Iterable[PageTranslation], everything: bool
) -> tuple[ExportEntry, ...]:
    """The groups to export, in the order of the pages and of their texts: groups whose translation
    is outdated or still `…`. `everything`: all groups.

    Drafts and pages that exist in one language on purpose (`only`) are left out.
    """
    return tuple(
        entry
        for translation in translations
        if not any(document.front.only for document in translation.bundle.documents)
        for part in translation.parts
        for origin in [translation.origin(part)]
        if origin is not None
        for entry in [ExportEntry(translation, part, origin)]
        if everything or part.state.state is State.OUTDATED or _begun(entry)
    )


def _begun(entry: ExportEntry) -> bool:
    """Whether the source is written and the translation is still `…`."""
    return (
        entry.target is not None
        and not entry.written
        and not any(placeholders_in(entry.source.text))
    )


def export_po(entries: Sequence[ExportEntry], options: ExportOptions) -> str:
    """The text of the PO file."""
    written = [_entry(entry, options) for entry in entries]
    return "".join([_head(options, len(written)), *written])


def _head(options: ExportOptions, count: int) -> str:
    language = options.language
    advice = say(
        "Translate each msgid into {name}. Where a text is marked as fuzzy, adapt it and take the "
        "mark away; what stays fuzzy or empty is left out when this file comes back. Everything "
        "between brackets and braces stays as it is: only words are translated.",
        name=named(language),
    )
    fields = {
        "Project-Id-Version": options.project,
        "Last-Translator": "",
        "Language-Team": language.name,
        "Language": language.locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": str(plural_rule(language.locale)),
        FORMAT_FIELD: FORMAT,
        LANGUAGE_FIELD: language.key,
        COUNT_FIELD: str(count),
    }
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    advised = _comment("", options.words(advice))
    texts = [*po_lines("msgid", "", WIDTH), *po_lines("msgstr", head, WIDTH)]
    return _joined([*advised, *texts])


def _entry(entry: ExportEntry, options: ExportOptions) -> str:
    units = [unit for unit in (entry.source, entry.target) if unit]
    places = sorted({_place(entry.translation, unit) for unit in units})
    comments = [*map(options.words, _comments(entry, options)), stamp(entry)]
    old = options.old.get(entry.former) if entry.former else None
    before = readable_unit(replace(entry.source, text=old)) if old else None
    translation = readable_unit(entry.written) if entry.written else ""
    return _joined(
        [
            *(line for comment in comments for line in _comment(".", comment)),
            *_comment(":", " ".join(f"{path}:{line}" for path, line in places)),
            *(["#, fuzzy"] if translation and entry.part.state.state is not State.CURRENT else []),
            *(f"#| {line}" for line in (po_lines("msgid", before, WIDTH - 3) if before else ())),
            *po_lines("msgctxt", entry.context, WIDTH),
            *po_lines("msgid", readable_unit(entry.source), WIDTH),
            *po_lines("msgstr", translation, WIDTH),
        ]
    )


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in (*lines, ""))


def _comment(sign: str, text: str) -> list[str]:
    """The lines of a comment. Its sign is `.` for translators, `:` for places, "" for the whole
    file.
    """
    wrapped = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    return [f"#{sign} {line}" for line in wrapped]


def _place(translation: PageTranslation, unit: Unit) -> tuple[str, int]:
    source = translation.bundle.sources[unit.span.path]
    return source.path, source.position(unit.span.start)[0]


def _comments(entry: ExportEntry, options: ExportOptions) -> Iterator[Message]:
    unit = entry.source
    kind = KINDS.get(unit.kind) or _label(unit.kind, entry.translation.bundle.types) or say("text")
    title = _section(entry)
    yield (
        say("{kind}, below “{title}” ({section})", kind=kind, title=title, section=unit.section)
        if title
        else kind
    )
    ahead = next(each for each in entry.translation.bundle.languages if each.key == entry.origin)
    if entry.written and entry.part.state.state is State.OUTDATED:
        yield say("The {name} text changed since this was translated.", name=named(ahead))
    if entry.written and entry.part.group.uncertain:
        yield say("It is not certain that these two texts belong together.")
    marks = shown_marks(readable_unit(unit))
    if marks:
        yield say("These stay as they are: {marks}", marks="  ".join(marks))
    yield from options.notes(unit.text, entry.origin)


def _label(kind: str, types: Types) -> Message | None:
    """The label of a field of the site's own, found by the kind of its units; None for other kinds."""
    for each in types.by_name.values():
        for name, label in _labels(types.own_part(each.name), each.unit):
            if name == kind:
                return label
    return None


def _labels(record: Record, unit: str) -> Iterator[tuple[str, Message]]:
    for name, each in record.fields.items():
        kind = f"{unit}-{name}" if unit else name
        yield kind, each.doc
        shape = each.shape.item if isinstance(each.shape, ListOf) else each.shape
        if isinstance(shape, Record):
            yield from _labels(shape, kind)


def _section(entry: ExportEntry) -> str:
    """The title of the section or entry that a unit belongs to; "" if it has none."""
    unit = entry.source
    types = entry.translation.bundle.types.by_name.values()
    heads = {"heading", *(f"{each.unit}-{each.record.heading}" for each in types if each.many)}
    for other in entry.translation.units[entry.origin]:
        if other.kind in heads and other.section == unit.entry and other != unit:
            return re.sub(r"^#+ ", "", readable_unit(other))
    return ""
