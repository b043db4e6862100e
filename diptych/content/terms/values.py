"""The noun of this room: a term, as an editor wrote it in `terms.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from diptych.diagnostics import Placed, Span
from diptych.values import Value, field

PlacedLists = Mapping[str, tuple[Placed[str], ...]]  # language key -> words


class Term(Value):
    """One thing that has a name here: the word that is chosen, and those that are not."""

    id: str  # the permalink on the glossary page, the same in every language
    span: Span  # of the id
    preferred: Mapping[str, Placed[str]]  # language key -> the word that is chosen
    reasons: Mapping[str, Placed[str]]  # language key -> why
    avoided: PlacedLists = field(default_factory=dict)
    notes: Mapping[str, Placed[str]] = field(default_factory=dict)  # when, or how, it is written
    forms: Mapping[str, Mapping[str, tuple[Placed[str], ...]]] = field(default_factory=dict)
    exceptions: PlacedLists = field(default_factory=dict)  # where an avoided word is right

    def irregular(self, language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The inflections that no rule yields: word -> its forms, of one language."""
        return tuple(
            (word, tuple(form.value for form in forms))
            for word, forms in self.forms.get(language, {}).items()
        )
