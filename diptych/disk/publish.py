"""Publishes outputs as a tree, in one step or not at all.

The tree is written beside the output or in the standby of the cache, and exchanged by
`renameat2(RENAME_EXCHANGE)` (Linux), else by two renames with recovery at the next start. A lock
that the kernel drops with the process keeps two builds apart.
"""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

from diptych.bodies import Body
from diptych.diagnostics import say
from diptych.disk.manifest import MANIFEST, listed, manifest
from diptych.disk.output import is_source
from diptych.disk.standby import Standby, standby_of
from diptych.disk.trees import (
    FILE_MODE,
    FOLDER_MODE,
    OnDisk,
    State,
    bring_up_to_date,
    folders_of,
    holds,
    make_folders,
    scan,
    state_of,
    write_files,
)
from diptych.disk.writing import OutputRefused, exchange, locked, refuse_in_the_way
from diptych.model import Output
from diptych.values import Value

Release = Mapping[str, Body]  # the files to publish and their manifest, by path


class Online(Value):
    """The state of the output when publishing begins."""

    found: OnDisk
    listed: frozenset[str]  # what its manifest lists
    strangers: tuple[str, ...]  # files of others; empty folders too, since git needs its own
    same: frozenset[str]  # paths that already hold the bytes to publish


class Publication(Value):
    """The result of `publish`."""

    changed: bool  # whether a file was written or deleted
    files: Release  # the published files by path, the manifest among them
    states: Mapping[str, State]  # the state of each file when it was written, by path


