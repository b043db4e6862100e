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
