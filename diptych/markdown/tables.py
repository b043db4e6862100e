"""Finds tables that were pasted as HTML with marks that no text may have; writes them in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from diptych.diagnostics import Diagnostic, error, say
from diptych.markdown.places import MarkdownText
from diptych.markdown.safety import clean, harmless, parse

_TABLE = re.compile(r"<table\b.*?</table\s*>", re.DOTALL | re.IGNORECASE)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~"}
_DROPPED = {"col", "colgroup", "script", "style"}  # elements without words for readers
_APART = {"br", "div", "p"}  # elements after which a space stands between words
# elements that can be written in a cell of a Markdown table
_WRITTEN = {"a", "font", "span", "u", *_APART, *_DROPPED, *_MARKS}
_NAMED = 4  # the number of refused names in the message


def pasted_tables(text: MarkdownText) -> Iterator[tuple[tuple[str, ...], Diagnostic]]:
    """unsafe-html: each table of HTML in which `clean` refuses more than what is harmless. The names
    that it refuses there, and one diagnostic for all of them.
    """
    for found in _TABLE.finditer(text.prose, text.start):
        refused = clean(found.group())[1]
        names = [name for name in dict.fromkeys(refused) if not harmless(name)]
        if not names:
            continue
        message = say(
            "this table is HTML, with what no text may hold: {names}",
            names=", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else ""),
        )
        hint = say(
            "write it in Markdown: a line for each row with `|` between its cells, and `|---|---|` "
            "below the first line"
        )
        span = text.source.span(*found.span())
        written = _in_markdown(parse(found.group()))
        edits = span.becomes(written) if written else ()
        yield refused, error("unsafe-html", span, message, hint, edits)


def _in_markdown(table: etree._Element) -> str | None:
    """The table in Markdown; None if a cell spans others or holds more than words and links."""
    rows = [[each for each in row if each.tag in ("td", "th")] for row in table.iter("tr")]
    cells = [cell for row in rows for cell in row]
    inner = {each.tag for cell in cells for each in cell.iterdescendants()}
    spans = {cell.get(name, "1") for cell in cells for name in ("colspan", "rowspan")}
    if not cells or spans != {"1"} or not inner <= _WRITTEN or table.find(".//caption") is not None:
        return None
    columns = max(map(len, rows))
    lines = []
    for row in filter(None, rows):
        written = [_words(cell) for cell in row]
        lines.append(f"| {' | '.join([*written, *[''] * (columns - len(row))])} |")
    return "\n".join([lines[0], "|" + "---|" * columns, *lines[1:]])


def _words(element: etree._Element) -> str:
    """The words inside an element in Markdown, on one line."""
    parts = [(element.text or "").replace("|", "\\|")]
    for child in element:
        inner = "" if child.tag in _DROPPED else _words(child)
        if inner and (href := child.get("href")):
            inner = f"[{inner}]({href})"
        elif inner:
            mark = _MARKS.get(child.tag, "")
            inner = f"{mark}{inner}{mark}"
        parts += [inner, " " if child.tag in _APART else "", (child.tail or "").replace("|", "\\|")]
    return " ".join("".join(parts).split())
