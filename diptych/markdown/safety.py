"""Removes unsafe elements and attributes from HTML and returns their names, so that each can be
reported.

The library nh3 (ammonia, with an HTML5 parser like that of browsers) decides what is safe.
Declarations (`<!DOCTYPE …>`, `<?xml …?>`, `<![CDATA[…]]>`), which browsers do not show, are found
before nh3 runs.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import nh3
from lxml import etree

from diptych.diagnostics import Diagnostic, Source, error, say
from diptych.markdown.blocks import read_blocks
from diptych.markdown.places import without_comments
from diptych.values import words

_ANY = {"id", "class", "lang", "dir", "title", "translate"}
TAGS = words(
    """
    a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s section small span strong sub
    summary sup table tbody td tfoot th thead time tr u ul
    """
)
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
HARMLESS = words(  # attributes of copied texts that have no effect on this site
    "target rel width height loading decoding align valign border cellpadding cellspacing bgcolor"
)
_SCHEMES = {"http", "https", "mailto", "tel", "page", "site"}
_TAG = re.compile(r"</?[a-zA-Z!?][^>]*>")
_NAMED_TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")  # a tag of safe HTML
# elements whose tags every HTML parser drops inside a text
_FRAME = re.compile(r"<(html|head|body|frameset)\b", re.IGNORECASE)
_IMPLIED = {"html", "head", "body"}  # a parser adds these, with the attributes in the text
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EMPTY = {"br", "hr", "img"}
_DECLARATION = re.compile(r"<\?|<!(?!--)")
_SHOWN = 30  # length of the piece of a declaration that is searched for in the text


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The safe HTML of a text, and the names of the elements and attributes that were removed:
    `<element>`, `attribute (element)` or, for addresses, `attribute="value" (element)`.
    """
    safe = _cleaner().clean(text)
    if safe == text or _tags(safe) == _tags(text):
        return safe, ()  # if the tags are equal, at most character references differ
    lost = _inventory(text) - _inventory(safe)
    return safe, tuple(lost.elements())


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS, attributes=ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None, strip_comments=True
    )


def _tags(text: str) -> list[str]:
    """Every tag as it is written. The search ends at the last `>`, since a search of the text after it
    would find nothing and take quadratic time.
    """
    return _TAG.findall(text[: text.rfind(">") + 1])


def harmless(name: str) -> str | None:
    """The attribute in a name `attribute (element)` that `clean` returned, if the attribute is one
    of `HARMLESS`; else None.
    """
    attribute = name.partition(" ")[0]
    return attribute if attribute in HARMLESS else None


def nesting(text: str) -> int:
    """The nesting depth of the elements in safe HTML."""
    depth = deepest = 0
    for closing, name in _NAMED_TAG.findall(text):
        if closing:
            depth -= 1
        elif name not in _EMPTY:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _inventory(text: str) -> Counter[str]:
    """The number of times that each element and attribute occurs, by the name that `clean` gives
    it, in the order of the text.
    """
    counted = Counter(f"<{name.lower()}>" for name in _FRAME.findall(without_comments(text)))
    for element in parse(text).getroottree().iter():
        if not isinstance(element.tag, str):
            continue
        counted[f"<{element.tag}>"] += 1
        if element.tag not in TAGS | _IMPLIED:
            continue  # the attributes are removed with their element
        for name, value in element.attrib.items():
            shown = f'{name}="{value}"' if name in ("href", "src") else name
            counted[f"{shown} ({element.tag})"] += 1
    return counted


def parse(text: str) -> etree._Element:
    """The elements of an HTML text, in a `div`. Characters that XML does not allow become visible
    signs.

    `lxml.etree` is used directly, since `lxml.html` calls a Python method for every element to
    choose its class.
    """
    return etree.HTML("<body><div>" + _ILLEGAL.sub("\ufffd", text)).find("body/div")


def find_declaration(html: str, source: Source, start: int) -> Diagnostic | None:
    """too-complex: the first declaration in the HTML of a text; None if there is none.

    In `html`, a declaration that is shown as code begins with `&lt;`, so it is not found.
    """
    found = _DECLARATION.search(html)
    if found is None:
        return None
    words = html[found.start() : found.start() + _SHOWN].partition("\n")[0]
    message = say("declarations of HTML and XML (`<!…`, `<?…`) cannot stand in a text")
    hint = say("take it out; or show it as code, between backticks or in a block of code")
    return error("too-complex", source.line_span(_line_of(words, source, start)), message, hint)


def _line_of(words: str, source: Source, start: int) -> int:
    """The number of the first line outside of code blocks that contains `words`, or else of the
    first such line with any declaration.
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
