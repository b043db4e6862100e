"""The table of checks; what each is given says when it runs, and by what its result is kept."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from diptych.checks import (
    emptiness,
    expiry,
    feeds,
    foreign,
    headings,
    hosting,
    hosts,
    links,
    pages,
    pictures,
    privacy,
    published,
    records,
    slips,
    sources,
    timelines,
    weekdays,
    words,
)
from diptych.diagnostics import Diagnostic, Source
from diptych.extend import Check, load


def checks_in(*modules: ModuleType) -> tuple[Check, ...]:
    """The functions of these modules that are marked as checks."""
    return tuple(
        each for module in modules for each in vars(module).values() if isinstance(each, Check)
    )


CHECKS = checks_in(
    weekdays,
    foreign,
    headings,
    slips,
    links,
    hosts,
    words,
    sources,
    emptiness,
    pictures,
    timelines,
    expiry,
    hosting,
    pages,
    feeds,
    privacy,
    published,
    records,
)
ASKED = (
    "advice",
    "spelling",
    "external",
)  # modules of checks that only run when they are asked for


def own_checks(kind: type, extend: Source | None) -> Source | None:
    """The site's extend.py, where it has checks of a kind: then what they find depends on it."""
    own = load(extend).value.checks if extend is not None else ()
    return extend if any(each.of is kind for each in own) else None


def checks_of(kind: type, extend: Source | None) -> tuple[Check, ...]:
    """The program's checks of a kind, then those of the site's own."""
    own = load(extend).value.checks if extend is not None else ()
    return tuple(each for each in (*CHECKS, *own) if each.of is kind)


def run_checks(kind: type, extend: Source | None, *given: object) -> Iterator[Diagnostic]:
    """What every check of a kind, and every one of the site's own, finds in what it is given.

    extension-error for one of the site's own that fails.
    """
    for each in checks_of(kind, extend):
        yield from each(*given)
