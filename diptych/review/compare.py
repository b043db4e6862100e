"""Compares two builds: the differences for readers, translators and editors, and everything that the
change removes.
"""

from __future__ import annotations

import difflib
import gzip
import re
from collections.abc import Iterator, Mapping, Sequence

from diptych.bodies import NO_BYTES
from diptych.content.layouts import layout_of
from diptych.diagnostics import Severity
from diptych.html import reading_lines
from diptych.model import Catalog
from diptych.review.values import (
    CHANGED,
    FRAME,
    GONE,
    MOVED,
    NEW,
    BuiltSite,
    ChangedString,
    CodeChange,
    PageChange,
    Removals,
    Review,
    Weight,
    Work,
)
from diptych.site import Page
from diptych.site.values import FALLBACK
from diptych.translation import State, Unit
from diptych.translation.status import Change, Status, status_of

CODE = ("templates/", "i18n/", "assets/", "extend.py")  # the first part of their paths
_PACKED = (".avif", ".webp", ".jpg", ".jpeg", ".png", ".gif", ".pdf")  # compressed already
_SHARED = "assets/share."  # fetched by services that show a link, not by readers of the site
_LETTER = re.compile(r"\w")


def is_code(path: str) -> bool:
    """Whether a file of a site runs or frames its pages."""
    return path.startswith(CODE)


def review_of(before: BuiltSite, after: BuiltSite) -> Review:
    """The effects of a change; `before` is the site without it."""
    sites = before.build.site, after.build.site
    compared = bool(before.outputs and after.outputs and all(sites))
    known = {each.identity for each in before.build.diagnostics}
    problems = tuple(
        each
        for each in after.build.diagnostics
        if each.severity is Severity.ERROR or each.identity not in known
    )
    pages = tuple(_pages(before, after)) if compared else ()
    files = tuple(_files(before, after)) if compared else ()
    return Review(
        failed=after.build.failed,
        compared=compared,
        work=tuple(_work(before, after)),
        pages=pages,
        files=files,
        problems=problems,
        known=len(after.build.diagnostics) - len(problems),
        removals=_removals(before, after, pages, files),
        wordings=tuple(_changed_strings(before, after)),
        code=tuple(_code(before, after)),
    )


