"""The parser of the command line: every command with its options and help."""

from __future__ import annotations

import argparse
import os
import re
from functools import partial
from pathlib import Path
from typing import Any

from diptych.cli.arguments import Parser
from diptych.cli.program import GENERAL, Program
from diptych.cli.terminal import Terminal
from diptych.diagnostics import say
from diptych.diagnostics.report import FORMATS
from diptych.i18n import OF_FILE, TOOL_LANGUAGES

_EVERYWHERE: dict[str, dict[str, Any]] = {
    "--root": {"type": Path},
    "--message-language": {"choices": (*TOOL_LANGUAGES, OF_FILE)},
}


def with_command(arguments: list[str]) -> list[str]:
    """The arguments, with `build` added where they name no command."""
    index = _behind_options(arguments)
    if index > len(arguments) or arguments[index : index + 1] in (["-h"], ["--help"]):
        return arguments  # all commands are asked for; or an option lacks its value
    if index == len(arguments) or arguments[index].startswith("-"):
        return [*arguments[:index], "build", *arguments[index:]]
    return arguments


def _behind_options(arguments: list[str]) -> int:
    """The index of the first argument after the options that every command takes."""
    takes_value = ("--root", "--message-language")
    index = 0
    while index < len(arguments) and arguments[index].partition("=")[0] in takes_value:
        index += 1 if "=" in arguments[index] else 2
    return index


def parser_of(
    root: Path, terminal: Terminal, program: Program = GENERAL
) -> argparse.ArgumentParser:
    """The parser of all commands.

    Its option `run` names the function of the command, as `module:function`. `program` says how the
    program was called, for the usage line.
    """
    words = terminal.words
    parser = Parser(
        words,
        prog=program.name,
        description=words(say("Builds a site in several languages that are equals.")),
        allow_abbrev=False,
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=root,
        help=words(say("the folder of the site (default: the one of build.py)")),
    )
    parser.add_argument(
        "--message-language",
        choices=(*TOOL_LANGUAGES, OF_FILE),
        default=None,
        help=words(
            say(
                "the language of the messages (default: the environment's); "
                "`file`: the language of the file that each is about"
            )
        ),
    )
    subparsers = parser.add_subparsers(
        title=words(say("commands")),
        metavar="",
        parser_class=partial(Parser, words),
    )
    for add in _COMMANDS:
        add(subparsers, terminal)
    return parser


def _command(subparsers: object, name: str, text: str, run: str) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(  # type: ignore[attr-defined]
        name, help=text, description=text, allow_abbrev=False
    )
    for option, settings in _EVERYWHERE.items():  # before the command or behind it
        parser.add_argument(option, default=argparse.SUPPRESS, help=argparse.SUPPRESS, **settings)
    parser.set_defaults(run=run)
    assert isinstance(parser, argparse.ArgumentParser)
    return parser


def _add_site_options(parser: argparse.ArgumentParser, terminal: Terminal) -> None:
    words = terminal.words
    parser.add_argument("--drafts", action="store_true", help=words(say("show drafts too")))
    parser.add_argument(
        "--base-url",
        metavar="URL",
        type=_address,
        help=words(say("publish under this address instead of the one in site.yaml")),
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help=words(say("how problems are printed"))
    )
    cores = min(4, os.cpu_count() or 1)
    parser.add_argument(
        "--jobs",
        type=_positive,
        default=cores,
        metavar="N",
        help=words(say("how many pictures are made at a time")),
    )


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[\w.-]+(:\d+)?(/[^\s<>\"?#]*)?", text):
        raise argparse.ArgumentTypeError(f"{text}: https://…")
    return text


def _add_build(subparsers: object, terminal: Terminal) -> None:
    words = terminal.words
    text = words(say("read, check, and write the site to public/ in one step or not at all"))
    parser = _command(subparsers, "build", text, "commands:build")
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        help=words(say("write to this folder instead of public/")),
    )
    parser.add_argument(
        "--clean",
        action="store_true",
        help=words(say("forget what earlier builds kept, and write every file anew")),
    )
    _add_site_options(parser, terminal)


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text}: 1, 2, 3, …")
    return int(text)


def _add_check(subparsers: object, terminal: Terminal) -> None:
    words = terminal.words
    parser = _command(
        subparsers, "check", words(say("check everything and publish nothing")), "commands:check"
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help=words(say("fail on warnings too, such as missing translations")),
    )
    parser.add_argument(
        "--external",
        action="store_true",
        help=words(say("ask other sites whether what is linked is still there")),
    )
    parser.add_argument(
        "--spelling",
        action="store_true",
        help=words(say("look words up in the Hunspell dictionaries of this computer")),
    )
    parser.add_argument(
        "--advice",
        action="store_true",
        help=words(say("show the notes that can wait too: long sentences, what is still open")),
    )
    _add_site_options(parser, terminal)


def _add_fix(subparsers: object, terminal: Terminal) -> None:
    words = terminal.words
    text = words(
        say("mend what needs no thought (quotes, tabs, a last line end), and show it first")
    )
    parser = _command(subparsers, "fix", text, "mending:fix")
    parser.add_argument(
        "--check",
        action="store_true",
        help=words(say("show what would change, write nothing, and end with 1")),
    )
    parser.add_argument(
        "files",
        type=Path,
        metavar="FILE",
        nargs="*",
        help=words(say("only these files (default: every text below content/)")),
    )


