"""The preview of one site. It builds the site after every save, and makes some files only when a
browser asks for them.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from watchfiles import watch

from diptych.cache import Cache
from diptych.diagnostics import Message, Outcome, Severity, Span, error, say, say_n
from diptych.diagnostics.report import Translate
from diptych.disk import TreeReader, reason_of
from diptych.glance import FOLDERS
from diptych.model import Tree
from diptych.pipeline import Build, Options, build_site, takeaway_files
from diptych.preview.memory import forget_texts
from diptych.preview.overlay import editor_link
from diptych.preview.shown import Shown, advance, find
from diptych.values import replace

_REMEMBERED = 50  # builds after which caches are cleared


class Preview:
    """The preview of one site."""

    def __init__(
        self, root: Path, cache: Cache, words: Translate, tell: Callable[[Message], None]
    ) -> None:
        self.words = words  # words messages in the language of the preview
        self.tell = tell
        self.link = editor_link(root, os.environ.get("DIPTYCH_EDITOR"))
        self._root = root
        self._reader = TreeReader(root)
        self._read: Outcome[Tree | None] | None = None  # the sources of the newest build
        self._cache = cache
        # a page left open by an earlier preview must not take this one's first state for its own
        self._shown = Shown(epoch=int(time.time() * 1000))
        self._options = Options(drafts=True, index=False, takeaway=False)
        self._builds = 0
        self._simulating = threading.Lock()
        self._building = threading.Lock()  # one at a time works with the cache
        # the last take-away files, with the sources from which they were made
        self._takeaway: tuple[Tree, Outcome[Mapping[str, bytes]]] | None = None
        self._stop = threading.Event()

    @property
    def shown(self) -> Shown:
        """The present state, as a frozen value. To show a page, read this property only once: then
        the page and its bar belong to the same state.
        """
        return self._shown

    def follow(self, port: int, changed: Callable[[int], object]) -> None:
        """Builds the site again after every save, until `end` is called. `changed` is called with
        each new epoch.
        """
        for paths in notices(self._root, self._stop):
            try:
                new = self.rebuild(port, paths)
            except Exception as failure:  # a fault of the program: the next save may work
                self.tell(say("this change cannot be shown: {error}", error=repr(failure)))
                continue
            if new:
                changed(self._shown.epoch)

    def end(self) -> None:
        """Ends `follow` after the present build."""
        self._stop.set()

    def save(self) -> None:
        """Saves the cache."""
        self._cache.save()

    def rebuild(self, port: int, paths: Collection[str] = ()) -> bool:
        """Builds once if a source changed; returns whether a browser would see a difference.
        `paths` are changed files that the system named: only these are read, unless files came or
        went.
        """
        before = self._shown
        read = self._sources(paths)
        if read == self._read:
            return False
        self._read = read
        self._options = replace(
            self._options,
            base_url=f"http://127.0.0.1:{port}",
            now=datetime.datetime.now(datetime.UTC),
        )
        with self._building:
            self._shown = replace(
                advance(before, self._build(read)), tree=read.value or before.tree
            )
        self._builds += 1
        self._cache.wait_for_save()  # or pages on show would be replaced by those of a failed build
        if self._builds % _REMEMBERED == 0:
            forget_texts()
            self._cache.forget_unasked()
        if self._shown.epoch != before.epoch and self._shown.failed:
            count = sum(each.severity is Severity.ERROR for each in self._shown.diagnostics)
            self.tell(
                say_n(
                    "{count} problem; the browser shows it",
                    "{count} problems; the browser shows them",
                    count=count,
                )
            )
        return self._shown.epoch != before.epoch

    def without(self, key: str, language: str) -> tuple[Shown, bytes] | None:
        """The page that readers would see if a page did not exist in a language, and the state of a
        preview of such a site; None if the page does not exist in this language anyway. For the
        bar, the state holds the real site.
        """
        shown, path = self._shown, f"content/{key}/{language}.md"
        rest = shown.tree.with_files({path: None})
        page = shown.of_outputs.site.page(key, language) if shown.of_outputs else None
        if page is None or rest == shown.tree:
            return None
        with self._simulating:  # one at a time: each takes as long as a build
            build = build_site(rest, self._options, self._cache.beside())
        after = replace(advance(shown, build), epoch=shown.epoch, of_outputs=shown.of_outputs)
        there = build.site.page(key, language) if build.site else None
        output = there.output if there and not build.failed else page.output
        found = find(after, output)
        return (after, found[1]) if found is not None else None

    def takeaway(self, path: str) -> tuple[Shown, bytes | None]:
        """A take-away file, which is made when a browser asks for it: the state, and its bytes.
        None if it cannot be made; the state then holds the problems.
        """
        with self._building:
            shown = self._shown
            if self._takeaway is None or self._takeaway[0] is not shown.tree:
                drawn = takeaway_files(shown.tree, self._options, self._cache)
                files = {each.path: each.data for each in drawn.value}
                self._takeaway = shown.tree, Outcome(files, drawn.diagnostics)
            found = self._takeaway[1]
            if path in found.value:
                return shown, found.value[path]
            return replace(shown, diagnostics=found.diagnostics), None

    def _sources(self, paths: Collection[str]) -> Outcome[Tree | None]:
        """The sources; read again if a file disappeared meanwhile, as during the renaming of a
        folder. None with a diagnostic if the disk refuses a file, as in the middle of a save.
        """
        with contextlib.suppress(OSError):
            if paths and (changed := self._reader.read_changed(paths)) is not None:
                return changed
        for _ in range(2):
            try:
                return self._reader.read(time.time_ns())
            except FileNotFoundError:
                time.sleep(0.02)
            except OSError as failure:
                return self._refused(failure)
        try:
            return self._reader.read(time.time_ns())
        except OSError as failure:
            return self._refused(failure)

    def _refused(self, failure: OSError) -> Outcome[Tree | None]:
        message = say("the system refused: {reason}", reason=reason_of(failure))
        span = Span(os.path.relpath(failure.filename or self._root, self._root))
        return Outcome(None, (error("unreadable-file", span, message),))

    def _build(self, read: Outcome[Tree | None]) -> Build:
        """The build of the sources; without them a build that has only their diagnostics."""
        if read.value is None:
            return Build((), read.diagnostics, {}, None)
        return build_site(read.value, self._options, self._cache, read.diagnostics)


def notices(root: Path, stop: threading.Event) -> Iterator[Collection[str]]:
    """Yields when something may have changed below the folders of a site, until `stop` is set: the
    paths that the system named, or none, when any file may have changed.

    A notice from the system may come late, and may be lost for a new folder, so the generator also
    yields twice a second. The caller must compare the files to know whether one of them changed.
    When a folder is added or removed, the watching starts again.
    """
    while not stop.is_set():
        folders = [root / name for name in FOLDERS if (root / name).is_dir()]
        watched = (
            watch(
                *folders,
                stop_event=stop,
                step=5,
                debounce=120,
                rust_timeout=500,
                yield_on_timeout=True,
                raise_interrupt=False,
                ignore_permission_denied=True,
            )
            if folders
            else iter(())
        )
        try:
            for changes in watched:
                if [root / name for name in FOLDERS if (root / name).is_dir()] != folders:
                    break
                yield frozenset(path for _, path in changes)
        except (OSError, RuntimeError):  # a folder vanished while it was being watched
            stop.wait(0.1)
        if stop.wait(0.05):
            return
        yield ()
