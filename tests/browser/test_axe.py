"""axe in every mode a reader may have: narrow and wide; light, dark and the system's own colours;
scripts on and off.

What two modes show alike is heard once. Rules on structure look at the document and at what of it is
shown, rules on size at the boxes too (the empty boxes in which a script may speak left aside). Of
contrast axe judges every page when it is narrow, in both schemes; in every mode it is measured here as
well, for each piece of text. A page that is the same document without scripts, in which no style asks
for scripts, is not looked at again. With forced colours the system picks the colours; a page can only
spoil that by opting out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, CDPSession, Page, ViewportSize

from tests.browser.conftest import Served
from tests.browser.visits import PHONE, WIDE

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
MODES: tuple[tuple[Scheme, bool], ...] = (("light", False), ("dark", False), ("dark", True))
PARTS = 4  # of the pages, so that two processes share them

CONTRAST = (
    "color-contrast",
    "color-contrast-enhanced",
)  # the second leaves what is below 4.5 to the first
SIZES = ("target-size", "scrollable-region-focusable", "link-in-text-block")  # rules on boxes
OFF_BY_DEFAULT = ("identical-links-same-purpose", "meta-refresh-no-exceptions", "target-size")

# The document as it is after loading, without the empty boxes in which a script may speak.
DOCUMENT = """() => {
    const whole = document.documentElement.cloneNode(true);
    whole.querySelectorAll("[role=status]:empty, [role=alert]:empty").forEach((each) => each.remove());
    return whole.outerHTML.trim();
}"""

# Whether a style holds only with scripts, or only without, for something in this document.
SCRIPTED = """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule.conditionText?.includes("scripting"))
    .some((rule) => [...rule.cssRules].some((each) => document.querySelector(each.selectorText)))"""

# The document with what of it is shown; where that stands; and its colours: of each, the digest.
LOOK = """async () => {
    const digest = async (text) => [...new Uint8Array(await crypto.subtle.digest("SHA-256",
        new TextEncoder().encode(text)))].join(" ");
    const silent = [...document.querySelectorAll("[role=status]:empty, [role=alert]:empty")];
    const shown = [], boxes = [], colours = [];
    for (const each of document.body.querySelectorAll("*")) {
        if (silent.includes(each)) continue;
        const style = getComputedStyle(each);
        if (style.display === "none") continue;
        const { x, y, width, height } = each.getBoundingClientRect();
        shown.push([each.tagName, style.visibility, width > 1 && height > 1].join(" "));
        boxes.push([style.clipPath, x, y, width, height].join(" "));
        if (each.textContent.trim())
            colours.push(each.tagName, style.color, style.backgroundColor, style.opacity);
    }
    const whole = document.documentElement.cloneNode(true);
    whole.querySelectorAll("[role=status]:empty, [role=alert]:empty").forEach((each) => each.remove());
    return Promise.all([whole.outerHTML.trim() + shown.join("\\n"), boxes.join("\\n"),
        colours.join("\\n")].map(digest));
}"""

# Text that stands out too little from what it stands on (WCAG 1.4.6: 7 to 1, large text 4.5 to 1).
FAINT = """() => {
    const parse = (colour) => {
        const found = colour.match(/[\\d.]+/g).map(Number);
        return [...found.slice(0, 3), found[3] ?? 1];
    };
    const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
    const ground = (each) => {
        if (!each) return [255, 255, 255, 1];
        const colour = parse(getComputedStyle(each).backgroundColor);
        return colour[3] === 1 ? colour : over(colour, ground(each.parentElement));
    };
    const light = (colour) => colour.slice(0, 3).map((value) => value / 255)
        .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const faint = [];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const each = text.parentElement, style = getComputedStyle(each);
        if (!text.data.trim() || !each.checkVisibility({ visibilityProperty: true })
            || each.closest("script, style, svg")) continue;
        const on = ground(each), own = over(parse(style.color), on);
        const [low, high] = [light(own), light(on)].sort((a, b) => a - b);
        const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
        if ((high + 0.05) / (low + 0.05) < (large ? 4.5 : 7))
            faint.push(`faint: ${text.data.trim().slice(0, 40)}: ${style.color} on ${on}`);
    }
    return faint;
}"""

START = """(rules) => { globalThis.found = axe.run(document, {
    preload: false, reporter: "no-passes", resultTypes: ["violations"], rules,
}).then((report) => report.violations.flatMap((each) => each.nodes.map((node) =>
    `${each.id}: ${node.target.join(" ")}: ${[...node.any, ...node.all, ...node.none]
        .map((check) => check.message).join("; ")}`))); }"""

START_SOME = START.replace("rules,", "runOnly: rules,")

OPTING_OUT = """() => [...document.querySelectorAll("*")].filter((each) =>
    getComputedStyle(each).forcedColorAdjust === "none" && !(each instanceof SVGElement))
    .map((each) => `opts out: ${each.outerHTML.slice(0, 80)}`)"""


@dataclass
class Tab:
    """A tab that is used for page after page: opening one takes longer than most pages."""

    page: Page
    session: CDPSession
    heard: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    faint: list[str] = field(default_factory=list)
    loaded: bool = False  # whether axe is
    busy: bool = False

    def load(self, address: str, *, script: bool) -> None:
        """The page as it is after loading; afterwards only axe runs, also where scripts are off."""
        self.page.emulate_media(color_scheme="light", forced_colors="none")
        self._scripts(allowed=script)
        self.page.goto(address)
        self._scripts(allowed=True)
        self.loaded = False

    def is_new(self) -> bool:
        """Whether the page can look otherwise than the same page as it was loaded before."""
        document = self.page.evaluate(DOCUMENT)
        known = document in self.documents and not self.page.evaluate(SCRIPTED)
        self.documents.add(document)
        return not known

    def _scripts(self, *, allowed: bool) -> None:
        self.session.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def start(self, width: int, scheme: Scheme, *, forced: bool) -> None:
        """Begins what this mode shows and no other did."""
        size: ViewportSize = {"width": width, "height": 800}
        if self.page.viewport_size != size:
            self.page.set_viewport_size(size)
        self.page.emulate_media(color_scheme=scheme, forced_colors="active" if forced else "none")
        shown, boxes, colours = self.page.evaluate(LOOK)
        structure, sizes = shown not in self.heard, shown + boxes not in self.heard
        contrast = not forced and width == PHONE and colours not in self.heard
        self.heard |= {shown, shown + boxes} | ({colours} if contrast else set())
        self.faint = [] if forced else self.page.evaluate(FAINT)
        self.busy = structure or sizes or contrast
        if self.busy and not self.loaded:
            self.page.evaluate(AXE_SCRIPT)
            self.loaded = True
        if structure:
            rules = dict.fromkeys(OFF_BY_DEFAULT, True) | dict.fromkeys(CONTRAST, contrast)
            self.page.evaluate(START, {name: {"enabled": on} for name, on in rules.items()})
        elif self.busy:
            wanted = [*(SIZES if sizes else ()), *(CONTRAST if contrast else ())]
            self.page.evaluate(START_SOME, wanted)

    def findings(self) -> list[str]:
        found: list[str] = self.page.evaluate("() => globalThis.found") if self.busy else []
        return found + self.faint

    def opting_out(self) -> list[str]:
        """What keeps its own colours where the system picks them."""
        self.page.emulate_media(color_scheme="light", forced_colors="active")
        found: list[str] = self.page.evaluate(OPTING_OUT)
        return found


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def tab(page: Page) -> Iterator[Tab]:
    session = page.context.new_cdp_session(page)
    yield Tab(page, session)
    session.detach()


def by_length(served: Served) -> list[str]:
    """The long pages first, so that every part has some."""
    return sorted((*served.pages, *served.files), key=lambda page: -len(served.html(page)))


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_any_page_in_any_mode(tab: Tab, served: Served, part: int) -> None:
    findings: dict[tuple[Any, ...], list[str]] = {}
    for address in by_length(served)[part::PARTS]:
        tab.heard.clear()
        tab.documents.clear()
        for script in (True, False):
            tab.load(served.origin + address, script=script)
            if not tab.is_new():
                continue
            for width, (scheme, forced) in product((PHONE, WIDE), MODES):
                tab.start(width, scheme, forced=forced)
                mode = (address, width, "forced" if forced else scheme, script)
                findings |= {mode: found} if (found := tab.findings()) else {}
            findings |= {(address, script): found} if (found := tab.opting_out()) else {}
    assert findings == {}


@pytest.mark.parametrize(
    ("spoil", "rule", "width"),
    [
        ('document.querySelector("h1").style.color = "#999"', "color-contrast", PHONE),
        ('document.querySelector("h1").style.color = "#666"', "color-contrast-enhanced", PHONE),
        ('document.querySelector("h1").style.color = "#777"', "faint", WIDE),
        ('document.querySelector("main").style.background = "#777"', "faint", WIDE),
        ('document.body.append(document.createElement("button"))', "button-name", WIDE),
        ('document.querySelector("main").remove()', "landmark-one-main", PHONE),
        ('document.querySelector("h1").style.forcedColorAdjust = "none"', "opts out", WIDE),
    ],
)
def test_axe_hears_a_fault(tab: Tab, served: Served, spoil: str, rule: str, width: int) -> None:
    """The measure measures: what is spoilt on purpose is found."""
    tab.load(served.origin + "/", script=True)
    tab.start(PHONE, "dark", forced=False)
    assert tab.findings() == []
    tab.page.evaluate(f"() => {{ {spoil} }}")
    tab.start(width, "light", forced=False)
    assert rule in {each.partition(":")[0] for each in (*tab.findings(), *tab.opting_out())}
