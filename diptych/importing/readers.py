"""The table of readers, one per kind of site. A kind is recognised by files that only such a site
has.
"""

from __future__ import annotations

from collections.abc import Callable

from diptych.importing import folders, hugo, mkdocs, wordpress
from diptych.importing.old_site import OldSite
from diptych.importing.wxr import exports_in
from diptych.model import Tree
from diptych.values import Value


class Reader(Value):
    """A kind of site: the files by which it is recognised, the function that reads it, and the
    folders to read.
    """

    kind: str  # the value of `--from`
    signs: tuple[str, ...]  # files at the root; one of them is enough
    read: Callable[[Tree, tuple[str, ...]], OldSite]
    folders: Callable[[Tree], tuple[str, ...]] = lambda _: (".",)  # the folders to read; `.`: all
    recognises: Callable[[Tree], bool] = lambda _: False  # whether other files show this kind


READERS = (
    Reader("hugo", hugo.SIGNS, hugo.read, hugo.folders),
    Reader("mkdocs", mkdocs.SIGNS, mkdocs.read, mkdocs.folders, mkdocs.has_one_each),
    Reader("jekyll", folders.JEKYLL, folders.read_jekyll),
    Reader("wordpress", (), wordpress.read, recognises=lambda tree: bool(exports_in(tree))),
    Reader("plain", (), folders.read_plain),
)
PLAIN = READERS[-1].kind
KINDS = tuple(each.kind for each in READERS)
NAMES = tuple(dict.fromkeys(name for each in READERS for name in each.signs))


def reader_of(tree: Tree, kind: str | None = None) -> Reader:
    """The reader for a site with these files at its root, or the reader of the given `kind`. A site
    of unknown kind is plain Markdown.
    """
    if kind is not None:
        return next(each for each in READERS if each.kind == kind)
    known = (
        each
        for each in READERS
        if any(tree.get(name) for name in each.signs) or each.recognises(tree)
    )
    return next(known, READERS[-1])
