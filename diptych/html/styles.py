"""Finds the addresses in a style sheet as a browser reads them (CSS Syntax 3): no escape, comment
or function hides one.

For style sheets of `assets/`, for `style` elements and attributes, and for drawings.
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
_IGNORED = re.compile("[\t\n\r]")  # characters that browsers drop from an address
_BEFORE = "".join(map(chr, range(33)))  # and those that they skip at its start
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
    """What a style sheet holds that is published otherwise, or not at all."""

    addresses: tuple[StyleAddress, ...]
    comments: tuple[tuple[int, int], ...]  # where each begins and ends


def leads_elsewhere(address: str) -> bool:
    """Whether a browser reads an address as one with a host
    (https://url.spec.whatwg.org/#concept-basic-url-parser).
    """
    return _ELSEWHERE.match(_IGNORED.sub("", address).lstrip(_BEFORE)) is not None


def with_plain_lines(text: str) -> str:
    """The text with line ends as a browser reads them; offsets are counted in it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")


def addresses_of_style(text: str) -> tuple[str, ...]:
    """The addresses in a style sheet, each once. Only they are cached, since a style sheet may be
    longer than the page around it.
    """
    return each_once(style_addresses(text))


def each_once(found: Iterable[StyleAddress]) -> tuple[str, ...]:
    """The addresses alone."""
    return tuple(dict.fromkeys(each.address.strip() for each in found))


@lru_cache(maxsize=8)  # every page holds the same style
def style_addresses(text: str) -> tuple[StyleAddress, ...]:
    """Every address in a style sheet, or in the declarations of an attribute, in order.

    Also strings that begin like an address of another site, since a variable can carry them into a
    function. Offsets are those of `with_plain_lines(text)`.
    """
    import tinycss2  # only a style that was not read before needs it

    plain = with_plain_lines(text)
    starts = [0]
    starts += (each.end() for each in re.finditer("\n", plain))
    found = []
    waiting: list[tuple[Sequence[Node], str]] = [(tinycss2.parse_component_value_list(plain), "")]
    while waiting:
        nodes, function = waiting.pop()
        for node, imported in _with_imports(nodes):
            start = starts[node.source_line - 1] + node.source_column - 1
            if node.type == "url":
                found.append(StyleAddress(node.value, start, _end_of_url(plain, start)))
            elif node.type == "string" and (
                imported or function in _NAMING or leads_elsewhere(node.value)
            ):
                found.append(_of_string(plain, start, node.value, function))
            elif node.type == "function":
                waiting.append((node.arguments, node.lower_name))
            elif hasattr(node, "content"):
                waiting.append((node.content, ""))
    return tuple(sorted(found, key=lambda each: each.start))


def read_style(text: str) -> StyleSheet:
    """The addresses and the comments of a style sheet."""
    return StyleSheet(style_addresses(text), style_comments(text))


def style_comments(text: str) -> tuple[tuple[int, int], ...]:
    """Where each comment of a style sheet begins and ends, without remarks of a licence
    (`/*! … */`), which must go along.
    """
    if "/*" not in text:
        return ()
    import tinycss2  # as above

    plain = with_plain_lines(text)
    starts = [0]
    starts += (each.end() for each in re.finditer("\n", plain))
    found = []
    waiting: list[Sequence[Node]] = [tinycss2.parse_component_value_list(plain)]
    while waiting:
        for node in waiting.pop():
            if node.type == "comment" and not node.value.startswith("!"):
                start = starts[node.source_line - 1] + node.source_column - 1
                end = min(start + len(f"/*{node.value}*/"), len(plain))  # one may never end
                found.append((start, end))
            elif node.type == "function":
                waiting.append(node.arguments)
            elif hasattr(node, "content"):
                waiting.append(node.content)
    return tuple(sorted(found))


def without_comments(style: str) -> str:
    """The same style without its comments, which may hold names of programs and people."""
    if "/*" not in style:
        return style
    import tinycss2  # as above

    nodes = tinycss2.parse_component_value_list(style, skip_comments=True)
    return str(tinycss2.serialize(nodes))


def _with_imports(nodes: Sequence[Node]) -> Iterator[tuple[Node, bool]]:
    """Each node, with whether it is what `@import` names; none of `@namespace`, which is a name and
    never fetched.
    """
    imports = named = False
    for node in nodes:
        if named or node.type in ("whitespace", "comment"):
            named = named and node.type != "{} block" and node != ";"
            continue
        yield node, imports
        rule = node.lower_value if node.type == "at-keyword" else ""
        imports, named = rule == "import", rule == "namespace"


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
