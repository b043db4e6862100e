"""Makes argparse use the language of the messages, and accept values that begin with a hyphen.

argparse asks gettext for each of its sentences, as `_("usage: ")`. `speaking` answers from the
program's own catalog. A sentence that is not in the table `SENTENCES`, for example of a newer
Python, stays English.

argparse takes every word that begins with a hyphen for an option, but labels of the lock
(`-.paragraph.1`) and file names may begin with one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from diptych.cli.origin import version_line
from diptych.diagnostics import Message, say
from diptych.diagnostics.report import Translate

_OF_LABELS = ("--block",)  # a label may even begin with two hyphens, as ids of headings may
SENTENCES: Mapping[str, Message] = {  # argparse's sentence -> ours
    "usage: ": say("usage:"),
    "positional arguments": say("{heading}:", heading=say("arguments")),
    "options": say("{heading}:", heading=say("options")),
    "subcommands": say("{heading}:", heading=say("commands")),
    "show this help message and exit": say("show this help and do nothing else"),
    "%(prog)s: error: %(message)s\n": say(
        "{program}: error: {message}", program="%(prog)s", message="%(message)s"
    ),
    "argument %(argument_name)s: %(message)s": say(
        "{name}: {problem}", name="%(argument_name)s", problem="%(message)s"
    ),
    "the following arguments are required: %s": say("this is missing: {names}", names="%s"),
    "unrecognized arguments: %s": say("this is not understood: {words}", words="%s"),
    "expected one argument": say("a value must follow"),
    "ignored explicit argument %r": say("no value may follow, and `{text}` does", text="%s"),
    "invalid choice: %(value)r (choose from %(choices)s)": say(
        "`{name}` is not possible; choose from: {known}", name="%(value)s", known="%(choices)s"
    ),
    "invalid %(type)s value: %(value)r": say(  # `int` is the only type that leaves it to argparse
        "`{text}` is not a whole number", text="%(value)s"
    ),
}


@contextmanager
def speaking(words: Translate) -> Iterator[None]:
    """Within this context argparse uses `words`: for the headings and help of parsers made in it,
    and for errors of calls parsed in it.

    `argparse._` is the name under which argparse imports `gettext.gettext`. gettext itself would
    need `.mo` files and a language from the environment; we have PO files and `--message-language`.
    """

    def gettext(sentence: str) -> str:
        known = SENTENCES.get(sentence)
        if known is None:
            return sentence
        begin = sentence.rstrip()
        text = words(known)
        if not begin.endswith(":"):  # a heading, to which argparse adds the colon
            text = text.removesuffix(":")
        return text + sentence[len(begin) :]

    before = argparse._  # type: ignore[attr-defined]
    argparse._ = gettext  # type: ignore[attr-defined]
    try:
        yield
    finally:
        argparse._ = before  # type: ignore[attr-defined]


class ShowsVersion(argparse.Action):
    """The option `--version`; `const` is the function that prints. argparse's own action is given a
    text, for which every call would ask git.
    """

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """Prints the version and ends the call."""
        self.const(f"{version_line()}\n")
        parser.exit()


class Parser(argparse.ArgumentParser):
    """A parser that accepts values and names that begin with a hyphen."""

    def __init__(self, **settings: Any) -> None:
        self._valued: set[str] = set()  # options with a value
        self._bare: set[str] = set()  # options without
        self._names = self._commands = False  # whether it takes names (a page's key), or commands
        super().__init__(allow_abbrev=False, **settings)

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        """As in argparse; records which options take a value, and which arguments are names."""
        action = super().add_argument(*names, **settings)
        (self._bare if action.nargs == 0 else self._valued).update(action.option_strings)
        self._names |= not action.option_strings
        return action

    def add_subparsers(self, **settings: Any) -> Any:
        """As in argparse; from the name of a command on, the words belong to that command's parser."""
        self._commands = True
        return super().add_subparsers(**settings)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As in argparse; a value or a name may begin with a hyphen."""
        given = list(sys.argv[1:] if args is None else args)
        return super().parse_known_args(self._unmistakable(given), namespace)

    def _unmistakable(self, given: Sequence[str]) -> list[str]:
        """The same call, unambiguous for argparse: a value after `=`, names after `--`."""
        options: list[str] = []
        names: list[str] = []
        words = iter(given)
        for word in words:
            if self._commands and not word.startswith("-"):
                return [*options, word, *words]
            if word == "--" and self._names:
                names += words
            elif word in self._valued:
                options += _with_value(word, next(words, None), self._valued | self._bare)
            elif self._names and not _is_option(word, self._bare):
                names.append(word)
            else:
                options.append(word)
        return [*options, "--", *names] if names else options


def _is_option(word: str, known: Collection[str]) -> bool:
    """Whether the word was meant as an option, perhaps a misspelled one; a name has one hyphen at
    most.
    """
    return word.startswith("--") or word in known


def _with_value(option: str, value: str | None, known: Collection[str]) -> list[str]:
    """An option and its value, as one word if the value begins with a hyphen."""
    if value is None:
        return [option]
    if not value.startswith("-"):
        return [option, value]
    is_value = value not in known if option in _OF_LABELS else not _is_option(value, known)
    return [f"{option}={value}"] if is_value else [option, value]
