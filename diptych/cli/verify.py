"""The command `verify`: checks that published files are unchanged."""

from __future__ import annotations

import argparse
from pathlib import Path

from diptych.cli.terminal import DONE, SITE_ERRORS, Terminal
from diptych.diagnostics import say
from diptych.disk import verify


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Compares every file of a published tree with its manifest."""
    folder: Path = options.folder or options.root / "public"
    problems = verify(folder)
    for problem in problems:
        terminal.tell(problem)
    if not problems:
        terminal.tell(say("{folder} is still as it was published", folder=str(folder)))
    return SITE_ERRORS if problems else DONE
