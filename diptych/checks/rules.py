"""What the checks of a text need to know beside it."""

from __future__ import annotations

from collections.abc import Mapping

from diptych.values import Value


class Rules(Value):
    """From site.yaml: the locales, and the phrases that need a `lang`."""

    locales: Mapping[str, str]  # language key -> locale
    foreign: Mapping[str, tuple[str, ...]]  # language tag -> phrases of that language
