"""What the checks of a text need to know beside it."""

from __future__ import annotations

from collections.abc import Mapping

from diptych.content.terms import Vocabulary
from diptych.values import Value, field


class Rules(Value):
    """From site.yaml the locales and the phrases that need a `lang`; the preferred words."""

    locales: Mapping[str, str]  # language key -> locale
    foreign: Mapping[str, tuple[str, ...]]  # language tag -> phrases of that language
    vocabulary: Vocabulary = field(default_factory=Vocabulary)  # the words of terms.yaml
