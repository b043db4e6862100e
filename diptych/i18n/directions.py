"""The direction of writing for HTML's `dir`: right to left for Arabic, Hebrew, Persian and others.

https://html.spec.whatwg.org/multipage/dom.html#the-dir-attribute: `lang` alone changes no
direction.
"""

from __future__ import annotations

import functools
import re

from babel import Locale, UnknownLocaleError

_TAG = re.compile(r"<[a-z][^<>]*?\slang=\"(?P<lang>[^\"<>]*)\"[^<>]*>", re.IGNORECASE)
_DIR = re.compile(r"\sdir=")


@functools.cache
def direction_of(tag: str) -> str:
    """`ltr` or `rtl`, for a language tag such as `ar-BE`; `ltr` if unknown."""
    try:
        return str(Locale.parse(tag, sep="-").text_direction)
    except (ValueError, UnknownLocaleError):
        return "ltr"


def with_directions(html: str) -> str:
    """The page with a `dir` on every element that has a `lang`, if one of these languages is
    written from right to left; else the page unchanged.
    """
    if not any(direction_of(found["lang"]) == "rtl" for found in _TAG.finditer(html)):
        return html
    return _TAG.sub(_directed, html)


def _directed(found: re.Match[str]) -> str:
    element = found.group()
    if _DIR.search(element):
        return element
    end = found.end("lang") + 1 - found.start()
    return f'{element[:end]} dir="{direction_of(found["lang"])}"{element[end:]}'
