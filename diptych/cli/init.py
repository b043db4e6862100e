"""The command `init`: begins a new site."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from diptych.cli.commands import SITE_ADDRESS
from diptych.cli.confirm import new_lock
from diptych.cli.program import Program
from diptych.cli.sources import now, read_with_drafts
from diptych.cli.terminal import DONE, WRONG_CALL, Terminal
from diptych.content.hosts import HOSTS
from diptych.content.skeleton import Wishes, contact, skeleton, skeleton_languages
from diptych.diagnostics import Message, say
from diptych.disk import for_pip, is_free, own_address, write_site, write_sources
from diptych.i18n import known_locale
from diptych.languages import LANGUAGES
from diptych.site import ADDRESSES, write_addresses
from diptych.translation import lock_path

_PROGRAM = re.compile(r"git\+[a-z]+://\S+@[0-9a-f]{7,64}")
_LANGUAGES = re.compile(r"[a-z]{2}(_[A-Z]{2})?(,[a-z]{2}(_[A-Z]{2})?)*")
_RUN = "publish.sh"
_STEPS = ("make site", "make test", "make serve")
_ON_WINDOWS = (  # for Windows, which has no make: the commands in the Makefile of a site
    "py -m venv .venv",
    r".venv\Scripts\python -m pip install --only-binary :all: --requirement requirements.txt",
    r".venv\Scripts\diptych build",
    r".venv\Scripts\diptych check --strict",
    r".venv\Scripts\diptych serve",
)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Writes a small, complete site into a folder that does not exist yet or is empty."""
    folder: Path = options.folder
    if not is_free(folder):
        terminal.tell(say("{folder} is not empty; name a new folder", folder=str(folder)))
        return WRONG_CALL
    program = options.program or own_address()
    answers = _answers(options, program, terminal)
    if answers is None:
        return WRONG_CALL
    files = skeleton(answers)
    write_site(folder, files, [_RUN] if _RUN in files else [])
    _confirm(folder, terminal)
    terminal.tell(say("{folder} holds a whole site; what comes next:", folder=str(folder)))
    for step in next_steps(str(folder), windows=os.name == "nt"):
        terminal.show(f"    {step}\n")
    terminal.tell(
        say(
            "{contact} is made up: write your own in content/site.yaml and on the page `contact`",
            contact=contact(answers),
        )
    )
    if len(answers.keys) > 1:
        terminal.tell(
            say(
                "the name is the same in every language: where it differs, write it in "
                "content/site.yaml and as the title of the page `home`, then `confirm` both"
            )
        )
    terminal.tell(say("README.md says more, in the languages of the site"))
    return DONE


def _confirm(folder: Path, terminal: Terminal) -> None:
    """Confirms every page of the new site, and records its addresses."""
    tree, read = read_with_drafts(folder, terminal)
    if read is None or read.site is None:
        return
    locks = {lock_path(key): new_lock(each) for key, each in read.reports.items() if each.groups}
    write_sources(folder, {**locks, ADDRESSES: write_addresses(read.site)}, tree)


def next_steps(folder: str, *, windows: bool) -> tuple[str, ...]:
    """The commands that build, check and show the new site, one line each; on Windows without make."""
    steps = _ON_WINDOWS if windows else _STEPS
    return (Program(windows=windows).quoted(("cd", folder)), *steps)


def _answers(options: argparse.Namespace, program: str, terminal: Terminal) -> Wishes | None:
    """The answers: from the options of the command, and those missing there from the terminal. None
    if an answer is missing, or if an option has a wrong one; every such option is reported.
    """
    known = ", ".join(skeleton_languages())
    questions: tuple[tuple[str, Message, Callable[[str], Message | None]], ...] = (
        ("languages", say("Which languages, of {known}? (nl,fr)", known=known), _wrong_languages),
        ("name", say("The name of the organisation?"), _wrong_name),
        ("address", say("The address of the site? (https://www.example.org)"), _wrong_address),
        ("host", say("Where does it stand? ({hosts})", hosts=", ".join(HOSTS)), _wrong_host),
        ("program", say("The repository of this program, with a commit?"), _wrong_program),
    )
    found = {name: getattr(options, name) or "" for name, _, _ in questions} | {"program": program}
    problems = [
        (name, problem)
        for name, _, wrong in questions
        if (found[name] or not _can_answer()) and (problem := wrong(found[name])) is not None
    ]
    for name, question, wrong in questions if not problems else ():
        if not found[name]:
            found[name] = _asked(question, wrong, terminal)
            problem = wrong(found[name])
            if problem is not None:  # the input ended without an answer
                problems = [(name, problem)]
                break
    for name, problem in problems:
        terminal.tell(say("--{name}: {problem}", name=name, problem=problem))
    if problems:
        return None
    locales = tuple(
        each if "_" in each else LANGUAGES[each].locale for each in found["languages"].split(",")
    )
    return Wishes(
        locales,
        " ".join(found["name"].split()),
        found["address"].rstrip("/"),
        found["host"],
        for_pip(found["program"]),
        options.today or now().date(),
    )


def _can_answer() -> bool:
    """Whether a person can type at the terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def _asked(question: Message, wrong: Callable[[str], Message | None], terminal: Terminal) -> str:
    """An answer typed at the terminal; "" if the input ends. After a wrong answer, the
    reason is printed and the same question is asked again.
    """
    while True:
        terminal.show(terminal.words(question) + " ")
        line = sys.stdin.readline()
        problem = wrong(line.strip())
        if problem is None or not line:
            return line.strip()
        terminal.tell(problem)


def _wrong_languages(text: str) -> Message | None:
    keys = [each.partition("_")[0] for each in text.split(",")]
    known = skeleton_languages()
    if not _LANGUAGES.fullmatch(text) or not {*keys} <= {*known}:
        return say(
            "the texts to begin with are in {known}; write `nl,fr` or `nl_BE,fr_CH`",
            known=", ".join(known),
        )
    if len({*keys}) < len(keys):
        return say("each language once")
    unknown = [each for each in text.split(",") if "_" in each and not known_locale(each)]
    if unknown:
        return say("there is no data for the locale `{name}`", name=unknown[0])
    return None


def _wrong_name(text: str) -> Message | None:
    return None if text.strip() else say("write the name as it stands on the site")


def _wrong_address(text: str) -> Message | None:
    return None if SITE_ADDRESS.fullmatch(text) else say("write it whole, from https:// on")


def _wrong_host(text: str) -> Message | None:
    if text in HOSTS:
        return None
    return say("the hosts are: {hosts}", hosts=", ".join(HOSTS))


def _wrong_program(text: str) -> Message | None:
    if _PROGRAM.fullmatch(text):
        return None
    return say(
        "name the repository from which the new site installs this program, with a commit: {example}",
        example="git+https://example.org/owner/diptych@1a2b3c4",
    )
