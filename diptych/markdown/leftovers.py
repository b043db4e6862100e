"""Finds incomplete Markdown marks that readers see as they were typed, since neither this program nor
GitHub understands them: stars around no words, a table without its delimiter row, braces that follow
no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from diptych.diagnostics import Diagnostic, Source, error, line_at, nearest, say, warning
from diptych.markdown.blocks import CALLOUTS, NOTICES, Node
from diptych.markdown.leaves import cells_of
from diptych.markdown.places import MarkdownText

_BRACES = re.compile(r"(\\?)((?:(?<! ) ++)?)(\{:?[ ]*(?:[#.][\w-]+|[\w-]+=[^\s{}]*)[^{}\n]*\})")
_HEADING_BRACES = re.compile(r"^( {0,3}#{1,6}) *(\{[^{}\n]*\}) *$", re.MULTILINE)
_GLUED = re.compile(r"(#{2,6})(?=[^\W\d_])")
_CALLOUT = re.compile(r" *\[!(\w+)\][-+]? *(.*)$")
_TAGS = re.compile(r"<(/?)(\w+)[^>]*>")
_CODE = re.compile(r"<(code|pre)\b[^>]*>.*?</\1>", re.DOTALL)
_OPEN = re.compile(
    r"(?<!\w)(?:(?:(?<!\*)|(?<=\w\*))\*{2,}+|__|~~)(?=[^\W_])|\*(?=<(?:em|strong)>[^\W_])"
)
_SHUT = re.compile(r"(?<=[^\s*~_>])(?:\*{2,}|__|~~)(?!\w)|(?<=</em>)\*|(?<=</strong>)\*")
_SPACED = re.compile(r"(?<![*\\\w])\*\* [^*\n]+ \*\*(?![*\w])")
_LIST_MARK = re.compile(r"\W*|\(?\w{1,3}[.)]")  # a tab follows it in Word
_WORD = re.compile(r"[^\W_]+")


def find_leftovers(text: MarkdownText, html: str) -> Iterator[Diagnostic]:
    """Diagnostics of marks that appear on the page as they were typed. `html` is the HTML of the
    Markdown.

    Diagnostics: open-emphasis, braces-apart, headless-table, lost-cell, callout-mark, glued-heading.
    """
    yield from _open_emphasis(text, html)
    if "{" in html:
        yield from _braces(text, html)
    tabbed = "\t" in text.body
    for node in text.nodes:
        if node.kind == "paragraph":
            yield from _table(text, node)
            if tabbed:
                yield from _tabs(text, node)
            yield from _heading(text, node)
        elif node.kind == "quote":
            yield from _callout(text, node)
        elif node.kind == "admonition":
            yield from _notice(text, node)
        elif node.kind == "table":
            yield from _lost_cells(text, node)


# Emphasis.


def _open_emphasis(text: MarkdownText, html: str) -> Iterator[Diagnostic]:
    """open-emphasis: stars, underscores and tildes that enclose no words. A mark after a backslash
    is intended and not reported.
    """
    source, prose = text.source, text.prose
    if not any(mark in prose for mark in ("**", "__", "~~")):
        return
    bare = _TAGS.sub(r"<\1\2>", _CODE.sub("`", html))
    seen, reported = text.start, set()
    for spaced in _SPACED.finditer(prose, text.start):
        reported.add(line_at(prose, spaced.start()))
        yield _unframed(source, spaced.start(), opens=True)
    for match in sorted((*_OPEN.finditer(bare), *_SHUT.finditer(bare)), key=re.Match.start):
        mark = re.escape({"_": "__", "~": "~~"}.get(match.group()[0], "**"))
        opens = match.re is _OPEN
        word = _word_after(bare, match.end()) if opens else _word_before(bare, match.start())
        word = re.escape(word)
        sought = rf"(?<!\\){mark}{word}" if opens else rf"{word}\W?(?<!\\)({mark})"
        found = re.compile(sought).search(prose, seen)
        if found is None:
            continue
        seen = found.end()
        place = found.start() if opens else found.start(1)
        line = line_at(prose, place)
        if line not in reported:  # one correction repairs all marks of a line
            reported.add(line)
            yield _unframed(source, place, opens=opens)


def _word_after(bare: str, place: int) -> str:
    found = _WORD.search(bare[place : place + 60].replace("<em>", "").replace("<strong>", ""))
    return found.group() if found else ""


def _word_before(bare: str, place: int) -> str:
    near = re.sub(r"</?\w+>", "", bare[max(0, place - 60) : place])
    found = _WORD.findall(near)
    return found[-1] if found else ""


def _unframed(source: Source, place: int, *, opens: bool) -> Diagnostic:
    start, end = line_at(source.text, place)
    line, mark = source.text[start:end], source.text[place : place + 2]
    message = say("readers see `{mark}` as it stands, for it frames no words", mark=mark)
    hint = say("one mark stands right before the first word, the same right behind the last one")
    span = source.span(place, place + 2)
    edits = source.span(start, end).becomes(_framed(line, mark, place - start if opens else -1))
    return warning("open-emphasis", span, message, hint, edits)


def _framed(line: str, mark: str, opened: int) -> str:
    """The line with its marks corrected so that they enclose words. `opened` is the offset of an
    unclosed mark in the line, or -1.
    """
    two, one = re.escape(mark), re.escape(mark[0])
    words = rf"([^{one}\n]*[^\s{one}])"
    for wrong, right in (
        (rf"(?<!{one}){two}(?=[^\s{one}]){words}{one}(?!{one})", rf"{mark}\1{mark}"),  # **A*
        (rf"(?<!{one}){one}(?=[^\s{one}]){words}{two}(?!{one})", rf"{mark}\1{mark}"),  # *A**
        (rf"{two}(?=[^\s{one}]){words}{two}(?=\w)", rf"{mark}\1{mark} "),  # **A:**b
        (rf"{two} *{words} *{two}", rf"{mark}\1{mark}"),  # ** A **
    ):
        made = re.sub(wrong, lambda match, right=right: match.expand(right), line, count=1)  # type: ignore[misc]
        if made != line:
            return made
    return f"{line.rstrip()}{mark}" if opened >= 0 else line.replace(mark, "", 1)


# Braces.


def _braces(text: MarkdownText, html: str) -> Iterator[Diagnostic]:
    """braces-apart: `[De Standaard] {lang=nl}`: braces belong directly after their text."""
    source, start, prose = text.source, text.start, text.prose
    shown = " ".join(unescape(re.sub(r"<[^>]*>", "", _CODE.sub("", html))).split())
    found = list(_BRACES.finditer(prose, start))
    apart = [" ".join(each[3].split()) for each in found if each[2] and not each[1]]
    for match in found:
        written = " ".join(match[3].split())
        seen = shown.count(written)
        if match[1] or not seen or (not match[2] and apart.count(written) >= seen):
            continue  # only braces apart are visible to readers
        message = say(
            "`{braces}` belongs to nothing, so readers see it as it stands", braces=written
        )
        hint = say(
            "write the braces right behind what they belong to; behind a heading, after a space"
        )
        span = source.span(match.start(3), match.end(3))
        before = prose[max(start, match.start() - 1) : match.start()]
        heading = _HEADING_BRACES.match(prose, prose.rfind("\n", 0, match.start()) + 1)
        edits = source.span(match.start(2), match.end(2)).becomes("")
        if heading:
            edits = source.span(heading.start(), heading.end()).becomes(
                f"{heading[1]} … {heading[2]}"
            )
        elif not match[2] or before not in ("]", ")", "*", "_", "`"):
            edits = source.span(match.start(2), match.end(3)).becomes("")
        yield warning("braces-apart", span, message, hint, edits)


# Blocks.


def _table(text: MarkdownText, node: Node) -> Iterator[Diagnostic]:
    """headless-table: rows of cells without the line below the head that makes them a table."""
    source, offsets = text.source, text.offsets
    if not any("|" in line for line in node.lines):
        return
    rows = [line.strip() for line in node.lines]
    widths = {len(cells_of(row)) for row in rows}
    framed = all(row[:1] == row[-1:] == "|" for row in rows)
    if widths == {1} or (len(rows) < 2 and not framed):
        return
    if not framed and (len(widths) > 1 or any(" | " not in row for row in rows)):
        return
    rule = "|" + "---|" * len(cells_of(rows[0]))
    begin = offsets[node.first + 1] - 1
    message = say("this looks like a table, and the line below its head is missing")
    hint = say(
        "below the first row stands a line with as many times three dashes as there are columns"
    )
    edits = source.span(begin, begin).becomes(f"\n{rule}")
    if len(rows) > 1 and re.fullmatch(r"[|:\- ]+", rows[1]):
        message = say("the line below the head of this table has another number of columns")
        at = source.text.index(rows[1], offsets[node.first + 1])
        edits = source.span(at, at + len(rows[1])).becomes(rule)
    yield warning("headless-table", text.line_span(node.first), message, hint, edits)


def _tabs(text: MarkdownText, node: Node) -> Iterator[Diagnostic]:
    """headless-table: lines of cells with tabs between them, as a table is pasted from a word processor
    or a spreadsheet.
    """
    spans = [text.line_span(node.first + number) for number in range(len(node.lines))]
    lines = [text.source.text[each.start : each.end].strip(" ") for each in spans]
    if any(
        written.split() != line.split() for written, line in zip(lines, node.lines, strict=True)
    ):
        return  # the lines are in a list or a quotation
    rows = [[cell.strip().replace("|", r"\|") for cell in line.split("\t")] for line in lines]
    if len(rows) < 2 or any(len(row) < 2 or _LIST_MARK.fullmatch(row[0]) for row in rows):
        return
    columns = max(map(len, rows))
    table = [f"| {' | '.join([*row, *[''] * (columns - len(row))])} |" for row in rows]
    table.insert(1, "|" + "---|" * columns)
    message = say(
        "these lines are a table with tabs between its cells; readers see one line of text"
    )
    edits = text.source.span(spans[0].start, spans[-1].end).becomes("\n".join(table))
    yield warning("headless-table", spans[0], message, None, edits)


def _lost_cells(text: MarkdownText, node: Node) -> Iterator[Diagnostic]:
    """lost-cell: a row with more cells than its table has columns; further cells are dropped, as on
    GitHub.
    """
    columns = len(cells_of(node.lines[0]))
    for number, row in enumerate(node.lines[2:], start=node.first + 2):
        cells = cells_of(row)
        if len(cells) > columns and any(cells[columns:]):
            lost = " | ".join(cells[columns:])
            message = say("readers do not see “{text}”, for the table has fewer columns", text=lost)
            hint = say("give the head as many cells; a sign in a cell is written `\\|`")
            yield error("lost-cell", text.line_span(number), message, hint)


def _heading(text: MarkdownText, node: Node) -> Iterator[Diagnostic]:
    """glued-heading: a heading without a space after its signs (`##Kop`). A word after a single `#`
    is a hashtag and not reported.
    """
    source = text.source
    for number, line in enumerate(node.lines, start=node.first):
        match = _GLUED.match(line)
        if match is not None:
            at = source.text.index(match.group(), text.offsets[number])
            message = say("a heading needs a space behind its signs `{signs}`", signs=match[1])
            span = source.span(at, at + len(line.rstrip()))
            edits = source.span(at + len(match[1]), at + len(match[1])).becomes(" ")
            yield warning("glued-heading", span, message, None, edits)


def _notice(text: MarkdownText, node: Node) -> Iterator[Diagnostic]:
    """callout-mark: an admonition of a kind that does not exist (`!!! let op`). Most authors meant
    its words as a title.
    """
    first = node.mark.partition(" ")[0].lower()
    if first in NOTICES or node.title is not None:
        return
    at = text.source.text.index("!!!", text.offsets[node.first])
    near = nearest(first, NOTICES)
    title = node.mark[:1].upper() + node.mark[1:]
    written = f"!!! {near}" if near and " " not in node.mark else f'!!! note "{title}"'
    message = say("there is no notice `{mark}`", mark=f"!!! {node.mark}")
    hint = say(
        "the notices are: {known}; a title of your own stands behind the kind, between quotes",
        known=", ".join(NOTICES),
    )
    span = text.source.span(at, text.line_span(node.first).end)
    yield warning("callout-mark", span, message, hint, span.becomes(written))


def _callout(text: MarkdownText, node: Node) -> Iterator[Diagnostic]:
    """callout-mark: a quotation that begins with the mark of a callout (`[!NOTE]`) but is read as a
    plain quotation, so that readers see the mark.
    """
    first = node.children[0] if node.children else None
    match = _CALLOUT.match(first.lines[0]) if first and first.kind == "paragraph" else None
    if first is None or match is None:
        return
    source = text.source
    at = source.text.index("[!", text.offsets[first.first])
    span = source.span(at, at + len(match[1]) + 3)
    kind = match[1].lower()
    if kind not in CALLOUTS:
        near = nearest(kind, CALLOUTS)
        message = say("there is no callout `{mark}`", mark=f"[!{match[1]}]")
        hint = say(
            "the callouts are: {known}", known=", ".join(f"[!{each.upper()}]" for each in CALLOUTS)
        )
        edits = span.becomes(f"[!{near.upper()}]") if near else ()
        yield warning("callout-mark", span, message, hint, edits)
    elif match[2].strip():
        message = say("the name of a callout stands on a line of its own")
        behind = at + match.start(2) - first.lines[0].index("[")
        edits = source.span(span.end, behind).becomes("\n> ")
        yield warning("callout-mark", span, message, None, edits)
    elif len(node.children) + len(first.lines) > 2:
        message = say("a callout in a list or in another quotation stays a quotation on GitHub")
        yield warning("callout-mark", span, message, say("write it at the beginning of the line"))
    else:
        message = say("this callout says nothing")
        end = source.span(span.end, span.end)
        yield warning("callout-mark", span, message, None, end.becomes("\n> …"))
