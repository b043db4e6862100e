"""Firefox and WebKit, where they are installed: a page in them, by the protocols that they speak themselves.

Firefox speaks WebDriver BiDi (https://w3c.github.io/webdriver-bidi/) over a web socket, without a driver
beside it; WebKit's driver speaks WebDriver (https://www.w3.org/TR/webdriver2/) over HTTP and needs a
screen, which Xvfb gives where there is none. Of both protocols there is what the tests use.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect

SECONDS = 30
SHIFT, TAB, ENTER = "\ue008", "\ue004", "\ue007"


class Loop:
    """An event loop in a thread of its own: in that of the tests, Playwright's runs already."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """The result of the coroutine `work`. After `SECONDS` the coroutine is cancelled, and
        TimeoutError is raised.
        """
        working = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return working.result(SECONDS)
        except TimeoutError:
            working.cancel()  # else the old coroutine would read the answer to the next command
            raise

    def close(self) -> None:
        """Ends the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SECONDS)
        self._loop.close()


class Firefox:
    """A page in Firefox."""

    name = "firefox"

    def __init__(self, loop: Loop, socket: WebSocketClientConnection) -> None:
        self._loop, self._socket, self._number = loop, socket, 0
        self.ask("session.new", capabilities={})
        self._context = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **parameters: Any) -> Any:
        """The result of a command. Raises `AssertionError` where the browser says that it failed."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}

        async def answered() -> Any:
            await self._socket.write_message(json.dumps(command))
            while True:
                said = await self._socket.read_message()
                assert said is not None, f"{method}: Firefox has gone"
                answer = json.loads(said)
                if answer.get("id") == self._number:
                    assert answer["type"] == "success", answer
                    return answer["result"]

        return self._loop.run(answered())

    def size(self, width: int, height: int) -> None:
        """Sets the size of the window."""
        viewport = {"width": width, "height": height}
        self.ask("browsingContext.setViewport", context=self._context, viewport=viewport)

    def go(self, address: str) -> None:
        """Loads an address. On a busy machine Firefox may leave a navigation without an answer, so
        the command is then sent once more.
        """
        where = {"context": self._context, "url": address, "wait": "complete"}
        try:
            self.ask("browsingContext.navigate", **where)
        except TimeoutError:
            self.ask("browsingContext.navigate", **where)

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression."""
        found = self.ask(
            "script.evaluate",
            expression=f"JSON.stringify({script})",
            target={"context": self._context},
            awaitPromise=False,
        )
        assert found["type"] == "success", found
        value = found["result"].get("value")
        return None if value is None else json.loads(value)

    def press(self, *keys: str) -> None:
        """Presses keys, one after the other."""
        acts = [{"type": act, "value": key} for key in keys for act in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": acts})

    def click(self, selector: str) -> None:
        """Clicks on the first element of a selector."""
        x, y = self.run(_MIDDLE.format(selector=json.dumps(selector)))
        button = [{"type": act, "button": 0} for act in ("pointerDown", "pointerUp")]
        self._act(
            {
                "type": "pointer",
                "id": "mouse",
                "actions": [{"type": "pointerMove", "x": int(x), "y": int(y)}, *button],
            }
        )

    def _act(self, source: dict[str, Any]) -> None:
        self.ask("input.performActions", context=self._context, actions=[source])

    def back(self) -> None:
        """Goes back in the history."""
        self.ask("browsingContext.traverseHistory", context=self._context, delta=-1)

    def print(self) -> bytes:
        """The page as PDF, on A4."""
        page = {"width": 21.0, "height": 29.7}
        return base64.b64decode(
            self.ask("browsingContext.print", context=self._context, page=page)["data"]
        )


_MIDDLE = """(() => {{
    const each = document.querySelector({selector});
    each.scrollIntoView({{ block: "center" }});
    const box = each.getClientRects()[0];
    return [box.x + box.width / 2, box.y + box.height / 2];
}})()"""


class WebKit:
    """A page in WebKit."""

    name = "webkit"

    def __init__(self, origin: str, capabilities: dict[str, Any]) -> None:
        self._session = origin + "/session"
        made = self.ask("POST", "", {"capabilities": {"alwaysMatch": capabilities}})
        self._session += f"/{made['sessionId']}"

    def ask(self, verb: str, path: str, data: dict[str, Any] | None = None) -> Any:
        """The value of a command. Raises `AssertionError` where the browser says that it failed."""
        body = json.dumps(data).encode() if data is not None else None
        request = urllib.request.Request(self._session + path, body, method=verb)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from error

    def size(self, width: int, height: int) -> None:
        self.ask("POST", "/window/rect", {"width": width, "height": height})

    def go(self, address: str) -> None:
        self.ask("POST", "/url", {"url": address})

    def run(self, script: str) -> Any:
        return self.ask("POST", "/execute/sync", {"script": f"return ({script})", "args": []})

    def press(self, *keys: str) -> None:
        acts = [{"type": act, "value": key} for key in keys for act in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keys", "actions": acts}
        self.ask("POST", "/actions", {"actions": [source]})

    def click(self, selector: str) -> None:
        found = self.ask("POST", "/element", {"using": "css selector", "value": selector})
        self.ask("POST", f"/element/{next(iter(found.values()))}/click", {})

    def back(self) -> None:
        self.ask("POST", "/back", {})

    def end(self) -> None:
        self.ask("DELETE", "")


Engine = Firefox | WebKit


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as found:
            if found.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"{process.args!r} does not answer")


@contextmanager
def _running(command: list[str], **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(  # type: ignore[call-overload]
        command, env={**os.environ, **environment}, start_new_session=True, **quiet
    )
    try:
        yield process
    finally:  # with the screen and the pages that it began itself
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(SECONDS)


# whatever Firefox asks of others goes to a port where nobody listens
_ALONE: dict[str, object] = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.update.auto": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
}


@contextmanager
def firefox(home: Path) -> Iterator[Firefox]:
    """Firefox without a window, with a profile of its own below `home`."""
    path = _firefox()
    assert path is not None
    (home / "user.js").write_text(
        "".join(f'user_pref("{key}", {json.dumps(value)});\n' for key, value in _ALONE.items())
    )
    port = _free_port()
    command = [path, "--headless", "--no-remote", "--profile", str(home)]
    command += ["--remote-debugging-port", str(port), "about:blank"]
    with _running(command, HOME=str(home), MOZ_CRASHREPORTER_DISABLE="1") as process:
        _wait_for(port, process)
        loop = Loop()
        opened = loop.run(_connected(f"ws://127.0.0.1:{port}/session"))
        try:
            yield Firefox(loop, opened)
        finally:
            loop.run(_closed(opened))
            loop.close()


async def _connected(address: str) -> WebSocketClientConnection:
    return await websocket_connect(address, max_message_size=1 << 28)


async def _closed(connection: WebSocketClientConnection) -> None:
    connection.close()


@contextmanager
def webkit(home: Path) -> Iterator[WebKit]:
    """WebKit's small browser, on a screen that nobody sees where there is none."""
    driver, port = shutil.which("WebKitWebDriver"), _free_port()
    assert driver is not None
    screen = [] if os.environ.get("DISPLAY") else ["xvfb-run", "--auto-servernum"]
    command = [*screen, driver, f"--port={port}"]
    environment = {"HOME": str(home), "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
    if os.geteuid() == 0:
        environment["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"] = "1"
    with _running(command, **environment) as process:
        _wait_for(port, process)
        page = WebKit(f"http://127.0.0.1:{port}", {})
        try:
            yield page
        finally:
            page.end()


def _firefox() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


def missing(name: str) -> str | None:
    """What has to be installed for an engine, as a sentence; None where it is there."""
    if name == "firefox":
        return None if _firefox() else "Firefox is not installed (Debian: firefox-esr)"
    if shutil.which("WebKitWebDriver") is None:
        return "WebKit's driver is not installed (Debian: webkit2gtk-driver)"
    if not os.environ.get("DISPLAY") and shutil.which("xvfb-run") is None:
        return "there is no screen for WebKit (Debian: xvfb, xauth)"
    return None


ENGINES: dict[str, Callable[[Path], AbstractContextManager[Engine]]] = {
    "firefox": firefox,
    "webkit": webkit,
}
