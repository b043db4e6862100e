"""The table of readers: one for each kind of site, by the files that only such a site has."""

from __future__ import annotations

from collections.abc import Callable

from diptych.importing import folders, hugo, mkdocs, wordpress
from diptych.importing.old_site import OldSite
from diptych.model import Tree
from diptych.values import Value


class Reader(Value):
    """How a kind of site is known, what of it is read, and by which function."""

    kind: str  # as `--from` takes it
    signs: tuple[str, ...]  # files at its root of which one is enough
    folders: Callable[[Tree], tuple[str, ...]]  # what is read, by the files at its root
    read: Callable[[Tree, tuple[str, ...]], OldSite]
    tells: Callable[[Tree], bool] = lambda _: False  # by what the files hold


READERS = (
    Reader("hugo", hugo.SIGNS, hugo.folders, hugo.read),
    Reader("mkdocs", mkdocs.SIGNS, mkdocs.folders, mkdocs.read, mkdocs.has_one_each),
    Reader("jekyll", folders.JEKYLL, folders.everything, folders.read_jekyll),
    Reader("wordpress", (), wordpress.folders, wordpress.read, wordpress.is_export),
    Reader("plain", (), folders.everything, folders.read_plain),
)
PLAIN = READERS[-1].kind
KINDS = tuple(each.kind for each in READERS)
NAMES = tuple(dict.fromkeys(name for each in READERS for name in each.signs))


def reader_of(tree: Tree, kind: str | None = None) -> Reader:
    """The reader of a site with these files at its root; that of `kind` where it is named. A site
    of no known kind is plain Markdown.
    """
    if kind is not None:
        return next(each for each in READERS if each.kind == kind)
    known = (
        each for each in READERS if any(tree.get(name) for name in each.signs) or each.tells(tree)
    )
    return next(known, READERS[-1])
