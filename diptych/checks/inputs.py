"""The inputs of checks that run before a page is made, beside a Text and the Site."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from diptych.content.terms.vocabulary import Vocabulary
from diptych.site import Site
from diptych.values import Value, field


class Rules(Value):
    """The locales and the foreign phrases of site.yaml, and the preferred words."""

    locales: Mapping[str, str]  # language key -> locale
    foreign: Mapping[str, tuple[str, ...]]  # language tag -> phrases of that language
    vocabulary: Vocabulary = field(default_factory=Vocabulary)  # the words of terms.yaml


class ReadSite(Value):
    """The site, and other results of reading it."""

    site: Site
    images: frozenset[tuple[str, str]] = (
        frozenset()
    )  # (page key, file name) of the pictures that could be made
    today: datetime.date | None = None  # None: nothing expires
    unread: frozenset[str] = frozenset()  # keys of pages with a file that could not be read whole
