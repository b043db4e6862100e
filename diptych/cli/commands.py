"""The commands `build`, `check`, `serve`, `messages`, `explain` and `verify`."""

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
from diptych.cli.terminal import DONE, ENVIRONMENT, SITE_ERRORS, WRONG_CALL, Terminal
from diptych.cli.watching import Stopwatch
from diptych.diagnostics import Diagnostic, Message, Severity, command, say, say_n, sort_by_place
from diptych.disk import bytes_of, publish, published, read_tree, write_sources
from diptych.disk import verify as verify_tree
from diptych.extend import EXTEND, OwnCheck, load
from diptych.files.text import decode
from diptych.i18n import first_moment
from diptych.model import Tree
from diptych.pipeline import Build, Options, build_site
from diptych.pipeline.reading import SETTINGS, merge_conflicts
from diptych.pipeline.unread import beside_conflicts

CACHE = ".cache"


def build(options: argparse.Namespace, terminal: Terminal) -> int:
    """Builds and publishes; publishes nothing when there is an error."""
    cache = cache_of(options.root, clean=options.clean)
    begun = _Begun(options.root)
    tree, result = _run(options, cache, terminal)
    terminal.report(options.format, _news(result.diagnostics), result.sources)
    if result.failed:
        terminal.tell(say("nothing was published; the site that stands is untouched"))
        return SITE_ERRORS
    target = options.output or options.root / "public"
    changed = publish(result.outputs, target, options.root, result.day, clean=options.clean)
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
        begun.keep("build", options, cache, tree, result, again, published(target))
    return DONE


def check(options: argparse.Namespace, terminal: Terminal) -> int:
    """Every check, on sources and on the built result; writes nothing but the cache."""
    cache = cache_of(options.root)
    begun = _Begun(options.root)
    tree, result = _run(options, cache, terminal, thorough=True)
    diagnostics = result.diagnostics
    if options.external:
        from diptych.cli.external import ask_outside

        found = ask_outside(result, cache, now().date(), terminal)
        diagnostics = sort_by_place((*diagnostics, *found))
    if options.spelling:
        from diptych.cli.spelling import look_up

        diagnostics = sort_by_place((*diagnostics, *look_up(result, terminal)))
    if result.site is not None and not _unreadable(result):
        from diptych.pipeline.interface import check_messages

        diagnostics = sort_by_place((*diagnostics, *check_messages(tree, result.site, cache)))
        cache.save()
    diagnostics = beside_conflicts(diagnostics)
    shown = diagnostics if options.advice else _news(diagnostics)
    terminal.report(options.format, shown, result.sources)
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


class _Begun:
    """The state of the sources before a run reads them, so that a later run can see at a glance that
    it would do the same.
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
        outputs: Mapping[Path, bytes],
    ) -> None:
        """Records a run that went well, with what it said and what it published."""
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


def _news(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The diagnostics without those of `QUIET` checks (advice, and what an author left open on purpose),
    which only `check --advice` shows.
    """
    return tuple(each for each in diagnostics if each.check not in QUIET)


def _all_is_well(waiting: int) -> Message:
    if not waiting:
        return say("no problems found")
    return say_n(
        "no problems found; {count} note can wait (`{command}` shows it)",
        "no problems found; {count} notes can wait (`{command}` shows them)",
        count=waiting,
        command=command("check", "--advice"),
    )


def serve(options: argparse.Namespace, terminal: Terminal) -> int:
    """Shows the site until it is interrupted."""
    from diptych.preview import Preview

    if not 0 <= options.port <= 65535:
        terminal.tell(say("there is no port {port}; ports go up to 65535", port=options.port))
        return WRONG_CALL
    preview = Preview(options.root, cache_of(options.root), terminal.words, terminal.tell)
    return DONE if preview.run(options.port, options.allow_host) else ENVIRONMENT


