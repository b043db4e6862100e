"""Films of other sites: where a reader watches one, and which picture of the old site is of it."""

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
    """The name of a film in an address of YouTube or Vimeo; "" where it is none."""
    match = _YOUTUBE.match(address) or _VIMEO.match(address)
    return match[1] if match else ""


def watched_at(address: str) -> str:
    """The page on which a film is watched, of the address of a player; any other as it is."""
    if "/embed/" in address and (match := _YOUTUBE.match(address)):
        return f"https://www.youtube.com/watch?v={match[1]}"
    if "player." in address and (match := _VIMEO.match(address)):
        return f"https://vimeo.com/{match[1]}"
    return address


class Stills:
    """The pictures of the old site, by their name and by their folder."""

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
        """The path of the picture of a film on a page of that path: one that is called as the film,
        first in the page's own folder; else the only one in a folder that is the page's alone, where
        nothing else shows it. "" where there is none.
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
