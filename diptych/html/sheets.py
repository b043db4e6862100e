"""Replaces the style sheets in finished pages by short names. All pages of a site contain the same few
style sheets, each many times as long as a page's own text; each is read once for all pages.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

from diptych.html.styles import StyleAddress, each_once, style_addresses
from diptych.values import Value

Addresses = Callable[[str], Iterable[StyleAddress]]
_START, _END = "<style>", "</style>"
_MARKUP = re.compile("<[a-zA-Z/!?]")
_KEPT = 32  # style sheets; a site has more only if a template writes one for each page


class Sheet(Value):
    """A style sheet inside pages."""

    text: str
    data: bytes
    hash: str  # `sha256-…`, with which a content security policy allows the style sheet
    addresses: tuple[
        str, ...
    ]  # the addresses that a browser fetches for the style sheet, each once


class LightPage(Value):
    """A page in which a short name replaces the text of each style sheet."""

    text: str
    sheets: Mapping[str, Sheet]  # by name, in the order of the page

    def whole(self) -> bytes:
        """The page as it is published."""
        pieces, rest = [], self.text
        for name, sheet in self.sheets.items():
            before, _, rest = rest.partition(_named(name))
            pieces += [before.encode(), _START.encode(), sheet.data, _END.encode()]
        return b"".join((*pieces, rest.encode()))

    def places(self, places: Iterable[int]) -> tuple[int, ...]:
        """The offsets in `text`, in characters, of these offsets in the whole page, also in characters.
        No offset is inside a style sheet.
        """
        shorter = [
            (self.text.index(_named(name)), len(sheet.text) - len(name))
            for name, sheet in self.sheets.items()
        ]
        found = []
        for place in places:
            for start, less in shorter:
                place -= less if start < place else 0
            found.append(place)
        return tuple(found)

    def offsets(self, places: Iterable[int]) -> tuple[int, ...]:
        """The offsets in `whole()`, in bytes, of these offsets in `text`, in characters. The offsets
        ascend, and none is inside the name of a style sheet.
        """
        found, offset, done = [], 0, 0
        for place in places:
            piece = self.text[done:place]
            offset += len(piece.encode())
            offset += sum(
                len(sheet.data) - len(name)
                for name, sheet in self.sheets.items()
                if _named(name) in piece
            )
            found.append(offset)
            done = place
        return tuple(found)


def _named(name: str) -> str:
    return f"{_START}{name}{_END}"


class Sheets:
    """The style sheets in the pages of a site."""

    def __init__(self, addresses: Addresses = style_addresses) -> None:
        """`addresses` finds the addresses in a style sheet."""
        self._addresses = addresses
        self._known: list[Sheet] = []  # in the order in which they were found

    def taken_out(self, page: str) -> LightPage:
        """The page with a short name in place of each style sheet. A style sheet with text that looks
        like a tag stays in the page.
        """
        pieces, sheets, done = [], dict[str, Sheet](), 0
        start = page.find(_START)
        while start >= 0:
            start += len(_START)
            sheet = self._sheet_at(page, start)
            if sheet is not None:
                name = f"sheet {len(sheets)}"
                sheets[name] = sheet
                pieces += [page[done:start], name]
                start = done = start + len(sheet.text)
            start = page.find(_START, start)
        return LightPage("".join((*pieces, page[done:])), sheets)

    def _sheet_at(self, page: str, start: int) -> Sheet | None:
        """The style sheet whose text begins at the offset `start` of a page; None if it is empty or has
        text that looks like a tag.
        """
        for (
            sheet
        ) in self._known:  # a comparison is faster than finding the end and hashing the text
            if page.startswith(sheet.text, start) and page.startswith(
                _END, start + len(sheet.text)
            ):
                return sheet
        end = page.find(_END, start)
        text = page[start:end] if end > start else ""
        if not text or _MARKUP.search(text):
            return None
        sheet = Sheet(text, text.encode(), hash_of(text), each_once(self._addresses(text)))
        self._known = [*self._known[-_KEPT:], sheet]
        return sheet


def hash_of(text: str) -> str:
    """`sha256-…`: the hash with which a content security policy allows exactly this text."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
