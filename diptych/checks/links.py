"""Checks link texts, which readers may hear one after the other (WCAG 2.2, 2.4.4 and 2.4.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.checks.rules import Rules
from diptych.content.texts import Text
from diptych.diagnostics import Severity, Source, Span, say
from diptych.extend import Found, check
from diptych.languages import rules_of
from diptych.model import Link

_BEFORE_TARGET = re.compile(r"\[([^\[\]]*)\]\(\s*<?$")
_EDGES = " .,:;!?…«»‘’“”\"'()[]<>→\u203a\u2197\u25b6-–—\u00a0\u202f"


@check("vague-link", Severity.WARNING, of=Text, html=True)
def vague_link(text: Text, _: Rules) -> Iterator[Found]:
    """A link without a text, or with one that does not say where it leads."""
    for link in text.links():
        said = plain(link.text)
        if said and said not in rules_of(text.language).vague_links:
            continue
        before = _before(text.source, link)
        if said:
            message = say("“{text}” does not say where this link leads", text=link.text)
        elif "![" in before or "<img" in before:
            continue  # the text of a picture that is a link is its alt text
        else:
            message = say("this link has no text, so nobody can choose it")
        hint = say("take as the link's text the words that name what one finds there")
        yield Found(_text_span(text.source, link), message, hint)


def plain(text: str) -> str:
    """A link text for comparison: without capitals, and without marks and arrows around it."""
    return " ".join(text.casefold().replace("’", "'").split()).strip(_EDGES)


def _before(source: Source, link: Link) -> str:
    """The part of the line before a link."""
    begin = source.text.rfind("\n", 0, link.span.start) + 1
    return source.text[begin : link.span.start]


def _text_span(source: Source, link: Link) -> Span:
    """The place of a link's text; its target if the place is unknown."""
    before = _before(source, link)
    found = _BEFORE_TARGET.search(before)
    if found is None or not found[1].strip():
        return link.span
    start = link.span.start - len(before) + found.start(1)
    return source.span(start, start + len(found[1]))
