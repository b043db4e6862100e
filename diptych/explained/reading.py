"""Explanations of checks, read from the Markdown files beside this module.

`en/<theme>.md` explains the checks of a theme, one under each heading:

    ## broken-link (error)

    The mistake, in one sentence.

    Why it matters.

    ```content/about/nl.md
    An example: lines of this file.
    ```

    ```content/about/nl.md instead
    The lines to write; the rest of the example stays.
    ```

    Advice, where a few lines cannot show everything.

The heading holds the severities that the check can have, and `fix` if that command can mend the
mistake. The files of the other languages hold only the sentences. In an example, `{U+202E}` means the
character U+202E. A character is written this way if it is invisible, or if git would read its line
as a conflict marker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType

from diptych.diagnostics import Message, Severity, command
from diptych.values import Value, replace

LANGUAGES = ("en", "nl", "fr", "de")  # the first has the examples and the severities
THEMES = (  # in the order in which `explain` lists them
    "notation",
    "front",
    "texts",
    "slips",
    "wording",
    "links",
    "addresses",
    "pictures",
    "timelines",
    "own_types",
    "languages",
    "parity",
    "exchange",
    "terms",
    "catalogs",
    "settings",
    "templates",
    "outputs",
    "extensions",
)
_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.INFO}
_MENDED = "fix"
_BLOCK = re.compile(
    r"(?ms)^(?P<fence>`{3,}+)(?P<path>\S+)(?P<instead> instead)?\n(?P<text>.*?)\n(?P=fence)$"
    r"|^# (?P<title>[^\n]+)"
    r"|^## (?P<check>[^ \n]+)(?: \((?P<severities>[^)\n]*)\))?$"
    r"|^(?P<sentence>\S.*?)(?=\n\n|\n*\Z)"
)
_UNSEEN = re.compile(r"\{U\+([0-9A-F]{4})\}")
_COMMAND = re.compile(r"python build\.py ([^`]+)")


class Snippet(Value):
    """A few lines of a file of the site."""

    path: str
    text: str


class Explanation(Value):
    """The explanation of a check. A test builds a site with the example and finds the mistake there."""

    check: str  # the name that a diagnostic carries
    severities: tuple[Severity, ...]  # every severity that the check can have
    mended: bool  # whether `fix` corrects this mistake, if only one correction is possible
    sentences: tuple[Message, ...]
    example: tuple[Snippet, ...]  # as an editor would have it
    instead: tuple[Snippet, ...] = ()  # the lines that replace lines of the example

    @property
    def says(self) -> Message:
        """The sentence that says what the mistake is."""
        return self.sentences[0]

    @property
    def matters(self) -> Message:
        """The sentence that says why the mistake matters."""
        return self.sentences[1]

    @property
    def advice(self) -> Message | None:
        """The advice that an example cannot show; None if the example is enough."""
        return self.sentences[2] if len(self.sentences) > 2 else None


class Theme(Value):
    """Explanations of checks that an editor would look for in one place."""

    name: str  # of its files
    title: Message
    explanations: tuple[Explanation, ...]


@cache
def themes() -> tuple[Theme, ...]:
    """Every theme with its explanations, in the order of `explain`."""
    return tuple(_theme(name) for name in THEMES)


@cache
def explanations() -> Mapping[str, Explanation]:
    """The name of each check -> its explanation."""
    return MappingProxyType({each.check: each for theme in themes() for each in theme.explanations})


@cache
def check_names() -> tuple[str, ...]:
    """The names of all checks, read without the explanations in other languages."""
    return tuple(each.check for theme in THEMES for each in sections(LANGUAGES[0], theme)[1])


@cache
def error_names() -> frozenset[str]:
    """The names of the checks that are errors and never anything less, which nobody can allow."""
    return frozenset(
        each.check
        for theme in THEMES
        for each in sections(LANGUAGES[0], theme)[1]
        if each.severities == (Severity.ERROR,)
    )


@cache
def sections(language: str, theme: str) -> tuple[Message, tuple[Explanation, ...]]:
    """The title of a theme's file in a language, and its explanations, in this language alone."""
    file = resources.files("diptych") / "explained" / language / f"{theme}.md"
    title, *blocks = _BLOCK.finditer(file.read_text(encoding="utf-8"))
    starts = [at for at, block in enumerate(blocks) if block["check"]]
    parts = [blocks[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    return _message(title["title"], language), tuple(_section(each, language) for each in parts)


def _section(blocks: list[re.Match[str]], language: str) -> Explanation:
    heading, *below = blocks
    words = [each for each in (heading["severities"] or "").split(", ") if each]
    sentences = (each["sentence"].replace("\n", " ") for each in below if each["sentence"])
    return Explanation(
        heading["check"],
        tuple(_SEVERITIES[word] for word in words if word != _MENDED),
        _MENDED in words,
        tuple(_message(each, language) for each in sentences),
        tuple(_snippet(each) for each in below if each["path"] and not each["instead"]),
        tuple(_snippet(each) for each in below if each["instead"]),
    )


def _snippet(block: re.Match[str]) -> Snippet:
    return Snippet(block["path"], _UNSEEN.sub(lambda it: chr(int(it[1], 16)), block["text"]))


def _message(text: str, language: str) -> Message:
    """A sentence of an explanation, in one language. A command in the sentence is an argument of
    the message, so that the command begins with the words by which the reader starts the program.
    The language is the name of the argument: `_joined` puts the arguments of all languages into one
    message.
    """
    found = _COMMAND.search(text)
    if found is None:
        return Message(text, spoken=((language, text),))
    named = text.replace(found[0], f"{{{language}}}")
    return Message(named, ((language, command(*found[1].split())),), ((language, named),))


def _theme(name: str) -> Theme:
    titles, files = zip(*(sections(language, name) for language in LANGUAGES), strict=True)
    english, *others = files
    known = [{each.check: each.sentences for each in file} for file in others]
    return Theme(
        name,
        _joined(titles),
        tuple(_spoken(each, [file.get(each.check, ()) for file in known]) for each in english),
    )


def _spoken(explanation: Explanation, others: Iterable[tuple[Message, ...]]) -> Explanation:
    """The explanation with its sentences in each language that has as many sentences as English."""
    own = explanation.sentences
    complete = [own, *(each for each in others if len(each) == len(own))]
    return replace(explanation, sentences=tuple(map(_joined, zip(*complete, strict=True))))


def _joined(messages: Sequence[Message]) -> Message:
    """One message made of the same sentence in several languages, one message for each language."""
    return Message(
        messages[0].msgid,
        tuple(each for message in messages for each in message.arguments),
        tuple(each for message in messages for each in message.spoken),
    )
