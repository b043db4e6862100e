"""Recognises code in a Markdown text: marks, links and tags in it have no meaning."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from diptych import markdown
from diptych.markdown import read_blocks

_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})(.*)")
_BLANK = "\x00"  # no character of a text


@lru_cache(maxsize=8)  # most steps change nothing, so the next step asks for the same text
def without_code(text: str) -> str:
    """The text with a sign that no text has in place of each character of code."""
    return markdown.without_code(text, _BLANK)


def with_closed_code(text: str) -> str:
    """The text, with a closing fence at its end if its last block of code has none."""
    nodes = read_blocks(text).children
    last = nodes[-1] if nodes else None
    if last is None or last.kind != "code" or not last.mark or last.closed:
        return text
    return text.rstrip("\n") + f"\n{last.mark}\n"


def fence_after(line: str, fence: str) -> str:
    """The fence of the block of code that is open after a line; "" if none is open. `fence` is the
    fence that is open before the line.

    The text need not be Markdown yet: inside a container of another program, for example, a fence
    may be indented by any number of spaces.
    """
    match = _FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        return match[1]
    return "" if match[1].startswith(fence) and not match[2].strip() else fence


def replaced(
    pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str | None] | str, text: str
) -> str:
    """The text with every match outside of code replaced. A match stays as it is if `replace`
    returns None for the match.
    """
    if pattern.search(text) is None:
        return text
    hidden = without_code(text)
    made: list[str] = []
    last = 0
    for match in pattern.finditer(hidden):
        whole = pattern.match(text, match.start()) or match
        if whole.end() != match.end():
            # the match includes code that changes its end: the match in the text without code is right
            whole = match
        new = replace if isinstance(replace, str) else replace(whole)
        if new is not None:
            made += [text[last : match.start()], new]
            last = match.end()
    return "".join([*made, text[last:]])
