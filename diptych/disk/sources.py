"""Writes sources: all files of an act, or none of them. Every command goes through here.

An editor may save at any moment, and the process may be killed at any moment. So every new file is
first written whole into a folder of its own (`.diptych`, which git ignores) and then exchanged with
the old one. The file that comes out is compared with the file that was read: a newer save goes back
to its place. With a journal in that folder, the next command undoes what a killed one had begun.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from diptych.diagnostics import Message, say
from diptych.disk.manifest import digest
from diptych.disk.writing import (
    SourceChanged,
    WriteRefused,
    exchange,
    locked,
    put_new,
    refuse_in_the_way,
)
from diptych.model import Tree
from diptych.values import Value

FOLDER = ".diptych"  # exists only during writing
_JOURNAL, _DONE = "journal.json", "done.json"  # during the act, and once all files are in place
_MARK = b"\xef\xbb\xbf"  # the byte order mark of UTF-8


class _Step(Value):
    """One file of an act."""

    path: str
    slot: Path  # holds the new file, and after the exchange the old one
    new: str | None  # the digest of the new file; None if the file is deleted
    before: str | None  # the digest of the file as read; None if there was none


def write_sources(
    root: Path, files: Mapping[str, str | bytes | None], read: Tree
) -> tuple[str, ...]:
    """Writes source files, all or none; returns the paths of the files that changed.

    `read` holds the files as read; a missing one did not exist. A text gets the line ends and the
    byte order mark of the file; bytes are written unchanged; None deletes the file, and folders
    that become empty. Mode and owner stay.

    `SourceChanged` if one of them is not as read; `WriteRefused` for a link or a read-only file;
    `OSError` if the disk fails. In all these cases every file is as before.
    """
    before = {path: file.data if (file := read.get(path)) else None for path in files}
    wanted = {
        path: data
        for path, given in files.items()
        if (data := _as_before(given, before[path])) != before[path]
    }
    if wanted:
        with locked(root):
            _take_back(root)
            _refuse_others(root, wanted)
            _write_all(root, wanted, before)
    return tuple(wanted)


def take_back(root: Path) -> tuple[Message, ...]:
    """Undoes the unfinished writes of a killed command below `root`; returns messages for the user,
    usually none. A file that somebody has saved since is left alone.
    """
    if not (root / FOLDER).is_dir():
        return ()
    with locked(root):
        return _take_back(root)


def _as_before(given: str | bytes | None, before: bytes | None) -> bytes | None:
    """A text as bytes, with the line ends and the byte order mark of the file."""
    if given is None or isinstance(given, bytes):
        return given
    before = before or b""
    if 2 * before.count(b"\r\n") > before.count(b"\n"):
        given = given.replace("\n", "\r\n")
    return (_MARK if before.startswith(_MARK) else b"") + given.encode("utf-8")


def _refuse_others(root: Path, paths: Mapping[str, bytes | None]) -> None:
    """Refuses to replace anything but a writable plain file in a plain folder."""
    whole = root.resolve()
    for path in paths:
        target = root / path
        parent = target.parent.resolve()
        if target.is_symlink() or parent != (whole / path).parent:
            raise WriteRefused(
                say("{path} is a link, or lies behind one; nothing was written", path=path)
            )
        if target.exists() and not target.is_file():
            raise WriteRefused(say("{path} is no plain file; nothing was written", path=path))
        if target.exists() and not target.stat().st_mode & 0o222:
            raise WriteRefused(say("{path} is read-only; nothing was written", path=path))


def _write_all(
    root: Path, files: Mapping[str, bytes | None], before: Mapping[str, bytes | None]
) -> None:
    folder = root / FOLDER
    try:
        make_folder(folder)
        steps = [
            _staged(folder / str(number), root / path, path, data, before[path])
            for number, (path, data) in enumerate(files.items())
        ]
        _begin(folder, steps, _missing_folders(root, files))
        for step in steps:
            _put(step, root / step.path, files[step.path], before[step.path])
        os.rename(folder / _JOURNAL, folder / _DONE)
    except BaseException:
        with contextlib.suppress(OSError):  # then the next command undoes it
            _take_back(root)
        raise
    _sweep(root, steps)
    _remove_empty(root, [step.path for step in steps if step.new is None])


def _remove_empty(root: Path, deleted: Sequence[str]) -> None:
    """Deletes the folders that held only the deleted files, innermost first."""
    above = {parent for path in deleted for parent in PurePosixPath(path).parents if parent.name}
    for each in sorted(above, key=lambda each: len(each.parts), reverse=True):
        with contextlib.suppress(OSError):  # another file is in it
            (root / each).rmdir()


def make_folder(folder: Path) -> None:
    """Makes a folder that git ignores, whatever the site's own .gitignore says."""
    refuse_in_the_way(folder)
    folder.mkdir()
    (folder / ".gitignore").write_bytes(b"*\n")


