"""The call of the program, known before the rest of the program is imported."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

_ENVIRONMENT = ("LC_ALL", "LC_MESSAGES", "LANG", "CI", "GITHUB_ACTIONS", "GITLAB_CI", "PATH")


def deciding(given: list[str], *, started: bool) -> list[str]:
    """Everything that decides a run besides the site: the call, the folder, and the readers of its
    messages.
    """
    try:
        here = str(Path.cwd())
    except OSError:  # somebody deleted the folder meanwhile
        here = ""
    ears = [str(stream is not None and stream.isatty()) for stream in (sys.stdout, sys.stderr)]
    environment = [os.environ.get(name, "") for name in _ENVIRONMENT]
    return [*(sys.orig_argv if started else given), "", here, *environment, *ears]


def last(arguments: Sequence[str], option: str) -> str | None:
    """The last value of an option in the arguments, or None."""
    found = None
    for index, word in enumerate(arguments):
        if word == option and index + 1 < len(arguments):
            found = arguments[index + 1]
        elif word.startswith(f"{option}="):
            found = word.partition("=")[2]
    return found
