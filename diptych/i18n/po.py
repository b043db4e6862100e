"""Reads PO files, the format of gettext's catalogs: entries, with the place of every text.

The format: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html. No library is used,
since Babel skips lines that it does not know and keeps the first of two equal entries, polib stops at
the first damaged line, and neither gives the place of a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from diptych.diagnostics import Edit, Message, Source, Span, nearest, say
from diptych.values import Value

_KEYWORD = re.compile(r"(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)[ \t]*(\".*)")
_TEXT = re.compile(r'"((?:[^"\\]|\\(?:[\\tn"]|r\\n))*+)"')
_WITH_ESCAPES = re.compile(r'"(?:[^"\\]|\\.)*+"')
_KEYWORDS = ("msgctxt", "msgid", "msgid_plural", "msgstr", *(f"msgstr[{n}]" for n in range(6)))
# the straight quotation mark, and the marks that word processors write for it
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_WRITTEN = re.compile(rf"(?:(msg\w*(?:\[\d\])?)[ \t]*)?([{_QUOTES}]?)(.*?)([{_QUOTES}]?)")
_ALONE = re.compile(r'(?<!\\)"|\\(?![\\tn"]|r\\n)')  # a quote or a backslash that is not escaped
_CHARACTER = re.compile(r"\\r\\n|\\.|.")
_BEFORE = {  # the keywords after which a keyword may come; "" at the beginning of an entry
    "msgctxt": ("",),
    "msgid": ("", "msgctxt"),
    "msgid_plural": ("msgid",),
}
_ESCAPED = {"\\n": "\n", "\\t": "\t", "\\r\\n": "\n"}


class PoText(Value):
    """One text of an entry, such as its msgid or a plural form of its translation."""

    text: str  # without backslashes; its lines end with `\n`
    line: int  # the line of the keyword, from 1
    span: Span  # from the beginning of the keyword's line to the last quotation mark
    parts: tuple[Span, ...]  # for each line, the place between its quotation marks

    def place(self, start: int, end: int, source: Source) -> Span:
        """The place in the file of a part of the text; only its start if a line ends in it."""
        offsets = [
            part.start + match.start()
            for part in self.parts
            for match in _CHARACTER.finditer(source.text[part.start : part.end])
        ]
        first, last = offsets[start], offsets[end - 1] + 1
        line_end = source.text.find("\n", first, last)
        return source.span(first, last if line_end < 0 else line_end)


class PoEntry(Value):
    """One entry of a PO file."""

    line: int  # the first line of the entry, comments included
    texts: Mapping[str, PoText]  # by keyword: msgctxt, msgid, msgid_plural, msgstr, msgstr[0], …
    fuzzy: bool
    comments: tuple[str, ...]  # the comments of the program that made the file (`#.`)

    @property
    def context(self) -> str:
        """The msgctxt; "" if there is none."""
        return self.texts["msgctxt"].text if "msgctxt" in self.texts else ""

    @property
    def msgid(self) -> str:
        """The source text; "" for the head of the file."""
        return self.texts["msgid"].text

    @property
    def forms(self) -> tuple[PoText, ...]:
        """The translations: one, or one for each plural form."""
        return tuple(text for name, text in self.texts.items() if name.startswith("msgstr"))

    @property
    def msgstr(self) -> str:
        """The translation; the first form if there are several."""
        return self.forms[0].text

    @property
    def span(self) -> Span:
        """The place of the translation."""
        return self.forms[0].span


class PoProblem(Value):
    """A mistake in the syntax of a PO file."""

    span: Span
    message: Message
    hint: Message | None = None
    edits: tuple[Edit, ...] = ()


class PoFile(Value):
    """The entries of a PO file, and its mistakes."""

    entries: tuple[PoEntry, ...]  # without obsolete and damaged entries; the head is an entry
    problems: tuple[PoProblem, ...]

    @property
    def head(self) -> PoText | None:
        """The head of the file (the translation of the empty msgid); None if there is none."""
        heads = (each.forms[0] for each in self.entries if not each.msgid and not each.context)
        return next(heads, None)


def read_po(source: Source) -> PoFile:
    """The entries of a PO file, and its problems: lines that cannot be read, texts in the wrong
    order, unfinished entries, and entries with the msgid and context of an earlier entry.
    """
    reader = _Reader(source)
    for number, line in enumerate(source.text.split("\n"), start=1):
        reader.read(number, line)
        reader.start += len(line) + 1
    reader.close()
    return PoFile(tuple(reader.entries), tuple(reader.problems))


def po_lines(keyword: str, text: str, width: int) -> list[str]:
    """The lines of a PO file for a text of an entry: the keyword and the text in quotation marks."""
    from babel.messages.pofile import normalize  # loads all of babel.messages

    return f"{keyword} {normalize(text, width=width)}".split("\n")


class _Entry:
    """An entry that is being read."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.texts: dict[str, PoText] = {}
        self.fuzzy = False
        self.comments: list[str] = []
        self.last = ""  # the keyword that was read last
        self.damaged = False

    @property
    def complete(self) -> bool:
        return self.last.startswith("msgstr")

    def expects(self, keyword: str) -> bool:
        """Whether a keyword may follow the keyword that was read last."""
        if keyword.startswith("msgstr["):
            forms = sum(name.startswith("msgstr[") for name in self.texts)
            return "msgid_plural" in self.texts and keyword == f"msgstr[{forms}]"
        return self.last in _BEFORE.get(keyword, ("msgid", "msgid_plural"))


