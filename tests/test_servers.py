"""The files for nginx, Apache and Caddy, by asking these servers, on a port of this computer.

Whoever lacks them sees the tests skipped; with REQUIRE_SERVERS in the environment they fail.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest
from servers import BROTLI, PACKAGES, find

from diptych.cache import Cache
from diptych.disk import read_tree
from diptych.pipeline import Options, build_site
from tests.conftest import EXAMPLE, make_tree

REDIRECTS = """
redirects:
  /oud.html: page:mission
  /nl/oud: page:faq#become-member
  /fr/vieux/x: page:timeline
"""
ODD = {  # old addresses as editors write them -> as browsers ask for them
    "/fr/récit-à-l’écoute/": "/fr/r%C3%A9cit-%C3%A0-l%E2%80%99%C3%A9coute/",
    "/fr/coup%c3%a9": "/fr/coup%C3%A9",
    "/2019/10:30/": "/2019/10:30/",
    "/a b": "/a%20b",
    "/100%25/": "/100%25/",
    "/pourquoi%3F/": "/pourquoi%3F/",
    "/n%231/": "/n%231/",
    "/st*r/": "/st*r/",
    "/is{it}/${x}": "/is%7Bit%7D/$%7Bx%7D",
    "/a[b]/(c)+d": "/a%5Bb%5D/(c)+d",
    '/a"b;c/': "/a%22b;c/",
    "/a'b`c&d=e@f,g!~|^<>": "/a'b%60c&d=e@f,g!~%7C%5E%3C%3E",
    "/ش/": "/%D8%B4/",
}
GONE = """# diptych addresses: written by `build.py remember`, one address and the key of its page a line
/fr/disparu/ (gone)
/fr/oublié/ (gone)
/fr/l'été%20[a]/ (gone)
/fr/{b}%25%23/ (gone)
"""
TAKEN_DOWN = tuple(f"fr/{each}/index.html" for each in ("disparu", "oublié", "l'été [a]"))
CONFIGURATION = {"nginx": "_nginx.conf", "apache2": ".htaccess", "caddy": "_Caddyfile"}
HOSTING = {"nginx": "nginx", "apache2": "apache", "caddy": "caddy"}


@dataclass(frozen=True)
class Answer:
    """What a server answers."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def __getitem__(self, name: str) -> str:
        (value,) = self.all(name)
        return value


