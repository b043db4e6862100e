"""What tests share: a site from a dictionary, the example site built once a session, and a guard over
the texts of this repository's own site, which only `tests/site/` may read.
"""

from __future__ import annotations

import gc
import io
import os
import sqlite3
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import pikepdf
import pytest
from lxml import html

from diptych.cache import Cache, Watch, digest, store
from diptych.cli import main, sources
from diptych.disk import read_tree
from diptych.files.theme import THEME, theme_files
from diptych.model import File, Tree
from diptych.pipeline import Build, Options, build_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType

T = TypeVar("T")
R = TypeVar("R")

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "tests" / "sites" / "example"  # with the look and the words of the theme

SITE_YAML = """\
base_url: https://example.org
languages:
  nl: {locale: nl_BE, name: Nederlands, typography: dutch}
  fr: {locale: fr_BE, name: Français, typography: french}
navigation: [about]
organisation:
  short_name: Voorbeeld
  name: {nl: Voorbeeld vzw, fr: Exemple asbl}
  contact: info@example.org
topics:
  law: {nl: Wet, fr: Loi}
exit: {nl: "https://weather.example/nl", fr: "https://weather.example/fr"}
"""

MINIMAL: Mapping[str, str] = {
    "content/site.yaml": SITE_YAML,
    "content/home/nl.md": "---\ntitle: Welkom\nlayout: home\n---\n\nWij spreken.\n",
    "content/home/fr.md": "---\ntitle: Bienvenue\nlayout: home\n---\n\nNous parlons.\n",
    "content/about/nl.md": "---\ntitle: Over ons\n---\n\nTekst.\n\n## Wie {#who}\n\nWij.\n",
    "content/about/fr.md": "---\ntitle: À propos\n---\n\nTexte.\n\n## Qui {#who}\n\nNous.\n",
}


OWN = ("content", "templates", "assets", "i18n", "schemas")  # of the site in this repository


class TextGuard:
    """Refuses to open this site's own files to every test outside `tests/site/`.

    Its people change texts, look and words at any time, and no test of the generator may fail when they
    do. Python reports each opened file and listed folder to its audit hooks (PEP 578).
    """

    def __init__(self) -> None:
        self.allowed = False
        self._folders = tuple(f"{ROOT / name}/" for name in OWN)
        sys.addaudithook(self._audit)

    def _audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in ("open", "os.listdir", "os.scandir") or self.allowed:
            return
        # only whole paths: a relative one may be relative to any folder (`dir_fd`, in shutil.rmtree)
        path = arguments[0]
        if isinstance(path, str | os.PathLike) and f"{path}/".startswith(self._folders):
            raise AssertionError(f"only tests/site/ may read this site's own files, here {path}")


GUARD = TextGuard()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Opens those folders to the tests of `tests/site/`, while one of them runs."""
    GUARD.allowed = item.path.is_relative_to(ROOT / "tests" / "site")
    try:
        return (yield)
    finally:
        GUARD.allowed = False


def files_of(root: Path, *folders: str) -> dict[str, bytes]:
    """The files in some folders of a site on disk, by path."""
    return {file.path: file.data for file in read_tree(root, folders).value.files}


LOOK = {  # the theme, as the own files of a site; German has no catalog but the theme's
    file.path.removeprefix(f"{THEME}/"): file.data
    for file in theme_files()
    if not file.path.startswith((f"{THEME}/i18n/de/", f"{THEME}/i18n/messages.pot"))
}


def make_tree(files: Mapping[str, str | bytes | None], *, minimal: bool = True) -> Tree:
    """A tree of the given files over the minimal site and the real look; None leaves a file out."""
    merged: dict[str, str | bytes | None] = {**LOOK, **(MINIMAL if minimal else {}), **files}
    return Tree(
        tuple(
            File(path, data.encode() if isinstance(data, str) else data)
            for path, data in sorted(merged.items())
            if data is not None
        )
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    said = "how many random edits an incremental build is compared after (tests/property)"
    parser.addoption("--edits", type=int, default=36, help=said)


@pytest.fixture
def edits(request: pytest.FixtureRequest) -> int:
    """How many random edits are made."""
    count: int = request.config.getoption("--edits")
    return count


class Remembering(Cache):
    """Keeps all that stages were given and gave, and not only the last result of a slot: tests build
    many sites that have pages of the same name.
    """

    def __init__(self) -> None:
        super().__init__(None)
        self._every: dict[tuple[str, str, str], object] = {}

    def __exit__(self, *_: object) -> None:
        """Frees nothing at the end of a command, since the next test needs the results."""

    def call(
        self,
        stage: Callable[[T], R],
        slot: str,
        given: T,
        inputs: Mapping[str, object] | None = None,
    ) -> R:
        place = (stage.__name__, slot, digest(given if inputs is None else inputs))
        if place not in self._every:
            self._every[place] = super().call(stage, slot, given, inputs)
        return cast(R, self._every[place])


@pytest.fixture(scope="session")
def cache() -> Cache:
    """One cache in memory for the session, so that no text is converted twice."""
    return Remembering()


@pytest.fixture
def queries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that gets each SQL query of the store."""
    found: list[str] = []
    whole = store.connected

    def noted(path: Path, *, make: bool) -> sqlite3.Connection:
        connection = whole(path, make=make)
        connection.set_trace_callback(found.append)
        return connection

    monkeypatch.setattr(store, "connected", noted)
    return found


