"""Errors that future days would bring, since they would stop the site then."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator

from diptych.cache import Cache
from diptych.cli.build import build_by
from diptych.cli.terminal import Terminal
from diptych.diagnostics import Diagnostic, Severity, say
from diptych.pipeline import Build
from diptych.values import replace


def of_days_to_come(
    options: argparse.Namespace, cache: Cache, terminal: Terminal, result: Build
) -> Iterator[Diagnostic]:
    """The errors of each day on which a page comes or goes, as warnings: today they stop nothing."""
    if result.site is None or result.day is None or result.failed:
        return
    reported = {(each.span, each.check) for each in result.diagnostics}
    for last in result.site.days:
        if last < result.day:
            continue
        day = last + datetime.timedelta(days=1)
        asked = argparse.Namespace(**{**vars(options), "today": day, "timings": False})
        _, later = build_by(asked, cache, terminal)
        for each in later.diagnostics:
            if each.severity is Severity.ERROR and (each.span, each.check) not in reported:
                reported.add((each.span, each.check))
                yield replace(
                    each,
                    severity=Severity.WARNING,
                    message=say(
                        "from {day} on this keeps the site from being published: {sentence}",
                        day=str(day),
                        sentence=each.message,
                    ),
                )
