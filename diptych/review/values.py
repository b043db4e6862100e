"""The values of a review: the two builds, and the differences between them."""

from __future__ import annotations

from collections.abc import Mapping

from diptych.diagnostics import Diagnostic, Source
from diptych.site import Site
from diptych.translation import LanguageReport
from diptych.translation.status import Change
from diptych.values import Value, field

NEW, GONE, MOVED, CHANGED, FRAME = "new", "gone", "moved", "changed", "frame"


class BuiltSite(Value):
    """A built site, as it was or as it will be."""

    site: Site | None  # None when not even the settings can be read
    outputs: Mapping[str, bytes]  # by path; none when the site has errors
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]
    reports: Mapping[str, LanguageReport]
    code: Mapping[str, bytes] = field(
        default_factory=dict
    )  # what runs or frames every page, by path


class Weight(Value):
    """How much a reader's browser fetches for a file, in bytes, compressed (gzip)."""

    before: int
    after: int


class PageChange(Value):
    """A page that looks different to readers after the change."""

    kind: str  # new | gone | moved | changed | frame (only what stands around its text)
    key: str
    language: str
    title: str
    address: str  # now; of a page that is gone, what it was
    before: str  # its address before; empty for a new page
    lost: bool  # whether nothing is published at the old address
    lines: tuple[tuple[str, str], ...]  # paragraphs that differ: (old, new), one perhaps empty
    weight: Weight


class Work(Value):
    """The translation work that the change makes in one language."""

    language: str
    changes: tuple[Change, ...]  # parts that lag behind now
    missing: tuple[tuple[str, int], ...]  # pages that are missing in it: key, words
    confirm: tuple[str, ...]  # pages of which both languages changed: key

    @property
    def words(self) -> int:
        """The words that have to be translated or looked at again."""
        changed = sum(len((each.new or "").split()) for each in self.changes)
        return changed + sum(words for _, words in self.missing)


class Removals(Value):
    """What a change takes away."""

    pages: tuple[tuple[str, str, str], ...] = ()  # title, language, address
    parts: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # key -> labels of what was confirmed and is in no language any more
    texts: tuple[tuple[str, str, tuple[str, ...]], ...] = ()  # title, language, paragraphs
    files: tuple[str, ...] = ()  # addresses of pictures and documents

    def __bool__(self) -> bool:
        return bool(self.pages or self.parts or self.texts or self.files)


class ChangedString(Value):
    """A text of the interface that is another after the change."""

    language: str
    msgid: str
    old: str  # the forms of a plural, a line each; empty: there was none
    new: str


class CodeChange(Value):
    """A file that runs or frames every page, and is another after the change."""

    kind: str  # new | gone | changed
    path: str
    lines: tuple[str, ...]  # the difference, as `diff -u` shows it; none of what is no text
    weight: Weight  # as it is


class Review(Value):
    """Everything that a change does."""

    failed: bool  # whether the site could not be published as it is now
    compared: bool  # whether both sides could be built, so that the pages can be compared
    work: tuple[Work, ...]
    pages: tuple[PageChange, ...]
    files: tuple[tuple[str, Weight], ...]  # other files that were added, changed or taken away
    problems: tuple[Diagnostic, ...]  # all errors, and other problems that are new
    known: int  # how many other problems there were already
    removals: Removals = Removals()
    wordings: tuple[ChangedString, ...] = ()
    code: tuple[CodeChange, ...] = ()
