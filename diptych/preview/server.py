"""The server of the preview: pages from memory, one socket per browser, only for this computer."""

from __future__ import annotations

import json
import logging
import mimetypes
import re
import threading
from collections.abc import Collection
from functools import partial
from typing import Any
from urllib.parse import unquote

from livereload.handlers import LiveReloadHandler
from tornado.ioloop import IOLoop
from tornado.web import Application, HTTPError, RequestHandler

from diptych.diagnostics import say
from diptych.diagnostics.report import Translate
from diptych.disk import reason_of
from diptych.preview.bar import SIDE, WITHOUT, Languages, page_at, page_bar, side_bar, simulated_bar
from diptych.preview.overlay import EditorLink
from diptych.preview.preview import Preview
from diptych.preview.shown import Shown, find, not_found, own_file, preview_page
from diptych.translation.side_by_side import side_by_side

_NAMES = ("localhost", "127.0.0.1", "[::1]")
_FINGERPRINT = re.compile(r"\.[0-9a-f]{8,}\.\w+$")
_TYPES = {
    ".ics": "text/calendar",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".csv": "text/csv",
}


def serve(preview: Preview, port: int, allowed: Collection[str] = ()) -> bool:
    """Serves the preview on 127.0.0.1 until Ctrl+C; False if the port cannot be used. `allowed` are
    host names that a proxy forwards to the preview.
    """
    preview.rebuild(port)
    logging.getLogger("tornado.access").setLevel(logging.CRITICAL)
    try:
        server = application(preview, allowed).listen(port, address="127.0.0.1")
    except OSError as failure:
        preview.tell(
            say(
                "port {port} cannot be used: {reason}; name another with --port",
                port=port,
                reason=reason_of(failure),
            )
        )
        return False
    loop = IOLoop.current()
    changed = partial(loop.add_callback, tell_browsers)
    worker = threading.Thread(target=preview.follow, args=(port, changed), daemon=True)
    worker.start()
    preview.tell(say("the preview is at http://127.0.0.1:{port}/ (stop it with Ctrl+C)", port=port))
    try:
        loop.start()
    except KeyboardInterrupt:
        pass
    finally:
        preview.end()
        server.stop()
        worker.join(timeout=2)
        preview.save()
    return True


def application(preview: Preview, allowed: Collection[str] = ()) -> Application:
    """The application with its routes. `allowed` are host names that a proxy forwards to it."""
    return Application(
        [
            (r"/__preview/socket", Socket, {"preview": preview}),
            (r"/__preview/(preview\.(?:js|css))", PartHandler, {"preview": preview}),
            (SIDE + r"(.+)", SideHandler, {"preview": preview}),
            (WITHOUT + r"([a-z-]+)/(.+)", WithoutHandler, {"preview": preview}),
            (r"/.*", PageHandler, {"preview": preview}),
        ],
        allowed=frozenset(name.lower() for name in allowed),
    )


def tell_browsers(epoch: int) -> None:
    """Notifies every open browser page of a newer build."""
    message = json.dumps({"command": "reload", "epoch": epoch})
    for waiter in LiveReloadHandler.waiters.copy():
        waiter.send_message(message)


def is_host(host: str, port: int, allowed: Collection[str] = ()) -> bool:
    """Whether a Host header names this preview: this computer with its port, or an allowed name.

    Another port belongs to another program, whose pages may come from anybody.
    """
    names = {f"{name}:{port}" for name in _NAMES} | (set(_NAMES) if port == 80 else set())
    return host.lower() in names or host.lower().partition(":")[0] in allowed


def is_origin(origin: str, port: int, allowed: Collection[str] = ()) -> bool:
    """Whether an Origin header is that of this preview; for an allowed name it may be https."""
    scheme, _, host = origin.partition("://")
    encrypted = scheme == "https" and host.lower().partition(":")[0] in allowed
    return (scheme == "http" or encrypted) and is_host(host, port, allowed)


def _is_own(handler: RequestHandler, origin: str | None) -> bool:
    """Whether a request names this preview as its host and, if it has an Origin, comes from its own
    pages.
    """
    connection: Any = handler.request.connection
    port = connection.stream.socket.getsockname()[1]
    allowed = handler.settings["allowed"]
    own = origin is None or is_origin(origin, port, allowed)
    return own and is_host(handler.request.host, port, allowed)


