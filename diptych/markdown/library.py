"""Converts Markdown to HTML with Python-Markdown, but reads blocks as GitHub does.

A block processor of ours runs before those of the library. It takes the tree of blocks from
`blocks` and makes the elements of quotations, lists, code, tables and so on. Paragraphs, footnotes
and abbreviations are left to the processors of the library, and so are the marks inside a line
(with the changes of `inline`).

`convert` imports this module only when it converts a text: most builds convert one text at most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import unescape
from itertools import pairwise
from typing import cast
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension, get_attrs_and_remainder
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import (
    TocExtension,
    TocTreeprocessor,
    remove_fnrefs,
    render_inner_html,
    strip_tags,
    unique,
)
from markdown.util import AtomicString, code_escape

from diptych.diagnostics import Source
from diptych.extend import load
from diptych.markdown.blocks import Node, read_blocks
from diptych.markdown.inline import PLAIN_TEXTS, GitHubInline
from diptych.markdown.leaves import cells_of
from diptych.markdown.tree import slugify

TASK = {" ": "☐", "x": "☑"}
_TASK = re.compile(r"\[([ xX])\] +(?=\S)")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_FREQUENT = ("p", "li", "ul", "h2", "h3")  # the most frequent block elements of a text
_SPACES = re.compile(r"\s+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@cache
def _library(extend: Source | None, inline: bool, addresses: bool) -> markdown.Markdown:
    """A configured Python-Markdown for these options. It is kept, since setting it up takes longer
    than converting a paragraph. `extend` is the site's extend.py if it adds Markdown extensions.
    """
    library = _of_the_program(inline=inline, addresses=addresses)
    added = load(extend).value.markdown if extend is not None else ()
    if added:  # the marks of the site's extensions may begin with any sign
        library.treeprocessors.deregister(PLAIN_TEXTS)
    for each in added:
        library.registerExtensions([each.value.make()], {})
    return library


def _of_the_program(*, inline: bool = False, addresses: bool = False) -> markdown.Markdown:
    """Python-Markdown with the extensions of this program. With `inline` it reads a text as one
    line without blocks; with `addresses` it turns bare addresses (`https://…`) into links.
    """
    footnotes = FootnoteExtension(BACKLINK_TITLE="")
    extensions = [  # as classes: names would be searched for in every installed package
        AttrListExtension(),
        *([_bare_addresses()] if addresses else []),
        GitHubInline(),
    ]
    if inline:
        extensions.append(OneLine())
    else:
        extensions += [AbbrExtension(), HeadingIds(), footnotes, GitHubBlocks(footnotes)]
    library = markdown.Markdown(output_format="html", tab_length=4, extensions=extensions)
    # The library searches this list from its start for the name of each element.
    library.block_level_elements[:0] = _FREQUENT
    return library


def _bare_addresses() -> Extension:
    """An extension that turns bare addresses into links. Its module imports Python's network
    modules, which takes a twentieth of a build after an edit, so it is imported only for a text
    that may contain an address.
    """
    from pymdownx.magiclink import MagiclinkExtension

    return cast(Extension, MagiclinkExtension())


def changed_outside_lines(make: Callable[[], object]) -> tuple[str, ...]:
    """The names of the parts of Python-Markdown that an extension changes, such as `preprocessors`.
    Changes of inline marks are left out.

    Raises any exception of the extension, and TypeError if `make` returns no extension.
    """
    library = _of_the_program()
    before = {name: list(each) for name, each in _outside_lines(library).items()}
    extension = make()
    if not isinstance(extension, Extension):
        raise TypeError(f"{type(extension).__name__} is no markdown.extensions.Extension")
    library.registerExtensions([extension], {})
    return tuple(
        name for name, each in _outside_lines(library).items() if list(each) != before[name]
    )


def _outside_lines(library: markdown.Markdown) -> dict[str, Iterable[object]]:
    return {
        "preprocessors": library.preprocessors,
        "blockprocessors": library.parser.blockprocessors,
        "treeprocessors": library.treeprocessors,
        "postprocessors": library.postprocessors,
    }


def to_html(text: str, extend: Source | None = None, *, inline: bool = False) -> str:
    """The HTML of a Markdown text that `refuse` has accepted.

    With `inline` the text is one paragraph, whatever its first signs are: `#MeToo`, `1. Mei`, `>
    100`, `---`. `extend` is the site's `extend.py` if it adds Markdown extensions. Raises any
    exception of these extensions.
    """
    small = text.lower()
    addresses = extend is not None or any(each in small for each in ("://", "www.", "@"))
    library = _library(extend, inline, addresses)
    library.reset()
    return str(library.convert(text))


class GitHubBlocks(Extension):
    """Reads blocks as GitHub does."""

    def __init__(self, footnotes: FootnoteExtension) -> None:
        super().__init__()
        self.footnotes = footnotes

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # the library's name
        """Registers the processor before all block processors of the library."""
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.register(_Blocks(md.parser, self.footnotes), "github", 1000)


class _HeadingIds(TocTreeprocessor):
    """Gives an id to each heading without one. The method of the library also makes a table of
    contents, so it runs only for a text that shows one: a text with the mark `[TOC]`.
    """

    def run(self, root: Element) -> None:
        used: set[str] = set()
        headings: list[Element] = []
        for each in root.iter():
            if not len(each) and each.text and each.text.strip() == self.marker:
                super().run(root)
                return
            if "id" in each.attrib:
                used.add(each.attrib["id"])
            if each.tag in _HEADINGS:
                headings.append(each)
        counters: dict[str, int] = {}
        for each in headings:
            if "id" not in each.attrib:
                words = strip_tags(render_inner_html(remove_fnrefs(each), self.md))
                each.set("id", unique(slugify(unescape(words)), used, counters))  # type: ignore[call-arg]
            each.attrib.pop("data-toc-label", None)  # the heading's title in the table


class HeadingIds(TocExtension):
    """Gives an id to each heading, and puts a table of contents in place of `[TOC]`."""

    TreeProcessorClass = _HeadingIds

    def __init__(self) -> None:
        super().__init__(slugify=lambda text, _separator: slugify(text))


class OneLine(Extension):
    """Reads a text as one line, such as a title: signs at its start have no meaning."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # the library's name
        """Registers the processor before all block processors of the library."""
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.register(_Line(md.parser), "line", 1000)


