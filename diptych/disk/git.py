"""Asks git: for earlier texts of a file, and for the commit of this program or of its repository.

No build depends on the answers, and every function gives None or nothing where git is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_MAX_COMMITS = 60  # the most commits of one file that are searched


def earlier_texts(root: Path, path: str) -> Iterator[str]:
    """The texts of a file in earlier commits, newest first; none without git or history."""
    listed = git(root, "log", f"--max-count={_MAX_COMMITS}", "--format=%H", "--", path)
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


def commit_of(package: Path) -> str | None:
    """The commit of the checkout of which a folder of code is a part; None without a checkout.

    Code that is installed below the folder of a site is no part of the site's repository.
    """
    found = git(package, "rev-parse", "--show-prefix", "HEAD")
    prefix, _, commit = (found or "").partition("\n")
    return commit.strip() or None if prefix == f"{package.name}/" else None


def checkout_of(package: Path) -> str | None:
    """The repository of a folder of code with its commit, as pip reads it; None without one, and
    for one that is only on this computer.
    """
    commit = commit_of(package)
    address = git(package, "remote", "get-url", "origin") if commit else None
    if not address:
        return None
    address = address.strip()
    elsewhere = "://" in address and not address.startswith("file:")
    return f"git+{address}@{commit}" if elsewhere else None


def newest_commit(address: str) -> str | None:
    """The newest commit of a repository; None if git cannot reach it."""
    found = git(Path.cwd(), "ls-remote", address, "HEAD")
    return found.split()[0] if found else None
