"""The texts of a bundle for a translator into one language: sources, translations and their states.

Unlike a report it also covers a language in which the page does not exist yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diptych.i18n import PoEntry
from diptych.model import Document
from diptych.translation import (
    Bundle,
    ConfirmedUnit,
    Lock,
    State,
    Unit,
    UnitGroup,
    UnitState,
    align,
    read_lock,
)
from diptych.translation.confirmation import free_label, match_records, unit_states
from diptych.translation.po.readable import readable_unit
from diptych.values import Value


class PartTranslation(Value):
    """A group of units with its record and its state in the target language."""

    group: UnitGroup
    record: ConfirmedUnit | None
    label: str  # the label of the record, or the label that `confirm` would give
    state: UnitState


class PageTranslation(Value):
    """The texts of a bundle, with their states in the target language."""

    bundle: Bundle
    language: str  # the target language
    units: Mapping[str, tuple[Unit, ...]]  # by language, in reading order
    parts: tuple[PartTranslation, ...]
    lock: Lock

    def document(self, language: str) -> Document | None:
        """The page in a language, or None."""
        return next((each for each in self.bundle.documents if each.language == language), None)

    def origin(self, part: PartTranslation) -> str | None:
        """The language to translate a part from: a language that is ahead, else the first that has
        the part.

        Languages in which the page is a draft are left out. None if no language is left.
        """
        has = [key for key in self.other_languages(part) if not self._draft(key)]
        if part.state.state is State.OUTDATED and self.language in part.group.units:
            has = [key for key in has if key in part.state.ahead]
        lagging = part.record.behind if part.record else frozenset()
        return min(has, key=lambda key: key in lagging, default=None)

    def other_languages(self, part: PartTranslation) -> list[str]:
        """The other languages that have a part, in the order of the settings."""
        return [key for key in self.units if key in part.group.units and key != self.language]

    def body(self, language: str) -> list[Unit]:
        """The units of the page's Markdown in a language, in order."""
        return [unit for unit in self.units.get(language, ()) if not unit.in_yaml]

    def _draft(self, language: str) -> bool:
        document = self.document(language)
        return document is not None and document.front.draft

    def written(self, unit: Unit) -> str:
        """The text of a unit exactly as it is in its file."""
        return self.bundle.sources[unit.span.path].text[unit.span.start : unit.span.end]


class GroupTranslation(Value):
    """A part and the language from which it is translated."""

    translation: PageTranslation
    part: PartTranslation
    origin: str  # the language of the source

    @property
    def source(self) -> Unit:
        """The unit that is translated."""
        return self.part.group.units[self.origin]

    @property
    def target(self) -> Unit | None:
        """The present translation, or None."""
        return self.part.group.units.get(self.translation.language)


class ImportEntry(GroupTranslation):
    """A finished translation of a unit whose source has not changed since."""

    entry: PoEntry
    text: str  # the translation, in readable form

    @property
    def changes(self) -> bool:
        """Whether the translation differs from the present text."""
        return self.target is None or readable_unit(self.target) != self.text

    @property
    def idle(self) -> bool:
        """Whether there is nothing to write and nothing to confirm."""
        return not self.changes and self.part.state.state is State.CURRENT


def translation_of(
    bundle: Bundle, language: str, pairs: Sequence[Mapping[str, str]] = ()
) -> PageTranslation:
    """The translation of a bundle into a language. `pairs`: for each pair of units that say the
    same, their digests by language.
    """
    documents = {document.language: document for document in bundle.documents}
    lock = (read_lock(bundle.lock).value if bundle.lock else None) or Lock()
    every = bundle.units(lock.records)
    units = {key: each for key, each in every.items() if each or key in documents}
    groups = align(units, [*pairs, *(record.digests for record in lock.records)])
    records = match_records(groups, lock.records)
    parts = []
    for group, record, label in zip(groups, records, _labels(groups, records), strict=True):
        state = _lacking(group, documents, language)
        state = state or unit_states(group, record, [*units, language])[language]
        parts.append(PartTranslation(group, record, label, state))
    return PageTranslation(bundle, language, units, tuple(parts), lock)


def _lacking(
    group: UnitGroup, documents: Mapping[str, Document], language: str
) -> UnitState | None:
    """`OUTDATED` if the language lacks the page or the entry of this group, else None.

    A part of a page may be confirmed without a counterpart, a whole page or entry may not.
    """
    in_entry = any(unit.in_entry for unit in group.units.values())
    lacks = language not in group.units and (language not in documents or in_entry)
    return UnitState(State.OUTDATED, tuple(group.units)) if lacks else None


def _labels(
    groups: Sequence[UnitGroup], records: Sequence[ConfirmedUnit | None]
) -> tuple[str, ...]:
    """A different label for each group; a new label is the one that `confirm` would give."""
    taken = {record.label for record in records if record is not None}
    labels: dict[str, None] = {}
    for group, record in zip(groups, records, strict=True):
        label = record.label if record else ""
        if not label or label in labels:
            label = free_label(group, taken | labels.keys())
        labels[label] = None
    return tuple(labels)
