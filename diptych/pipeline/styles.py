"""The addresses in style sheets, and the contrast of their colours. Both results are cached:
parsing a style sheet takes as long as rendering ten pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from diptych.cache import Cache, digest
from diptych.diagnostics import Diagnostic, Source
from diptych.html import StyleAddress, style_addresses

TOKENS = "assets/tokens.css"


def kept_addresses(cache: Cache) -> Callable[[str], tuple[StyleAddress, ...]]:
    """`style_addresses` with cached results, for texts that many builds read."""

    def addresses(text: str) -> tuple[StyleAddress, ...]:
        return cache.call(read_style, digest(text), text)

    return addresses


def read_style(text: str) -> tuple[StyleAddress, ...]:
    """The addresses in one style sheet."""
    return style_addresses(text)


def colours(sources: Mapping[str, Source], cache: Cache) -> tuple[Diagnostic, ...]:
    """The diagnostics of the site's own colours."""
    return cache.call(judge_colours, TOKENS, sources[TOKENS]) if TOKENS in sources else ()


def judge_colours(source: Source) -> tuple[Diagnostic, ...]:
    """The pairs of colours in one file that readers cannot tell apart."""
    from diptych.files.tokens import check_tokens  # only a file that was not read before needs it

    return tuple(check_tokens(source))
