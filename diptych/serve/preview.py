"""Watching, building and telling the browsers: the preview's thread and its server."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

from tornado.ioloop import IOLoop

from diptych.build import Build, Options, build_site
from diptych.diagnostics import Diagnostic, Message, Outcome, Severity, Span, say
from diptych.diagnostics.report import Translate
from diptych.disk import read_tree
from diptych.memo import Memo
from diptych.model import Tree
from diptych.serve.server import listen, tell_browsers
from diptych.serve.shown import Shown, advance, editor_link
from diptych.serve.watch import changes


class Preview:
    """The preview of one site."""

    def __init__(
        self, root: Path, memo: Memo, words: Translate, tell: Callable[[Message], None]
    ) -> None:
        self.words = words
        self.link = editor_link(root, os.environ.get("DIPTYCH_EDITOR"))
        self._root = root
        self._memo = memo
        self._tell = tell
        self._shown = Shown()
        self._stop = threading.Event()

    @property
    def shown(self) -> Shown:
        """What is shown now: a frozen value, so a page never sees half of a change."""
        return self._shown

    def run(self, port: int) -> bool:
        """Serves until it is interrupted; false when the port is taken."""
        self.rebuild(port)
        try:
            server = listen(self, port)
        except OSError as error:
            self._tell(say("port {port} cannot be used: {reason}; name another with --port",
                           port=port, reason=error.strerror or str(error)))  # fmt: skip
            return False
        loop = IOLoop.current()
        worker = threading.Thread(target=self._work, args=(loop, port), daemon=True)
        worker.start()
        self._tell(say("the preview is at http://127.0.0.1:{port}/ (stop it with Ctrl+C)", port=port))
        try:
            loop.start()
        except KeyboardInterrupt:
            pass
        finally:
            self._stop.set()
            server.stop()
            worker.join(timeout=2)
            self._memo.save()
        return True

    def rebuild(self, port: int) -> bool:
        """Builds once; whether a browser would see a difference."""
        before = self._shown
        self._shown = advance(before, self._build(port))
        if self._shown.epoch != before.epoch and self._shown.failed:
            count = sum(each.severity is Severity.ERROR for each in self._shown.diagnostics)
            self._tell(say("problems: {count}; the browser shows them", count=count))
        return self._shown.epoch != before.epoch

    def _work(self, loop: IOLoop, port: int) -> None:
        """Rebuilds after every change, for as long as the preview lasts."""
        for _ in changes(self._root, self._stop):
            if self.rebuild(port):
                loop.add_callback(tell_browsers, self._shown.epoch)

    def _build(self, port: int) -> Build:
        """One build; whatever the disk does in the middle of a save is a problem like others."""
        options = Options(f"http://127.0.0.1:{port}", drafts=True, index=False)
        try:
            read: Outcome[Tree] = read_tree(self._root)
        except OSError as error:
            message = say("the system refused: {reason}", reason=error.strerror or str(error))
            span = Span(os.path.relpath(error.filename or self._root, self._root))
            problem = Diagnostic("unreadable-file", Severity.ERROR, span, message)
            return Build((), (problem,), {}, None)
        return build_site(read.value, options, self._memo, read.diagnostics)
