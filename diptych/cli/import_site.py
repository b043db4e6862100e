"""The command `import-site`: moves the site of another program into this one, and reports what is
left to do.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from diptych.cache import Cache
from diptych.cli.sources import cache_of, has_conflicts
from diptych.cli.stopwatch import Stopwatch
from diptych.cli.terminal import DONE, SITE_ERRORS, WRONG_CALL, Terminal
from diptych.content.own_types import TYPES
from diptych.diagnostics import Diagnostic, Message, Severity, Source, say, say_n
from diptych.disk import read_file, read_tree, write_sources
from diptych.importing import (
    KINDS,
    NAMES,
    PLAIN,
    STEPS,
    Amends,
    Left,
    OldSite,
    Plan,
    Reader,
    plan,
    reader_of,
    report_of,
)
from diptych.model import File, Tree
from diptych.pipeline import SETTINGS, Options, read_site

_ROUNDS = 8  # of reading the result and mending what cannot be published


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Reads a folder or file of another program, writes bundles, and shows the report."""
    found = _old_files(options.source, options.kind, options.root)
    if isinstance(found, Message):
        terminal.tell(found)
        return WRONG_CALL
    reader, files = found
    read = read_tree(options.root)
    tree = read.value
    if has_conflicts(tree, terminal):
        return SITE_ERRORS
    asked = tuple(options.languages.split(",")) if options.languages else ()
    old = reader.read(files, asked)
    if not old.pages or not old.languages:
        for each in old.left:
            terminal.tell(each.message)
        terminal.tell(say("no page was found in {path}", path=str(options.source)))
        return WRONG_CALL
    cache = cache_of(options.root)
    watch = cache.watch = Stopwatch(terminal)
    made, problems, sources = _tried(old, tree, cache)
    watch.finish()
    kept = {path for path, text in made.files.items() if _differs(tree.get(path), text)}
    # fields and topics are added there, none is taken away
    kept -= {TYPES, SETTINGS}
    left = tuple(_as_left(each, sources) for each in problems if each.span.path not in kept)
    terminal.show(report_of(old, made, kept, left, terminal.words))
    new = {path: text for path, text in made.files.items() if path not in kept}
    if options.dry_run:
        terminal.tell(say("nothing was written"))
        return DONE
    changed = write_sources(options.root, new, tree)
    terminal.tell(
        say_n("{count} file written", "{count} files written", count=len(changed))
        if changed
        else say("everything is there already; nothing was written")
    )
    return DONE


def _old_files(source: Path, kind: str | None, root: Path) -> tuple[Reader, Tree] | Message:
    """The reader that imports the old site, and the files of that site. A message for the user instead
    if no reader fits, or if the old folder is the new site (`root`).
    """
    if kind not in (None, *KINDS):
        kinds = ", ".join(KINDS)
        return say("there is no kind `{kind}`; there are: {kinds}", kind=str(kind), kinds=kinds)
    if source.resolve() == root.resolve():
        return say(
            "{path} is the new site itself; name the folder of the old one", path=str(source)
        )
    if source.is_file():
        single = Tree((File(source.name, read_file(source).value.data),))
        return reader_of(single, kind), single
    if not source.is_dir():
        return say("there is no folder and no file {path}", path=str(source))
    above = read_tree(source, ("config",), NAMES).value
    reader = reader_of(above, kind)
    files = read_tree(source, reader.folders(above), NAMES).value.files
    named = {
        path: File(path, each.data) for each in files for path in [each.path.removeprefix("./")]
    }
    tree = Tree(tuple(named[path] for path in sorted(named)))
    return (reader_of(tree) if reader.kind == PLAIN and kind is None else reader), tree


def _tried(
    old: OldSite, tree: Tree, cache: Cache
) -> tuple[Plan, tuple[Diagnostic, ...], dict[str, Source]]:
    """The plan that makes as much as possible publishable, and the remaining errors.

    The pages are read as if they were new, so that a second run gives the same result.
    """
    languages = _languages(tree, cache)
    amends = Amends()
    watch = cache.watch

    def done(step: str) -> None:
        watch.asked(step, 1)
        watch.begun(step)
        watch.ended(step)

    for _ in range(_ROUNDS):
        for step in STEPS:
            watch.expected(step, len(old.pages))
        made = plan(old, tree, languages, amends, done)
        reading = read_site(tree.with_files(made.files), Options(only_errors=True), cache)
        errors = [
            each
            for each in reading.diagnostics
            if each.severity is Severity.ERROR or each.check == "unsafe-html"
        ]
        homes = {page.path for page in old.pages if page.home}
        pages = {path: was not in homes for was, path in made.moved}
        if not amends.learn(errors, reading.sources, pages, made.attached):
            break
    cache.save()
    new = tuple(each for each in errors if each.span.path in made.files)
    return made, new, dict(reading.sources)


def _languages(tree: Tree, cache: Cache) -> tuple[str, ...] | None:
    """The languages of the present site; None if it has no settings yet."""
    if tree.get(SETTINGS) is None:
        return None
    site = read_site(tree, Options(drafts=True), cache).site
    return tuple(each.key for each in site.settings.languages) if site is not None else ()


def _differs(there: File | None, text: str | bytes) -> bool:
    data = text.encode() if isinstance(text, str) else text
    return there is not None and there.data != data


def _as_left(problem: Diagnostic, sources: dict[str, Source]) -> Left:
    source = sources.get(problem.span.path)
    line = source.position(problem.span.start)[0] if source is not None else 0
    return Left(problem.span.path, line, problem.message)
