"""A term of `terms.yaml`: the preferred word, the words to avoid, and the reason."""

from __future__ import annotations

from collections.abc import Mapping

from diptych.diagnostics import Placed, Span
from diptych.values import Value, field

PlacedLists = Mapping[str, tuple[Placed[str], ...]]  # language key -> words


class Term(Value):
    """One concept of the glossary, with its preferred word and its avoided words in each language."""

    id: str  # the permalink on the glossary page, the same in every language
    span: Span  # of the id
    preferred: Mapping[str, Placed[str]]  # language key -> the word to use
    reasons: Mapping[str, Placed[str]]  # language key -> why
    avoided: PlacedLists = field(default_factory=dict)
    notes: Mapping[str, Placed[str]] = field(default_factory=dict)  # language key -> its use
    forms: Mapping[str, Mapping[str, tuple[Placed[str], ...]]] = field(default_factory=dict)
    exceptions: PlacedLists = field(default_factory=dict)  # phrases with a right use

    def irregular(self, language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The irregular forms of words in one language, as pairs: (word, its forms)."""
        return tuple(
            (word, tuple(form.value for form in forms))
            for word, forms in self.forms.get(language, {}).items()
        )
