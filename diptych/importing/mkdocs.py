"""A site of MkDocs with the plugin static-i18n, its languages by suffix (`about.nl.md`) or by folder.

Settings and layouts: https://ultrabug.github.io/mkdocs-static-i18n/getting-started/quick-start/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from diptych.diagnostics import say
from diptych.importing.front import part, settings_in
from diptych.importing.naming import by_suffix, decoded, is_language, suffixes_in, tag
from diptych.importing.old_site import Left, OldLanguage, OldPage, OldSite
from diptych.model import Tree
from diptych.values import Value

SIGNS = ("mkdocs.yml", "mkdocs.yaml")
_PLUGINS = ("i18n", "static-i18n", "mkdocs-static-i18n")
_INDEX = ("index", "readme")


def folders(tree: Tree) -> tuple[str, ...]:
    """The folder of the texts."""
    return (_docs(_settings(tree)).partition("/")[0],)


def read(tree: Tree, asked: tuple[str, ...]) -> OldSite:
    """The pages of a site of MkDocs; `asked` are its languages where the plugin does not say."""
    settings = _settings(tree)
    docs = _docs(settings)
    plugin = _plugin(settings)
    inside = [file.path for file in tree.under(docs)]
    told = dict(_languages(plugin))
    keys = tuple(told) or asked or suffixes_in(inside)
    first = next((key for key, each in told.items() if each.get("default") == "true"), "")
    first = first or tag(str(plugin.get("default_language") or "")) or next(iter(keys), "")
    keys = tuple(dict.fromkeys(filter(None, (*keys, first))))
    by_folder = plugin.get("docs_structure") == "folder" or (
        not plugin and any(path.startswith(f"{docs}/{key}/") for path in inside for key in keys)
    )
    frame = _Frame(docs, keys, first, by_folder, settings.get("use_directory_urls") != "false")
    named = dict(_named(settings.get("nav")))
    pages: list[OldPage] = []
    left: list[Left] = []
    files: dict[str, bytes] = {}
    for file in tree.under(docs):
        page = frame.page(file.path, decoded(file.data)) if file.path.endswith(".md") else None
        if page is None:
            files[file.path] = file.data
            continue
        parted = part(decoded(file.data))
        if parted.trouble is not None:
            left.append(Left(file.path, 1, parted.trouble))
        short = named.get(page.names[1], "") if page.language == first else ""
        pages.append(page if not short else _with_short(page, short))
    used = [key for key in keys if any(page.language == key for page in pages)]
    if not used:
        left.append(Left("", 0, say("nothing names the languages: say them with `--languages`")))
    title = str(settings.get("site_name") or "")
    return OldSite(
        "MkDocs",
        tuple(
            OldLanguage(
                key,
                str(told.get(key, {}).get("name") or ""),
                title=str(told.get(key, {}).get("site_name") or title),
            )
            for key in used
        ),
        tuple(pages),
        files,
        {path[len(docs) + 1 :]: path for path in files},
        str(settings.get("site_url") or "") if isinstance(settings.get("site_url"), str) else "",
        tuple(left),
    )


class _Frame(Value):
    """How the names of files say which page and which language they are."""

    docs: str
    languages: tuple[str, ...]
    first: str
    by_folder: bool
    folders: bool  # whether addresses end with `/`

    def page(self, path: str, text: str) -> OldPage | None:
        """The page of a file; None where its folder is of no language."""
        inner = path[len(self.docs) + 1 :]
        if self.by_folder:
            language, _, inner = inner.partition("/")
            language = tag(language)
            if language not in self.languages:
                return None
            way = inner.rpartition(".")[0]
        else:
            way, language = by_suffix(inner, self.languages)
            language = language or self.first
        folder, _, stem = way.rpartition("/")
        key = folder if stem.lower() in _INDEX else way
        parted = part(text)
        return OldPage(
            path,
            language,
            key,
            key or ":home",
            parted.front,
            parted.text,
            parted.line,
            self.address(key, language, opens=key != way),
            (f"{self.docs}/{way}.md", f"{way}.md", inner),
            home=key == "",
        )

    def address(self, key: str, language: str, *, opens: bool) -> str:
        """Where MkDocs puts a page."""
        start = "" if language == self.first else f"/{language}"
        if not key:
            return f"{start}/"
        return f"{start}/{key}/" if self.folders or opens else f"{start}/{key}.html"


def _with_short(page: OldPage, short: str) -> OldPage:
    from diptych.values import replace

    return replace(page, front={"nav_title": short, **page.front})


def _settings(tree: Tree) -> Mapping[str, Any]:
    file = next((each for name in SIGNS for each in [tree.get(name)] if each), None)
    return settings_in(file.path, decoded(file.data)) if file is not None else {}


def _docs(settings: Mapping[str, Any]) -> str:
    return str(settings.get("docs_dir") or "docs").strip("./") or "docs"


def _plugin(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """The settings of the plugin for languages, in either way to write them."""
    plugins = settings.get("plugins") or []
    each = [plugins] if isinstance(plugins, dict) else [e for e in plugins if isinstance(e, dict)]
    for entry in each:
        for name in _PLUGINS:
            if isinstance(entry.get(name), dict):
                return entry[name]  # type: ignore[no-any-return]
    return {}


def _languages(plugin: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The languages of the plugin: a list since its version 1, a mapping before."""
    told = plugin.get("languages")
    if isinstance(told, dict):
        for key, name in told.items():
            if is_language(tag(key)):
                own = name if isinstance(name, dict) else {"name": str(name)}
                yield tag(key), own
    for each in told if isinstance(told, list) else ():
        if isinstance(each, dict) and is_language(tag(str(each.get("locale")))):
            yield tag(str(each["locale"])), each


def _named(nav: Any) -> Iterator[tuple[str, str]]:
    """The names that the menu gives to files."""
    for item in nav if isinstance(nav, Sequence) and not isinstance(nav, str) else ():
        if isinstance(item, dict):
            for name, target in item.items():
                if isinstance(target, str):
                    yield target, name
                else:
                    yield from _named(target)