def _staged(slot: Path, target: Path, path: str, data: bytes | None, before: bytes | None) -> _Step:
    """The new file, whole on the disk, with the mode and owner of the one it replaces."""
    if data is None:
        return _Step(path, slot, None, _digest_of_data(before))
    with slot.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileNotFoundError):
        status = target.stat()
        with contextlib.suppress(PermissionError, AttributeError):  # no owner of it, or Windows
            os.chown(slot, status.st_uid, status.st_gid)
        slot.chmod(stat.S_IMODE(status.st_mode))
    return _Step(path, slot, digest(data), _digest_of_data(before))


def _missing_folders(root: Path, files: Iterable[str]) -> list[str]:
    """The missing folders, outermost first."""
    above = {parent for path in files for parent in PurePosixPath(path).parents}
    return sorted(str(each) for each in above if not (root / each).is_dir())


def _begin(folder: Path, steps: Sequence[_Step], folders: Sequence[str]) -> None:
    """Writes the journal; from now on, whoever finds it undoes the changes."""
    files = [{"path": step.path, "new": step.new, "before": step.before} for step in steps]
    beside = folder / "journal.new"
    with beside.open("xb") as file:
        file.write(json.dumps({"files": files, "folders": folders}).encode())
        file.flush()
        os.fsync(file.fileno())
    os.rename(beside, folder / _JOURNAL)


def _put(step: _Step, target: Path, data: bytes | None, before: bytes | None) -> None:
    """Puts one file in its place, or deletes it; SourceChanged, with the file unchanged, if it was
    not as read.
    """
    if data is None:
        _take_out(step, target, before)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _put_from(step.slot, step, target, before)
    except OSError as failure:
        if failure.errno != errno.EXDEV:
            raise
        slot = _made_slot_beside(step, target)  # a mounted folder: no rename leads there
        part = slot.with_suffix(".part")  # it gets its name only once it is whole
        part.unlink(missing_ok=True)
        _staged(part, target, step.path, data, before)
        os.rename(part, slot)
        step.slot.unlink()  # with two of them, the valid one would be unknown
        _put_from(slot, step, target, before)


def _take_out(step: _Step, target: Path, before: bytes | None) -> None:
    """Moves a deleted file into its slot, from where it can return until the act is done."""
    slot = step.slot
    try:
        try:
            os.rename(target, slot)
        except OSError as failure:
            if failure.errno != errno.EXDEV:
                raise
            slot = _made_slot_beside(
                step, target
            )  # a folder that is mounted: no rename leads there
            os.rename(target, slot)
    except FileNotFoundError:
        raise _changed(step.path) from None
    if slot.read_bytes() != before:
        raise _changed(step.path)


def _made_slot_beside(step: _Step, target: Path) -> Path:
    """The slot beside a file, in a folder that is made if needed."""
    slot = _slot_beside(step, target)
    if not slot.parent.is_dir() or slot.parent.is_symlink():
        make_folder(slot.parent)
    return slot


def _slot_beside(step: _Step, target: Path) -> Path:
    return target.parent / FOLDER / step.slot.name


def _put_from(slot: Path, step: _Step, target: Path, before: bytes | None) -> None:
    try:
        if before is None:
            put_new(slot, target)
            return
        _swap(slot, target)
    except (FileExistsError, FileNotFoundError):
        raise _changed(step.path) from None
    if slot.read_bytes() != before:
        raise _changed(step.path)


def _changed(path: str) -> SourceChanged:
    return SourceChanged(
        say("{path} was changed meanwhile; nothing was written, try again", path=path)
    )


def _swap(slot: Path, target: Path) -> None:
    """Exchanges two files in one step, or by two renames if the system cannot. Between these
    `target` is missing; `_whole` restores it.
    """
    if exchange(slot, target):
        return
    out = slot.with_suffix(".out")
    os.rename(target, out)
    try:
        put_new(slot, target)
    except FileExistsError:
        raise  # saved between the two renames, so newer than the file taken out
    except OSError:
        _whole(slot, target)
        raise
    os.rename(out, slot)


def _whole(slot: Path, target: Path) -> None:
    """Completes an exchange by two renames that was interrupted, or undoes it."""
    out = slot.with_suffix(".out")
    if not out.exists():
        return
    if slot.exists() and target.exists() and slot.samefile(target):
        slot.unlink()
    if not slot.exists():
        os.rename(out, slot)
    elif not target.exists():
        put_new(out, target)
    else:
        out.unlink()


