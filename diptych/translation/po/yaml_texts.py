"""Replaces a text in YAML in its own style, or adds an entry.

A value on one line is read back before it is used, so it gets quotes only if YAML needs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from diptych.diagnostics import Edit, Source, line_at
from diptych.translation.po.wrapping import wrap
from diptych.values import Value
from diptych.yaml import Mapping, Node, Scalar, compose, end_of

Lines = Callable[[int], list[str]]  # wraps a text to a width


class NewText(Value):
    """A text to write in YAML."""

    text: str  # readable
    lines: Lines
    width: int  # of the file's lines


class MappingEntry(Value):
    """An entry of a mapping, or an item of a list."""

    source: Source
    key: Scalar  # for an item of a list its hyphen, or between brackets the item itself
    value: Scalar
    flow: bool  # whether the entry is between braces or brackets

    @property
    def column(self) -> int:
        """The indentation of the entry's key."""
        return self.source.position(self.key.span.start)[1] - 1


def entry_of(source: Source, mapping: Mapping, name: str) -> MappingEntry | None:
    """The entry of a mapping with the key `name`; None if there is none, or if its value is no
    scalar.
    """
    flow = source.text[mapping.span.start] == "{"
    return next(
        (
            MappingEntry(source, key, value, flow)
            for key, value in mapping.entries
            if key.text == name and isinstance(value, Scalar)
        ),
        None,
    )


def replaced(place: MappingEntry, value: NewText) -> list[Edit]:
    """The edits that replace the text of an entry."""
    span, style = place.value.span, place.value.style
    raw = place.source.text[span.start : span.end]
    if style in ("|", ">") and raw[:1] == style:
        return _block(place, value)
    if not place.value.text and not style:
        start = place.source.text.index(":", place.key.span.end) + 1
        return [
            Edit(place.source.span(start, start), " " + inline(value.text, "", flow=place.flow))
        ]
    if "\n" in value.text and not place.flow:
        _, end = line_at(place.source.text, span.end)
        comment = place.source.text[span.end : end].rstrip()
        body = _indented(value, place.column + 2)
        return [Edit(place.source.span(span.start, end), f"|{comment}\n{body}")]
    folded = re.search(r"\n( +)\S", raw)
    if folded and not place.flow:
        text = _folded(value, style, place.column, folded[1])
        if text is not None:
            return [Edit(span, text)]
    return [Edit(span, inline(value.text, style, flow=place.flow))]


def inserted(sister: MappingEntry, name: str, value: NewText) -> Edit:
    """A new entry after an existing one, in the same style."""
    if sister.flow:
        end = sister.value.span.end
        return Edit(
            sister.source.span(end, end),
            f", {name}: {inline(value.text, sister.value.style, flow=True)}",
        )
    end = entry_end(sister)
    return Edit(
        sister.source.span(end, end), "\n" + entry(" " * sister.column + name, sister, value)
    )


def entry(head: str, sister: MappingEntry, value: NewText) -> str:
    """The lines of an entry in the style of another."""
    if "\n" in value.text or sister.value.style in ("|", ">"):
        indent = sister.column + 2
        if sister.value.style in ("|", ">"):
            indent = _body(sister)[2] or indent
        indent = indent - sister.column + len(head) - len(head.lstrip())
        return f"{head}: |\n{_indented(value, indent)}"
    return f"{head}: {inline(value.text, sister.value.style, flow=False)}"


def node_end(source: Source, key: Scalar, value: Node) -> int:
    """The offset at which the last line of a value ends; `key` is the node before it, the hyphen
    for an item of a list.
    """
    if isinstance(value, Scalar):
        return entry_end(MappingEntry(source, key, value, False))
    if source.text[value.span.start] in "[{":
        return line_at(source.text, end_of(source, value))[1]
    if isinstance(value, Mapping):
        return node_end(source, *value.entries[-1])
    last = value.items[-1]
    return node_end(source, hyphen_of(source, last), last)


def hyphen_of(source: Source, item: Node) -> Scalar:
    """The hyphen of an item in a list of lines."""
    start = source.text.rindex("-", 0, item.span.start)
    return Scalar("-", source.span(start, start + 1))


def entry_end(place: MappingEntry) -> int:
    """The offset at which the last line of an entry ends."""
    if place.value.style in ("|", ">"):
        return _body(place)[1]
    empty = not place.value.text and not place.value.style
    last = place.key if empty else place.value
    return line_at(place.source.text, last.span.end)[1]


def _body(place: MappingEntry) -> tuple[int, int, int]:
    """The start and end of the lines of a block scalar, and their indentation (0 if it has none)."""
    text = place.source.text
    _, header_end = line_at(text, place.value.span.start)
    start = end = min(header_end + 1, len(text))
    digit = re.match(r"[|>][+-]?(\d)", text[place.value.span.start : header_end])
    indent = place.column + int(digit[1]) if digit else 0
    offset = start
    for line in text[start:].split("\n"):
        depth = len(line) - len(line.lstrip(" "))
        if line.strip(" "):
            indent = indent or depth
            if depth < indent or depth <= place.column:
                break
            end = offset + len(line)
        offset += len(line) + 1
    if end == start:
        return header_end, header_end, 0
    return start, end, indent


def _block(place: MappingEntry, value: NewText) -> list[Edit]:
    """Replaces the body of a block scalar; `>` becomes `|` if the text has more than one paragraph."""
    start, end, indent = _body(place)
    sign = place.value.span.start
    several = "\n" in value.text
    if place.value.style == ">" and not several:
        lines = wrap(value.text, "", "", value.width - indent)
        return [
            Edit(place.source.span(start, end), "\n".join(" " * indent + line for line in lines))
        ]
    edits = [Edit(place.source.span(sign, sign + 1), "|")] if place.value.style == ">" else []
    return [*edits, Edit(place.source.span(start, end), _indented(value, indent))]


def _indented(value: NewText, indent: int) -> str:
    lines = value.lines(value.width - indent)
    return "\n".join(" " * indent + line if line else "" for line in lines)


def _folded(value: NewText, style: str, column: int, indent: str) -> str | None:
    """The text of a value on several lines; None if YAML would read another text."""
    quote = style if style in ("'", '"') else ""
    lines = wrap(_escaped(value.text, quote), " " * (column + 8), indent, value.width)
    text = quote + "\n".join(lines).strip(" ") + quote
    return text if _reads(text, value.text, False) else None


def inline(text: str, style: str, *, flow: bool) -> str:
    """A value on one line: in the given style if YAML reads it back, else in double quotes."""
    quote = style if style in ("'", '"') else ""
    written = quote + _escaped(text, quote) + quote
    if "\n" not in text and _reads(written, text, flow):
        return written
    return '"' + _escaped(text, '"') + '"'


def _escaped(text: str, quote: str) -> str:
    if quote == "'":
        return text.replace("'", "''")
    if quote == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return text


def _reads(written: str, text: str, flow: bool) -> bool:
    """Whether YAML reads a written value as this text at its place."""
    probe = f"{{k: {written}, z: 1}}\n" if flow else f"k: {written}\nz: 1\n"
    node = compose(Source("", probe)).value
    if not isinstance(node, Mapping) or len(node.entries) != 2:
        return False
    value = node.entries[0][1]
    return isinstance(value, Scalar) and value.text == text
