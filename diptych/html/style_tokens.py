"""Reads a style sheet into its tokens, as browsers do (CSS Syntax 3, "Tokenization").

Only the tokens that can name an address, or say where one is, are told apart: `url(…)`, strings,
functions, brackets, at-keywords, semicolons and comments. What is between them (selectors, properties,
numbers, colours) is one token. So a style sheet is read in a third of the time that a parser of CSS
takes, which reads the values of numbers and makes an object of each space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_ESCAPE = r"(?>\\(?:[0-9A-Fa-f]{1,6}[ \n\t]?|[^\n]|\Z))"
_START = r"[a-zA-Z_\x80-\U0010ffff]"  # of a name
_PART = rf"(?:[a-zA-Z0-9_\x80-\U0010ffff-]|{_ESCAPE})"
_NAME = rf"(?>(?:-?(?:{_START}|{_ESCAPE})|--){_PART}*)"
_NUMBER = r"[-+]?(?:[0-9]*\.)?[0-9]++(?:[eE][-+]?[0-9]++)?"
_SPACE = r"[ \n\t]"
_TOKEN = re.compile(
    rf"""
    {_SPACE}++
  | (?P<other> (?: (?: --> | <!-- | {_NAME}(?!\() | {_NUMBER}(?:{_NAME}|%)? | \#{_PART}++
        | -(?!{_NAME}|-) | [^"'@(){{}}\[\];/\\a-zA-Z_\x80-\U0010ffff \n\t-] ) {_SPACE}*+ )++ )
  | (?P<bracket> [\[({{\])}};] )
  | (?P<function> {_NAME} \( )
  | (?P<comment> /\* (?: [^*] | \*(?!/) )*+ (?: \*/ )? )
  | (?P<string> (?P<quote>["'])
        (?P<inside> (?: (?!(?P=quote))[^\\\n] | \\\n | (?!\\\Z){_ESCAPE} )*+ )
        (?P<ended> (?P=quote) | \\?\Z )? )
  | (?P<at> @{_NAME} )
  | (?P<sign> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_QUOTED = re.compile(rf"{_SPACE}*+[\"']")
_ADDRESS = re.compile(  # the rest of `url(` without quotation marks
    rf"""{_SPACE}*+((?:[^ \n\t)"'(\\\x00-\x08\x0b\x0e-\x1f\x7f]|{_ESCAPE})*+){_SPACE}*+(?:\)|\Z)"""
)
_NO_ADDRESS = re.compile(r"(?:\\\)|[^)])*+\)?")  # the rest of one that browsers do not read
_ESCAPED = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})[ \n\t]?|(.?))", re.DOTALL)

# the kinds of tokens that open a block or function, and the sign that closes it
OPENING = {"function": ")", "(": ")", "[": "]", "{": "}"}


class StyleToken(NamedTuple):
    """A token of a style sheet, with its place in it."""

    kind: str  # `comment`, `string`, `url`, `function`, `at`, `closing`, `other`, or its sign
    value: str  # of a string or an address, without escapes; of a name also in small letters
    start: int
    end: int


def tokens_of(text: str) -> Iterator[StyleToken]:
    """The tokens of a style sheet in order, without white space. Each line end in `text` is one line
    feed.
    """
    text = text.replace("\0", "\ufffd")
    place = 0
    while (match := _TOKEN.match(text, place)) is not None:
        kind, start, place = match.lastgroup, place, match.end()
        if kind == "bracket":
            sign = match.group()
            yield StyleToken("closing" if sign in ")]}" else sign, sign, start, place)
        elif kind == "other" or kind == "comment":
            yield StyleToken(kind, "", start, place)
        elif kind == "function":
            name = _unescaped(text[start : place - 1]).lower()
            if name != "url" or _QUOTED.match(text, place):
                yield StyleToken(kind, name, start, place)
                continue
            address = _ADDRESS.match(text, place)
            found = address or _NO_ADDRESS.match(text, place)
            assert found is not None
            place = found.end()
            value = "" if address is None else _unescaped(address[1])
            yield StyleToken("other" if address is None else "url", value, start, place)
        elif kind == "string" and match["ended"] is not None:
            yield StyleToken(kind, _unescaped(match["inside"]), start, place)
        elif kind == "at":
            yield StyleToken(kind, _unescaped(text[start + 1 : place]).lower(), start, place)
        elif kind is not None:
            yield StyleToken("other", "", start, place)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(_char, text) if "\\" in text else text


def _char(escape: re.Match[str]) -> str:
    """The character for which an escape stands; none for a line end, which goes on the next line."""
    if escape[1] is None:
        return "" if escape[2] == "\n" else escape[2] or "\ufffd"
    number = int(escape[1], 16)
    return chr(number) if 0 < number < 0x110000 else "\ufffd"
