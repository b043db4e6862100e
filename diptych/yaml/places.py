"""Finds places in YAML that nodes do not have: of a part of a scalar, and the end of any node."""

from __future__ import annotations

from diptych.diagnostics import Source, Span
from diptych.yaml.nodes import Mapping, Node, Scalar, Sequence


def children_of(node: Node) -> tuple[Node, ...]:
    """The items of a list, or the values of a mapping."""
    if isinstance(node, Mapping):
        return tuple(value for _, value in node.entries)
    return node.items if isinstance(node, Sequence) else ()


def end_of(source: Source, node: Node) -> int:
    """The offset at which a node ends, with its bracket; the span of a list or mapping is its start."""
    if isinstance(node, Scalar):
        return node.span.end
    last = max((end_of(source, each) for each in children_of(node)), default=node.span.start + 1)
    bracket = {"[": "]", "{": "}"}.get(source.text[node.span.start : node.span.start + 1])
    return source.text.index(bracket, last) + 1 if bracket else last


def place_in_scalar(source: Source, scalar: Span, inner: Span) -> Span:
    """The place in the file of `inner`, given as offsets into the text of a scalar.

    Exact for block scalars (`|`) and for texts on one line; otherwise the whole scalar.
    """
    text = source.text
    if text[scalar.start : scalar.start + 1] == "|":
        return _in_block(source, scalar, inner)
    quote = 1 if text[scalar.start : scalar.start + 1] in "\"'" else 0
    if "\n" in text[scalar.start : scalar.end]:
        return scalar
    start = scalar.start + quote + inner.start
    return Span(source.path, start, min(scalar.end, start + max(1, inner.end - inner.start)))


def _in_block(source: Source, scalar: Span, inner: Span) -> Span:
    body = source.text.find("\n", scalar.start) + 1
    lines = source.text[body:].split("\n")
    first = next((line for line in lines if line.strip()), "")
    indent = len(first) - len(first.lstrip())
    offset, passed = body, 0
    for line in lines:
        content = line[indent:]
        if passed + len(content) >= inner.start:
            start = offset + min(indent, len(line)) + inner.start - passed
            end = min(start + max(1, inner.end - inner.start), offset + len(line))
            return Span(source.path, start, max(start + 1, end))
        passed += len(content) + 1
        offset += len(line) + 1
    return scalar
