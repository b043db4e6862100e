"""Watches the folders of a site, so that no save is missed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from watchfiles import watch

from diptych.glance import FOLDERS


def notices(root: Path, stop: threading.Event) -> Iterator[None]:
    """Yields when something may have changed below the folders of a site, until `stop` is set.

    A notice from the system may come late, and may be lost for a new folder, so the generator also
    yields twice a second. The caller must compare the files to know whether one of them changed.
    When a folder is added or removed, the watching starts again.
    """
    while not stop.is_set():
        folders = [root / name for name in FOLDERS if (root / name).is_dir()]
        watched = (
            watch(
                *folders,
                stop_event=stop,
                step=5,
                debounce=120,
                rust_timeout=500,
                yield_on_timeout=True,
                raise_interrupt=False,
                ignore_permission_denied=True,
            )
            if folders
            else iter(())
        )
        try:
            for _ in watched:
                if [root / name for name in FOLDERS if (root / name).is_dir()] != folders:
                    break
                yield
        except (OSError, RuntimeError):  # a folder vanished while it was being watched
            stop.wait(0.1)
        if stop.wait(0.05):
            return
        yield
