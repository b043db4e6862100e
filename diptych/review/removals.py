"""Everything that a change removes: pages, confirmed parts, paragraphs, files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from diptych.html import reading_lines
from diptych.review.values import GONE, NEW, BuiltSite, PageChange, Removals, Weight
from diptych.site import Page
from diptych.site.values import FALLBACK

_LETTER = re.compile(r"\w")


def removals(
    before: BuiltSite,
    after: BuiltSite,
    pages: Sequence[PageChange],
    files: Sequence[tuple[str, Weight]],
) -> Removals:
    """Everything in the site before the change and not after it; `pages` and `files` are the
    differences.

    Pages and confirmed parts are listed even if the two sites cannot be compared.
    """
    if before.site is None or after.site is None:
        return Removals()
    return Removals(
        tuple(_pages(before, after)),
        _parts(before, after),
        tuple(_texts(after, pages)),
        tuple(path for path, weight in files if not weight.after),
    )


def by_identity(side: BuiltSite) -> dict[tuple[str, str], Page]:
    """The pages of a site without fallbacks, by key and language."""
    pages = side.site.pages if side.site else ()
    return {(page.key, page.language): page for page in pages if page.state != FALLBACK}


def _pages(before: BuiltSite, after: BuiltSite) -> Iterator[tuple[str, str, str]]:
    now = by_identity(after)
    for identity, page in by_identity(before).items():
        if identity not in now:
            yield page.document.front.title.value, page.language, "/" + page.path


def _parts(before: BuiltSite, after: BuiltSite) -> Mapping[str, tuple[str, ...]]:
    """The parts removed by this change, by the key of their page; not those removed before."""
    found = {}
    for key, report in after.reports.items():
        known = before.reports.get(key)
        known_gone = {record.label for record in known.gone} if known else set()
        labels = tuple(each.label for each in report.gone if each.label not in known_gone)
        if labels:
            found[key] = labels
    return found


def _texts(
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
