"""A host of the published site on this computer: files, `_headers`, the page that is not there."""

from __future__ import annotations

import fnmatch
import mimetypes
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

TYPES = {
    ".ics": "text/calendar",
    ".xml": "application/xml",
    ".csv": "text/csv",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".js": "text/javascript",
}


@dataclass(frozen=True)
class Rules:
    """`_headers`: which headers go with which addresses."""

    blocks: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    @classmethod
    def read(cls, text: str) -> Rules:
        blocks: list[tuple[str, list[tuple[str, str]]]] = []
        for line in text.splitlines():
            if line.startswith("/"):
                blocks.append((line.strip(), []))
            elif line.strip():
                name, _, value = line.strip().partition(":")
                blocks[-1][1].append((name.strip(), value.strip()))
        return cls(tuple((pattern, tuple(lines)) for pattern, lines in blocks))

    def of(self, path: str) -> Mapping[str, str]:
        """The headers of an address; the later rule wins, and `! Name` takes one off."""
        found: dict[str, str] = {}
        for pattern, lines in self.blocks:
            if fnmatch.fnmatchcase(path, pattern):
                for name, value in lines:
                    found.pop(name.removeprefix("! "), None)
                    if not name.startswith("!"):
                        found[name] = value
        return found


def find(files: Mapping[str, bytes], path: str) -> tuple[int, str]:
    """Status and file of an address, as static hosts look for it."""
    name = path.lstrip("/")
    candidates = [name + "index.html"] if not name or name.endswith("/") else [name]
    for candidate in candidates:
        if candidate in files:
            return 200, candidate
    if name + "/index.html" in files:
        return 301, name + "/"
    folders = name.split("/")[:-1]
    nearest = ["/".join([*folders[:depth], "404.html"]) for depth in range(len(folders), -1, -1)]
    return 404, next(each for each in nearest if each in files)


@contextmanager
def serving(files: Mapping[str, bytes]) -> Iterator[str]:
    """Serves the files; yields the origin."""
    rules = Rules.read(files.get("_headers", b"").decode())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            status, name = find(files, path)
            data = files[name] if status != 301 else b""
            self.send_response(status)
            if status == 301:
                self.send_header("Location", "/" + name)
            extension = name[name.rfind(".") :]
            kind = TYPES.get(extension) or mimetypes.guess_type(name)[0] or "text/plain"
            text = kind.startswith("text/") or kind.endswith(("xml", "json"))
            self.send_header("Content-Type", kind + ("; charset=utf-8" if text else ""))
            self.send_header("Content-Length", str(len(data)))
            for header, value in rules.of(path).items():
                self.send_header(header, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # its own name
            """A test says by itself what it asked for."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
