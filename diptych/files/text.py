"""Bytes of a file -> text: UTF-8 strictly, one byte order mark dropped, line ends made `\\n`.

What an eye cannot see and a machine would act on (NUL, controls, bidirectional overrides) is an
error with its place: a text must be what it looks like.
"""

from __future__ import annotations

import re
import unicodedata

from diptych.diagnostics import Diagnostic, Outcome, Severity, Source, say
from diptych.model import File

_CONTROL = re.compile(  # controls, marks of direction, line separators, private use
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ue000-\uf8ff\ufeff\U000f0000-\U0010ffff]"
)


def decode(file: File) -> Outcome[Source]:
    """The text of a file; characters that cannot stay are replaced, and told.

    Diagnostics: not-utf8, invisible-character.
    """
    data = file.data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace")
        source = Source(file.path, _lines(text))
        offset = len(_lines(data[: error.start].decode("utf-8", "replace")))
        message = say("this file is not UTF-8; the first wrong byte is here")
        hint = say("save the file again and choose UTF-8 as its encoding")
        problem = Diagnostic("not-utf8", Severity.ERROR, source.span(offset), message, hint)
        return Outcome(source, (problem,))
    source = Source(file.path, _lines(text))
    if not _CONTROL.search(source.text):
        return Outcome(source)
    return Outcome(
        Source(file.path, _CONTROL.sub("\ufffd", source.text)), tuple(_invisible(source))
    )


def is_invisible(char: str) -> bool:
    """Whether a character is one that no text may hold."""
    return _CONTROL.match(char) is not None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _invisible(source: Source) -> list[Diagnostic]:
    problems = []
    for match in list(_CONTROL.finditer(source.text))[:20]:
        name = unicodedata.name(match.group(), "").lower() or "control character"
        code = f"U+{ord(match.group()):04X}"
        message = say("an invisible character stands here: {code} ({name})", code=code, name=name)
        hint = say("take it out, or type the words around it again")
        span = source.span(match.start(), match.end())
        certain = match.group() not in "\u2028\u2029"  # which may stand for a new line
        problems.append(
            Diagnostic(
                "invisible-character",
                Severity.ERROR,
                span,
                message,
                hint,
                span.becomes(""),
                certain,
            )
        )
    return problems
