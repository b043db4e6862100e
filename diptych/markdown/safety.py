"""Cleans HTML, and names what was taken out.

nh3 (the HTML5 parser of ammonia) decides what is safe. Everything that it takes out is reported.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import nh3
from lxml import etree

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
    """The attribute in `attribute (element)`, as `clean` names it, if it can go without a loss."""
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
