"""A whole site served to Chromium as a host would, and tabs that tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from diptych.pipeline import Build
from tests.browser.host import serving
from tests.browser.visits import WIDE, Visits, visit_all
from tests.conftest import write_files

expect.set_options(timeout=30_000)  # milliseconds, as Playwright waits for all else

STUB = "<!DOCTYPE html><html lang=en><title>Weather</title><h1>Sunny</h1></html>"

Open = Callable[..., Page]


@dataclass(frozen=True)
class Served:
    """A whole site, written to a folder and served."""

    origin: str
    folder: Path
    build: Build
    pages: tuple[str, ...]  # the address of every page with the frame of the site
    files: tuple[str, ...]  # the address of every HTML file that stands by itself

    def path(self, key: str, language: str) -> str:
        """The address of a page by its key."""
        assert self.build.site is not None
        page = self.build.site.page(key, language)
        assert page is not None
        return "/" + page.path

    def html(self, address: str) -> str:
        """What is served at an address."""
        name = address.lstrip("/") + ("index.html" if address.endswith("/") else "")
        return (self.folder / name).read_text(encoding="utf-8")

    @property
    def languages(self) -> tuple[str, ...]:
        assert self.build.site is not None
        return tuple(language.key for language in self.build.site.settings.languages)

    @property
    def exits(self) -> dict[str, str]:
        """Where the quick exit leads, by language."""
        assert self.build.site is not None
        return dict(self.build.site.settings.exit)


@pytest.fixture(scope="session")
def served(whole_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("published")
    write_files(folder, {output.path: output.data for output in whole_build.outputs})
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    pages = [
        "/" + name.removesuffix("index.html") for name in files if name.endswith((".html", ".htm"))
    ]
    framed = tuple(page for page in pages if page.endswith(("/", "404.html")))
    alone = tuple(page for page in pages if page not in framed)
    with serving(files) as origin:
        yield Served(origin, folder, whole_build, framed, alone)


@pytest.fixture(scope="session")
def visits(chromium: Browser, served: Served) -> Visits:
    """Every page, visited with scripts and without."""
    return visit_all(chromium, served.origin, (*served.pages, *served.files))


@dataclass
class Tabs:
    """Tabs that are used test after test: opening one takes longer than most tests.

    The site keeps nothing (test_reading holds that), so the next page in a tab is as good as the first
    in a new one. What a test changes about the tab itself is put back here, but for its history, and
    but for listeners: those a test takes away that added them.
    """

    browser: Browser
    origin: str
    free: dict[bool, list[Page]] = field(default_factory=lambda: {True: [], False: []})

    def new(self, **options: Any) -> Page:
        return self.browser.new_context(base_url=self.origin, **options).new_page()

    def take(self, script: bool) -> Page:
        free = self.free[script]
        return free.pop() if free else self.new(java_script_enabled=script)

    def give_back(self, page: Page, script: bool) -> None:
        for each in page.context.pages:
            if each != page:
                each.close()
        page.unroute_all()
        page.mouse.move(0, 0)
        if urlsplit(page.url).hostname == "127.0.0.1" and not page.url.startswith(self.origin):
            page.goto("/robots.txt")  # a page of a preview loads itself again when somebody saves
        self.free[script].append(page)

    def show(self, page: Page, path: str) -> None:
        """Loads a page, also where only the place in it is another."""
        if (
            "#" in path
            and page.url.partition("#")[0] == urljoin(self.origin, path).partition("#")[0]
        ):
            page.goto("/robots.txt")
        page.goto(path)


@pytest.fixture(scope="session")
def tabs(chromium: Browser, served: Served) -> Tabs:
    return Tabs(chromium, served.origin)


@pytest.fixture
def tab(tabs: Tabs, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Opens tabs; `script=False` is a browser without scripts.

    `own=True`, or any other option, makes a context for this test alone: for what nobody can put back.
    """
    failures = request.session.testsfailed
    with ExitStack() as stack:

        def end(page: Page, script: bool, own: bool) -> None:
            if own or request.session.testsfailed > failures:
                page.context.close()
            else:
                tabs.give_back(page, script)

        def open_tab(
            path: str | None = None,
            *,
            script: bool = True,
            width: int = WIDE,
            height: int = 800,
            color_scheme: Any = "light",
            forced_colors: Any = "none",
            own: bool = False,
            **options: Any,
        ) -> Page:
            own = own or bool(options)
            page = tabs.new(java_script_enabled=script, **options) if own else tabs.take(script)
            stack.callback(end, page, script, own)
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(media="null", color_scheme=color_scheme, forced_colors=forced_colors)
            if path is not None:
                tabs.show(page, path)
            return page

        yield open_tab
