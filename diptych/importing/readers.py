"""The table of readers: one for each kind of site, by the files that tell it."""

from __future__ import annotations

from collections.abc import Callable

from diptych.importing import hugo
from diptych.importing.old_site import OldSite
from diptych.model import Tree
from diptych.values import Value


class Reader(Value):
    """How a kind of site is known, what of it is read, and by which function."""

    kind: str  # as `--from` takes it
    signs: tuple[str, ...]  # files at its root of which one is enough
    folders: Callable[[Tree], tuple[str, ...]]  # what is read, by the files at its root
    read: Callable[[Tree, tuple[str, ...]], OldSite]


READERS = (Reader("hugo", hugo.SIGNS, hugo.folders, hugo.read),)
KINDS = tuple(each.kind for each in READERS)
NAMES = tuple(dict.fromkeys(name for each in READERS for name in each.signs))


def reader_of(tree: Tree, kind: str | None = None) -> Reader | None:
    """The reader of a site with these files at its root; that of `kind` where it is named."""
    if kind is not None:
        return next(each for each in READERS if each.kind == kind)
    return next((each for each in READERS if any(tree.get(name) for name in each.signs)), None)
