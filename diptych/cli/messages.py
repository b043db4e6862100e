"""The command `messages`: collects the strings of templates and code in the catalogs."""

from __future__ import annotations

import argparse

from diptych.cache import Cache
from diptych.cli.sources import has_conflicts, tell_updated
from diptych.cli.terminal import DONE, SITE_ERRORS, Terminal
from diptych.diagnostics import Diagnostic
from diptych.disk import read_tree, write_sources
from diptych.model import Tree
from diptych.pipeline import Build, Options, build_site
from diptych.pipeline.interface import interface_catalogs, tool_catalogs
from diptych.pipeline.reading import SETTINGS


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Extracts the interface strings and updates the catalogs; `.mo` files are never written."""
    tree = read_tree(options.root).value
    package = read_tree(options.root, ("diptych",), ()).value
    files = Tree((*tree.files, *package.files))
    if has_conflicts(files, terminal):
        return SITE_ERRORS
    settings = next((file for file in tree.files if file.path == SETTINGS), None)
    result = build_site(tree, Options(), Cache(None))
    wrong = unreadable(result) or _damaged(result)
    if result.site is None or settings is None or wrong:
        terminal.report("text", wrong or result.diagnostics, result.sources)
        return SITE_ERRORS
    texts = {**interface_catalogs(tree, result.site), **tool_catalogs(package)}
    changed = write_sources(options.root, texts, files)
    tell_updated(texts, changed, terminal)
    return DONE


def unreadable(result: Build) -> tuple[Diagnostic, ...]:
    """Errors of files that cannot be read: `messages` would drop their strings."""
    return tuple(
        each
        for each in result.diagnostics
        if each.check in ("merge-conflict", "not-utf8", "template-syntax", "catalog-syntax")
        and each.span.path.startswith(("i18n/", "templates/"))
    )


def _damaged(result: Build) -> tuple[Diagnostic, ...]:
    """Translations with an error; an update would move them away from the reported line."""
    return tuple(
        each
        for each in result.diagnostics
        if each.check in ("markup-in-message", "placeholder", "invisible-character")
        and each.span.path.startswith("i18n/")
    )
