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

The heading holds the severities that the check can have, and `fix` where that command can mend it.
`nl/` and `fr/` hold the sentences alone.
`{U+202E}` in an example is that character. It is written so if it is invisible, or if its line would
look like a conflict of git.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from diptych.diagnostics import Message, Severity, command
from diptych.values import Value

LANGUAGES = ("en", "nl", "fr")  # the first has the examples and the severities
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
    """The explanation of a check. A test builds a site with the example, and finds the mistake there."""

    check: str  # the name that a diagnostic carries
    severities: tuple[Severity, ...]  # each that it can have
    mended: bool  # whether `fix` mends it, if it can be meant in one way only
    says: Message  # the mistake, in one sentence
    matters: Message  # why it matters
    example: tuple[Snippet, ...]  # as an editor would have it
    instead: tuple[Snippet, ...] = ()  # the lines to write; the rest of the example stays
    advice: Message | None = None  # more than a few lines can show


class Theme(Value):
    """Explanations of checks that an editor would look for in one place."""

    name: str  # of its files
    title: Message
    explanations: tuple[Explanation, ...]


class HeadedText(Value):
    """The content below one heading of a file, in one language."""

    check: str
    severities: tuple[Severity, ...]
    mended: bool
    sentences: tuple[str, ...]
    example: tuple[Snippet, ...]
    instead: tuple[Snippet, ...]


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
def sections(language: str, theme: str) -> tuple[str, tuple[HeadedText, ...]]:
    """The title of a theme's file in a language, and the content below each of its headings."""
    file = resources.files("diptych") / "explained" / language / f"{theme}.md"
    title, *blocks = _BLOCK.finditer(file.read_text(encoding="utf-8"))
    starts = [at for at, block in enumerate(blocks) if block["check"]]
    parts = [blocks[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    return title["title"], tuple(map(_section, parts))


def _section(blocks: list[re.Match[str]]) -> HeadedText:
    heading, *below = blocks
    words = [each for each in (heading["severities"] or "").split(", ") if each]
    return HeadedText(
        heading["check"],
        tuple(_SEVERITIES[word] for word in words if word != _MENDED),
        _MENDED in words,
        tuple(each["sentence"].replace("\n", " ") for each in below if each["sentence"]),
        tuple(_snippet(each) for each in below if each["path"] and not each["instead"]),
        tuple(_snippet(each) for each in below if each["instead"]),
    )


def _snippet(block: re.Match[str]) -> Snippet:
    return Snippet(block["path"], _UNSEEN.sub(lambda it: chr(int(it[1], 16)), block["text"]))


def _theme(name: str) -> Theme:
    files = {language: sections(language, name) for language in LANGUAGES}
    title = _message({language: title for language, (title, _) in files.items()})
    texts = {
        language: {each.check: each.sentences for each in below}
        for language, (_, below) in files.items()
    }
    return Theme(name, title, tuple(_explanation(each, texts) for each in files[LANGUAGES[0]][1]))


def _explanation(
    section: HeadedText, texts: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> Explanation:
    """The explanation of a check, with the sentences of each language that has all of them."""
    count = len(section.sentences)
    sections = {language: checks.get(section.check, ()) for language, checks in texts.items()}
    complete = {language: each for language, each in sections.items() if len(each) == count}
    messages = [_message({key: each[at] for key, each in complete.items()}) for at in range(count)]
    return Explanation(
        section.check,
        section.severities,
        section.mended,
        messages[0],
        messages[1],
        section.example,
        section.instead,
        messages[2] if count > 2 else None,
    )


def _message(sentences: Mapping[str, str]) -> Message:
    """A sentence in each language; a command in it is written as its reader calls the program."""
    found = {key: _COMMAND.search(text) for key, text in sentences.items()}
    commands = {key: match for key, match in found.items() if match}
    named = {
        key: text.replace(commands[key][0], f"{{{key}}}") if key in commands else text
        for key, text in sentences.items()
    }
    arguments = ((key, command(*match[1].split())) for key, match in commands.items())
    return Message(named[LANGUAGES[0]], tuple(arguments), tuple(named.items()))
