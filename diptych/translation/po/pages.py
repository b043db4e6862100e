"""The texts of a bundle for a translator into one language: sources, translations and their states.

Unlike a report it also covers a language in which the page does not exist yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
from diptych.values import Value


class PageTranslation(Value):
    """The groups of a bundle, each with its label, its record and its state in the language."""

    bundle: Bundle
    language: str  # the one that is translated into
    units: Mapping[str, tuple[Unit, ...]]  # language -> its units, in reading order
    groups: tuple[UnitGroup, ...]
    labels: tuple[str, ...]  # of the groups, all different; that of the record, if there is one
    records: tuple[ConfirmedUnit | None, ...]
    states: tuple[UnitState, ...]
    lock: Lock

    def document(self, language: str) -> Document | None:
        """The page in a language, or None."""
        return next((each for each in self.bundle.documents if each.language == language), None)

    def origin(self, number: int) -> str | None:
        """The language to translate a group from: one that is ahead, else the first that has it.

        A draft is not translated from. None: there is nothing to translate from.
        """
        has = [key for key in self.group_languages(number) if not self._draft(key)]
        if (
            self.states[number].state is State.OUTDATED
            and self.language in self.groups[number].units
        ):
            has = [key for key in has if key in self.states[number].ahead]
        record = self.records[number]
        lagging = record.behind if record else frozenset()
        return min(has, key=lambda key: key in lagging, default=None)

    def group_languages(self, number: int) -> list[str]:
        """The other languages that have a group, in the order of the settings."""
        units = self.groups[number].units
        return [key for key in self.units if key in units and key != self.language]

    def _draft(self, language: str) -> bool:
        document = self.document(language)
        return document is not None and document.front.draft

    def written(self, unit: Unit) -> str:
        """The text of a unit exactly as it is in its file."""
        return self.bundle.sources[unit.span.path].text[unit.span.start : unit.span.end]


class GroupTranslation(Value):
    """A group of units and the language from which it is translated."""

    translation: PageTranslation
    number: int  # of the group
    origin: str  # the language of the source

    @property
    def source(self) -> Unit:
        """The unit that is translated."""
        return self.translation.groups[self.number].units[self.origin]

    @property
    def target(self) -> Unit | None:
        """The present translation, or None."""
        return self.translation.groups[self.number].units.get(self.translation.language)


def translation_of(
    bundle: Bundle, language: str, pairs: Sequence[Mapping[str, str]] = ()
) -> PageTranslation:
    """The translation of a bundle. `pairs`: digests by language of units that say the same."""
    documents = {document.language: document for document in bundle.documents}
    units = {key: each for key, each in bundle.units().items() if each or key in documents}
    lock = (read_lock(bundle.lock).value if bundle.lock else None) or Lock()
    known = [*pairs, *(record.digests for record in lock.records)]
    groups = align(units, known)
    records = match_records(groups, lock.records)
    states = tuple(
        _lacking(group, documents, language)
        or unit_states(group, record, [*units, language])[language]
        for group, record in zip(groups, records, strict=True)
    )
    labels = _labels(groups, records)
    return PageTranslation(bundle, language, units, groups, labels, records, states, lock)


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
    """A label for each group; new labels are those that `confirm` would give."""
    taken = {record.label for record in records if record is not None}
    labels: dict[str, None] = {}
    for group, record in zip(groups, records, strict=True):
        label = record.label if record else ""
        if not label or label in labels:
            label = free_label(group, taken | labels.keys())
        labels[label] = None
    return tuple(labels)
