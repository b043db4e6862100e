"""The nouns of a problem: where it is, what is wrong, how to mend it.

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
    WARNING = "warning"  # published, named; `check --strict` fails on it
    INFO = "info"  # good to know; never fails anything


@lru_cache(maxsize=32)
def _line_starts(text: str) -> array[int]:
    """The offset at which each line begins: looked for once, however many problems a file has."""
    return array("L", (0, *(match.end() for match in re.finditer("\n", text))))


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
        """The same place when the text stands `offset` further on in its file."""
        return Span(self.path, self.start + offset, self.end + offset)

    def becomes(self, text: str, old: str | None = None) -> tuple[Edit, ...]:
        """The edit that puts `text` in this place; with `old` only where that stands there."""
        return (Edit(self, text, old),)


class Edit(Value):
    """A piece of a correction: what comes in a place, instead of what stands there.

    An empty place is an insertion. `…` in the text is what only the author can fill in.
    """

    span: Span
    text: str
    old: str | None = None  # what must stand in the place, where its finder cannot be sure of it


class Placed(Value, Generic[T_co]):
    """A value that an author wrote, with the place where it stands."""

    value: T_co
    span: Span


class Command(Value, tag=True):
    """A command of this tool for somebody to run, as words: `("confirm", "faq", "fr")`.

    As text it is the general form, with the quotes of POSIX shells (shlex), the same on every
    computer. A terminal writes it with the program as it was called there.
    """

    words: tuple[str, ...]

    def __str__(self) -> str:
        return shlex.join(("python", "build.py", *self.words))


def command(*words: str) -> Command:
    """The command that somebody can paste, to be put into a message: `command("confirm", key)`."""
    return Command(words)


class LanguageNames(Value, tag=True):
    """One language or several, to be named in the language of the message: Dutch, néerlandais."""

    languages: tuple[tuple[str, str], ...]  # locale, and the language's own name for itself

    def __str__(self) -> str:
        return ", ".join(own for _, own in self.languages)


Argument: TypeAlias = "str | int | Message | Command | LanguageNames"  # what can go into a message


class Message(Value, tag=True):
    """A sentence of the tool, not yet in a language: an English msgid and what goes into it.

    Where it has a `plural`, its argument `count` decides which of the two is said.
    """

    msgid: str
    arguments: tuple[tuple[str, Argument], ...] = ()
    spoken: tuple[tuple[str, str], ...] = ()  # language -> the sentence, where a site wrote it
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
        """Whether it is a name of which a site said in no language what it is called."""
        return any(not language for language, _ in self.spoken)

    def spoken_in(self, language: str) -> str | None:
        """The sentence that a site wrote, in a language or else in its first; None: it did not."""
        return dict(self.spoken).get(language) or next((text for _, text in self.spoken), None)


def say(msgid: str, /, **arguments: Argument) -> Message:
    """A `Message`; `say` is also the word that message extraction looks for."""
    return Message(msgid, tuple(sorted(arguments.items())))


def say_n(one: str, several: str, /, *, count: int, **arguments: Argument) -> Message:
    """A `Message` that shows a count: `one` for one, `several` for any other number.

    A catalog has as many forms of it as its language has (CLDR plural rules), in gettext's order.
    `say_n` is also the word that message extraction looks for.
    """
    return Message(one, tuple(sorted({**arguments, "count": count}.items())), (), several)


class Diagnostic(Value):
    """One problem: a check's name, a place, a sentence, and where possible what mends it."""

    check: str  # reads well after "allow"
    severity: Severity
    span: Span
    message: Message
    hint: Message | None = None  # what to do, as a sentence
    edits: tuple[Edit, ...] = ()  # what mends it; reports make whole lines to paste of them
    certain: bool = False  # whether the edits are what was meant: `fix` makes them unasked

    def placed(self, place: Callable[[Span], Span]) -> Diagnostic:
        """The same problem when its text stands elsewhere: `place` says where a span went."""
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
    """A problem that must not be published."""
    return Diagnostic(check, Severity.ERROR, span, message, hint, edits, certain)


def warning(
    check: str,
    span: Span,
    message: Message,
    hint: Message | None = None,
    edits: tuple[Edit, ...] = (),
    certain: bool = False,
) -> Diagnostic:
    """A problem that is published all the same, and that fails `check --strict`."""
    return Diagnostic(check, Severity.WARNING, span, message, hint, edits, certain)


def note(
    check: str,
    span: Span,
    message: Message,
    hint: Message | None = None,
    edits: tuple[Edit, ...] = (),
    certain: bool = False,
) -> Diagnostic:
    """Advice, or something that was left open on purpose: it fails nothing."""
    return Diagnostic(check, Severity.INFO, span, message, hint, edits, certain)


class Outcome(Value, Generic[T_co]):
    """A value and what was wrong on the way to it; the value is usable all the same."""

    value: T_co
    diagnostics: tuple[Diagnostic, ...] = ()


def sort_by_place(
    diagnostics: Iterable[Diagnostic],
) -> tuple[Diagnostic, ...]:
    """The diagnostics by file and offset, each once, however often a stage said it."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda d: (d.span.path, d.span.start, d.check, str(d.message))))
