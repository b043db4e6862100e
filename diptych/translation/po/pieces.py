"""Markdown text -> pieces: the lines of a text as a translator sees them, freed of wrapping.

A paragraph or a list item is one piece, whatever its lines; what must keep its lines (code, raw
HTML, definitions) is kept as it is. Cut by the scanner of `markup`, level by level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diptych.markdown import scan_blocks
from diptych.values import Value, replace

LEVEL = "    "  # what Python-Markdown wants before whatever belongs to a list item
_BULLET = re.compile(r" {0,3}[*+-][ \t]+")
_NUMBER = re.compile(r" {0,3}(\d+)\.[ \t]+")
_NOTE = re.compile(r" {0,3}(\[\^[^\]]*\]:)[ \t]*")
_QUOTE = re.compile(r" {0,3}> ?")
_SPACES = re.compile(r"(`+[^`\n]+`+)|[ \t]+")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_ATX = re.compile(r"(#{1,6})[ \t]*(.*?)[ \t]*#*[ \t]*$")


class Piece(Value):
    """One line of a readable text; a line end inside it is one that must stay."""

    kind: str  # paragraph, item, note, heading, row, admonition, or what is kept: code, html, …
    text: str
    mark: str = ""  # before its first line: `- `, `2. `, `## `, `[^1]: `
    prefix: str = ""  # before each line: `> `, four spaces a level
    apart: bool = False  # whether an empty line stands above it
    written: str = ""  # the mark as its author wrote it: `*   `
    hang: int = -1  # by how much its second line was indented; -1: it had none

    @property
    def flows(self) -> bool:
        """Whether it may be wrapped."""
        return self.kind in ("paragraph", "item", "note")


def pieces_of(text: str, prefix: str = "") -> tuple[Piece, ...]:
    """The pieces of a text, in order."""
    found: list[Piece] = []
    end = 0
    for block in scan_blocks(text, ""):
        apart = bool(found) and text.count("\n", end, block.span.start) > 1
        inner = list(_read(block.kind, block.text, prefix))
        found += [replace(inner[0], apart=apart), *inner[1:]]
        end = block.span.end
    return tuple(found)


def readable_text(pieces: Sequence[Piece]) -> str:
    """The pieces as a translator sees them: paragraphs apart, items on lines of their own."""
    lines: list[str] = []
    before = ""
    for piece in pieces:
        if piece.apart:
            lines.append(shared_prefix(before, piece.prefix).rstrip())
        first, *others = piece.text.split("\n")
        hang = " " * len(piece.mark) if piece.flows else ""
        lines.append(piece.prefix + piece.mark + first)
        lines += [piece.prefix + hang + other if other else "" for other in others]
        before = piece.prefix
    return "\n".join(lines)


def shared_prefix(one: str, other: str) -> str:
    """What two prefixes have in common: what an empty line between them begins with."""
    length = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return one[:length]


def _read(kind: str, text: str, prefix: str) -> Iterator[Piece]:
    if kind == "paragraph":
        yield Piece(kind, joined(text.split("\n")), prefix=prefix)
    elif kind == "heading":
        yield _heading(text, prefix)
    elif kind == "list":
        yield from _list(text, prefix)
    elif kind == "quote":
        inner = "\n".join(_QUOTE.sub("", line, count=1) for line in text.split("\n"))
        nested = pieces_of(inner, prefix + "> ")
        yield from nested or (Piece("html", text, prefix=prefix),)
    elif kind == "table":
        yield from (Piece("row", line.strip(), prefix=prefix) for line in text.split("\n"))
    elif kind == "note":
        yield from _hanging([_spaced(line) for line in text.split("\n")], _NOTE, "note", prefix)
    elif kind == "admonition":
        first, *others = text.split("\n")
        yield Piece(kind, first.strip(), prefix=prefix)
        yield from _below([_spaced(line) for line in others], prefix)
    else:
        yield Piece(kind, text, prefix=prefix)


def _heading(text: str, prefix: str) -> Piece:
    first, *others = text.split("\n")
    if others:
        level = 1 if others[0].startswith("=") else 2
        return Piece("heading", first.strip(), "#" * level + " ", prefix)
    match = _ATX.match(first)
    assert match is not None
    return Piece("heading", match[2], match[1] + " ", prefix)


def _list(text: str, prefix: str) -> Iterator[Piece]:
    lines = [_spaced(line) for line in text.split("\n")]
    item = _NUMBER if _NUMBER.match(lines[0]) else _BULLET
    starts = [number for number, line in enumerate(lines) if item.match(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        apart = start > 0 and not lines[start - 1].strip()
        first, *others = _hanging(lines[start:end], item, "item", prefix)
        yield replace(first, apart=apart)
        yield from others


def _hanging(
    lines: Sequence[str], pattern: re.Pattern[str], kind: str, prefix: str
) -> Iterator[Piece]:
    """What begins with a mark, and everything that belongs to it by its indentation."""
    match = pattern.match(lines[0])
    assert match is not None
    mark = "- " if pattern is _BULLET else f"{match[1]}. " if pattern is _NUMBER else f"{match[1]} "
    end = 1
    while end < len(lines) and lines[end].strip() and not _nested(lines[end]):
        end += 1
    hang = len(lines[1]) - len(lines[1].lstrip()) if end > 1 else -1
    text = joined([lines[0][match.end() :], *lines[1:end]])
    yield Piece(kind, text, mark, prefix, written=match.group(), hang=hang)
    yield from _below(lines[end:], prefix)


def _below(lines: Sequence[str], prefix: str) -> Iterator[Piece]:
    """The pieces of lines that are indented by one level."""
    text = "\n".join(line[4:] if line.startswith(LEVEL) else line.lstrip() for line in lines)
    nested = pieces_of(text, prefix + LEVEL)
    if nested:
        yield replace(nested[0], apart=not lines[0].strip())
        yield from nested[1:]


def _nested(line: str) -> bool:
    inner = line[4:] if line.startswith(LEVEL) else ""
    return bool(_BULLET.match(inner) or _NUMBER.match(inner))


def _spaced(line: str) -> str:
    """The line with spaces instead of tabs before its text."""
    text = line.lstrip(" \t")
    return line[: len(line) - len(text)].expandtabs(4) + text


def joined(lines: Sequence[str]) -> str:
    """Wrapped lines as one.

    Two spaces at the end of a line are Markdown's line break and stay; so does a last line of
    attributes, which are those of the whole block.
    """
    text = _squeezed(lines[0])
    for number, line in enumerate(lines[1:], start=1):
        last = number == len(lines) - 1 and _ATTRIBUTES.fullmatch(line.strip())
        text += "  \n" if lines[number - 1].endswith("  ") else "\n" if last else " "
        text += _squeezed(line)
    return text


def _squeezed(line: str) -> str:
    """The line with one space between words; code keeps its own."""
    return _SPACES.sub(lambda match: match[1] or " ", line.strip(" \t"))


def shape_of(pieces: Sequence[Piece]) -> tuple[tuple[str, str, str], ...]:
    """What a translation must keep of a text's structure: of each piece kind, place and detail."""
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
