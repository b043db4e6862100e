"""Reads a site of Hugo. The language of a page follows from the name of its file (`about.nl.md`) or
from its folder (`contentDir`).

Pages: https://gohugo.io/content-management/multilingual/. Addresses:
https://gohugo.io/content-management/urls/ and https://gohugo.io/configuration/permalinks/.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from diptych.diagnostics import say
from diptych.importing.old_file import (
    OldFile,
    by_suffix,
    dated,
    is_language,
    is_text,
    read_page,
    settings_in,
    suffixes_in,
    text_in,
)
from diptych.importing.old_site import Front, Left, OldLanguage, OldPage, OldSite, languages_used
from diptych.model import Tree
from diptych.values import Value

_ENDINGS = ("toml", "yaml", "yml", "json")
_CONFIG = "config/_default"
SIGNS = tuple(
    f"{folder}{name}.{end}"
    for folder in ("", f"{_CONFIG}/")
    for name in ("hugo", "config")
    for end in _ENDINGS
)
_NAMES = ("hugo", "config", "languages")
_SECTION, _BUNDLE = "_index", "index"
_TOKEN = re.compile(r":(\w+)")
_TOKENS = {  # the tokens of address patterns that this program knows
    *("section", "sections", "title", "slug", "filename", "contentbasename"),
    *("slugorfilename", "slugorcontentbasename", "year", "month", "day"),
}
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def folders(tree: Tree) -> tuple[str, ...]:
    """The folders of the old site to read, by its settings."""
    settings = _settings(tree)
    found = ["config", "static", "assets", text_in(settings, "contentdir") or "content"]
    found += [text_in(each, "contentdir") for _, each in _languages_of(settings)]
    tops = {posixpath.normpath(each).partition("/")[0] for each in found if each}
    return tuple(sorted(each for each in tops if each not in ("..", ".")))


def read(tree: Tree, asked: tuple[str, ...]) -> OldSite:
    """The pages of a Hugo site; `asked` are its languages if the settings do not name them."""
    settings = _settings(tree)
    content = (text_in(settings, "contentdir") or "content").strip("./")
    default = (text_in(settings, "defaultcontentlanguage") or "en").lower()
    named = dict(_languages_of(settings))
    keys = (*named, *(each for each in asked if each not in named))
    if not named:
        found = suffixes_in(file.path for file in tree.under(content))
        keys = tuple(dict.fromkeys((*asked, default, *found)))
    roots = {text_in(own, "contentdir").strip("./"): key for key, own in named.items()}
    if not named:
        roots = {f"{content}/{key}": key for key in keys if tree.under(f"{content}/{key}")}
    whole = _permalinks(settings)
    of_language = {key: {**whole, **_permalinks(named.get(key, {}))} for key in keys}
    unread = {name for each in of_language.values() for name in _unread(each)}
    hosts = tuple(filter(None, (text_in(own, "baseurl") for own in named.values())))
    frame = _Frame(
        {root: key for root, key in roots.items() if root},
        content,
        keys,
        default,
        text_in(settings, "defaultcontentlanguageinsubdir") == "true",
        of_language,
        text_in(settings, "uglyurls").lower() == "true",
        bool(hosts),
    )
    pages: list[OldPage] = []
    left: list[Left] = []
    files: dict[str, bytes] = {}
    for file in tree.files:
        if is_text(file.path) and frame.holds(file.path):
            pages.append(frame.page(read_page(file, left)))
        else:
            files[file.path] = file.data
    if unread:
        message = say(
            "`permalinks` of the settings are not read for {names}: look at the old addresses",
            names=", ".join(sorted(unread)),
        )
        left.append(Left("", 0, message))
    return OldSite(
        "Hugo",
        tuple(_language(key, named.get(key, {}), settings) for key in languages_used(keys, pages)),
        tuple(pages),
        files,
        dict(_public(files, frame)),
        text_in(settings, "baseurl") or next(iter(hosts), ""),
        tuple(left),
        hosts=hosts,
    )


def _language(key: str, own: Front, settings: Front) -> OldLanguage:
    return OldLanguage(
        key,
        text_in(own, "languagename", "label"),
        text_in(own, "languagecode", "locale"),
        text_in(own, "title") or text_in(settings, "title"),
    )


def _public(files: Mapping[str, bytes], frame: _Frame) -> Iterator[tuple[str, str]]:
    """The public address of each file, with its path. A file in `static` has its name as address, a
    file beside a page has its path in the folder of pages.
    """
    for path in files:
        top, _, rest = path.partition("/")
        if top in ("assets", "static"):
            yield rest, path
        elif frame.holds(path):
            yield frame.inside(path)[1], path


class _Frame(Value):
    """The folders that hold the pages of a Hugo site, and the rules by which Hugo makes their
    addresses.
    """

    roots: Mapping[str, str]  # folder -> language
    content: str
    languages: tuple[str, ...]
    default: str
    in_folder: bool  # whether addresses of the first language begin with its folder
    # `permalinks`, for pages that are no lists: language -> section -> pattern
    patterns: Mapping[str, Mapping[str, str]]
    ugly: bool  # whether a page ends in `.html` and has no folder
    hosts: bool  # whether each language has a host of its own, and so no folder (`baseURL`)

    def holds(self, path: str) -> bool:
        """Whether a file lies among the texts."""
        return any(path.startswith(f"{root}/") for root in (*self.roots, self.content))

    def inside(self, path: str) -> tuple[str, str]:
        """The language of a folder ("" if it has none), and the path of the file in it."""
        roots = sorted((*self.roots, self.content), key=len, reverse=True)
        root = next(each for each in roots if path.startswith(f"{each}/"))
        return self.roots.get(root, ""), path[len(root) + 1 :]

    def page(self, file: OldFile) -> OldPage:
        """The page that a file holds."""
        own, inner = self.inside(file.path)
        way, language = by_suffix(inner, self.languages)
        language = language or own or self.default
        folder, _, stem = way.rpartition("/")
        section = stem == _SECTION
        key = folder if stem in (_SECTION, _BUNDLE) else way
        named = text_in(file.front, "translationkey")
        return OldPage(
            file.path,
            language,
            key,
            f":{named}" if named else key or ":home",
            file.front,
            file.text,
            file.line,
            self.address(key, language, file.front, lists=section),
            (way, f"{way}.md", inner, key),
            html=file.path.endswith((".html", ".htm")),
            home=key == "" and stem in (_SECTION, _BUNDLE),
            lists=section and key != "",
            dated=dated(stem)[0],
        )

    def address(self, key: str, language: str, front: Front, *, lists: bool) -> str:
        """The address that Hugo gives a page. `lists` is true for a page that lists the pages below
        it.
        """
        in_folder = not self.hosts and (self.in_folder or language != self.default)
        start = f"/{language}" if in_folder else ""
        url = text_in(front, "url")
        if url:
            return url if url.startswith("/") else f"{start}/{url}"
        above, _, stem = key.rpartition("/")
        patterns = {} if lists or not above else self.patterns.get(language, {})
        pattern = patterns.get(key.partition("/")[0], "")
        way = _filled(pattern, above, stem, front) if pattern else None
        if way is None:
            last = text_in(front, "slug") or stem
            way = "/".join(filter(None, (above, last))).lower().replace(" ", "-")
        way = re.sub(r"/{2,}", "/", way).strip("/")
        ending = ".html" if self.ugly and not lists else "/"
        return f"{start}/{way}{ending if way else ''}"


def _unread(patterns: Mapping[str, str]) -> set[str]:
    """The sections whose address pattern has a token that this program does not know."""
    return {name for name, each in patterns.items() if set(_TOKEN.findall(each)) - _TOKENS}


def _permalinks(settings: Front) -> Mapping[str, str]:
    """The address pattern of each section, by the settings of the site or of a language."""
    written = settings.get("permalinks")
    found: dict[str, str] = {}
    for name, value in written.items() if isinstance(written, dict) else ():
        if isinstance(value, dict):  # by kind, since Hugo 0.115
            found |= {k: str(v) for k, v in value.items()} if name == "page" else {}
        else:
            found[name] = str(value)
    return found


def _filled(pattern: str, above: str, stem: str, front: Front) -> str | None:
    """The pattern with its tokens replaced; None if the page lacks a value."""
    title = _urlized(text_in(front, "title") or stem)
    slug = _urlized(text_in(front, "slug"))
    plain = _urlized(stem)
    bare = _urlized(dated(stem)[1])
    known = {
        "section": above.partition("/")[0],
        "sections": above,
        "title": title,
        "slug": slug or title,
        "filename": plain,
        "contentbasename": plain,
        "slugorfilename": slug or bare,
        "slugorcontentbasename": slug or bare,
    }
    if day := _DAY.match(text_in(front, "date", "publishdate", "lastmod") or stem):
        known |= {"year": day[1], "month": f"{int(day[2]):02}", "day": f"{int(day[3]):02}"}
    if set(_TOKEN.findall(pattern)) - set(known):
        return None
    return _TOKEN.sub(lambda token: known[token[1]], pattern)


def _urlized(text: str) -> str:
    """A name in the form of Hugo's addresses: small letters, accents kept, hyphens for spaces."""
    words = re.sub(r"[^\w\s./-]", "", text.lower()).strip()
    return re.sub(r"-{2,}", "-", re.sub(r"\s+", "-", words)).strip("-")


