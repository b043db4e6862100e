"""Splits Markdown into its top-level blocks without loss, with their places in the file.

Python-Markdown keeps no source positions, and translations are tracked by block. So the places come
from the block tree, which the conversion uses as well.
"""

from __future__ import annotations

from functools import lru_cache

from diptych.diagnostics import Span
from diptych.markdown.blocks import Node, read_blocks
from diptych.model import Block

_KINDS = {"callout": "quote", "abbreviation": "reference"}  # the kinds that translation tracks


@lru_cache(maxsize=8)  # several steps in a row ask for the same text
def scan_blocks(text: str, path: str, start: int = 0) -> tuple[Block, ...]:
    """The blocks of a Markdown text; `start` is the offset of the text in its file.

    Every character that is not white space is in exactly one block, in order.
    """
    offsets = line_offsets(text)
    blocks = []
    for node in read_blocks(text).children:
        body = text_of(node, text, offsets)
        first = start + offsets[node.first]
        kind = _KINDS.get(node.kind, node.kind)
        blocks.append(Block(kind, body, Span(path, first, first + len(body))))
    return tuple(blocks)


def line_offsets(text: str) -> list[int]:
    """The offset of each line of a text, and of its end."""
    offsets = [0]
    for line in text.split("\n"):
        offsets.append(offsets[-1] + len(line) + 1)
    return offsets


def text_of(node: Node, text: str, offsets: list[int]) -> str:
    """The lines of a block, as they were written."""
    return text[offsets[node.first] : offsets[node.end] - 1].rstrip()
