"""Parses a call into its command and options; writes the help of every command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from diptych.cli.arguments import Parser, ShowsVersion, speaking
from diptych.cli.commands import COMMANDS, EVERYWHERE, NAMES, Parameter
from diptych.cli.program import GENERAL, Program
from diptych.cli.terminal import Terminal
from diptych.diagnostics import Message, nearest, say
from diptych.diagnostics.report import Translate

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
