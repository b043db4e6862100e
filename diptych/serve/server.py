"""The preview's server: pages from memory, a socket per browser, only for this computer."""

from __future__ import annotations

import json
import logging
import mimetypes
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler

from diptych.serve.shown import find, not_found, preview_page
from diptych.serve.side import ADDRESS, side_page, way_there, ways_back

if TYPE_CHECKING:
    from diptych.serve.preview import Preview

_NAMES = ("localhost", "127.0.0.1", "[::1]")
_TYPES = {".ics": "text/calendar", ".xml": "application/xml", ".svg": "image/svg+xml",
          ".webp": "image/webp", ".avif": "image/avif", ".csv": "text/csv"}  # fmt: skip


def listen(preview: Preview, port: int) -> HTTPServer:
    """Starts the server on 127.0.0.1; `OSError` when the port cannot be used."""
    logging.getLogger("tornado.access").setLevel(logging.CRITICAL)
    return application(preview).listen(port, address="127.0.0.1")


def application(preview: Preview) -> Application:
    """What answers at which address."""
    return Application([
        (r"/__preview/socket", Socket, {"preview": preview}),
        (r"/__preview/(preview\.(?:js|css))", Part),
        (ADDRESS + r"(.+)", SideHandler, {"preview": preview}),
        (r"/.*", PageHandler, {"preview": preview}),
    ])  # fmt: skip


def tell_browsers(epoch: int) -> None:
    """Tells every open page that there is something newer to see."""
    message = json.dumps({"command": "reload", "epoch": epoch})
    for waiter in LiveReloadHandler.waiters.copy():
        waiter.send_message(message)


def local(host: str) -> bool:
    """Whether a Host or Origin names this computer: any other is a page that must not connect."""
    return (host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host) in _NAMES


class PageHandler(RequestHandler):
    """Any address of the site."""

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def prepare(self) -> None:
        if not local(self.request.host):
            raise HTTPError(403)

    def get(self) -> None:
        shown = self.preview.shown
        path = unquote(self.request.path)
        found = find(shown, path)
        name, data = found or ("404.html", not_found(shown, path))
        if found is None:
            self.set_status(404)
        if found and name.endswith("/index.html") and not path.endswith(("/", ".html")):
            self.redirect(path + "/")
            return
        if name.endswith(".html"):
            corner = way_there(shown.languages, name, self.preview.words) if found else ""
            data = preview_page(data, shown, self.preview.words, self.preview.link, corner)
        extension = name[name.rfind(".") :]
        kind = _TYPES.get(extension) or mimetypes.guess_type(name)[0] or "text/plain"
        text = kind.startswith("text/") or kind.endswith(("xml", "json", "javascript"))
        self.set_header("Content-Type", kind + ("; charset=utf-8" if text else ""))
        self.set_header("Cache-Control", "no-store")
        self.finish(data)


class SideHandler(RequestHandler):
    """A page in two columns: its languages side by side, with links into the editor."""

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def prepare(self) -> None:
        if not local(self.request.host):
            raise HTTPError(403)

    def get(self, key: str) -> None:
        preview, shown = self.preview, self.preview.shown
        page = side_page(shown.languages, key, preview.words, preview.link)
        if page is None:
            self.set_status(404)
            page = not_found(shown, "/")
        corner = ways_back(shown.languages, key)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(preview_page(page, shown, preview.words, preview.link, corner))


class Part(RequestHandler):
    """The preview's own script and style."""

    def prepare(self) -> None:
        if not local(self.request.host):
            raise HTTPError(403)

    def get(self, name: str) -> None:
        kind = "text/javascript" if name.endswith(".js") else "text/css"
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish((resources.files("diptych.serve") / name).read_bytes())


class Socket(LiveReloadHandler):
    """A browser that shows a page; it says which epoch it shows, so that none is missed."""

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def check_origin(self, origin: str) -> bool:
        return local(urlsplit(origin).netloc) and local(self.request.host)

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
