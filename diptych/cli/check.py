"""The command `check`: builds without publishing, with checks that take longer."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator

from diptych.cache import Cache
from diptych.checks.spelling import WORDS, unknown_word, words_to_look_up
from diptych.cli.build import build_by, keep_run, news, run_of, tell_timings
from diptych.cli.messages import unreadable
from diptych.cli.sources import cache_of, now
from diptych.cli.stopwatch import Stopwatch
from diptych.cli.terminal import DONE, SITE_ERRORS, Terminal
from diptych.diagnostics import Diagnostic, Message, Severity, command, say, say_n, sort_by_place
from diptych.dictionaries import misspelt
from diptych.model import named
from diptych.pipeline import Build, without_allowed
from diptych.pipeline.interface import check_messages
from diptych.pipeline.suppressed import beside_conflicts
from diptych.values import replace


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Runs every check on sources and outputs; writes nothing but the cache."""
    with cache_of(options.root) as cache:
        watch = Stopwatch(terminal)
        status = _checked(options, terminal, cache, watch)
        tell_timings(options, watch)
        return status


def _checked(
    options: argparse.Namespace, terminal: Terminal, cache: Cache, watch: Stopwatch
) -> int:
    tree, result = build_by(options, cache, watch, thorough=True)
    found = [*result.diagnostics, *_of_coming_days(options, cache, terminal, result)]
    if options.external:
        from diptych.cli.external import ask_outside  # no other option needs the network

        found += ask_outside(result, cache, now().date(), terminal)
    if options.spelling:
        found += _misspelt_words(result, terminal)
    if result.site is not None and not unreadable(result):
        found += check_messages(tree, result.site, cache)
        cache.save()
    diagnostics = beside_conflicts(sort_by_place(found))
    shown = diagnostics if options.advice else news(diagnostics)
    terminal.report(options.format, shown, result.sources, options.edit_at)
    failing = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    if any(each.severity in failing for each in shown):
        return SITE_ERRORS
    if shown:
        terminal.tell(say("nothing is in the way of publishing"))
    else:
        terminal.reassure(_all_is_well(len(diagnostics)))
    if not options.external and not options.spelling:
        run = run_of(options.before, tree)._replace(printed=terminal.printed)
        keep_run("check", options, cache, result, run)
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


def _of_coming_days(
    options: argparse.Namespace, cache: Cache, terminal: Terminal, result: Build
) -> Iterator[Diagnostic]:
    """The errors that the site will have on each coming day on which a page appears or disappears.
    They are reported as warnings, since the site can be published today.
    """
    if result.site is None or result.day is None or result.failed:
        return
    reported = {(each.span, each.check) for each in result.diagnostics}
    for last in result.site.days:
        if last < result.day:
            continue
        day = last + datetime.timedelta(days=1)
        asked = argparse.Namespace(**{**vars(options), "today": day})
        _, later = build_by(asked, cache, Stopwatch(terminal))
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


def _misspelt_words(result: Build, terminal: Terminal) -> tuple[Diagnostic, ...]:
    """unknown-word, for each word that the Hunspell dictionaries of this computer lack. Tells the
    user for which language this computer has no dictionary.
    """
    if result.site is None:
        return ()
    unknown = {}
    for key, words in words_to_look_up(result.site, result.sources.get(WORDS)).items():
        language = result.site.settings.language(key)
        found = misspelt(words, language.locale)
        if found is None:
            terminal.tell(
                say(
                    "the spelling of {name} was not checked: Hunspell or its dictionary "
                    "{locale} is not installed here",
                    name=named(language),
                    locale=language.locale,
                )
            )
        else:
            unknown[key] = found
    return without_allowed(unknown_word(result.site, unknown), result.site)
