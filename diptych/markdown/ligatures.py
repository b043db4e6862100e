"""Finds words without their ligature (French œ). Typography never changes a letter, so authors
must.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import Diagnostic, Source, say, warning
from diptych.languages import rules_of

_NOT_PROSE = re.compile(
    r"\]\([^)\n]*\)|^ {0,3}\[[^\]\n]+\]:.*$|<[^<>\n]*>|https?://\S+|\{[^{}\n]*\}|\S+@\S+",
    re.MULTILINE,
)


def find_missing_ligatures(
    source: Source, start: int, text: str, language: str
) -> Iterator[Diagnostic]:
    """The words of a Markdown text, given with blanks for its code; missing-ligature."""
    words = rules_of(language).ligatures
    if not words:
        return
    prose = _NOT_PROSE.sub(lambda match: "\0" * len(match.group()), text)
    for match in re.compile(words, re.IGNORECASE).finditer(prose, start):
        place = match.span(1) if match[1] else match.span(2)
        sign = "Œ" if prose[place[0]] == "O" else "œ"
        message = say("this word is written with {sign}", sign=sign)
        span = source.span(*place)
        edits = span.becomes(sign)
        yield warning("missing-ligature", span, message, None, edits, True)