@dataclass(frozen=True)
class Served:
    """A site on a server."""

    server: str
    port: int
    prefix: str  # `/kern` where the site stands below a path
    files: Mapping[str, bytes]  # of the build
    folder: Path

    def ask(self, path: str, encoding: str = "identity") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(
                "GET", f"{self.prefix}/{path}", headers={"Accept-Encoding": encoding}
            )
            answer = connection.getresponse()
            return Answer(answer.status, tuple(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def where(self, answer: Answer) -> str:
        """The path to which an answer leads."""
        return answer["Location"].removeprefix(f"http://127.0.0.1:{self.port}")


def _build(server: str, prefix: str, cache: Cache) -> Mapping[str, bytes]:
    files = {each.path: each.data for each in read_tree(EXAMPLE).value.files}
    odd = "".join(f"  {json.dumps(old)}: page:mission\n" for old in ODD)
    files["content/site.yaml"] += (REDIRECTS + odd).encode()
    files["content/addresses.lock"] = GONE.encode()
    tree = make_tree(files, minimal=False)
    base = f"https://www.utropi.example{prefix}"
    build = build_site(tree, Options(base_url=base, hosting=HOSTING[server]), cache)
    assert not build.failed
    return {each.path: each.data for each in build.outputs}


def _nginx(root: Path, config: Path, port: int, own: Path) -> list[str]:
    config.write_text(
        f"load_module {BROTLI};\n"
        + ("user root;\n" if os.geteuid() == 0 else "")
        + f"daemon off; pid {own}/pid; error_log {own}/log; worker_processes 1;\n"
        "events {}\n"
        f"http {{ access_log off; client_body_temp_path {own}/a; proxy_temp_path {own}/b;\n"
        f"fastcgi_temp_path {own}/c; uwsgi_temp_path {own}/d; scgi_temp_path {own}/e;\n"
        f"server {{ listen 127.0.0.1:{port}; root {root}; include {own}/site.conf; }} }}\n"
    )
    return ["-p", str(own), "-c", str(config)]


def _apache(root: Path, config: Path, port: int, own: Path) -> list[str]:
    names = [
        "mpm_event",
        "authz_core",
        "alias",
        "dir",
        "headers",
        "mime",
        "rewrite",
        "setenvif",
        "deflate",
        "filter",
    ]
    config.write_text(
        "".join(f"LoadModule {n}_module /usr/lib/apache2/modules/mod_{n}.so\n" for n in names)
        + f"ServerName localhost\nListen 127.0.0.1:{port}\nPidFile {own}/pid\nErrorLog {own}/log\n"
        f"Mutex file:{own}\nServerRoot {own}\nTypesConfig /etc/mime.types\nDocumentRoot {root}\n"
        + ("User www-data\nGroup www-data\n" if os.geteuid() == 0 else "")
        + "AddType application/x-gzip .gz\nAddLanguage br .br\n"  # as Debian's own settings say
        "AddOutputFilterByType DEFLATE text/html text/css application/javascript\n"
        f"<Directory {root}>\nAllowOverride FileInfo Indexes\nRequire all granted\n</Directory>\n"
        '<FilesMatch "^\\.ht">\nRequire all denied\n</FilesMatch>\n'
    )
    return ["-f", str(config), "-DFOREGROUND"]


def _caddy(root: Path, config: Path, port: int, own: Path) -> list[str]:
    config.write_text(
        "{\n\tadmin off\n\tauto_https off\n}\n"
        f"http://127.0.0.1:{port} {{\n\troot * {root}\n\timport {own}/site.conf\n}}\n"
    )
    return ["run", "--config", str(config), "--adapter", "caddyfile"]


STARTS: Mapping[str, Callable[[Path, Path, int, Path], list[str]]] = {
    "nginx": _nginx,
    "apache2": _apache,
    "caddy": _caddy,
}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, process.stderr and process.stderr.read().decode()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server does not answer")


@pytest.fixture(
    scope="module",
    params=[(server, prefix) for server in PACKAGES for prefix in ("", "/kern")],
    ids="".join,
)
def served(request: pytest.FixtureRequest, cache: Cache) -> Iterator[Served]:
    """The example site on a server, in a folder that the server's own user may read."""
    server, prefix = request.param
    program = find(server)
    if program is None:
        assert not os.environ.get("REQUIRE_SERVERS"), f"{server} is not installed"
        pytest.skip(f"{server} is not installed: python tools/servers.py")
    files = _build(server, prefix, cache)
    own = Path(tempfile.mkdtemp(prefix="diptych-"))
    try:
        own.chmod(0o755)
        folder = own / "www" / prefix.strip("/")
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        # with what the comment in the file says of compression
        text = (
            files[CONFIGURATION[server]]
            .decode()
            .replace("# brotli_static on;", "brotli_static on;")
        )
        (own / "site.conf").write_text(text)
        port = _free_port()
        arguments = STARTS[server](own / "www", own / "server.conf", port, own)
        home = {
            **os.environ,
            "HOME": str(own),
            "XDG_DATA_HOME": str(own),
            "XDG_CONFIG_HOME": str(own),
        }
        with subprocess.Popen(
            [program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=home
        ) as process:
            try:
                _wait(port, process)
                yield Served(server, port, prefix, files, folder)
            finally:
                process.terminate()
    finally:
        shutil.rmtree(own, ignore_errors=True)


TEXT_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".xml": "application/xml",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".ics": "text/calendar",
    ".svg": "image/svg+xml",
}
BINARY_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}


def test_every_file_arrives_as_it_is_with_its_type(served: Served) -> None:
    asked = set()
    for path, data in served.files.items():
        suffix = Path(path).suffix
        if path == CONFIGURATION[served.server] or suffix in (".br", ".gz"):
            continue
        address = path.removesuffix("index.html") if path.endswith("index.html") else path
        answer = served.ask(quote(address))
        status = 410 if path in TAKEN_DOWN else 200
        assert (answer.status, answer.body) == (status, data), path
        if suffix in TEXT_TYPES:
            wanted = f"{TEXT_TYPES[suffix]}; charset=utf-8"
            assert answer["Content-Type"].lower().replace(";charset", "; charset") == wanted, path
        elif suffix in BINARY_TYPES:
            assert answer["Content-Type"] == BINARY_TYPES[suffix], path
        asked.add(suffix)
    assert {".html", ".htm", ".css", ".js", ".xml", ".txt", ".csv", ".ics", ".json"} <= asked


def test_each_address_has_its_policy_and_only_one(served: Served) -> None:
    """Of two policies browsers hold both: search would stand still."""
    for path, engine in (
        ("nl/", False),
        ("nl/zoeken/", True),
        ("fr/rechercher/", True),
        ("", False),
    ):
        answer = served.ask(path)
        assert ("'wasm-unsafe-eval'" in answer["Content-Security-Policy"]) is engine
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Strict-Transport-Security"].startswith("max-age=63072000")
        assert answer["Cache-Control"] == "max-age=0, must-revalidate"
        assert answer.all("X-Robots-Tag") == []
    assert served.ask("nl/hele-site.htm")["X-Robots-Tag"] == "noindex"
    asset = next(path for path in served.files if path.startswith("assets/"))
    answer = served.ask(asset)
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert len(answer.all("Content-Security-Policy")) == 1


@pytest.mark.parametrize(
    ("encoding", "ending", "unpack"),
    [
        ("br", "br", brotli.decompress),
        ("gzip", "gz", gzip.decompress),
        ("gzip, deflate, br", None, None),
    ],
)
def test_the_compressed_copies_are_sent(
    served: Served, encoding: str, ending: str | None, unpack: Callable[[bytes], bytes] | None
) -> None:
    asset = next(
        path for path in served.files if path.startswith("assets/site.") and path.endswith(".css")
    )
    for address, path in (
        ("nl/", "nl/index.html"),
        (asset, asset),
        ("nl/zoeken/", "nl/zoeken/index.html"),
    ):
        answer = served.ask(address, encoding)
        found = answer["Content-Encoding"]
        ending_ = ending or {"br": "br", "gzip": "gz"}[found]
        assert found == {"br": "br", "gz": "gzip"}[ending_]
        assert answer.body == served.files[f"{path}.{ending_}"]
        if unpack:
            assert unpack(answer.body) == served.files[path]
        assert "accept-encoding" in answer["Vary"].lower()
        assert answer["Content-Type"].split(";")[0] == (
            "text/css" if path == asset else "text/html"
        )
        assert ("wasm" in answer["Content-Security-Policy"]) is ("zoeken" in path)
        assert answer.all("Content-Language") == []


def test_old_addresses_lead_on_also_where_a_file_stands(served: Served) -> None:
    for path in ("nl/oud/index.html", "oud.html"):
        (served.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (served.folder / path).write_text("in the way")
    wanted = {
        "oud.html": "nl/missie/",
        "nl/oud": "nl/vragen/#become-member",
        "nl/oud/": "nl/vragen/#become-member",
        "fr/vieux/x": "fr/chronologie/",
        "fr/vieux/x/": "fr/chronologie/",
        "fr/vieux/x/timeline.ics": "fr/chronologie/timeline.ics",
    }
    for old, new in wanted.items():
        answer = served.ask(old)
        assert (answer.status, served.where(answer)) == (301, f"{served.prefix}/{new}"), old
    assert not any(path.startswith(("nl/oud/", "fr/vieux/")) for path in served.files)


@pytest.mark.parametrize("asked", ODD.values())
def test_an_old_address_with_any_sign_leads_on_and_no_other_address_does(
    served: Served, asked: str
) -> None:
    new = f"{served.prefix}/{'fr/mission' if asked.startswith('/fr/') else 'nl/missie'}/"
    for each in (asked, asked.rstrip("/"), asked.rstrip("/") + "/"):
        answer = served.ask(each.strip("/") + "/" * each.endswith("/"))
        assert (answer.status, served.where(answer)) == (301, new), each
    for other in (f"{asked.strip('/')}/x", f"{asked.strip('/')}x", f"x{asked}"):
        assert served.ask(other).status == 404, other


def test_a_sign_in_an_old_address_is_no_wildcard(served: Served) -> None:
    for other in ("stxr", "isit", "ab/(c)+d", "a%5Bb%5D/c+d", "a%5Bb%5D/ccd", "pourquoix", "n"):
        assert served.ask(other).status == 404, other


def test_a_page_that_is_not_there_is_told_in_its_language(served: Served) -> None:
    for path, page in (
        ("nl/niets/", "nl/404.html"),
        ("nl/zoeken/x", "nl/404.html"),
        ("fr/rien", "fr/404.html"),
        ("rien", "404.html"),
        ("assets/x.css", "404.html"),
    ):
        answer = served.ask(path)
        assert (answer.status, answer.body) == (404, served.files[page]), path
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Type"].lower().startswith("text/html")


def test_what_was_taken_down_is_gone(served: Served) -> None:
    for page in TAKEN_DOWN:
        old = quote(page.removesuffix("/index.html"))
        for path in (f"{old}/", old, f"{old}/timeline.ics"):
            answer = served.ask(path)
            assert (answer.status, answer.body) == (410, served.files[page]), path
            assert answer["Content-Type"].lower().startswith("text/html")


def test_a_folder_without_its_slash_leads_to_the_folder(served: Served) -> None:
    answer = served.ask("nl/missie")
    assert answer.status in (301, 308)
    assert served.where(answer) == f"{served.prefix}/nl/missie/"


def test_the_settings_of_the_server_are_not_published(served: Served) -> None:
    assert served.ask(CONFIGURATION[served.server]).status in (403, 404)
