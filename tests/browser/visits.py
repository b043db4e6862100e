"""One visit to every page, with scripts and without: all that the tests want to know of each.

A page is loaded once for all of them: loading is what takes time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, ViewportSize

PHONE, WIDE = 360, 1280
WIDTHS = (PHONE, WIDE, 320)

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

MOVING = """() => [document.getAnimations().length,
    getComputedStyle(document.documentElement).scrollBehavior]"""

# WCAG 1.4.12, in a sheet that no policy stops; and letters of twice the size.
SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
LARGE = """() => { document.adoptedStyleSheets = [];
    document.documentElement.style.fontSize = "200%"; }"""
AGAIN = "() => { document.documentElement.style.fontSize = ''; scrollTo(0, 0); }"

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
            (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 2))
            lost.push(name(each) + " is cut off");
    }
    return lost.slice(0, 5);
}"""

# How high the bar is; what is meant to be pressed by a thumb and is less than 44 by 44.
SMALL = """() => [document.querySelector("header.top")?.getBoundingClientRect().height ?? 0,
    [...document.querySelectorAll(
    `.top a, .menu a, .breadcrumb a, .years a, .filter input, .event .itself, .questions a, .foot a,
     .data a, .neighbours a, .contents a`)].map((each) => [each, each.getBoundingClientRect()])
    .filter(([each, box]) => box.height && (box.width < 44 || box.height < 44))
    .map(([each, box]) => `${each.outerHTML.slice(0, 60)}: ${box.width} × ${box.height}`)]"""

# Whether code for a search may be made here.
COMPILES = """() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))
    .then(() => true, () => false)"""

# What of the ways around the site can be seen.
MACHINERY = """() => [...document.querySelectorAll(
    ".menu, .skip, .exit, .language, .years, .filter, .neighbours, .breadcrumb, .data, .finder, .foot ul")]
    .filter((each) => each.getClientRects().length).map((each) => each.className)"""

# The ways out: where they lead, how, and whether they are in sight.
EXITS = """() => [...document.querySelectorAll("[data-exit]")].map((each) => {
    const box = each.getBoundingClientRect();
    return { href: each.getAttribute("href"), rel: each.rel, target: each.target,
        lang: each.closest("[lang]").lang,
        seen: box.width > 0 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth
            && box.bottom <= innerHeight && document.elementFromPoint(
                box.left + box.width / 2, box.top + box.height / 2) === each };
})"""

LANGUAGES = """() => [...document.querySelectorAll("[data-language]")].map((each) =>
    [each.getAttribute("href"), each.lang, each.hreflang])"""

STOPS = """() => { const here = document.activeElement, box = here.getBoundingClientRect();
    return [here.className, here.tagName, box.width > 40 && box.top >= 0]; }"""


@dataclass
class Visit:
    """What one page asked for, said and showed."""

    lang: str = ""
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # errors and warnings
    text: str = ""
    body: str = ""
    languages: list[list[str]] = field(default_factory=list)  # href, lang, hreflang
    exits: list[dict[str, Any]] = field(default_factory=list)
    exits_at_the_end: list[dict[str, Any]] = field(default_factory=list)
    stops: list[list[Any]] = field(
        default_factory=list
    )  # where the first Tabs lead: class, element, seen
    # with scripts only
    kept: Any = None
    moving: Any = None
    compiles: bool = False
    on_paper: list[str] | None = None  # of the ways around the site
    small: dict[int, list[str]] = field(default_factory=dict)  # by width
    bar: dict[int, float] = field(default_factory=dict)
    lost: dict[str, list[str]] = field(default_factory=dict)  # in which circumstances


Visits = Mapping[tuple[str, bool], Visit]  # by address, and with or without scripts


def visit_all(browser: Browser, origin: str, addresses: tuple[str, ...]) -> Visits:
    """Visits every address twice."""
    found: dict[tuple[str, bool], Visit] = {}
    for script in (True, False):
        with listening(browser, origin, script=script) as (page, current):
            for address in addresses:
                visit = current[0] = found[address, script] = Visit()
                page.goto(origin + address)
                look(page, visit)
                if script:
                    measure(page, visit)
            context = page.context
            assert context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}
            assert context.service_workers == []
    return found


@contextmanager
def listening(browser: Browser, origin: str, *, script: bool) -> Iterator[tuple[Page, list[Visit]]]:
    """A tab that writes down what is asked and said into the visit of the moment."""
    context = browser.new_context(java_script_enabled=script)
    current = [Visit()]

    def ask(request: Request) -> None:
        current[0].asked.append(request.url)

    def answer(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            current[0].said.append(f"{response.status} {response.url}")

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            current[0].said.append(message.text)

    context.on("request", ask)
    context.on("response", answer)
    context.on("console", hear)
    context.on("weberror", lambda error: current[0].said.append(str(error.error)))
    yield context.new_page(), current
    context.close()


def at(page: Page, width: int) -> None:
    """Makes the window this wide, if it is not: a page is laid out anew whenever it is told."""
    size: ViewportSize = {"width": width, "height": 740}
    if page.viewport_size != size:
        page.set_viewport_size(size)


def look(page: Page, visit: Visit) -> None:
    """What a reader finds, to the end of the page, on a phone."""
    at(page, PHONE)
    visit.lang = page.evaluate("() => document.documentElement.lang")
    visit.text = page.evaluate(TEXT)
    visit.body = page.evaluate(BODY)
    visit.languages = page.evaluate(LANGUAGES)
    visit.exits = page.evaluate(EXITS)
    if visit.exits:
        for _ in range(3):
            page.keyboard.press("Tab")
            visit.stops.append(page.evaluate(STOPS))
    page.evaluate(
        "() => { document.activeElement.blur(); scrollTo(0, document.body.scrollHeight); }"
    )
    visit.exits_at_the_end = page.evaluate(EXITS)


def measure(page: Page, visit: Visit) -> None:
    """What is kept, what moves, what is too small, what gets lost; each width is taken once."""
    visit.kept = page.evaluate(KEPT)
    visit.moving = page.evaluate(MOVING)
    visit.compiles = page.evaluate(COMPILES)
    for width in WIDTHS:
        at(page, width)
        visit.bar[width], visit.small[width] = page.evaluate(SMALL)
        if width == WIDE:
            page.emulate_media(media="print")
            visit.on_paper = page.evaluate(MACHINERY)
            page.emulate_media(media="null")
    for what, width, prepare in (
        ("at 320 px", 320, AGAIN),
        ("spaced", 320, SPACING),
        ("large", 640, LARGE),
    ):
        at(page, width)
        page.evaluate(prepare)
        visit.lost[what] = page.evaluate(LOST)
