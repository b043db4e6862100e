"""The command `explain`: prints what a check means, and how to correct a mistake that it finds."""

from __future__ import annotations

import argparse
from pathlib import Path

from diptych.cli.terminal import DONE, WRONG_CALL, Terminal
from diptych.diagnostics import command, nearest, say
from diptych.disk import read_tree
from diptych.explained import check_names
from diptych.explained.printing import explain_check, explain_own_check, list_checks
from diptych.extend import EXTEND, OwnCheck, load
from diptych.files.text import decode


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Prints the explanation of a check; if no check is named, a list of all checks, one line each."""
    own = {each.name: each for each in _own_checks(options.root)}
    if options.check is None:
        said = {name: each.explanation.partition("\n\n")[0] for name, each in own.items()}
        terminal.show(list_checks(said, terminal.words))
        return DONE
    name = options.check.strip("[] ")
    if name in check_names():
        terminal.show(explain_check(name, terminal.words))
        return DONE
    if name in own:
        each = own[name]
        terminal.show(explain_own_check(name, each.severity, each.explanation, terminal.words))
        return DONE
    near = nearest(name, (*check_names(), *own))
    terminal.tell(
        say("there is no check `{name}`; did you mean `{near}`?", name=name, near=near)
        if near
        else say(
            "there is no check `{name}`; `{command}` lists them all",
            name=name,
            command=command("explain"),
        )
    )
    return WRONG_CALL


def _own_checks(root: Path) -> tuple[OwnCheck, ...]:
    """The checks of the site's extend.py; none if it fails, which `check` reports."""
    file = read_tree(root, ()).value.get(EXTEND)
    return load(decode(file).value).value.checks if file is not None else ()
