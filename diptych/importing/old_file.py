"""Reads the beginning of an old page: the language and the date in the name of its file
(`about.nl.md`, `2024-06-08-open-day.md`), and its front matter in YAML, TOML or JSON. Also reads
settings files.

Every scalar of front matter and settings becomes a text; the caller interprets it.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
import tomllib
from collections.abc import Collection, Iterable
from typing import Any

from diptych.diagnostics import Message, Source, say
from diptych.files import FORMATS
from diptych.i18n import known_locale
from diptych.importing.old_site import Front, Left
from diptych.model import File, Tree
from diptych.values import Value
from diptych.yaml import Mapping, Node, Scalar, compose

_TEXTS = (".md", ".markdown", ".html", ".htm")
_PICTURES = (*FORMATS, ".svg", ".gif", ".avif")  # pictures that are not published count as well
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_SUFFIX = re.compile(r"(.+)[.](\w{2,3}(?:[-_]\w{2,8})?)$")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[-_]+(.+)")
_YAML = re.compile(r"\s*---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_TAG = re.compile(r"(?<=[\s:-])(?:!!?[\w/.:]*|[&*][\w-]+)(?=\s|$)", re.MULTILINE)
_ENTRY = re.compile(r"(?<![\w-])([A-Za-z][\w-]*+)\s*+:\s*(.*)")


def is_text(path: str) -> bool:
    """Whether a file is a page by its ending."""
    return path.lower().endswith(_TEXTS)


def is_picture(address: str) -> bool:
    """Whether a path or an address has the ending of a picture."""
    path = address.partition("?")[0].partition("#")[0]
    return f".{path.rpartition('.')[2].lower()}" in _PICTURES


def is_language(key: str) -> bool:
    """Whether a word is the tag of a language in CLDR: `nl`, `fr-be`."""
    return bool(_LANGUAGE.fullmatch(key.lower())) and known_locale(key.lower().partition("-")[0])


def by_suffix(path: str, languages: Collection[str]) -> tuple[str, str]:
    """The path of a file without its ending and language, and the language ("" if none)."""
    way = path.rpartition(".")[0]
    match = _SUFFIX.match(way)
    if match is not None and (found := language_key(match[2])) in languages:
        return match[1], found
    return way, ""


def suffixes_in(paths: Iterable[str]) -> tuple[str, ...]:
    """The languages in the names of texts, in alphabetical order."""
    ways = (path.rpartition(".")[0].rpartition("/")[2] for path in paths if is_text(path))
    found = {language_key(match[2]) for way in ways if (match := _SUFFIX.match(way))}
    return tuple(sorted(each for each in found if is_language(each)))


def language_key(word: str) -> str:
    """The key of a language in `site.yaml`, made from another notation: `fr_BE` becomes `fr-be`."""
    return word.lower().replace("_", "-")


def dated(name: str) -> tuple[str, str]:
    """The date at the beginning of a name such as `2024-06-08-open-day`, and the rest of the name.
    The date is "" if the name has none.
    """
    match = _DATED.fullmatch(name)
    return (match[1], match[2]) if match else ("", name)


class OldFile(Value):
    """The file of an old page, split into front matter and text."""

    path: str
    front: Front
    text: str  # after the front matter
    line: int = 1  # the line on which the text begins


def read_page(file: File, left: list[Left]) -> OldFile:
    """The file of a page, split into front matter and text. A file without front matter is all
    text. If the front matter is damaged, the reason is added to `left`.
    """
    text = _decoded(file.data)
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml)):
        match = pattern.match(text)
        if match is not None:
            front, trouble = read(match[1])
            if trouble is not None:
                left.append(Left(file.path, 1, trouble))
            return _split(file.path, front, text, match.end())
    if text.lstrip().startswith(("{\n", '{"')):
        with contextlib.suppress(ValueError):
            front, end = json.JSONDecoder().raw_decode(text.lstrip())
            return _split(file.path, _texts(front), text, len(text) - len(text.lstrip()) + end)
    return OldFile(file.path, {}, text)


def text_in(front: Front, *names: str) -> str:
    """The text of the first of these keys that has one; "" if none has. `names` are in small
    letters; a key matches in small or capital letters.
    """
    small = {key.lower(): value for key, value in front.items()}
    texts = (value for name in names if isinstance(value := small.get(name), str))
    return next((each for each in texts if each.strip()), "")


def settings_in(file: File) -> Front:
    """The settings of another program; empty if they cannot be read."""
    text = _decoded(file.data)
    if file.path.endswith(".toml"):
        return _toml(text)[0]
    return _yaml(_TAG.sub("", text))[0]


def first_settings(tree: Tree, names: Iterable[str]) -> Front | None:
    """The settings in the first of these files that is there; None if none is."""
    file = next((each for name in names for each in [tree.get(name)] if each), None)
    return settings_in(file) if file else None


def _decoded(data: bytes) -> str:
    """A text file as its program reads it, with `\\n` line ends."""
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _split(path: str, front: Front, text: str, end: int) -> OldFile:
    return OldFile(path, front, text[end:], text.count("\n", 0, end) + 1)


def _yaml(text: str) -> tuple[dict[str, Any], Message | None]:
    outcome = compose(Source("", text.expandtabs(2)))
    if isinstance(outcome.value, Mapping):
        return _plain(outcome.value), None
    if not text.strip() or not outcome.diagnostics:
        return {}, None
    found = {match[1]: match[2].strip("'\" ") for match in _ENTRY.finditer(text) if match[2]}
    return found, outcome.diagnostics[0].message


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        empty = not node.style and node.text in ("~", "null", "Null", "NULL")
        return "" if empty else node.text.rstrip("\n")
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.entries}
    return [_plain(item) for item in node.items]


def _toml(text: str) -> tuple[dict[str, Any], Message | None]:
    try:
        return _texts(tomllib.loads(text)), None
    except tomllib.TOMLDecodeError as failure:
        return {}, say("TOML cannot be read: {reason}", reason=str(failure))


def _texts(value: Any) -> Any:
    """The same values, each scalar as a text."""
    if isinstance(value, dict):
        return {str(key): _texts(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_texts(each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    return "" if value is None else str(value)
