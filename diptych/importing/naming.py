"""Languages and dates in the names of files: `about.nl.md`, `2024-06-08-open-day.md`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from diptych.i18n import known_locale

_TEXTS = (".md", ".markdown", ".html", ".htm")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_SUFFIX = re.compile(r"(.+)[.](\w{2,3}(?:[-_]\w{2,8})?)$")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[-_]+(.+)")


def decoded(data: bytes) -> str:
    """A text file as its program reads it, with `\\n` line ends."""
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def is_text(path: str) -> bool:
    """Whether a file is a page by its ending."""
    return path.lower().endswith(_TEXTS)


def is_language(key: str) -> bool:
    """Whether a word is the tag of a language in CLDR: `nl`, `fr-be`."""
    return bool(_LANGUAGE.fullmatch(key.lower())) and known_locale(key.lower().partition("-")[0])


def by_suffix(path: str, languages: Collection[str]) -> tuple[str, str]:
    """The path of a file without its ending and language, and the language ("" if none)."""
    way = path.rpartition(".")[0]
    match = _SUFFIX.match(way)
    if match is not None and (found := tag(match[2])) in languages:
        return match[1], found
    return way, ""


def suffixes_in(paths: Iterable[str]) -> tuple[str, ...]:
    """The languages in the names of texts, in alphabetical order."""
    ways = (path.rpartition(".")[0].rpartition("/")[2] for path in paths if is_text(path))
    found = {tag(match[2]) for way in ways if (match := _SUFFIX.match(way))}
    return tuple(sorted(each for each in found if is_language(each)))


def tag(word: str) -> str:
    """The key of a language in `site.yaml`, made from another notation: `fr_BE` -> `fr-be`."""
    return word.lower().replace("_", "-")


def dated(name: str) -> tuple[str, str]:
    """The date at the start of a name, and the rest: `2024-06-08-open-day`."""
    match = _DATED.fullmatch(name)
    return (match[1], match[2]) if match else ("", name)
