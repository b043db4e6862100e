"""What commands share: the cache of a site, the moment, merge conflicts, what was written."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable
from pathlib import Path

from diptych.cache import Cache
from diptych.cli.terminal import Terminal
from diptych.diagnostics import say, sort_by_place
from diptych.model import Tree
from diptych.pipeline.reading import merge_conflicts

CACHE = ".cache"


def cache_of(root: Path, *, clean: bool = False) -> Cache:
    """The cache store of a site; `clean` begins it anew."""
    folder = root / CACHE
    if clean:
        Cache(folder).forget()
    return Cache(folder if root.is_dir() else None)


def now() -> datetime.datetime:
    """The moment of a build. Its day is that in the time zone of the site."""
    return datetime.datetime.now(datetime.UTC)


def has_conflicts(tree: Tree, terminal: Terminal) -> bool:
    """Whether files hold merge conflicts, after it reported them: of such files nothing can be
    confirmed, sent out or written, since nobody has said yet which of two texts is the text.
    """
    found = merge_conflicts(tree)
    if found.diagnostics:
        terminal.report("text", sort_by_place(found.diagnostics), found.value)
        terminal.tell(say("make one text of the two versions first; nothing was written"))
    return bool(found.diagnostics)


def tell_updated(texts: Iterable[str], changed: Container[str], terminal: Terminal) -> None:
    """Says of each file whether it was written; `changed` are the paths of those that were."""
    for path in texts:
        terminal.tell(
            say("{path}: updated", path=path)
            if path in changed
            else say("{path}: nothing new", path=path)
        )
