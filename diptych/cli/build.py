"""The command `build`, and the functions that `check` shares with it."""

from __future__ import annotations

import argparse
import datetime
import sys
import unicodedata

from diptych import glance
from diptych.cache import Cache
from diptych.checks import QUIET
from diptych.cli.again import PUBLISHED, seen
from diptych.cli.sources import cache_of, now
from diptych.cli.stopwatch import Stopwatch
from diptych.cli.terminal import DONE, SITE_ERRORS, Terminal
from diptych.diagnostics import Diagnostic, say, say_n
from diptych.disk import bytes_of, publish, read_tree
from diptych.i18n import moment_in
from diptych.model import Tree
from diptych.pipeline import Build, Options, build_site


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Builds and publishes; publishes nothing when there is an error."""
    with cache_of(options.root, clean=options.clean) as cache:
        watch = Stopwatch(terminal)
        status = _built(options, terminal, cache, watch)
        tell_timings(options, watch)
        return status


def _built(options: argparse.Namespace, terminal: Terminal, cache: Cache, watch: Stopwatch) -> int:
    tree, result = build_by(options, cache, watch)
    terminal.report(options.format, news(result.diagnostics), result.sources)
    if result.failed:
        terminal.tell(say("nothing was published; the site that stands is untouched"))
        return SITE_ERRORS
    target = options.output or options.root / "public"
    published = publish(
        result.outputs,
        target,
        options.root,
        result.day,
        clean=options.clean,
        cache=cache.folder,
    )
    done = say_n(
        "{count} file published in {folder}",
        "{count} files published in {folder}",
        count=len(result.outputs),
        folder=str(target),
    )
    same = say_n(
        "{folder} is already up to date ({count} file)",
        "{folder} is already up to date ({count} files)",
        count=len(result.outputs),
        folder=str(target),
    )
    printed = [*terminal.printed]
    terminal.tell(done if published.changed else same)
    if not options.clean:
        run = run_of(options.before, tree)._replace(
            outputs=seen(published),
            target=str(target.absolute()),
            day=result.day.isoformat() if result.day is not None else None,
            printed=printed,
            unchanged=[("stderr", terminal.words(same) + "\n")],
            published=[("stderr", terminal.words(done) + "\n")],
        )
        keep_missing(cache, result, run)
        keep_run("build", options, cache, result, run)
    return DONE


def keep_missing(cache: Cache, result: Build, run: glance.Run) -> None:
    """Stores the outputs that are in no result of the cache and are no source, so that all can be
    published again.
    """
    sources = {digest for *_, digest in run.sources.files.values()}
    bodies = (each.body for each in result.outputs)
    cache.keep_bodies(
        PUBLISHED, [each for each in bodies if each.in_memory and each.digest not in sources]
    )
    cache.save()


def run_of(before: glance.SourceStates, tree: Tree) -> glance.Run:
    """The record of a run that read the files of `tree`, still without outputs and messages. A later
    run compares the files of the site with it.
    """
    read = {file.path: file.data for file in tree.files}
    sources = {}
    for path, state in before.states.items():
        data = read.get(unicodedata.normalize("NFC", path))
        found = data if data is not None else bytes_of(before.root / path)
        sources[path] = (*state, glance.digest_of(found))
    seen = glance.Seen(sources, before.moment)
    return glance.Run(seen, glance.Seen({}, before.moment), "", None, [], [], [])


def keep_run(
    name: str, options: argparse.Namespace, cache: Cache, result: Build, run: glance.Run
) -> None:
    """Writes the record of a successful run, with which the next run compares the files first.

    A run with `--timings` leaves the record of a run without it. So a call with `--timings` finds no
    record and builds, and a call without it finds one.
    """
    if cache.folder is not None:
        until = _end(result) if options.today is None else None
        call = [each for each in options.call if each != "--timings"]
        glance.keep(cache.folder / f"{name}.json", call, run, until)


def _end(result: Build) -> int | None:
    """The moment until which a result is valid, in nanoseconds; None: forever."""
    if result.until is None or result.site is None:
        return None
    day = result.until + datetime.timedelta(days=1)
    midnight = moment_in(day, datetime.time(), result.site.settings.time_zone)
    return int(midnight.timestamp()) * 1_000_000_000


def build_by(
    options: argparse.Namespace, cache: Cache, watch: Stopwatch, *, thorough: bool = False
) -> tuple[Tree, Build]:
    """The files of the site, and their build with the options of the call; publishes nothing."""
    _ = options.before.states  # lists the sources before they are read
    cache.watch = watch
    read = read_tree(options.root)
    wanted = Options(
        base_url=options.base_url,
        drafts=options.drafts,
        today=options.today,
        thorough=thorough,
        advice=thorough,
        jobs=options.jobs,
        hosting=options.hosting,
        now=now(),
    )
    result = build_site(read.value, wanted, cache, read.diagnostics)
    cache.save()
    watch.finish()
    return read.value, result


def tell_timings(options: argparse.Namespace, watch: Stopwatch) -> None:
    """With `--timings`, prints how long each stage of the command took, as its last lines."""
    if options.timings:
        sys.stderr.write(watch.timings())


def news(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The diagnostics without those of `QUIET` checks (advice, and what an author left open on purpose),
    which only `check --advice` shows.
    """
    return tuple(each for each in diagnostics if each.check not in QUIET)