def _add_serve(subparsers: object, terminal: Terminal) -> None:
    words = terminal.words
    text = words(say("show the site on this computer, and every change as you save it"))
    parser = _command(subparsers, "serve", text, "commands:serve")
    parser.add_argument("--port", type=int, default=8000, help=words(say("the port on 127.0.0.1")))


def _add_new(subparsers: object, terminal: Terminal) -> None:
    words = terminal.words
    text = words(say("begin a page: a folder with a file per language, ready to fill in"))
    parser = _command(subparsers, "new", text, "starting:new")
    parser.add_argument("key", metavar="KEY", help=words(say("the page's key, such as `contact`")))
    parser.add_argument(
        "--layout",
        metavar="LAYOUT",
        default="page",
        help=words(say("the kind of page (default: page)")),
    )
    parser.add_argument(
        "--in",
        dest="parent",
        metavar="PARENT",
        help=words(say("the key of the page below which it comes")),
    )


def _add_status(subparsers: object, terminal: Terminal) -> None:
    words = terminal.words
    text = words(say("show which pages lag behind, and in which language"))
    parser = _command(subparsers, "status", text, "translations:status")
    parser.add_argument(
        "--html",
        type=Path,
        metavar="FILE",
        help=words(say("write all texts side by side to one file")),
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help=words(say("how problems are printed"))
    )


def _add_confirm(subparsers: object, terminal: Terminal) -> None:
    words = terminal.words
    text = words(say("say that you have looked: the languages say the same now"))
    parser = _command(subparsers, "confirm", text, "translations:confirm")
    parser.add_argument(
        "key",
        metavar="KEY",
        help=words(say("a page's key, such as `contact`, or `site.yaml`, `terms.yaml`")),
    )
    parser.add_argument(
        "language",
        metavar="LANGUAGE",
        nargs="?",
        help=words(say("only this language caught up with the others")),
    )
    parser.add_argument(
        "--block",
        metavar="ID",
        help=words(say("only this part: a heading's or event's id, or a label")),
    )


def _add_remember(subparsers: object, terminal: Terminal) -> None:
    text = terminal.words(say("write down every address: when it changes, the old one leads on"))
    _command(subparsers, "remember", text, "translations:remember")


def _add_export(subparsers: object, terminal: Terminal) -> None:
    words = terminal.words
    text = words(say("write what a language lacks to one file for a translator"))
    parser = _command(subparsers, "export", text, "translators:export")
    parser.add_argument(
        "language",
        metavar="LANGUAGE",
        help=words(say("the language to translate into, such as `fr`")),
    )
    parser.add_argument(
        "--format",
        choices=("po",),
        default="po",
        help=words(say("the kind of file (PO, for any PO editor)")),
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help=words(say("the file to write (default: standard output)")),
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help=words(say("everything, also what is current or unconfirmed")),
    )


def _add_import(subparsers: object, terminal: Terminal) -> None:
    words = terminal.words
    text = words(say("check a translator's file, show what changes, and write it into the pages"))
    parser = _command(subparsers, "import", text, "translators:import_")
    parser.add_argument(
        "file", metavar="FILE", type=Path, help=words(say("the file that came back"))
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=words(say("show what would change and write nothing")),
    )


def _add_review(subparsers: object, terminal: Terminal) -> None:
    words = terminal.words
    text = words(say("tell what a change does, and who must look at what, as Markdown"))
    parser = _command(subparsers, "review", text, "review:review")
    parser.add_argument(
        "--against",
        type=Path,
        metavar="DIR",
        required=True,
        help=words(say("a folder with the site as it was before the change")),
    )


def _add_messages(subparsers: object, terminal: Terminal) -> None:
    text = terminal.words(say("collect the texts of the interface and update every catalog"))
    _command(subparsers, "messages", text, "commands:messages")


def _add_schemas(subparsers: object, terminal: Terminal) -> None:
    text = terminal.words(
        say("write what files may hold to schemas/, for programs one writes with")
    )
    _command(subparsers, "schemas", text, "starting:schemas")


def _add_explain(subparsers: object, terminal: Terminal) -> None:
    words = terminal.words
    text = words(say("tell what a check means and how to satisfy it"))
    parser = _command(subparsers, "explain", text, "commands:explain")
    parser.add_argument(
        "check",
        metavar="CHECK",
        nargs="?",
        help=words(say("the check's name, as it stands between [ ] (default: all)")),
    )


def _add_verify(subparsers: object, terminal: Terminal) -> None:
    words = terminal.words
    text = words(say("check that a published site is still as it was published"))
    parser = _command(subparsers, "verify", text, "commands:verify")
    parser.add_argument(
        "folder",
        metavar="DIR",
        type=Path,
        nargs="?",
        help=words(say("the folder (default: public/)")),
    )


_COMMANDS = (  # in the order of the help
    _add_build,
    _add_check,
    _add_fix,
    _add_serve,
    _add_new,
    _add_status,
    _add_confirm,
    _add_remember,
    _add_export,
    _add_import,
    _add_review,
    _add_messages,
    _add_schemas,
    _add_explain,
    _add_verify,
)