def _work(before: BuiltSite, after: BuiltSite) -> Iterator[Work]:
    """The translation work that a change causes, for each language that has any work."""
    if after.build.site is None:
        return
    texts = _texts_of_units(before)

    def old(_: Unit, key: str, language: str, digest: str) -> str | None:
        return texts.get((key, language, digest))

    now = status_of(after.build.site, after.build.reports, after.build.sources, old)
    was = (
        status_of(before.build.site, before.build.reports, before.build.sources, lambda *_: None)
        if before.build.site
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
    return change.page, change.language, change.label, change.ahead, change.new


def _texts_of_units(side: BuiltSite) -> Mapping[tuple[str, str, str], str]:
    """(page key, language, digest) -> text of every unit before the change."""
    return {
        (key, language, unit.digest): unit.text
        for key, report in side.build.reports.items()
        for group in report.groups
        for language, unit in group.units.items()
    }


def _pages(before: BuiltSite, after: BuiltSite) -> Iterator[PageChange]:
    """Every page that differs, by key and language; fallbacks only if they are added or removed."""
    old, new = _by_identity(before), _by_identity(after)
    for identity in sorted({**old, **new}):
        was, now = old.get(identity), new.get(identity)
        old_body = before.outputs.get(was.output, NO_BYTES) if was else NO_BYTES
        new_body = after.outputs.get(now.output, NO_BYTES) if now else NO_BYTES
        if old_body == new_body and was and now and was.path == now.path:
            continue
        data, change = old_body.read(), new_body.read()
        lines = () if _only_lists(was, now) else tuple(dict.fromkeys(_lines(data, change)))
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


def _only_lists(was: Page | None, now: Page | None) -> bool:
    """Whether a page that lists all others changed only in that list. The review tells such a
    change with the listed page.
    """
    if was is None or now is None or not layout_of(now.document.front.layout).contents:
        return False
    return was.document.source.text == now.document.source.text


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


def _removals(
    before: BuiltSite,
    after: BuiltSite,
    pages: Sequence[PageChange],
    files: Sequence[tuple[str, Weight]],
) -> Removals:
    """Everything in the site before the change and not after it; `pages` and `files` are the
    differences.

    Pages and confirmed parts are listed even if the two sites cannot be compared.
    """
    if before.build.site is None or after.build.site is None:
        return Removals()
    return Removals(
        tuple(_gone_pages(before, after)),
        dict(_gone_parts(before, after)),
        tuple(_gone_texts(after, pages)),
        tuple(path for path, weight in files if not weight.after),
    )


def _by_identity(side: BuiltSite) -> dict[tuple[str, str], Page]:
    """The pages of a site without fallbacks, by key and language."""
    pages = side.build.site.pages if side.build.site else ()
    return {(page.key, page.language): page for page in pages if page.state != FALLBACK}


def _gone_pages(before: BuiltSite, after: BuiltSite) -> Iterator[tuple[str, str, str]]:
    now = _by_identity(after)
    for identity, page in _by_identity(before).items():
        if identity not in now:
            yield page.document.front.title.value, page.language, "/" + page.path


def _gone_parts(before: BuiltSite, after: BuiltSite) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The key of each page with the labels of the parts that this change removes. Parts that an
    earlier change removed are left out.
    """
    for key, report in after.build.reports.items():
        known = before.build.reports.get(key)
        gone = {record.label for record in known.gone} if known else set()
        labels = tuple(each.label for each in report.gone if each.label not in gone)
        if labels:
            yield key, labels


def _gone_texts(
    after: BuiltSite, pages: Sequence[PageChange]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The paragraphs of a page that are nowhere on it any more, without the names of buttons."""
    for page in pages:
        gone = [old for old, new in page.lines if old and not new]
        if gone and page.kind not in (NEW, GONE):
            data = after.outputs[page.address.lstrip("/") + "index.html"].read()
            there = set(reading_lines(data.decode()))
            texts = tuple(text for text in gone if text not in there and _LETTER.search(text))
            if texts:
                yield page.title, page.language, texts


def _changed_strings(before: BuiltSite, after: BuiltSite) -> Iterator[ChangedString]:
    """Every interface string that readers see in other words, by language and msgid."""
    if before.build.site is None or after.build.site is None:
        return
    for language in dict.fromkeys([*before.build.site.catalogs, *after.build.site.catalogs]):
        old = _messages(before.build.site.catalogs.get(language))
        new = _messages(after.build.site.catalogs.get(language))
        for msgid in sorted({*old, *new}):
            if old.get(msgid, "") != new.get(msgid, ""):
                yield ChangedString(language, msgid, old.get(msgid, ""), new.get(msgid, ""))


def _messages(catalog: Catalog | None) -> dict[str, str]:
    """The words that readers see for each msgid: the site's own, or else the theme's."""
    if catalog is None:
        return {}
    own = {msgid: "\n".join(forms) for msgid, forms in catalog.messages.items() if any(forms)}
    return {**_messages(catalog.theme), **own}


def _code(before: BuiltSite, after: BuiltSite) -> Iterator[CodeChange]:
    """Every such file that was added, removed or changed, by path."""
    for path in sorted({*before.code, *after.code}):
        old, new = before.code.get(path), after.code.get(path)
        if old == new:
            continue
        kind = NEW if old is None else GONE if new is None else CHANGED
        weight = Weight(len(old or b""), len(new or b""))
        yield CodeChange(kind, path, tuple(_difference(old or b"", new or b"")), weight)


def _difference(old: bytes, new: bytes) -> Iterator[str]:
    """The lines that differ, with their context; none if a file is no text."""
    try:
        before, after = old.decode("utf-8").splitlines(), new.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return
    found = difflib.unified_diff(before, after, lineterm="", n=1)
    yield from list(found)[2:]  # without the two lines with file names