class _Line(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        SubElement(parent, "p").text = "\n".join(blocks).strip()
        blocks.clear()


class _Blocks(BlockProcessor):
    """Makes elements from the tree of blocks."""

    def __init__(self, parser: BlockParser, footnotes: FootnoteExtension) -> None:
        super().__init__(parser)
        self.footnotes = footnotes
        self.makers: dict[str, Callable[[Element, Node], object]] = {
            "quote": lambda parent, node: self.all(SubElement(parent, "blockquote"), node),
            "callout": self.notice,
            "admonition": self.notice,
            "list": self.list,
            "definition": self.definition,
            "note": self.note,
            "paragraph": self.paragraph,
            "heading": self.heading,
            "rule": lambda parent, _: SubElement(parent, "hr"),
            "code": self.code,
            "html": self.html,
            "table": self.table,
            "reference": self.reference,
            "abbreviation": self.abbreviation,
        }

    def test(self, parent: Element, block: str) -> bool:
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        text = "\n\n".join(blocks)
        blocks.clear()
        self.all(parent, read_blocks(text))

    def all(self, parent: Element, node: Node, state: str = "github") -> None:
        """Makes the elements of all blocks in a container. In the state `list`, a paragraph gets no
        element of its own.
        """
        self.parser.state.set(state)
        for child in node.children:
            self.makers[child.kind](parent, child)
        self.parser.state.reset()

    # Containers.

    def list(self, parent: Element, node: Node) -> None:
        made = SubElement(parent, "ol" if node.info else "ul")
        if node.info and int(node.info) != 1:
            made.set("start", str(int(node.info)))
        for item in node.children:
            self.all(SubElement(made, "li"), item, "list" if node.tight else "looselist")

    def definition(self, parent: Element, node: Node) -> None:
        made = SubElement(parent, "dl")
        for child in node.children:
            if child.kind == "term":
                SubElement(made, "dt").text = child.lines[0]
            else:
                apart = any(one.end != other.first for one, other in pairwise(child.children))
                state = "list" if child.tight and not apart else "looselist"
                self.all(SubElement(made, "dd"), child, state)

    def notice(self, parent: Element, node: Node) -> None:
        """A callout or an admonition; without a title it gets the name of its kind."""
        kind = _SPACES.sub(" ", node.mark.lower())
        made = SubElement(parent, "div", {"class": f"admonition {kind}"})
        title = kind.partition(" ")[0].capitalize() if node.title is None else node.title
        if title:
            SubElement(made, "p", {"class": "admonition-title"}).text = title
        self.all(made, node)

    def note(self, parent: Element, node: Node) -> None:
        """Defines a footnote. The library collects footnotes and puts them at the end of the page;
        of several footnotes with one name, the first counts.
        """
        if node.mark not in self.footnotes.footnotes:
            self.footnotes.setFootnote(node.mark, "\n".join(node.lines).strip())

    # Leaves.

    def paragraph(self, parent: Element, node: Node) -> None:
        text = "\n".join(node.lines).rstrip()
        task = _TASK.match(text) if parent.tag == "li" and not len(parent) else None
        if task is None:
            self.library("paragraph", parent, text)
            return
        parent.set("class", "task-item")
        tight = self.parser.state.isstate("list")
        holder = parent if tight else SubElement(parent, "p")
        done = "done" if task[1] in "xX" else "open"
        box = SubElement(holder, "span", {"class": f"task {done}"})
        box.text = AtomicString(TASK[task[1].lower()])
        box.tail = " " + text[task.end() :]

    def library(self, name: str, parent: Element, text: str) -> None:
        """Passes a block to a processor of the library."""
        self.parser.blockprocessors[name].run(parent, [text])

    def heading(self, parent: Element, node: Node) -> None:
        SubElement(parent, f"h{len(node.mark)}").text = node.lines[0]

    def code(self, parent: Element, node: Node) -> None:
        made = SubElement(SubElement(parent, "pre"), "code")
        word = _language(node.info)
        if word:
            made.set("class", f"language-{word}")
        made.text = AtomicString(code_escape("\n".join([*node.lines, ""])))

    def html(self, parent: Element, node: Node) -> None:
        """Keeps raw HTML at its place, without a surrounding element."""
        kept = "\n" + self.parser.md.htmlStash.store("\n".join(node.lines)) + "\n"
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + kept
        else:
            parent.text = (parent.text or "") + kept

    def table(self, parent: Element, node: Node) -> None:
        head, rule, *rows = map(cells_of, node.lines)
        sides = [_side(cell) for cell in rule]
        made = SubElement(parent, "table")
        _row(SubElement(made, "thead"), "th", head, sides)
        if rows:
            body = SubElement(made, "tbody")
            for row in rows:
                _row(body, "td", row, sides)

    def reference(self, parent: Element, node: Node) -> None:
        """Defines the target of `[label]`; of several definitions, the first counts."""
        title = _plain(" ".join(node.lines))
        label = _SPACES.sub(" ", node.mark.strip()).lower()
        self.parser.md.references.setdefault(label, (_plain(node.info), title))

    def abbreviation(self, parent: Element, node: Node) -> None:
        self.library("abbr", parent, f"*[{node.mark}]: {node.info}")


def _language(info: str) -> str:
    """The language of code: the first word after its fence, or the first class of `{.python}`."""
    if info.startswith("{") and info.endswith("}"):
        attributes, _ = get_attrs_and_remainder(info[1:-1])
        return next((value or "" for key, value in attributes if key == "."), "")
    return info.partition(" ")[0].removeprefix(".")


def _side(cell: str) -> str:
    return {"::": "center", ":-": "left", "-:": "right"}.get(cell[0] + cell[-1], "")


def _row(parent: Element, name: str, cells: list[str], sides: list[str]) -> None:
    """Adds a row with as many cells as the head; further cells are dropped, as on GitHub."""
    row = SubElement(parent, "tr")
    for index, side in enumerate(sides):
        cell = SubElement(row, name)
        cell.text = cells[index] if index < len(cells) else ""
        if side:
            cell.set("align", side)


def _plain(text: str) -> str:
    """An address or a title without the backslashes before its signs."""
    return _ESCAPED.sub(r"\1", text)
