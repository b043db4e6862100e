"""The values that describe a problem: its place, its message, and the edits that mend it.

Offsets are kept while parsing; lines and columns are computed only when somebody reads them.
"""

from __future__ import annotations

import re
import shlex
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable
from enum import Enum
from functools import lru_cache
from typing import Generic, TypeAlias, TypeVar

from diptych.values import Value, replace

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Severity(Enum):
    """How much a diagnostic weighs. The value is the word that is printed and exported."""

    ERROR = "error"  # nothing is published
    WARNING = "warning"  # published and reported; `check --strict` fails
    INFO = "info"  # reported; fails nothing


@lru_cache(maxsize=32)
def _line_starts(text: str) -> array[int]:
    """The offset at which each line begins. Cached, since a file can have many problems."""
    return array("L", (0, *(match.end() for match in re.finditer("\n", text))))


def line_at(text: str, place: int) -> tuple[int, int]:
    """The offsets of the start and end of the line that contains the offset `place`."""
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end


class Source(Value):
    """One text file as it was read: without byte order mark, with `\\n` line ends."""

    path: str  # relative to the root, with `/`, in NFC: what an editor sees
    text: str

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, in code points."""
        place = max(0, min(offset, len(self.text)))
        starts = _line_starts(self.text)
        line = bisect_right(starts, place)
        return line, place - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its end; empty when there is no such line."""
        if not 0 < number <= len(_line_starts(self.text)):
            return ""
        start, end = self._line_ends(number)
        return self.text[start:end]

    def line_start(self, number: int) -> int:
        """The offset at which a line (from 1) begins."""
        return self._line_ends(number)[0]

    def span(self, start: int, end: int | None = None) -> Span:
        """The place from `start` up to `end` (offsets); one character when `end` is absent."""
        return Span(self.path, start, start + 1 if end is None else end)

    def line_becomes(self, number: int, text: str) -> tuple[Edit, ...]:
        """The edit that writes `text` in the place of a line (from 1); its end stays."""
        start, end = self._line_ends(number)
        return (Edit(Span(self.path, start, end), text),)

    def line_followed_by(self, number: int, text: str) -> tuple[Edit, ...]:
        """The edit that adds a line, or several, after a line (from 1)."""
        _, end = self._line_ends(number)
        return (Edit(Span(self.path, end, end), f"\n{text}"),)

    def _line_ends(self, number: int) -> tuple[int, int]:
        starts = _line_starts(self.text)
        number = max(1, min(number, len(starts)))
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return starts[number - 1], end

    def line_span(self, number: int) -> Span:
        """The place of a whole line (from 1), without its indentation."""
        start, end = self._line_ends(number)
        text = self.text[start:end]
        return Span(self.path, start + len(text) - len(text.lstrip()), start + max(1, len(text)))


class Span(Value):
    """A place in a file: offsets into its `Source.text`, `end` not included."""

    path: str
    start: int = 0
    end: int = 0

    def shifted(self, offset: int) -> Span:
        """The place `offset` characters further on in the file."""
        return Span(self.path, self.start + offset, self.end + offset)

    def becomes(self, text: str, old: str | None = None) -> tuple[Edit, ...]:
        """The edit that puts `text` in this place; with `old` it applies only if the place still
        holds that text.
        """
        return (Edit(self, text, old),)


class Edit(Value):
    """A replacement of the text at one place by another text.

    At an empty place it is an insertion. `…` in the new text marks what the author must fill in.
    """

    span: Span
    text: str
    old: str | None = None  # the text that the place must hold, if the edit depends on it


class Placed(Value, Generic[T_co]):
    """A value that an author wrote, with its place in the file."""

    value: T_co
    span: Span


class Command(Value, tag=True):
    """A command of this tool that a message tells the reader to run: `("confirm", "faq", "fr")`.

    As text it is quoted for POSIX shells (shlex) and the same on every computer. A terminal
    writes it with the program name that the user typed.
    """

    words: tuple[str, ...]

    def __str__(self) -> str:
        return shlex.join(("python", "build.py", *self.words))


def command(*words: str) -> Command:
    """A `Command` to put into a message: `command("confirm", key)`."""
    return Command(words)


class LanguageNames(Value, tag=True):
    """One or more languages, whose names are written in the language of the message: Dutch,
    néerlandais.
    """

    languages: tuple[tuple[str, str], ...]  # locale, and the language's own name for itself

    def __str__(self) -> str:
        return ", ".join(own for _, own in self.languages)


Argument: TypeAlias = "str | int | Message | Command | LanguageNames"  # a value for a placeholder