@pytest.fixture
def site(cache: Cache) -> Callable[..., Build]:
    """Builds a site from a dictionary of files laid over the minimal one."""

    def build(
        files: Mapping[str, str | bytes | None] | None = None,
        *,
        minimal: bool = True,
        options: Options | None = None,
    ) -> Build:
        return build_site(make_tree(files or {}, minimal=minimal), options or Options(), cache)

    return build


def blank_pdf(pages: int = 1) -> bytes:
    """A PDF file of empty pages."""
    file = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(file)
    return file.getvalue()


def write_site(
    root: Path, files: Mapping[str, str | bytes | None] | None = None, *, minimal: bool = True
) -> Path:
    """The same site on disk."""
    whole = make_tree(files or {}, minimal=minimal)
    return write_files(root, {file.path: file.data for file in whole.files})


def files_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The list to which the name of each file is added when `Path.read_bytes` reads it."""
    read: list[str] = []
    whole = Path.read_bytes

    def noted(path: Path) -> bytes:
        read.append(path.name)
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    return read


def write_files(root: Path, files: Mapping[str, str | bytes | None]) -> Path:
    """Files below a folder; one that is None is taken away."""
    for name, data in files.items():
        path = root / name
        if data is None:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return root


LONG = ("tests/browser/", "tests/property/", "tests/site/test_axe.py")
SHARED = ("visits", "previewed")  # fixtures that are made once in the whole session


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], cache: Cache
) -> Callable[..., Ran]:
    """Runs a command in this process, in English, with the cache of the session (or its own)."""

    def command(
        *arguments: str | Path,
        root: Path,
        own_cache: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> Ran:
        capsys.readouterr()
        with monkeypatch.context() as patch:
            # the progress display of a build stays on the shared cache, and must not show the next
            # command
            patch.setattr(cache, "watch", Watch())
            # with CI set, a slow machine says which stage it is at
            for name in ("LC_ALL", "LC_MESSAGES", "LANG", "CI"):
                patch.delenv(name, raising=False)
            for name, value in (environment or {}).items():
                patch.setenv(name, value)
            if not own_cache:
                patch.setattr(sources, "Cache", lambda folder: cache)
            status = main([str(argument) for argument in arguments], root=root)
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return command


@pytest.fixture(scope="session")
def whole_tree() -> Tree:
    """The sources of a whole site: the example, and in `tests/site/` this repository's own."""
    return read_tree(EXAMPLE).value


@pytest.fixture(scope="session")
def whole_build(whole_tree: Tree, cache: Cache) -> Build:
    """That whole site, built once."""
    return build_site(whole_tree, Options(), cache)


@pytest.fixture(scope="session")
def whole_root(whole_tree: Tree, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with that whole site, for commands that only read."""
    return write_files(
        tmp_path_factory.mktemp("whole"), {file.path: file.data for file in whole_tree.files}
    )


def launch(kind: BrowserType) -> Browser:
    """A browser that can reach nothing but this computer."""
    from chromium import NOT_THERE, find

    path = os.environ.get("CHROMIUM") or find()
    if path is None:
        pytest.fail(NOT_THERE, pytrace=False)
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return kind.launch(executable_path=path, args=arguments)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the session, which tests of the example and of this site share."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        yield browser
        browser.close()


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Which tests one process runs (`--dist loadgroup`): those of a file, which share what they made.

    Where single tests are long, in a browser and of laws, each goes wherever somebody is free, but for
    those that share what takes longest to make.
    """
    for item in items:
        shared = [name for name in SHARED if name in getattr(item, "fixturenames", ())]
        if shared or not item.nodeid.startswith(LONG):
            item.add_marker(
                pytest.mark.xdist_group(shared[0] if shared else item.nodeid.partition("::")[0])
            )


def pytest_collection_finish() -> None:
    """Thousands of tests wait to be run: nobody need look every few moments whether they still do."""
    gc.collect()
    gc.freeze()


def page_of(build: Build, path: str) -> html.HtmlElement:
    """A page of a build, parsed; `nl/` means its index.html."""
    return html.document_fromstring(
        text_of(build, path + "index.html" if path.endswith("/") else path)
    )


def text_of(build: Build, path: str) -> str:
    """An output as text."""
    return next(output.data.decode("utf-8") for output in build.outputs if output.path == path)
