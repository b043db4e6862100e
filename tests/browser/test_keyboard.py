"""Without a mouse: what comes first, what can be reached, and that one sees where one is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Served
from tests.browser.visits import PHONE, WIDE, Visits

pytestmark = pytest.mark.browser

Tabs = Callable[..., Page]

# Everything that can be reached with Tab, in order; of a group of radio buttons, the one chosen.
REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])")]
    .filter((each) => each.checkVisibility() && getComputedStyle(each).visibility === "visible")
    .filter((each) => each.type !== "radio" || each.checked)
    .map((each, number) => { each.dataset.number = number; return each.outerHTML.slice(0, 80); })"""

# Before each Tab, and at the end: where one is, whether one sees it, and whether something lies over it.
NOTE = """() => {
    globalThis.stops = [];
    const thick = (each) => each && getComputedStyle(each).outlineStyle === "solid"
        && parseFloat(getComputedStyle(each).outlineWidth) >= 3;
    globalThis.note = () => {
        const here = document.activeElement, label = here.labels?.[0];
        if (here === document.body) return;
        const hit = here.querySelector(".hit");  // an event of the overview draws its own edge
        const marked = thick(here) || thick(label) || (hit && getComputedStyle(hit).stroke !== "none"
            && parseFloat(getComputedStyle(hit).strokeWidth) >= 3);
        const { left, top, width, height } = here.getClientRects()[0];
        const over = document.elementFromPoint(left + Math.min(width / 2, 20), top + height / 2);
        const clear = over && (here.contains(over) || over.contains(here) || over === label);
        stops.push([Number(here.dataset.number), Boolean(marked), Boolean(clear)]);
    };
    addEventListener("keydown", note, { capture: true });
}"""


@pytest.mark.parametrize("script", [True, False])
def test_first_the_way_past_the_menu_then_the_way_out(
    visits: Visits, served: Served, script: bool
) -> None:
    for address in served.pages:
        skips = len(served.languages) if address in ("/", "/404.html") else 1
        stops = visits[address, script].stops[: skips + 1]
        wanted = [["skip", "A", True]] * skips + [["exit", "A", True]]
        assert (address, stops) == (address, wanted)


def test_the_skip_link_leads_to_the_text(tab: Tabs, served: Served) -> None:
    page = tab(served.path("mission", "nl"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main, footer') !== null")


@pytest.mark.parametrize(("language", "width"), [("fr", PHONE), ("nl", WIDE)])
def test_every_control_is_reached_in_order_and_is_seen(
    tab: Tabs, served: Served, language: str, width: int
) -> None:
    page = tab(width=width)
    for address in served.pages:
        if address.split("/")[1] not in (language, "", "404.html"):
            continue
        page.goto(address)
        reachable: list[str] = page.evaluate(REACHABLE)
        page.evaluate(NOTE)
        for _ in reachable:
            page.keyboard.down("Tab")  # and kept down: half as much to say to the browser
        page.keyboard.up("Tab")
        stops: list[list[Any]] = page.evaluate("() => { note(); return stops; }")
        assert len(stops) == len(reachable) > 5, address
        for number, (what, stop) in enumerate(zip(reachable, stops, strict=True)):
            assert (address, what, stop) == (address, what, [number, True, True])


KINDS = {
    "skip": ".skip",
    "exit": "[data-exit]",
    "sign": "a.sign",
    "language": "[data-language]",
    "menu": ".menu a",
    "tick": ".tick",
    "great tick": ".tick.great",
    "year": ".years a",
    "radio": "#topic-0",
    "permalink": ".event .itself",
    "link": ".foot a",
}


@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
def test_the_focus_changes_what_one_sees(tab: Tabs, served: Served, scheme: str) -> None:
    """Not only a style that is set: pixels that differ around what has the focus."""
    forced = {"color_scheme": "dark", "forced_colors": "active"}
    page = tab(
        served.path("timeline", "nl"),
        **(forced if scheme == "forced" else {"color_scheme": scheme}),
    )
    unseen = [
        kind for kind, selector in KINDS.items() if not differs(page, page.locator(selector).first)
    ]
    assert unseen == []


def differs(page: Page, control: Locator) -> bool:
    """Whether the surroundings of a control look different when it has the focus."""
    page.keyboard.press("Shift+Tab")  # so that a focus from the program counts as the keyboard's
    control.focus()
    control.evaluate("(each) => each.scrollIntoView({ block: 'center' })")
    box = control.bounding_box()
    assert box is not None
    left, top = max(box["x"] - 8, 0), max(box["y"] - 8, 0)
    clip: Any = {"x": left, "y": top, "width": box["width"] + 16, "height": box["height"] + 16}
    focused = page.screenshot(clip=clip)
    control.evaluate("(each) => each.blur()")
    return focused != page.screenshot(clip=clip)


def test_themes_are_chosen_with_the_arrows(tab: Tabs, served: Served) -> None:
    page = tab(served.path("timeline", "nl"))
    page.locator("#topic-0").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#topic-1")).to_be_checked()
    expect(page.locator("#topic-1")).to_be_focused()