def _take_back(root: Path) -> tuple[Message, ...]:
    """As `take_back`, for the holder of the lock."""
    if not (root / FOLDER).is_dir():
        return ()
    steps, folders = _journal(root, _JOURNAL)
    found: dict[str, bool] = {}  # by path: whether the file was restored
    for step in steps:
        target = root / step.path
        slot = _slot_in_use(step, target)
        _whole(slot, target)
        done = _removed(slot, step, target) if step.before is None else _back(slot, step, target)
        if done is not None:
            found[step.path] = done
    for each in reversed(folders):
        with contextlib.suppress(OSError):  # somebody put a file there
            (root / each).rmdir()
    _sweep(root, (*steps, *_journal(root, _DONE)[0]))
    if not found:
        return ()
    undone = say("a command was stopped while it wrote; what it had begun was taken back")
    left = [path for path, restored in found.items() if not restored]
    newer = (
        say("{path}: left as it is, since it was saved after that", path=each) for each in left
    )
    return (undone, *newer)


def _slot_in_use(step: _Step, target: Path) -> Path:
    beside = _slot_beside(step, target)
    return beside if beside.parent.is_dir() and not step.slot.exists() else step.slot


def _back(slot: Path, step: _Step, target: Path) -> bool | None:
    """Puts a replaced file back: True if done, False if somebody has saved in its place since, None
    if it had not been replaced.

    A save wins over the file as read, and a later save over an earlier one.
    """
    inside, there = _digest_of(slot), _digest_of(target)
    if inside in (None, step.new) or inside == there == step.before:
        return None
    if there is None:
        put_new(slot, target)
        return True
    if there not in (step.new, step.before):
        return False
    _swap(slot, target)
    if _digest_of(slot) == there:
        return True
    _swap(slot, target)  # saved between the two looks
    return False


def _removed(slot: Path, step: _Step, target: Path) -> bool | None:
    """Deletes a file that did not exist before: True if done, False if somebody has written in it
    since, None if it was not in place yet.
    """
    taken = slot.with_suffix(".taken")
    done = None
    if not taken.exists() and target.exists() and not (slot.exists() and _differ(slot, target)):
        os.rename(target, taken)
    if taken.exists():
        done = _digest_of(taken) == step.new
        if not done:
            with contextlib.suppress(FileExistsError):  # saved once more
                put_new(taken, target)
        taken.unlink(missing_ok=True)
    return done


def _differ(slot: Path, target: Path) -> bool:
    """Whether they are two files; a new file just put in place has both names."""
    return not slot.samefile(target)


def _digest_of_data(data: bytes | None) -> str | None:
    return None if data is None else digest(data)


def _digest_of(file: Path) -> str | None:
    return digest(file.read_bytes()) if file.is_file() else None


def _journal(root: Path, name: str) -> tuple[list[_Step], list[str]]:
    """The steps of a journal and the folders made; none if there is no journal.

    A journal is untrusted data: its paths must lie below `root` and not be hidden.
    """
    folder = root / FOLDER
    try:
        content = json.loads((folder / name).read_bytes())
        steps = [
            _Step(str(each["path"]), folder / str(number), each["new"], each["before"])
            for number, each in enumerate(content["files"])
        ]
        folders = [str(each) for each in content["folders"]]
    except (OSError, ValueError, KeyError, TypeError):
        return [], []
    paths = [*(step.path for step in steps), *folders]
    return (steps, folders) if all(_is_inside(root, path) for path in paths) else ([], [])


def _is_inside(root: Path, name: str) -> bool:
    parts = PurePosixPath(name).parts
    plain = bool(parts) and not any(part.startswith((".", "/")) for part in parts)
    return plain and (root / name).parent.resolve().is_relative_to(root.resolve())


def _sweep(root: Path, steps: Sequence[_Step]) -> None:
    """Deletes the folder, after those beside the files; while one of them stays, the next command
    needs the journal.
    """
    beside = sorted({(root / step.path).parent / FOLDER for step in steps})
    if not [folder for folder in beside if not remove_folder(folder)]:
        remove_folder(root / FOLDER)


def remove_folder(folder: Path) -> bool:
    """Deletes such a folder, the file that hides it from git last; False if it stays for now."""
    with contextlib.suppress(OSError):
        for name in sorted(os.listdir(folder), reverse=True):  # .gitignore sorts first
            (folder / name).unlink()
        folder.rmdir()
    return not os.path.lexists(folder)


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
