"""A Markdown text with its blocks, and the places of links, headings and refused HTML in it.

Python-Markdown does not record places. The places of blocks come from the tree of blocks. A link or
an attribute is found by searching for its words, in the order in which they occur in the HTML.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterator
from functools import cached_property

from diptych.diagnostics import Source, Span
from diptych.markdown.blocks import Node, read_blocks
from diptych.model import Block
from diptych.values import Value, replace

_SIGNS_OF_CODE = ("`", "~~~", "    ", "\t")  # a text without any of these holds no code
_CODE = re.compile(  # code inside a paragraph, up to a run of as many backticks
    r"(?<![`\\])(`++)(?>(?:[^`\n]++|\n(?![ \t\x00]*\n)|(?!\1(?!`))`++)+)\1(?!`)"
)
_BEFORE_TARGET = r"""(?:\]\(\s*<?|\]:\s*<?|<|=\s*["']?)"""
_AFTER_TARGET = r"""(?=[\s)>"'\]]|$)"""
_WRITTEN = re.compile(r"""([\w-]+)\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>{}]+)""")  # an attribute
_EACH = re.compile(rf"(?<![\w-]){_WRITTEN.pattern}")  # the attributes in a text
_LINKED = re.compile(  # begins with a set of signs, since `re` finds a set quickly
    r"""[\]<=](?:(?<=\])(?:\(|:)\s*<?|(?<=<)|(?<==)\s*["']?)(?:mailto:)?([^\s)>"'\]]+)"""
)
_WORD = re.compile(r"\w+")
_KINDS = {"callout": "quote", "abbreviation": "reference"}  # the kinds that translation tracks
# the text after an address that stands in the words of a link
_IN_LABEL = re.compile(r"[^\[\]\n]{0,200}\]\(")
_BARE = re.compile(r"(?:https?://|www\.)[^\s<>\"'\]]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class MarkdownText(Value, dict=True):  # `dict=True` lets a cached property keep its value
    """The Markdown of a file from the offset `start` on, as its author wrote it."""

    source: Source
    start: int = 0
    inline: bool = False  # whether the text is one line in which no block begins, such as a title

    @cached_property
    def body(self) -> str:
        """The Markdown alone."""
        return self.source.text[self.start :]

    @cached_property
    def tree(self) -> Node:
        """The document with all its blocks; without blocks if the text is `inline`."""
        return Node("document", 0) if self.inline else read_blocks(self.body)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The blocks of the tree in order, each before those inside it."""
        return tuple(self.tree.walk())

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The outermost blocks, with their places in the file."""
        if self.inline:
            span = Span(self.source.path, self.start, len(self.source.text))
            return (Block("paragraph", self.body, span),)
        return tuple(_blocks(self.tree, self.source, self.offsets))

    @cached_property
    def offsets(self) -> list[int]:
        """The offset in the file of each line of the Markdown, and of its end."""
        return line_offsets(self.body, self.start)

    @cached_property
    def plain(self) -> str:
        """The text of the whole file, with blanks in place of the code in the Markdown."""
        head = self.source.text[: self.start]
        return head + without_code(self.body, inline=self.inline)

    @cached_property
    def prose(self) -> str:
        """The text of the whole file, with blanks in place of the code and the comments."""
        return without_comments(self.plain)

    def line_span(self, number: int) -> Span:
        """The place in the file of a line of the Markdown; lines are counted from 0."""
        return self.source.span(self.offsets[number], self.offsets[number + 1] - 1)


def _targets(text: str, start: int) -> dict[str, deque[tuple[int, int]]]:
    """The places of each address in a text (start and end offsets), in the order of the text."""
    found = {each.span(1): each[1] for each in _LINKED.finditer(text, start)}
    begun = {first for first, _ in found}
    bare = "@" in text or "://" in text or "www." in text
    for each in _BARE.finditer(text, start) if bare else ():
        address = each.group().rstrip("?!.,:;*_~)")
        if each.start() not in begun and not _IN_LABEL.match(text, each.end()):
            found[(each.start(), each.start() + len(address))] = address
    places: dict[str, deque[tuple[int, int]]] = {}
    for place in sorted(found):
        places.setdefault(found[place], deque()).append(place)
    return places


class PlaceFinder:
    """Finds the places of the links, headings and attributes of a page in its file. Callers must
    ask in the order of the HTML: of words that occur more than once, each call finds the next
    place. Code is skipped.
    """

    def __init__(self, text: MarkdownText) -> None:
        self.source = text.source
        self.start = text.start
        self.text = text.plain
        self.seen: dict[str, int] = {}
        self.headings = [block for block in text.blocks if block.kind == "heading"]
        self.targets: dict[str, deque[tuple[int, int]]] | None = None

    def link(self, target: str) -> Span:
        """The next place of a link's target; the start of the text if it is not found.

        Most targets are written in the text as they are in the HTML. A target that is defined once
        and used often, as `[x]: page:faq`, has one place for all uses.
        """
        if self.targets is None:
            self.targets = _targets(self.text, self.start)
        bare = target.removeprefix("mailto:")
        for written in (bare, bare.removeprefix("http://")):
            if places := self.targets.get(written):
                start, end = places.popleft() if len(places) > 1 else places[0]
                return self.source.span(start, end)
        written = re.escape(bare).replace("%20", "(?:%20| )")
        marked = rf"{_BEFORE_TARGET}(?:mailto:)?({written}){_AFTER_TARGET}"
        return self._next(target, marked, rf"({written}){_AFTER_TARGET}")

    def refused(self, name: str) -> Span:
        """The next place of refused HTML, by the name that `clean` gives it: `<element>`,
        `attribute (element)` or `attribute="value" (element)`.
        """
        if name.startswith("<"):
            return self._next(name, rf"(?i)({re.escape(name.rstrip('>'))})")
        attribute = re.escape(re.split("[ =]", name)[0])
        value = re.search(r'"(.+)"', name)
        exact = (rf"{_BEFORE_TARGET}({re.escape(value[1])})",) if value else ()
        return self._next(name, *exact, rf"(?i)\b({attribute})\s*=", rf"(?i)\b({attribute})\b")

    def droppable(self, name: str, span: Span, harmless: Collection[str]) -> Span | None:
        """The span to delete in order to remove an attribute that `refused` found at `span`: the
        attribute with its value, the space before it, and its braces if they contain nothing else.
        None if the span is uncertain.
        """
        element = name.partition("(")[2].rstrip(")")
        found = _WRITTEN.match(self.text, span.start)
        opened = max(self.text.rfind(mark, self.start, span.start) for mark in "<{")
        before = self.text[max(opened, 0) : span.start]
        if found is None or opened < 0 or re.search("[>}]", before):
            return None
        if before.startswith("<"):
            same = re.match(rf"(?i)<{re.escape(element)}\s", before)
            return self.source.span(opened + len(before.rstrip()), found.end()) if same else None
        end = self.text.find("}", found.end())
        inside = self.text[opened + 1 : end].removeprefix(":")
        names = {each[1] for each in _EACH.finditer(inside)}
        if end < 0 or "\n" in inside or "align" in names:
            return None  # the cells of tables may have an alignment
        if names <= set(harmless) and not _EACH.sub("", inside).strip():
            return self.source.span(opened, end + 1)
        if before == "{":
            rest = self.text[found.end() : end]
            return self.source.span(span.start, end - len(rest.lstrip()))
        return self.source.span(opened + len(before.rstrip()), found.end())

    def attribute(self, name: str, value: str) -> Span:
        """The next place of the value of an attribute, in braces or in a tag."""
        exact = rf"""\b{name}=["']?({re.escape(value)})"""
        empty = rf"""\b({name}=)(?=["']{{0,2}}[\s}}>])"""
        return self._next(f"{name}={value}", exact if value else empty)

    def heading(self, text: str) -> tuple[Span, str]:
        """The place of the next heading with this text, and the Markdown of the heading, which is ""
        for a heading in raw HTML.
        """
        for index, block in enumerate(self.headings):
            if _says(block.text, text):
                del self.headings[: index + 1]
                return block.span, block.text
        return self._next(text, f"({re.escape(text)})"), ""

    def _next(self, name: str, *patterns: str) -> Span:
        """The place of the first group in the next match of the first of `patterns` that matches. After
        the last match, the search begins again at the start of the text; without a match, the place
        is the start of the text.
        """
        for pattern in patterns:
            for begin in (self.seen.get(name, self.start), self.start):
                if found := re.compile(pattern).search(self.text, begin):
                    self.seen[name] = found.end()
                    return self.source.span(found.start(1), found.end(1))
        return self.source.span(self.start)


def without_code(text: str, blank: str = " ", *, inline: bool = False) -> str:
    """The text with `blank` in place of each character of code, so that all offsets stay the same.
    With `inline` the text is one line without blocks.
    """
    if not any(sign in text for sign in _SIGNS_OF_CODE):
        return text
    lines = text.split("\n")
    for node in () if inline else read_blocks(text).walk():
        if node.kind == "code":
            for number in range(node.first, min(node.end, len(lines))):
                lines[number] = blank * len(lines[number])
    return _CODE.sub(lambda match: re.sub(r"[^\n]", blank, match[0]), "\n".join(lines))


def without_comments(text: str) -> str:
    """The text with its comments replaced by blanks, so that all offsets stay the same."""
    kept, at = [], 0
    while (begin := text.find("<!--", at)) >= 0:
        end = text.find("-->", begin)
        end = len(text) if end < 0 else end + 3
        kept += [text[at:begin], " " * (end - begin)]
        at = end
    return "".join([*kept, text[at:]])


def _says(written: str, text: str) -> bool:
    """Whether all words of `text` occur in `written`, in the same order."""
    position = 0
    for word in _WORD.findall(text):
        position = written.find(word, position)
        if position < 0:
            return False
        position += len(word)
    return True


def scan_blocks(text: str, path: str, start: int = 0) -> tuple[Block, ...]:
    """The blocks of a Markdown text; `start` is the offset of the text in its file.

    Every character that is not white space is in exactly one block, in order.
    """
    found = _blocks(read_blocks(text), Source(path, text), line_offsets(text))
    return tuple(replace(each, span=each.span.shifted(start)) for each in found)


def _blocks(tree: Node, source: Source, offsets: list[int]) -> Iterator[Block]:
    """The outermost blocks of a tree; `offsets` are the offsets of its lines in the file."""
    for node in tree.children:
        first = offsets[node.first]
        text = source.text[first : offsets[node.end] - 1].rstrip()
        kind = _KINDS.get(node.kind, node.kind)
        yield Block(kind, text, source.span(first, first + len(text)))


def line_offsets(text: str, start: int = 0) -> list[int]:
    """The offset of each line of a text that begins at the offset `start`, and of its end."""
    offsets = [start]
    for line in text.split("\n"):
        offsets.append(offsets[-1] + len(line) + 1)
    return offsets
