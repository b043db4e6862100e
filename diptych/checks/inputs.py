"""Inputs of checks that run before the pages are made: `Rules`, the second argument of a
check of texts, and `ReadSite`, the site with other results of reading it.
"""

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
    # (page key, file name) of each picture that was made without an error
    images: frozenset[tuple[str, str]] = frozenset()
    today: datetime.date | None = None  # None: nothing expires
    # keys of pages with a file that could be read only in part
    unread: frozenset[str] = frozenset()
