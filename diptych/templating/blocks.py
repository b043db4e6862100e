"""Finds what Jinja drops without a message: a block that no extended template has, and text outside of
blocks in a template that extends another one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from jinja2 import nodes

from diptych.diagnostics import Diagnostic, Source, Span, error, nearest, say

# returns the syntax tree of the template with a name; None if it is unknown or cannot be parsed
Parse: TypeAlias = "Callable[[str], nodes.Template | None]"

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


def lost_blocks(sources: Mapping[str, Source], parse: Parse) -> Iterator[Diagnostic]:
    """template-block: each block of a template that is never shown, at its line. If the site's own
    base template lacks every block that a template of the theme fills, one message at the start of
    the base template.

    `sources` holds the templates by name; a name `theme/…` is always the theme's. `parse` should
    cache. A template with an unknown parent is skipped: that has a message of its own.
    """
    if all(is_themes(name, sources) for name in sources):
        return  # a test of the theme checks that nothing in it is lost
    lines = {name: line_of(name, parse) for name in sources}
    extended = {each for line in lines.values() for each in line[1:]}
    reported: set[tuple[str, str, str]] = set()
    for name, line in lines.items():
        if len(line) < 2 or (name.startswith("theme/") and name not in extended):
            continue
        own, *above = [tree for each in line if (tree := parse(each)) is not None]
        there = {each.name for tree in above for each in tree.find_all(nodes.Block)}
        shown = there.union(*map(_called, (own, *above)))
        blocks = _outermost(own)
        lost = [each for each in blocks if each.name not in shown]
        lacking = next((each for each in line if not is_themes(each, sources)), name)
        if lacking == name:
            yield from (_lost(sources[name], each, there) for each in lost)
        elif lost == blocks:  # a site may leave blocks out of its own base, and not all of them
            reported.update((lacking, name.removeprefix("theme/"), each.name) for each in lost)
    for place in sorted({place for place, _, _ in reported}):
        _, filler, block = min(each for each in reported if each[0] == place)
        yield _lacking(sources[place], filler, block)


def place_in(source: Source, line: int, word: str = "") -> Span:
    """The place of `word` in a line (from 1) of a template, or of the line if it lacks the word."""
    span = source.line_span(line)
    found = re.search(rf"\b{re.escape(word)}\b", source.text[span.start : span.end])
    if word and found:
        return source.span(span.start + found.start(), span.start + found.end())
    return span


def line_of(name: str, parse: Parse) -> list[str]:
    """The names of a template, of the template that it extends, and so on. Empty if `parse` returns None
    for one of them, if a parent's name is not a constant, or if a template extends itself through
    others.
    """
    line = [name]
    while (tree := parse(line[-1])) is not None:
        parents = [each.template for each in tree.body if isinstance(each, nodes.Extends)]
        if not parents:
            return line
        parent = parents[0]
        if not isinstance(parent, nodes.Const) or parent.value in line:
            return []
        line.append(parent.value)
    return []


def _outermost(tree: nodes.Template) -> list[nodes.Block]:
    """The blocks of a template that are not inside another block."""
    blocks = list(tree.find_all(nodes.Block))
    inner = {id(each) for block in blocks for each in block.find_all(nodes.Block)}
    return [each for each in blocks if id(each) not in inner]


def _called(tree: nodes.Template) -> set[str]:
    """The blocks that a template shows by `self.name()`."""
    return {
        each.attr
        for each in tree.find_all(nodes.Getattr)
        if isinstance(each.node, nodes.Name) and each.node.name == "self"
    }


def is_themes(name: str, sources: Mapping[str, Source]) -> bool:
    """Whether a template is the theme's, or an identical copy of the theme's."""
    theme = sources.get(f"theme/{name.removeprefix('theme/')}")
    return theme is not None and sources[name].text == theme.text


def _lost(source: Source, block: nodes.Block, there: Collection[str]) -> Diagnostic:
    message = say(
        "no template that this one extends has a block `{name}`: what stands in it is never shown",
        name=block.name,
    )
    span, near = place_in(source, block.lineno, block.name), nearest(block.name, sorted(there))
    if near is not None:
        hint = say("did you mean `{near}`?", near=near)
        return error("template-block", span, message, hint, span.becomes(near, block.name))
    if not there:
        return error("template-block", span, message)
    hint = say("they have these blocks: {names}", names=", ".join(sorted(there)))
    return error("template-block", span, message, hint)


def _lacking(source: Source, filler: str, block: str) -> Diagnostic:
    message = say(
        "this template has no block `{name}`: what {template} of the theme puts there is never shown",
        name=block,
        template=filler,
    )
    hint = say("write {block} where it belongs", block=f"`{{% block {block} %}}{{% endblock %}}`")
    return error("template-block", source.line_span(1), message, hint)


def outside_blocks(source: Source, tree: nodes.Template) -> Iterator[Diagnostic]:
    """template-outside: each piece of text outside of blocks, at its first line; none if the
    template extends no other. Jinja writes text before `extends` at the start of the page.
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