class _Reader:
    """Reads a PO file line by line, and keeps its entries and problems."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.start = 0  # the offset of the line to read
        self.entries: list[PoEntry] = []
        self.problems: list[PoProblem] = []
        self._entry: _Entry | None = None
        self._known: dict[tuple[str, str], int] = {}  # the line of each entry, by context and msgid

    def read(self, number: int, written: str) -> None:
        """Reads one line. Entries need no empty line between them."""
        line = written.strip()
        if not line or line.startswith("#~"):
            return
        if line.startswith("#"):
            self._comment(number, line)
        elif line.startswith('"'):
            self._text(number, line)
        elif match := _KEYWORD.fullmatch(line):
            self._begin(number, match[1], match[2])
        else:
            self._unreadable(number)

    def close(self) -> None:
        """Ends the entry that is being read, and reports it if its `msgstr` is missing. Comments
        alone are no entry.
        """
        entry, self._entry = self._entry, None
        if entry is None or not entry.last or entry.damaged:
            return
        number = min(text.line for text in entry.texts.values())
        if not entry.complete:
            line = entry.texts[entry.last].line
            self._report(line, say("this entry breaks off: its `msgstr` is missing"))
            return
        made = PoEntry(entry.line, entry.texts, entry.fuzzy, tuple(entry.comments))
        known = self._known.setdefault((made.context, made.msgid), number)
        if known != number:
            message = say("the entry on line {line} is about the same text", line=known)
            self._report(number, message, say("keep one of the two"))
        else:
            self.entries.append(made)

    def _open(self, number: int) -> _Entry:
        self.close()
        self._entry = _Entry(number)
        return self._entry

    def _comment(self, number: int, line: str) -> None:
        entry = self._entry
        if entry is None or entry.complete:
            entry = self._open(number)
        if line.startswith("#,") and "fuzzy" in re.split(r"[,\s]+", line[2:]):
            entry.fuzzy = True
        if line.startswith("#."):
            entry.comments.append(line[2:].strip())

    def _begin(self, number: int, keyword: str, text: str) -> None:
        entry = self._entry
        if entry is None or (entry.complete and keyword in ("msgctxt", "msgid")):
            entry = self._open(number)
        if not entry.expects(keyword) and not entry.damaged:
            self._report(number, say("`{keyword}` does not belong here", keyword=keyword))
            entry.damaged = True
        entry.last = keyword
        entry.texts[keyword] = PoText("", number, self.source.span(self.start), ())
        self._text(number, text)

    def _text(self, number: int, written: str) -> None:
        """Adds a line in quotation marks to the text of the last keyword."""
        entry, match = self._entry, _TEXT.fullmatch(written)
        if match is None:
            self._unreadable(number, escape=bool(_WITH_ESCAPES.fullmatch(written)))
        if entry is None or not entry.last:
            if match is not None:
                self._report(number, say("a text stands here that belongs to no entry"))
        elif match is None:
            entry.damaged = True
        else:
            known = entry.texts[entry.last]
            start = self.source.text.index(written, self.start)
            end = start + len(written)
            entry.texts[entry.last] = PoText(
                known.text + unescaped(match[1]),
                known.line,
                self.source.span(known.span.start, end),
                (*known.parts, self.source.span(start + 1, end - 1)),
            )

    def _unreadable(self, number: int, *, escape: bool = False) -> None:
        hint = say("each text stands between double quotes after msgid or msgstr")
        if escape:
            hint = say(
                'after a backslash comes one of: n (a new line), t (a tab), ", or a backslash'
            )
        mended = _mended(self.source.line(number), inside=bool(self._entry and self._entry.last))
        edits = self.source.line_becomes(number, mended) if mended else ()
        self._report(number, say("this line of the file cannot be read"), hint, edits)
        if self._entry is not None and not self._entry.complete:
            self._entry.damaged = True

    def _report(
        self,
        number: int,
        message: Message,
        hint: Message | None = None,
        edits: tuple[Edit, ...] = (),
    ) -> None:
        self.problems.append(PoProblem(self.source.line_span(number), message, hint, edits))


def _mended(line: str, *, inside: bool) -> str | None:
    """A line that cannot be read with its text between straight quotes, and the quotes and
    backslashes in the text escaped; None if it is uncertain what was meant. `inside` says whether
    the line can continue the text of the line above it.
    """
    parts = _WRITTEN.fullmatch(line.strip())
    if parts is None:
        return None
    word, opened, text, closed = parts.groups("")
    keyword = nearest(word, _KEYWORDS) if word else ""
    whole = opened or (closed and '"' not in text)
    if keyword is None or not (keyword or (inside and whole)):
        return None
    text = text.strip() if opened == "«" else text
    text = _ALONE.sub(lambda match: f"\\{match[0]}", text)
    return f'{keyword} "{text}"'.lstrip()


def unescaped(written: str) -> str:
    """The text between two quotation marks, with the character that each escape means in its place."""
    if "\\" not in written:
        return written
    return re.sub(r"\\r\\n|\\.", lambda match: _ESCAPED.get(match[0], match[0][1:]), written)
