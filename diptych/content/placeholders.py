"""Finds placeholders: `…` in place of a text that still has to be written. A placeholder stands
alone, or before words that name the subject of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from diptych.content.fields import field_values
from diptych.diagnostics import Diagnostic, Severity, Span, say
from diptych.model import Block, FrontMatter
from diptych.yaml import Record

PLACEHOLDER = "…"
# a line with a placeholder alone, or as the words of a heading, a quotation, a list item, a <summary>,
# a picture; an id in braces may follow it
_LINE = re.compile(
    r"[ \t]*(?:<summary>|(?:#{1,6} +|> ?|[-*+] +|\d{1,9}[.)] +)*)"
    rf"(?P<text>{PLACEHOLDER}|!\[{PLACEHOLDER}\]\([^)]*\))"
    r"(?:</summary>|(?: *\{[^{}]*\})*[ #]*)"
)
UNWRITTEN = say("this still has to be written; `…` only keeps its place")


def is_placeholder(text: str) -> bool:
    """Whether a text is only a placeholder."""
    return text.strip() == PLACEHOLDER or text.strip().startswith(PLACEHOLDER + " ")


def placeholders_in(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each placeholder in a Markdown text, or in a value."""
    if PLACEHOLDER not in text:  # true for most texts
        return
    if is_placeholder(text) and "\n" not in text.strip():
        yield 0, len(text)
        return
    start, code = 0, False
    for line in text.splitlines(keepends=True):
        if line.lstrip().startswith(("```", "~~~")):
            code = not code
        elif not code and (found := _LINE.fullmatch(line.rstrip())):
            yield start + found.start("text"), start + found.end("text")
        start += len(line)


def unwritten(span: Span, severity: Severity) -> Diagnostic:
    """unwritten: a placeholder at this place."""
    return Diagnostic("unwritten", severity, span, UNWRITTEN)


def unwritten_in_page(
    record: Record, front: FrontMatter, blocks: Iterable[Block]
) -> Iterator[Diagnostic]:
    """unwritten: the placeholders of a page. A warning; while the page is a draft, a note."""
    severity = Severity.INFO if front.draft else Severity.WARNING
    for span in (*unwritten_values(record, front.values), *_blocks(blocks)):
        yield unwritten(span, severity)


def unwritten_values(record: Record, values: Mapping[str, Any]) -> Iterator[Span]:
    """The places of the values of a record that are only a placeholder."""
    for single in field_values(record, values):
        if isinstance(single.placed.value, str) and is_placeholder(single.placed.value):
            yield single.placed.span


def _blocks(blocks: Iterable[Block]) -> Iterator[Span]:
    for block in blocks:
        if block.kind == "code":
            continue
        for start, end in placeholders_in(block.text):
            yield Span(block.span.path, block.span.start + start, block.span.start + end)
