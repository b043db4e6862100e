"""argparse in the language of whoever runs the command.

argparse words its own complaints in English, deep inside; they are recognised here and said anew.
One that another Python words differently comes through as it is.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from functools import partial
from typing import Any, NoReturn

from diptych.diagnostics import Message, nearest, say
from diptych.diagnostics.report import Translate

_HEADINGS = {"positional arguments": say("arguments"), "options": say("options")}
_NO_COMMAND = say("there is no command `{name}`; the commands are: {known}")
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
        super().__init__(**settings)
        self.words = words
        text = words(say("show this help and do nothing else"))
        self.add_argument("-h", "--help", action="help", help=text)

    def error(self, message: str) -> NoReturn:
        """How to call the command and what was wrong, on standard error; exit status 2."""
        self.print_usage(sys.stderr)
        problem = say("{program}: error: {message}", program=self.prog, message=_said_anew(message))
        self.exit(2, self.words(problem) + "\n")


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
