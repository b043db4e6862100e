"""The text of a unit as a translator sees it: without line wrapping, in pieces, with marks to keep.

A paragraph or a list item is one piece, in whatever number of lines. Text that must keep its lines
(code, raw HTML, definitions) is kept as it is. The scanner of `markdown` splits it, level by level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from diptych.markdown import CALLOUTS, read_blocks, scan_blocks
from diptych.model import Block
from diptych.translation import Unit
from diptych.values import Value, replace

LEVEL = "    "  # before everything that belongs to an item, a note or an admonition
_MARK = re.compile(r" {0,3}(?:[*+-]|(\d+)([.)]))(?: {1,4}(?! )| |$)")
_CALLOUT = re.compile(
    rf"( {{0,3}}> ?\[!(?:{'|'.join(CALLOUTS)})\])(?: +(?=\S)| *\n *> ?)", re.IGNORECASE
)
_NOTE = re.compile(r" {0,3}(\[\^[^\]]*\]:)[ \t]*")
_QUOTE = re.compile(r" {0,3}> ?")
# the kinds of blocks that contain the indented lines below them
_INDENTED = ("list", "note", "definition", "admonition")
_SPACES = re.compile(r"((?<!`)`++[^`\n]+`++)|[ \t]+")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
HEADING_END = re.compile(r"(?<![ \t])[ \t]*+#*+[ \t]*+(\{[^{}]*#[\w-]+[^{}]*\})[ \t]*$")
_ATX = re.compile(r"(#{1,6})[ \t]*+(|.*?(?:[^ \t#]|#(?!#)))[ \t]*+#*+[ \t]*+$")


class Piece(Value):
    """One paragraph or item of readable text; a line end inside it must stay."""

    kind: str  # paragraph, item, note, heading, row, admonition; text of another kind is kept as it is
    text: str
    mark: str = ""  # before its first line: `- `, `2. `, `## `, `[^1]: `
    prefix: str = ""  # before each line: `> `, four spaces a level
    apart: bool = False  # whether an empty line is above it
    between: str | None = None  # the beginning of the empty line, if it is between two quotations
    written: str = ""  # the mark in the file: `*   `
    hang: int = -1  # the indentation of its second line in the file; -1 if it has none

    @property
    def flows(self) -> bool:
        """Whether it may be wrapped."""
        return self.kind in ("paragraph", "item", "note")


def pieces_of(text: str, prefix: str = "") -> tuple[Piece, ...]:
    """The pieces of a text, in order."""
    found: list[Piece] = []
    above: Block | None = None
    bullet = "- "
    for block in scan_blocks(text, ""):
        follows = above is not None and above.kind == block.kind == "list"
        # a list directly after another gets another mark: with the same mark the two would be one list
        bullet = "* " if follows and bullet == "- " else "- "
        first, *others = _read(_kept_apart(block, above, prefix), prefix, bullet)
        if above is not None:
            first = replace(first, apart=text.count("\n", above.span.end, block.span.start) > 1)
            if block.text.lstrip()[0] == above.text.lstrip()[0] == ">":
                first = replace(first, between=prefix)
        found += [first, *others]
        above = block
    return tuple(found)


def _kept_apart(block: Block, above: Block | None, prefix: str) -> Block:
    """A block, written so that it stays separate from the block above.

    Indented code becomes fenced code, since a list above would take it in; and in a list, since
    items of another indentation would change how much of it is code.
    """
    kind = "list" if prefix.endswith(LEVEL) else above.kind if above else ""
    if block.kind == "code" and kind in _INDENTED and block.text.startswith(LEVEL):
        return replace(block, text=_fenced(block.text))
    return block


def readable_text(pieces: Sequence[Piece]) -> str:
    """The pieces as a translator sees them: paragraphs apart, items on lines of their own."""
    lines: list[str] = []
    before = ""
    for piece in pieces:
        if piece.apart:
            lines.append(empty_line(before, piece))
        first, *others = piece.text.split("\n")
        hang = " " * len(piece.mark)
        lines.append(piece.prefix + piece.mark + first)
        inside = piece.prefix + hang
        lines += [inside + other if other else inside.rstrip() for other in others]
        before = piece.prefix
    return "\n".join(lines)


def empty_line(before: str, piece: Piece) -> str:
    """The empty line above a piece, when the piece before it has that prefix."""
    if piece.between is not None:
        return piece.between.rstrip()
    one, other = before, piece.prefix
    length = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return one[:length].rstrip()


def _read(block: Block, prefix: str, bullet: str) -> Iterator[Piece]:
    kind, text = block.kind, block.text
    if kind == "paragraph":
        yield Piece(kind, joined(text.split("\n")), prefix=prefix)
    elif kind == "heading":
        yield _heading(text, prefix)
    elif kind == "list":
        yield from _list(text, prefix, bullet)
    elif kind == "quote" and _CALLOUT.match(text):
        yield from _notice(_CALLOUT.sub(r"\1\n> ", text, count=1), prefix)
    elif kind == "quote":
        inner = "\n".join(_QUOTE.sub("", line, count=1) for line in text.split("\n"))
        nested = pieces_of(inner, prefix + "> ")
        yield from nested or (Piece("html", text, prefix=prefix),)
    elif kind == "table":
        yield from (Piece("row", line.strip(), prefix=prefix) for line in text.split("\n"))
    elif kind == "note":
        lines = [_spaced(line) for line in text.split("\n")]
        match = _NOTE.match(lines[0])
        assert match is not None
        yield from _hanging(lines, len(LEVEL), match.group(), f"{match[1]} ", prefix)
    elif kind == "admonition":
        yield from _notice(text, prefix)
    else:
        yield Piece(kind, _outdented(text), prefix=prefix)


def _fenced(code: str) -> str:
    """Indented code as the same code between fences."""
    lines = [line[len(LEVEL) :] for line in code.split("\n")]
    longest = max((len(found) for found in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence, *lines, fence])


def _outdented(text: str) -> str:
    """A text whose lines are kept, without a common indentation of up to three spaces."""
    moved = len(text) - len(text.lstrip(" "))
    if not 0 < moved < len(LEVEL):
        return text
    lines = text.split("\n")
    return "\n".join(line[min(moved, len(line) - len(line.lstrip(" "))) :] for line in lines)


def _notice(text: str, prefix: str) -> Iterator[Piece]:
    """A callout (`> [!NOTE]`) or an admonition (`!!! note`): its first line and its text."""
    first, *others = (_spaced(line) for line in text.split("\n"))
    yield Piece("admonition", first.strip(), prefix=prefix)
    if first.lstrip().startswith(">"):
        inner, step = "\n".join(_QUOTE.sub("", line, count=1) for line in others), "> "
    else:
        inner, step = "\n".join(line.removeprefix(LEVEL) for line in others), LEVEL
    nested = pieces_of(inner, prefix + step)
    if nested:
        yield replace(nested[0], apart=not inner.partition("\n")[0].strip())
        yield from nested[1:]


def _heading(text: str, prefix: str) -> Piece:
    first, *others = text.split("\n")
    if others:
        level = 1 if others[0].startswith("=") else 2
        return Piece("heading", first.strip(), "#" * level + " ", prefix)
    match = _ATX.match(first)
    assert match is not None
    return Piece("heading", match[2], match[1] + " ", prefix)


def _list(text: str, prefix: str, bullet: str) -> Iterator[Piece]:
    lines = [_spaced(line) for line in text.split("\n")]
    if prefix.endswith(LEVEL):
        lines = _outdented("\n".join(lines)).split("\n")
    items = read_blocks("\n".join(lines)).children[0].children
    for item in items:
        match = _MARK.match(lines[item.first])
        assert match is not None
        mark = bullet if match[1] is None else f"{match[1]}{match[2]} "
        apart = item.first > 0 and not lines[item.first - 1].strip()
        pieces = _hanging(lines[item.first : item.end], item.indent, match.group(), mark, prefix)
        first, *others = pieces
        yield replace(first, apart=apart)
        yield from others


def _hanging(
    lines: Sequence[str], indent: int, written: str, mark: str, prefix: str
) -> Iterator[Piece]:
    """A block that begins with a mark, and everything indented below it.

    The indentation is one level, or as wide as the mark.
    """
    rest = [line if line[:indent].strip() else line[indent:] for line in lines[1:]]
    inner = "\n".join([lines[0][len(written) :], *rest])
    blocks = read_blocks(inner).children
    step = " " * max(len(mark), len(LEVEL)) if mark[0].isdigit() else LEVEL
    pieces = pieces_of(inner, prefix + step) or (Piece("paragraph", "", prefix=prefix),)
    first, *others = pieces
    if first.kind == "paragraph":
        hang = len(lines[1]) - len(lines[1].lstrip()) if blocks and blocks[0].end > 1 else -1
        kind = "note" if mark.startswith("[^") else "item"
        yield Piece(kind, first.text, mark, prefix, written=written, hang=hang)
    else:
        yield replace(first, mark=mark + first.mark, prefix=prefix)
    yield from others


def _spaced(line: str) -> str:
    """The line with spaces instead of tabs before its text."""
    text = line.lstrip(" \t")
    return line[: len(line) - len(text)].expandtabs(4) + text


def joined(lines: Sequence[str]) -> str:
    """Wrapped lines as one.

    Two spaces or a backslash at the end of a line are Markdown's line break and stay; so does a last
    line of attributes, which are those of the whole block.
    """
    text = _squeezed(lines[0])
    for number, line in enumerate(lines[1:], start=1):
        above, last = lines[number - 1], number == len(lines) - 1
        if above.endswith("  "):
            text += "  \n"
        else:
            stays = above.endswith("\\") or (last and _ATTRIBUTES.fullmatch(line.strip()))
            text += "\n" if stays else " "
        text += _squeezed(line)
    return text


def _squeezed(line: str) -> str:
    """The line with one space between words; code keeps its own."""
    return _SPACES.sub(lambda match: match[1] or " ", line.strip(" \t"))


def shape_of(pieces: Sequence[Piece]) -> tuple[tuple[str, str, str], ...]:
    """The structure that a translation must keep: kind, position and detail of each piece."""
    return tuple((piece.kind, piece.prefix, _detail(piece)) for piece in pieces)


def _detail(piece: Piece) -> str:
    if piece.kind == "heading":
        return piece.mark.strip()
    if piece.kind == "item":
        return ("numbered" if piece.mark[0].isdigit() else "") + "\n" * piece.text.count("\n")
    if piece.kind == "row":
        return str(len(re.findall(r"(?<!\\)\|", piece.text.strip("|"))))
    if piece.kind == "note":
        return piece.mark
    return "\n" * piece.text.count("\n") if piece.kind == "paragraph" else ""


@lru_cache(maxsize=8192)
def readable(text: str, *, line: bool) -> str:
    """A unit's text with its lines joined, as it is exported and compared.

    `line`: whether the text is a single line without Markdown blocks, such as a title.
    """
    if line:
        return re.sub(r"[ \n]+", " ", text).strip(" ")
    return readable_text(pieces_of(text))


def readable_unit(unit: Unit) -> str:
    """The unit's text with its lines joined; of a heading, without its id (`{#id}`)."""
    text = readable(unit.text, line=unit.in_yaml and unit.line)
    return HEADING_END.sub("", text) if unit.kind == "heading" else text
