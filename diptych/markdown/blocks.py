"""Reads a Markdown text into the tree of its blocks, as GitHub reads them.

This is the algorithm for blocks in the appendix of the CommonMark specification (0.31, "A parsing
strategy"), with the tables, footnotes and callouts of GitHub. It also reads blocks that GitHub does
not have: the admonitions (`!!! note`), definitions (`: `) and abbreviations (`*[BTW]: `) of
Python-Markdown. Every line is read once: first it may continue the open blocks, then its rest may
begin others, and what is left is text.

Both the comparison of languages and the conversion to HTML use this tree, so they agree on what a
block is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from diptych.markdown.leaves import html_start, is_table, take_references
from diptych.values import words

LEVEL = 4  # columns of indentation of code, and of the later lines of notes, admonitions, meanings
MAX_OPEN = 100  # nested blocks; deeper ones are read as text, and the page is refused
NOTICES = (  # the kinds of admonition of Python-Markdown; readers see the name as the title
    "note",
    "tip",
    "important",
    "warning",
    "danger",
    "caution",
)
CALLOUTS = ("note", "tip", "important", "warning", "caution")  # of GitHub

_HEADING = re.compile(r"(#{1,6})(?: +(.*)|$)")
_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_UNDERLINE = re.compile(r"(=+|-+) *$")
_RULE = re.compile(r"(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$")
_ITEM = re.compile(r"(?:([*+-])|(\d{1,9})([.)]))( +|$)")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]: *")
_ADMONITION = re.compile(r'!!! ?([\w-]+(?: +[\w-]+)*)(?: +"(.*?)")? *$')
_MEANING = re.compile(r":(?: +|$)")
_ABBREVIATION = re.compile(r"\*\[([^\\\]]+)\] ?: *(\S.*)")
_CALLOUT = re.compile(rf"\[!({'|'.join(CALLOUTS)})\] *$", re.IGNORECASE)
_ANY = re.compile("")
# the only kind of block that a list or a definition may contain
_HOLDS = {"list": "item", "definition": "meaning"}
_INDENTED = ("item", "note", "admonition", "meaning")  # containers that continue by indentation
_LEAVES = words("term paragraph heading rule code html table reference abbreviation")


@dataclass(slots=True)
class Node:
    """A block with its lines and the blocks inside it.

    Containers are `document`, `quote`, `callout` (a quotation that begins with `[!NOTE]`), `list`
    with `item`s, `note`, `admonition`, `definition` with `term`s and `meaning`s. Leaves are `term`,
    `paragraph`, `heading`, `rule`, `code`, `html`, `table`, `reference`, `abbreviation`.
    """

    kind: str
    first: int  # number of the block's first line
    end: int = 0  # number of the line after the block's last line
    children: list[Node] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # the text of a leaf or note, without its marks
    mark: str = (
        ""  # list: `-`, `)`; heading: `##`; code: its fence; note: its name; callout: its kind
    )
    info: str = ""  # code: the words after its fence; list: its first number; reference: address
    title: str | None = None  # admonition: its title, None if it has none
    indent: int = 0  # item: columns that continue it; code: columns before its fence
    tight: bool = True  # list, meaning: no blank line between its parts
    closed: bool = False  # code: its fence is closed

    def walk(self) -> Iterator[Node]:
        """This block and all blocks inside it, in order."""
        ahead = [self]
        while ahead:
            node = ahead.pop()
            yield node
            ahead += reversed(node.children)


def read_blocks(text: str) -> Node:
    """The tree of the blocks of a text. Lines are counted from 0. The result is cached, so callers
    must not change it.
    """
    # Python-Markdown appends line ends to a text; without them, both texts have one cache entry
    return _read_blocks(text.rstrip("\n"))


@lru_cache(maxsize=8)  # several steps of a conversion need the blocks of one text
def _read_blocks(text: str) -> Node:
    return _Reader().read([line.expandtabs(LEVEL) for line in text.split("\n")])


class _Reader:
    """Reads lines into the tree of blocks. `open` holds the blocks that the next line may continue,
    from the document to the innermost block.
    """

    def __init__(self) -> None:
        self.open = [Node("document", 0)]
        self.number = 0
        self.line = ""
        self.kept = 1  # the number of open blocks that this line continues
        self.rest = ""  # the part of this line that no block has taken yet
        self.indent = 0  # the indentation of `rest`, in columns
        self.blank = True  # whether `rest` is only white space

    def read(self, lines: list[str]) -> Node:
        """The tree of the blocks in these lines."""
        document = self.open[0]
        for self.number, self.line in enumerate(lines):
            self.set_rest(self.line)
            self.read_line()
        self.close(0)
        return document

    def set_rest(self, rest: str) -> None:
        """Sets `rest`, the part of the line that no block has taken yet, and `indent` and `blank`, which
        depend on it.
        """
        self.rest = rest
        self.indent = len(rest) - len(rest.lstrip(" "))
        self.blank = not rest.strip()

    def read_line(self) -> None:
        self.kept = 1
        while self.kept < len(self.open) and self.goes_on(self.open[self.kept]):
            self.kept += 1
        last = self.open[self.kept - 1]
        if last.kind == "code" and last.mark and self.ends(last):
            last.closed = True
            self.reach()
            self.close(self.kept - 1)
        elif last.kind in ("code", "html"):
            self.add(last)
        else:
            self.begin_blocks()

    def begin_blocks(self) -> None:
        """Opens the blocks that begin on this line, each inside the block before. The rest of the
        line becomes the text of the innermost block.
        """
        while not self.blank and len(self.open) < MAX_OPEN:
            begun = self.begin_block()
            if begun == "leaf":
                return
            if begun is None:
                break
        self.add_words()

    def begin_block(self) -> str | None:
        """Opens the block that begins at the first sign of `rest`. Returns "leaf", "container", or None
        if no block begins there.
        """
        if self.indent >= LEVEL:
            return self.indented_code()
        sign = self.rest[self.indent]
        for start in _STARTS.get("0" if sign.isdecimal() else sign, ()):
            if begun := start(self):
                return begun
        return None

    def add_words(self) -> None:
        """Adds the rest of a line that begins no other block."""
        last = self.open[-1]
        if self.blank:
            self.close(self.kept)
            if self.line.strip():  # a mark alone, such as `>`
                self.reach()
        elif last.kind == "paragraph" and all(
            node.kind != "admonition" for node in self.open[self.kept :]
        ):
            # lazy continuation: a paragraph continues without the marks of its containers
            for node in self.open[self.kept :]:
                if node.kind == "note":
                    node.lines.append(self.rest)
            self.kept = len(self.open)
            self.add(last, self.rest.lstrip())
        elif self.open[self.kept - 1].kind == "table":
            self.close(self.kept)
            self.add(self.open[-1])
        else:
            self.begin(Node("paragraph", self.number), self.rest.lstrip())

    def add(self, leaf: Node, line: str | None = None) -> None:
        """Adds a line to an open leaf."""
        leaf.lines.append(self.rest if line is None else line)
        if not self.blank:
            self.reach()
        if leaf.kind == "html" and leaf.mark and re.search(leaf.mark, self.rest, re.IGNORECASE):
            self.close(self.kept - 1)

    def reach(self) -> None:
        """Makes this line the last line of every open block that the line continues."""
        end = self.number + 1
        for node in self.open[: self.kept]:
            node.end = end

    # Continuing blocks.

    def goes_on(self, node: Node) -> bool:
        """Whether this line continues an open block; the block's own mark is removed from the line."""
        if node.kind in ("quote", "callout"):
            return self.indent < LEVEL and self.take_quote()
        if node.kind == "item" and self.blank and not node.children:
            return False  # an item may begin with one blank line at most
        if node.kind in _INDENTED or (node.kind == "code" and not node.mark):
            if not self.blank and self.indent < node.indent:
                return False
            self.set_rest(self.rest[node.indent :])
            if node.kind == "note":
                node.lines.append(self.rest)
            return True
        if node.kind == "code":
            self.set_rest(self.rest[min(self.indent, node.indent) :])
            return True
        if node.kind == "html" and node.mark:
            return True
        return node.kind in _HOLDS or not self.blank

    def take_quote(self) -> bool:
        if self.rest[self.indent : self.indent + 1] != ">":
            return False
        self.set_rest(self.rest[self.indent + 1 :].removeprefix(" "))
        return True

    def ends(self, code: Node) -> bool:
        """Whether this line is the closing fence of a code block."""
        fence = self.rest.strip()
        return (
            self.indent < LEVEL
            and len(fence) >= len(code.mark)
            and fence == code.mark[0] * len(fence)
        )

    # Beginning blocks.

    @property
    def above(self) -> Node:
        """The innermost block that this line continues."""
        return self.open[self.kept - 1]

    def begin(self, node: Node, *lines: str) -> None:
        """Opens a block in the innermost container that this line continues."""
        self.close(self.kept)
        while self.open[-1].kind in _LEAVES or (
            _HOLDS.get(self.open[-1].kind, node.kind) != node.kind
        ):
            self.close(len(self.open) - 1)
        node.lines += lines
        self.open[-1].children.append(node)
        self.open.append(node)
        self.kept = len(self.open)
        self.reach()

    def close(self, count: int) -> None:
        """Closes all open blocks but the first `count`."""
        while len(self.open) > count:
            node = self.open.pop()
            if node.kind == "paragraph":
                _without_references(node, self.open[-1])
            elif node.kind == "code" and not node.mark:
                node.lines = "\n".join(node.lines).rstrip().split("\n")
            elif node.kind == "list":
                node.tight = _is_tight(node)
            elif node.kind == "quote" and len(self.open) == 1:
                _as_callout(node)
        if self.kept > count:
            self.kept = count

    def single(self, node: Node, *lines: str) -> str:
        """Opens and closes a leaf of one line."""
        self.begin(node, *lines)
        self.close(self.kept - 1)
        return "leaf"

    def indented_code(self) -> str | None:
        if self.indent < LEVEL or self.open[-1].kind == "paragraph":
            return None
        self.begin(Node("code", self.number, indent=LEVEL), self.rest[LEVEL:])
        return "leaf"

    def quote(self) -> str | None:
        if self.indent >= LEVEL or not self.take_quote():
            return None
        self.begin(Node("quote", self.number))
        return "container"

    def heading(self) -> str | None:
        match = self.match(_HEADING)
        if match is None:
            return None
        text = (match[2] or "").strip()
        bare = text.rstrip("#")  # a heading may end with its signs
        text = bare.rstrip() if not bare or bare.endswith(" ") else text
        return self.single(Node("heading", self.number, mark=match[1]), text)

    def fence(self) -> str | None:
        match = self.match(_FENCE)
        if match is None:
            return None
        mark, info = match[1] or match[3], (match[2] or match[4] or "").strip()
        self.begin(Node("code", self.number, mark=mark, info=info, indent=self.indent))
        return "leaf"

    def html(self) -> str | None:
        if self.indent >= LEVEL or self.rest[self.indent : self.indent + 1] != "<":
            return None
        end = html_start(self.rest[self.indent :], in_paragraph=self.open[-1].kind == "paragraph")
        if end is None:
            return None
        self.begin(Node("html", self.number, mark=end))
        self.add(self.open[-1])
        return "leaf"

    def underline(self) -> str | None:
        paragraph = self.above
        match = self.match(_UNDERLINE) if paragraph.kind == "paragraph" else None
        if match is None:
            return None
        _without_references(paragraph, self.open[self.kept - 2])
        if not paragraph.lines:
            self.open.pop()
            self.kept -= 1
            return None
        paragraph.kind, paragraph.mark = "heading", "#" if match[1][0] == "=" else "##"
        paragraph.lines = ["\n".join(paragraph.lines).rstrip()]
        self.reach()
        self.close(self.kept - 1)
        return "leaf"

    def rule(self) -> str | None:
        return self.single(Node("rule", self.number)) if self.match(_RULE) else None

    def item(self) -> str | None:
        match = self.match(_ITEM)
        if match is None:
            return None
        behind = self.rest[self.indent + match.end() :]
        if self.above.kind == "paragraph" and (not behind.strip() or match[2] not in (None, "1")):
            return None  # a sentence may continue with a dash or a year
        mark, spaces = match[1] or match[3], len(match[4])
        if not behind.strip() or spaces > LEVEL:
            spaces = 1
        width = self.indent + match.start(4) + spaces
        above = self.above
        if above.kind != "list" or above.mark != mark:
            if above.kind == "list":
                self.kept -= 1
            self.begin(Node("list", self.number, mark=mark, info=match[2] or ""))
        self.begin(Node("item", self.number, indent=width))
        self.set_rest(self.rest[width:])
        return "container"

    def table(self) -> str | None:
        head = self.above
        if head.kind != "paragraph" or self.match(_ANY) is None:
            return None
        if not is_table(head.lines[-1], self.rest):
            return None
        row = head.lines.pop()
        if head.lines:  # the lines above the head remain a paragraph
            head.end -= 1
            self.begin(Node("table", self.number - 1), row, self.rest)
        else:
            head.kind, head.lines = "table", [row, self.rest]
            self.reach()
        return "leaf"

    def note(self) -> str | None:
        match = self.match(_NOTE)
        if match is None:
            return None
        self.set_rest(self.rest[self.indent + match.end() :])
        # the note keeps its lines, since the library converts the text of each footnote separately
        self.begin(Node("note", self.number, mark=match[1], indent=LEVEL), self.rest)
        return "container"

    def admonition(self) -> str | None:
        match = _ADMONITION.match(self.rest)
        if match is None:
            return None
        notice = Node("admonition", self.number, mark=match[1], title=match[2], indent=LEVEL)
        self.begin(notice)
        return "leaf"

    def meaning(self) -> str | None:
        match = self.match(_MEANING)
        if match is None:
            return None
        if self.above.kind != "definition" and not self.terms():
            return None
        tight = self.open[self.kept - 1].end == self.number
        self.begin(Node("meaning", self.number, indent=LEVEL, tight=tight))
        self.set_rest(self.rest[self.indent + match.end() :])
        return "container"

    def terms(self) -> bool:
        """Turns the paragraph above into the terms of a definition. False if there is no such
        paragraph.
        """
        place = self.kept - (self.above.kind == "paragraph")
        siblings = self.open[place - 1].children
        if not siblings or siblings[-1].kind != "paragraph":
            return False
        self.close(place)
        if not siblings or siblings[-1].kind != "paragraph":
            return False  # the paragraph held only link references and was removed
        paragraph = siblings.pop()
        if siblings and siblings[-1].kind == "definition":
            self.open.append(siblings[-1])
            self.kept = len(self.open)
        else:
            self.begin(Node("definition", paragraph.first))
        for number, line in enumerate(paragraph.lines, start=paragraph.first):
            self.above.children.append(Node("term", number, number + 1, lines=[line.strip()]))
        self.above.end = paragraph.end
        return True

    def abbreviation(self) -> str | None:
        match = _ABBREVIATION.match(self.rest)
        if match is None:
            return None
        return self.single(Node("abbreviation", self.number, mark=match[1], info=match[2].strip()))

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """A match of the pattern at the start of the rest, unless the rest is indented like code."""
        return pattern.match(self.rest[self.indent :]) if self.indent < LEVEL else None


