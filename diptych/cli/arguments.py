"""argparse in the language of whoever runs the command.

argparse words its own complaints in English, deep inside; they are recognised here and said anew.
One that another Python words differently comes through as it is. argparse also takes every word that
begins with a hyphen for an option; labels of the lock (`-.paragraph.1`) and names of files may begin so.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any, NoReturn

from diptych.diagnostics import Message, nearest, say
from diptych.diagnostics.report import Translate

_HEADINGS = {"positional arguments": say("arguments"), "options": say("options")}
_NO_COMMAND = say("there is no command `{name}`; the commands are: {known}")
_OF_LABELS = ("--block",)  # a label may even begin with two hyphens, as the id of a heading may
_COMPLAINTS = (  # what argparse says -> what we say; the groups are the placeholders
    (r"the following arguments are required: (?P<names>.+)", say("this is missing: {names}")),
    (r"unrecognized arguments: (?P<words>.+)", say("this is not understood: {words}")),
    (r"argument : invalid choice: '?(?P<name>.*?)'?,? \(choose from (?P<known>.+)\)", _NO_COMMAND),
    (r"argument (?P<name>\S.*?): (?P<problem>.+)", say("{name}: {problem}")),
    (
        r"invalid choice: '?(?P<name>.*?)'?,? \(choose from (?P<known>.+)\)",
        say("`{name}` is not possible; choose from: {known}"),
    ),
    (r"invalid int value: '(?P<text>.*)'", say("`{text}` is not a whole number")),
    (r"expected one argument", say("a value must follow")),
    (r"ignored explicit argument '(?P<text>.*)'", say("no value may follow, and `{text}` does")),
)


class Parser(argparse.ArgumentParser):
    """A parser whose help and complaints are in the language of `words`."""

    def __init__(self, words: Translate, **settings: Any) -> None:
        settings |= {"add_help": False, "formatter_class": partial(_Formatter, words)}
        self._valued: set[str] = set()  # options with a value
        self._bare: set[str] = set()  # options without
        self._names = self._commands = False  # whether it takes names (a page's key), or commands
        super().__init__(**settings)
        self.words = words
        text = words(say("show this help and do nothing else"))
        self.add_argument("-h", "--help", action="help", help=text)

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        """As in argparse; remembers what takes a value, and what is a name."""
        action = super().add_argument(*names, **settings)
        (self._bare if action.nargs == 0 else self._valued).update(action.option_strings)
        self._names |= not action.option_strings
        return action

    def add_subparsers(self, **settings: Any) -> Any:
        """As in argparse; from the name of a command on, the words are for that command's parser."""
        self._commands = True
        return super().add_subparsers(**settings)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As in argparse; a value or a name may begin with a hyphen, wherever it stands."""
        given = list(sys.argv[1:] if args is None else args)
        return super().parse_known_args(self._unmistakable(given), namespace)

    def _unmistakable(self, given: Sequence[str]) -> list[str]:
        """The same call, so that argparse takes nothing for an option that is none: a value
        behind `=`, names behind `--`.
        """
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

    def error(self, message: str) -> NoReturn:
        """How to call the command and what was wrong, on standard error; exit status 2."""
        self.print_usage(sys.stderr)
        problem = say("{program}: error: {message}", program=self.prog, message=_said_anew(message))
        self.exit(2, self.words(problem) + "\n")


def _is_option(word: str, known: Collection[str]) -> bool:
    """Whether it was meant as an option, be it a misspelt one; a name has one hyphen at most."""
    return word.startswith("--") or word in known


def _with_value(option: str, value: str | None, known: Collection[str]) -> list[str]:
    """An option and the word behind it, in one word where that begins with a hyphen."""
    if value is None:
        return [option]
    if not value.startswith("-"):
        return [option, value]
    is_value = value not in known if option in _OF_LABELS else not _is_option(value, known)
    return [f"{option}={value}"] if is_value else [option, value]


class _Formatter(argparse.HelpFormatter):
    def __init__(self, words: Translate, prog: str) -> None:
        super().__init__(prog)
        self._words = words

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        begin = self._words(say("usage:")) + " " if prefix is None else prefix
        super().add_usage(usage, actions, groups, begin)

    def start_section(self, heading: str | None) -> None:
        """argparse sets the colon behind a heading; French wants a space before it."""
        if heading is not None:
            known = _HEADINGS.get(heading)
            name = self._words(known) if known else heading
            heading = self._words(say("{heading}:", heading=name)).removesuffix(":")
        super().start_section(heading)


def _nearest_command(message: Message, found: re.Match[str]) -> str | None:
    """The command that a misspelt one is nearest to."""
    if message != _NO_COMMAND:
        return None
    return nearest(found["name"], found["known"].replace("'", "").split(", "))


def _said_anew(text: str) -> Message:
    for pattern, message in _COMPLAINTS:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            near = _nearest_command(message, found)
            if near is not None:
                return say(
                    "there is no command `{name}`; did you mean `{near}`?",
                    name=found["name"],
                    near=near,
                )
            groups = found.groupdict()
            known = {"known": groups["known"].replace("'", "")} if "known" in groups else {}
            problem = {"problem": _said_anew(groups["problem"])} if "problem" in groups else {}
            return Message(message.msgid, tuple(sorted({**groups, **known, **problem}.items())))
    return Message("{text}", (("text", text),))
