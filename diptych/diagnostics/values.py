"""The nouns of a problem: where it is, what is wrong, how to mend it.

Offsets are kept while parsing; lines and columns are computed only when somebody reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Severity(Enum):
    """How much a diagnostic weighs. The value is the word that is printed and exported."""

    ERROR = "error"  # nothing is published
    WARNING = "warning"  # published, named; `check --strict` fails on it
    INFO = "info"  # good to know; never fails anything


@dataclass(frozen=True, slots=True)
class Source:
    """One text file as it was read: without byte order mark, with `\\n` line ends."""

    path: str  # relative to the root, with `/`, in NFC: what an editor sees
    text: str

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, in code points."""
        before = self.text[: max(0, min(offset, len(self.text)))]
        return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its end; empty when there is no such line."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def span(self, start: int, end: int | None = None) -> Span:
        """The place from `start` up to `end` (offsets); one character when `end` is absent."""
        return Span(self.path, start, start + 1 if end is None else end)

    def line_span(self, number: int) -> Span:
        """The place of a whole line (from 1), without its indentation."""
        lines = self.text.split("\n")
        number = max(1, min(number, len(lines)))
        start = sum(len(line) + 1 for line in lines[: number - 1])
        text = lines[number - 1]
        return Span(self.path, start + len(text) - len(text.lstrip()), start + max(1, len(text)))


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file: offsets into its `Source.text`, `end` not included."""

    path: str
    start: int = 0
    end: int = 0

    def shifted(self, offset: int) -> Span:
        """The same place when the text stands `offset` further on in its file."""
        return Span(self.path, self.start + offset, self.end + offset)


@dataclass(frozen=True, slots=True)
class Placed(Generic[T_co]):
    """A value that an author wrote, with the place where it stands."""

    value: T_co
    span: Span


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the tool, not yet in a language: an English msgid and what goes into it."""

    msgid: str
    arguments: tuple[tuple[str, str | int | Message], ...] = ()

    def __str__(self) -> str:
        return self.msgid.format(**dict(self.arguments))


def say(msgid: str, /, **arguments: str | int | Message) -> Message:
    """A `Message`; `say` is also the word that message extraction looks for."""
    return Message(msgid, tuple(sorted(arguments.items())))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: a check's name, a place, a sentence, and where possible the line to paste."""

    check: str  # reads well after "allow"
    severity: Severity
    span: Span
    message: Message
    hint: Message | None = None  # what to do, as a sentence
    fix: str | None = None  # the corrected line or lines, ready to paste


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T_co]):
    """A value and what was wrong on the way to it; the value is usable all the same."""

    value: T_co
    diagnostics: tuple[Diagnostic, ...] = ()


def sort_by_place(
    diagnostics: Iterable[Diagnostic],
) -> tuple[Diagnostic, ...]:
    """The diagnostics by file and offset, each once, however often a stage said it."""
    unique = dict.fromkeys(diagnostics)
    return tuple(
        sorted(unique, key=lambda d: (d.span.path, d.span.start, d.check, str(d.message)))
    )
