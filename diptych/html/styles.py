"""Finds the addresses in a style sheet as a browser reads them (CSS Syntax 3), so that no escape,
comment or function hides one.

This serves the style sheets of `assets/`, `style` elements and attributes, and drawings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from diptych.values import Value

if TYPE_CHECKING:
    from tinycss2.ast import Node

_NAMING = {  # functions whose strings are addresses (CSS Images 4, CSS Values 4)
    "url",
    "src",
    "image",
    "image-set",
    "-webkit-image-set",
}
_ELSEWHERE = (
    re.compile(  # how an address of a host begins; browsers need no slashes behind `https:`
        r"(?:[a-z][a-z0-9+.-]*:)?[/\\]{2}|(?:https?|wss?|ftp):\S", re.IGNORECASE
    )
)
_DROPPED = re.compile("[\t\n\r]")
_TRIMMED = "".join(map(chr, range(33)))
_STRING = re.compile(r"\"(?:\\[\s\S]|[^\"\\])*\"?|'(?:\\[\s\S]|[^'\\])*'?")
_FUNCTION = re.compile(r"[^(]*\(\s*")
_BARE = re.compile(r"(?:\\[\s\S]|[^)\\])*\)?")
_CLOSING = re.compile(r"\s*\)?")


class StyleAddress(Value):
    """An address that a style makes a browser fetch."""

    address: str  # as the browser reads it, without escapes
    start: int  # of its text: `url("a.png")`, or a string
    end: int


class StyleSheet(Value):
    """The addresses and the comments of a style sheet, each in order.

    Comments with a licence (`/*! … */`) are left out, since they must stay in the style sheet. All
    offsets are offsets in `with_plain_lines(text)`.
    """

    addresses: tuple[StyleAddress, ...]
    comments: tuple[tuple[int, int], ...]  # the start and end of each comment


def bare_address(address: str) -> str:
    """An address without the characters that browsers drop: tabs and line ends anywhere, spaces and
    controls at both ends (https://url.spec.whatwg.org/#concept-basic-url-parser).
    """
    return _DROPPED.sub("", address).strip(_TRIMMED)


def leads_elsewhere(address: str) -> bool:
    """Whether an address names a host, as browsers read it."""
    return _ELSEWHERE.match(bare_address(address)) is not None


def with_plain_lines(text: str) -> str:
    """The text with one line feed for each line end, as browsers read a style sheet."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")


def addresses_of_style(text: str) -> tuple[str, ...]:
    """The addresses in a style sheet, each once."""
    return each_once(style_addresses(text))


def each_once(found: Iterable[StyleAddress]) -> tuple[str, ...]:
    """The addresses without their places, each once."""
    return tuple(dict.fromkeys(each.address.strip() for each in found))


# many pages have the same style sheet; the cache keeps only its addresses, which are short
@lru_cache(maxsize=8)
def style_addresses(text: str) -> tuple[StyleAddress, ...]:
    """Every address in a style sheet, or in the declarations of an attribute, in order."""
    return read_style(text).addresses


def read_style(text: str) -> StyleSheet:
    """The addresses and the comments of a style sheet.

    Strings that begin like an address of another site are addresses too, since a variable can carry
    them into a function. The address in a `@namespace` rule is left out, since no browser fetches it.
    """
    import tinycss2  # only a style that was not read before needs it

    plain = with_plain_lines(text)
    starts = [0]
    starts += (each.end() for each in re.finditer("\n", plain))
    addresses: list[StyleAddress] = []
    comments: list[tuple[int, int]] = []
    waiting: list[tuple[Sequence[Node], str, bool]] = [
        (tinycss2.parse_component_value_list(plain), "", False)
    ]
    while waiting:
        # `within` says whether the nodes are inside a function of a `@namespace` rule
        nodes, function, within = waiting.pop()
        for node, rule in _with_rules(nodes):
            named = within or rule == "namespace"
            start = starts[node.source_line - 1] + node.source_column - 1
            if node.type == "comment":
                # the last comment may have no end
                end = min(start + len(f"/*{node.value}*/"), len(plain))
                comments += [(start, end)] if not node.value.startswith("!") else []
            elif node.type == "function":
                waiting.append((node.arguments, node.lower_name, named))
            elif hasattr(node, "content"):
                waiting.append((node.content, "", named))
            elif named:
                continue
            elif node.type == "url":
                addresses.append(StyleAddress(node.value, start, _end_of_url(plain, start)))
            elif node.type == "string" and (
                rule == "import" or function in _NAMING or leads_elsewhere(node.value)
            ):
                addresses.append(_of_string(plain, start, node.value, function))
    addresses.sort(key=lambda each: each.start)
    return StyleSheet(tuple(addresses), tuple(sorted(comments)))


def without_comments(style: str) -> str:
    """The same style without its comments, which may hold names of programs and people."""
    if "/*" not in style:
        return style
    import tinycss2  # as above

    nodes = tinycss2.parse_component_value_list(style, skip_comments=True)
    return str(tinycss2.serialize(nodes))


def _with_rules(nodes: Sequence[Node]) -> Iterator[tuple[Node, str]]:
    """Each node except white space, with the name of its rule: "import" for the first node after
    `@import`, "namespace" for every node of a `@namespace` rule, and "" for all other nodes.
    """
    rule = ""
    for node in nodes:
        if node.type == "whitespace":
            continue
        yield node, rule
        inside = rule == "namespace" and node.type != "{} block" and node != ";"
        if node.type != "comment" and not inside:
            name = node.lower_value if node.type == "at-keyword" else ""
            rule = name if name in ("import", "namespace") else ""


def _of_string(text: str, start: int, value: str, function: str) -> StyleAddress:
    match = _STRING.match(text, start)
    end = match.end() if match else start
    if function == "url":  # the place is that of the whole function
        start = text.rfind("(", 0, start)
        while start > 0 and re.match(r"[^\s:,;({]", text[start - 1]):
            start -= 1
        closing = _CLOSING.match(text, end)
        end = closing.end() if closing else end
    return StyleAddress(value, start, end)


def _end_of_url(text: str, start: int) -> int:
    opening = _FUNCTION.match(text, start)
    bare = _BARE.match(text, opening.end() if opening else start)
    return bare.end() if bare else start