def has_conflicts(tree: Tree, terminal: Terminal) -> bool:
    """Whether files hold merge conflicts, after it reported them: of such files nothing can be
    confirmed, sent out or written, since nobody has said yet which of two texts is the text.
    """
    found = merge_conflicts(tree)
    if found.diagnostics:
        terminal.report("text", sort_by_place(found.diagnostics), found.value)
        terminal.tell(say("make one text of the two versions first; nothing was written"))
    return bool(found.diagnostics)


def messages(options: argparse.Namespace, terminal: Terminal) -> int:
    """Extracts the interface strings and updates the catalogs; `.mo` files are never written."""
    from diptych.pipeline.interface import interface_catalogs, tool_catalogs

    tree = read_tree(options.root).value
    package = read_tree(options.root, ("diptych",), ()).value
    files = Tree((*tree.files, *package.files))
    if has_conflicts(files, terminal):
        return SITE_ERRORS
    settings = next((file for file in tree.files if file.path == SETTINGS), None)
    result = build_site(tree, Options(), Cache(None))
    wrong = _unreadable(result) or _damaged(result)
    if result.site is None or settings is None or wrong:
        terminal.report("text", wrong or result.diagnostics, result.sources)
        return SITE_ERRORS
    texts = {**interface_catalogs(tree, result.site), **tool_catalogs(package)}
    changed = write_sources(options.root, texts, files)
    for path in texts:
        terminal.tell(
            say("{path}: updated", path=path)
            if path in changed
            else say("{path}: nothing new", path=path)
        )
    return DONE


def explain(options: argparse.Namespace, terminal: Terminal) -> int:
    """What a check means and what to write instead; without a name, every check in a line."""
    from diptych.diagnostics import nearest
    from diptych.explained import check_names, explain_check, explain_own_check, list_checks

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
    """The checks of the site's extend.py; none where it fails, which `check` reports."""
    file = read_tree(root, ()).value.get(EXTEND)
    return load(decode(file).value).value.checks if file is not None else ()


def verify(options: argparse.Namespace, terminal: Terminal) -> int:
    """Every file of a published tree against its manifest."""
    folder: Path = options.folder or options.root / "public"
    problems = verify_tree(folder)
    for problem in problems:
        terminal.tell(problem)
    if not problems:
        terminal.tell(say("{folder} is still as it was published", folder=str(folder)))
    return SITE_ERRORS if problems else DONE


def _unreadable(result: Build) -> tuple[Diagnostic, ...]:
    """Errors for which a file cannot be read: `messages` would drop the strings in it."""
    return tuple(
        each
        for each in result.diagnostics
        if each.check in ("merge-conflict", "not-utf8", "template-syntax", "catalog-syntax")
        and each.span.path.startswith(("i18n/", "templates/"))
    )


def _damaged(result: Build) -> tuple[Diagnostic, ...]:
    """Translations with an error; an update would move them to another line than the report names."""
    return tuple(
        each
        for each in result.diagnostics
        if each.check in ("markup-in-message", "placeholder", "invisible-character")
        and each.span.path.startswith("i18n/")
    )


def _run(
    options: argparse.Namespace, cache: Cache, terminal: Terminal, *, thorough: bool = False
) -> tuple[Tree, Build]:
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


def now() -> datetime.datetime:
    """The moment of a build. Its day is that in the time zone of the site."""
    return datetime.datetime.now(datetime.UTC)


def _end(result: Build) -> int | None:
    """The moment at which a result ceases to hold, in nanoseconds; None: it always holds."""
    if result.until is None or result.site is None:
        return None
    midnight = first_moment(
        result.until + datetime.timedelta(days=1), result.site.settings.time_zone
    )
    return int(midnight.timestamp()) * 1_000_000_000


def cache_of(root: Path, *, clean: bool = False) -> Cache:
    """The cache store of a site; `clean` begins it anew."""
    folder = root / CACHE
    if clean:
        Cache(folder).forget()
    return Cache(folder if root.is_dir() else None)
