"""Without a mouse: what comes first, what can be reached, and that one sees where one is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, WIDE, Served

pytestmark = pytest.mark.browser

Tabs = Callable[..., Page]

# Everything that can be reached with Tab, in order; of a group of radio buttons, the one chosen.
REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])")]
    .filter((each) => each.getClientRects().length && getComputedStyle(each).visibility === "visible")
    .filter((each) => each.type !== "radio" || each.checked)
    .map((each, number) => { each.dataset.number = number; return each.outerHTML.slice(0, 80); })"""

# Where the focus is, whether one sees it there, and whether something lies over it.
FOCUS = """() => {
    const here = document.activeElement;
    if (here === document.body) return null;
    const thick = (each) => each && getComputedStyle(each).outlineStyle === "solid"
        && parseFloat(getComputedStyle(each).outlineWidth) >= 3;
    const hit = here.querySelector(".hit");  // an event of the overview draws its own edge
    const marked = thick(here) || thick(here.labels?.[0])
        || (hit && getComputedStyle(hit).stroke !== "none"
            && parseFloat(getComputedStyle(hit).strokeWidth) >= 3);
    const { left, top, width, height } = here.getClientRects()[0];
    const onTop = document.elementFromPoint(left + Math.min(width / 2, 20), top + height / 2);
    const clear = onTop && (here.contains(onTop) || onTop.contains(here) || onTop === here.labels?.[0]);
    return { number: Number(here.dataset.number), marked, clear: Boolean(clear),
             what: here.outerHTML.slice(0, 80) };
}"""


@pytest.mark.parametrize("script", [True, False])
def test_first_the_way_past_the_menu_then_the_way_out(tab: Tabs, served: Served, script: bool) -> None:
    page = tab(script=script)
    for address in served.pages:
        page.goto(address)
        skips = page.locator("body > .skip")
        assert skips.count() == (1 if page.locator(".menu").count() else len(served.languages))
        for number in range(skips.count()):
            page.keyboard.press("Tab")
            expect(skips.nth(number)).to_be_focused()
            expect(skips.nth(number)).to_be_in_viewport(ratio=1)
        page.keyboard.press("Tab")
        expect(page.locator("[data-exit]").first).to_be_focused()


def test_the_skip_link_leads_to_the_text(tab: Tabs, served: Served) -> None:
    page = tab(served.path("mission", "nl"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main, footer') !== null")


@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_every_control_is_reached_in_order_and_is_seen(tab: Tabs, served: Served, width: int) -> None:
    page = tab(width=width)
    pages = served.pages if width == WIDE else [served.path("faq", "fr"), served.path("home", "fr")]
    for address in pages:
        page.goto(address)
        reachable: list[str] = page.evaluate(REACHABLE)
        for number, what in enumerate(reachable):
            page.keyboard.press("Tab")
            focus: dict[str, Any] | None = page.evaluate(FOCUS)
            assert focus is not None, (address, what)
            assert (focus["number"], focus["marked"], focus["clear"]) == (number, True, True), (
                address, focus["what"], what)  # fmt: skip


KINDS = {
    "skip": ".skip", "exit": "[data-exit]", "sign": "a.sign", "language": "[data-language]",
    "menu": ".menu a", "tick": ".tick", "great tick": ".tick.great", "year": ".years a",
    "radio": "#topic-0", "permalink": ".event .permalink a", "link": ".foot a",
}  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
def test_the_focus_changes_what_one_sees(tab: Tabs, served: Served, scheme: str) -> None:
    """Not only a style that is set: pixels that differ around what has the focus."""
    forced = {"color_scheme": "dark", "forced_colors": "active"}
    page = tab(served.path("timeline", "nl"), **(forced if scheme == "forced" else {"color_scheme": scheme}))
    unseen = [kind for kind, selector in KINDS.items() if not differs(page, page.locator(selector).first)]
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
