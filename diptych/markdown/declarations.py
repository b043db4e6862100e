"""Finds declarations of HTML and XML (`<!DOCTYPE …>`, `<?xml …?>`, `<![CDATA[…]]>`) outside of code:
browsers show nothing of them.
"""

from __future__ import annotations

import re

from diptych.diagnostics import Diagnostic, Source, error, say
from diptych.markdown.blocks import read_blocks

_DECLARATION = re.compile(r"<\?|<!(?!--)")
_SHOWN = 30  # characters of a declaration by which its line is found


def find_declaration(html: str, source: Source, start: int) -> Diagnostic | None:
    """The diagnostic (too-complex) of the first declaration in the HTML of a text; None without one.

    `html` is as it was converted: what it shows as code is `&lt;?` there.
    """
    found = _DECLARATION.search(html)
    if found is None:
        return None
    words = html[found.start() : found.start() + _SHOWN].partition("\n")[0]
    message = say("declarations of HTML and XML (`<!…`, `<?…`) cannot stand in a text")
    hint = say("take it out; or show it as code, between backticks or in a block of code")
    return error("too-complex", source.line_span(_line_of(words, source, start)), message, hint)


def _line_of(words: str, source: Source, start: int) -> int:
    """The number of the first line outside of blocks of code with these words, else with any
    declaration.
    """
    text = source.text[start:]
    code = {
        number
        for node in read_blocks(text).walk()
        if node.kind == "code"
        for number in range(node.first, node.end)
    }
    lines = [each for each in enumerate(text.split("\n")) if each[0] not in code]
    declaring = [number for number, line in lines if _DECLARATION.search(line)]
    alike = [number for number, line in lines if words in line]
    first, _ = source.position(start)
    return first + next(iter((*alike, *declaring)), 0)
