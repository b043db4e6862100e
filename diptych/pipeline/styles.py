"""The addresses and comments in style sheets, and the contrast of their colours. Both results are
cached: parsing a style sheet takes as long as rendering ten pages.
"""

from __future__ import annotations

from collections.abc import Mapping

from diptych.cache import Cache, digest
from diptych.diagnostics import Diagnostic, Source
from diptych.files.assets import Styles
from diptych.html import Addresses, StyleAddress, StyleSheet, style_addresses
from diptych.html import read_style as read

TOKENS = "assets/tokens.css"


def kept_styles(cache: Cache) -> Styles:
    """`read_style` with cached results, for style sheets. Every build reads all style sheets."""
    return lambda text: cache.call(read_style, digest(text), text)


def kept_addresses_inline(cache: Cache) -> Addresses:
    """`style_addresses` with cached results, for the style elements of pages.

    The cache deletes the unused results of each stage that a build uses. A build that renders no
    page uses `read_style` only. So `read_inline_style` is a stage of its own, whose results stay.
    """
    return lambda text: cache.call(read_inline_style, digest(text), text)


def read_style(text: str) -> StyleSheet:
    """The addresses and the comments in one style sheet."""
    return read(text)


def read_inline_style(text: str) -> tuple[StyleAddress, ...]:
    """The addresses in a `<style>` element of a page."""
    return style_addresses(text)


def colours(sources: Mapping[str, Source], cache: Cache) -> tuple[Diagnostic, ...]:
    """The diagnostics of the site's own colours."""
    return cache.call(judge_colours, TOKENS, sources[TOKENS]) if TOKENS in sources else ()


def judge_colours(source: Source) -> tuple[Diagnostic, ...]:
    """A diagnostic for each pair of colours in one file with too little contrast."""
    from diptych.files.tokens import check_tokens  # not at the top: a cached result needs no check

    return tuple(check_tokens(source))
