"""A returned PO file -> the files to write, shown as a diff first; or what is wrong with it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

from diptych.diagnostics import Diagnostic, Outcome, Severity, Source
from diptych.files.text import decode
from diptych.model import File, Settings, Tree
from diptych.translation import Bundle, lock_path
from diptych.translation.po.arrivals import Arrival, arrivals_of
from diptych.translation.po.edits import edited
from diptych.translation.po.incoming import read_return
from diptych.translation.po.ledger import Ledger, ledger_of
from diptych.translation.po.placing import created_page, document_edits, records_edits
from diptych.translation.po.proof import prove
from diptych.translation.po.scrutiny import scrutinise
from diptych.values import Value, field


class Delivery(Value):
    """What an import would write; nothing when there is an error."""

    texts: Mapping[str, bytes] = field(default_factory=dict)  # pages and files of records
    locks: Mapping[str, bytes] = field(default_factory=dict)
    changed: int = 0  # units
    confirmed: int = 0

    @property
    def files(self) -> dict[str, bytes]:
        """Everything that is to be written, together or not at all."""
        return {**self.texts, **self.locks}


def import_po(
    source: Source, tree: Tree, bundles: Iterable[Bundle], settings: Settings
) -> Outcome[Delivery]:
    """What the PO file would change in the site of `tree`; all its problems at their lines.

    Diagnostics: translation-file, -unfinished, -stale, -marks, -structure, -language, -unproven,
    -unpaired, and what texts may not hold.
    """
    read = read_return(source, settings.languages)
    if read.value is None:
        return Outcome(Delivery(), read.diagnostics)
    language = read.value.language.key
    ledgers = {bundle.key: ledger_of(bundle, language) for bundle in bundles}
    arrived = arrivals_of(read.value, ledgers)
    problems = list(arrived.problems)
    for arrival in arrived.arrivals:
        problems += scrutinise(arrival, settings.languages)
    if _failed(problems):
        return Outcome(Delivery(), tuple(problems))
    return _delivered(arrived.arrivals, ledgers, tree, settings, problems)


def _delivered(
    arrivals: Sequence[Arrival],
    ledgers: Mapping[str, Ledger],
    tree: Tree,
    settings: Settings,
    problems: list[Diagnostic],
) -> Outcome[Delivery]:
    texts: dict[str, bytes] = {}
    locks: dict[str, bytes] = {}
    confirmed = 0
    for key, ledger in ledgers.items():
        mine = [each for each in arrivals if each.ledger.bundle.key == key]
        if not mine:
            continue
        new = _written(ledger, [each for each in mine if each.changes], tree)
        sources = {path: decode(File(path, data)).value for path, data in new.items()}
        proof = prove(ledger, mine, sources, settings)
        problems += proof.problems
        confirmed += proof.confirmed
        texts |= new
        if proof.lock is not None and _differs(tree, lock_path(key), proof.lock.encode()):
            locks[lock_path(key)] = proof.lock.encode()
    if _failed(problems):
        return Outcome(Delivery(), tuple(problems))
    changed = sum(each.changes for each in arrivals)
    return Outcome(Delivery(texts, locks, changed, confirmed), tuple(problems))


def _written(ledger: Ledger, arrivals: Sequence[Arrival], tree: Tree) -> dict[str, bytes]:
    """The new bytes of the files of a page."""
    files: dict[str, bytes] = {}
    page = [each for each in arrivals if not each.source.in_entry]
    path = f"content/{ledger.bundle.key}/{ledger.language}.md"
    if page and ledger.document(ledger.language) is None:
        files[path] = created_page(ledger, page).encode()
    elif page:
        files[path] = edited(_file(tree, path), document_edits(ledger, page))
    for records in ledger.bundle.records:
        path = records.source.path
        mine = [each for each in arrivals if each.source.span.path == path]
        if mine:
            files[path] = edited(_file(tree, path), records_edits(ledger, records.source, mine))
    return files


def _file(tree: Tree, path: str) -> File:
    file = tree.get(path)
    assert file is not None, "a page that was read lies in the tree"
    return file


def _differs(tree: Tree, path: str, data: bytes) -> bool:
    file = tree.get(path)
    return file is None or file.data != data


def _failed(problems: Iterable[Diagnostic]) -> bool:
    return any(each.severity is Severity.ERROR for each in problems)


def replaced_files(tree: Tree, files: Mapping[str, bytes]) -> Tree:
    """The tree as it would be."""
    kept = [file for file in tree.files if file.path not in files]
    new = [File(path, data) for path, data in files.items()]
    return Tree(tuple(sorted((*kept, *new), key=lambda file: file.path)))


def diff_of(tree: Tree, files: Mapping[str, bytes]) -> str:
    """The files as a unified diff, as `git diff` would show it."""
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
