"""The history of a file in git, only to show old wordings; no decision depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

MOST = 60  # commits to look at for one file


def earlier_texts(root: Path, path: str) -> Iterator[str]:
    """The texts of a file in earlier commits, newest first; none without git or history."""
    listed = git(root, "log", f"--max-count={MOST}", "--format=%H", "--", path)
    for commit in (listed or "").split():
        text = git(root, "show", f"{commit}:./{path}")
        if text is not None:
            yield text.replace("\r\n", "\n")


def git(root: Path, *words: str) -> str | None:
    """The output of git in a folder; None if it fails."""
    import subprocess  # no build needs it

    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words], capture_output=True, check=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace")