def _settings(tree: Tree) -> dict[str, Any]:
    """The settings of all files, each key in small letters, as Hugo reads them."""
    found: dict[str, Any] = {}
    for file in tree.files:
        folder, _, name = file.path.rpartition("/")
        stem, _, ending = name.rpartition(".")
        stem, _, language = stem.partition(".")  # languages.fr.toml holds one of them
        if ending not in _ENDINGS or folder not in ("", _CONFIG) or stem not in _NAMES:
            continue
        if language and stem != "languages":  # of one environment
            continue
        own = _small(settings_in(file))
        if stem == "languages" and language:
            own = {**found.get("languages", {}), language.lower(): own}
        found |= {"languages": own} if stem == "languages" else own
    return found


def _small(value: Any) -> Any:
    """A copy of a value in which every key of every mapping is in small letters."""
    if isinstance(value, dict):
        return {key.lower(): _small(each) for key, each in value.items()}
    return value


def _languages_of(settings: Front) -> list[tuple[str, Front]]:
    """The languages of a Hugo site in the order of their weight, each with its own settings."""
    written = settings.get("languages")
    used = [
        (key, own)
        for key, own in (written.items() if isinstance(written, dict) else ())
        if isinstance(own, dict) and is_language(key) and own.get("disabled") != "true"
    ]
    return sorted(used, key=lambda pair: _weight(text_in(pair[1], "weight")))


def _weight(text: str) -> int:
    """The weight by which Hugo orders languages; 0 if it is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
