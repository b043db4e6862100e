"""Rewrites links and pictures of a moved page: links to pages by key, files in the page's own
folder.

A link with an unknown target keeps its words and its address, and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from diptych.diagnostics import Message, line_at, say
from diptych.files import FORMATS
from diptych.importing.code import replaced, without_code
from diptych.importing.films import film_in
from diptych.importing.move import Move
from diptych.importing.old_site import OldPage
from diptych.importing.places import LinkTarget
from diptych.markdown import slugify
from diptych.markdown.links import Inline, inlines
from diptych.values import Value

_TARGET = r"(?:<([^<>\n]*)>|((?:[^\s()<>]|\([^\s()]*\))++))"
_TITLE = r"(?:[ \t]+(?:\"((?:[^\"\\\n]|\\.)*+)\"|'((?:[^'\\\n]|\\.)*+)'))?"
_DEFINED = re.compile(rf"^( {{0,3}}\[(?!\^)([^\]\n]+)\]:\s*){_TARGET}{_TITLE}[ \t]*$", re.MULTILINE)
_SHOWN = re.compile(r"!\[([^\[\]\n]*)\](?:\[([^\[\]\n]+)\]|(?![\[(]))")
_KINDS = (*FORMATS, ".svg", ".pdf")  # the endings of files that a page can publish
_SCHEMES = ("http:", "https:", "mailto:", "tel:")


class _Shown(Value):
    """The new form of a picture: a picture, a link to it, or words."""

    words: str
    target: str = ""
    title: str = ""
    picture: bool = False

    def written(self, *, html: bool) -> str:
        """The picture, link or words as Markdown or HTML."""
        if not self.target:
            return self.words
        if html and self.picture:
            return f'<img src="{escape(self.target)}" alt="{escape(self.words)}">'
        if html:
            return f'<a href="{escape(self.target)}">{escape(self.words)}</a>'
        link = f"[{self.words}]({_written(self.target)}{_quoted(self.title)})"
        return f"!{link}" if self.picture else link


class LinkRewriter:
    """Rewrites the links and pictures of one page."""

    def __init__(self, page: OldPage, move: Move) -> None:
        self._page, self._move = page, move
        self._places = move.places

    def text(self, text: str) -> str:
        """The text with its links and pictures as this site has them."""
        text = self._defined(text)
        return self._rewritten(text, inlines(text), (0, len(text)))

    def picture(self, target: str) -> str | None:
        """The name in this folder of a picture that front matter names; None if there is none."""
        found = self._find(target)
        return self._attach(found.file) if found.file else None

    def _find(self, target: str) -> LinkTarget:
        """The place on the old site to which the target of a link or a picture leads."""
        return self._places.find(target, self._page)

    def _attach(self, path: str) -> str | None:
        """Puts a file of the old site into the page's folder. Returns the name of the file there;
        None if the file cannot be published.
        """
        move, ending = self._move, "." + path.rpartition(".")[2].lower()
        if ending not in _KINDS or path in move.amends.unusable:
            return None
        wanted, number = slugify(path.rpartition("/")[2].rpartition(".")[0]), 2
        folder, name = f"content/{move.key(self._page)}", f"{wanted}{ending}"
        while move.files.get(f"{folder}/{name}", move.old.files[path]) != move.old.files[path]:
            name, number = f"{wanted}-{number}{ending}", number + 1
        move.files[f"{folder}/{name}"] = move.old.files[path]
        move.attached[f"{folder}/{name}"] = path
        return name

    def _refused(self, target: str) -> Message | None:
        """The reason why a link of this page may not lead there; None if it may."""
        return self._move.amends.unlinked.get((self._move.path(self._page), _written(target)))

    def _report(self, target: str, message: Message) -> None:
        """Reports something at the line of `target`."""
        self._move.left.append(self._page.left(target, message))

    def _rewritten(
        self, text: str, found: Iterable[Inline], within: tuple[int, int], *, linked: bool = False
    ) -> str:
        """A part of the text with its links and pictures rewritten; `linked` if it is the words of
        a link.
        """
        made, last = [], within[0]
        for each in found:
            made += [text[last : each.start], self._made(text, each, linked=linked)]
            last = each.end
        return "".join([*made, text[last : within[1]]])

    def _made(self, text: str, each: Inline, *, linked: bool) -> str:
        """A link or picture in its form for the new site. Inside another link, a link becomes
        words.
        """
        if each.picture:
            return self._picture(each, linked=linked)
        words = self._rewritten(text, each.within, each.inner, linked=True)
        if not each.target:
            return self._without_target(text, each, words)
        found = self._find(each.target)
        if each.spaced and found.elsewhere:
            found = LinkTarget()  # for most programs an address with a space is no link
        new = self._new_target(each.target, found)
        bare = each.target if each.spaced else self._places.bare(each.target)
        if new is None or linked:
            return f"{words} ({bare})" if words.strip() else bare
        if each.html:
            others = "".join(f' {k}="{escape(v)}"' for k, v in each.given if k != "href")
            return f'<a href="{escape(new)}"{others}>{words}</a>'
        if still := self._still(new, words, alone=_is_alone(text, each)):
            return f"[![{words.strip() or each.target}]({still})]({_written(new)})"
        return f"[{words if words.strip() else each.target}]({_written(new)}{_quoted(each.title)})"

    def _still(self, address: str, words: str, *, alone: bool) -> str:
        """The name in this folder of a film's picture, if its link is a paragraph of words."""
        film = film_in(address) if alone and "![" not in words and "<img" not in words else ""
        page = self._page
        path = self._places.stills.of(film, page.path, page.text, page.front) if film else ""
        return (self._attach(path) or "") if path else ""

    def _without_target(self, text: str, each: Inline, words: str) -> str:
        if each.html and "href" not in dict(each.given):
            return text[each.start : each.inner[0]] + words + text[each.inner[1] : each.end]
        if words.strip() and not each.html:
            message = say("the link “{text}” leads nowhere", text=each.words)
            self._report(f"[{each.words}](", message)
        return words if words.strip() else ""

    def _picture(self, each: Inline, *, linked: bool) -> str:
        """A picture; inside a link, its words if the file does not exist."""
        if not each.target and not each.html:
            return each.words if each.words.strip() else ""
        shown = self._shown(each.words, each.target, each.title)
        if linked and not shown.picture:
            return " ".join(filter(None, (each.words, each.title))) or _named(each.target)
        return shown.written(html=each.html)

    def _shown(self, alt: str, target: str, title: str) -> _Shown:
        """The form of a picture for the new site. A picture that cannot be moved is reported."""
        found = self._find(target)
        name = self._attach(found.file) if found.file else None
        if name is not None:
            return _Shown(alt.strip() or self._described(target, title), name, title, True)
        words = " ".join(filter(None, (alt.strip(), title))) or _named(target)
        if found.elsewhere:
            self._report(
                target, say("the picture {address} stands on another site", address=target)
            )
            if self._refused(found.elsewhere) is not None:
                return _Shown(f"{words} ({found.elsewhere})")
            return _Shown(words, found.elsewhere)
        bare = f"{words} ({self._places.bare(target)})"
        if found == LinkTarget():
            self._report(target, say("the picture {address} is not there", address=target))
            return _Shown(bare)
        new = self._new_target(target, found)
        return _Shown(bare) if new is None else _Shown(words, new)

    def _described(self, target: str, title: str) -> str:
        """Words for a picture without any: its caption, else its name."""
        self._report(
            target, say("the picture {name} lacks words for who cannot see it", name=target)
        )
        return title or _named(target)

    def _defined(self, text: str) -> str:
        """The text with rewritten link definitions, `[name]: target`."""
        pictures = {(m[2] or m[1]).lower() for m in _SHOWN.finditer(without_code(text))}

        def define(match: re.Match[str]) -> str:
            target = (match[3] or match[4] or "").strip().replace("&amp;", "&")
            found = self._find(target)
            new = None
            if match[2].lower() in pictures and found.file:
                new = self._attach(found.file)
            new = new or self._new_target(target, found)
            title = _quoted(match[5] or match[6] or "")
            return f"{match[1]}{_written(new if new is not None else target)}{title}"

        return replaced(_DEFINED, define, text)

    def _new_target(self, target: str, found: LinkTarget) -> str | None:
        """The new target of a link; None if the old one is unknown or not allowed."""
        new = self._known_target(target, found)
        why = self._refused(new) if new is not None else None
        if why is None:
            return new
        message = say("the link {address} became words: {problem}", address=target, problem=why)
        self._report(target, message)
        return None

    def _known_target(self, target: str, found: LinkTarget) -> str | None:
        """The new target of a link; None if it has none. Every problem with a target is reported."""
        new: str | None = None
        if found.elsewhere:
            if found.elsewhere.lower().startswith(_SCHEMES):
                return found.elsewhere
            message = say("the link {address} is of no kind that a page may have", address=target)
        elif found.page:
            new, whole = self._move.target(found, self._page)
            if whole:
                return new
            message = say("no heading is known for the link {address}", address=target)
        elif found.file:
            new = self._attach(found.file)
            if new is not None:
                return new
            reason = self._move.amends.unusable.get(found.file)
            message = (
                say("{name} is not moved in: {problem}", name=target, problem=reason)
                if reason is not None
                else say("{name} is a kind of file that is not published", name=target)
            )
        else:
            message = say("nobody knows where the link {address} leads", address=target)
        self._report(target, message)
        return new


def _is_alone(text: str, each: Inline) -> bool:
    """Whether a link is alone on its lines."""
    start, _ = line_at(text, each.start)
    _, end = line_at(text, each.end)
    return not (text[start : each.start] + text[each.end : end]).strip()


def _written(target: str) -> str:
    """A target in the form of Markdown."""
    return target.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _quoted(title: str) -> str:
    """The title of a link or a picture as Markdown writes it behind the target; "" for no title."""
    return f' "{title}"' if title else ""


def _named(target: str) -> str:
    """The words of a file's name."""
    name = target.partition("?")[0].rstrip("/").rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    return re.sub(r"[-_]+|%20", " ", stem).strip() or target