class Message(Value, tag=True):
    """A sentence that is not translated yet: an English msgid and the values of its placeholders.

    If it has a `plural`, its argument `count` decides which of the two is used.
    """

    msgid: str
    arguments: tuple[tuple[str, Argument], ...] = ()
    spoken: tuple[tuple[str, str], ...] = ()  # language -> the sentence, if a site wrote it itself
    plural: str = ""  # the English sentence for every other number than one

    def __str__(self) -> str:
        return self.spoken_in("") or self.english.format(**dict(self.arguments))

    @property
    def english(self) -> str:
        """The msgid, or the plural where the count is not one; its placeholders not yet filled."""
        return self.plural if self.plural and self.count != 1 else self.msgid

    @property
    def count(self) -> int | None:
        """The number that decides between the msgid and the plural; None where there is none."""
        number = dict(self.arguments).get("count") if self.plural else None
        return number if isinstance(number, int) else None

    @property
    def unspoken(self) -> bool:
        """Whether the message is only the name of a field for which the site wrote no label."""
        return any(not language for language, _ in self.spoken)

    def spoken_in(self, language: str) -> str | None:
        """The sentence that the site wrote in this language, else in its first; None if it wrote
        none.
        """
        return dict(self.spoken).get(language) or next((text for _, text in self.spoken), None)


def say(msgid: str, /, **arguments: Argument) -> Message:
    """A `Message` with values for its placeholders. Message extraction finds calls of `say` by name."""
    return Message(msgid, tuple(sorted(arguments.items())))


def say_n(one: str, several: str, /, *, count: int, **arguments: Argument) -> Message:
    """A `Message` with a count: `one` is its form for 1, `several` for every other number.

    A catalog translates the message into every plural form of its language (CLDR plural rules), in
    gettext's order. Message extraction finds calls of `say_n` by name.
    """
    return Message(one, tuple(sorted({**arguments, "count": count}.items())), (), several)


class Diagnostic(Value):
    """One problem: the name of its check, its place, a message, and edits that mend it if there are
    any.
    """

    check: str  # its name, as in `allow`: dead-link
    severity: Severity
    span: Span
    message: Message
    hint: Message | None = None  # what to do, as a sentence
    edits: tuple[Edit, ...] = ()  # the correction; reports show it as whole lines
    certain: bool = False  # whether `fix` may make the edits without asking

    @property
    def identity(self) -> tuple[str, str, str]:
        """The check, the file and the message: these stay the same when lines are added above, so that
        the problems of two states of a site can be compared.
        """
        return self.check, self.span.path, str(self.message)

    def placed(self, place: Callable[[Span], Span]) -> Diagnostic:
        """The same problem with each of its spans replaced by what `place` gives for it."""
        edits = tuple(replace(each, span=place(each.span)) for each in self.edits)
        return replace(self, span=place(self.span), edits=edits)


def error(
    check: str,
    span: Span,
    message: Message,
    hint: Message | None = None,
    edits: tuple[Edit, ...] = (),
    certain: bool = False,
) -> Diagnostic:
    """A diagnostic with severity ERROR: the site is not published."""
    return Diagnostic(check, Severity.ERROR, span, message, hint, edits, certain)


def warning(
    check: str,
    span: Span,
    message: Message,
    hint: Message | None = None,
    edits: tuple[Edit, ...] = (),
    certain: bool = False,
) -> Diagnostic:
    """A diagnostic with severity WARNING: the site is published, but `check --strict` fails."""
    return Diagnostic(check, Severity.WARNING, span, message, hint, edits, certain)


def note(
    check: str,
    span: Span,
    message: Message,
    hint: Message | None = None,
    edits: tuple[Edit, ...] = (),
    certain: bool = False,
) -> Diagnostic:
    """A diagnostic with severity INFO: it fails nothing."""
    return Diagnostic(check, Severity.INFO, span, message, hint, edits, certain)


class Outcome(Value, Generic[T_co]):
    """A result, and the diagnostics found while it was made. The value can be used even if the
    diagnostics include errors.
    """

    value: T_co
    diagnostics: tuple[Diagnostic, ...] = ()


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of the diagnostics is an error, so that nothing may be published."""
    return any(each.severity is Severity.ERROR for each in diagnostics)


def sort_by_place(
    diagnostics: Iterable[Diagnostic],
) -> tuple[Diagnostic, ...]:
    """The diagnostics sorted by file and offset, without duplicates."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda d: (d.span.path, d.span.start, d.check, str(d.message))))
