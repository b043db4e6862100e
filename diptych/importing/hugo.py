"""Reads a site of Hugo with languages by file name (`about.nl.md`), by folder (`contentDir`), or
both.

Pages and addresses: https://gohugo.io/content-management/multilingual/ and
https://gohugo.io/content-management/urls/.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from diptych.diagnostics import say
from diptych.importing.front import page_parts, settings_in
from diptych.importing.naming import by_suffix, dated, is_language, is_text, suffixes_in
from diptych.importing.old_site import Left, OldLanguage, OldPage, OldSite, languages_used
from diptych.importing.permalinks import Permalinks, permalinks_in
from diptych.model import Tree
from diptych.values import Value

_ENDINGS = ("toml", "yaml", "yml", "json")
CONFIG = "config/_default"
SIGNS = tuple(
    f"{folder}{name}.{end}"
    for folder in ("", f"{CONFIG}/")
    for name in ("hugo", "config")
    for end in _ENDINGS
)
_NAMES = ("hugo", "config", "languages")
_SECTION, _BUNDLE = "_index", "index"


def folders(tree: Tree) -> tuple[str, ...]:
    """The folders of the old site to read, by its settings."""
    settings = _settings(tree)
    found = ["config", "static", "assets", str(settings.get("contentdir") or "content")]
    found += [str(each.get("contentdir") or "") for _, each in _languages_of(settings)]
    tops = {posixpath.normpath(each).partition("/")[0] for each in found if each}
    return tuple(sorted(each for each in tops if each not in ("..", ".")))


def read(tree: Tree, asked: tuple[str, ...]) -> OldSite:
    """The pages of a Hugo site; `asked` are its languages if the settings do not name them."""
    settings = _settings(tree)
    content = str(settings.get("contentdir") or "content").strip("./")
    default = str(settings.get("defaultcontentlanguage") or "en").lower()
    named = dict(_languages_of(settings))
    keys = (*named, *(each for each in asked if each not in named))
    if not named:
        found = suffixes_in(file.path for file in tree.under(content))
        keys = tuple(dict.fromkeys((*asked, default, *found)))
    permalinks, unread = permalinks_in(settings)
    frame = _Frame(
        {
            str(own.get("contentdir") or "").strip("./"): key
            for key, own in named.items()
            if own.get("contentdir")
        }
        | {f"{content}/{key}": key for key in keys if not named and tree.under(f"{content}/{key}")},
        content,
        keys,
        default,
        settings.get("defaultcontentlanguageinsubdir") == "true",
        permalinks,
    )
    pages: list[OldPage] = []
    left: list[Left] = []
    files: dict[str, bytes] = {}
    for file in tree.files:
        if is_text(file.path) and frame.holds(file.path):
            parted = page_parts(file, left)
            pages.append(frame.page(file.path, parted.front, parted.text, parted.line))
        else:
            files[file.path] = file.data
    if unread:
        message = say(
            "`permalinks` of the settings are not read for {names}: look at the old addresses",
            names=", ".join(unread),
        )
        left.append(Left("", 0, message))
    return OldSite(
        "Hugo",
        tuple(_language(key, named.get(key, {}), settings) for key in languages_used(keys, pages)),
        tuple(pages),
        files,
        dict(_public(files, frame)),
        str(settings.get("baseurl") or ""),
        tuple(left),
    )


def _language(key: str, own: Mapping[str, Any], settings: Mapping[str, Any]) -> OldLanguage:
    return OldLanguage(
        key,
        str(own.get("languagename") or own.get("label") or ""),
        str(own.get("languagecode") or own.get("locale") or ""),
        str(own.get("title") or settings.get("title") or ""),
    )


def _public(files: Mapping[str, bytes], frame: _Frame) -> Iterator[tuple[str, str]]:
    """The addresses of files: those in `static` by their name, those beside a page by its folder."""
    for path in files:
        top, _, rest = path.partition("/")
        if top in ("assets", "static"):
            yield rest, path
        elif frame.holds(path):
            yield frame.inside(path)[1], path


class _Frame(Value):
    """Where texts are, and how their addresses begin."""

    roots: Mapping[str, str]  # folder -> language
    content: str
    languages: tuple[str, ...]
    default: str
    in_folder: bool  # whether addresses of the first language begin with its folder
    permalinks: Permalinks

    def holds(self, path: str) -> bool:
        """Whether a file lies among the texts."""
        return any(path.startswith(f"{root}/") for root in (*self.roots, self.content))

    def inside(self, path: str) -> tuple[str, str]:
        """The language of a folder ("" if it has none), and the path of the file in it."""
        roots = sorted((*self.roots, self.content), key=len, reverse=True)
        root = next(each for each in roots if path.startswith(f"{each}/"))
        return self.roots.get(root, ""), path[len(root) + 1 :]

    def page(self, path: str, front: Mapping[str, Any], text: str, line: int) -> OldPage:
        own, inner = self.inside(path)
        way, language = by_suffix(inner, self.languages)
        language = language or own or self.default
        folder, _, stem = way.rpartition("/")
        section = stem == _SECTION
        key = folder if stem in (_SECTION, _BUNDLE) else way
        named = str(front.get("translationKey") or front.get("translationkey") or "")
        return OldPage(
            path,
            language,
            key,
            f":{named}" if named else key or ":home",
            front,
            text,
            line,
            self.address(key, language, front, lists=section),
            (way, f"{way}.md", inner, key),
            html=path.endswith((".html", ".htm")),
            home=key == "" and stem in (_SECTION, _BUNDLE),
            lists=section and key != "",
            dated=dated(stem)[0],
        )

    def address(self, key: str, language: str, front: Mapping[str, Any], lists: bool) -> str:
        """The address that Hugo gives a page."""
        start = f"/{language}" if self.in_folder or language != self.default else ""
        url = str(front.get("url") or "")
        if url:
            return url if url.startswith("/") else f"{start}/{url}"
        return f"{start}/{self.permalinks.address(key, front, lists)}"


def _settings(tree: Tree) -> dict[str, Any]:
    """The settings of all files, each key in small letters, as Hugo reads them."""
    found: dict[str, Any] = {}
    for file in tree.files:
        folder, _, name = file.path.rpartition("/")
        stem, _, ending = name.rpartition(".")
        stem, _, language = stem.partition(".")  # languages.fr.toml holds one of them
        if ending not in _ENDINGS or folder not in ("", CONFIG) or stem not in _NAMES:
            continue
        if language and stem != "languages":  # of one environment
            continue
        own = _small(settings_in(file))
        if stem == "languages" and language:
            own = {**found.get("languages", {}), language.lower(): own}
        found |= {"languages": own} if stem == "languages" else own
    return found


def _small(value: Any) -> Any:
    if isinstance(value, dict):
        return {key.lower(): _small(each) for key, each in value.items()}
    return value


def _languages_of(settings: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """The languages in the order of their weight."""
    written = settings.get("languages")
    used = [
        (key, own)
        for key, own in (written.items() if isinstance(written, dict) else ())
        if isinstance(own, dict) and is_language(key) and own.get("disabled") != "true"
    ]
    return sorted(used, key=lambda pair: _weight(pair[1].get("weight")))


def _weight(value: object) -> int:
    """The weight by which Hugo orders languages; 0 if it is no number."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
