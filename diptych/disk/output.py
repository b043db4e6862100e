"""A single file that a command writes at a place of the caller's choice, never over a source."""

from __future__ import annotations

import os
from pathlib import Path

from diptych.diagnostics import say
from diptych.disk.sources import FOLDER, make_folder, remove_folder
from diptych.disk.writing import OutputRefused, locked

_OF_SITE = (".cache", ".diptych", "assets", "content", "i18n", "schemas", "templates", "vendor")
_OF_REPOSITORY = (".git", ".github", ".venv", "benchmarks", "diptych", "docs", "tests", "tools")
_FILES = ("extend.py",)  # which every command would read from then on
_SOURCES = frozenset((*_OF_SITE, *_OF_REPOSITORY, *_FILES, "requirements"))
_HEAD = 4096  # bytes of a file in which its mark is looked for


def is_source(place: Path, root: Path) -> bool:
    """Whether a place is a folder with sources of the site at `root`, or inside one, or the place of
    a file of sources.

    Also through links, and with other capitals on disks that ignore them.
    """
    whole, top = Path(os.path.realpath(place)), Path(os.path.realpath(root))
    named = [whole.relative_to(top).parts[0]] if top in whole.parents else []
    if any(part.casefold() in _SOURCES for part in named):
        return True
    folders = [top / name for name in sorted(_SOURCES) if (top / name).is_dir()]
    existing = [each for each in (whole, *whole.parents) if each.exists()]
    return any(each.samefile(folder) for each in existing for folder in folders)


def write_output(root: Path, target: Path, text: str, mark: str) -> None:
    """Writes a file in one step, at a place of the caller's choice.

    OutputRefused, without writing, for a place among the sources of the site at `root`, a link or a
    device, and an existing file that does not begin with the `mark` of this command's files.
    """
    if is_source(target, root):
        raise OutputRefused(
            say("{path} lies among the sources; name a file elsewhere", path=str(target))
        )
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise OutputRefused(
            say("{path} is a link, a folder or a device; name a file", path=str(target))
        )
    if target.exists() and not _is_marked(target, mark):
        raise OutputRefused(
            say(
                "{path} is there already and was not made by this command; name another file",
                path=str(target),
            )
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target.parent):
        folder = target.parent / FOLDER
        remove_folder(folder)
        try:
            make_folder(folder)
            (folder / "output").write_bytes(text.encode("utf-8"))
            os.replace(folder / "output", target)
        finally:
            remove_folder(folder)


def _is_marked(target: Path, mark: str) -> bool:
    with target.open("rb") as file:
        return mark.encode("utf-8") in file.read(_HEAD)
