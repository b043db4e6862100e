"""An extension of Python-Markdown: the marks inside a line (emphasis, links, code), read as GitHub reads
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.inlinepatterns import (
    HTML_RE,
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    AutolinkInlineProcessor,
    HtmlInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString, code_escape

PLAIN_TEXTS = "plain_texts"  # the name under which Python-Markdown knows `_PlainTexts`
PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"  # the signs that a backslash makes literal

# Whether a run of signs begins or ends emphasis depends on the characters before and after the run
# (CommonMark: "left-flanking", "right-flanking"). Each character counts as a letter, a space or a sign;
# the placeholder that the library puts in place of converted text counts as a sign.
_LETTER = r"[^\W_]"
_RUNS = {"*": r"(?<!\*)\*+(?!\*)", "~": r"(?<!~)~{1,2}(?!~)", "_": r"(?<!_)_+(?!_)"}

_SPAN = r"\[([^\[\]\n]+(?:\n[^\[\]\n]+)?)\]\{:?\s*([^}\n]+?)\s*\}"
# The pattern begins with a set of signs, and tests the text before them in a lookbehind after the set,
# since `re` finds a set quickly.
_BEGINS_MARK = re.compile(
    r"[*_~`\\\[<&@:wW\n](?:(?<=[*_~`\\\[<&@])|(?<=:)//|(?<=  \n)|(?<=[wW])[wW]{2}\.)"
)


def _boundary(sign: str) -> re.Pattern[str]:
    """A pattern for a run of a sign that begins or ends emphasis. The group that matches is `start`
    or `end`, or `ambiguous` if the run may begin emphasis and may end it.
    """
    run = _RUNS[sign]
    begins, ends = rf"(?<!{_LETTER}){run}(?=\S)", rf"(?<=\S){run}(?!{_LETTER})"
    if sign != "_":  # inside a word, `_` is a letter
        begins, ends = rf"(?:{begins}|{run}(?={_LETTER}))", rf"(?:{ends}|(?<={_LETTER}){run})"
    return re.compile(rf"(?P<ambiguous>(?={begins}){ends})|(?P<end>{ends})|(?P<start>{begins})")


# `_TAIL` matches `(address "title")` after the text of a link; \x02…\x03 is the placeholder that the
# library puts in place of converted text. An address `page:…` or `site:…` may contain spaces, so that it
# is read as a link and then reported as an unknown name.
_PART = r"(?:[^ \t\r\n\f()\x02]|\x02[^\x03]*\x03)*+"
_ADDRESS = rf"(?:{_PART}(?:\({_PART}(?:\({_PART}\){_PART}){{0,9}}\))?)*+"
_TAIL = re.compile(
    rf"""\(\s*(?:<((?:\\.|[^<>\n\\])*+)>|((?:page|site):[^()\n"']*+(?=\))|(?!<){_ADDRESS}))"""
    r"""(?:[ \t\r\n\f]+("[^"]*"|'[^']*'|\([^()]*\)))?\s*\)"""
)


# `_APART` matches the position before a tag or before an address in `< >`; marks inside these have no
# meaning. It does not match before the address of a link, `](<address>)`.
_APART = r"(?<!\\)(?:(?<!\]\()(?<!\]\( )|(?=<[^>\n]*\n))"
_RAW = rf"{_APART}(?:{HTML_RE})"
_AUTOLINK = rf"{_APART}<([A-Za-z][A-Za-z0-9+.-]*://[^\s<>]*)>"
_CODE = rf"(?P<raw>{_RAW}|{_AUTOLINK})|(?<!\\)(?P<slashes>(?:\\\\)+)(?=`)|(?<![\\`])(?P<ticks>`++)"


class _Code(InlineProcessor):
    """`` `code` `` between equal runs of backticks, without one space on either side; none begins
    inside a tag.
    """

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        if m["slashes"]:
            escaped = f"{STX}{ord(chr(92))}{ETX}"
            return m["slashes"].replace("\\\\", escaped), m.start(), m.end()
        end = re.compile(rf"(?<!`){m['ticks']}(?!`)").search(data, m.end()) if m["ticks"] else None
        if end is None:
            return None, None, None
        text = data[m.end() : end.start()].replace("\n", " ")
        if text[:1] == text[-1:] == " " and text.strip(" "):
            text = text[1:-1]
        code = Element("code")
        code.text = AtomicString(code_escape(text))
        return code, m.start(), end.end()


class _Ampersand(InlineProcessor):
    r"""`\&` is an ampersand, even if the letters after it would make it a character reference."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        return f"{AMP_SUBSTITUTE}amp;", m.start(0), m.end(0)


class _Link(LinkInlineProcessor):
    """`[text](address "title")`. The address contains no space unless it is in `< >`; the text
    contains no other link.
    """

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        text, _, handled = self.getText(data, m.end(0))
        if handled and _holds_link(self, text):
            return None, None, None
        return super().handleMatch(m, data)

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
    """`![text](address "title")`, with the rules of `_Link`."""

    getLink = _Link.getLink  # noqa: N815


class _Reference(ReferenceInlineProcessor):
    """`[text][name]`, without a space between."""

    RE_LINK = re.compile(r"\[([^\]]*)\]")

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        text, _, handled = self.getText(data, m.end(0))
        if handled and _holds_link(self, text):
            return None, None, None
        node, start, end = super().handleMatch(m, data)
        return (node, start, end) if node is not None else (None, None, None)


class _ShortReference(_Reference):
    """`[name]`, with the rules of `_Reference`."""

    def evalId(  # noqa: N802  # the library's name
        self, data: str, index: int, text: str
    ) -> tuple[str, int, bool]:
        return text.lower(), index, True


class _ImageReference(ImageReferenceInlineProcessor):
    """`![text][name]`, with the rules of `_Reference`."""

    RE_LINK = _Reference.RE_LINK


def _holds_link(processor: LinkInlineProcessor, text: str) -> bool:
    """Whether a text in brackets contains a link."""
    names = processor.md.references
    if "](" not in text and not (names and "[" in text):
        return False
    for bracket in re.finditer(r"(?<![!\\])\[", text):
        inner, index, handled = processor.getText(text, bracket.end())
        if not handled:
            continue
        named = _Reference.RE_LINK.match(text, index)
        name = (named[1] if named else "") or inner
        if _TAIL.match(text, index) or name.lower() in names:
            return True
    return False


class _Span(InlineProcessor):
    """`[Le Soir]{lang=fr}` -> `<span lang="fr">`: the bracketed spans of Pandoc."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name
        self, match: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        element = Element("span")
        element.text = match[1]
        attributes, _ = get_attrs_and_remainder(match[2])
        for key, value in attributes:
            element.set("class" if key == "." else key, value)
        return element, match.start(0), match.end(0)


class _PlainTexts(Treeprocessor):
    """Wraps texts without marks in `AtomicString`, so that the library does not search them for
    each of its twenty marks.

    It does nothing on a page with abbreviations: an abbreviation is a plain word, and the library
    does not look for it in an `AtomicString`.
    """

    def run(self, root: Element) -> None:
        for each in self.md.treeprocessors:
            if isinstance(each, AbbrTreeprocessor) and each.abbrs:
                return
        for element in root.iter():
            if element.text and not _BEGINS_MARK.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not _BEGINS_MARK.search(element.tail):
                element.tail = AtomicString(element.tail)


class _Descriptions(Treeprocessor):
    """Removes the marks from the description of a picture: `![two *red* flags]` becomes `two red
    flags`.
    """

    def run(self, root: Element) -> None:
        reading = self.md.treeprocessors["inline"]
        for image in root.iter("img"):
            written = image.get("alt", "")
            if re.search(r"[*_~!\[]", written):
                holder = Element("div")
                SubElement(holder, "p").text = written
                reading.run(holder)
                image.set("alt", "".join(_words(holder)))


def _words(element: Element) -> Iterator[str]:
    yield element.get("alt", "") if element.tag == "img" else element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""


class GitHubInline(Extension):
    """`~~gone~~`, emphasis by its flanks, a backslash before any sign, addresses without spaces."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # the library's name
        """Registers the processors of these marks. A processor with a name that the library uses
        replaces the library's own.
        """
        md.ESCAPED_CHARS = list(PUNCTUATION)
        patterns = md.inlinePatterns
        patterns.register(_Code(_CODE, md), "backtick", 190)
        patterns.register(AutolinkInlineProcessor(_AUTOLINK, md), "autolink", 188)
        patterns.register(HtmlInlineProcessor(_RAW, md), "html", 187)
        patterns.register(_ShortReference(REFERENCE_RE, md), "short_reference", 130)
        # priority 30: before the library searches for inline marks, which has priority 20
        md.treeprocessors.register(_PlainTexts(md), PLAIN_TEXTS, 30)
        md.treeprocessors.register(_Descriptions(md), "descriptions", 15)
        patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash_break", 185)
        patterns.register(_Span(_SPAN, md), "bracketed_span", 165)
        patterns.register(_Ampersand(r"\\&", md), "backslash_ampersand", 184)
        patterns.register(_Reference(REFERENCE_RE, md), "reference", 170)
        patterns.register(_Link(LINK_RE, md), "link", 160)
        patterns.register(_Image(IMAGE_LINK_RE, md), "image_link", 150)
        patterns.register(_ImageReference(IMAGE_REFERENCE_RE, md), "image_reference", 140)
        if md.delimiters is not None:
            md.delimiters.add("~", "del,del")
            for sign, delimiter in md.delimiters.delimiters.items():
                delimiter.boundary = _boundary(sign)
