"""Reads sites whose file names say everything: Jekyll with a folder per language, and plain
`name.nl.md`.

Jekyll's addresses: https://jekyllrb.com/docs/permalinks/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from diptych.diagnostics import say
from diptych.importing.old_file import (
    OldFile,
    by_suffix,
    dated,
    first_settings,
    is_language,
    is_text,
    language_key,
    read_page,
    suffixes_in,
    text_in,
)
from diptych.importing.old_site import Front, Left, OldLanguage, OldPage, OldSite, languages_used
from diptych.model import Tree
from diptych.values import Value

JEKYLL = ("_config.yml", "_config.yaml")
_UNKNOWN = say(
    "nothing says in which language it is: with `--languages`, the first language is that of such files"
)
_POSTS, _DRAFTS = "_posts", "_drafts"
_MADE = ("_site", "_includes", "_layouts", "_sass", "_data", "_plugins", "node_modules", "vendor")
_INDEX = ("index", "_index", "readme")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "none": "/:categories/:title:output_ext",
}


def read_jekyll(tree: Tree, asked: tuple[str, ...]) -> OldSite:
    """The pages and posts of a site of Jekyll."""
    settings = first_settings(tree, JEKYLL) or {}
    written = settings.get("languages")
    languages = written if isinstance(written, list) else ()
    listed = tuple(language_key(each) for each in languages if isinstance(each, str))
    first = language_key(text_in(settings, "default_lang", "lang", "locale"))
    style = text_in(settings, "permalink") or "date"
    frame = _Frame(_keys(tree, (*asked, *listed, first), first), first, _STYLES.get(style, style))
    return _site("Jekyll", tree, frame, settings)


def read_plain(tree: Tree, asked: tuple[str, ...]) -> OldSite:
    """The pages of a folder: `name.nl.md`, or `nl/name.md`."""
    keys = _keys(tree, asked, "")
    first = asked[0] if asked else ""
    return _site("Markdown", tree, _Frame(keys, first, "", fronted=False), {})


def _keys(tree: Tree, named: tuple[str, ...], first: str) -> tuple[str, ...]:
    """The languages that the settings name, or else the languages in the names of files and
    folders.
    """
    known = tuple(dict.fromkeys(each for each in named if each))
    if [each for each in known if each != first]:
        return known
    paths = [file.path for file in tree.files if is_text(file.path) and not _made(file.path)]
    tops = {part for path in paths for part in path.split("/")[:-1] if is_language(part)}
    return tuple(
        dict.fromkeys((*known, *sorted({language_key(each) for each in tops}), *suffixes_in(paths)))
    )


def _made(path: str) -> bool:
    """Whether a file is no page: it was made from one, or pages are made with it."""
    return any(part in _MADE for part in path.split("/")[:-1])


def _site(kind: str, tree: Tree, frame: _Frame, settings: Front) -> OldSite:
    """The old site that the files of a folder make. A text file that is no page is reported. All
    files that are no texts can be attached to pages.
    """
    pages: list[OldPage] = []
    left: list[Left] = []
    files: dict[str, bytes] = {}
    for file in tree.files:
        if _made(file.path):
            continue
        if not is_text(file.path):
            files[file.path] = file.data
            continue
        old = read_page(file, left)
        if frame.fronted and not old.front:
            left.append(Left(file.path, 0, say("it has no front matter, so that it is no page")))
            continue
        page = frame.page(old)
        if page is None:
            left.append(Left(file.path, 0, _UNKNOWN))
        else:
            pages.append(page)
    title, url = text_in(settings, "title"), text_in(settings, "url")
    return OldSite(
        kind,
        tuple(OldLanguage(key, title=title) for key in languages_used(frame.languages, pages)),
        tuple(pages),
        files,
        {path: path for path in files},
        url + text_in(settings, "baseurl") if url else "",
        tuple(left),
    )


class _Frame(Value):
    """How the names of files give the page and the language."""

    languages: tuple[str, ...]
    first: str  # the language of files without one in their name; "" if unknown
    posts: str  # the pattern for addresses of posts
    fronted: bool = True  # whether only a file with front matter is a page

    def page(self, file: OldFile) -> OldPage | None:
        """The page of a file; None if its language is unknown."""
        front = file.front
        way, language = by_suffix(file.path, self.languages)
        parts = way.split("/")
        folder = next((each for each in parts[:-1] if language_key(each) in self.languages), "")
        written = language_key(text_in(front, "lang", "language"))
        language = language or (written if written in self.languages else "")
        language = language or language_key(folder) or self.first
        if not language:
            return None
        posts = {_POSTS, _DRAFTS} & set(parts)
        if folder:
            parts.remove(folder)
        day, stem = dated(parts[-1])
        words = [each.lstrip("_") for each in parts[:-1]]
        key = "/".join(words if stem.lower() in _INDEX else (*words, stem))
        named = text_in(front, "translationkey", "ref", "page_id")
        return OldPage(
            file.path,
            language,
            key,
            f":{named}" if named else (f"{day}/{key}" if day else key) or ":home",
            {**front, "draft": "true"} if _DRAFTS in posts else front,
            file.text,
            file.line,
            self.address(way, front, day, stem) if self.fronted else "",
            (f"{way}.md", way, file.path),
            html=file.path.lower().endswith((".html", ".htm")),
            home=key == "",
            dated=day,
        )

    def address(self, way: str, front: Front, day: str, stem: str) -> str:
        """The address that Jekyll gives a page."""
        pattern = text_in(front, "permalink") or (self.posts if day else "")
        if pattern:
            return re.sub("/{2,}", "/", _filled(pattern, dict(_words(front, day, stem))))
        folder, _, name = way.rpartition("/")
        if name.lower() in _INDEX:
            return f"/{folder}/" if folder else "/"
        return f"/{way}/" if self.posts.endswith("/") else f"/{way}.html"


def _words(front: Front, day: str, stem: str) -> Iterator[tuple[str, str]]:
    """The values of `:year` and other placeholders in the address of a post."""
    year, month, number = (day or "--").split("-")
    categories = front.get("categories") or front.get("category") or []
    listed = (
        categories.split() if isinstance(categories, str) else [str(each) for each in categories]
    )
    yield "categories", "/".join(each.lower() for each in listed)
    yield from (("year", year), ("month", month), ("day", number))
    yield "title", text_in(front, "slug") or stem
    yield "output_ext", ".html"


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    return re.sub(r":(\w+)", lambda match: words.get(match[1], ""), pattern)
