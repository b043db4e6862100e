"""Writes a readable text as lines of a file, wrapped as the rest of that file.

No line begins with a sign that Markdown would read as a mark. A line never ends within a link or a
span, between a number and its unit, or before French punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from diptych.languages import either
from diptych.translation import Unit
from diptych.translation.po.readable import HEADING_END, LEVEL, Piece, empty_line, pieces_of
from diptych.values import Value, field, replace

WIDTH = 100  # characters of a line, for a file whose own width cannot be measured
WIDEST = 10**6  # of a file that does not wrap
_RANGE = range(60, 121)
_WHOLE = re.compile(
    r"(?<!`)`++[^`]+`++"
    r"|!?\[[^\[\]]*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])?(?:\{[^{}]*\})?"
    r"|\]\([^()]*\)(?:\{[^{}]*\})?|\{[^{}]*\}|<[^<>]+>"
)
_MARK = re.compile(
    r"[-+*]$|\d+[.)]$|[>#|~{]|[:=]|[-*_=]{2,}$|```|!!!|\[[^\]]*\]:|\*\[|<(?!https?:|mailto:)"
)  # words that are Markdown when a line begins with them
_AFTER_WORD = re.compile(r"[;:!?»%€]")
_HOURS = either(lambda rules: rules.hours)
_UNIT = re.compile(rf"(?:{_HOURS}|{either(lambda rules: rules.euro)})\b|[%€]")
_HOUR = re.compile(_HOURS)
_LIST_MARK = re.compile(r"(?:[-+*]|\d+[.)]) +")
_GAP = 4  # spaces between the mark of an item and its text, at most
_OWN_LINE = ("figure", "heading")  # never wrapped


class FormatStyle(Value):
    """How a file is written: its width, and the marks of its lists."""

    width: int = WIDTH
    # by prefix of the list and whether it is numbered: the list mark as it is written, and the
    # indentation of the other lines of an item
    marks: Mapping[tuple[str, bool], tuple[str, int]] = field(default_factory=dict)
    least: int = 0  # the least width of the mark of an outermost item, with its spaces

    def with_marks_of(self, text: str) -> FormatStyle:
        """This style, but with the list marks of a text for the lists that the text has."""
        return replace(self, marks={**self.marks, **_marks_of(text)})


def style_of(texts: Sequence[str], width: int | None = None) -> FormatStyle:
    """The style of some texts: their width, and the list marks of the first text that has lists."""
    marks: dict[tuple[str, bool], tuple[str, int]] = {}
    for text in texts:
        marks = {**_marks_of(text), **marks}
    return FormatStyle(width_of(texts) if width is None else width, marks)


def _marks_of(text: str) -> dict[tuple[str, bool], tuple[str, int]]:
    marks: dict[tuple[str, bool], tuple[str, int]] = {}
    for piece in pieces_of(text):
        if piece.kind == "item":
            written = piece.written if piece.written.endswith(" ") else f"{piece.written} "
            known = marks.setdefault((piece.prefix, piece.mark[0].isdigit()), (written, piece.hang))
            if known[1] < 0 <= piece.hang:  # the first item had one line
                marks[(piece.prefix, piece.mark[0].isdigit())] = (known[0], piece.hang)
    return marks


def width_of(texts: Iterable[str]) -> int:
    """The width at which texts were wrapped: the one that explains most of their line ends."""
    votes = dict.fromkeys(_RANGE, 0)
    endless = 0
    for text in texts:
        lines = text.split("\n")
        endless += sum(len(line) > _RANGE[-1] and " " in line.strip() for line in lines)
        for line, following in pairwise(lines):
            if line.strip() and following.strip() and not _MARK.match(_first(following)):
                for width in range(len(line), len(line) + 1 + len(_first(following))):
                    if width in votes:
                        votes[width] += 1
    most = max(votes.values())
    if most <= endless:
        return WIDEST if endless else WIDTH
    best = [width for width in votes if votes[width] == most]
    return WIDTH if WIDTH in best else best[-1]


def _first(line: str) -> str:
    return atoms(line.strip())[0]


def written_lines(pieces: Sequence[Piece], style: FormatStyle) -> list[str]:
    """The lines of a file for the pieces of a text."""
    lines: list[str] = []
    before = ""
    further = ""  # more spaces before the text inside an outermost item, if its mark is widened
    for piece in pieces:
        inside = piece.prefix.startswith(" ")
        if piece.apart:
            empty = empty_line(before, piece)
            lines.append(further + empty if empty.startswith(" ") else empty)
        before = piece.prefix
        parts = piece.text.split("\n")
        mark, hang = _mark(piece, style) if piece.flows else (piece.mark, "")
        if not piece.prefix and _LIST_MARK.match(piece.mark):
            further = " " * max(0, style.least - max(len(piece.mark), len(LEVEL)))
            mark, hang = _widened(mark, hang, style.least)
        prefix = further + piece.prefix if inside else piece.prefix
        if not piece.flows:
            hang = prefix + " " * (0 if piece.kind == "heading" else len(mark))
            lines.append(prefix + mark + parts[0])
            lines += [hang + part if part else hang.rstrip() for part in parts[1:]]
            continue
        first, rest = prefix + mark, prefix + hang
        for part in parts:
            broken = "  " if part.endswith("  ") else ""
            wrapped = wrap(part.strip(" "), first, rest, style.width)
            lines += [*wrapped[:-1], wrapped[-1] + broken]
            first = rest
    return lines


def file_lines(unit: Unit, text: str, style: FormatStyle) -> list[str]:
    """The lines that replace the text of a unit in its file: a readable text, wrapped."""
    if unit.in_yaml and unit.line:
        return wrap(text, "", "", style.width)
    if unit.kind in _OWN_LINE:
        return text.split("\n")
    return written_lines(pieces_of(text), style)


def heading_lines(text: str, old: str) -> list[str]:
    """The heading `text`, with the style (`##` or underlined) and the id of the heading `old`."""
    first, *others = old.split("\n")
    if others and not first.startswith("#"):
        tail = HEADING_END.search(first)
        line = re.sub(r"^#+ ", "", text) + (f" {tail[1]}" if tail else "")
        return [line, others[0][0] * max(len(line), 3)]
    tail = HEADING_END.search(first)
    return [text + (first[tail.start() :].rstrip() if tail else "")]


def _mark(piece: Piece, style: FormatStyle) -> tuple[str, str]:
    """The mark of a piece and the indentation of its other lines, in the style of the file."""
    numbered = piece.mark[:1].isdigit()
    known = style.marks.get((piece.prefix, numbered)) if piece.kind == "item" else None
    if known is None or len(known[0]) > max(len(piece.mark), len(LEVEL)):
        return piece.mark, " " * len(piece.mark) if piece.kind == "item" else ""
    mark, hang = known
    if numbered:
        mark = re.sub(r"(?<!\d)\d++[.)]", piece.mark.strip(), mark)
    elif piece.mark[0] == "*":  # the second of two lists in a row has another mark than the first
        mark = re.sub(r"[-+*]", "-" if "*" in mark else "*", mark)
    return mark, " " * (len(mark) if hang < 0 else hang)


def _widened(mark: str, hang: str, least: int) -> tuple[str, str]:
    """The mark and indentation of an item, widened so that its text begins behind `least` columns."""
    match = _LIST_MARK.match(mark)
    if match is None or len(match.group()) >= least:
        return mark, hang
    sign = match.group().rstrip()
    wide = sign.ljust(min(least, len(sign) + _GAP))
    return wide + mark[match.end() :], " " * len(wide)


def wrap(text: str, first: str, rest: str, width: int) -> list[str]:
    """A text in lines of at most `width`, where words allow it."""
    lines: list[str] = []
    line, begun = first, False
    for atom in atoms(text):
        if begun and len(line) + 1 + len(atom) > width:
            lines.append(line)
            line, begun = rest, False
        line += (" " if begun else "") + atom
        begun = True
    return [*lines, line.rstrip(" ") if not begun else line]


def atoms(text: str) -> list[str]:
    """The parts of a text between which a line may end."""
    held = _WHOLE.sub(lambda match: match.group().replace(" ", "\x00"), text)
    found: list[str] = []
    for word in re.split(r"[ \n]+", held.strip(" \n")):
        if found and _stay_together(found[-1].rpartition(" ")[2], word):
            found[-1] += " " + word
        else:
            found.append(word)
    return [atom.replace("\x00", " ") for atom in found]


def _stay_together(before: str, word: str) -> bool:
    if _MARK.match(word) or _AFTER_WORD.match(word) or before.endswith("«") or before in ("€", "-"):
        return True
    if before[-1:].isdigit():
        return word[:1].isdigit() or bool(_UNIT.match(word))
    return bool(_HOUR.fullmatch(before)) and word[:1].isdigit()
