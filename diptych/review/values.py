"""The values of a review: the two builds, and the differences between them."""

from __future__ import annotations

from collections.abc import Mapping

from diptych.bodies import Body
from diptych.diagnostics import Diagnostic
from diptych.pipeline import Build
from diptych.translation.status import Change
from diptych.values import Value, field

NEW, GONE, MOVED, CHANGED, FRAME = "new", "gone", "moved", "changed", "frame"


class BuiltSite(Value):
    """A built site, before or after the change."""

    build: Build
    # the published files that are compared, by path; none after an error
    outputs: Mapping[str, Body]
    # the files that run or frame every page, by path
    code: Mapping[str, bytes] = field(default_factory=dict)


class Weight(Value):
    """The size of a file for a reader's browser, in bytes, compressed (gzip)."""

    before: int
    after: int


class PageChange(Value):
    """A page that looks different to readers after the change."""

    kind: str  # new | gone | moved | changed | frame (only the parts around its text)
    key: str
    language: str
    title: str
    address: str  # now; of a page that is gone, its last one
    before: str  # its address before; empty for a new page
    lost: bool  # whether nothing is published at the old address
    lines: tuple[tuple[str, str], ...]  # paragraphs that differ: (old, new), one perhaps empty
    weight: Weight


class Work(Value):
    """The translation work that the change makes in one language."""

    language: str
    changes: tuple[Change, ...]  # parts that are outdated now
    missing: tuple[tuple[str, int], ...]  # pages that are missing in it: key, words
    confirm: tuple[str, ...]  # keys of pages changed in both languages

    @property
    def words(self) -> int:
        """The words that have to be translated or looked at again."""
        changed = sum(len((each.new or "").split()) for each in self.changes)
        return changed + sum(words for _, words in self.missing)


class Removals(Value):
    """Everything that a change removes."""

    pages: tuple[tuple[str, str, str], ...] = ()  # title, language, address
    # key -> labels of confirmed parts that no language has any more
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: tuple[tuple[str, str, tuple[str, ...]], ...] = ()  # title, language, paragraphs
    files: tuple[str, ...] = ()  # addresses of pictures and documents

    def __bool__(self) -> bool:
        return bool(self.pages or self.parts or self.texts or self.files)


class ChangedString(Value):
    """An interface string that differs after the change."""

    language: str
    msgid: str
    old: str  # the forms of a plural, one per line; empty: it is new
    new: str


class CodeChange(Value):
    """A file that runs or frames every page and differs after the change."""

    kind: str  # new | gone | changed
    path: str
    lines: tuple[str, ...]  # as `diff -u` shows them; empty for a file that is no text
    weight: Weight  # as it is


class Review(Value):
    """Everything that a change does."""

    failed: bool  # whether the site could not be published as it is now
    compared: bool  # whether both sides could be built, so that the pages can be compared
    work: tuple[Work, ...]
    pages: tuple[PageChange, ...]
    files: tuple[tuple[str, Weight], ...]  # other files that were added, changed or taken away
    problems: tuple[Diagnostic, ...]  # all errors, and other problems that are new
    known: int  # the number of other problems that were there before
    removals: Removals = Removals()
    wordings: tuple[ChangedString, ...] = ()
    code: tuple[CodeChange, ...] = ()
