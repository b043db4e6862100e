"""The table of checks that look at one thing: a text, a finished page, or the site as it was read."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from diptych.checks import foreign, links, pages, pictures, slips, timelines, weekdays
from diptych.diagnostics import Diagnostic
from diptych.extend import Check


def checks_in(*modules: ModuleType) -> tuple[Check, ...]:
    """The functions of these modules that are marked as checks."""
    return tuple(
        each for module in modules for each in vars(module).values() if isinstance(each, Check)
    )


CHECKS = checks_in(weekdays, foreign, slips, links, pictures, timelines, pages)


def run_checks(kind: type, *given: object) -> Iterator[Diagnostic]:
    """What every check of a kind finds in what it is given."""
    for each in CHECKS:
        if each.of is kind:
            yield from each(*given)
