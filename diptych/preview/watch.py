"""Watches the folders of a site, so that no save is missed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from watchfiles import watch

from diptych.disk import signature
from diptych.glance import FOLDERS


def changes(root: Path, stop: threading.Event) -> Iterator[None]:
    """Yields after every group of changes below the folders of a site, until `stop` is set.

    A notice of the system is only a hint, since it may come late or be lost for a new folder. A
    change of the site's signature (path, time and size of every file) decides; the signature is
    compared after every notice and twice a second. When a folder is added or removed, the watching
    starts again.
    """
    seen: object = None  # so that saves before the start of the watching are seen too
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
                now = signature(root)
                if now != seen:
                    seen = now
                    yield
        except (OSError, RuntimeError):  # a folder vanished while it was being watched
            stop.wait(0.1)
        if stop.wait(0.05):
            return
        yield
