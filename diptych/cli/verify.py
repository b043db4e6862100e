"""The command `verify`: checks that the files of a published site are still as they were written."""

from __future__ import annotations

import argparse
from pathlib import Path

from diptych.cli.terminal import DONE, SITE_ERRORS, Terminal
from diptych.diagnostics import say
from diptych.disk import verify


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Compares every file of the folder with the digests in its manifest (`release.json`), and
    prints a line for each file that differs, is missing or was added.
    """
    folder: Path = options.folder or options.root / "public"
    problems = verify(folder)
    for problem in problems:
        terminal.tell(problem)
    if not problems:
        terminal.tell(say("{folder} is still as it was published", folder=str(folder)))
    return SITE_ERRORS if problems else DONE
