"""Finds all markup on a finished page that is not on the list of allowed markup, and all addresses of
a kind that their attribute may not hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from lxml import etree

from diptych.html.allowed import (
    ADDRESSES,
    ARIA,
    DATA,
    ELEMENTS,
    FREE,
    HEADS,
    LINK_RELATIONS,
    META,
    META_FAMILIES,
    NAMING,
    PAINTERS,
    PAINTS,
    PICTURE_DATA,
    PLAIN,
    PROVING,
    REFERRERS,
    RELATIONS,
    SCHEMES,
    SCRIPTS,
    TARGETS,
    Leads,
)
from diptych.html.sheets import hash_of
from diptych.html.styles import bare_address
from diptych.values import Value

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_FUNCTION = re.compile(
    r"(?<![^\s,()/])([^\s,()/]*)\(\s*(['\"]?#)?"
)  # its name, and whether it names a part
_END = re.compile("</noscript", re.IGNORECASE)
_MARKUP = re.compile("<[a-zA-Z/!?]")
_RAW = frozenset(["script", "style", "textarea", "title"])  # their text holds no elements in HTML
_NESTED = re.compile(
    r"<(title|textarea)\b[^>]*>[^<]*<(?!/\1)", re.IGNORECASE
)  # holds a tag as written
_HANDLER = re.compile(r"on[a-z]|style$")  # reported as inline-code

ELEMENT, ATTRIBUTE, ADDRESS, BLOCKED = "element", "attribute", "address", "blocked"
OTHERWISE = "otherwise"  # read differently by browsers


class Strange(Value):
    """Markup that is not on the list of allowed markup, or an address of a kind that its attribute may
    not hold.
    """

    kind: str  # `ELEMENT`, `ATTRIBUTE`, `ADDRESS`, `BLOCKED` or `OTHERWISE`
    element: str
    attribute: str = ""
    value: str = ""


def strange_tag(element: str, attributes: Iterable[tuple[str, str]]) -> Iterator[Strange]:
    """The strange markup in a start tag: the element, if it is not on the list; or else each attribute
    that is not on the list, or whose address is of a kind that it may not hold.
    """
    if element not in ELEMENTS:
        yield Strange(ELEMENT, element)
        return
    for name, value in attributes:
        if not _is_known(element, name, value):
            yield Strange(ATTRIBUTE, element, name, value)
        elif not _may_lead(element, name, value):
            yield Strange(ADDRESS, element, name, value)


def strange_in_whole(
    root: etree._Element, text: str, hashes: Mapping[str, str]
) -> Iterator[Strange]:
    """The strange markup of a page that `strange_tag` cannot find in a start tag alone. `text` is the
    page as it is written. `hashes` are the hashes of the style sheets whose text a name replaces in
    `text`, by name.
    """
    yield from _read_otherwise(root, text)
    yield from _blocked(root, hashes)
    yield from _telling(root)


def _is_known(element: str, name: str, value: str) -> bool:
    """Whether the list has an attribute of an element, and its value if the value must be a name."""
    lowered = value.strip().lower()
    if name == "rel":
        return set(lowered.split()) <= (RELATIONS if element == "link" else LINK_RELATIONS)
    if name == "target":
        return lowered in TARGETS
    if name == "referrerpolicy":
        return lowered in REFERRERS
    if element == "script" and name == "type":
        return lowered in SCRIPTS | DATA
    if element == "meta" and name in _METAS:
        return _METAS[name](lowered)
    if (element, name) in ADDRESSES or name in PLAIN or name in NAMING or name in PAINTS:
        return True
    if name.startswith("aria-"):
        return name.removeprefix("aria-") in ARIA
    return name.startswith(FREE) or bool(_HANDLER.match(name))


_METAS: Mapping[
    str, Callable[[str], bool]
] = {  # attribute of a `meta` -> whether a value is allowed
    "charset": lambda value: value == "utf-8",
    "http-equiv": lambda value: value in HEADS,
    "name": lambda value: (
        value in META or value.startswith(META_FAMILIES) or value.endswith(PROVING)
    ),
}


def _read_otherwise(root: etree._Element, text: str) -> Iterator[Strange]:
    """Markup that browsers read differently from this program, so that something could hide in it:
    in a drawing, style and title hold elements, and `<![CDATA[` is text; a noscript ends at its
    written end tag, even inside an attribute
    (https://html.spec.whatwg.org/#parsing-main-inforeign).

    The parser turns `&lt;b>` in a title into `<b>`: only the text as written distinguishes the two.
    """
    raw = _RAW if _NESTED.search(text) else _RAW - {"title", "textarea"}
    for comment in root.iter(etree.Comment):
        if (comment.text or "").startswith("[CDATA["):
            yield Strange(OTHERWISE, "svg", "", "<![CDATA[")
    for drawing in root.iter("svg"):
        for element in drawing.iter(*raw):
            found = _MARKUP.search(element.text or "")
            if found:
                yield Strange(
                    OTHERWISE, element.tag, "", (element.text or "")[found.start() :][:60]
                )
    if len(_END.findall(text)) > len(list(root.iter("noscript"))):
        yield Strange(OTHERWISE, "noscript", "", "</noscript")


def _may_lead(element: str, name: str, value: str) -> bool:
    """Whether an address is of a kind that is allowed there, on any site."""
    if name in PAINTS:
        return _only_paints(value)
    leads = ADDRESSES.get((element, name))
    if leads is Leads.SAME_PAGE:
        return value.strip().startswith("#")
    if leads in (Leads.CLICK, Leads.SENT):
        scheme = _scheme(value)
        return scheme is None or scheme in SCHEMES
    if leads is Leads.FETCHED:
        return _scheme(value) in (None, "http", "https") or value.startswith(PICTURE_DATA)
    return True


def _only_paints(value: str) -> bool:
    """Whether a colour, shape or effect fetches nothing but a part of the same page."""
    functions = _FUNCTION.finditer(value)
    return "\\" not in value and all(
        part if name.lower() == "url" else name.lower() in PAINTERS
        for name, part in (each.groups() for each in functions)
    )


def _scheme(address: str) -> str | None:
    """The scheme by which a browser reads an address (https://url.spec.whatwg.org/)."""
    match = _SCHEME.match(bare_address(address))
    return match[1].lower() if match else None


def _blocked(root: etree._Element, hashes: Mapping[str, str]) -> Iterator[Strange]:
    """Scripts and styles on the page that its own policy, if it has one, does not name."""
    policies = [
        meta.get("content", "")
        for meta in root.iter("meta")
        if meta.get("http-equiv", "").lower() == "content-security-policy"
    ]
    for element in root.iter("script", "style") if policies else ():
        text = element.text or ""
        kind = element.get("type", "").strip().lower()
        if not text.strip() or "src" in element.attrib:
            continue
        if element.tag == "script" and kind not in SCRIPTS:
            continue  # data; or reported because of its type
        known = hashes.get(text) if element.tag == "style" else None
        mark = f"'{known or hash_of(text)}'"
        if not all(mark in _sources(policy, f"{element.tag}-src") for policy in policies):
            yield Strange(BLOCKED, element.tag, "", " ".join(text.split())[:60])


def _telling(root: etree._Element) -> Iterator[Strange]:
    """A page that lets browsers tell other sites where readers come from."""
    for meta in root.iter("meta"):
        content = meta.get("content", "").strip().lower()
        if meta.get("name", "").strip().lower() == "referrer" and content not in REFERRERS:
            yield Strange(ATTRIBUTE, "meta", "content", meta.get("content", ""))


def _sources(policy: str, name: str) -> list[str]:
    """The sources that a policy allows for one kind, or else for all."""
    rules = {
        each.split()[0].lower(): each.split()[1:] for each in policy.split(";") if each.strip()
    }
    return rules.get(name, rules.get("default-src", []))
