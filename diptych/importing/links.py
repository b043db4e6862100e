"""Links and pictures of a moved page: to pages by their key, to files in its own folder.

What leads nowhere that is known keeps its words and its address, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Protocol

from diptych.diagnostics import Message, say
from diptych.importing.code import replaced
from diptych.importing.old_site import OldPage
from diptych.importing.places import Led, OldPlaces
from diptych.importing.tags import attributes

_TARGET = r"(?:<([^<>\n]*)>|((?:[^\s()<>]|\([^\s()]*\))+))"
_TITLE = r"(?:\s+(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'))?"
_PICTURE = re.compile(rf"!\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*{_TARGET}{_TITLE}\s*\)")
_LABEL = r"(?:[^\[\]]|!?\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()\n]*\))?)*"
_LINK = re.compile(rf"(?<!!)\[({_LABEL})\]\(\s*{_TARGET}{_TITLE}\s*\)")
_EMPTY = re.compile(rf"(!?)\[({_LABEL})\]\(\s*(?:<>)?\s*\)")
_SPACED = re.compile(rf"(?<!!)\[({_LABEL})\]\([ \t]*([^\s()<>\"']+(?: +[^\s()<>\"']+)+)[ \t]*\)")
_DEFINED = re.compile(rf"^( {{0,3}}\[(?!\^)([^\]\n]+)\]:\s*){_TARGET}{_TITLE}[ \t]*$", re.MULTILINE)
_USED = r"!\[[^\]\n]*\]\[{name}\]|!\[{name}\](?![\[(])"
_IMG = re.compile(r"<img((?:\s+[^\s\"'<>=/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?)*)\s*/?>")
_HREF = re.compile(
    r"<a((?:\s+[^\s\"'<>=/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?)*)\s*>(.*?)</a\s*>", re.DOTALL
)
_SCHEMES = ("http:", "https:", "mailto:", "tel:")


class Folder(Protocol):
    """Where the page comes, as the writer knows it."""

    key: str

    def address(self, led: Led) -> tuple[str, bool]:
        """The target of a link to one of our pages, and whether its anchor was found."""

    def attach(self, path: str) -> str | None:
        """The name that a file gets in the folder of the page; None for a kind that is not published."""

    def refused(self, target: str) -> Message | None:
        """Why a link of this page may not lead there; None where it may."""

    def left(self, target: str, message: Message) -> None:
        """Tells of something, at the line on which `target` stands."""


class Relinked:
    """Rewrites the links and pictures of one page."""

    def __init__(self, page: OldPage, places: OldPlaces, bundle: Folder) -> None:
        self._page = page
        self._places = places
        self._bundle = bundle

    def text(self, text: str) -> str:
        """The text with its links and pictures as this site has them."""
        text = replaced(_DEFINED, self._defined(text), text)
        text = replaced(_IMG, self._img, text)
        text = replaced(_HREF, self._a, text)
        text = replaced(_LINK, self._link, text)
        text = replaced(_SPACED, self._spaced, text)
        text = replaced(_PICTURE, self._picture, text)
        return replaced(_EMPTY, self._empty, text)

    def picture(self, target: str) -> str | None:
        """The name in this folder of a picture that front matter names; None when there is none."""
        led = self._places.find(target, self._page)
        return self._bundle.attach(led.file) if led.file else None

    def _empty(self, match: re.Match[str]) -> str | None:
        if match[1] or not match[2].strip():
            return "" if not match[2].strip() else match[2]
        self._bundle.left(f"[{match[2]}](", say("the link “{text}” leads nowhere", text=match[2]))
        return match[2]

    def _link(self, match: re.Match[str]) -> str | None:
        words, target = match[1], _unescaped(match[2] or match[3] or "")
        title = match[4] or match[5] or ""
        inner = _PICTURE.sub(self._within, words) if "![" in words else words
        new = self._led(target)
        if new is None:
            bare = self._places.bare(target)
            return f"{inner} ({bare})" if inner.strip() else bare
        if not inner.strip():
            inner = target
        shown = f' "{title}"' if title else ""
        return f"[{inner}]({_written(new)}{shown})"

    def _spaced(self, match: re.Match[str]) -> str | None:
        """A target with a space is none to most programs, unless it is the name of a file or page."""
        words, target = match[1], _unescaped(match[2])
        led = self._places.find(target, self._page)
        new = self._led(target, led) if led.page or led.file else None
        if new is not None:
            return f"[{words}]({_written(new)})"
        if not (led.page or led.file):
            message = say("nobody knows where the link {address} leads", address=target)
            self._bundle.left(target, message)
        return f"{words} ({target})"

    def _within(self, match: re.Match[str]) -> str:
        """A picture inside a link; when there is none, its words."""
        made = self._shown(
            match[1], _unescaped(match[2] or match[3] or ""), match[4] or match[5] or ""
        )
        return made if made.startswith("!") else match[1] or _named(match[2] or match[3] or "")

    def _picture(self, match: re.Match[str]) -> str | None:
        return self._shown(
            match[1], _unescaped(match[2] or match[3] or ""), match[4] or match[5] or ""
        )

    def _shown(self, alt: str, target: str, title: str) -> str:
        led = self._places.find(target, self._page)
        name = self._bundle.attach(led.file) if led.file else None
        caption = f' "{title}"' if title else ""
        if name is not None:
            return f"![{alt.strip() or self._described(target, title)}]({_written(name)}{caption})"
        words = " ".join(filter(None, (alt.strip(), title))) or _named(target)
        if led.elsewhere:
            self._bundle.left(
                target, say("the picture {address} stands on another site", address=target)
            )
            if self._bundle.refused(_written(led.elsewhere)) is not None:
                return f"{words} ({led.elsewhere})"
            return f"[{words}]({_written(led.elsewhere)})"
        bare = f"{words} ({self._places.bare(target)})"
        if led == Led():
            self._bundle.left(target, say("the picture {address} is not there", address=target))
            return bare
        new = self._led(target, led)
        return bare if new is None else f"[{words}]({_written(new)})"

    def _described(self, target: str, title: str) -> str:
        """Words for a picture that has none: its caption, else its name."""
        self._bundle.left(
            target, say("the picture {name} lacks words for who cannot see it", name=target)
        )
        return title or _named(target)

    def _defined(self, text: str) -> Callable[[re.Match[str]], str | None]:
        def define(match: re.Match[str]) -> str | None:
            target = _unescaped(match[3] or match[4] or "")
            name = re.escape(match[2])
            led = self._places.find(target, self._page)
            if re.search(_USED.format(name=name), text):
                attached = self._bundle.attach(led.file) if led.file else None
                if attached is not None:
                    return f"{match[1]}{_written(attached)}"
            new = self._led(target, led)
            return (
                f"{match[1]}{_written(new)}" if new is not None else f"{match[1]}{_written(target)}"
            )

        return define

    def _img(self, match: re.Match[str]) -> str | None:
        given = attributes(match[1])
        made = self._shown(given.get("alt", ""), given.get("src", ""), "")
        return self._as_html(made)

    def _as_html(self, made: str) -> str:
        picture = _PICTURE.fullmatch(made)
        if picture:
            source = picture[2] or picture[3]
            return f'<img src="{escape(source)}" alt="{escape(picture[1])}">'
        link = _LINK.fullmatch(made)
        return f'<a href="{escape(link[2] or link[3])}">{escape(link[1])}</a>' if link else made

    def _a(self, match: re.Match[str]) -> str | None:
        given = attributes(match[1])
        if "href" not in given:
            return None
        new = self._led(given["href"]) if given["href"] else None
        if new is None:
            bare = self._places.bare(given["href"])
            return f"{match[2]} ({bare})" if bare else match[2]
        others = "".join(f' {k}="{escape(v)}"' for k, v in given.items() if k != "href")
        inner = re.sub(
            r"<a\b[^>]*>|</a>", "", _IMG.sub(lambda each: self._img(each) or "", match[2])
        )
        return f'<a href="{escape(new)}"{others}>{inner}</a>'

    def _led(self, target: str, led: Led | None = None) -> str | None:
        """The new target of a link; None when nobody knows where it led, or it may not lead there."""
        new = self._leads(target, led)
        why = self._bundle.refused(_written(new)) if new is not None else None
        if why is None:
            return new
        message = say("the link {address} became words: {problem}", address=target, problem=why)
        self._bundle.left(target, message)
        return None

    def _leads(self, target: str, led: Led | None = None) -> str | None:
        led = led or self._places.find(target, self._page)
        if led.elsewhere:
            if led.elsewhere.lower().startswith(_SCHEMES):
                return led.elsewhere
            self._bundle.left(
                target, say("the link {address} is of no kind that a page may have", address=target)
            )
            return None
        if led.page:
            new, whole = self._bundle.address(led)
            if not whole:
                self._bundle.left(
                    target, say("no heading is known for the link {address}", address=target)
                )
            return new
        if led.file:
            name = self._bundle.attach(led.file)
            if name is not None:
                return name
            self._bundle.left(
                target, say("{name} is a kind of file that is not published", name=target)
            )
        else:
            self._bundle.left(
                target, say("nobody knows where the link {address} leads", address=target)
            )
        return None


def _unescaped(target: str) -> str:
    return target.strip().replace("&amp;", "&")


def _written(target: str) -> str:
    """A target as Markdown takes it."""
    return target.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _named(target: str) -> str:
    """The words of a file's name."""
    name = target.partition("?")[0].rstrip("/").rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    return re.sub(r"[-_]+|%20", " ", stem).strip() or target
