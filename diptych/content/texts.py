"""The values and texts that editors wrote, file by file.

A text is for readers, and has a place and a role. Pages, events, terms, settings and a site's own
records give their texts in one form; `Field.role` says which values are texts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate

from diptych.content.fields import FieldValue, Wanted, field_values, narrowed
from diptych.content.kinds import INLINE, PROSE
from diptych.content.terms.surface import prose_words
from diptych.content.types import PAGE, Types
from diptych.diagnostics import Edit, Placed, Source, Span
from diptych.markdown import TextRequest, convert_text
from diptych.model import Document, Entry, EventDate, Fields, Link, Records
from diptych.values import Value, replace
from diptych.yaml import Role, place_in_scalar

_LINKED = re.compile(r"\]|<")  # a text without any of these holds no link
_WORDLESS = ("code", "rule")  # kinds of blocks that hold no words

File = Document | Records  # the files that editors write


class WrittenValue(Value):
    """A single value of a field, with the file in which it is written."""

    file: File
    entry: Entry | None  # the entry with the value; None for front matter
    value: FieldValue


def values_of(files: Iterable[File], types: Types, wanted: Wanted) -> Iterator[WrittenValue]:
    """Every value in the front matter and the entries of these files that `wanted` accepts, in the
    order of the files.
    """
    records = {name: narrowed(each.record, wanted) for name, each in types.by_name.items()}
    for file in files:
        if isinstance(file, Document):
            record, language = records[PAGE.name], file.language
            # most pages have no wanted field: they are skipped before their values are listed
            if not record.fields or record.fields.keys().isdisjoint(file.front.values):
                continue
            parts: Iterable[tuple[Entry | None, Fields]] = [(None, file.front.values)]
        else:
            record, language = records[file.type], ""
            parts = [(entry, entry.values) for entry in file.entries] if record.fields else ()
        for entry, values in parts:
            for each in field_values(record, values, language):
                if wanted(each.field, each.leaf):
                    yield WrittenValue(file, entry, each)


class Text(Value, dict=True):  # with `dict`, `words` is computed once: many checks read it
    """One text in one language: the value of a field, or a block of Markdown."""

    page: str  # the key of the page whose lock tracks the text, or `site.yaml`, `terms.yaml`
    section: str  # the entry `senate-vote`, or its item `senate-vote/for`; "" in a page
    unit: str  # the kind of text: title, event-title, people-role, or the kind of a block
    language: str
    role: Role
    written: str  # as its author wrote it
    source: Source
    span: Span  # of the whole value with its quotes, or of the block
    in_yaml: bool  # whether it is a value in YAML
    languages: tuple[str, ...] = ()  # the languages of the values that stand side by side in YAML
    number: int = 0  # in a list of its language, from 1; 0: in none, or in one whose items have ids
    markdown: bool = True
    exempt: tuple[str, ...] = ()  # names of checks that skip it
    date: EventDate | None = None  # of the entry that it belongs to
    found_links: tuple[Link, ...] = ()  # of a block; found when its page was converted

    @property
    def is_html(self) -> bool:
        """Whether it is a block of HTML, which holds no Markdown."""
        return self.unit == "html"

    @cached_property
    def words(self) -> str:
        """The text at its full length, with `\\x00` or `\\x01` for characters that are not words of
        this language: marks, addresses, ids such as `{#join}`, code, phrases of another language.
        """
        return prose_words(self.written, self.language) if self.markdown else self.written

    def links(self) -> tuple[Link, ...]:
        """Its links, each with its place in the file."""
        if not self.in_yaml:
            return self.found_links
        if not self.markdown or not _LINKED.search(self.written):
            return ()
        request = TextRequest(self.written, self.language, (), inline=False)
        return tuple(
            replace(each, span=place_in_scalar(self.source, self.span, each.span))
            for each in convert_text(request).value.links
        )

    def place(self, start: int, end: int) -> Span:
        """The place in the file of a part of the text; `start` and `end` are offsets into
        `written`.

        The place is exact in Markdown, and in YAML unless YAML folds the text. In a folded text, the
        place is found by the words of the part, or else is that of the whole value.
        """
        if not self.in_yaml:
            return self.source.span(self.span.start + start, self.span.start + end)
        piece = self.written[start:end]
        span = place_in_scalar(self.source, self.span, Span("", start, end))
        if self.source.text[span.start : span.end] == piece:
            return span
        spread = re.compile(r"\s+".join(map(re.escape, piece.split())))
        before = len(spread.findall(self.written, 0, start))
        found = list(spread.finditer(self.source.text, self.span.start, self.span.end))
        if before >= len(found):
            return self.span
        return self.source.span(found[before].start(), found[before].end())

    def becomes(self, start: int, end: int, text: str) -> tuple[Edit, ...]:
        """The edit that replaces a part of the text; no edit if YAML folds that part."""
        span, old = self.place(start, end), self.written[start:end]
        fits = self.source.text[span.start : span.end] == old
        return span.becomes(text, old) if fits else ()


def texts_of(file: File, types: Types) -> Iterator[Text]:
    """All texts of a file: the fields that have a role, then the blocks of its Markdown."""
    yield from fields_of(file, types)
    if isinstance(file, Document):
        yield from _blocks(file)


def _blocks(document: Document) -> Iterator[Text]:
    """The blocks of a page that hold words, each with the links in it."""
    blocks = [block for block in document.blocks if block.kind not in _WORDLESS]
    ends = list(accumulate((block.span.end for block in blocks), max))
    inside: list[list[Link]] = [[] for _ in blocks]
    for link in document.prose.links if blocks else ():
        inside[min(bisect_right(ends, link.span.start), len(blocks) - 1)].append(link)
    for block, links in zip(blocks, inside, strict=True):
        yield Text(
            page=document.key,
            section="",
            unit=block.kind,
            language=document.language,
            role=Role.PROSE,
            written=block.text,
            source=document.source,
            span=block.span,
            in_yaml=False,
            found_links=tuple(links),
        )


def page_of(records: Records) -> str:
    """The key of the page whose lock tracks the texts of a file of records, or the file's own name."""
    return records.key or records.source.path.rpartition("/")[2]


def fields_of(file: File, types: Types) -> Iterator[Text]:
    """The texts of a file that are values in YAML."""
    if isinstance(file, Document):
        for single in field_values(types.page.record, file.front.values, file.language):
            if single.field.role is not None:
                yield _text(single, file.key, file.source, PAGE.unit, "", None)
        return
    kind, page = types.by_name[file.type], page_of(file)
    for entry in file.entries:
        date = entry.values.get("date")
        day = date.value if isinstance(date, Placed) else None
        for single in field_values(kind.record, entry.values):
            if single.field.role is not None and single.language:
                yield _text(single, page, file.source, kind.unit, entry.id, day)


def _text(
    single: FieldValue, page: str, source: Source, unit: str, entry: str, date: EventDate | None
) -> Text:
    assert single.field.role is not None
    return Text(
        page=page,
        section="/".join(filter(None, (entry, *single.items))),
        unit="-".join(filter(None, (unit, *single.names))),
        language=single.language,
        languages=single.languages,
        role=single.field.role,
        written=single.placed.value,
        source=source,
        span=single.placed.span,
        in_yaml=True,
        number=single.number,
        markdown=single.leaf in (PROSE, INLINE),
        exempt=single.field.exempt,
        date=date,
    )
