"""Recognises a text that was saved twice in the wrong encoding: `Ã©` for é, `â€™` for ’.

A program read its UTF-8 as Windows-1252 (or Latin-1), or on an old Mac as Mac Roman (`√©`, `‚Äô`), and
saved that as UTF-8. Each letter with an accent became two characters, each quotation mark three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from diptych.diagnostics import Diagnostic, Source, say, warning
from diptych.unseen import uncommon

_BYTES = {  # the characters that Windows-1252 has for the bytes 80 to BF, and Latin-1 where it has none
    bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0xC0)
}
_MAC_BYTES = {bytes([byte]).decode("mac_roman"): byte for byte in range(0x80, 0xC0)}
# every character with which a match of `_pattern` can begin; few texts contain one
_FIRST = re.compile("[ÂÃÅâð¬√≈‚]")
_ROUNDS = 3  # a text may have been saved wrongly more than once
_NAMED = 10  # lines of a file that are reported


@cache  # compiled only for the few texts that need it, since compiling takes two milliseconds
def _pattern() -> re.Pattern[str]:
    """The pattern of the characters that a wrong encoding makes of a Latin letter with an accent, of a
    punctuation mark or of an emoji, one or more times in a row.
    """
    behind = "[" + re.escape("".join(_BYTES)) + "]"
    roots = set("πµΩ∑∏∫")  # √π is a root
    mac = "[" + re.escape("".join(sorted(_MAC_BYTES.keys() - roots))) + "]"
    return re.compile(
        f"(?:[ÂÃÅ]{behind}|â{behind}{{2}}|ð{behind}{{3}})+|(?P<mac>(?:[¬√≈]{mac}|‚[ÄÇ]{mac})+)"
    )


def mended(text: str) -> str:
    """The text before the mistake; unchanged if it has none."""
    for _ in range(_ROUNDS):
        before = text
        text = _pattern().sub(_decoded, text)
        if text == before:
            break
    return text


def _decoded(match: re.Match[str]) -> str:
    signs = match.group()
    try:
        if match["mac"]:
            return signs.encode("mac_roman").decode("utf-8")
        return bytes(_byte_of(sign) for sign in signs).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return signs


def _byte_of(sign: str) -> int:
    return _BYTES[sign] if sign in _BYTES else sign.encode("latin-1")[0]


def mangled(source: Source) -> Iterator[Diagnostic]:
    """mangled-text: each line that was saved in the wrong encoding, with the right line."""
    if _FIRST.search(uncommon(source.text)) is None or not any(
        _pattern().match(source.text, each.start()) for each in _FIRST.finditer(source.text)
    ):
        return
    reported = 0
    for number, line in enumerate(source.text.split("\n"), start=1):
        whole = mended(line)
        if whole == line:
            continue
        match = next(each for each in _pattern().finditer(line) if _decoded(each) != each.group())
        start = source.line_start(number) + match.start()
        span = source.span(start, start + len(match.group()))
        message = say(
            "“{written}” stands where “{meant}” is meant: the text was saved in a wrong encoding",
            written=match.group(),
            meant=mended(match.group()),
        )
        hint = say("look whether the whole line is right then")
        yield warning(
            "mangled-text", span, message, hint, source.line_becomes(number, whole), certain=True
        )
        reported += 1
        if reported == _NAMED:
            return
