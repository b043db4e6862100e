"""Judges whether an earlier release may be published again.

A release may not be published again if it shows a page that was taken down later;
`content/addresses.lock` holds the addresses of such pages. It holds no events and no records, so a
person must look for those that were taken down.
"""

from __future__ import annotations

import sys
from pathlib import Path

from diptych.content.workflows import together
from diptych.diagnostics import Source
from diptych.site.addresses import ADDRESSES, GONE, read_addresses
from diptych.workplace.site import words_in

_SAYS_SO = 'class="text lost"'  # diptych/theme/templates/gone.html


def still_shown(folder: Path, addresses: str) -> list[str]:
    """The addresses of pages that this release shows and that were taken down after it."""
    found = []
    remembered, _ = read_addresses(Source(ADDRESSES, addresses)).value
    for path in (each.path for each in remembered if each.key == GONE):
        page = folder / path if path.endswith(".html") else folder / path / "index.html"
        if page.is_file() and _SAYS_SO not in page.read_text(encoding="utf-8"):
            found.append(f"/{path}")
    return found


def judge(root: Path, folder: Path) -> int:
    """Prints the pages for which the release in `folder` may not be published again. Returns the
    exit status: 1 if there are such pages, or else 0.
    """
    lock = root / ADDRESSES
    found = still_shown(folder, lock.read_text(encoding="utf-8")) if lock.is_file() else []
    why = together(words_in(root), "taken-down-here") if found else ""
    for each in found:
        sys.stderr.write(f"{each}: {why}\n")
    return 1 if found else 0
