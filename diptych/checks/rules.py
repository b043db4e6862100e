"""What checks are given beside a text, or beside the site."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from diptych.content.terms import Vocabulary
from diptych.site import Site
from diptych.values import Value, field


class Rules(Value):
    """From site.yaml the locales and the phrases that need a `lang`; the preferred words."""

    locales: Mapping[str, str]  # language key -> locale
    foreign: Mapping[str, tuple[str, ...]]  # language tag -> phrases of that language
    vocabulary: Vocabulary = field(default_factory=Vocabulary)  # the words of terms.yaml


class ReadSite(Value):
    """The site, and what else is known once it is read."""

    site: Site
    images: frozenset[tuple[str, str]] = frozenset()  # (page key, name) of those that could be made
    today: datetime.date | None = None  # None: nothing expires
    unread: frozenset[str] = frozenset()  # keys of pages that could not be read whole
