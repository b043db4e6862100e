"""Imports a returned PO file: gives the files to write, or the problems of the translations."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

from diptych.diagnostics import Diagnostic, Outcome, Source, has_errors
from diptych.files.text import decode, edited
from diptych.model import File, Language, Settings, Tree
from diptych.translation import Bundle, lock_path
from diptych.translation.po.exporting import export_entries
from diptych.translation.po.matches import match_entries
from diptych.translation.po.pages import ImportEntry, PageTranslation, translation_of
from diptych.translation.po.parsing import parse_po
from diptych.translation.po.patching import created_page, document_edits
from diptych.translation.po.readable import readable_unit
from diptych.translation.po.validation import validate
from diptych.translation.po.verifying import verify_import
from diptych.translation.po.yaml_fields import records_edits
from diptych.values import Value, field


class ImportResult(Value):
    """The result of an import: the files that it would write; none if there is an error."""

    texts: Mapping[str, bytes] = field(default_factory=dict)  # pages and files of records
    locks: Mapping[str, bytes] = field(default_factory=dict)
    changed: int = 0  # units
    confirmed: int = 0

    @property
    def files(self) -> dict[str, bytes]:
        """All files to write; they are written together or not at all."""
        return {**self.texts, **self.locks}


def import_po(
    source: Source,
    tree: Tree,
    bundles: Iterable[Bundle],
    settings: Settings,
    *,
    fuzzy: bool = False,
) -> Outcome[ImportResult]:
    """The changes that a PO file makes to the site of `tree`, and all problems of the file, each at
    its line. `fuzzy`: whether to import fuzzy entries that differ from the site.

    Diagnostics: translation-file, -unfinished, -stale, -marks, -structure, -language, -unproven,
    -unpaired, and those of `parse_document`.
    """
    read = parse_po(source, settings.languages)
    if read.value is None:
        return Outcome(ImportResult(), read.diagnostics)
    language = read.value.language.key
    translations = {bundle.key: translation_of(bundle, language) for bundle in bundles}
    matched = match_entries(read.value, translations, fuzzy=fuzzy)
    problems = list(matched.diagnostics)
    for imported in matched.value:
        problems += validate(imported, settings.languages)
    if has_errors(problems):
        return Outcome(ImportResult(), tuple(problems))
    return _result(matched.value, translations, tree, settings, problems)


def unreturned(
    file: Source, translations: Iterable[PageTranslation], languages: tuple[Language, ...]
) -> bool:
    """Whether the file of an earlier export has a translation that the site lacks, so that the file
    must be imported first. True for a file that cannot be read.
    """
    parsed = parse_po(file, languages).value
    if parsed is None:
        return True
    targets = (entry.target for entry in export_entries(translations, True))
    known = {" ".join(readable_unit(target).split()) for target in targets if target}
    said = (" ".join(entry.msgstr.split()) for entry in parsed.entries)
    return any(each and each not in known for each in said)


def _result(
    imports: Sequence[ImportEntry],
    translations: Mapping[str, PageTranslation],
    tree: Tree,
    settings: Settings,
    problems: list[Diagnostic],
) -> Outcome[ImportResult]:
    texts: dict[str, bytes] = {}
    locks: dict[str, bytes] = {}
    confirmed = 0
    for key, translation in translations.items():
        mine = [each for each in imports if each.translation.bundle.key == key]
        if not mine:
            continue
        new = _written(translation, [each for each in mine if each.changes], tree)
        sources = {path: decode(File(path, data)).value for path, data in new.items()}
        proof = verify_import(translation, mine, sources, settings)
        problems += proof.problems
        confirmed += proof.confirmed
        texts |= new
        if proof.lock is not None and _differs(tree, lock_path(key), proof.lock.encode()):
            locks[lock_path(key)] = proof.lock.encode()
    if has_errors(problems):
        return Outcome(ImportResult(), tuple(problems))
    changed = sum(each.changes for each in imports)
    return Outcome(ImportResult(texts, locks, changed, confirmed), tuple(problems))


def _written(
    translation: PageTranslation, imports: Sequence[ImportEntry], tree: Tree
) -> dict[str, bytes]:
    """The new bytes of the files of a page."""
    files: dict[str, bytes] = {}
    page = [each for each in imports if not each.source.in_entry]
    path = f"content/{translation.bundle.key}/{translation.language}.md"
    if page and translation.document(translation.language) is None:
        files[path] = created_page(translation, page).encode()
    elif page:
        files[path] = edited(_file(tree, path), document_edits(translation, page))
    for records in translation.bundle.records:
        path = records.source.path
        mine = [each for each in imports if each.source.span.path == path]
        if mine:
            files[path] = edited(
                _file(tree, path), records_edits(translation, records.source, mine)
            )
    return files


def _file(tree: Tree, path: str) -> File:
    file = tree.get(path)
    assert file is not None, "a page that was read lies in the tree"
    return file


def _differs(tree: Tree, path: str, data: bytes) -> bool:
    file = tree.get(path)
    return file is None or file.data != data


def diff_of(tree: Tree, files: Mapping[str, bytes]) -> str:
    """The changes as a unified diff, as `git diff` shows them."""
    parts: list[str] = []
    for path, data in sorted(files.items()):
        old = tree.get(path)
        before = decode(old).value.text if old else ""
        after = decode(File(path, data)).value.text
        names = (f"a/{path}" if old else "/dev/null", f"b/{path}")
        parts += (
            line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"
            for line in difflib.unified_diff(_lines(before), _lines(after), *names)
        )
    return "".join(parts)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
