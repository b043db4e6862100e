"""Parses a call into its command and options; writes the help of every command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from diptych.cli.commands import COMMANDS, EVERYWHERE, NAMES, Parameter
from diptych.cli.program import GENERAL, Program
from diptych.cli.terminal import Terminal
from diptych.diagnostics import Message, nearest, say
from diptych.diagnostics.report import Translate
from diptych.disk import version_line

_ALONE = (["-h"], ["--help"], ["--version"])  # the whole call, without a command


def parse(
    arguments: Sequence[str], root: Path, terminal: Terminal, program: Program = GENERAL
) -> argparse.Namespace:
    """The options of a call, with `run`, the module of its command.

    Without the name of a command it is `build`. A wrong call is reported on standard error; for that
    and for `--help` and `--version`, SystemExit is raised.
    """
    given = list(arguments)
    at = _behind_options(given)
    with speaking(terminal.words):
        parser = parser_of(root, terminal, program)
        if at < len(given) and not given[at].startswith("-"):
            if given[at] not in NAMES:
                parser.error(terminal.words(_unknown(given[at])))
        elif at <= len(given) and given[at : at + 1] not in _ALONE:
            given.insert(at, "build")
        return parser.parse_args(given)


def _behind_options(arguments: Sequence[str]) -> int:
    """The index of the first argument after the options that every command takes."""
    takes_value = [each.name for each in EVERYWHERE]
    index = 0
    while index < len(arguments) and arguments[index].partition("=")[0] in takes_value:
        index += 1 if "=" in arguments[index] else 2
    return index


def _unknown(name: str) -> Message:
    near = nearest(name, NAMES)
    if near is not None:
        return say("there is no command `{name}`; did you mean `{near}`?", name=name, near=near)
    known = ", ".join(NAMES)
    return say("there is no command `{name}`; the commands are: {known}", name=name, known=known)


def parser_of(
    root: Path, terminal: Terminal, program: Program = GENERAL
) -> argparse.ArgumentParser:
    """The parser of all commands. `root` is the site if the call names none; `program` is the
    program's name in the usage line.
    """
    words = terminal.words
    description = words(say("Builds a site in several languages that are equals."))
    parser = Parser(prog=program.name, description=description)
    for each in EVERYWHERE:
        _add(parser, each, words(each.help), words)
    of_version = words(
        say("show the version, with its commit where it is known, and do nothing else")
    )
    parser.add_argument(
        "--version", action=ShowsVersion, nargs=0, const=terminal.show, help=of_version
    )
    parser.set_defaults(root=root)
    subparsers = parser.add_subparsers(title="subcommands", metavar="", parser_class=Parser)
    for row in COMMANDS:
        text = words(row.help)
        own = subparsers.add_parser(row.name, help=text, description=text)
        for each in EVERYWHERE:
            _add(own, each, argparse.SUPPRESS, words, default=argparse.SUPPRESS)
        for each in row.parameters:
            _add(own, each, words(each.help), words)
        own.set_defaults(run=row.module)
    return parser


def _add(
    parser: argparse.ArgumentParser,
    each: Parameter,
    text: str,
    words: Translate,
    **settings: Any,
) -> None:
    place = each.settings.get("metavar")
    named = {"metavar": words(place)} if place else {}
    parser.add_argument(each.name, help=text, **{**each.settings, **named, **settings})


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

    `argparse._` is the name under which argparse imports `gettext.gettext`; it takes the words of its
    errors from nowhere else. A domain of gettext (`bindtextdomain`) would need a compiled catalog
    on the disk and a language from the environment; we have PO files and `--message-language`.
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
