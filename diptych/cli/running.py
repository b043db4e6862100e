"""Runs a command: parses the arguments, calls it, and turns errors into messages and an exit
status.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path

from diptych.cli.call import last
from diptych.cli.commandline import parse
from diptych.cli.program import (
    GENERAL,
    PIPELINE,
    Program,
    forms_of,
    one_form_of,
    program_elsewhere,
    program_here,
)
from diptych.cli.terminal import DONE, ENVIRONMENT, SITE_ERRORS, WRONG_CALL, Terminal
from diptych.diagnostics import say
from diptych.disk import SourceChanged, WriteRefused, bytes_of, take_back
from diptych.i18n import OF_FILE, translator, translator_of_file
from diptych.values import replace


def run(arguments: Sequence[str], root: Path, call: Sequence[str], *, started: bool) -> int:
    """Runs a command. `call` holds what decides the run besides the site. `started` says whether a
    user called this program with these arguments, so that messages can repeat the call.
    """
    given = list(arguments)
    language = _message_language(given, os.environ)
    named = last(given, "--root")
    elsewhere = program_elsewhere(sys.orig_argv if started else (), given)
    program = _program(given, Path(named) if named else root, elsewhere) if started else GENERAL
    terminal = _terminal(language, program.in_site(named), elsewhere)
    try:
        options = parse(given, root, terminal, program)
        options.call = call
    except SystemExit as stop:
        return WRONG_CALL if stop.code else DONE
    try:
        _take_back(options.root, terminal)
        command = _command(options.run)
        with _interruptible():
            return command(options, terminal)
    except SourceChanged as refused:
        terminal.tell(refused.message)
        return SITE_ERRORS
    except WriteRefused as refused:
        terminal.tell(refused.message)
        return ENVIRONMENT
    except KeyboardInterrupt:
        return ENVIRONMENT
    except BrokenPipeError:
        return ENVIRONMENT
    except OSError as error:
        name = f" ({error.filename})" if error.filename else ""
        terminal.tell(
            say("the system refused: {reason}", reason=f"{error.strerror or error}{name}")
        )
        return ENVIRONMENT


def _take_back(root: Path, terminal: Terminal) -> None:
    """Undoes the unfinished writes of a command that was killed, and reports it."""
    found = take_back(root)
    if found.restored or found.left:
        terminal.tell(say("a command was stopped while it wrote; what it had begun was taken back"))
    for path in found.left:
        terminal.tell(say("{path}: left as it is, since it was saved after that", path=path))


@contextmanager
def _interruptible() -> Iterator[None]:
    """Makes Ctrl+C raise KeyboardInterrupt while a command runs, so that it can finish its writes.
    Before and after that, Ctrl+C ends the process (`diptych/start.py`).
    """
    if signal.getsignal(signal.SIGINT) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _command(name: str) -> Callable[[argparse.Namespace, Terminal], int]:
    """The function of a command; no other command's module is imported."""
    found: Callable[[argparse.Namespace, Terminal], int] = import_module(f"diptych.cli.{name}").run
    return found


def _program(given: Sequence[str], root: Path, elsewhere: Program) -> Program:
    """How messages write commands: for this computer; on a build server (which sets CI) as
    `elsewhere`, since its log is read on another computer; on GitHub and GitLab as the site's forms.
    """
    if os.environ.get("GITHUB_ACTIONS"):
        return replace(elsewhere, forms=forms_of(root))
    if os.environ.get("GITLAB_CI"):
        pipeline = bytes_of(root / PIPELINE).decode("utf-8", "replace")
        return replace(elsewhere, forms=one_form_of(pipeline), one_form=True)
    if os.environ.get("CI"):
        return elsewhere
    try:
        here = Path.cwd()
    except OSError:  # somebody deleted the folder meanwhile
        return elsewhere
    return program_here(sys.orig_argv, given, here, shutil.which, windows=os.name == "nt")


def _terminal(language: str, program: Program, elsewhere: Program) -> Terminal:
    """The terminal for a message language. Texts for people show commands for this computer;
    formats for programs (JSON, SARIF, GitHub annotations) show those of `elsewhere`, whatever the
    computer, but annotations on the page of a run name its forms.
    """
    here = translator(language, program.write)
    annotates = bool(program.forms)
    if language != OF_FILE:
        reports = translator(language, elsewhere.write)
        return Terminal(here, lambda _: here, lambda _: reports, annotates=annotates)
    speak = partial(translator_of_file, write=program.write)
    reports_of_file = partial(translator_of_file, write=elsewhere.write)
    return Terminal(here, speak, reports_of_file, annotates=annotates)


def _message_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of the messages: of the option, else of the environment, else of Windows, else
    English.
    """
    asked = last(arguments, "--message-language")
    if asked is not None:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return environment[name][:2].lower()
    return language_of_windows() or "en"


def language_of_windows() -> str:
    """The display language of Windows, which no variable holds; "" on other systems."""
    import ctypes
    import locale

    windows = getattr(ctypes, "windll", None)
    if windows is None:
        return ""
    return locale.windows_locale.get(windows.kernel32.GetUserDefaultUILanguage(), "")[:2]
