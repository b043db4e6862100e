"""Suggestions for plainer texts: long sentences and paragraphs, and links with confusing names.

Nobody has to follow them, so only `check --advice` shows them.

Onze Taal finds sentences of 15 to 20 words on average fine, and says that many people still
understand one of 25. Droits Quotidiens, which advises Belgian administrations on plain French,
gives the same average. Only sentences that are clearly longer are reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from diptych.cache import Cache
from diptych.checks.inputs import groups_of_files
from diptych.checks.links import plain
from diptych.content.texts import File, Text, texts_of
from diptych.content.types import Types
from diptych.diagnostics import Diagnostic, Severity, say, say_n
from diptych.extend import Found, check
from diptych.model import Link
from diptych.site import Resolver, Site
from diptych.values import Value
from diptych.yaml import Role

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
_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'»”’)\]*_\s]*(?=\s)\s+(?=[\"'«“‘(\[*_]*[A-ZÀ-Ý0-9])|\Z"
)
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
    """The notes of these checks."""
    groups = groups_of_files(site, lambda file: AdviceRequest(file, site.types))
    for found in cache.call_groups(advise, groups, {"types": site.types.written}):
        yield from found
    yield from repeated_link_text(site)
    yield from varied_link_text(site)


def advise(request: AdviceRequest) -> tuple[Diagnostic, ...]:
    """The long sentences and paragraphs of one file."""
    return tuple(
        found
        for text in texts_of(request.file, request.types)
        if text.unit in _READ_ON or (text.in_yaml and text.role is Role.PROSE)
        for each in (long_paragraph, long_sentence)
        for found in each(text)
    )


@check("long-paragraph", Severity.INFO, of=Text)
def long_paragraph(text: Text) -> Iterator[Found]:
    """A paragraph of more than 120 words."""
    for start, read in _paragraphs(text):
        words = list(_WORD.finditer(read))
        if len(words) > MAX_PARAGRAPH:
            message = say_n(
                "this paragraph has {count} word",
                "this paragraph has {count} words",
                count=len(words),
            )
            hint = say("two paragraphs of one thought each are read more easily")
            span = text.place(start + words[0].start(), start + words[0].end())
            yield Found(span, message, hint)


@check("long-sentence", Severity.INFO, of=Text)
def long_sentence(text: Text) -> Iterator[Found]:
    """A sentence of more than 30 words."""
    for start, read in _paragraphs(text):
        words = list(_WORD.finditer(read))
        for first, last in _sentences(read):
            inside = [word for word in words if first <= word.start() < last]
            if len(inside) > MAX_SENTENCE:
                message = say_n(
                    "this sentence has {count} word",
                    "this sentence has {count} words",
                    count=len(inside),
                )
                hint = say("two sentences of one idea each are read more easily")
                span = text.place(start + inside[0].start(), start + inside[-1].end())
                yield Found(span, message, hint)


def _paragraphs(text: Text) -> Iterator[tuple[int, str]]:
    """Each paragraph as readers see it, with its start offset."""
    yield from ((each.start(), each.group()) for each in _PARAGRAPH.finditer(text.words))


@check("repeated-link-text", Severity.INFO, of=Site)
def repeated_link_text(site: Site) -> Iterator[Found]:
    """Links with one text on a page that lead to two places (WCAG 2.2, 2.4.9)."""
    for links in _links_by_page(site):
        first: dict[str, _Leading] = {}
        for each in links:
            other = first.setdefault(plain(each.link.text), each)
            if other.href != each.href:
                message = say(
                    "“{text}” leads elsewhere on line {line}", text=each.link.text, line=other.line
                )
                yield Found(each.link.span, message)


@check("varied-link-text", Severity.INFO, of=Site)
def varied_link_text(site: Site) -> Iterator[Found]:
    """Links with two texts on a page that lead to one place."""
    for links in _links_by_page(site):
        first: dict[str, _Leading] = {}
        for each in links:
            other = first.setdefault(each.href, each)
            if plain(other.link.text) != plain(each.link.text):
                message = say(
                    "a link to the same place is called “{text}” on line {line}",
                    text=other.link.text,
                    line=other.line,
                )
                yield Found(each.link.span, message)


class _Leading(Value):
    """A link with its target address and its line."""

    link: Link
    href: str
    line: int


def _links_by_page(site: Site) -> Iterable[list[_Leading]]:
    """The links of each page in each language, in the order of its texts."""
    resolver = Resolver(site)
    pages: dict[tuple[str, str], list[_Leading]] = {}
    for text in site.texts():
        for link in text.links():
            target, _ = resolver.resolve(link, text.page, text.language)
            line, _ = text.source.position(link.span.start)
            leading = _Leading(link, target.href or link.target, line)
            pages.setdefault((text.page, text.language), []).append(leading)
    return pages.values()


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each sentence in a paragraph; an abbreviation ends no sentence."""
    begin = 0
    for end in _SENTENCE_END.finditer(text):
        if end.start() < len(text) and _ABBREVIATION.search(text[begin : end.start() + 1]):
            continue
        if text[begin : end.end()].strip():
            yield begin, end.end()
        begin = end.end()
