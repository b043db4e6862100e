"""Asks other sites for addresses. No other module uses the network.

Only `check --external` calls it. It is polite: one request at a time to each host and a pause
between requests, HEAD before GET; it reads no body, keeps no cookie and sends only the name of this
program. Redirects are followed one by one, so that permanent ones can be reported. It uses the
standard library, since a client such as httpx would save only some fifty lines.
"""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from email.message import Message as Headers
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

from diptych.diagnostics import Message, say
from diptych.values import Value, replace

FINE, MOVED, DEAD, UNCLEAR = "fine", "moved", "dead", "unclear"
AGENT = "diptych/1.0 (checks the links of a web site)"
HOSTS_AT_ONCE = 8

_MAX_HOPS = 8
_LONGEST_WAIT = 20.0  # seconds, whatever a server asks for
_PERMANENT, _TEMPORARY = (301, 308), (302, 303, 307)
_GONE = (404, 410)
_REFUSES_HEAD = range(400, 600)  # some servers only answer GET
_TRY_AGAIN = (408, 425, 429, 500, 502, 503, 504)


class Answer(Value):
    """The result of a request."""

    kind: str  # FINE, MOVED (fine, but permanently elsewhere), DEAD or UNCLEAR
    reason: Message  # the reply in words
    moved: str | None = None  # the new address, if it moved permanently


class RequestPolicy(Value):
    """Timeouts, waits and repeats of the requests."""

    timeout: float = 15.0  # seconds for one request
    pause: float = 0.5  # seconds between two requests to one host
    tries: int = 3  # while a server is busy or silent


class _Reply(Value):
    """The reply of a server to one request, or the problem if no server replied."""

    status: int = 0  # 0: there was none
    location: str = ""
    wait: float = 0.0  # seconds that the server asks to wait
    problem: Message | None = None
    unknown: bool = False  # whether the host's name is unknown


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, so that each can be examined first."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: object,
        code: int,
        msg: str,
        headers: object,
        newurl: str,
    ) -> None:
        return None


def ask(addresses: Iterable[str], policy: RequestPolicy | None = None) -> dict[str, Answer]:
    """The answer for each address. Hosts are asked in parallel, the addresses of a host one by one.

    If no server can be reached, the network itself is missing, so no address is called dead.
    """
    hosts: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    visit = _Visitor(policy or RequestPolicy())
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        answers: dict[str, Answer] = {}
        for part in pool.map(visit.host, hosts.values()):
            answers.update(part)
    if visit.reached.is_set():
        return answers
    return {address: replace(each, kind=UNCLEAR) for address, each in answers.items()}


class _Visitor:
    """Sends the requests, and records whether any server answered."""

    def __init__(self, policy: RequestPolicy) -> None:
        self._policy = policy
        self._opener = urllib.request.build_opener(_Stay)
        self._clock = threading.Event()  # never set: waiting for it makes a pause
        self.reached = threading.Event()

    def host(self, addresses: Iterable[str]) -> Mapping[str, Answer]:
        """The answers of one host."""
        return {address: self._visit(address) for address in addresses}

    def _visit(self, address: str) -> Answer:
        """The answer for an address, after all its redirects."""
        bare, fragment = urldefrag(address)
        here, moved, for_good = bare, None, True
        for _ in range(_MAX_HOPS):
            reply = self._patiently(here)
            if reply.status not in (*_PERMANENT, *_TEMPORARY) or not reply.location:
                return _judged(reply, moved, fragment)
            here = urljoin(here, reply.location)
            for_good = for_good and reply.status in _PERMANENT
            moved = urldefrag(here)[0] if for_good else moved
        return Answer(UNCLEAR, say("it leads on again and again"))

    def _patiently(self, address: str) -> _Reply:
        """The reply of a server. The request is repeated while the server is busy or silent."""
        reply = _Reply()
        for turn in range(self._policy.tries):
            reply = self._head_or_get(address)
            if reply.status not in _TRY_AGAIN and (reply.status or reply.unknown):
                break
            if turn + 1 < self._policy.tries:
                self._clock.wait(min(_LONGEST_WAIT, max(reply.wait, self._policy.pause * 2**turn)))
        return reply

    def _head_or_get(self, address: str) -> _Reply:
        reply = self._request(address, "HEAD")
        if reply.status in _REFUSES_HEAD and reply.status != 429:
            reply = self._request(address, "GET")
        return reply

    def _request(self, address: str, method: str) -> _Reply:
        """The reply to one request. An error of the network gives a reply with a `problem`."""
        self._clock.wait(self._policy.pause)
        try:
            headers = {"User-Agent": AGENT, "Accept": "*/*"}
            request = urllib.request.Request(_encoded(address), method=method, headers=headers)
            with self._opener.open(request, timeout=self._policy.timeout) as response:
                self.reached.set()
                return _Reply(response.status)
        except urllib.error.HTTPError as error:
            error.close()
            self.reached.set()
            return _Reply(error.code, error.headers.get("Location", ""), _seconds(error.headers))
        except urllib.error.URLError as error:
            unknown = isinstance(error.reason, socket.gaierror)
            words = say("nobody knows the name of the host") if unknown else _silence(error.reason)
            return _Reply(problem=words, unknown=unknown)
        except (OSError, http.client.HTTPException) as error:
            return _Reply(problem=_silence(error))
        except ValueError:
            return _Reply(problem=say("it is no address of the web"), unknown=True)


def _judged(reply: _Reply, moved: str | None, fragment: str) -> Answer:
    """The answer for an address, from the last reply. `moved` is the address after the permanent
    redirects that came first; None if the first redirect was temporary, or if there was none.
    """
    if reply.problem is not None:
        return Answer(DEAD if reply.unknown else UNCLEAR, reply.problem)
    words = say(
        "it answers {status} {phrase}",
        status=reply.status,
        phrase=http.client.responses.get(reply.status, ""),
    )
    if reply.status in _GONE:
        return Answer(DEAD, words)
    if not 200 <= reply.status < 300:
        return Answer(UNCLEAR, words)
    if moved is None:
        return Answer(FINE, words)
    return Answer(MOVED, words, moved + (f"#{fragment}" if fragment and "#" not in moved else ""))


def _silence(reason: object) -> Message:
    if isinstance(reason, TimeoutError):
        return say("it does not answer in time")
    if isinstance(reason, ConnectionError):
        return say("it refuses the connection")
    if "CERTIFICATE" in str(reason).upper():
        return say("its certificate is not valid")
    return say("it cannot be reached")


def _seconds(headers: Headers) -> float:
    """The seconds that a busy server asks to wait (`Retry-After`); a date is ignored."""
    text = headers.get("Retry-After", "")
    return float(text) if text.isdigit() else 0.0


def _encoded(address: str) -> str:
    """The address with its non-ASCII letters encoded; ValueError when it is not http or https."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(address)
    host = parts.hostname.encode("idna").decode("ascii")
    place = f"{host}:{parts.port}" if parts.port else host
    path, query = (quote(part, safe="%/:=&?~+!$,;'@()*[]|") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, place, path, query, ""))
