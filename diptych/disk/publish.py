"""Outputs -> a published tree, in one step or not at all.

Written beside the output, checked, then switched by `renameat2(RENAME_EXCHANGE)` where the
system has it (Linux), else by two renames with recovery at the next start. A lock that the
kernel drops when the process dies keeps two builds apart.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from diptych.diagnostics import Message, say
from diptych.disk.atomic import exchange, locked
from diptych.disk.output import is_source
from diptych.disk.refused import OutputRefused, refuse_in_the_way
from diptych.model import Output

MANIFEST = "release.json"


def publish(
    outputs: Iterable[Output],
    target: Path,
    sources: Path,
    day: datetime.date | None = None,
    *,
    clean: bool = False,
) -> bool:
    """Makes `target` hold exactly these outputs; false when it already did (never with `clean`).

    `day` is that of the build, where something in it depends on the day: the manifest records it, so
    that the same sources can be built to the same bytes later.

    What is not in the old manifest (CNAME, .git) is kept. `OutputRefused` when the folder was not
    made by this tool, or lies in or above the sources, or holds a stranger's file where a page
    must go; `OSError` when the disk fails. In all these cases the old tree is whole.
    """
    target = Path(os.path.abspath(target))
    _refuse_sources(target, sources.resolve())
    wanted = {output.path: output.data for output in outputs}
    _refuse_escapes(wanted)
    wanted[MANIFEST] = _manifest(wanted, day)
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target.parent):
        _recover(target)
        _refuse_foreign(target)
        same = frozenset() if clean else _same_files(target, wanted)
        if len(same) == len(wanted) and not _left_over(target, wanted):
            return False
        strangers = _strangers(target)
        _refuse_overwriting(strangers, wanted)
        staging = target.parent / f".{target.name}.staging"
        for leftover in (staging, target.parent / f".{target.name}.previous"):
            refuse_in_the_way(leftover)
        try:
            _write(staging, wanted, strangers, target, same)
            _switch(staging, target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return True


def published(target: Path) -> dict[Path, bytes]:
    """Every file of a published tree that is on its manifest, and the manifest, with its bytes."""
    paths = [target / name for name in (*(_listed(target) or {}), MANIFEST)]
    paths = [path for path in paths if path.is_file()]
    return {Path(os.path.abspath(path)): path.read_bytes() for path in paths}


def digests_of(target: Path) -> dict[Path, str]:
    """Every file of a published tree that is on its manifest, and the manifest, with its digest; of
    the others as the manifest has it, so that nothing is read again.
    """
    manifest = target / MANIFEST
    listed = {target / name: digest for name, digest in (_listed(target) or {}).items()}
    if manifest.is_file():
        listed[manifest] = hashlib.sha256(manifest.read_bytes()).hexdigest()
    return {
        Path(os.path.abspath(path)): digest for path, digest in listed.items() if path.is_file()
    }


def verify(target: Path) -> tuple[Message, ...]:
    """What differs between a published tree and its own manifest; empty when nothing does."""
    files = _listed(target)
    if files is None:
        message = say(
            "{folder} has no {name}, the list of what was published",
            folder=str(target),
            name=MANIFEST,
        )
        return (message,)
    problems = []
    for path, expected in sorted(files.items()):
        file = target / path
        if not file.is_file():
            problems.append(say("{path} is missing", path=path))
        elif hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            problems.append(say("{path} was changed", path=path))
    known = {*files, MANIFEST}
    strangers = [name for name in _names(target) if name not in known]
    problems += [
        say("{path} is not on the list of what was published", path=name) for name in strangers
    ]
    return tuple(problems)


def _manifest(files: dict[str, bytes], day: datetime.date | None) -> bytes:
    digests = {path: hashlib.sha256(files[path]).hexdigest() for path in sorted(files)}
    made = {"made-by": "diptych", **({"day": day.isoformat()} if day else {}), "files": digests}
    return (json.dumps(made, indent=1) + "\n").encode()


def _listed(target: Path) -> dict[str, str] | None:
    """The manifest of a tree; None when there is none, or when it is not ours."""
    try:
        content = json.loads((target / MANIFEST).read_bytes())
        if content["made-by"] != "diptych":
            return None
        return {str(path): str(value) for path, value in content["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _refuse_sources(target: Path, root: Path) -> None:
    if is_source(target, root) or target.resolve() in (root, *root.parents):
        raise OutputRefused(
            say("{folder} holds the sources; the site is written elsewhere", folder=str(target))
        )
    if target.is_symlink():
        raise OutputRefused(say("{folder} is a link; name the folder itself", folder=str(target)))


def _refuse_escapes(paths: Iterable[str]) -> None:
    """The last wall: whatever a site made of its sources, nothing is written outside the output."""
    for path in paths:
        if path.startswith("/") or {"", ".", ".."} & set(path.split("/")):
            raise OutputRefused(say("{path} leads out of the site", path=path))


def _refuse_overwriting(strangers: Mapping[str, Path], wanted: Mapping[str, bytes]) -> None:
    folders = _folders(wanted)
    for name, original in strangers.items():
        file = original.is_symlink() or not original.is_dir()
        above = {str(parent) for parent in PurePosixPath(name).parents}
        if name in wanted or (file and name in folders) or above & wanted.keys():
            raise OutputRefused(
                say(
                    "{path} was not made by this tool and stands where a page must go; move it away",
                    path=str(original),
                )
            )


def _refuse_foreign(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputRefused(say("{folder} is a file, not a folder", folder=str(target)))
    if any(target.iterdir()) and _listed(target) is None:
        raise OutputRefused(
            say(
                "{folder} is not empty and was not made by this tool; empty it or name another",
                folder=str(target),
            )
        )


def _recover(target: Path) -> None:
    """Sweeps what a killed build left; brings the old tree back when only that is left."""
    previous = target.parent / f".{target.name}.previous"
    if previous.is_dir() and not target.exists():
        os.rename(previous, target)
    shutil.rmtree(previous, ignore_errors=True)
    shutil.rmtree(target.parent / f".{target.name}.staging", ignore_errors=True)


def _names(target: Path, *, folders: bool = False) -> list[str]:
    """Every file below a folder by its path there, and on request every folder; a link is a file."""
    top, found = str(target), []
    for place, inside, files in os.walk(top):
        before = f"{place[len(top) + 1 :]}/".replace(os.sep, "/").lstrip("/")
        links = [name for name in inside if os.path.islink(f"{place}/{name}")]
        found += [before + name for name in (*files, *(inside if folders else links))]
    return sorted(found)


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder in which one of the paths lies, at any depth."""
    found: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in found:  # upwards
            found.add(path)
    return found


