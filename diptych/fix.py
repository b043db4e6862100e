"""Makes mechanical corrections: the certain edits of diagnostics, and the encoding of text files.

It works in rounds, since one mistake can hide another (YAML stops at the first). Everything that no
correction names stays as it was, byte for byte.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

from diptych.cache import Cache
from diptych.diagnostics import Edit, Source, by_file, fits, sort_by_place
from diptych.files.text import edited
from diptych.model import File, Tree
from diptych.pipeline import Options, Reading, read_site
from diptych.site import ADDRESSES
from diptych.translation import State, key_of, lock_path
from diptych.values import Value

ROUNDS = 30  # of reading and correcting; a file with more hidden mistakes needs two runs
_BOM = b"\xef\xbb\xbf"


class Mended(Value):
    """The corrected files, and the pages whose translations must be confirmed again."""

    files: Mapping[str, bytes]  # the new content of each changed file, by path
    count: int  # corrections, without those of whole files
    to_confirm: tuple[str, ...]  # keys of pages whose confirmed texts the corrections change


def mend(tree: Tree, cache: Cache, wanted: Collection[str] | None = None) -> Mended:
    """The corrected texts below `content/`; with `wanted` only of these paths."""
    options = Options(drafts=True)
    now, count = _laid_out(tree, wanted), 0
    read = first = read_site(tree, options, cache)
    if now != tree:
        read = read_site(now, options, cache)
    for _ in range(ROUNDS):
        edits = _certain(read, wanted)
        if not edits:
            break
        count += sum(len(each) for each in edits.values())
        now = now.with_files(
            {file.path: edited(file, edits[file.path]) for file in now.files if file.path in edits}
        )
        read = read_site(now, options, cache)
    old = {file.path: file.data for file in tree.files}
    files = {file.path: file.data for file in now.files if file.data != old[file.path]}
    return Mended(files, count, _to_confirm(first, read, files))


def _certain(read: Reading, wanted: Collection[str] | None) -> dict[str, list[Edit]]:
    """The edits of one round, by path; of two edits that overlap or touch, only the first."""
    found: dict[str, list[Edit]] = {}
    unknown = {each.span.path for each in read.diagnostics if each.check == "not-utf8"}
    for problem in sort_by_place(read.diagnostics):
        parts = by_file(problem.edits) if problem.certain else {}
        if any(path in unknown or not _is_mended(path, wanted) for path in parts):
            continue
        made = {
            path: _beside(part, found.get(path, []), read.sources.get(path))
            for path, part in parts.items()
        }
        if all(made.values()):
            found.update(made)
    return found


def _beside(edits: tuple[Edit, ...], others: list[Edit], source: Source | None) -> list[Edit]:
    """The edits of a file with further ones added; none at all if they overlap, touch or do not fit."""
    together = tuple(sorted([*others, *edits], key=lambda each: each.span.start))
    fitting = source is not None and fits(together, source) and not set(edits) & set(others)
    return [*others, *edits] if fitting else []


def _is_text(path: str, wanted: Collection[str] | None) -> bool:
    text = path.startswith("content/") and path.endswith((".md", ".yaml"))
    return text and (wanted is None or path in wanted)


def _is_mended(path: str, wanted: Collection[str] | None) -> bool:
    """Whether edits may be made in a file; the former id of a heading is recorded for any text."""
    return path == ADDRESSES or _is_text(path, wanted)


def _laid_out(tree: Tree, wanted: Collection[str] | None) -> Tree:
    """The tree, with every text file as `laid_out` makes it."""
    files = {file.path: laid_out(file) for file in tree.files if _is_text(file.path, wanted)}
    return tree.with_files({path: data for path, data in files.items() if data is not None})


def laid_out(file: File) -> bytes | None:
    """The bytes of a text file without byte order mark, with composed letters (NFC) and one kind of
    line ends, one of them at the end; None if it is not UTF-8, which only a person can mend.
    """
    try:
        text = file.data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        return None
    ends = set(re.findall(r"\r\n|\r|\n", text))
    if len(ends) > 1 or ends == {"\r"}:
        text, ends = re.sub(r"\r\n|\r", "\n", text), {"\n"}
    text = unicodedata.normalize("NFC", text)
    if text.strip():
        text = text.rstrip() + (ends.pop() if ends else "\n")
    return text.encode("utf-8")


def _to_confirm(before: Reading, after: Reading, files: Collection[str]) -> tuple[str, ...]:
    """The keys of pages that were confirmed (or unreadable) before the corrections, and are not now."""
    keys = {key_of(path) for path in files}
    return tuple(
        key
        for key in sorted(keys & after.reports.keys())
        if lock_path(key) in after.sources
        and not _is_current(after, key)
        and (_is_current(before, key) or key in before.suppressed)
    )


def _is_current(read: Reading, key: str) -> bool:
    report = read.reports.get(key)
    return report is not None and all(
        status.state is State.CURRENT for status in report.statuses.values()
    )
