"""Takes unsafe elements and attributes out of HTML and names them, so that each is reported.

The library nh3 (ammonia, with the HTML5 parser of browsers) decides what is safe. Declarations
(`<!DOCTYPE …>`, `<?xml …?>`, `<![CDATA[…]]>`), of which browsers show nothing, are found before it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import nh3
from lxml import etree

from diptych.diagnostics import Diagnostic, Source, error, say
from diptych.markdown.blocks import read_blocks

_ANY = {"id", "class", "lang", "dir", "title", "translate"}
TAGS = {
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
}
ATTRIBUTES = {
    "*": _ANY,
    "a": {"href", "hreflang"},
    "details": {"open"},
    "img": {"src", "alt"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "align"},
    "time": {"datetime"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "blockquote": {"cite"},
    "q": {"cite"},
}
HARMLESS = frozenset(  # attributes in texts of other sites that mean nothing here
    {
        "target",
        "rel",
        "width",
        "height",
        "loading",
        "decoding",
        "align",
        "valign",
        "border",
        "cellpadding",
        "cellspacing",
        "bgcolor",
    }
)
_SCHEMES = {"http", "https", "mailto", "tel", "page", "site"}
_TAG = re.compile(r"</?[a-zA-Z!?][^>]*>")
_FRAME = re.compile(r"<(html|head|body|frameset)\b", re.IGNORECASE)  # every parser drops these
_IMPLIED = {"html", "head", "body"}  # a parser adds these, with the attributes in the text
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EMPTY = {"br", "hr", "img"}
_DECLARATION = re.compile(r"<\?|<!(?!--)")
_SHOWN = 30  # characters of a declaration by which its line is found


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Safe HTML, and the names of the elements and attributes that had to be taken out."""
    safe = _cleaner().clean(text)
    if _tags(safe) == _tags(text):
        return safe, ()  # the same tags with the same attributes: only entities were respelt
    lost = _inventory(text) - _inventory(safe)
    return safe, tuple(lost.elements())


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS, attributes=ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None, strip_comments=True
    )


def _tags(text: str) -> list[str]:
    """Every tag as written. The search ends at the last `>`, so that its time stays linear."""
    return _TAG.findall(text[: text.rfind(">") + 1])


def harmless(name: str) -> str | None:
    """The attribute in `attribute (element)`, as `clean` names it, if it does nothing on a page."""
    attribute = name.partition(" ")[0]
    return attribute if attribute in HARMLESS else None


def nesting(text: str) -> int:
    """The nesting depth of the elements in safe HTML."""
    depth = deepest = 0
    for tag in _tags(text):
        name = tag.strip("</>").partition(" ")[0]
        if name not in _EMPTY:
            depth += -1 if tag.startswith("</") else 1
            deepest = max(deepest, depth)
    return deepest


def _inventory(text: str) -> Counter[str]:
    """Elements and attributes by name, in the order of the text, with repetitions."""
    counted = Counter(f"<{name.lower()}>" for name in _FRAME.findall(_without_comments(text)))
    for element in parse(text).getroottree().iter():
        if not isinstance(element.tag, str):
            continue
        counted[f"<{element.tag}>"] += 1
        if element.tag not in TAGS | _IMPLIED:
            continue  # its attributes go with it
        for name, value in element.attrib.items():
            shown = f'{name}="{value}"' if name in ("href", "src") else name
            counted[f"{shown} ({element.tag})"] += 1
    return counted


def _without_comments(text: str) -> str:
    head, *rest = text.split("<!--")
    return head + "".join(part.partition("-->")[2] for part in rest)


def parse(text: str) -> etree._Element:
    """The elements of a text in a `div`; characters that XML does not allow become visible signs.

    `lxml.etree` is used alone, since `lxml.html` calls a method for the class of every element.
    """
    return etree.HTML("<body><div>" + _ILLEGAL.sub("\ufffd", text)).find("body/div")


def find_declaration(html: str, source: Source, start: int) -> Diagnostic | None:
    """too-complex: the first declaration in the HTML of a text; None without one.

    `html` is the text as converted, in which a declaration shown as code is `&lt;?`.
    """
    found = _DECLARATION.search(html)
    if found is None:
        return None
    words = html[found.start() : found.start() + _SHOWN].partition("\n")[0]
    message = say("declarations of HTML and XML (`<!…`, `<?…`) cannot stand in a text")
    hint = say("take it out; or show it as code, between backticks or in a block of code")
    return error("too-complex", source.line_span(_line_of(words, source, start)), message, hint)


def _line_of(words: str, source: Source, start: int) -> int:
    """The number of the first line outside of blocks of code with these words, else with any
    declaration.
    """
    text = source.text[start:]
    code = {
        number
        for node in read_blocks(text).walk()
        if node.kind == "code"
        for number in range(node.first, node.end)
    }
    lines = [each for each in enumerate(text.split("\n")) if each[0] not in code]
    declaring = [number for number, line in lines if _DECLARATION.search(line)]
    alike = [number for number, line in lines if words in line]
    first, _ = source.position(start)
    return first + next(iter((*alike, *declaring)), 0)
