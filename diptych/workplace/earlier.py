"""Whether an earlier release may be published again.

It may not where it still shows at its address what was taken down since (`content/addresses.lock`). An
event or a record that was taken down leaves no address behind: whoever publishes again looks for it.
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
    """The addresses of what was taken down where this release shows something else than that."""
    found = []
    for path in _GONE.findall(addresses):
        page = folder / path if path.endswith(".html") else folder / path / "index.html"
        if page.is_file() and _SAYS_SO not in page.read_text(encoding="utf-8"):
            found.append(f"/{path}")
    return found


def judge(root: Path, folder: Path) -> int:
    """Says what is in the way of publishing the release in `folder` again; 1 where something is."""
    lock = root / "content" / "addresses.lock"
    found = still_shown(folder, lock.read_text(encoding="utf-8")) if lock.is_file() else []
    why = together(words_in(root), "taken-down-here") if found else ""
    for each in found:
        sys.stderr.write(f"{each}: {why}\n")
    return 1 if found else 0
