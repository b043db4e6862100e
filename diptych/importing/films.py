"""Links to films on other sites, and the pictures of the old site that belong to them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping

from diptych.files import FORMATS

_YOUTUBE = re.compile(
    r"(?:https?:)?//(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:watch\?v=|embed/|shorts/|v/)|youtu\.be/)"
    r"([\w-]{6,20})"
)
_VIMEO = re.compile(r"(?:https?:)?//(?:www\.)?(?:player\.)?vimeo\.com/(?:video/)?(\d{4,})")


def film_in(address: str) -> str:
    """The id of a film in an address of YouTube or Vimeo; "" for any other address."""
    match = _YOUTUBE.match(address) or _VIMEO.match(address)
    return match[1] if match else ""


def watched_at(address: str) -> str:
    """The page of a film, for the address of a player; any other address unchanged."""
    if "/embed/" in address and (match := _YOUTUBE.match(address)):
        return f"https://www.youtube.com/watch?v={match[1]}"
    if "player." in address and (match := _VIMEO.match(address)):
        return f"https://vimeo.com/{match[1]}"
    return address


class Stills:
    """The pictures of the old site, by name and by folder."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._named: dict[str, list[str]] = {}
        self._lying: dict[str, list[str]] = {}
        for path in sorted(paths):
            folder, name = posixpath.split(path)
            stem, ending = posixpath.splitext(name)
            if ending.lower() in FORMATS:
                self._named.setdefault(stem, []).append(path)
                self._lying.setdefault(folder, []).append(path)

    def of(self, film: str, page: str, text: str, front: Mapping[str, object]) -> str:
        """The path of the picture that belongs to a film on a page: one with the film's id as its
        name, first in the page's own folder; else the only picture in a folder of that page alone,
        if nothing else shows it. "" if there is none.
        """
        folder, name = posixpath.split(page)
        called = self._named.get(film, [])
        if called:
            return next((each for each in called if posixpath.dirname(each) == folder), called[0])
        beside = self._lying.get(folder, [])
        if len(beside) != 1 or not name.startswith("index."):
            return ""
        written = f"{text} {front}"
        return "" if posixpath.basename(beside[0]) in written else beside[0]
