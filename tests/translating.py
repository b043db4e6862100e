"""What tests of the exchange share: a site that exports and imports, and a translator."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from babel.messages.pofile import normalize

from diptych.cache import Cache
from diptych.diagnostics import Diagnostic, Message, Outcome, Severity, Source
from diptych.i18n import PoEntry
from diptych.model import Language, Tree
from diptych.pipeline import Options, Reading, read_site
from diptych.translation import Bundle, bundles_of, confirm, lock_path, write_lock
from diptych.translation.po import (
    ExportOptions,
    ImportResult,
    PageTranslation,
    export_entries,
    export_po,
    import_po,
    translation_of,
)
from diptych.translation.po.parsing import ParsedPo, parse_po
from diptych.values import replace

PO = "fr.po"


@dataclass(frozen=True)
class Office:
    """A site with its desk for translators."""

    tree: Tree
    cache: Cache

    @cached_property
    def read(self) -> Reading:
        return read_site(self.tree, Options(drafts=True), self.cache)

    def language(self, key: str) -> Language:
        read = self.read
        assert read.site is not None
        return read.site.settings.language(key)

    def bundles(self) -> tuple[Bundle, ...]:
        read = self.read
        assert read.site is not None, read.diagnostics
        return tuple(bundles_of(read.site, read.sources))

    def translations(self, language: str) -> list[PageTranslation]:
        return [translation_of(bundle, language) for bundle in self.bundles()]

    def export(
        self,
        language: str,
        *,
        everything: bool = False,
        old: Mapping[str, str] | None = None,
        notes: Callable[[str, str], Iterable[Message]] = lambda _text, _origin: (),
    ) -> str:
        order = ExportOptions(self.language(language), "Voorbeeld", old or {}, notes)
        return export_po(export_entries(self.translations(language), everything), order)

    def take(self, po: str, *, fuzzy: bool = False) -> Outcome[ImportResult]:
        """What an import would do."""
        read = self.read
        assert read.site is not None
        return import_po(Source(PO, po), self.tree, self.bundles(), read.site.settings, fuzzy=fuzzy)

    def imported(self, po: str, *, fuzzy: bool = False) -> Office:
        """The site after an import without errors."""
        outcome = self.take(po, fuzzy=fuzzy)
        assert errors(outcome.diagnostics) == []
        return Office(self.tree.with_files(outcome.value.files), self.cache)

    def confirmed(self) -> Office:
        """The site after somebody confirmed every page."""
        read = self.read
        locks = {
            lock_path(key): write_lock(
                replace(confirm(v.groups, v.records), entries=v.entries)
            ).encode()
            for key, v in read.reports.items()
        }
        return Office(self.tree.with_files(locks), self.cache)

    def edited(self, path: str, old: str, new: str) -> Office:
        """The site after an edit that really changes something."""
        text = self.text(path)
        assert text.count(old) == 1, (path, old)
        return self.with_file(path, text.replace(old, new).encode())

    def with_file(self, path: str, data: bytes) -> Office:
        return Office(self.tree.with_files({path: data}), self.cache)

    def data(self, path: str) -> bytes:
        file = self.tree.get(path)
        assert file is not None, path
        return file.data

    def text(self, path: str) -> str:
        return self.data(path).decode()

    def content(self) -> dict[str, bytes]:
        """Every file of the content but the locks."""
        return {
            file.path: file.data
            for file in self.tree.under("content")
            if not file.path.endswith(".lock")
        }

    def changed(self, before: Office) -> list[str]:
        """The files of the content that differ."""
        mine, theirs = self.content(), before.content()
        return sorted(path for path in {*mine, *theirs} if mine.get(path) != theirs.get(path))


def errors(diagnostics: Iterable[Diagnostic]) -> list[str]:
    return [
        f"{each.check}: {each.message}" for each in diagnostics if each.severity is Severity.ERROR
    ]


def told(outcome: Outcome[ImportResult], po: str) -> list[tuple[str, int, str]]:
    """Check, line and sentence of everything that was told."""
    source = Source(PO, po)
    return [
        (each.check, source.position(each.span.start)[0], str(each.message))
        for each in outcome.diagnostics
    ]


def entries(po: str, languages: Iterable[Language] = ()) -> dict[str, PoEntry]:
    """The entries of a file by what they are about."""
    known = tuple(languages) or tuple(
        Language(key, locale, key, "plain")
        for key, locale in (("nl", "nl_BE"), ("fr", "fr_BE"), ("de", "de_BE"))
    )
    found = parse_po(Source(PO, po), known)
    assert isinstance(found.value, ParsedPo), found.diagnostics
    return {entry.context: entry for entry in found.value.entries}


def finished(po: str, translate: Mapping[str, str] | Callable[[PoEntry], str | None] = {}) -> str:  # noqa: B006
    """The file as a translator gives it back: every entry that has a translation now is finished.

    By context, or by a function (None: not touched, still fuzzy).
    """
    source = Source(PO, po)
    wanted = translate if callable(translate) else (lambda entry: translate.get(entry.context))
    lines = po.split("\n")
    for entry in reversed(list(entries(po).values())):
        text = wanted(entry)
        if text is None:
            continue
        first, last = (source.position(place)[0] for place in (entry.span.start, entry.span.end))
        lines[first - 1 : last] = f"msgstr {normalize(text)}".split("\n")
        for number in range(entry.line - 1, first):
            if lines[number].startswith("#,"):
                lines[number] = re.sub(r"#,\s*fuzzy", "#", lines[number])
    return "\n".join(lines)


def unfuzzy(po: str) -> str:
    """The file with every mark taken away."""
    return re.sub(r"(?m)^#, fuzzy\n", "", po)
