"""What git remembers of a file: only to show old wordings; nothing is ever decided by it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

MOST = 60  # commits looked at for one file


def earlier_texts(root: Path, path: str) -> Iterator[str]:
    """The texts that a file had in earlier commits, newest first; none without git or history."""
    listed = git(root, "log", f"--max-count={MOST}", "--format=%H", "--", path)
    for commit in (listed or "").split():
        text = git(root, "show", f"{commit}:./{path}")
        if text is not None:
            yield text.replace("\r\n", "\n")


def git(root: Path, *words: str) -> str | None:
    """What git answers in a folder; None where it cannot."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words], capture_output=True, check=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace")
