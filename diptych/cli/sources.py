"""Functions that commands share: the cache, the moment, reading a site, reporting written files."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from diptych.cache import Cache
from diptych.cli.terminal import Terminal
from diptych.content.layouts import layouts_of
from diptych.content.types import Types
from diptych.diagnostics import Diagnostic, Severity, Source, say, sort_by_place
from diptych.disk import read_tree
from diptych.model import Settings, Tree
from diptych.pipeline import Options, Reading, read_site, reading
from diptych.pipeline.reading import merge_conflicts
from diptych.values import Value

CACHE = ".cache"
SCHEMAS = "schemas"


def cache_of(root: Path, *, clean: bool = False) -> Cache:
    """The cache of a site; `clean` empties it first."""
    folder = root / CACHE
    if clean:
        Cache(folder).forget()
    return Cache(folder if root.is_dir() else None)


def now() -> datetime.datetime:
    """The moment of a build. The build's day is its day in the time zone of the site."""
    return datetime.datetime.now(datetime.UTC)


def has_conflicts(tree: Tree, terminal: Terminal) -> bool:
    """Whether files hold merge conflicts, which it reports. Until they are solved, nothing can be
    confirmed, exported or written.
    """
    found = merge_conflicts(tree)
    if found.diagnostics:
        terminal.report("text", sort_by_place(found.diagnostics), found.value)
        terminal.tell(say("make one text of the two versions first; nothing was written"))
    return bool(found.diagnostics)


def tell_updated(texts: Iterable[str], changed: Container[str], terminal: Terminal) -> None:
    """Reports for each file whether it was written; `changed` are the paths of the written ones."""
    for path in texts:
        terminal.tell(
            say("{path}: updated", path=path)
            if path in changed
            else say("{path}: nothing new", path=path)
        )


def read_with_drafts(root: Path, terminal: Terminal) -> tuple[Tree, Reading | None]:
    """The files of a site, and the site with its drafts. None as the site if files hold a merge
    conflict, which it reports.
    """
    cache = cache_of(root)
    tree = read_tree(root)
    if has_conflicts(tree.value, terminal):
        return tree.value, None
    read = read_site(tree.value, Options(drafts=True), cache, tree.diagnostics)
    cache.save()
    return tree.value, read


def errors_of(read: Reading) -> tuple[Diagnostic, ...]:
    """The errors of a site, sorted by file and place."""
    return sort_by_place(each for each in read.diagnostics if each.severity is Severity.ERROR)


class SiteFiles(Value):
    """The files of a site whose settings can be read, before anything is made of its pages."""

    tree: Tree
    sources: Mapping[str, Source]
    settings: Settings
    types: Types  # as far as they can be read

    @property
    def languages(self) -> tuple[str, ...]:
        """The keys of the languages."""
        return tuple(language.key for language in self.settings.languages)

    @property
    def layouts(self) -> tuple[str, ...]:
        """The names of the layouts, of the theme and of the site's own templates."""
        return layouts_of(file.path for file in self.tree.under("templates"))


def read_settings(root: Path, terminal: Terminal) -> SiteFiles | None:
    """The files of the site, its settings and its types; None if the settings cannot be read or a
    file holds a merge conflict, which it reports.
    """
    tree = read_tree(root).value
    if has_conflicts(tree, terminal):
        return None
    sources = reading.texts(tree).value
    settings = reading.settings(sources, None, None, Cache(None))
    if settings.value is None:
        terminal.report("text", settings.diagnostics, sources)
        return None
    types = reading.types(sources, settings.value).value
    return SiteFiles(tree, sources, settings.value, types)
