"""What stands on a finished page and is not on the list, or leads where it may not."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from lxml import etree

from diptych.html.allowed import (
    ADDRESSES,
    ELEMENTS,
    FREE,
    HEADS,
    NAMING,
    PAINTS,
    PICTURE_DATA,
    PLAIN,
    REFERRERS,
    RELATIONS,
    SCHEMES,
    Leads,
)
from diptych.values import Value

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_PAINT_ADDRESS = re.compile(r"url\(\s*(?!['\"]?#)", re.IGNORECASE)
_IGNORED = re.compile("[\t\n\r]")  # what browsers take out of an address before they read it
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_HANDLER = re.compile(r"on[a-z]|style$")  # told as inline-code
_SCRIPT_TYPES = ("", "module", "text/javascript", "application/javascript", "importmap")

ELEMENT, ATTRIBUTE, ADDRESS, BLOCKED = "element", "attribute", "address", "blocked"


class Strange(Value):
    """Something on a page that is not on the list, or leads where it may not."""

    kind: str  # an element, an attribute, an address, or code that the page's own policy blocks
    element: str
    attribute: str = ""
    value: str = ""


def strange_in(root: etree._Element) -> tuple[Strange, ...]:
    """Everything strange on a page, each once, in its order."""
    found: dict[Strange, None] = {}
    for element in root.iter(etree.Element):
        if element.tag not in ELEMENTS:
            found[Strange(ELEMENT, element.tag)] = None
            continue
        for name, value in element.attrib.items():
            if not _is_known(element.tag, name, value):
                found[Strange(ATTRIBUTE, element.tag, name, value)] = None
            elif not _may_lead(element.tag, name, value):
                found[Strange(ADDRESS, element.tag, name, value)] = None
    found |= dict.fromkeys(_blocked(root))
    found |= dict.fromkeys(_telling(root))
    return tuple(found)


def _is_known(element: str, name: str, value: str) -> bool:
    """Whether the list knows an attribute of an element, and what it says by name."""
    if element == "link" and name == "rel":
        return set(value.lower().split()) <= RELATIONS
    if element == "meta" and name == "http-equiv":
        return value.strip().lower() in HEADS
    if name == "referrerpolicy":
        return value.strip().lower() in REFERRERS
    if (element, name) in ADDRESSES or name in PLAIN or name in NAMING or name in PAINTS:
        return True
    return name.startswith(FREE) or bool(_HANDLER.match(name))


def _may_lead(element: str, name: str, value: str) -> bool:
    """Whether an address is of a kind that may stand there, whatever site it names."""
    if name in PAINTS:
        return not _PAINT_ADDRESS.search(value)
    leads = ADDRESSES.get((element, name))
    if leads is Leads.SAME_PAGE:
        return value.strip().startswith("#")
    if leads in (Leads.CLICK, Leads.SENT):
        scheme = _scheme(value)
        return scheme is None or scheme in SCHEMES
    if leads is Leads.FETCHED:
        return _scheme(value) in (None, "http", "https") or value.startswith(PICTURE_DATA)
    return True


def _scheme(address: str) -> str | None:
    """The scheme by which a browser reads an address (https://url.spec.whatwg.org/)."""
    match = _SCHEME.match(_IGNORED.sub("", address).lstrip("".join(map(chr, range(33)))))
    return match[1].lower() if match else None


def elsewhere_in(root: etree._Element) -> tuple[str, ...]:
    """Whole addresses in attributes that only a script reads (`data-…`)."""
    return tuple(
        value.strip()
        for element in root.iter(etree.Element)
        for name, value in element.attrib.items()
        if name.startswith("data-") and _ELSEWHERE.match(value)
    )


def _blocked(root: etree._Element) -> Iterator[Strange]:
    """Scripts and styles in the page that its own policy, where it has one, does not name."""
    policies = [
        meta.get("content", "")
        for meta in root.iter("meta")
        if meta.get("http-equiv", "").lower() == "content-security-policy"
    ]
    for element in root.iter("script", "style") if policies else ():
        text = element.text or ""
        kind = element.get("type", "").lower()
        if not text.strip() or "src" in element.attrib:
            continue
        if element.tag == "script" and kind not in _SCRIPT_TYPES:
            continue  # data, which no browser runs
        mark = f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
        if not all(mark in _sources(policy, f"{element.tag}-src") for policy in policies):
            yield Strange(BLOCKED, element.tag, "", " ".join(text.split())[:60])


def _telling(root: etree._Element) -> Iterator[Strange]:
    """A page that has browsers tell other sites where a reader comes from."""
    for meta in root.iter("meta"):
        told = meta.get("content", "").strip().lower()
        if meta.get("name", "").strip().lower() == "referrer" and told not in REFERRERS:
            yield Strange(ATTRIBUTE, "meta", "content", meta.get("content", ""))


def _sources(policy: str, name: str) -> list[str]:
    """The sources that a policy allows for one kind, or else for all."""
    rules = {
        each.split()[0].lower(): each.split()[1:] for each in policy.split(";") if each.strip()
    }
    return rules.get(name, rules.get("default-src", []))
