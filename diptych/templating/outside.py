"""Finds text outside of blocks in a template that extends another one. Jinja drops such text after
`extends`, and writes it at the start of the page before `extends`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jinja2 import nodes

from diptych.diagnostics import Diagnostic, Source, error, say

_EXTENDS = "`{% extends %}`"
_FIRST = say("let the template begin with {tag}, and put this into one of its blocks", tag=_EXTENDS)
_INSIDE = say("put it into a block that the extended template has, or take it out")

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SILENT = (  # nodes that show nothing in their own place
    nodes.Assign,
    nodes.AssignBlock,
    nodes.Block,
    nodes.FromImport,
    nodes.Import,
    nodes.Macro,
)
_SHOWN = (nodes.CallBlock, nodes.Include)  # nodes that show something, whatever their content


def outside_blocks(source: Source, tree: nodes.Template) -> Iterator[Diagnostic]:
    """template-outside: each piece of text outside of blocks, at its first line; none if the
    template extends no other.
    """
    extends = next((n for n, each in enumerate(tree.body) if isinstance(each, nodes.Extends)), None)
    if extends is None:
        return
    for line in _lines(tree.body[:extends]):
        message = say(
            "this stands before {tag}: it would come before the page itself", tag=_EXTENDS
        )
        yield error("template-outside", source.line_span(line), message, _FIRST)
    for line in _lines(tree.body[extends + 1 :]):
        message = say(
            "this stands in none of the blocks that the template fills: it is never shown"
        )
        yield error("template-outside", source.line_span(line), message, _INSIDE)


def _lines(body: Sequence[nodes.Node]) -> Iterator[int]:
    """The number of the first line of each piece that shows something."""
    for node in body:
        if isinstance(node, nodes.Output):
            line = _line(node)
            if line is not None:
                yield line
        elif isinstance(node, _SHOWN):
            yield node.lineno
        elif not isinstance(node, _SILENT):  # a condition, a loop, a filter: look into it
            for _, value in node.iter_fields():
                held = value if isinstance(value, list) else [value]
                yield from _lines([each for each in held if isinstance(each, nodes.Stmt)])


def _line(output: nodes.Output) -> int | None:
    """The number of the line on which text or a value begins; None for blank lines and comments."""
    for node in output.nodes:
        if not isinstance(node, nodes.TemplateData):
            return node.lineno
        text = _COMMENT.sub(lambda each: " " * len(each.group()), node.data)
        words = text.lstrip()
        if words:
            return node.lineno + node.data[: len(text) - len(words)].count("\n")
    return None
