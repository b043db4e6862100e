"""What the system does in one step: lock a folder, swap two places, put a file where none is."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

_EXCHANGE = 2
_AT_FDCWD = -100


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Only one command at a time writes below a folder; the kernel frees the lock of a dead process."""
    try:
        import fcntl
    except ImportError:  # Windows: no lock, everything else holds
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def exchange(one: Path, other: Path) -> bool:
    """Swaps two files or folders in one step (`renameat2`, Linux); false where that cannot be done."""
    import ctypes  # only where something stands already

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    done = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
    return bool(done == 0)


def put_new(file: Path, target: Path) -> None:
    """Moves a file to a place where nothing is; FileExistsError when something is there.

    A second name and then one name less: `rename` would replace what somebody saved meanwhile.
    """
    try:
        os.link(file, target)
    except FileExistsError:
        raise
    except OSError as failure:  # a file system without second names, or the other one
        if os.path.lexists(target):
            raise FileExistsError(str(target)) from failure
        os.rename(file, target)
        return
    file.unlink()
