"""The way out, pressed: at once, without a trace on the screen, and no way back to the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, STUB, Served

pytestmark = pytest.mark.browser

Tabs = Callable[..., Page]

LEFT, RIGHT = "ShiftLeft", "ShiftRight"

# Whether any word of the page can still be read: nothing but the cover is laid out.
LEFT_OVER = """() => [...document.body.children].filter((each) =>
    !each.matches(".cover") && each.getClientRects().length).map((each) => each.outerHTML.slice(0, 60))"""


@dataclass
class Weather:
    """The place that the exit leads to: whom it was asked by, and, when slow, it never answers."""

    slow: bool = False
    asked: list[str] = field(default_factory=list)
    referrers: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        self.asked.append(route.request.url)
        self.referrers.append(route.request.headers.get("referer", ""))
        if not self.slow:
            route.fulfill(status=200, content_type="text/html", body=STUB)


@pytest.fixture
def weather() -> Weather:
    return Weather()


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
        (served.path("mission", "nl"), "nl"), (served.path("timeline", "fr"), "fr"),
        (served.path("safety", "nl"), "nl"), (served.path("safety", "fr"), "fr"),
        ("/nl/nowhere/", "nl"), ("/fr/nowhere/", "fr"), ("/", "nl"), ("/nowhere", "nl"),
    ]  # fmt: skip


def test_every_page_has_the_exit_in_its_language_in_sight(tab: Tabs, served: Served) -> None:
    page = tab(script=False, width=PHONE)
    for address in served.pages:
        page.goto(address)
        language = address.split("/")[1]
        expected = [served.exits[language]] if language in served.exits else list(served.exits.values())
        links = page.locator("[data-exit]")
        assert (address, [each.get_attribute("href") for each in links.all()]) == (address, expected)
        for link in links.all():
            assert set((link.get_attribute("rel") or "").split()) >= {"noreferrer", "nofollow"}
            assert link.get_attribute("target") is None
            expect(link).to_be_in_viewport(ratio=1)
        page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
        expect(links.first).to_be_in_viewport(ratio=1)


def test_without_scripts_it_is_a_link(reader: Tabs, weather: Weather, served: Served) -> None:
    for address, language in places(served):
        page = reader(address, script=False)
        page.locator("[data-exit]").first.click()
        expect(page).to_have_title("Weather")
        assert weather.asked[-1] == served.exits[language]
        page.context.close()
    assert set(weather.referrers) == {""}


def test_with_scripts_back_does_not_lead_to_the_page(
    reader: Tabs, weather: Weather, served: Served
) -> None:
    for address, language in places(served):
        page = reader(address)
        page.locator("[data-exit]").first.click()
        expect(page).to_have_title("Weather")
        assert weather.asked[-1] == served.exits[language]
        page.go_back()
        expect(page).to_have_url(served.origin + "/")
        page.context.close()
    assert set(weather.referrers) == {""}


def test_it_covers_at_once_on_a_slow_network(reader: Tabs, weather: Weather, served: Served) -> None:
    weather.slow = True
    for key in ("timeline", "safety"):
        page = reader(served.path(key, "fr"))
        link = page.locator("[data-exit]")
        words = link.get_attribute("data-cover")
        assert words
        # asked in the page itself, right after the click and before anything else can happen
        page.evaluate("""() => document.addEventListener("click", () => queueMicrotask(() => {
            const box = document.querySelector(".cover").getBoundingClientRect();
            document.documentElement.dataset.covered = [box.x, box.y, box.width >= innerWidth - 20,
                box.height === innerHeight, document.title, document.body.innerText.trim()].join("|");
        }))""")
        link.click(no_wait_after=True)
        expect(page.locator("html")).to_have_attribute(
            "data-covered", f"0|0|true|true|{words}|{words}"
        )
        expect(page.get_by_role("alert")).to_have_text(words)
        assert page.evaluate(LEFT_OVER) == []
        page.context.close()


def test_by_touch(reader: Tabs, weather: Weather, served: Served) -> None:
    page = reader(served.path("faq", "fr"), width=PHONE, has_touch=True, is_mobile=True)
    page.locator("[data-exit]").tap()
    expect(page).to_have_title("Weather")
    page.go_back()
    expect(page).to_have_url(served.origin + "/")


@pytest.mark.parametrize(
    "keys", [(LEFT,) * 3, (RIGHT,) * 3, (LEFT, RIGHT, LEFT), (RIGHT, LEFT, LEFT)],
    ids=["left", "right", "mixed", "mixed otherwise"],
)  # fmt: skip
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


@pytest.mark.parametrize("between", ["a", "Escape", "Shift+A", "Tab"])
def test_another_key_begins_anew(reader: Tabs, weather: Weather, served: Served, between: str) -> None:
    page = reader(served.path("mission", "nl"))
    press(page, LEFT, RIGHT, between, LEFT, RIGHT)
    expect(page.locator(".progress")).to_have_text(page.locator("[data-exit]").get_attribute("data-one") or "?")
    assert weather.asked == []
    press(page, LEFT)
    expect(page).to_have_title("Weather")


def test_five_seconds_begin_anew(reader: Tabs, weather: Weather, served: Served) -> None:
    page = reader("/")
    page.clock.install()
    page.goto(served.path("mission", "fr"))
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


def test_a_page_that_comes_back_from_the_cache_is_whole(
    reader: Tabs, weather: Weather, served: Served
) -> None:
    """Also where the browser keeps pages as they were left: the cover goes, the title returns."""
    weather.slow = True
    page = reader(served.path("mission", "nl"))
    title = page.title()
    page.locator("[data-exit]").click(no_wait_after=True)
    expect(page.locator("main")).to_be_hidden()
    page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.locator("main")).to_be_visible()
    expect(page.locator(".cover")).to_be_hidden()
    assert page.title() == title


@pytest.mark.parametrize("modifier", ["Control", "Shift"])
def test_a_click_for_a_new_tab_stays_the_browsers(
    reader: Tabs, weather: Weather, served: Served, modifier: str
) -> None:
    page = reader(served.path("mission", "nl"))
    page.context.route(served.exits["nl"], weather.answer)
    with page.context.expect_page() as opened:
        page.locator("[data-exit]").click(modifiers=[modifier])  # type: ignore[list-item]
    expect(opened.value).to_have_title("Weather")
    expect(page.locator("main")).to_be_visible()
