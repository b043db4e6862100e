"""Compares two builds: the differences for readers, translators and editors."""

from __future__ import annotations

import difflib
import gzip
from collections.abc import Iterator, Mapping

from diptych.bodies import NO_BYTES
from diptych.diagnostics import Severity
from diptych.html import reading_lines
from diptych.review.code import code_changes, wordings
from diptych.review.removals import by_identity, removals
from diptych.review.values import (
    CHANGED,
    FRAME,
    GONE,
    MOVED,
    NEW,
    BuiltSite,
    PageChange,
    Review,
    Weight,
    Work,
)
from diptych.translation import State, Unit
from diptych.translation.status import Change, Status, status_of

_PACKED = (".avif", ".webp", ".jpg", ".jpeg", ".png", ".gif", ".pdf")  # compressed already
_SHARED = "assets/share."  # fetched by services that show a link, not by readers of the site


def review_of(before: BuiltSite, after: BuiltSite) -> Review:
    """The effects of a change; `before` is the site without it."""
    compared = bool(before.outputs and after.outputs and before.site and after.site)
    known = {each.identity for each in before.diagnostics}
    problems = tuple(
        each
        for each in after.diagnostics
        if each.severity is Severity.ERROR or each.identity not in known
    )
    pages = tuple(_pages(before, after)) if compared else ()
    files = tuple(_files(before, after)) if compared else ()
    return Review(
        failed=any(each.severity is Severity.ERROR for each in after.diagnostics),
        compared=compared,
        work=tuple(_work(before, after)),
        pages=pages,
        files=files,
        problems=problems,
        known=len(after.diagnostics) - len(problems),
        removals=removals(before, after, pages, files),
        wordings=tuple(wordings(before, after)),
        code=tuple(code_changes(before, after)),
    )


def _work(before: BuiltSite, after: BuiltSite) -> Iterator[Work]:
    if after.site is None:
        return
    texts = _wordings(before)

    def old(_: Unit, key: str, language: str, digest: str) -> str | None:
        return texts.get((key, language, digest))

    now = status_of(after.site, after.reports, after.sources, old)
    was = (
        status_of(before.site, before.reports, before.sources, lambda *_: None)
        if before.site
        else Status((), {}, ())
    )
    known = {_which(each) for each in was.changes}
    for language in now.languages:
        changes = tuple(
            each for each in now.changes if each.language == language and _which(each) not in known
        )
        missing, confirm = [], []
        for key, row in now.cells.items():
            cell, then = row[language], was.cells.get(key, {}).get(language)
            if cell.state is State.FALLBACK and (then is None or then.state is not State.FALLBACK):
                missing.append((key, cell.words))
            if cell.state is State.UNCONFIRMED and cell != then:
                confirm.append(key)
        if changes or missing or confirm:
            yield Work(language, changes, tuple(missing), tuple(confirm))


def _which(change: Change) -> tuple[object, ...]:
    """The values that find an outdated part in the other build, without its line, which moves."""
    return change.key, change.language, change.label, change.ahead, change.new


def _wordings(side: BuiltSite) -> Mapping[tuple[str, str, str], str]:
    """(page key, language, digest) -> text of every unit before the change."""
    return {
        (key, language, unit.digest): unit.text
        for key, report in side.reports.items()
        for group in report.groups
        for language, unit in group.units.items()
    }


def _pages(before: BuiltSite, after: BuiltSite) -> Iterator[PageChange]:
    """Every page that differs, by key and language; fallbacks only if they are added or removed."""
    old, new = by_identity(before), by_identity(after)
    for identity in sorted({**old, **new}):
        was, now = old.get(identity), new.get(identity)
        old_body = before.outputs.get(was.output, NO_BYTES) if was else NO_BYTES
        new_body = after.outputs.get(now.output, NO_BYTES) if now else NO_BYTES
        if old_body == new_body and was and now and was.path == now.path:
            continue
        data, change = old_body.read(), new_body.read()
        lines = tuple(_lines(data, change))
        kind = (
            NEW
            if was is None
            else GONE
            if now is None
            else MOVED
            if was.path != now.path
            else (CHANGED if lines else FRAME)
        )
        shown = now or was
        assert shown is not None
        yield PageChange(
            kind,
            identity[0],
            identity[1],
            shown.document.front.title.value,
            "/" + shown.path,
            "/" + was.path if was else "",
            was is not None and was.output not in after.outputs,
            lines if kind not in (NEW, GONE) else (),
            Weight(_packed(data), _packed(change)),
        )


def _lines(before: bytes, after: bytes) -> Iterator[tuple[str, str]]:
    """The paragraphs of a page that differ, as pairs (old, new); "" if one has no counterpart."""
    old, new = reading_lines(before.decode()), reading_lines(after.decode())
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            continue
        for index in range(max(j - i, m - k)):
            yield old[i + index] if i + index < j else "", new[k + index] if k + index < m else ""


def _files(before: BuiltSite, after: BuiltSite) -> Iterator[tuple[str, Weight]]:
    """Pictures and documents that were added, changed or removed, with their size."""
    for path in sorted({*before.outputs, *after.outputs}):
        if not path.endswith(_PACKED) or path.startswith(_SHARED):
            continue
        old, new = before.outputs.get(path, NO_BYTES), after.outputs.get(path, NO_BYTES)
        if old != new:
            yield path, Weight(old.size, new.size)


def _packed(data: bytes) -> int:
    return len(gzip.compress(data, mtime=0)) if data else 0
