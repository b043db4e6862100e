"""Reads the facts of one start tag: its ids, addresses, code and strange markup."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from diptych.html.allowed import FETCHING, FREE
from diptych.html.judge import Strange, strange_tag
from diptych.values import Value

_LOADING = {  # element -> attributes whose address a browser fetches by itself
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "link": ("imagesrcset",),  # whether a browser fetches `href` depends on `rel`
    "script": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "track": ("src",),
    "input": ("src",),
    "use": ("href", "{http://www.w3.org/1999/xlink}href"),
    "image": ("href", "xlink:href"),
    "body": ("background",),
    "frame": ("src",),
}
_ELSEWHERE = re.compile(  # an address with a host, anywhere in a value, also in JSON: `https:\\/\\/`
    r"(?<![\w/\\.:-])(?:(?:https?|wss?|ftp):[^\s\"'<>),]+|(?:[a-z][a-z0-9+.-]*:)?[/\\]{2,}[\w\[][^\s\"'<>),]*)",
    re.IGNORECASE,
)

Attributes = tuple[tuple[str, str], ...]  # names in small letters, and values


class TagFacts(Value):
    """The facts of one start tag. `PageFacts` describes the fields."""

    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    strange: tuple[Strange, ...] = ()


_NOTHING = TagFacts()


@functools.lru_cache(maxsize=4096)  # most tags occur on every page
def facts_of_tag(element: str, attributes: Attributes) -> TagFacts | None:
    """The facts of a start tag; None if there are none, as for most tags."""
    given = dict(attributes)
    facts = TagFacts(
        tuple(value for name, value in attributes if name == "id"),
        (given["href"],) if element in ("a", "area") and "href" in given else (),
        tuple(_loaded(element, given)),
        tuple(f"{name} ({element})" for name in given if name == "style" or name.startswith("on")),
        (given["action"],) if element == "form" and given.get("action") else (),
        tuple(
            address
            for name, value in attributes
            if name.startswith(FREE)
            for address in _ELSEWHERE.findall(value)
        ),
        tuple(strange_tag(element, attributes)),
    )
    return None if facts == _NOTHING else facts


def _loaded(element: str, given: Mapping[str, str]) -> Iterator[str]:
    """The addresses that a browser fetches by itself."""
    if element == "link" and FETCHING.intersection(given.get("rel", "").lower().split()):
        yield given.get("href", "")
    for name in _LOADING.get(element, ()):
        value = given.get(name)
        if value is not None and name.endswith("srcset"):
            yield from (part.split()[0] for part in value.split(",") if part.strip())
        elif value is not None:
            yield value
