"""The theme: the templates, assets and readers' messages that come with the program.

A site's own file of the same name is used instead, file by file. In a tree, the theme's files have
the paths of the package: `diptych/theme/templates/base.html`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar

from diptych.languages import LANGUAGES
from diptych.model import File, Tree

T = TypeVar("T")

THEME = "diptych/theme"
# the languages with a catalog: all that the code knows but English, the language of the msgids
THEME_LANGUAGES = tuple(key for key in LANGUAGES if key != "en")


@cache
def theme_files() -> tuple[File, ...]:
    """Every file of the theme, in order of path."""
    return tuple(sorted(_below(resources.files("diptych") / "theme", THEME), key=lambda f: f.path))


def with_theme(tree: Tree) -> Tree:
    """The tree of a site with the files of the theme."""
    return tree if tree.under(THEME) else Tree((*tree.files, *theme_files()))


def overlaid(files: Mapping[str, T], folder: str) -> dict[str, T]:
    """The files below a folder of the site and of the theme, by name; the site's own file wins.

    `files` is by path, of a tree with the theme; `folder` is `templates` or `assets`.
    """
    return {**named(files, f"{THEME}/{folder}"), **named(files, folder)}


def named(files: Mapping[str, T], folder: str) -> dict[str, T]:
    """The files below one folder, by their path from there."""
    start = f"{folder}/"
    return {path[len(start) :]: value for path, value in files.items() if path.startswith(start)}


def theme_catalog(locale: str) -> str:
    """The path of the theme's catalog for the language of a locale; it may not exist."""
    return f"{THEME}/i18n/{_language(locale)}/LC_MESSAGES/messages.po"


def has_theme_words(locale: str) -> bool:
    """Whether the theme has messages in the language of a locale, so that a site needs no catalog."""
    return _language(locale) in THEME_LANGUAGES or is_english(locale)


def is_english(locale: str) -> bool:
    """Whether a locale is of English, the language of the msgids."""
    return _language(locale) == "en"


def _language(locale: str) -> str:
    return locale.partition("_")[0]


def _below(folder: Traversable, path: str) -> Iterable[File]:
    for each in folder.iterdir():
        name = f"{path}/{each.name}"
        if each.is_dir():
            yield from _below(each, name)
        else:
            yield File(name, each.read_bytes())
