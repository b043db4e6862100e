"""What holds on every page: nobody else is asked, nothing is kept, nothing complains, and a reader
without scripts, with a small screen or with large letters reads the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from tests.browser.conftest import PHONE, WIDE, Served

pytestmark = pytest.mark.browser

Tabs = Callable[..., Page]

# What a reader can read, and what is kept, on the page as it stands.
TEXT = "() => document.body.innerText"
BODY = """() => {
    const body = document.body.cloneNode(true);
    body.querySelectorAll("[role=status]:empty, [role=alert]:empty").forEach((each) => each.remove());
    for (const finder of body.querySelectorAll("[data-search]")) {  // a field that only scripts make
        finder.replaceChildren();
        finder.removeAttribute("role");
    }
    return body.innerHTML.trim();
}"""
KEPT = """async () => ({
    cookies: document.cookie,
    local: Object.keys(localStorage), session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map((each) => each.name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).map((each) => each.scope),
})"""
NOTHING = {"cookies": "", "local": [], "session": [], "databases": [], "caches": [], "workers": []}

# WCAG 1.4.12, in a sheet that no policy stops.
SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
LARGE = """() => { document.adoptedStyleSheets = [];
    document.documentElement.style.fontSize = "200%"; }"""

# What sticks out at the side, and what is cut off by its own box.
LOST = """() => {
    const name = (each) => each.tagName.toLowerCase() + (each.className.baseVal ?? each.className)
        .split(" ").filter(Boolean).map((part) => "." + part).join("");
    const width = document.documentElement.clientWidth;
    const lost = document.documentElement.scrollWidth > width
        ? [`the page is ${document.documentElement.scrollWidth} wide, not ${width}`] : [];
    for (const each of document.body.querySelectorAll("*")) {
        const style = getComputedStyle(each), box = each.getBoundingClientRect();
        if (!each.textContent.trim() || style.display === "inline" || style.clipPath !== "none") continue;
        if (box.width && box.right > width + 1 && !each.closest(".table, svg")) lost.push(name(each));
        if (["hidden", "clip"].includes(style.overflowX) && each.clientWidth > 1 &&
            !each.matches(".sign") &&  // whose umbrella stands for its name where there is no room
            (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 2))
            lost.push(name(each) + " is cut off");
    }
    return lost.slice(0, 5);
}"""

# What is meant to be pressed by a thumb: 44 by 44, as it is laid out.
SMALL = """() => [...document.querySelectorAll(
    `.bar a, .menu a, .breadcrumb a, .years a, .filter input, .permalink a, .questions a, .foot a,
     .data a, .neighbours a`)].map((each) => [each, each.getBoundingClientRect()])
    .filter(([each, box]) => box.height && (box.width < 44 || box.height < 44))
    .map(([each, box]) => `${each.outerHTML.slice(0, 60)}: ${box.width} × ${box.height}`)"""


@dataclass
class Visit:
    """What one page asked for, said and showed."""

    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    text: str = ""
    body: str = ""
    kept: Any = None


@pytest.fixture(scope="module")
def visits(chromium: Browser, served: Served) -> dict[tuple[str, bool], Visit]:
    """Every page, to its end, with scripts and without."""
    found: dict[tuple[str, bool], Visit] = {}
    for script in (True, False):
        context = chromium.new_context(java_script_enabled=script, base_url=served.origin,
                                       viewport={"width": PHONE, "height": 740})  # fmt: skip
        page = context.new_page()
        current = [Visit()]

        def hear(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                current[0].said.append(message.text)  # noqa: B023 - of this context

        def answered(response: Response) -> None:
            if response.status >= 400 and response.url.removeprefix(served.origin) not in served.pages:
                current[0].said.append(f"{response.status} {response.url}")  # noqa: B023

        def ask(request: Request) -> None:
            current[0].asked.append(request.url)  # noqa: B023

        context.on("request", ask)
        context.on("response", answered)
        context.on("console", hear)
        context.on("weberror", lambda error: current[0].said.append(str(error.error)))  # noqa: B023
        for address in (*served.pages, *served.files):
            visit = current[0] = found[address, script] = Visit()
            page.goto(address)
            page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
            visit.text = page.evaluate(TEXT)
            visit.body = page.evaluate(BODY)
            if script:
                visit.kept = page.evaluate(KEPT)
        assert context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}
        assert context.service_workers == []
        context.close()
    return found


def test_no_page_asks_anybody_else(visits: dict[tuple[str, bool], Visit], served: Served) -> None:
    elsewhere = {
        where: [url for url in visit.asked if not url.startswith(served.origin + "/")]
        for where, visit in visits.items()
    }
    assert {where: urls for where, urls in elsewhere.items() if urls} == {}
    assert all(visit.asked for visit in visits.values())


def test_a_file_that_stands_by_itself_asks_for_nothing(
    visits: dict[tuple[str, bool], Visit], served: Served
) -> None:
    for address in served.files:
        own = [served.origin + address]
        assert [url for url in visits[address, True].asked if not url.endswith("/favicon.ico")] == own


def test_no_page_complains(visits: dict[tuple[str, bool], Visit]) -> None:
    assert {where: visit.said for where, visit in visits.items() if visit.said} == {}


def test_nothing_is_kept(visits: dict[tuple[str, bool], Visit]) -> None:
    assert {where: visit.kept for where, visit in visits.items() if where[1] and visit.kept != NOTHING} == {}


def test_a_page_reads_the_same_without_scripts(
    visits: dict[tuple[str, bool], Visit], served: Served
) -> None:
    differing = [
        address for address in (*served.pages, *served.files)
        if visits[address, True].text != visits[address, False].text
        or visits[address, True].body != visits[address, False].body
    ]  # fmt: skip
    assert differing == []
    assert all(len(visit.text) > 100 for visit in visits.values())


def test_nothing_is_lost_on_a_small_screen_or_in_large_letters(tab: Tabs, served: Served) -> None:
    page = tab()
    lost: dict[tuple[str, str], list[str]] = {}
    for address in (*served.pages, *served.files):
        page.set_viewport_size({"width": 320, "height": 568})
        page.goto(address)
        for what, prepare in (("320", None), ("spacing", SPACING), ("200 %", LARGE)):
            if what == "200 %":
                page.set_viewport_size({"width": 640, "height": 800})
            if prepare:
                page.evaluate(prepare)
            lost |= {(address, what): found} if (found := page.evaluate(LOST)) else {}
    assert lost == {}


@pytest.mark.parametrize("width", [320, PHONE, WIDE])
def test_what_a_thumb_presses_is_large_enough(tab: Tabs, served: Served, width: int) -> None:
    page = tab(width=width)
    small: dict[str, list[str]] = {}
    for address in served.pages:
        page.goto(address)
        small |= {address: found} if (found := page.evaluate(SMALL)) else {}
    assert small == {}


@pytest.mark.parametrize("width", [320, PHONE, WIDE])
def test_the_bar_takes_one_line(tab: Tabs, served: Served, width: int) -> None:
    """It stays in sight, so it may not eat the page (WCAG 2.4.11)."""
    page = tab(width=width)
    for address in served.pages:
        page.goto(address)
        bar = page.locator(".bar").bounding_box()
        assert bar is not None
        assert (address, bar["height"] <= 49) == (address, True)


def test_nothing_moves(tab: Tabs, served: Served) -> None:
    page = tab(reduced_motion="no-preference")
    for address in (*served.pages, *served.files):
        page.goto(address)
        moving = page.evaluate("() => document.getAnimations().length")
        smooth = page.evaluate("() => getComputedStyle(document.documentElement).scrollBehavior")
        assert (address, moving, smooth) == (address, 0, "auto")
