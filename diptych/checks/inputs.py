"""Inputs of checks that run before the pages are made: `Rules`, the second argument of a
check of texts, `ReadSite`, the site with other results of reading it, and the slots of stages that
check the texts of a file.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TypeVar

from diptych.cache import SlotGroup, SlotRequest, slot_group
from diptych.content.terms.vocabulary import Vocabulary
from diptych.content.texts import File
from diptych.files.text import text_digest
from diptych.site import Site
from diptych.values import Value, field

T = TypeVar("T")


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
    # keys of pages whose files could not be read, or only in part
    unread: frozenset[str] = frozenset()


def groups_of_files(site: Site, given: Callable[[File], T]) -> list[SlotGroup[T]]:
    """A slot for every file with texts, in the groups of the site. `given` returns the argument of the
    stage for a file; it may depend on the text of the file and on inputs that all slots share.
    """

    def requests(files: Iterable[File]) -> list[SlotRequest[T]]:
        return [
            SlotRequest(each.source.path, {"text": text_digest(each.source)}, given(each))
            for each in files
        ]

    groups = [
        SlotGroup(each.name, len(each.files), each.digest, partial(requests, each.files))
        for each in site.groups
    ]
    return [*groups, slot_group("whole site", requests(site.records_of("")))]