# first sign of a block -> the functions that may begin it, in the order in which they are tried; "0"
# means any digit
_STARTS: dict[str, tuple[Callable[[_Reader], str | None], ...]] = {
    ">": (_Reader.quote,),
    "#": (_Reader.heading,),
    "`": (_Reader.fence,),
    "~": (_Reader.fence,),
    "<": (_Reader.html,),
    "=": (_Reader.underline,),
    "-": (_Reader.underline, _Reader.rule, _Reader.item, _Reader.table),
    "*": (_Reader.rule, _Reader.item, _Reader.abbreviation),
    "_": (_Reader.rule,),
    "+": (_Reader.item,),
    "0": (_Reader.item,),
    "|": (_Reader.table,),
    ":": (_Reader.table, _Reader.meaning),
    "[": (_Reader.note,),
    "!": (_Reader.admonition,),
}


def _without_references(paragraph: Node, parent: Node) -> None:
    """Takes the reference definitions at the start of a paragraph out of it."""
    for found in take_references(paragraph.lines):
        end = paragraph.first + found.lines
        reference = Node("reference", paragraph.first, end, mark=found.label, info=found.address)
        reference.lines = [found.title] if found.title else []
        parent.children.insert(len(parent.children) - 1, reference)
        del paragraph.lines[: found.lines]
        paragraph.first = end
    if not paragraph.lines:
        parent.children.pop()


def _is_tight(node: Node) -> bool:
    """Whether no blank line is between the items of a list, or between the blocks of an item."""
    rows = [node.children, *(item.children for item in node.children)]
    return all(one.end == other.first for row in rows for one, other in pairwise(row))


def _as_callout(quote: Node) -> None:
    """Turns a quotation into a callout if it begins with the name of one and has a text."""
    first = quote.children[0] if quote.children else None
    if first is None or first.kind != "paragraph" or len(quote.children) + len(first.lines) < 3:
        return
    match = _CALLOUT.match(first.lines[0])
    if match is not None:
        quote.kind, quote.mark = "callout", match[1].lower()
        del first.lines[0]
        if not first.lines:
            del quote.children[0]
