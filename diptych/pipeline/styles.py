"""What style sheets name. It is kept: to read one takes as long as to draw ten pages, and few change."""

from __future__ import annotations

from collections.abc import Callable

from diptych.cache import Cache, digest
from diptych.html import StyleAddress, style_addresses


def kept_addresses(cache: Cache) -> Callable[[str], tuple[StyleAddress, ...]]:
    """`style_addresses`, for texts that many builds read: style sheets, and what pages have of them."""

    def addresses(text: str) -> tuple[StyleAddress, ...]:
        return cache.call(read_style, digest(text), text)

    return addresses


def read_style(text: str) -> tuple[StyleAddress, ...]:
    """The addresses in one style sheet."""
    return style_addresses(text)
