"""Reads a returned PO file into entries with their places; damage is reported at its line.

It has a small grammar of its own, since no library reports what a translator must mend: Babel's
reader skips lines that it does not know and keeps the first of two equal entries, polib stops at
the first damaged line, and neither gives the line of a translation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from babel.messages.pofile import unescape

from diptych.diagnostics import (
    Diagnostic,
    Message,
    Outcome,
    Source,
    Span,
    command,
    error,
    nearest,
    say,
)
from diptych.model import Language
from diptych.translation.po.exporting import FORMAT, FORMAT_FIELD, LANGUAGE_FIELD
from diptych.values import Value

_KEYWORD = re.compile(r"(msgctxt|msgid|msgstr)[ \t]*(\".*)")
_TEXT = re.compile(r'"(?:[^"\\]|\\[\\tnr"])*"')
_ORDER = {"msgctxt": ("",), "msgid": ("", "msgctxt"), "msgstr": ("msgid",)}  # field -> before it
_STAMP = re.compile(r"(?P<language>[a-z][\w-]*):(?P<digest>[0-9a-f]{12}|-)")


@dataclass(slots=True)
class PoEntry:
    """One entry of the file."""

    line: int  # the line on which it begins
    fields: dict[str, str] = field(default_factory=dict)  # msgctxt, msgid, msgstr
    lines: dict[str, int] = field(default_factory=dict)  # the line that each stands on
    fuzzy: bool = False
    comments: list[str] = field(default_factory=list)
    last: str = ""  # the field that was read last
    span: Span = field(default_factory=lambda: Span(""))  # of its translation

    @property
    def context(self) -> str:
        """The unit that it belongs to."""
        return self.fields.get("msgctxt", "")

    @property
    def msgid(self) -> str:
        """The source text."""
        return self.fields.get("msgid", "")

    @property
    def msgstr(self) -> str:
        """The translation."""
        return self.fields.get("msgstr", "")

    @property
    def finished(self) -> bool:
        """Whether the translator has finished it."""
        return not self.fuzzy and bool(self.msgstr.strip())

    def stamp(self, language: str) -> str | None:
        """The state of the language when the text was exported: a digest, `-` for no text, or None
        if the entry does not hold it.
        """
        for comment in self.comments:
            match = _STAMP.fullmatch(comment)
            if match is not None and match["language"] == language:
                return match["digest"]
        return None


class ParsedPo(Value):
    """The entries of a returned file."""

    source: Source
    language: Language
    head: Mapping[str, str]
    entries: tuple[PoEntry, ...]


def parse_po(source: Source, languages: tuple[Language, ...]) -> Outcome[ParsedPo | None]:
    """The entries of a file; None when it is damaged or was not written by `export`.

    Diagnostics: translation-file.
    """
    reader = _Reader(source)
    for number, line in enumerate(reader.lines, start=1):
        reader.read(number, line.strip())
    reader.close()
    problems = [*reader.problems, *_repeated(reader.entries, source)]
    head = _head(reader.entries)
    problems += [] if problems else _foreign(head, reader.entries, source, languages)
    if problems:
        return Outcome(None, tuple(problems))
    language = next(each for each in languages if each.key == head[LANGUAGE_FIELD])
    return Outcome(
        ParsedPo(source, language, head, tuple(each for each in reader.entries if each.msgid))
    )


class _Reader:
    """Reads line by line; holds the entries and what was wrong."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.lines = source.text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self.entries: list[PoEntry] = []
        self.problems: list[Diagnostic] = []
        self.entry: PoEntry | None = None

    def read(self, number: int, line: str) -> None:
        """One line; entries need no empty line between them."""
        if not line or line.startswith("#~"):
            return
        if line.startswith("#"):
            self.comment(number, line)
        elif line.startswith('"'):
            self.go_on(number, line)
        elif match := _KEYWORD.fullmatch(line):
            self.begin(number, match[1], match[2])
        elif line.startswith(("msgid_plural", "msgstr[")):
            self.wrong(number, say("a text of a page has no plural forms"))
        else:
            self.wrong(number, say("this line of the file cannot be read"))

    def comment(self, number: int, line: str) -> None:
        if self.entry is None or self.entry.last == "msgstr":
            self.open(number)
        assert self.entry is not None
        if line.startswith("#,") and "fuzzy" in re.split(r"[,\s]+", line[2:]):
            self.entry.fuzzy = True
        if line.startswith("#."):
            self.entry.comments.append(line[2:].strip())

    def begin(self, number: int, keyword: str, text: str) -> None:
        if self.entry is None or (self.entry.last == "msgstr" and keyword != "msgstr"):
            self.open(number)
        assert self.entry is not None
        if self.entry.last not in _ORDER[keyword]:
            self.wrong(number, say("`{keyword}` does not belong here", keyword=keyword))
        self.entry.last = keyword
        self.entry.lines.setdefault(keyword, number)
        self.entry.fields[keyword] = ""
        self.add(number, text)

    def go_on(self, number: int, text: str) -> None:
        if self.entry is None or not self.entry.last:
            self.wrong(number, say("a text stands here that belongs to no entry"))
            return
        self.add(number, text)

    def add(self, number: int, text: str) -> None:
        if _TEXT.fullmatch(text) is None:
            self.wrong(
                number,
                say(
                    "a text stands between double quotes, with a backslash before "
                    "each quote inside it"
                ),
            )
            return
        assert self.entry is not None
        self.entry.fields[self.entry.last] += unescape(text)
        first = self.starts[self.entry.lines[self.entry.last] - 1]
        last = self.starts[number - 1] + len(self.lines[number - 1].rstrip())
        self.entry.span = Span(self.source.path, first, last)

    def open(self, number: int) -> None:
        self.close()
        self.entry = PoEntry(number)

    def close(self) -> None:
        """Ends an entry, which must be complete; comments alone are no entry."""
        if self.entry is not None and self.entry.last:
            if self.entry.last == "msgstr":
                self.entries.append(self.entry)
            else:
                number = self.entry.lines[self.entry.last]
                self.wrong(number, say("this entry breaks off: its `msgstr` is missing"))
        self.entry = None

    def wrong(self, number: int, message: Message) -> None:
        self.problems.append(_damaged(self.source.line_span(number), message))


