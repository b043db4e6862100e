"""Reads a site of MkDocs with the plugin static-i18n: languages by suffix (`about.nl.md`), by
folder, or with a settings file per language, `config/nl/mkdocs.yml`.

Settings and layouts: https://ultrabug.github.io/mkdocs-static-i18n/getting-started/quick-start/ and
https://github.com/squidfunk/mkdocs-material-example-multi-language.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from diptych.diagnostics import say
from diptych.importing.old_file import (
    OldFile,
    by_suffix,
    first_settings,
    is_language,
    language_key,
    read_page,
    settings_in,
    suffixes_in,
    text_in,
)
from diptych.importing.old_site import Front, Left, OldLanguage, OldPage, OldSite, languages_used
from diptych.model import Tree
from diptych.values import Value, replace

SIGNS = ("mkdocs.yml", "mkdocs.yaml")
_PLUGINS = ("i18n", "static-i18n", "mkdocs-static-i18n")
_INDEX = ("index", "readme")
_OWN = re.compile(r"config/([A-Za-z]{2,3}(?:[-_]\w{2,8})?)/mkdocs\.ya?ml")


def folders(tree: Tree) -> tuple[str, ...]:
    """The folder of the texts, and that of the settings if each language has its own."""
    docs = _docs(_settings(tree)).partition("/")[0]
    return ("config", docs) if has_one_each(tree) else (docs,)


def has_one_each(tree: Tree) -> bool:
    """Whether each language has its own settings file."""
    return bool(_each(tree))


def read(tree: Tree, asked: tuple[str, ...]) -> OldSite:
    """The pages of a site of MkDocs; `asked` are its languages if the plugin does not name them."""
    settings = _settings(tree)
    docs = _docs(settings)
    plugin = _plugin(settings)
    inside = [file.path for file in tree.under(docs)]
    named = dict(_languages(plugin))
    keys = tuple(named) or asked or suffixes_in(inside)
    first = next((key for key, each in named.items() if each.get("default") == "true"), "")
    first = first or language_key(text_in(plugin, "default_language")) or next(iter(keys), "")
    keys = tuple(dict.fromkeys(filter(None, (*keys, first))))
    by_folder = plugin.get("docs_structure") == "folder" or (
        not plugin and any(path.startswith(f"{docs}/{key}/") for path in inside for key in keys)
    )
    frame = _Frame(docs, keys, first, by_folder, settings.get("use_directory_urls") != "false")
    shorts = dict(_named(settings.get("nav")))
    pages: list[OldPage] = []
    left: list[Left] = []
    files: dict[str, bytes] = {}
    for file in tree.under(docs):
        page = frame.page(read_page(file, left)) if file.path.endswith(".md") else None
        if page is None:
            files[file.path] = file.data
            continue
        short = shorts.get(page.names[1], "") if page.language == first else ""
        pages.append(replace(page, front={"nav_title": short, **page.front}) if short else page)
    used = languages_used(keys, pages)
    if not used:
        left.append(Left("", 0, say("nothing names the languages: say them with `--languages`")))
    title = text_in(settings, "site_name")
    return OldSite(
        "MkDocs",
        tuple(
            OldLanguage(
                key,
                text_in(named.get(key, {}), "name"),
                title=text_in(named.get(key, {}), "site_name") or title,
            )
            for key in used
        ),
        tuple(pages),
        files,
        dict(_public(files, frame)),
        text_in(settings, "site_url"),
        tuple(left),
    )


def _public(files: Mapping[str, bytes], frame: _Frame) -> Iterator[tuple[str, str]]:
    """The public address of each file, with its path. The files of the first language are at the
    root, and a language without a file shows the file of the first language.
    """
    inner = {path[len(frame.docs) + 1 :]: path for path in files}
    if frame.by_folder:
        for way, path in inner.items():
            if way.startswith(f"{frame.first}/"):
                rest = way.partition("/")[2]
                yield from ((f"{each}/{rest}", path) for each in frame.languages)
                yield rest, path
    yield from inner.items()


class _Frame(Value):
    """How the names of files give the page and the language."""

    docs: str
    languages: tuple[str, ...]
    first: str
    by_folder: bool
    folders: bool  # whether addresses end with `/`

    def page(self, file: OldFile) -> OldPage | None:
        """The page that a file holds; None if the folder of the file belongs to no language."""
        inner = file.path[len(self.docs) + 1 :]
        if self.by_folder:
            language, _, inner = inner.partition("/")
            language = language_key(language)
            if language not in self.languages:
                return None
            way = inner.rpartition(".")[0]
        else:
            way, language = by_suffix(inner, self.languages)
            language = language or self.first
        folder, _, stem = way.rpartition("/")
        key = folder if stem.lower() in _INDEX else way
        return OldPage(
            file.path,
            language,
            key,
            key or ":home",
            file.front,
            file.text,
            file.line,
            self.address(key, language, opens=key != way),
            (f"{self.docs}/{way}.md", f"{way}.md", inner),
            home=key == "",
        )

    def address(self, key: str, language: str, *, opens: bool) -> str:
        """The address that MkDocs gives a page."""
        start = "" if language == self.first else f"/{language}"
        if not key:
            return f"{start}/"
        return f"{start}/{key}/" if self.folders or opens else f"{start}/{key}.html"


def _settings(tree: Tree) -> Front:
    settings = first_settings(tree, SIGNS)
    return _together(_each(tree)) if settings is None else settings


def _each(tree: Tree) -> dict[str, Front]:
    """The settings of each language that has its own, with the folder of its texts from the root;
    only if the folders are siblings named after their languages.
    """
    found: dict[str, Front] = {}
    for file in tree.under("config"):
        match = _OWN.fullmatch(file.path)
        if match is None or not is_language(language_key(match[1])):
            continue
        settings = settings_in(file)
        named = text_in(settings, "docs_dir") or "docs"
        docs = posixpath.normpath(posixpath.join(posixpath.dirname(file.path), named))
        found[match[1]] = {**settings, "docs_dir": docs}
    above = {posixpath.dirname(each["docs_dir"]) for each in found.values()}
    fitting = all(posixpath.basename(each["docs_dir"]) == key for key, each in found.items())
    return found if fitting and len(above) == 1 and "" not in above else {}


def _together(each: Mapping[str, Front]) -> Front:
    """The settings of all languages, in the form of the plugin."""
    if not each:
        return {}
    first = min(each, key=lambda key: (len(text_in(each[key], "site_url")), key))
    languages = [
        {
            "locale": key,
            "default": str(key == first).lower(),
            "site_name": text_in(own, "site_name"),
        }
        for key, own in sorted(each.items(), key=lambda pair: pair[0] != first)
    ]
    docs = posixpath.dirname(each[first]["docs_dir"])
    plugin = {"docs_structure": "folder", "languages": languages}
    return {**each[first], "docs_dir": docs, "plugins": [{"i18n": plugin}]}


def _docs(settings: Front) -> str:
    return text_in(settings, "docs_dir").strip("./") or "docs"


def _plugin(settings: Front) -> Front:
    """The settings of the plugin for languages, in either notation."""
    plugins = settings.get("plugins") or []
    each = [plugins] if isinstance(plugins, dict) else [e for e in plugins if isinstance(e, dict)]
    for entry in each:
        for name in _PLUGINS:
            if isinstance(entry.get(name), dict):
                return entry[name]  # type: ignore[no-any-return]
    return {}


def _languages(plugin: Front) -> Iterator[tuple[str, Front]]:
    """The languages of the plugin: a list since its version 1, a mapping before."""
    written = plugin.get("languages")
    if isinstance(written, dict):
        for key, name in written.items():
            if is_language(language_key(key)):
                own = name if isinstance(name, dict) else {"name": str(name)}
                yield language_key(key), own
    for each in written if isinstance(written, list) else ():
        locale = language_key(text_in(each, "locale")) if isinstance(each, dict) else ""
        if is_language(locale):
            yield locale, each


def _named(nav: Any) -> Iterator[tuple[str, str]]:
    """The names that the menu gives to files."""
    for item in nav if isinstance(nav, Sequence) and not isinstance(nav, str) else ():
        if isinstance(item, dict):
            for name, target in item.items():
                if isinstance(target, str):
                    yield target, name
                else:
                    yield from _named(target)
