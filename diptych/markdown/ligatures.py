"""French words that lack their ligature: typography sets marks, and never changes a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import Diagnostic, Source, say, warning

_NOT_PROSE = re.compile(
    r"\]\([^)\n]*\)|^ {0,3}\[[^\]\n]+\]:.*$|<[^<>\n]*>|https?://\S+|\{[^{}\n]*\}|\S+@\S+",
    re.MULTILINE,
)
_WORDS = re.compile(
    r"\b(?:c|ch|s|v|n|b|man)?(oe)(?:ur|urs|uvre|uvres|uvrer|il|uf|ufs|ud|uds|u|ux)\b|\bm(oe)urs\b",
    re.IGNORECASE,
)


def find_missing_ligatures(source: Source, start: int, text: str) -> Iterator[Diagnostic]:
    """The words of a French Markdown text, given with blanks for its code; missing-ligature."""
    if "oe" not in text.lower():
        return
    prose = _NOT_PROSE.sub(lambda match: "\0" * len(match.group()), text)
    for match in _WORDS.finditer(prose, start):
        place = match.span(1) if match[1] else match.span(2)
        sign = "Œ" if prose[place[0]] == "O" else "œ"
        message = say("this word is written with {sign}", sign=sign)
        span = source.span(*place)
        edits = span.becomes(sign)
        yield warning("missing-ligature", span, message, None, edits, True)
