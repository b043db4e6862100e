"""Runs the command of a call, and turns errors into messages and an exit status.

If nothing changed since the last run of the same `build` or `check`, the messages of that run are
printed again, and nothing else is done. If only published files were deleted or altered, they are
published again from the cache. No library is needed for the first, and few for the second: only
`_run` imports the rest of the program.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

from diptych.glance import Printed, Run, Seen, SourceStates, keep_outputs, last_run

# copies of the exit statuses in `diptych.cli.terminal`, which takes long to import
_DONE, _SITE_ERRORS, _WRONG_CALL, _ENVIRONMENT = 0, 1, 2, 3
# the environment variables on which the messages of a run depend
_DECIDING = ("LC_ALL", "LC_MESSAGES", "LANG", "CI", "GITHUB_ACTIONS", "GITLAB_CI", "PATH")


def main(arguments: Sequence[str] | None = None, *, root: Path) -> int:
    """Runs a command on the site at `root` (or at `--root`); returns the exit status of the
    contract: 0 done, 1 the site has errors, 2 the call is wrong, 3 the environment failed.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    called = sys.orig_argv if arguments is None else []
    try:
        return _flushed(_repeated_or_run(given, called, root))
    except KeyboardInterrupt:  # if Python code calls `main`; a running command handles it
        return _flushed(_ENVIRONMENT)


def _repeated_or_run(given: list[str], called: Sequence[str], root: Path) -> int:
    named = last_value(given, "--root")
    site = Path(named or root)
    decides = _deciding(called or given)
    record = site / ".cache" / ("check.json" if "check" in given else "build.json")
    before = SourceStates(site, _now())
    last = last_run(record, before, decides)
    if last is None:
        return _run(given, called, root, decides, before)
    run, whole = last
    if whole:
        return _repeated([*run.printed, *run.unchanged])
    outputs = _published_again(site, run)
    if outputs is not None:
        keep_outputs(record, run._replace(outputs=outputs))
        return _repeated([*run.printed, *run.published])
    return _run(given, called, root, decides, before)


def _deciding(call: Sequence[str]) -> list[str]:
    """Everything outside the site on which the messages of a run depend: the call, the current
    folder, the environment, and whether a person reads the messages at a terminal.
    """
    try:
        here = str(Path.cwd())
    except OSError:  # somebody deleted the folder meanwhile
        here = ""
    at_terminal = [str(each is not None and each.isatty()) for each in (sys.stdout, sys.stderr)]
    return [*call, "", here, *(os.environ.get(name, "") for name in _DECIDING), *at_terminal]


def last_value(arguments: Sequence[str], option: str) -> str | None:
    """The last value of an option in the arguments, or None."""
    found = None
    for index, word in enumerate(arguments):
        if word == option and index + 1 < len(arguments):
            found = arguments[index + 1]
        elif word.startswith(f"{option}="):
            found = word.partition("=")[2]
    return found


def _published_again(site: Path, run: Run) -> Seen | None:
    """Publishes the outputs of the last run again, and returns them as they were written; None if this
    fails, and a build is needed.
    """
    from diptych.cli.again import publish_again  # only if something is to be written

    with _interruptible():
        return publish_again(site, run)


def _now() -> int:
    """The time, in nanoseconds."""
    return time.time_ns()


def _repeated(printed: Printed) -> int:
    for name, text in printed:
        stream = getattr(sys, name)
        if stream is not None:
            if hasattr(stream, "reconfigure"):  # an ASCII locale must not break a message
                stream.reconfigure(encoding="utf-8", errors="replace")
            try:
                stream.write(text)
                stream.flush()  # else both streams in one file, as in a log, are out of order
            except OSError:
                return _ENVIRONMENT
    return _DONE


def _run(
    given: list[str], called: Sequence[str], root: Path, decides: list[str], before: SourceStates
) -> int:
    """Parses the arguments and runs the command; returns the exit status. `called` is the command
    line of the user, or empty if Python code called `main`. Messages that name a command write the
    program as the user called it.
    """
    from diptych.cli.commandline import parse
    from diptych.cli.program import programs_of
    from diptych.cli.terminal import terminal_of
    from diptych.disk import SourceChanged, WriteRefused, refusal, take_back

    named = last_value(given, "--root")
    site = Path(named or root)
    program, elsewhere = programs_of(called, given, site)
    language = last_value(given, "--message-language")
    terminal = terminal_of(language, program.in_site(named), elsewhere, site)
    try:
        options = parse(given, root, terminal, program)
    except SystemExit as stop:
        return _WRONG_CALL if stop.code else _DONE
    options.call, options.before = decides, before
    try:
        for message in take_back(options.root):
            terminal.tell(message)
        command = import_module(f"diptych.cli.{options.run}")  # imports this command alone
        with _interruptible():
            status: int = command.run(options, terminal)
            return status
    except SourceChanged as refused:
        terminal.tell(refused.message)
        return _SITE_ERRORS
    except WriteRefused as refused:
        terminal.tell(refused.message)
        return _ENVIRONMENT
    except (KeyboardInterrupt, BrokenPipeError):
        return _ENVIRONMENT
    except OSError as error:
        terminal.tell(refusal(error))
        return _ENVIRONMENT


@contextmanager
def _interruptible() -> Iterator[None]:
    """Makes Ctrl+C raise KeyboardInterrupt while a command runs, so that it can finish its writes.
    Before and after that, Ctrl+C ends the process (`diptych/__main__.py`).
    """
    if signal.getsignal(signal.SIGINT) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _flushed(status: int) -> int:
    """Flushes the output; the status, or that of a failed environment if flushing fails."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:  # a full disk, or a reader who has gone
            status = status or _ENVIRONMENT
            with suppress(OSError):
                stream.close()  # else Python flushes it once more at its end
    return status
