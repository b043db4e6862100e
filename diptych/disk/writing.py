"""The tools of every module that writes files: a lock, single operations of the file system, and
the exceptions of a refused write.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from diptych.diagnostics import Message, say

_EXCHANGE = 2
_AT_FDCWD = -100


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lets only one command at a time write below a folder; the kernel frees the lock of a dead
    process.
    """
    try:
        import fcntl
    except ImportError:  # Windows: no lock, but all other guarantees
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def exchange(one: Path, other: Path) -> bool:
    """Exchanges two files or folders in one step (`renameat2`, Linux); False if the system cannot."""
    import ctypes  # imported only if there is something to exchange

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    done = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
    return bool(done == 0)


def put_new(file: Path, target: Path) -> None:
    """Moves a file to a free place; FileExistsError if something is there.

    It links and then unlinks, since `rename` would replace a newer save.
    """
    try:
        os.link(file, target)
    except FileExistsError:
        raise
    except OSError as failure:  # a file system without links, or another file system
        if os.path.lexists(target):
            raise FileExistsError(str(target)) from failure
        os.rename(file, target)
        return
    file.unlink()


class WriteRefused(Exception):
    """Nothing was written; the message gives the reason."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class OutputRefused(WriteRefused):
    """The output folder or file must not be written."""


class SourceChanged(WriteRefused):
    """A source was saved after it was read and before it would have been written."""


def refuse_in_the_way(path: Path) -> None:
    """WriteRefused if something is where this program needs a folder for a moment."""
    if os.path.lexists(path):
        message = say(
            "{path} is in the way; look what it is, and move or delete it", path=str(path)
        )
        raise WriteRefused(message)