class Local(RequestHandler):
    """Refuses requests with a foreign Host or Origin: another site can point its name to this address
    (DNS rebinding), and another program on this computer has another port.
    """

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def prepare(self) -> None:
        if not _is_own(self, self.request.headers.get("Origin")):
            raise HTTPError(403)

    def answer(self, data: bytes, kind: str, *, kept: bool = False) -> None:
        """Sends the data; with `kept` browsers may cache it, since its address changes with its
        contents.
        """
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "max-age=31536000, immutable" if kept else "no-store")
        self.finish(data)

    def show(self, page: bytes, bar: str, shown: Shown) -> None:
        """Sends a page in the frame of the preview: its script, its bar, and the problems if any."""
        framed = preview_page(page, shown, self.preview.words, self.preview.link, bar)
        self.answer(framed, "text/html; charset=utf-8")


class PageHandler(Local):
    """Any address of the site."""

    async def get(self) -> None:
        shown = self.preview.shown
        path = unquote(self.request.path)
        found = find(shown, path)
        if found is None and path.lstrip("/") in shown.later:
            draw = partial(self.preview.takeaway, path.lstrip("/"))
            shown, drawn = await IOLoop.current().run_in_executor(None, draw)
            found = None if drawn is None else (path.lstrip("/"), drawn)
        name, data = found or ("404.html", not_found(shown, path))
        if found is None:
            self.set_status(404)
        if found and name.endswith("/index.html") and not path.endswith(("/", ".html")):
            self.redirect(path + "/")
            return
        if name.endswith(".html"):
            self.show(data, self._bar(name, shown) if found else "", shown)
            return
        extension = name[name.rfind(".") :]
        kind = _TYPES.get(extension) or mimetypes.guess_type(name)[0] or "text/plain"
        text = kind.startswith("text/") or kind.endswith(("xml", "json", "javascript"))
        kept = found is not None and _FINGERPRINT.search(name) is not None
        self.answer(data, kind + ("; charset=utf-8" if text else ""), kept=kept)

    def _bar(self, output: str, shown: Shown) -> str:
        page = page_at(shown.of_outputs, output)
        if page is None or shown.of_outputs is None:
            return ""
        return page_bar(shown.of_outputs, page, self.preview.words, self.preview.link)


class SideHandler(Local):
    """A page in two columns: its languages side by side, with links into the editor."""

    def get(self, key: str) -> None:
        preview, shown = self.preview, self.preview.shown
        page, bar = side_page(shown.languages, key, preview.words, preview.link), ""
        if page is None or shown.languages is None:
            self.set_status(404)
            page = not_found(shown, "/")
        else:
            bar = side_bar(shown.languages, key, preview.words)
        self.show(page, bar, shown)


def side_page(
    languages: Languages | None, key: str, words: Translate, link: EditorLink
) -> bytes | None:
    """The two columns of one page, each text with a link that opens it; None for no such page."""
    if languages is None or key not in languages.reports:
        return None

    def opened(place: str) -> str:
        path, _, line = place.rpartition(":")
        return link(path, int(line), 1)

    site, reports, sources = languages.site, languages.reports, languages.sources
    return side_by_side(site, reports, sources, words, link=opened, only=key).encode("utf-8")


class WithoutHandler(Local):
    """A page as readers would see it without a text in this language."""

    async def get(self, language: str, key: str) -> None:
        preview = self.preview
        found = await IOLoop.current().run_in_executor(None, preview.without, key, language)
        if found is None:
            self.set_status(404)
            self.show(not_found(preview.shown, f"/{language}/"), "", preview.shown)
            return
        shown, page = found
        real = shown.of_outputs
        bar = simulated_bar(real, key, language, preview.words) if real is not None else ""
        self.show(page, bar, shown)


class PartHandler(Local):
    """The preview's own script and style."""

    def get(self, name: str) -> None:
        kind = "text/javascript" if name.endswith(".js") else "text/css"
        self.answer(own_file(name), f"{kind}; charset=utf-8", kept=True)


class Socket(LiveReloadHandler):
    """The connection to a browser page, which sends the epoch that it shows, so that it misses no
    build.
    """

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def check_origin(self, origin: str) -> bool:
        return _is_own(self, origin)

    def on_message(self, message: str | bytes) -> None:
        try:
            said: Any = json.loads(message)
            epoch = int(said["epoch"])
        except (ValueError, KeyError, TypeError):
            return
        LiveReloadHandler.waiters.add(self)
        newest = self.preview.shown.epoch
        if epoch != newest:
            self.send_message({"command": "reload", "epoch": newest})
