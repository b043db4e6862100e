"""What is only good to know of texts: long sentences and paragraphs, links called alike.

Nobody has to follow it, so that only `check --advice` shows it.

Onze Taal holds that sentences of 15 to 20 words on average are fine and that many people still
understand one of 25; Droits Quotidiens, which advises Belgian administrations on plain French,
gives the same average. Only what is clearly longer is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.cache import Cache
from diptych.checks.links import link_notes
from diptych.content.fields import Role
from diptych.content.texts import File, Text, texts_of
from diptych.content.types import Types
from diptych.diagnostics import Diagnostic, note, say
from diptych.site import Site
from diptych.values import Value

MAX_SENTENCE = 30  # words
MAX_PARAGRAPH = 120

_READ_ON = (
    "paragraph",
    "list",
    "quote",
    "definition",
    "admonition",
    "note",
    "description",
)
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?![ \t>]*(?:\n|[-*+] |\d+[.)] |: )))+")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'»”’)\]*_\s]*(?=\s)\s+(?=[\"'«“‘(\[*_]*[A-ZÀ-Ý0-9])|\Z")
_ABBREVIATION = re.compile(
    r"(?:\b(?:art|nr|blz|bv|enz|dr|mr|mevr|dhr|prof|st|ca|resp|vgl|p|ex|cf|etc|av|bd|mme|mm|no|n)"
    r"|\b[A-Za-z])\.$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’·.,-][^\W_]+)*")


class AdviceRequest(Value):
    """The texts of one file."""

    file: File
    types: Types


def check_advice(site: Site, cache: Cache) -> Iterator[Diagnostic]:
    """long-sentence, long-paragraph, repeated-link-text, varied-link-text: all of them notes."""
    for file in site.text_files():
        request = AdviceRequest(file, site.types)
        inputs = {"text": file.source, "types": site.types.written}
        yield from cache.call(advise, file.source.path, request, inputs)
    yield from link_notes(site)


def advise(request: AdviceRequest) -> tuple[Diagnostic, ...]:
    """The long sentences and paragraphs of one file."""
    return tuple(
        each
        for text in texts_of(request.file, request.types)
        if text.unit in _READ_ON or (text.in_yaml and text.role is Role.PROSE)
        for each in _long(text)
    )


def _long(text: Text) -> Iterator[Diagnostic]:
    for paragraph in _PARAGRAPH.finditer(text.words):
        start, read = paragraph.start(), paragraph.group()
        words = list(_WORD.finditer(read))
        if len(words) > MAX_PARAGRAPH:
            message = say("this paragraph has {count} words", count=len(words))
            hint = say("two paragraphs of one thought each are read more easily")
            span = text.place(start + words[0].start(), start + words[0].end())
            yield note("long-paragraph", span, message, hint)
        for first, last in _sentences(read):
            inside = [word for word in words if first <= word.start() < last]
            if len(inside) > MAX_SENTENCE:
                message = say("this sentence has {count} words", count=len(inside))
                hint = say("two sentences of one idea each are read more easily")
                span = text.place(start + inside[0].start(), start + inside[-1].end())
                yield note("long-sentence", span, message, hint)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end; an abbreviation ends none."""
    begin = 0
    for end in _SENTENCE_END.finditer(text):
        if end.start() < len(text) and _ABBREVIATION.search(text[begin : end.start() + 1]):
            continue
        if text[begin : end.end()].strip():
            yield begin, end.end()
        begin = end.end()
