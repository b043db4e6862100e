"""What Python-Markdown reads inside a line otherwise than GitHub, as an extension of the library."""

from __future__ import annotations

import re

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import AMP_SUBSTITUTE

PUNCTUATION = (
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"  # every sign whose meaning a backslash takes away
)

# What a run of signs may begin and end (CommonMark, "left-flanking" and "right-flanking"). Here every
# character is a letter, a space, or a sign; so is the mark of the library for what it has read already.
_LETTER = r"[^\W_]"
_RUNS = {"*": r"(?<!\*)\*+(?!\*)", "~": r"(?<!~)~{1,2}(?!~)", "_": r"(?<!_)_+(?!_)"}


def _boundary(sign: str) -> re.Pattern[str]:
    """Whether a run of a sign begins emphasis, ends it, or may do both, by the name of the group."""
    run = _RUNS[sign]
    begins, ends = rf"(?<!{_LETTER}){run}(?=\S)", rf"(?<=\S){run}(?!{_LETTER})"
    if sign != "_":  # which is a letter inside a word
        begins, ends = rf"(?:{begins}|{run}(?={_LETTER}))", rf"(?:{ends}|(?<={_LETTER}){run})"
    return re.compile(rf"(?P<ambiguous>(?={begins}){ends})|(?P<end>{ends})|(?P<start>{begins})")


# What stands behind the text of a link; \x02…\x03 is what the library has read already. An address that
# names a page or a setting may hold spaces here, for then it is told that it is none.
_PART = r"(?:[^\s()\x02]|\x02[^\x03]*\x03)*+"
_ADDRESS = rf"(?:{_PART}(?:\({_PART}(?:\({_PART}\){_PART}){{0,9}}\))?)*+"
_TAIL = re.compile(
    rf"""\(\s*(?:<([^<>\n]*)>|((?:page|site):[^()\n"']*+(?=\))|{_ADDRESS}))"""
    r"""(?:\s+("[^"]*"|'[^']*'|\([^()]*\)))?\s*\)"""
)


class _Ampersand(InlineProcessor):
    r"""`\&` is the sign, also where the letters behind it would make it a character reference."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        return f"{AMP_SUBSTITUTE}amp;", m.start(0), m.end(0)


class _Link(LinkInlineProcessor):
    """`[text](address "title")`, whose address holds no space unless it stands in `< >`."""

    def getLink(  # noqa: N802  # the library's name
        self, data: str, index: int
    ) -> tuple[str, str | None, int, bool]:
        match = _TAIL.match(data, index)
        if match is None:
            return "", None, index, False
        address = match[1] if match[1] is not None else match[2]
        title = " ".join(self.unescape(match[3][1:-1]).split()) if match[3] else None
        return self.unescape(address), title, match.end(), True


class _Image(ImageInlineProcessor):
    """`![text](address "title")`, likewise."""

    getLink = _Link.getLink  # noqa: N815


class _Reference(ReferenceInlineProcessor):
    """`[text][name]`, with no space between."""

    RE_LINK = re.compile(r"\[([^\]]*)\]")


class _ImageReference(ImageReferenceInlineProcessor):
    """`![text][name]`, likewise."""

    RE_LINK = _Reference.RE_LINK


class GitHubInline(Extension):
    """`~~gone~~`, emphasis by its flanks, a backslash before any sign, addresses without spaces."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # the library's name
        """Registers it in the library; called after all other extensions."""
        md.ESCAPED_CHARS = list(PUNCTUATION)
        patterns = md.inlinePatterns
        patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash_break", 185)
        patterns.register(_Ampersand(r"\\&", md), "backslash_ampersand", 184)
        patterns.register(_Reference(REFERENCE_RE, md), "reference", 170)
        patterns.register(_Link(LINK_RE, md), "link", 160)
        patterns.register(_Image(IMAGE_LINK_RE, md), "image_link", 150)
        patterns.register(_ImageReference(IMAGE_REFERENCE_RE, md), "image_reference", 140)
        if md.delimiters is not None:
            md.delimiters.add("~", "del,del")
            for sign, delimiter in md.delimiters.delimiters.items():
                delimiter.boundary = _boundary(sign)
