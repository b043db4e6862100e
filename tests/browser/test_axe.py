"""axe in every mode a reader may have: narrow and wide; light, dark and the system's own colours;
scripts on and off.

What two modes show alike is heard once: rules on structure and size where the document and all its
boxes are the same (but for the empty boxes in which a script may speak), contrast where its boxes of
text and their colours are the same; and a page that is the same document without scripts, in which
no style asks for scripts, is not looked at again. With forced colours the system picks the colours;
a page can only spoil that by opting out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.conftest import Served
from tests.browser.visits import PHONE, WIDE

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
MODES: tuple[tuple[Scheme, bool], ...] = (("light", False), ("dark", False), ("dark", True))
TABS = 2  # at once, for as many cores

CONTRAST = ("color-contrast", "color-contrast-enhanced")  # the second leaves what is below 4.5 to the first
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

# The document with its boxes, and its boxes of text with their colours, each as one string.
LOOK = """() => {
    const silent = [...document.querySelectorAll("[role=status]:empty, [role=alert]:empty")];
    const boxes = [], colours = [];
    for (const each of document.body.querySelectorAll("*")) {
        if (silent.includes(each)) continue;
        const style = getComputedStyle(each);
        if (style.display === "none") continue;
        const { x, y, width, height } = each.getBoundingClientRect();
        const box = [each.tagName, style.visibility, style.clipPath, x, y, width, height].join(" ");
        boxes.push(box);
        if (each.textContent.trim())
            colours.push(box, style.color, style.backgroundColor, style.opacity);
    }
    const whole = document.documentElement.cloneNode(true);
    whole.querySelectorAll("[role=status]:empty, [role=alert]:empty").forEach((each) => each.remove());
    return [whole.outerHTML.trim() + boxes.join("\\n"), colours.join("\\n")];
}"""

START = """(rules) => { globalThis.found = axe.run(document, {
    preload: false, reporter: "no-passes", resultTypes: ["violations"], rules,
}).then((report) => report.violations.flatMap((each) => each.nodes.map((node) =>
    `${each.id}: ${node.target.join(" ")}: ${[...node.any, ...node.all, ...node.none]
        .map((check) => check.message).join("; ")}`))); }"""

START_CONTRAST = START.replace("rules,", "runOnly: rules,")

OPTING_OUT = """() => [...document.querySelectorAll("*")].filter((each) =>
    getComputedStyle(each).forcedColorAdjust === "none" && !(each instanceof SVGElement))
    .map((each) => each.outerHTML.slice(0, 80))"""


@dataclass
class Tab:
    """A tab that is used for page after page: opening one takes longer than most pages."""

    page: Page
    session: CDPSession
    heard: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
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
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.emulate_media(color_scheme=scheme, forced_colors="active" if forced else "none")
        boxes, colours = self.page.evaluate(LOOK)
        structure, contrast = boxes not in self.heard, not forced and colours not in self.heard
        self.heard |= {boxes} if forced else {boxes, colours}
        self.busy = structure or contrast
        if self.busy and not self.loaded:
            self.page.evaluate(AXE_SCRIPT)
            self.loaded = True
        if structure:
            rules = dict.fromkeys(OFF_BY_DEFAULT, True) | dict.fromkeys(CONTRAST, contrast)
            self.page.evaluate(START, {name: {"enabled": on} for name, on in rules.items()})
        elif contrast:
            self.page.evaluate(START_CONTRAST, CONTRAST)

    def findings(self) -> list[str]:
        found: list[str] = self.page.evaluate("() => globalThis.found") if self.busy else []
        return found


@contextmanager
def tabs(browser: Browser) -> Iterator[list[Tab]]:
    contexts = [browser.new_context() for _ in range(TABS)]
    pages = [context.new_page() for context in contexts]
    try:
        yield [Tab(page, page.context.new_cdp_session(page)) for page in pages]
    finally:
        for context in contexts:
            context.close()


def by_length(served: Served) -> list[str]:
    """The long pages first, so that two of a length share the time."""
    return sorted((*served.pages, *served.files), key=lambda page: -len(served.html(page)))


def test_axe_finds_nothing_on_any_page_in_any_mode(chromium: Browser, served: Served) -> None:
    findings: dict[tuple[Any, ...], list[str]] = {}
    addresses = by_length(served)
    with tabs(chromium) as opened:
        for first in range(0, len(addresses), TABS):
            pairs = list(zip(opened, addresses[first : first + TABS], strict=False))
            for tab in opened:
                tab.heard.clear()
                tab.documents.clear()
            for script in (True, False):
                for tab, address in pairs:
                    tab.load(served.origin + address, script=script)
                for width, (scheme, forced) in product((PHONE, WIDE), MODES):
                    for tab, _ in pairs:
                        tab.start(width, scheme, forced=forced)
                    for tab, address in pairs:
                        mode = (address, width, "forced" if forced else scheme, script)
                        findings |= {mode: found} if (found := tab.findings()) else {}
    assert findings == {}


def test_nothing_opts_out_of_the_systems_colours(chromium: Browser, served: Served) -> None:
    with tabs(chromium) as (tab, *_):
        tab.page.emulate_media(forced_colors="active")
        for address in (*served.pages, *served.files):
            tab.page.goto(served.origin + address)
            assert (address, tab.page.evaluate(OPTING_OUT)) == (address, [])


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        ('document.querySelector("h1").style.color = "#999"', "color-contrast"),
        ('document.querySelector("h1").style.color = "#666"', "color-contrast-enhanced"),
        ('document.body.append(document.createElement("button"))', "button-name"),
        ('document.querySelector("main").remove()', "landmark-one-main"),
    ],
)
def test_axe_hears_a_fault(chromium: Browser, served: Served, spoil: str, rule: str) -> None:
    """The measure measures: what is spoilt on purpose is found."""
    with tabs(chromium) as (tab, *_):
        tab.load(served.origin + "/", script=True)
        tab.start(PHONE, "dark", forced=False)
        assert tab.findings() == []
        tab.page.evaluate(f"() => {{ {spoil} }}")
        tab.start(PHONE, "light", forced=False)
        assert rule in {each.partition(":")[0] for each in tab.findings()}
