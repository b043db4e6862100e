"""Looks up where links of the old site lead: to a page, to a file, to another site, or nowhere
known.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from urllib.parse import unquote

from diptych.importing.films import Stills
from diptych.importing.old_file import by_suffix
from diptych.importing.old_site import OldPage, OldSite
from diptych.languages.hosts import plain_host
from diptych.site.files import own_name
from diptych.values import Value

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_INDEX = re.compile(
    r"(?:^|/)(?:_?index|readme)(?:\.\w{2,3})?(?:\.(?:md|markdown|html?))?$", re.IGNORECASE
)


def _without_scheme(address: str) -> str:
    return re.sub(r"^(?:https?:)?//", "", address.rstrip("/"))


def _start(base: str) -> str:
    """The pattern of the addresses that begin with `base`, a host and perhaps a folder."""
    host, slash, path = base.partition("/")
    return rf"(?i:https?://(?:www\.)?{re.escape(plain_host(host))}){re.escape(slash + path)}"


class LinkTarget(Value):
    """The target of an address on the old site; every field is empty if it is unknown."""

    page: str = ""  # the group of the page
    anchor: str = ""
    file: str = ""  # path of a file of the old site
    elsewhere: str = ""  # an address on the web, of mail or telephone


class OldPlaces:
    """Looks up the target of links, by every name that the old site uses for its pages and files."""

    def __init__(self, old: OldSite) -> None:
        self._old = old
        bases = [_without_scheme(each) for each in (old.base_url, *old.hosts)]
        starts = "|".join(_start(each) for each in bases if each)
        self._base = re.compile(rf"(?:{starts})(?=[/#?]|$)") if starts else None
        self._under = bases[0].partition("/")[2].strip("/")  # the folder of the whole site
        self._languages = tuple(each.key for each in old.languages)
        self.stills = Stills(old.files)
        self._paths: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        self._lasts: dict[str, set[str]] = {}  # groups of pages by the last part of a path
        for page in old.pages:
            self._paths.setdefault(page.path, page.group)
            self._paths.setdefault(_bare(page.path), page.group)
            self._paths.setdefault(_bare(by_suffix(page.path, self._languages)[0]), page.group)
            if page.address:
                self._addresses.setdefault(_plain(page.address), page.group)
        for page in old.pages:
            for name in page.names:
                self._paths.setdefault(_bare(name), page.group)
                self._lasts.setdefault(_bare(name).rpartition("/")[2], set()).add(page.group)

    def add(self, addresses: Iterable[str], group: str) -> None:
        """Adds other addresses of a page: its aliases."""
        for address in addresses:
            self._addresses.setdefault(_plain(address), group)

    def is_ours(self, target: str) -> bool:
        """Whether an absolute address belongs to the old site."""
        return self._base is not None and self._base.match(target) is not None

    def bare(self, target: str) -> str:
        """An address of the old site without its scheme and host; any other address unchanged."""
        return self._base.sub("", target, count=1) if self._base is not None else target

    def find(self, target: str, page: OldPage) -> LinkTarget:
        """The target of an address on a page."""
        target = target.strip()
        if target.startswith("//"):
            return LinkTarget(elsewhere=f"https:{target}")
        if self.is_ours(target):
            return self._absolute(self.bare(target) or "/", page)
        if _SCHEME.match(target):
            return LinkTarget(elsewhere=target)
        way, _, anchor = target.partition("#")
        way = unquote(way.partition("?")[0])
        if not way:
            return LinkTarget(page.group, anchor) if anchor else LinkTarget()
        if way.startswith("/"):
            return self._absolute(f"{way}#{anchor}", page)
        return self._relative(way, anchor, page)

    def _absolute(self, target: str, page: OldPage) -> LinkTarget:
        """The place on the old site to which a path from the root of the site leads."""
        way, _, anchor = target.partition("#")
        way = unquote(way.partition("?")[0])
        ways = [way.strip("/")]
        if self._under and (ways[0] + "/").startswith(self._under + "/"):
            ways.append(ways[0][len(self._under) :].strip("/"))
        for each in ways:
            for known, name in (
                (self._addresses, _plain(each)),
                (self._addresses, _plain(f"{page.language}/{each}")),
                (self._paths, _bare(each)),
            ):
                if name in known:
                    return LinkTarget(known[name], anchor)
            if file := self._old.public.get(each) or (each if each in self._old.files else ""):
                return LinkTarget(file=file)
        return LinkTarget()

    def _sisters(self, path: str, language: str) -> list[str]:
        """The paths at which the folders of other languages would hold a file that a language
        lacks.
        """
        parts = path.split("/")
        return [
            "/".join([*parts[:at], other, *parts[at + 1 :]])
            for at, part in enumerate(parts[:-1])
            if part == language
            for other in self._languages
            if other != language
        ]

    def _relative(self, way: str, anchor: str, page: OldPage) -> LinkTarget:
        """The place on the old site to which a relative path leads. The path is first followed from
        the file of the page, then from the page's address.
        """
        here = posixpath.dirname(page.path)
        place = posixpath.normpath(posixpath.join(here, way))
        sisters = self._sisters(place, page.language)
        for name in (place, _bare(place), _bare(way), *map(_bare, sisters)):
            if name in self._paths:
                return LinkTarget(self._paths[name], anchor)
        for name in (
            own_name(place, page.language),
            place,
            *sisters,
            self._old.public.get(way, ""),
            f"static/{way}",
            f"assets/{way}",
        ):
            if name in self._old.files:
                return LinkTarget(file=name)
        for folder in (page.address, posixpath.dirname(page.address.rstrip("/")) + "/"):
            address = posixpath.normpath(posixpath.join(folder or "/", way)).lstrip("/")
            if _plain(address) in self._addresses:
                return LinkTarget(self._addresses[_plain(address)], anchor)
            if address in self._old.public:
                return LinkTarget(file=self._old.public[address])
        lasts = self._lasts.get(_bare(way).rpartition("/")[2], set())
        if len(lasts) == 1 and way.lower().endswith((".md", ".markdown")):
            return LinkTarget(next(iter(lasts)), anchor)
        return LinkTarget()


def _bare(path: str) -> str:
    """The path of a page in small letters, without ending and `index`: links may differ in these."""
    path = _INDEX.sub("", path.strip("/"))
    return re.sub(r"\.(?:md|markdown|html?)$", "", path, flags=re.IGNORECASE).lower()


def _plain(address: str) -> str:
    """The path of an address in small letters, without query, anchor, `index.html` and ending:
    hosts treat these alike.
    """
    way = unquote(address).partition("#")[0].partition("?")[0].strip("/").lower()
    return re.sub(r"(?:^|/)index\.html?$|\.html?$", "", way).strip("/")
