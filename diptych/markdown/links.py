"""Finds the links and pictures of a text, in Markdown and in HTML, in one pass, also inside each
other.

By CommonMark, a link holds no other link: if two links are nested, only the inner one is a link.
"""

from __future__ import annotations

import re
from html import unescape

from diptych.markdown.places import without_code
from diptych.values import Value, replace

_GIVEN = r"((?:\s+[^\s\"'<>=/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?)*+)\s*+"
_TOKEN = re.compile(
    rf"\\[^\n]|(?P<open>!?\[)|(?P<close>\])|(?P<blank>\n[ \t\x00]*+\n)"
    rf"|(?P<img><img{_GIVEN}/?>)|(?P<a><a{_GIVEN}>)|(?P<end></a\s*>)",
    re.IGNORECASE,
)
_GAP = r"[ \t]*+(?:\n[ \t]*+)?"
_BEHIND = re.compile(  # `(target "title")`
    rf"\({_GAP}(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?:[^\s()<>]|\([^\s()]*\))++))?"
    r"(?:\s++(?:\"(?P<double>(?:[^\"\\]|\\.)*+)\"|'(?P<single>(?:[^'\\]|\\.)*+)'|\((?P<round>[^()]*)\)))?"
    rf"{_GAP}\)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>=/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+)))?")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPACED = re.compile(r"\([ \t]*+(?P<plain>[^\s()<>\"']++(?: ++[^\s()<>\"']++)+)[ \t]*+\)")


class Inline(Value):
    """A link or a picture, with its place in the text."""

    start: int
    end: int
    inner: tuple[int, int]  # the place of its words; empty for a picture in HTML
    picture: bool
    html: bool
    target: str
    # the text between its brackets: the words of a link, or the description of a picture
    words: str = ""
    title: str = ""
    spaced: bool = False  # whether its target holds spaces, which other programs refuse
    given: tuple[tuple[str, str], ...] = ()  # the attributes of a tag
    within: tuple[Inline, ...] = ()


class _Opened(Value):
    """The start of a possible link or picture."""

    start: int
    inner: int
    picture: bool = False
    given: tuple[tuple[str, str], ...] = ()


class _Found:
    """Collects the links and pictures of a text. A link or picture that contains others keeps them
    in its field `within`.
    """

    def __init__(self) -> None:
        self.all: list[Inline] = []

    def add(self, new: Inline) -> bool:
        """Adds a link or picture that ends after all earlier ones. Returns False, and adds nothing,
        if the new one overlaps an earlier one without containing it.
        """
        within: list[Inline] = []
        while self.all and self.all[-1].start >= new.start:
            within.append(self.all.pop())
        if self.all and self.all[-1].end > new.start:
            self.all += reversed(within)
            return False
        self.all.append(replace(new, within=tuple(reversed(within))))
        return True


def inlines(text: str, *, inline: bool = False) -> tuple[Inline, ...]:
    """The links and pictures of a Markdown text in order. Links in code are left out; a link or
    picture inside another is in the field `within` of the outer one. With `inline` the text is a
    paragraph, whose indentation begins no code.
    """
    hidden = without_code(text, "\x00", inline=inline)
    found, brackets = _Found(), list[_Opened]()
    anchor: _Opened | None = None
    barred = 0  # the number of open brackets with a link inside, which cannot begin another link
    place = 0
    while token := _TOKEN.search(hidden, place):
        place, kind = token.end(), token.lastgroup
        whole = text[token.start() : place]
        if kind == "open":
            brackets.append(_Opened(token.start(), place, whole != "["))
        elif kind == "blank":
            brackets.clear()
            barred = 0
        elif kind == "img":
            given = attributes(whole[4:].rstrip("/>"))
            at = (place, place)
            found.add(
                Inline(
                    token.start(),
                    place,
                    at,
                    True,
                    True,
                    given.get("src", ""),
                    given.get("alt", ""),
                    given=tuple(given.items()),
                )
            )
        elif kind == "a":
            anchor = _Opened(
                token.start(), place, given=tuple(attributes(whole[2:].rstrip(">")).items())
            )
        elif kind == "end" and anchor is not None:
            inner, target = (anchor.inner, token.start()), dict(anchor.given).get("href", "")
            found.add(Inline(anchor.start, place, inner, False, True, target, given=anchor.given))
            anchor = None
        elif kind == "close" and brackets:
            opened = brackets.pop()
            may = opened.picture or len(brackets) >= barred
            barred = min(barred, len(brackets))
            made = _bracketed(text, hidden, opened, token.start()) if may else None
            if made is not None and found.add(made):
                place = made.end
                barred = barred if made.picture else len(brackets)
    return tuple(found.all)


def _bracketed(text: str, hidden: str, opened: _Opened, closed: int) -> Inline | None:
    """The link or picture that begins with `[` or `![` and ends after a target."""
    match = _BEHIND.match(hidden, closed + 1) or _SPACED.match(hidden, closed + 1)
    if match is None:
        return None
    groups = {
        name: text[slice(*match.span(name))] for name, value in match.groupdict().items() if value
    }
    return Inline(
        opened.start,
        match.end(),
        (opened.inner, closed),
        opened.picture,
        False,
        _unescaped(groups.get("angled") or groups.get("plain") or ""),
        text[opened.inner : closed],
        groups.get("double")
        or (groups.get("single") or groups.get("round") or "").replace('"', "”"),
        match.re is _SPACED,
    )


def _unescaped(target: str) -> str:
    return _ESCAPED.sub(r"\1", target.strip()).replace("&amp;", "&")


def attributes(text: str) -> dict[str, str]:
    """The attributes of a tag, their names in small letters."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = next((each for each in match.groups()[1:] if each is not None), "")
        found.setdefault(match[1].lower(), unescape(value))
    return found
