"""The command `build`, and the functions that `check` shares with it."""

from __future__ import annotations

import argparse
import datetime
import sys
import time
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from diptych import glance
from diptych.cache import Cache
from diptych.checks import QUIET
from diptych.cli.sources import cache_of, now
from diptych.cli.stopwatch import Stopwatch
from diptych.cli.terminal import DONE, SITE_ERRORS, Terminal
from diptych.diagnostics import Diagnostic, say, say_n
from diptych.disk import bytes_of, digests_of, publish, read_tree
from diptych.i18n import moment_in
from diptych.model import Tree
from diptych.pipeline import Build, Options, build_site


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Builds and publishes; publishes nothing when there is an error."""
    cache = cache_of(options.root, clean=options.clean)
    begun = Begun(options.root)
    tree, result = build_by(options, cache, terminal)
    terminal.report(options.format, news(result.diagnostics), result.sources)
    if result.failed:
        terminal.tell(say("nothing was published; the site that stands is untouched"))
        return SITE_ERRORS
    target = options.output or options.root / "public"
    changed = publish(
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
    again = [*terminal.said, ("stderr", terminal.words(same) + "\n")]
    terminal.tell(done if changed else same)
    if not options.clean and not options.timings:
        begun.keep("build", options, cache, tree, result, again, digests_of(target))
    return DONE


class Begun:
    """The state of the sources before a run, so that a later run can see at a glance that nothing
    changed.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._taken = time.time_ns()
        self._states = glance.sources(root)

    def keep(
        self,
        name: str,
        options: argparse.Namespace,
        cache: Cache,
        tree: Tree,
        result: Build,
        said: glance.Said,
        outputs: Mapping[str, str],
    ) -> None:
        """Records a successful run: its messages and its published files."""
        if cache.folder is None:
            return
        read = {file.path: file.data for file in tree.files}
        inputs = {}
        for path, state in self._states.items():
            data = read.get(unicodedata.normalize("NFC", path))
            inputs[path] = state, data if data is not None else bytes_of(self._root / path)
        until = _end(result) if options.today is None else None
        file = cache.folder / f"{name}.json"
        glance.keep(file, options.call, inputs, outputs, said, self._taken, until)


def _end(result: Build) -> int | None:
    """The moment until which a result is valid, in nanoseconds; None: forever."""
    if result.until is None or result.site is None:
        return None
    day = result.until + datetime.timedelta(days=1)
    midnight = moment_in(day, datetime.time(), result.site.settings.time_zone)
    return int(midnight.timestamp()) * 1_000_000_000


def build_by(
    options: argparse.Namespace, cache: Cache, terminal: Terminal, *, thorough: bool = False
) -> tuple[Tree, Build]:
    """The files of the site, and their build with the options of the call; publishes nothing."""
    watch = cache.watch = Stopwatch(terminal)
    read = read_tree(options.root)
    wanted = Options(
        options.base_url,
        options.drafts,
        options.today,
        thorough,
        thorough,
        options.jobs,
        hosting=options.hosting,
        now=now(),
    )
    result = build_site(read.value, wanted, cache, read.diagnostics)
    cache.save()
    watch.finish()
    if options.timings:
        sys.stderr.write(watch.timings())
    return read.value, result


def news(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The diagnostics without those of `QUIET` checks (advice, and what an author left open on purpose),
    which only `check --advice` shows.
    """
    return tuple(each for each in diagnostics if each.check not in QUIET)
