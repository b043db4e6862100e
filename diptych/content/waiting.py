"""Placeholders in a file: fields and blocks that hold `…` and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from diptych.content.new import is_waiting
from diptych.diagnostics import Diagnostic, Severity, Span, say
from diptych.model import Block, FrontMatter

_HEADING = re.compile(r"#{1,6} +(?P<text>.*?)(?: *\{[^}]*\})? *#* *")


def still_waiting(front: FrontMatter, blocks: Iterable[Block]) -> Iterator[Diagnostic]:
    """unwritten: a warning; while the page is a draft, a note."""
    severity = Severity.INFO if front.draft else Severity.WARNING
    for span in (*_fields(front), *_blocks(blocks)):
        message = say("this still has to be written; `…` only keeps its place")
        yield Diagnostic("unwritten", severity, span, message)


def _fields(front: FrontMatter) -> Iterator[Span]:
    for field in (front.title, front.short, front.description, front.keywords, front.image_alt):
        if field is not None and is_waiting(field.value):
            yield field.span


def _blocks(blocks: Iterable[Block]) -> Iterator[Span]:
    for block in blocks:
        heading = _HEADING.fullmatch(block.text) if block.kind == "heading" else None
        if is_waiting(heading["text"] if heading else block.text):
            yield block.span