def _damaged(span: Span, message: Message, hint: Message | None = None) -> Diagnostic:
    if hint is None:
        hint = say("open the file in a PO editor and save it again, or ask for it once more")
    return error("translation-file", span, message, hint)


def _repeated(entries: list[PoEntry], source: Source) -> list[Diagnostic]:
    seen: dict[tuple[str, str], PoEntry] = {}
    problems = []
    for entry in entries:
        first = seen.setdefault((entry.context, entry.msgid), entry)
        if first is not entry:
            message = say(
                "the entry on line {line} is about the same text", line=min(first.lines.values())
            )
            hint = say("keep one of the two")
            problems.append(_damaged(source.line_span(min(entry.lines.values())), message, hint))
    return problems


def _head(entries: list[PoEntry]) -> dict[str, str]:
    """The fields of the header, which is the translation of the empty msgid."""
    text = next((each.msgstr for each in entries if not each.msgid and not each.context), "")
    parts = (line.partition(":") for line in text.split("\n"))
    return {name.strip(): value.strip() for name, _, value in parts if value}


def _foreign(
    head: Mapping[str, str], entries: list[PoEntry], source: Source, languages: tuple[Language, ...]
) -> list[Diagnostic]:
    """Signs in the header that the file is not for this site or not for this version."""
    first = next((each for each in entries if not each.msgid), None)
    span = source.line_span(first.lines["msgstr"] if first else 1)
    language = head.get(LANGUAGE_FIELD)
    keys = [each.key for each in languages]
    hint = say("a file that comes back was made by: {command} LANGUAGE", command=command("export"))
    if language is None:
        message = say(
            "the head of this file has no {name}: it was not exported from a site",
            name=LANGUAGE_FIELD,
        )
        return [_damaged(span, message, hint)]
    if language not in keys:
        near = nearest(language, keys)
        message = say("the site has no language `{key}`", key=language)
        hint = say("did you mean `{near}`?", near=near) if near else hint
        return [_damaged(span, message, hint)]
    if head.get(FORMAT_FIELD) != FORMAT:
        message = say("this file was exported by another version of the tool")
        return [_damaged(span, message, say("export it again with this version"))]
    return []
