"""Splits pages, and the records beside them, into units: texts that are translated one by one.

The digest of a unit is that of its normalised text. The digest stays the same if only the spacing,
the wrapping, the style of quotation marks or of Markdown's marks, or the way to write a link to a
page changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from diptych.content.layouts import layout_of
from diptych.content.texts import Text, fields_of
from diptych.content.types import BUILT_IN, Types
from diptych.diagnostics import Source, Span
from diptych.facts import identity_of
from diptych.model import Block, Document, Records
from diptych.translation.lock import short_digest
from diptych.values import Value, replace
from diptych.yaml import Role

_UNSEEN = ("reference", "rule")
_COMMENTS = re.compile(r"(?:<!--.*?-->\s*)+", re.DOTALL)
_IDENTITY = re.compile(r"(?:(?<!\s)\s++)?\{[^{}]*#([\w-]+)[^{}]*\}\s*$")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}$")
_FIGURE = re.compile(r"!\[[^\]]*\]\([^)]*\)(\{[^}]*\})?\s*$")
_MARK = r"(?:[*+-]|\d+[.)])[ \t]+"
_ITEM = re.compile(rf"^[>\s]*{_MARK}", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n[>\s]*\n")
_TARGET = re.compile(r"\]\(([^)\s]*)")
_OPENED = re.compile(r"«\s?")
_CLOSED = re.compile(r"\s?»")
_BRACE = re.compile(r"\{:?\s*")
_UNDERLINED = re.compile(r"^(.+)\n(?:=+|-+)\s*(?:\{[^}]*\})?$")
_EMPHASIS = re.compile(r"(?<!\w)(?<!\\)_(?=\S)|(?<=\S)(?<!\\)_(?!\w)")
_STRONG = re.compile(r"(?<!\w)(\*)_(?=\S)|(?<=\S)_(\*)(?!\w)")
_AMOUNT = re.compile(r"€ (?=\d)")
_SPACED = ";:!?%€"  # signs before which some languages write a space
_QUOTED = re.compile(r"[>\s]*")
_QUOTED_BELOW = re.compile(r"\n[>\s]+")
_CELLS = re.compile(r"(?:(?<![ \t])[ \t]++)?(?<!\\)\|[ \t]*+")
_REFERENCE = re.compile(r"^ {0,3}\[([^\]^][^\]]*)\]:[ \t]*<?([^\s>]+)>?", re.MULTILINE)
_REFERRING = re.compile(r"(?<!\\)\[([^\[\]]+)\](?:[ ]?\[([^\[\]]*)\])?(?![(:{\[])")


class Unit(Value):
    """A piece of text in one language, with its kind and its place."""

    kind: str  # heading, paragraph, list, table, quote, figure, answer, title, event-text, …
    # the id of the heading above the unit, or of its entry; "" before the first heading. The item of
    # a list follows after a `/`: `senate-vote/for`, in front matter `/2`
    section: str
    text: str  # as written
    digest: str  # of the normalised text
    span: Span
    # the id of a heading, an entry or a field of front matter, if all languages share it; else ""
    fixed: str = ""
    in_yaml: bool = False  # whether it is a value of front matter or of a file of records
    in_entry: bool = False  # whether it is in an entry of records
    languages: tuple[str, ...] = ()  # the languages in which the entry has this value
    number: int = 0  # its place in a list, from 1; 0 if it is in no list, or if items have ids
    line: bool = False  # whether it is one line without Markdown blocks: `8. Juni` is no list
    markdown: bool = True

    @property
    def entry(self) -> str:
        """The section without the item of a list: the id of a heading or entry."""
        return self.section.partition("/")[0]

    @property
    def words(self) -> int:
        """The number of words in the text, for estimates of work."""
        return len(self.text.split())

    @property
    def items(self) -> int:
        """The number of items in the lists of the text, nested items included."""
        return 0 if self.line else points_in(self.text)


def points_in(text: str) -> int:
    """The number of items in the lists of a Markdown text, nested items included."""
    return sum(len(_ITEM.findall(part)) for part in _EMPTY_LINES.split(text) if _ITEM.match(part))


def place_of(span: Span, sources: Mapping[str, Source]) -> str:
    """The file and the line of a place: `content/faq/fr.md:12`."""
    return f"{span.path}:{sources[span.path].position(span.start)[0]}"


def units_of(
    document: Document | None,
    records: Iterable[Records],
    language: str,
    types: Types = BUILT_IN,
) -> tuple[Unit, ...]:
    """Every unit of a page in one language, in reading order.

    `records` are the files of records beside the page.
    """
    units: list[Unit] = []
    if document is not None:
        units += (_front(text) for text in fields_of(document, types))
        units += (
            _answers(document) if layout_of(document.front.layout).answers else _blocks(document)
        )
    for each in records:
        units += (_entry(text) for text in fields_of(each, types) if text.language == language)
    return tuple(units)


@lru_cache(maxsize=4096)  # after an edit all other texts are the same
def normalise(text: str, key: str = "", *, line: bool = False) -> str:
    """The text in the form that digests are made of; `key` is the page, for relative links.

    `line`: whether the text is a single line, in which there are no lists and tables.
    """
    text = unicodedata.normalize("NFC", text)  # some systems take é apart; a reader sees the same
    if "](" in text:
        text = _TARGET.sub(lambda match: "](" + identity_of(match[1], key), text)
    text = _OPENED.sub('"', text)
    if "»" in text:
        text = _CLOSED.sub('"', text)
    text = text.replace("“", '"').replace("”", '"').replace("„", '"')
    text = text.replace("…", "...")
    text = text.replace("‘", "'").replace("’", "'").replace("ʼ", "'")
    if "{" in text:
        text = _BRACE.sub("{", text)
    if text.startswith("#") and "\n" not in text.rstrip():
        text = _ATTRIBUTES.sub("", text.rstrip()).rstrip("# ")
    if "\n" in text:
        text = _UNDERLINED.sub(r"\1", text)
    if not line:
        parts = _EMPTY_LINES.split(text) if "\n" in text else [text]
        text = "\n\n".join(map(_alike, parts))
    if "_" in text:
        text = _EMPHASIS.sub("*", text)
        text = _STRONG.sub("**", text)
    text = " ".join(text.split())
    for sign in _SPACED:
        text = text.replace(f" {sign}", sign)
    return _AMOUNT.sub("€", text)


def _alike(part: str) -> str:
    """A part of a text in one form: all lists have the same marks, and so do all tables. The part
    has no empty lines.

    Only a part that begins with a list mark is a list: a year at the beginning of a wrapped line is
    no mark.
    """
    part = _QUOTED_BELOW.sub("\n", _QUOTED.sub("", part, count=1))
    if _ITEM.match(part):
        return _ITEM.sub("- ", part)
    rows = part.split("\n")
    if any("-" in row and "|" in row and not row.strip(" \t|:-") for row in rows):
        return "\n".join(_CELLS.sub("|", re.sub(r"-+", "-", row)).strip("|") for row in rows)
    return part


@lru_cache(maxsize=8)  # asked for each part of a page
def references_of(text: str) -> Mapping[str, str]:
    """The targets of the link definitions (`[name]: target`) of a Markdown text, by name in small
    letters.
    """
    if "]:" not in text:
        return {}
    return {" ".join(match[1].lower().split()): match[2] for match in _REFERENCE.finditer(text)}


def inlined(text: str, references: Mapping[str, str]) -> str:
    """The text with its reference links (`[text][name]`) as inline links (`[text](target)`)."""
    if not references:
        return text

    def link(match: re.Match[str]) -> str:
        name = " ".join((match[2] or match[1]).lower().split())
        return f"[{match[1]}]({references[name]})" if name in references else match[0]

    return _REFERRING.sub(link, text)


def digest_of(kind: str, text: str, key: str = "", *, line: bool = False) -> str:
    """The digest of a unit: twelve hexadecimal digits that change with the text that readers see."""
    text = normalise(text, key, line=line or kind == "heading")
    if text.startswith("#"):
        text = text.lstrip("#").lstrip()
    if kind == "heading":
        text = _IDENTITY.sub("", text)
    return short_digest(f"{kind}\n{text}")


def _front(text: Text) -> Unit:
    """A text of the front matter."""
    section = f"/{text.section}" if text.section else ""
    return _field(text, section, f"front {text.unit}{section}")


def _entry(text: Text) -> Unit:
    """A text of an entry of records, of the settings or of a term."""
    unit = _field(text, text.section, f"{text.unit} {text.section}")
    return replace(unit, in_entry=True, languages=text.languages)


def _field(text: Text, section: str, fixed: str) -> Unit:
    line = text.role is not Role.PROSE
    return Unit(
        text.unit,
        section,
        text.written,
        digest_of(text.unit, text.written, text.page, line=line),
        text.span,
        fixed,
        in_yaml=True,
        number=text.number,
        line=line,
        markdown=text.markdown,
    )


def _blocks(document: Document) -> Iterator[Unit]:
    """The units of a Markdown text, one for each block; the unit of a heading has the shared id."""
    headings = {heading.span.start: heading for heading in document.prose.headings}
    references = references_of(document.source.text)
    section = ""
    for block in _shown(document):
        heading = headings.get(block.span.start) if block.kind == "heading" else None
        kind = "figure" if _FIGURE.match(block.text) else block.kind
        text, fixed = block.text, ""
        if kind == "heading":
            section = heading.id if heading else section
            text = _IDENTITY.sub("", text)
            fixed = f"heading {section}" if heading and heading.shared else ""
        digest = digest_of(kind, inlined(text, references), document.key)
        yield Unit(kind, section, text, digest, block.span, fixed, line=kind == "heading")


def _answers(document: Document) -> Iterator[Unit]:
    """The units of a page of questions: each heading, and all blocks below it as one unit."""
    below: list[Unit] = []
    question: Unit | None = None
    for unit in _blocks(document):
        if unit.kind != "heading":
            below.append(unit)
            continue
        yield from _answer(below, question, document)
        below, question = [], unit
        yield unit
    yield from _answer(below, question, document)


def _shown(document: Document) -> Iterator[Block]:
    """The blocks that readers see, without comments (`<!--more-->`), link definitions and rules."""
    return (
        block
        for block in document.blocks
        if block.kind not in _UNSEEN
        and not (block.kind == "html" and _COMMENTS.fullmatch(block.text))
    )


def _answer(below: list[Unit], question: Unit | None, document: Document) -> Iterator[Unit]:
    """The blocks below a question as one unit, with the shared id of the question."""
    if not below:
        return
    start, end = below[0].span.start, below[-1].span.end
    text = document.source.text[start:end]
    kind = "answer" if question else "paragraph"
    section = question.section if question else ""
    fixed = f"{kind} {section}" if question is None or question.fixed else ""
    digest = digest_of(kind, inlined(text, references_of(document.source.text)), document.key)
    yield Unit(kind, section, text, digest, Span(document.source.path, start, end), fixed)
