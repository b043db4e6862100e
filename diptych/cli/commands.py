"""The table of commands: the name and parameters of each, the fields of its form on a git host, and
the module of `diptych.cli` that runs it.

It has the order of the help and of docs/contract.md. The table is separate from those
modules, since every call reads the whole table but only the module of its own command.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
from keyword import iskeyword
from pathlib import Path
from typing import Any

from diptych.content.hosts import HOSTS
from diptych.diagnostics import Message, say
from diptych.diagnostics.report import FORMATS
from diptych.i18n import OF_FILE, TOOL_LANGUAGES
from diptych.values import Value, replace

SITE_ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?(/[^\s<>\"?#]*)?")


class Parameter(Value):
    """An option (`--drafts`) or a name (`KEY`) that a command takes."""

    name: str  # as it is typed; for a name, its key in the command's options
    help: Message
    settings: dict[str, Any]  # for argparse's `add_argument`; `metavar` is a Message
    field: str = ""  # its field in the form of the command; "" if the form has none


class FormField(Value):
    """A field of a command's form on a git host, with which users run the command without a terminal."""

    name: str  # the label of the field on the host
    # the option that precedes the value, or the arguments that a ticked checkbox adds
    words: tuple[str, ...] = ()
    box: bool = False


class Subcommand(Value):
    """A row of the table; `name` is typed by the user."""

    name: str
    help: Message
    parameters: tuple[Parameter, ...] = ()
    form: bool = False  # whether the git host has a form for it

    @property
    def fields(self) -> tuple[FormField, ...]:
        """The fields of its form, in the order of its names."""
        found: dict[str, FormField] = {}
        for each in self.parameters:
            if each.field:
                words = found[each.field].words if each.field in found else ()
                words += (each.name,) if each.name.startswith("-") else ()
                box = each.settings.get("action") == "store_true"
                found[each.field] = FormField(each.field, words, box)
        return tuple(found.values())

    @property
    def module(self) -> str:
        """The module of `diptych.cli` with the function `run`, which takes the options and the
        terminal and returns the exit status.
        """
        name = self.name.replace("-", "_")
        return f"{name}_" if iskeyword(name) else name


def _takes(name: str, text: Message, field: str = "", **settings: Any) -> Parameter:
    return Parameter(name, text, settings, field)


def _flag(name: str, text: Message, field: str = "") -> Parameter:
    return Parameter(name, text, {"action": "store_true"}, field)


def _whole_address(text: str) -> str:
    if not SITE_ADDRESS.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text}: https://…")
    return text


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", text):
        raise argparse.ArgumentTypeError(f"{text}: name.example.org")
    return text


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: 2027-06-30") from None


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text}: 1, 2, 3, …")
    return int(text)


_FORMAT = _takes("--format", say("how problems are printed"), choices=FORMATS, default="text")
_EDIT_AT = _takes(
    "--edit-at",
    say("where a file is changed in the browser: `https://github.com/owner/name/edit/main`"),
    metavar=say("URL"),
    default="",
)
_TODAY = _takes(
    "--today",
    say("build as on this day (default: today, in the time zone of site.yaml)"),
    metavar=say("DATE"),
    type=_day,
)
_DRY_RUN = _flag("--dry-run", say("show what would change and write nothing"))
_OF_A_BUILD = (
    _flag("--drafts", say("show drafts too")),
    _takes(
        "--base-url",
        say("publish under this address instead of the one in site.yaml"),
        metavar=say("URL"),
        type=_whole_address,
    ),
    _takes(
        "--hosting",
        say("publish for this host instead of the one in site.yaml"),
        metavar=say("HOST"),
        choices=tuple(HOSTS),
    ),
    _TODAY,
    _FORMAT,
    _flag("--timings", say("say at the end where the time went")),
    _takes(
        "--jobs",
        say("how many pictures are made at a time"),
        metavar=say("N"),
        type=_positive,
        default=min(4, os.cpu_count() or 1),
    ),
)
EVERYWHERE = (  # before the command or behind it
    _takes(
        "--root",
        say("the folder of the site (default: that of build.py; of `diptych`, this folder)"),
        metavar=say("DIR"),
        type=Path,
    ),
    _takes(
        "--message-language",
        say(
            "the language of the messages (default: the environment's); "
            "`file`: the language of the file that each is about"
        ),
        choices=(*TOOL_LANGUAGES, OF_FILE),
    ),
)

