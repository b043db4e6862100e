"""Links to other sites, against a server on this computer that answers in every way."""

from __future__ import annotations

import re
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from diptych.checks.external import check_external, external_links
from diptych.cli import external
from diptych.diagnostics import Severity, correction_of
from diptych.network import AGENT, RequestPolicy, ask
from diptych.pipeline import Build
from tests.conftest import SITE_YAML, Ran, write_site

PATIENT = RequestPolicy(timeout=60.0, pause=0.0, tries=2)  # a busy machine answers late
QUICK = RequestPolicy(timeout=0.2, pause=0.0, tries=2)  # for a server that never answers
STATUS = {"/gone": 404, "/forbidden": 403, "/broken": 500, "/never": 410}
LEADS = {  # path -> status, where to
    "/old": (301, "/fine"),
    "/older": (308, "/old"),
    "/short": (302, "/fine"),
    "/once": (301, "/short"),
    "/loop": (301, "/loop"),
    "/lost": (301, "/gone"),
    "/file": (301, "file:///etc/passwd"),
}


@dataclass
class Site:
    """What the server was asked."""

    address: str
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    most: int = 0  # requests at one moment
    now: int = 0


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    lock, over = threading.Lock(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            with lock:
                site.now += 1
                site.most = max(site.most, site.now)
                times = Counter(path for _, path in site.asked)[self.path]
                site.asked.append((self.command, self.path))
                site.headers.append(dict(self.headers))
            status, location = LEADS.get(self.path, (STATUS.get(self.path, 200), ""))
            if self.path == "/busy" and times == 0:
                status = 503
            if self.path == "/only-get" and self.command == "HEAD":
                status = 405
            if self.path == "/silent":
                over.wait(60)
            with lock:
                site.now -= 1
            self.send_response(status)
            self.send_header("Set-Cookie", "seen=1")
            self.send_header("Content-Length", "0")
            if location:
                self.send_header("Location", location)
            self.end_headers()

        do_GET = do_HEAD = answer  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(
    ("path", "kind", "moved", "reason"),
    [
        ("/fine", "fine", None, "it answers 200 OK"),
        ("/caf\u00e9 bar?a=b c", "fine", None, "it answers 200 OK"),
        ("/only-get", "fine", None, "it answers 200 OK"),
        ("/busy", "fine", None, "it answers 200 OK"),
        ("/gone", "dead", None, "it answers 404 Not Found"),
        ("/never", "dead", None, "it answers 410 Gone"),
        ("/forbidden", "unclear", None, "it answers 403 Forbidden"),
        ("/broken", "unclear", None, "it answers 500 Internal Server Error"),
        ("/silent", "unclear", None, "it does not answer in time"),
        ("/old", "moved", "/fine", None),
        ("/older#part", "moved", "/fine#part", None),
        ("/short", "fine", None, None),
        ("/once", "moved", "/short", None),
        ("/lost", "dead", None, "it answers 404 Not Found"),
        ("/loop", "unclear", None, "it leads on again and again"),
        ("/file", "dead", None, "it is no address of the web"),
    ],
)
def test_what_an_address_answers(
    path: str, kind: str, moved: str | None, reason: str | None, other: Site
) -> None:
    address = other.address + path
    answer = ask([address], QUICK if path == "/silent" else PATIENT)[address]
    assert (answer.kind, answer.moved) == (kind, other.address + moved if moved else None)
    assert reason is None or str(answer.reason) == reason


def test_servers_are_asked_politely(other: Site) -> None:
    paths = [f"/{number}" for number in range(6)]
    ask([other.address + path for path in paths], PATIENT)
    assert other.asked == [("HEAD", path) for path in paths]
    assert other.most == 1
    assert {headers["User-Agent"] for headers in other.headers} == {AGENT}
    assert all("Cookie" not in each and "Referer" not in each for each in other.headers)


def test_a_host_that_nobody_knows(other: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its links are dead; but when no server at all was reached, it is the network that is missing."""
    known = socket.getaddrinfo

    def look_up(host: str, *rest: Any, **more: Any) -> Any:
        if host == "weg.example":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return known(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    lost = "https://weg.example/"
    assert ask([lost], PATIENT)[lost].kind == "unclear"
    answer = ask([lost, other.address + "/fine"], PATIENT)[lost]
    assert (answer.kind, str(answer.reason)) == ("dead", "nobody knows the name of the host")


EVENT = """\
- id: vote
  date: 2022-03-18
  title: {{nl: Stap, fr: Pas}}
  text: {{nl: Gezet., fr: Franchi.}}
  sources: [{{url: "{0}/forbidden", title: Krant, language: nl}}]
"""


def test_a_link_in_the_title_of_an_event_is_asked_too(site: Callable[..., Build]) -> None:
    head = "---\ntitle: {}\nlayout: timeline\n---\n\n{}\n"
    event = EVENT.format("https://court.example")
    titled = event.replace("nl: Stap", 'nl: "Stap, [het vonnis](https://court.example/1)"')
    build = site(
        {
            "content/about/nl.md": head.format("Over ons", "Tekst."),
            "content/about/fr.md": head.format("À propos", "Texte."),
            "content/about/timeline.yaml": titled,
        }
    )
    assert build.site is not None
    links = external_links(build.site)
    assert [each.address for each in links if "court" in each.address] == [
        "https://court.example/1",
        "https://court.example/forbidden",
    ]


def test_an_address_is_told_at_each_place_of_its_own(site: Callable[..., Build]) -> None:
    """Two languages have one way out, and the source of an event stands above its id. The addresses
    for editors are not asked: a private repository is not there for strangers.
    """
    away = "https://weather.example/"
    event = (
        f"- sources: [{{url: {away}, title: Krant}}]\n  id: a\n  date: 2020\n  title: {{nl: A}}\n"
    )
    settings = SITE_YAML.replace(f"{away}nl", away).replace(f"{away}fr", away)
    build = site(
        {
            "content/site.yaml": f"{settings}repository: https://git.example/a/b\n",
            "content/about/nl.md": "---\ntitle: Over ons\nlayout: timeline\n---\n",
            "content/about/timeline.yaml": event + event.replace("id: a", "id: b"),
        }
    )
    assert build.site is not None
    spans = {each.span for each in external_links(build.site) if each.address == away}
    assert len(spans) == 4
    for each in spans:
        assert build.sources[each.path].text[each.start : each.end].strip('"') == away
    assert not any("git.example" in each.address for each in external_links(build.site))


def test_what_is_said_of_links(other: Site, site: Callable[..., Build]) -> None:
    build = site(
        {
            "content/about/nl.md": "---\ntitle: Over ons\nlayout: timeline\n---\n\n"
            f"Lees [de brief]({other.address}/old), [de wet]({other.address}/gone) en [ons](https://example.org/nl/).\n",
            "content/about/fr.md": "---\ntitle: À propos\nlayout: timeline\n---\n\nTexte.\n",
            "content/about/timeline.yaml": EVENT.format(other.address),
            "content/site.yaml": SITE_YAML.replace(
                "https://weather.example/nl", f"{other.address}/never"
            ),
        }
    )
    assert build.site is not None
    links = external_links(build.site)
    ours = tuple(each for each in links if each.address.startswith(other.address))
    assert {each.address for each in links} - {each.address for each in ours} == {
        "https://weather.example/fr"
    }
    found = list(check_external(ours, ask((each.address for each in ours), PATIENT)))
    said = [
        (
            each.span.path,
            build.sources[each.span.path].text[each.span.start : each.span.end],
            each.check,
            each.severity,
        )
        for each in found
    ]
    assert said == [
        ("content/about/nl.md", f"{other.address}/old", "moved-external-link", Severity.INFO),
        ("content/about/nl.md", f"{other.address}/gone", "dead-external-link", Severity.WARNING),
        ("content/site.yaml", f"{other.address}/never", "dead-external-link", Severity.WARNING),
        (
            "content/about/timeline.yaml",
            f"{other.address}/forbidden",
            "unclear-external-link",
            Severity.INFO,
        ),
    ]
    line = correction_of(found[0], build.sources)
    assert line is not None
    assert f"[de brief]({other.address}/fine)" in line.text


def test_check_external_asks_once_in_a_few_days(
    other: Site, run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external, "ask", lambda addresses: ask(addresses, PATIENT))
    settings = re.sub(r"https://weather.example/..", f"{other.address}/fine", SITE_YAML)
    head = "---\ntitle: Over ons\nallow: {moved-external-link: zo gevraagd}\n---\n\n"
    links = " ".join(f"[naar {path}]({other.address}/{path})" for path in ("old", "fine", "gone"))
    page = f"{head}{links}\n\n## Wie {{#who}}\n\nWij.\n"
    root = write_site(tmp_path, {"content/site.yaml": settings, "content/about/nl.md": page})
    assert run("check", root=root, own_cache=True).status == 0
    run("build", root=root, own_cache=True)
    assert other.asked == []
    first = run("check", "--external", root=root, own_cache=True)
    assert "3 addresses of other sites are asked now\n" in first.err
    assert "[dead-external-link]" in first.out
    assert "moved-external-link" not in first.out
    assert first.status == 0
    other.asked.clear()
    again = run("check", "--external", "--strict", root=root, own_cache=True)
    assert {path for _, path in other.asked} == {"/gone"}
    assert again.status == 1
    assert "[dead-external-link]" in again.out
