"""Publishes the outputs of the last run again, from the cache and the sources, without a build.

This is possible if the sources did not change since the last run, and the outputs were deleted or
altered, or never existed on this computer: a build server keeps the cache and not the outputs.
"""

from __future__ import annotations

import datetime
import time
from functools import partial
from pathlib import Path

from diptych.bodies import Body, BodyLost
from diptych.cache import Cache
from diptych.disk import MANIFEST, Publication, WriteRefused, bytes_of, publish
from diptych.glance import Run, Seen
from diptych.model import Output

PUBLISHED = "published"  # the name of the stored bodies that are in no result of a stage


def publish_again(root: Path, run: Run) -> Seen | None:
    """Publishes the outputs of a run, and returns them as they were written; None if some of their
    bytes are neither in the cache nor among the sources, or if publishing is refused. A build then
    publishes them or reports the reason.
    """
    cache = Cache(root / ".cache", saves=False)
    wanted = {path: each for path, each in run.outputs.files.items() if path != MANIFEST}
    found = cache.bodies({digest: size for _, size, _, digest in wanted.values()})
    places = {digest: root / path for path, (*_, digest) in run.sources.files.items()}
    outputs = []
    for path, (_, size, _, digest) in wanted.items():
        body = found.get(digest)
        if body is None and digest in places:
            body = Body.from_stored((digest, size))
            body.leave_memory(partial(_source, places[digest]))
        if body is None:
            return None
        outputs.append(Output(path, body, ""))
    day = datetime.date.fromisoformat(run.day) if run.day is not None else None
    try:
        return seen(publish(outputs, Path(run.target), root, day, cache=cache.folder))
    except (OSError, BodyLost, WriteRefused):
        return None


def seen(published: Publication) -> Seen:
    """The files of a publication as they were written, for the record of a run."""
    states = published.states
    files = {path: (*states[path][:3], body.digest) for path, body in published.files.items()}
    return Seen(files, time.time_ns())


def _source(path: Path, digest: str) -> bytes:
    """The bytes of a source. BodyLost if the source has another digest than in the last run."""
    body = Body(bytes_of(path))
    if body.digest != digest:
        raise BodyLost(digest)
    return body.read()
