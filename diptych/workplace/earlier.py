"""Judges whether an earlier release may be published again.

It may not if it still shows a page that was taken down since (`content/addresses.lock` holds its
address). An event or a record leaves no address behind when it is taken down, so a person looks for it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from diptych.content.workflows import together
from diptych.workplace.site import words_in

_GONE = re.compile(r"^/(\S+) +\(gone\)$", re.MULTILINE)
_SAYS_SO = 'class="text lost"'  # diptych/theme/templates/gone.html


def still_shown(folder: Path, addresses: str) -> list[str]:
    """The addresses of pages that were taken down since, and that this release still shows."""
    found = []
    for path in _GONE.findall(addresses):
        page = folder / path if path.endswith(".html") else folder / path / "index.html"
        if page.is_file() and _SAYS_SO not in page.read_text(encoding="utf-8"):
            found.append(f"/{path}")
    return found


def judge(root: Path, folder: Path) -> int:
    """Prints the pages that keep the release in `folder` from being published again; 1 if there are
    any.
    """
    lock = root / "content" / "addresses.lock"
    found = still_shown(folder, lock.read_text(encoding="utf-8")) if lock.is_file() else []
    why = together(words_in(root), "taken-down-here") if found else ""
    for each in found:
        sys.stderr.write(f"{each}: {why}\n")
    return 1 if found else 0
