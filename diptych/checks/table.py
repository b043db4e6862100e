"""The table of checks. The input of a check says when it runs and how its result is cached."""

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
# modules whose checks run only when asked for
ASKED = ("advice", "spelling", "external")


def own_checks(kind: type, extend: Source | None) -> Source | None:
    """The site's extend.py if it has checks of a kind, else None: their findings depend on it."""
    own = load(extend).value.checks if extend is not None else ()
    return extend if any(each.of is kind for each in own) else None


def checks_of(kind: type, extend: Source | None) -> tuple[Check, ...]:
    """The program's checks of a kind, then the site's own."""
    own = load(extend).value.checks if extend is not None else ()
    return tuple(each for each in (*CHECKS, *own) if each.of is kind)


def run_checks(kind: type, extend: Source | None, *given: object) -> Iterator[Diagnostic]:
    """The findings of every check of a kind, the site's own included.

    extension-error for one of the site's own that fails.
    """
    for each in checks_of(kind, extend):
        yield from each(*given)