def _strangers(target: Path) -> dict[str, Path]:
    """What the old manifest does not list: somebody else's. Empty folders count: git needs its own."""
    listed = _listed(target) if target.exists() else None
    if listed is None:
        return {}
    known = {MANIFEST, *listed, *_folders(listed)}
    return {name: target / name for name in _names(target, folders=True) if name not in known}


def _same_files(target: Path, wanted: Mapping[str, bytes]) -> frozenset[str]:
    """The paths at which the output already holds these bytes."""
    return frozenset(path for path, data in wanted.items() if _holds(f"{target}/{path}", data))


def _holds(file: str, data: bytes) -> bool:
    try:
        status = os.lstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size != len(data):
            return False
        with open(file, "rb") as opened:
            return opened.read() == data
    except OSError:
        return False


def _left_over(target: Path, wanted: Mapping[str, bytes]) -> bool:
    """Whether an earlier build published a file that is not wanted any more."""
    listed = _listed(target)
    return listed is None or not {*listed} <= wanted.keys()


def _write(
    staging: Path,
    wanted: Mapping[str, bytes],
    strangers: Mapping[str, Path],
    target: Path,
    same: frozenset[str],
) -> None:
    """Everything under its own name, readable by a web server whatever the umask.

    A file that the old tree holds already (`same`) is not written again: for the moment in which
    there are two trees, both name it. Paths are plain strings here, since a site has thousands.
    """
    staging.mkdir()
    staging.chmod(0o755)
    for folder in sorted(_folders(wanted)):
        os.mkdir(f"{staging}/{folder}")
        os.chmod(f"{staging}/{folder}", 0o755)
    written = []
    for path, data in wanted.items():
        file = f"{staging}/{path}"
        if path not in same or not _linked(f"{target}/{path}", file):
            Path(file).write_bytes(data)
            written.append(path)
        os.chmod(file, 0o644)
    for path, original in strangers.items():
        copy = staging / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        if original.is_dir() and not original.is_symlink():
            copy.mkdir(exist_ok=True)
            shutil.copystat(original, copy)
        else:
            shutil.copy2(original, copy, follow_symlinks=False)
    for path in written:
        if (staging / path).stat().st_size != len(wanted[path]):
            raise OSError(f"{path} was not written whole")


def _linked(old: str, new: str) -> bool:
    """Gives a file a second name; False where the disk does not know such names."""
    try:
        os.link(old, new)
    except OSError:
        return False
    return True


def _switch(staging: Path, target: Path) -> None:
    """Puts the staged tree in the place of the old one; nobody ever sees half of it."""
    if not target.exists():
        os.rename(staging, target)
        return
    if exchange(staging, target):
        return
    previous = target.parent / f".{target.name}.previous"
    os.rename(target, previous)
    try:
        os.rename(staging, target)
    except OSError:
        os.rename(previous, target)
        raise
    shutil.rmtree(previous, ignore_errors=True)
