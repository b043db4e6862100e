"""Single steps of the system: lock a folder, exchange two places, put a file where there is none."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

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
