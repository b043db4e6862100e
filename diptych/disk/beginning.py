"""The folder of a new site, and the origin of the program."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from diptych.disk.history import git
from diptych.disk.sources import write_sources
from diptych.model import Tree


def is_free(folder: Path) -> bool:
    """Whether a site can begin in a folder: it does not exist, or holds only git's own files."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return False
    return not folder.exists() or all(each.name == ".git" for each in folder.iterdir())


def write_site(folder: Path, files: Mapping[str, str], programs: Collection[str]) -> None:
    """Writes a new site; `programs` are the paths of executable files."""
    folder.mkdir(parents=True, exist_ok=True)
    write_sources(folder, files, Tree(()))
    for path in programs:
        (folder / path).chmod(0o755)


def checkout_of(folder: Path) -> str | None:
    """The repository of a folder with its commit, as pip reads it; None without one, and for one
    that is only on this computer.
    """
    address, commit = git(folder, "remote", "get-url", "origin"), git(folder, "rev-parse", "HEAD")
    if not address or not commit:
        return None
    address, commit = address.strip(), commit.strip()
    elsewhere = "://" in address and not address.startswith("file:")
    return f"git+{address}@{commit}" if elsewhere else None