def publish(
    outputs: Iterable[Output],
    target: Path,
    sources: Path,
    day: datetime.date | None = None,
    *,
    clean: bool = False,
    cache: Path | None = None,
) -> Publication:
    """Makes `target` hold exactly these outputs. With `clean` the whole tree is written.

    `day` is the day of the build, if something depends on it: the manifest records it, so that the
    same sources can be built to the same bytes later. The folder `cache` holds a second tree, with
    which only changes are written; without it the whole tree is written.

    Files that are not in the old manifest (CNAME, .git) are kept. `OutputRefused` if the folder was
    not made by this program, lies in or above the sources, or holds a foreign file where a page
    must go; `OSError` if the disk fails. In all these cases the old tree is whole.
    """
    target = Path(os.path.abspath(target))
    _refuse_sources(target, sources.resolve())
    release = _release(outputs, day)
    _refuse_escapes(release)
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target.parent), standby_of(cache, target) as standby:
        _recover(target)
        before = listed(target)
        _refuse_foreign(target, before)
        online = _online(target, before or (), release, standby, clean=clean)
        if len(online.same) == len(release) and online.listed <= release.keys():
            return Publication(False, release, {path: online.found.files[path] for path in release})
        _refuse_overwriting(target, online, release)
        staging, previous = _beside(target)
        for leftover in (staging, previous):
            refuse_in_the_way(leftover)
        if standby is not None and not clean:
            if target.exists():
                states = _by_standby(standby, target, release, online)
            else:
                states = _from_standby(standby, target, release)
            if states is not None:
                return Publication(True, release, states)
        if standby is not None:
            standby.forget()
        try:
            states = _write(staging, target, release, online)
            _switch(staging, target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        if standby is not None:
            _record(standby, release, states, {})
    return Publication(True, release, states)


def _release(outputs: Iterable[Output], day: datetime.date | None) -> Release:
    """The outputs, and their manifest."""
    files = {output.path: output.body for output in outputs}
    digests = {path: body.digest for path, body in files.items()}
    files[MANIFEST] = Body(manifest(digests, day))
    return files


def _online(
    target: Path,
    before: Iterable[str],
    release: Release,
    standby: Standby | None,
    *,
    clean: bool,
) -> Online:
    """The state of the output compared with the files to publish; `before` holds the paths in its
    manifest. With `clean` no file counts as equal.
    """
    found = scan(str(target))
    names = frozenset(before)
    ours = {MANIFEST, *names, *folders_of(names)}
    strangers = sorted(name for name in (*found.files, *found.folders) if name not in ours)
    known = standby.known(found.files) if standby is not None else {}
    same = frozenset(
        path
        for path in (() if clean else found.files.keys() & release.keys())
        if known.get(path) == release[path].digest
        or (path not in known and holds(f"{target}/{path}", release[path]))
    )
    return Online(found, names, tuple(strangers), same)


def _from_standby(standby: Standby, target: Path, release: Release) -> dict[str, State] | None:
    """Brings the standby up to date and makes it the output, which is missing; returns the states of
    the files. None, with nothing published, if there is no standby or the disk refuses.
    """
    try:
        found, digests = standby.take()
        if not found.files:
            return None
        same = {path for path in release if digests.get(path) == release[path].digest}
        states = bring_up_to_date(str(standby.tree), found, release, same, {})
        _switch(standby.tree, target)
    except OSError:
        return None
    return states


def _by_standby(
    standby: Standby, target: Path, release: Release, online: Online
) -> dict[str, State] | None:
    """Brings the standby up to date, exchanges it with the output, and brings the former output,
    now the standby, up to date as well; returns the states of the files in the output. None, with
    the output unchanged, if the disk refuses.

    Both trees have equal times, so that unchanged files keep their age for web servers.
    """
    top = str(standby.tree)
    try:
        found, digests = standby.begin()
        same = {
            path
            for path in release.keys() & digests.keys()
            if digests[path] == release[path].digest
        }
        times = {path: online.found.files[path][0] for path in online.same}
        states = bring_up_to_date(top, found, release, same, times)
        _copy(online.strangers, target, standby.tree)
        _switch(standby.tree, target)
    except OSError:
        return None
    try:
        times = {path: state[0] for path, state in states.items()}
        former = bring_up_to_date(top, online.found, release, online.same, times)
    except OSError:
        standby.forget()
    else:
        _record(standby, release, states, former)
    return states


def _record(
    standby: Standby, release: Release, online: Mapping[str, State], former: Mapping[str, State]
) -> None:
    """Records the states of the published files, and of those in the standby (`former`: empty if there
    is no standby yet).
    """
    digests = {path: body.digest for path, body in release.items()}
    try:
        standby.finish(digests, online, former)
    except (OSError, UnicodeEncodeError):  # UTF-8 cannot encode a file name with a lone surrogate
        standby.forget()


def _beside(target: Path) -> tuple[Path, Path]:
    """The place where a tree is written, and the place of the old one between two renames."""
    return target.parent / f".{target.name}.staging", target.parent / f".{target.name}.previous"


def _refuse_sources(target: Path, root: Path) -> None:
    if is_source(target, root) or target.resolve() in (root, *root.parents):
        raise OutputRefused(
            say("{folder} holds the sources; the site is written elsewhere", folder=str(target))
        )
    if target.is_symlink():
        raise OutputRefused(say("{folder} is a link; name the folder itself", folder=str(target)))


def _refuse_escapes(paths: Iterable[str]) -> None:
    """The last guard: nothing is written outside the output."""
    for path in paths:
        if path.startswith("/") or {"", ".", ".."} & set(path.split("/")):
            raise OutputRefused(say("{path} leads out of the site", path=path))


def _refuse_overwriting(target: Path, online: Online, wanted: Mapping[str, Body]) -> None:
    folders = folders_of(wanted)
    for name in online.strangers:
        file = name in online.found.files
        above = {str(parent) for parent in PurePosixPath(name).parents}
        if name in wanted or (file and name in folders) or above & wanted.keys():
            raise OutputRefused(
                say(
                    "{path} was not made by this tool and stands where a page must go; move it away",
                    path=str(target / name),
                )
            )


def _refuse_foreign(target: Path, before: Mapping[str, str] | None) -> None:
    """Refuses a folder that holds files but no manifest of this program. `before` is the manifest."""
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputRefused(say("{folder} is a file, not a folder", folder=str(target)))
    if before is None and any(target.iterdir()):
        raise OutputRefused(
            say(
                "{folder} is not empty and was not made by this tool; empty it or name another",
                folder=str(target),
            )
        )


def _recover(target: Path) -> None:
    """Deletes the remains of a killed build; restores the old tree if only that is left."""
    staging, previous = _beside(target)
    if previous.is_dir() and not target.exists():
        os.rename(previous, target)
    shutil.rmtree(previous, ignore_errors=True)
    shutil.rmtree(staging, ignore_errors=True)


def _write(staging: Path, target: Path, release: Release, online: Online) -> dict[str, State]:
    """Writes the whole tree; returns the states of the files. A file that the old tree holds already
    is linked, not written: while there are two trees, both have it.
    """
    staging.mkdir()
    staging.chmod(FOLDER_MODE)
    make_folders(str(staging), folders_of(release))
    linked = {path for path in online.same if _linked(f"{target}/{path}", f"{staging}/{path}")}
    for path in linked:
        os.chmod(f"{staging}/{path}", FILE_MODE)
    others = [path for path in release if path not in linked]
    states = write_files(str(staging), release, others, {})
    _copy(online.strangers, target, staging)
    return states | {path: state_of(f"{staging}/{path}") for path in linked}


def _copy(strangers: Collection[str], target: Path, tree: Path) -> None:
    """Copies the files of others into the new tree."""
    for path in strangers:
        original, copy = target / path, tree / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        if original.is_dir() and not original.is_symlink():
            copy.mkdir(exist_ok=True)
            shutil.copystat(original, copy)
        else:
            shutil.copy2(original, copy, follow_symlinks=False)


def _linked(old: str, new: str) -> bool:
    """Links a file; False if the disk has no links."""
    try:
        os.link(old, new)
    except OSError:
        return False
    return True


def _switch(tree: Path, target: Path) -> None:
    """Exchanges a finished tree with the output, if there is one; nobody ever sees half of it."""
    if not target.exists():
        os.rename(tree, target)
        return
    if exchange(tree, target):
        return
    _, previous = _beside(target)
    os.rename(target, previous)
    try:
        os.rename(tree, target)
    except OSError:
        os.rename(previous, target)
        raise
    try:
        os.rename(previous, tree)
    except OSError:  # the new tree is online all the same
        shutil.rmtree(previous, ignore_errors=True)
