"""Finds the place of a part of a YAML scalar in the file, through its indentation and quotes."""

from __future__ import annotations

from diptych.diagnostics import Source, Span


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
