"""Shows a site in the Chromium of the tests: published files on this computer, or the preview."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from chromium import find
from playwright.sync_api import Browser, sync_playwright

PROGRAM = Path(__file__).resolve().parent.parent / "build.py"


@contextmanager
def browser() -> Iterator[Browser]:
    """A running Chromium, closed at the end of the `with` block; the variable CHROMIUM may name
    another browser.
    """
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or find(),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        yield opened
        opened.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Prints nothing about a request."""


@contextmanager
def served(folder: str) -> Iterator[str]:
    """Serves the files of a folder to this computer alone, and yields the address of the server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


@contextmanager
def previewed(root: Path, *options: str) -> Iterator[str]:
    """The address of the preview of a site; `options` stand before the command `serve`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--root", str(root), *options, "serve", "--port", str(port)]
    environment = {**os.environ, "DIPTYCH_EDITOR": ""}
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), *words],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            while socket.socket().connect_ex(("127.0.0.1", port)):
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