COMMANDS = (
    Subcommand(
        "build",
        say("read, check, and write the site to public/ in one step or not at all"),
        (
            _takes(
                "--output",
                say("write to this folder instead of public/"),
                metavar=say("DIR"),
                type=Path,
            ),
            _flag("--clean", say("forget what earlier builds kept, and write every file anew")),
            *_OF_A_BUILD,
        ),
    ),
    Subcommand(
        "check",
        say("check everything and publish nothing"),
        (
            _flag("--strict", say("fail on warnings too, such as missing translations")),
            _flag("--external", say("ask other sites whether what is linked is still there")),
            _flag("--spelling", say("look words up in the Hunspell dictionaries of this computer")),
            _flag(
                "--advice",
                say("show the notes that can wait too: long sentences, what is still open"),
            ),
            _EDIT_AT,
            *_OF_A_BUILD,
        ),
    ),
    Subcommand(
        "fix",
        say("mend what needs no thought (quotes, tabs, a last line end), and show it first"),
        (
            _flag("--check", say("show what would change, write nothing, and end with 1")),
            _takes(
                "files",
                say("only these files (default: every text below content/)"),
                metavar=say("FILE"),
                type=Path,
                nargs="*",
                field="file",
            ),
        ),
        form=True,
    ),
    Subcommand(
        "serve",
        say("show the site on this computer, and every change as you save it"),
        (
            _takes(
                "--port", say("the port on 127.0.0.1"), metavar=say("PORT"), type=int, default=8000
            ),
            _takes(
                "--allow-host",
                say("also answer under this name, which a cloud workspace forwards to the port"),
                metavar=say("NAME"),
                type=_host,
                action="append",
                default=[],
            ),
        ),
    ),
    Subcommand(
        "init",
        say("begin a site: a folder with pages, an agenda and a workflow, ready to be changed"),
        (
            _takes(
                "folder", say("the folder, which is not there yet"), metavar=say("DIR"), type=Path
            ),
            _takes(
                "--languages",
                say("its languages, such as `nl,fr` or `fr_CH,de_CH`"),
                metavar=say("LANGUAGE"),
            ),
            _takes("--name", say("the name of the organisation"), metavar=say("NAME")),
            _takes("--address", say("the address of the site"), metavar=say("URL")),
            _takes(
                "--host",
                say("where the site stands: {hosts}", hosts=", ".join(HOSTS)),
                metavar=say("HOST"),
                choices=tuple(HOSTS),
            ),
            _takes(
                "--program",
                say("the repository of the program with a commit, as pip reads it"),
                metavar=say("URL"),
            ),
            _takes(
                "--today",
                say("the day of the first news (default: today)"),
                metavar=say("DATE"),
                type=_day,
            ),
        ),
    ),
    Subcommand(
        "new",
        say("begin a page: a folder with a file per language, ready to fill in"),
        (
            _takes(
                "key", say("the page's key, such as `contact`"), metavar=say("KEY"), field="key"
            ),
            _takes(
                "language",
                say("only the language that a page lacks, built as the one it has"),
                metavar=say("LANGUAGE"),
                field="language",
                nargs="?",
            ),
            _takes(
                "--layout",
                say("the kind of page (default: page)"),
                metavar=say("LAYOUT"),
                default="page",
                field="layout",
            ),
            _takes(
                "--in",
                say("the key of the page below which it comes"),
                metavar=say("PARENT"),
                dest="parent",
                field="parent",
            ),
        ),
        form=True,
    ),
    Subcommand(
        "status",
        say("show which pages lag behind, and in which language"),
        (
            _takes(
                "--html",
                say("write all texts side by side to one file"),
                metavar=say("FILE"),
                type=Path,
            ),
            _FORMAT,
        ),
    ),
    Subcommand(
        "confirm",
        say("say that you have looked: the languages say the same now"),
        (
            _takes(
                "key",
                say("a page's key, such as `contact`, or `site.yaml`, `terms.yaml`"),
                metavar=say("KEY"),
                field="page",
                nargs="?",
            ),
            _takes(
                "language",
                say("only this language caught up with the others"),
                metavar=say("LANGUAGE"),
                field="language",
                nargs="?",
            ),
            _takes(
                "--block",
                say("only this part: a heading's or event's id, or a label"),
                metavar=say("ID"),
                field="block",
            ),
            _flag("--all", say("every page: shows what is not confirmed yet"), field="all"),
            _flag("--yes", say("with `--all`: confirms what was shown"), field="all"),
        ),
        form=True,
    ),
    Subcommand(
        "remember",
        say("write down every address: when it changes, the old one leads on"),
        form=True,
    ),
    Subcommand(
        "take-down",
        say("take a page or an event down at once, in every language, with all that shows it"),
        (
            _takes(
                "key",
                say("a page's key, such as `contact`, or `timeline#first-march` for an entry"),
                metavar=say("KEY"),
                field="key",
            ),
            _flag("--below", say("the pages below it too"), field="below"),
            _flag(
                "--forget",
                say("keep not even its addresses: they answer as if nothing was there"),
                field="forget",
            ),
            replace(_DRY_RUN, field="look"),
        ),
        form=True,
    ),
    Subcommand(
        "export",
        say("write what a language lacks to one file for a translator"),
        (
            _takes(
                "language",
                say("the language to translate into, such as `fr`"),
                metavar=say("LANGUAGE"),
                field="language",
            ),
            _takes(
                "--format",
                say("the kind of file (PO, for any PO editor)"),
                choices=("po",),
                default="po",
            ),
            _takes(
                "--output",
                say("the file to write (default: standard output)"),
                metavar=say("FILE"),
                type=Path,
            ),
            _flag("--all", say("everything, also what is current or unconfirmed"), field="all"),
        ),
        form=True,
    ),
    Subcommand(
        "import",
        say("check a translator's file, show what changes, and write it into the pages"),
        (
            _takes(
                "file", say("the file that came back"), metavar=say("FILE"), type=Path, field="file"
            ),
            _flag("--fuzzy", say("take what is marked fuzzy too, where its text was changed")),
            _DRY_RUN,
        ),
        form=True,
    ),
    Subcommand(
        "import-site",
        say("move a site of another program in, and report what is left"),
        (
            _takes(
                "source",
                say("the folder of that site, or the file that it was exported to"),
                metavar=say("DIR"),
                type=Path,
            ),
            _takes(
                "--from",
                say("what made it (default: its files tell)"),
                metavar=say("KIND"),
                dest="kind",
            ),
            _takes(
                "--languages",
                say("its languages where nothing else tells, such as `nl,fr`"),
                metavar=say("LANGUAGES"),
            ),
            _flag("--dry-run", say("show the report and write nothing")),
        ),
    ),
    Subcommand(
        "review",
        say("tell what a change does, and who must look at what, as Markdown"),
        (
            _takes(
                "--against",
                say("a folder with the site as it was before the change"),
                metavar=say("DIR"),
                type=Path,
                required=True,
            ),
            _EDIT_AT,
        ),
    ),
    Subcommand(
        "upgrade",
        say("build the site with a newer version of the program too, and tell what changes"),
        (
            _takes("--to", say("its commit (default: the newest)"), metavar=say("ID")),
            _takes("--command", say("its command, where it is installed"), metavar=say("PATH")),
            _flag("--yes", say("write the newer version into requirements.txt")),
            _TODAY,
        ),
    ),
    Subcommand(
        "messages",
        say("collect the texts of the interface and update every catalog"),
    ),
    Subcommand(
        "schemas",
        say("write what files may hold to schemas/, for programs one writes with"),
    ),
    Subcommand(
        "explain",
        say("tell what a check means and how to satisfy it"),
        (
            _takes(
                "check",
                say("the check's name, as it stands between [ ] (default: all)"),
                metavar=say("CHECK"),
                nargs="?",
            ),
        ),
    ),
    Subcommand(
        "verify",
        say("check that a published site is still as it was published"),
        (
            _takes(
                "folder",
                say("the folder (default: public/)"),
                metavar=say("DIR"),
                type=Path,
                nargs="?",
            ),
        ),
    ),
    Subcommand(
        "why",
        say("say from what a published file was made, and why it was made again"),
        (
            _takes(
                "path",
                say("the file in public/, or the address of a page, such as nl/vragen/"),
                metavar=say("PATH"),
                type=Path,
            ),
        ),
    ),
)
NAMES = tuple(each.name for each in COMMANDS)
FORMS = {each.name: each.fields for each in COMMANDS if each.form}
