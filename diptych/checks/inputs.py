"""Inputs of checks that run before the pages are made.

`Rules` is the second argument of a check of texts, `BundleFiles` holds the files of one page, and
`ReadSite` holds the site with other results of reading it. The functions list the slots of the stages
that check files and bundles.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from typing import TypeVar

from diptych.cache import Digest, SlotGroup, SlotRequest, digest, digest_of_texts, slot_group
from diptych.content.layouts import layout_of
from diptych.content.terms.vocabulary import Vocabulary
from diptych.content.texts import File
from diptych.content.types import AGENDA, TERMS, TIMELINE
from diptych.files.text import text_digest
from diptych.model import Records
from diptych.site import Page, Resolver, Site
from diptych.values import Value, field

T = TypeVar("T")
# types whose file may be empty; that of a timeline may be empty only if its page does not show it
MAY_BE_EMPTY = (TIMELINE.name, TERMS.name, AGENDA.name)


class Rules(Value):
    """The locales and the foreign phrases of site.yaml, and the preferred words."""

    locales: Mapping[str, str]  # language key -> locale
    foreign: Mapping[str, tuple[str, ...]]  # language tag -> phrases of that language
    vocabulary: Vocabulary = field(default_factory=Vocabulary)  # the words of terms.yaml


class BundleFiles(Value):
    """The files of one page, or those that belong to no page: the settings and the terms."""

    key: str  # of the page; "" without one
    pages: tuple[Page, ...]  # in the languages that have a text of their own
    records: tuple[Records, ...]

    @property
    def files(self) -> tuple[File, ...]:
        """The files of the bundle that hold texts: its pages and its records."""
        return (*(page.document for page in self.pages), *self.records)

    @property
    def is_draft(self) -> bool:
        """Whether its page is not published yet."""
        return any(page.document.front.draft for page in self.pages)


class ReadSite(Value, dict=True):  # `dict=True` lets a cached property keep its value
    """The site, and other results of reading it."""

    site: Site
    # (page key, file name) of each picture that was made without an error
    images: frozenset[tuple[str, str]] = frozenset()
    today: datetime.date | None = None  # None: nothing expires
    # keys of pages whose files could not be read, or only in part
    unread: frozenset[str] = frozenset()

    @cached_property
    def resolver(self) -> Resolver:
        """The resolver of links. It is made once, since it serves all bundles. A link to an entry
        of an emptied file is not reported, since the empty file itself is.
        """
        emptied = {each.key for each in self.site.records if self.is_emptied(each)}
        return Resolver(self.site, self.unread | emptied)

    def is_emptied(self, file: Records) -> bool:
        """Whether a file has no entries and may not be empty, since the page beside it shows its
        entries.
        """
        page = next(iter(self.site.own_versions(file.key)), None)
        if file.entries or page is None:
            return False
        shown = layout_of(page.document.front.layout).shows
        return file.type not in MAY_BE_EMPTY or file.type == shown == TIMELINE.name

    @cached_property
    def beside(self) -> Digest:
        """The digest of every value that a check of a bundle may use, except the files of the bundle."""
        site = self.site
        ids = (f"{each.source.path}#{entry.id}" for each in site.records for entry in each.entries)
        names = (f"{key}/{name}" for key, files in site.files.items() for name in files)
        return digest(
            (
                site.settings,
                site.types.written,
                site.types.whole,
                site.layouts,
                site.extend,
                site.outline,
                site.hidden,
                tuple(sorted(site.drafts)),
                site.renamed,
                tuple(each.key for each in site.remembered or ()),
                bool(site.vocabulary.terms),
                digest_of_texts(ids),
                digest_of_texts(names),
                tuple(sorted(self.images)),
                tuple(sorted(self.unread)),
            )
        )


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


def groups_of_bundles(read: ReadSite) -> list[SlotGroup[tuple[BundleFiles, ReadSite]]]:
    """The slots of a stage that checks bundles, one for each bundle, in the groups of the site."""
    site = read.site

    def requests(keys: Iterable[str]) -> list[SlotRequest[tuple[BundleFiles, ReadSite]]]:
        bundles = [BundleFiles(key, site.own_versions(key), site.records_of(key)) for key in keys]
        return [
            SlotRequest(
                each.key or "whole site",
                {file.source.path: text_digest(file.source) for file in each.files},
                (each, read),
            )
            for each in bundles
        ]

    groups = [
        SlotGroup(each.name, len(each.keys), each.digest, partial(requests, each.keys))
        for each in site.groups
    ]
    return [*groups, slot_group("whole site", requests([""]))]
