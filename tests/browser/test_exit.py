"""The way out, pressed: at once, without a trace on the screen, and no way back to the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import STUB, Served
from tests.browser.visits import PHONE, Visits

pytestmark = pytest.mark.browser

Tabs = Callable[..., Page]

LEFT, RIGHT = "ShiftLeft", "ShiftRight"


@dataclass
class Weather:
    """The place that the exit leads to: whom it was asked by, and, when slow, it never answers."""

    slow: bool = False
    asked: list[str] = field(default_factory=list)
    referrers: list[str] = field(default_factory=list)
    waiting: list[Route] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        self.asked.append(route.request.url)
        self.referrers.append(route.request.headers.get("referer", ""))
        if self.slow:
            self.waiting.append(route)
        else:
            route.fulfill(status=200, content_type="text/html", body=STUB)


@pytest.fixture
def weather(chromium: Browser) -> Iterator[Weather]:
    weather = Weather()
    yield weather
    for route in weather.waiting:
        route.abort()


@pytest.fixture
def reader(tab: Tabs, weather: Weather, served: Served) -> Callable[..., Page]:
    """A tab in which someone came from the home page to this page."""

    def open_page(address: str, **options: object) -> Page:
        page = tab("/", **options)
        for url in served.exits.values():
            page.route(url, weather.answer)
        page.goto(address)
        return page

    return open_page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def places(served: Served) -> list[tuple[str, str]]:
    """Pages of every kind, each with its language."""
    return [
        (served.path("timeline", "fr"), "fr"),
        (served.path("safety", "nl"), "nl"),
        ("/fr/nowhere/", "fr"),
        ("/", "nl"),
        ("/nowhere", "nl"),
        (served.files[0], "fr"),
    ]


@pytest.mark.parametrize("script", [True, False])
def test_every_page_has_the_exit_in_its_language_in_sight(
    visits: Visits, served: Served, script: bool
) -> None:
    for address in (*served.pages, *served.files):
        visit = visits[address, script]
        language = address.split("/")[1]
        wanted = (
            [served.exits[language]] if language in served.exits else list(served.exits.values())
        )
        for exits in (visit.exits, visit.exits_at_the_end):
            assert (address, [each["href"] for each in exits]) == (address, wanted)
            assert (address, [each["seen"] for each in exits]) == (address, [True] * len(exits))
        for each in visit.exits:
            assert set(each["rel"].split()) >= {"noreferrer", "nofollow"}
            assert each["target"] == ""
            assert served.exits[each["lang"][:2]] == each["href"]


def test_without_scripts_it_is_a_link(reader: Tabs, weather: Weather, served: Served) -> None:
    page = reader("/", script=False)
    for address, language in places(served):
        page.goto(address)
        page.locator("[data-exit]").first.click()
        expect(page).to_have_title("Weather")
        assert weather.asked[-1] == served.exits[language]
    assert set(weather.referrers) == {""}


def test_with_scripts_back_does_not_lead_to_the_page(
    reader: Tabs, weather: Weather, served: Served
) -> None:
    page = reader("/")
    for address, language in places(served):
        page.goto(served.path("safety", "fr"))
        page.goto(address)
        page.locator("[data-exit]").first.click()
        expect(page).to_have_title("Weather")
        assert weather.asked[-1] == served.exits[language]
        page.go_back()
        expect(page).to_have_url(served.origin + served.path("safety", "fr"))
    assert set(weather.referrers) == {""}


# Asked in the page itself: while a slow navigation is under way, nobody else gets an answer.
WATCH = """(undo) => document.addEventListener("click", () => setTimeout(() => {
    if (undo) dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    const cover = document.querySelector(".cover"), box = cover.getBoundingClientRect();
    const shown = [...document.body.children].filter((each) => each.getClientRects().length);
    console.log("leaving " + JSON.stringify({
        covered: box.x === 0 && box.y === 0 && box.width === innerWidth && box.height === innerHeight,
        role: cover.getAttribute("role"), title: document.title, text: document.body.innerText.trim(),
        shown: shown.map((each) => each.className || each.tagName),
    }));
}))"""


def leave(page: Page, *, undo: bool = False) -> dict[str, Any]:
    """Presses the way out on a network that does not answer; what one sees in the next moment."""
    page.evaluate(WATCH, undo)
    with page.expect_console_message(lambda said: said.text.startswith("leaving ")) as said:
        page.locator("[data-exit]").click(no_wait_after=True)
    seen: dict[str, Any] = json.loads(said.value.text.partition(" ")[2])
    return seen


@pytest.mark.parametrize("key", ["timeline", "safety"])
def test_it_covers_at_once_on_a_slow_network(
    reader: Tabs, weather: Weather, served: Served, key: str
) -> None:
    weather.slow = True
    page = reader(served.path(key, "fr"), own=True)
    words = page.locator("[data-exit]").get_attribute("data-cover")
    assert words
    assert leave(page) == {
        "covered": True,
        "role": "alert",
        "title": words,
        "text": words,
        "shown": ["cover"],
    }


def test_a_page_that_comes_back_from_the_cache_is_whole(
    reader: Tabs, weather: Weather, served: Served
) -> None:
    """Also where the browser keeps pages as they were left: the cover goes, the title returns."""
    weather.slow = True
    page = reader(served.path("mission", "nl"), own=True)
    title, text = page.title(), page.evaluate("() => document.body.innerText.trim()")
    seen = leave(page, undo=True)
    assert (seen["covered"], seen["title"], seen["text"]) == (False, title, text)
    assert "MAIN" in seen["shown"]


def test_by_touch(reader: Tabs, weather: Weather, served: Served) -> None:
    page = reader(served.path("faq", "fr"), width=PHONE, has_touch=True, is_mobile=True)
    page.locator("[data-exit]").tap()
    expect(page).to_have_title("Weather")
    page.go_back()
    expect(page).to_have_url(served.origin + "/")


@pytest.mark.parametrize(
    "keys",
    [(LEFT,) * 3, (RIGHT,) * 3, (LEFT, RIGHT, LEFT), (RIGHT, LEFT, LEFT)],
    ids=["left", "right", "mixed", "mixed otherwise"],
)
def test_shift_three_times_with_either_hand(
    reader: Tabs, weather: Weather, served: Served, keys: tuple[str, ...]
) -> None:
    page = reader(served.path("history", "nl"))
    press(page, *keys[:2])
    assert weather.asked == []
    press(page, keys[2])
    expect(page).to_have_title("Weather")
    assert (weather.asked, weather.referrers) == ([served.exits["nl"]], [""])
    page.go_back()
    expect(page).to_have_url(served.origin + "/")


@pytest.mark.parametrize("script", [True, False])
def test_from_a_file_on_the_device(
    tab: Tabs, weather: Weather, served: Served, script: bool
) -> None:
    """What was taken along is opened from a disk: there is no host, and no header."""
    page = tab("/", script=script)
    for url in served.exits.values():
        page.route(url, weather.answer)
    page.goto((served.folder / served.files[1].lstrip("/")).as_uri())
    if script:
        press(page, LEFT, RIGHT, LEFT)
    else:
        page.locator("[data-exit]").click()
    expect(page).to_have_title("Weather")
    assert (weather.asked, weather.referrers) == ([served.exits["nl"]], [""])
    page.go_back()
    assert page.url.startswith("http" if script else "file")


def test_without_a_connection_it_leaves_an_empty_page(tab: Tabs, served: Served) -> None:
    """No error page, no address: what was left cannot be reached again."""
    page = tab("/")
    page.goto((served.folder / served.files[0].lstrip("/")).as_uri())
    page.context.set_offline(True)
    page.locator("[data-exit]").click()
    expect(page).to_have_url("about:blank")
    assert page.title() == ""
    page.context.set_offline(False)
    page.go_back()
    expect(page).to_have_url(served.origin + "/")


def test_it_counts_aloud(reader: Tabs, served: Served) -> None:
    page = reader(served.path("safety", "nl"))
    link = page.locator("[data-exit]")
    status = page.locator("[role=status].progress")
    for kind in ("data-two", "data-one"):
        press(page, LEFT)
        expect(status).to_have_text(link.get_attribute(kind) or "?")
        expect(status).to_be_in_viewport(ratio=1)
    press(page, "Tab")
    expect(status).to_be_empty()


@pytest.mark.parametrize("act", ["click", "wheel"])
def test_shift_with_a_mouse_is_no_press(reader: Tabs, served: Served, act: str) -> None:
    """Extending a selection, or scrolling sideways: three of them left the page by accident."""
    page = reader(served.path("timeline", "nl"))
    page.mouse.move(200, 400)
    for _ in range(4):
        page.keyboard.down("Shift")
        if act == "click":
            page.mouse.down()
            page.mouse.up()
        else:
            page.mouse.wheel(0, 40)
            page.wait_for_timeout(50)
        page.keyboard.up("Shift")
    expect(page).to_have_url(served.origin + served.path("timeline", "nl"))
    expect(page.locator(".progress")).to_have_text("")


@pytest.mark.parametrize("between", ["a", "Escape", "Shift+A", "Tab"])
def test_another_key_begins_anew(
    reader: Tabs, weather: Weather, served: Served, between: str
) -> None:
    page = reader(served.path("mission", "nl"))
    press(page, LEFT, RIGHT, between, LEFT, RIGHT)
    expect(page.locator(".progress")).to_have_text(
        page.locator("[data-exit]").get_attribute("data-one") or "?"
    )
    assert weather.asked == []
    press(page, LEFT)
    expect(page).to_have_title("Weather")


def test_five_seconds_begin_anew(reader: Tabs, weather: Weather, served: Served) -> None:
    page = reader("/", own=True)
    page.clock.install(time=0)
    page.goto(served.path("mission", "fr"))
    page.clock.pause_at(60_000)  # from now on time passes when the test says so
    words = page.locator("[data-exit]")
    status = page.locator(".progress")
    press(page, LEFT, RIGHT)
    page.clock.run_for(4900)
    expect(status).to_have_text(words.get_attribute("data-one") or "?")
    page.clock.run_for(200)
    expect(status).to_have_text(words.get_attribute("data-none") or "?")
    page.clock.run_for(2100)
    expect(status).to_be_empty()
    press(page, LEFT, RIGHT)
    page.clock.run_for(4900)
    assert weather.asked == []
    press(page, LEFT)
    expect(page).to_have_title("Weather")


@pytest.mark.parametrize("modifier", ["Control", "Shift"])
def test_a_click_for_a_new_tab_is_left_to_the_browser(
    reader: Tabs, served: Served, modifier: Literal["Control", "Shift"]
) -> None:
    page = reader(served.path("mission", "nl"))
    with page.context.expect_page():
        page.locator("[data-exit]").click(modifiers=[modifier])
    expect(page.locator("main")).to_be_visible()
