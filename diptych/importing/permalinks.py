"""The addresses of Hugo's pages by its settings: `permalinks` by section, `uglyURLs`.

Tokens as in https://gohugo.io/configuration/permalinks/; patterns with other tokens are not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from diptych.importing.naming import dated
from diptych.values import Value

_TOKEN = re.compile(r":(\w+)")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DATES = ("date", "publishdate", "lastmod")


class Permalinks(Value):
    """The settings about addresses."""

    patterns: Mapping[str, str]  # by section, of pages that are no lists
    ugly: bool = False  # whether a page ends in `.html` and has no folder

    def address(self, key: str, front: Mapping[str, Any], lists: bool) -> str:
        """The path of a page, without the language and without a slash at its start."""
        above, _, stem = key.rpartition("/")
        section = key.partition("/")[0] if above else ""
        pattern = "" if lists else self.patterns.get(section, "")
        way = _filled(pattern, above, stem, front) if pattern else None
        if way is None:
            last = str(front.get("slug") or stem)
            way = "/".join(filter(None, (above, last))).lower().replace(" ", "-")
        way = re.sub(r"/{2,}", "/", way).strip("/")
        if not way:
            return ""
        return f"{way}.html" if self.ugly and not lists else f"{way}/"


def permalinks_in(settings: Mapping[str, Any]) -> tuple[Permalinks, tuple[str, ...]]:
    """The settings about addresses, and the sections whose pattern is not read."""
    written = settings.get("permalinks")
    found: dict[str, str] = {}
    for name, value in written.items() if isinstance(written, dict) else ():
        if isinstance(value, dict):  # by kind, since Hugo 0.115
            found |= {k: str(v) for k, v in value.items()} if name == "page" else {}
        else:
            found[name] = str(value)
    unread = tuple(k for k, v in found.items() if set(_TOKEN.findall(v)) - _KNOWN)
    patterns = {k: v for k, v in found.items() if k not in unread}
    ugly = str(settings.get("uglyurls") or "").lower() == "true"
    return Permalinks(patterns, ugly), unread


def _filled(pattern: str, above: str, stem: str, front: Mapping[str, Any]) -> str | None:
    """The pattern with its tokens replaced; None if the page lacks a value."""
    small = {key.lower(): value for key, value in front.items()}
    title = _urlized(str(small.get("title") or stem))
    slug = _urlized(str(small.get("slug") or ""))
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
    written = next((str(small[name]) for name in _DATES if small.get(name)), "") or stem
    if day := _DAY.match(written):
        known |= {"year": day[1], "month": f"{int(day[2]):02}", "day": f"{int(day[3]):02}"}
    if set(_TOKEN.findall(pattern)) - set(known):
        return None
    return _TOKEN.sub(lambda token: known[token[1]], pattern)


_NAMED = ("section", "sections", "title", "slug", "filename", "contentbasename")
_KNOWN = {*_NAMED, "slugorfilename", "slugorcontentbasename", "year", "month", "day"}


def _urlized(text: str) -> str:
    """A name in the form of Hugo's addresses: small letters, accents kept, hyphens for spaces."""
    words = re.sub(r"[^\w\s./-]", "", text.lower()).strip()
    return re.sub(r"-{2,}", "-", re.sub(r"\s+", "-", words)).strip("-")
