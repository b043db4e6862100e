"""Slips of the keyboard that typography cannot mend: it sets marks, and never moves them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import Diagnostic, Message, Severity, Source, say

_NOT_PROSE = re.compile(
    r"\]\([^)\n]*\)|^ {0,3}\[[^\]\n]+\]:.*$|<[^<>\n]*>|https?://\S+|\{[^{}\n]*\}|\S+@\S+", re.MULTILINE
)
_BEFORE = re.compile(r"(?<=[\w\0])( +)[,.](?=\s|$)", re.MULTILINE)
_BEHIND = re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])")
_LIGATURE = re.compile(
    r"\b(?:c|ch|s|v|n|b|man)?(oe)(?:ur|urs|uvre|uvres|uvrer|il|uf|ufs|ud|uds|u|ux)\b", re.IGNORECASE
)
_MORALS = re.compile(r"\bm(oe)urs\b", re.IGNORECASE)


def find_typing_slips(source: Source, start: int, text: str, language: str) -> Iterator[Diagnostic]:
    """The slips in a Markdown text, given with blanks for its code; typing-slip, a warning each."""
    prose = _NOT_PROSE.sub(lambda match: "\0" * len(match.group()), text)
    for match in _BEFORE.finditer(prose, start):
        if text[match.start(1) : match.end(1)] == source.text[match.start(1) : match.end(1)]:
            yield _slip(source, match.span(1), "", say("a space stands before this mark"))
    for match in _BEHIND.finditer(prose, start):
        yield _slip(source, match.span(), ", ", say("a space is missing behind this comma"))
    for pattern in (_LIGATURE, _MORALS) if language == "fr" else ():
        for match in pattern.finditer(prose, start):
            sign = "Œ" if match[1][0] == "O" else "œ"
            message = say("this word is written with {sign}", sign=sign)
            yield _slip(source, match.span(1), sign, message)


def _slip(source: Source, place: tuple[int, int], text: str, message: Message) -> Diagnostic:
    span = source.span(*place)
    return Diagnostic("typing-slip", Severity.WARNING, span, message, None, span.becomes(text), True)
