"""Placeholders in a file: fields and blocks that hold `…` and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from diptych.content.new import WAITING, is_waiting
from diptych.diagnostics import Diagnostic, Message, Severity, Span, say
from diptych.model import Block, FrontMatter

# what may stand before and behind a text on its line: the marks of a heading, a quotation, a list, an
# id, what folds; or of a picture without a text
_LINE = re.compile(
    r"[ \t]*(?:<summary>|(?:#{1,6} +|> ?|[-*+] +|\d{1,9}[.)] +)*)"
    rf"(?P<text>{WAITING}|!\[{WAITING}\]\([^)]*\))"
    r"(?:</summary>|(?: *\{[^{}]*\})*[ #]*)"
)
STILL_TO_WRITE = say("this still has to be written; `…` only keeps its place")


def places_kept(text: str) -> Iterator[tuple[int, int]]:
    """Where a Markdown text, or a value, only keeps the place of one: from, to."""
    if is_waiting(text) and "\n" not in text.strip():
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
    """unwritten: this still has to be written."""
    message: Message = STILL_TO_WRITE
    return Diagnostic("unwritten", severity, span, message)


def still_waiting(front: FrontMatter, blocks: Iterable[Block]) -> Iterator[Diagnostic]:
    """unwritten: a warning; while the page is a draft, a note."""
    severity = Severity.INFO if front.draft else Severity.WARNING
    for span in (*_fields(front), *_blocks(blocks)):
        yield unwritten(span, severity)


def _fields(front: FrontMatter) -> Iterator[Span]:
    for field in (front.title, front.short, front.description, front.keywords, front.image_alt):
        if field is not None and is_waiting(field.value):
            yield field.span


def _blocks(blocks: Iterable[Block]) -> Iterator[Span]:
    for block in blocks:
        if block.kind == "code":
            continue
        for start, end in places_kept(block.text):
            yield Span(block.span.path, block.span.start + start, block.span.start + end)
