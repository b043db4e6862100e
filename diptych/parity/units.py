"""Documents and events -> units: the pieces of text that are translated one by one.

Digests are taken over normalised text: spacing, wrapping, the style of quotation marks and of
Markdown's own marks, and links to the same page written in two ways, raise nothing.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from diptych.diagnostics import Placed, Span
from diptych.model import Block, Document, Event, Timeline

FIELDS = ("title", "description", "image_alt")  # of the front matter, as readers see them
_IDENTITY = re.compile(r"\s*\{[^{}]*#([\w-]+)[^{}]*\}\s*$")
_FIGURE = re.compile(r"!\[[^\]]*\]\([^)]*\)(\{[^}]*\})?\s*$")
_ITEM = re.compile(r"^\s{0,3}(?:[*+-]|\d+\.)\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of text in one language, with what it is and where it stands."""

    kind: str  # heading, paragraph, list, table, quote, figure, answer, title, event-text, …
    section: str  # the id of the heading or event that it stands below; "" before the first
    text: str  # as written
    digest: str  # of the normalised text
    span: Span
    fixed: str = ""  # a shared id that ties it to its sisters: heading, event, field of the head

    @property
    def words(self) -> int:
        """How many words it has, for estimates of work."""
        return len(self.text.split())

    @property
    def items(self) -> int:
        """How many points a list has."""
        return len(_ITEM.findall(self.text))


def units_of(document: Document | None, timeline: Timeline | None, language: str) -> tuple[Unit, ...]:
    """Every unit of a page in one language, in the order in which it is read."""
    units: list[Unit] = []
    if document is not None:
        units += _front(document)
        units += _answers(document) if document.front.layout == "faq" else _blocks(document)
    if timeline is not None:
        for event in timeline.events:
            units += _event(event, language)
    return tuple(units)


def normalise(text: str, key: str = "") -> str:
    """The text that a digest is taken over; `key` is the page, for links relative to it."""
    text = re.sub(r"\]\(([^)\s]*)", lambda match: "](" + _identity(match[1], key), text)
    text = re.sub(r"[«“”„]\s?|\s?»", '"', text)
    text = re.sub(r"[‘’ʼ]", "'", text).replace("…", "...")
    text = re.sub(r"\{:?\s*", "{", text)
    text = re.sub(r"^(#+\s.*?)\s*#*\s*(?:\{[^}]*\})?\s*$", r"\1", text)
    text = re.sub(r"^(.+)\n(?:=+|-+)\s*(?:\{[^}]*\})?$", r"\1", text)
    text = _ITEM.sub("- ", text)
    text = re.sub(r"(?<!\w)_(?=\S)|(?<=\S)_(?!\w)", "*", text)
    text = re.sub(r"[ \u00a0\u202f]+(?=[;:!?%€])", "", text)
    return " ".join(re.sub(r"^[>\s]+", "", text, flags=re.MULTILINE).split())


def digest_of(kind: str, text: str, key: str = "") -> str:
    """Twelve hexadecimal digits that change when what a reader reads changes."""
    text = re.sub(r"^#+\s*", "", normalise(text, key))
    return hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()[:12]


def _identity(target: str, key: str) -> str:
    """`../faq/nl.md#x` means `page:faq#x`; a link within the page means the page."""
    path, hash_, anchor = target.partition("#")
    if not path and key:
        return f"page:{key}{hash_}{anchor}"
    if path.endswith(".md") and ":" not in path:
        folder = posixpath.dirname(posixpath.normpath(posixpath.join(key, path)))
        return f"page:{folder}{hash_}{anchor}"
    return target


def _unit(kind: str, section: str, text: str, span: Span, key: str, fixed: str = "") -> Unit:
    return Unit(kind, section, text, digest_of(kind, text, key), span, fixed)


def _front(document: Document) -> Iterator[Unit]:
    for name in FIELDS:
        value: Placed[str] | None = getattr(document.front, name)
        if value is not None and value.value:
            yield _unit(name, "", value.value, value.span, document.key, f"front {name}")


def _blocks(document: Document) -> Iterator[Unit]:
    """A unit a block; headings carry their shared id."""
    ids = iter(document.prose.headings)
    section = ""
    for block in document.blocks:
        if block.kind in ("reference", "rule"):
            continue
        if block.kind != "heading":
            kind = "figure" if _FIGURE.match(block.text) else block.kind
            yield _unit(kind, section, block.text, block.span, document.key)
            continue
        heading = next(ids, None)
        section = heading.id if heading else section
        shared = heading is not None and heading.shared
        yield _unit("heading", section, _IDENTITY.sub("", block.text), block.span, document.key,
                    f"heading {section}" if shared else "")  # fmt: skip


def _answers(document: Document) -> Iterator[Unit]:
    """On a page of questions all that answers one question is one unit."""
    pending: list[Block] = []
    section = ""
    for unit, block in _with_blocks(document):
        if unit.kind != "heading":
            pending.append(block)
            continue
        yield from _answer(pending, section, document)
        pending, section = [], unit.section
        yield unit
    yield from _answer(pending, section, document)


def _with_blocks(document: Document) -> Iterator[tuple[Unit, Block]]:
    shown = [block for block in document.blocks if block.kind not in ("reference", "rule")]
    return zip(_blocks(document), shown, strict=True)


def _answer(blocks: list[Block], section: str, document: Document) -> Iterator[Unit]:
    if not blocks:
        return
    start, end = blocks[0].span.start, blocks[-1].span.end
    text = document.source.text[start:end]
    kind = "answer" if section else "paragraph"
    yield _unit(kind, section, text, Span(document.source.path, start, end), document.key,
                f"{kind} {section}")  # fmt: skip


def _event(event: Event, language: str) -> Iterator[Unit]:
    for kind, texts in (("event-title", event.titles), ("event-text", event.texts)):
        placed = texts.get(language)
        if placed is not None:
            yield _unit(kind, event.id, placed.value, placed.span, "", f"{kind} {event.id}")
