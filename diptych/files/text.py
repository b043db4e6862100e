"""Decodes the bytes of a file: strict UTF-8, without byte order mark, with line ends as line feeds.

Invisible characters that programs act on (NUL, controls, bidirectional overrides) are errors with
their place: a text must be what it looks like. So are the lines that git writes around two versions
of the same lines, when it cannot join two changes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from diptych.cache import Digest, digest
from diptych.diagnostics import Diagnostic, Edit, Message, Outcome, Source, error, say
from diptych.files.mangled import mangled
from diptych.model import File
from diptych.unseen import LOST, code_and_name, unseen_in
from diptych.values import Value

# A line that git writes around a conflict: a sign seven times at the beginning of the line, then a
# space with a name, or nothing (`is_conflict_marker` in diff.c of git).
_MARKER = re.compile(r"^([<|=>])\1{6}(?!\S)", re.MULTILINE)
_BOM = b"\xef\xbb\xbf"
_BINARY_WITHIN = 8000  # bytes in which git looks for NUL; a file with one is binary for git
_REPORTED = 20  # invisible characters of a file that are reported
_NAMED_PLACES = 10  # places of a file that one message names
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how a text in UTF-16 begins, as Windows PowerShell writes it
# the first bytes of archives (docx, odt, xlsx), of old documents of Word, of PDF files and of RTF
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"{\\rtf")
_SAVE_AGAIN = say("save the file again and choose UTF-8 as its encoding")
_POINTER = b"version https://git-lfs.github.com/spec/"  # how a pointer begins


@lru_cache(maxsize=16_384)  # several stages of a build need the digest of each file
def text_digest(source: Source) -> Digest:
    """The digest of a text."""
    return digest(source)


@lru_cache(maxsize=16_384)  # in a preview all files but one are unchanged
def decode(file: File) -> Outcome[Source]:
    """The text of a file. Invisible characters are replaced and reported.

    Diagnostics: not-utf8, invisible-character, mangled-text; damaged-file for a pointer of Git LFS.
    """
    if file.data.startswith(_UTF_16):
        source = Source(file.path, _lines(file.data.decode("utf-16", "replace")))
        message = say("this file is written in UTF-16, and only UTF-8 is read")
        return Outcome(source, (error("not-utf8", source.line_span(1), message, _SAVE_AGAIN),))
    if file.data.startswith(_NO_TEXT):
        source = Source(file.path, "")  # its bytes are no text, so nothing of them is shown
        message = say("this file is a document of another program, and no text")
        hint = say("open it there, and save it as plain text in UTF-8")
        return Outcome(source, (error("not-utf8", source.line_span(1), message, hint),))
    unread = pointer(file)
    if unread:
        source = Source(file.path, _lines(file.data.decode("utf-8", "replace")))
        return Outcome(source, (error("damaged-file", source.line_span(1), *unread),))
    data = file.data.removeprefix(_BOM)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as failure:
        text = data.decode("utf-8", "replace")
        source = Source(file.path, _lines(text))
        offset = len(_lines(data[: failure.start].decode("utf-8", "replace")))
        message = say("this file is not UTF-8; the first wrong byte is here")
        problem = error("not-utf8", source.span(offset), message, _SAVE_AGAIN)
        return Outcome(source, (problem,))
    source = Source(file.path, _lines(text))
    found = list(unseen_in(source.text))
    problems = tuple(mangled(source))
    if not found:
        return Outcome(source, problems)
    signs = list(source.text)
    for place in found:
        signs[place] = LOST
    return Outcome(Source(file.path, "".join(signs)), (*_invisible(source, found), *problems))


def edited(file: File, edits: Iterable[Edit]) -> bytes:
    """The bytes of a file after edits of the text that `decode` gives.

    All other bytes stay, also the byte order mark. New text gets the line ends of the file. Edits
    must not overlap.
    """
    mark = _BOM if file.data.startswith(_BOM) else b""
    raw = file.data.removeprefix(_BOM).decode("utf-8")
    pairs = [match.start() - number for number, match in enumerate(re.finditer("\r\n", raw))]
    line_end = "\r\n" if 2 * len(pairs) > raw.count("\n") else "\n"
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda each: (each.span.start, each.span.end)):
        start, end = (
            place + bisect_left(pairs, place) for place in (edit.span.start, edit.span.end)
        )
        assert start >= done, "edits do not overlap"
        parts += [raw[done:start], edit.text.replace("\n", line_end)]
        done = end
    return mark + "".join([*parts, raw[done:]]).encode("utf-8")


def merge_conflict(file: File) -> Outcome[Source] | None:
    """The text of a file that holds a merge conflict of git, or the rest of one; None for others.

    A line of seven `<` or `>` is one, also alone; `=======` only between them, since alone it
    underlines a heading. One diagnostic for the whole file, at its first marker: merge-conflict.
    """
    if b"<<<<<<<" not in file.data and b">>>>>>>" not in file.data:
        return None
    if not _is_text(file.data):
        return None
    source = decode(file).value
    places = tuple(_conflicts(source.text))
    return Outcome(source, (_report(source, places),)) if places else None


def _is_text(data: bytes) -> bool:
    """Whether the file is UTF-8, or text for git, which writes conflicts into text."""
    if b"\0" not in data[:_BINARY_WITHIN]:
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Conflict(Value):
    """Lines of a file, from 1: a whole conflict, or a single marker."""

    first: int
    last: int
    based: bool = False  # whether the common ancestor is in it too

    def __str__(self) -> str:
        return f"{self.first}–{self.last}" if self.last > self.first else str(self.first)


def _conflicts(text: str) -> Iterator[_Conflict]:
    first = 0  # the line of an open `<<<<<<<`
    parted = based = False
    line, counted = 1, 0
    for match in _MARKER.finditer(text):
        sign = match[1]
        line += text.count("\n", counted, match.start())
        counted = match.start()
        if sign == "=":
            parted = first > 0
        elif sign == "|":
            based = first > 0
        elif sign == ">" and parted:
            yield _Conflict(first, line, based)
            first, parted, based = 0, False, False
        else:
            if first:
                yield _Conflict(first, first)
            if sign == ">":
                yield _Conflict(line, line)
            first, parted, based = (line if sign == "<" else 0), False, False
    if first:
        yield _Conflict(first, first)


def _report(source: Source, places: tuple[_Conflict, ...]) -> Diagnostic:
    whole = [each for each in places if each.last > each.first]
    lines = ", ".join(map(str, places[:_NAMED_PLACES]))
    if len(places) > _NAMED_PLACES:
        lines += ", …"
    if not whole:
        message = (
            say("this line was left behind when two versions of the file were joined")
            if len(places) == 1
            else say(
                "these lines were left behind when two versions of the file were joined: {lines}",
                lines=lines,
            )
        )
        hint = say("read whether the text around it is as it should be, and take out what is left")
    else:
        message = say(
            "two people changed the same lines, and both versions stand here: lines {lines}",
            lines=lines,
        )
        hint = _how_to_join(source.path, any(each.based for each in whole))
    span = source.line_span(places[0].first)
    return error("merge-conflict", span, message, hint)


def _how_to_join(path: str, based: bool) -> Message:
    if path.endswith(".lock"):  # each line is a record of its own
        return say(
            "keep every line and take out the lines with <<<, === and >>>; "
            "what no longer fits is passed over"
        )
    if based:
        return say(
            "keep one of the two versions, or make one of both; take out the lines that begin with "
            "<<<<<<<, |||||||, ======= and >>>>>>>, and what stands between ||||||| and ======= (the "
            "text from before)"
        )
    return say(
        "keep one of the two versions, or make one of both; take out the lines that begin with "
        "<<<<<<<, ======= and >>>>>>>"
    )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _meant(char: str) -> str:
    """The character that a control character from U+0080 to U+009F was in Windows-1252 before it
    was read as Latin-1: a curved apostrophe for U+0092. "" for any other.
    """
    if not "\x80" <= char <= "\x9f":
        return ""
    return char.encode("latin-1").decode("cp1252", "ignore")


def about_invisible(char: str) -> tuple[Message, Message]:
    """The message and the hint about an invisible character."""
    code, name = code_and_name(char)
    return (
        say("an invisible character stands here: {code} ({name})", code=code, name=name),
        say("take it out, or type the words around it again"),
    )


def _invisible(source: Source, places: list[int]) -> list[Diagnostic]:
    problems = []
    for place in places[:_REPORTED]:
        char = source.text[place]
        span = source.span(place, place + 1)
        message, hint = about_invisible(char)
        instead = _meant(char)
        edits = span.becomes(instead)
        certain = char not in "\u2028\u2029"  # these may stand for a line end
        if instead:
            hint = say("it stands for {sign}", sign=instead)
        if char == LOST:
            code, name = code_and_name(char)
            message = say("a character was lost here: {code} ({name})", code=code, name=name)
            hint = say("type what stood here, or bring the line back from git's history")
            edits, certain = (), False
        problems.append(error("invisible-character", span, message, hint, edits, certain))
    return problems


def pointer(file: File) -> tuple[Message, Message] | None:
    """The message and hint about a file that is only a pointer of Git LFS; None for others."""
    if not file.data.removeprefix(_BOM).startswith(_POINTER):
        return None
    return (
        say("this is not the file itself, but what Git LFS keeps in its place"),
        say("fetch it with `git lfs pull`, or keep the file in git itself"),
    )
