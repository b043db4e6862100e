"""The command `check`: builds without publishing, with checks that take longer."""

from __future__ import annotations

import argparse

from diptych.cli.build import Begun, build_by, news
from diptych.cli.coming import of_days_to_come
from diptych.cli.messages import unreadable
from diptych.cli.sources import cache_of, now
from diptych.cli.terminal import DONE, SITE_ERRORS, Terminal
from diptych.diagnostics import Message, Severity, command, say, say_n, sort_by_place
from diptych.pipeline.suppressed import beside_conflicts


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Runs every check on sources and outputs; writes nothing but the cache."""
    cache = cache_of(options.root)
    begun = Begun(options.root)
    tree, result = build_by(options, cache, terminal, thorough=True)
    coming = of_days_to_come(options, cache, terminal, result)
    diagnostics = sort_by_place((*result.diagnostics, *coming))
    if options.external:
        from diptych.cli.external import ask_outside

        found = ask_outside(result, cache, now().date(), terminal)
        diagnostics = sort_by_place((*diagnostics, *found))
    if options.spelling:
        from diptych.cli.spelling import look_up

        diagnostics = sort_by_place((*diagnostics, *look_up(result, terminal)))
    if result.site is not None and not unreadable(result):
        from diptych.pipeline.interface import check_messages

        diagnostics = sort_by_place((*diagnostics, *check_messages(tree, result.site, cache)))
        cache.save()
    diagnostics = beside_conflicts(diagnostics)
    shown = diagnostics if options.advice else news(diagnostics)
    terminal.report(options.format, shown, result.sources, options.edit_at)
    failing = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    if any(each.severity in failing for each in shown):
        return SITE_ERRORS
    if shown:
        terminal.tell(say("nothing is in the way of publishing"))
    else:
        terminal.reassure(_all_is_well(len(diagnostics)))
    if not options.external and not options.spelling and not options.timings:
        begun.keep("check", options, cache, tree, result, terminal.said, {})
    return DONE


def _all_is_well(waiting: int) -> Message:
    if not waiting:
        return say("no problems found")
    return say_n(
        "no problems found; {count} note can wait (`{command}` shows it)",
        "no problems found; {count} notes can wait (`{command}` shows them)",
        count=waiting,
        command=command("check", "--advice"),
    )
