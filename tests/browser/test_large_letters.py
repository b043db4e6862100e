"""Letters of twice the size on a phone, as a reader sets them in the browser: nothing sticks out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Served
from tests.browser.visits import AGAIN, LARGE, LOST, PHONE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def large(chromium: Browser) -> Iterator[Page]:
    """A phone whose browser has 32 px as its own setting: the widths of the style sheet follow it."""
    from chromium import find

    path = os.environ.get("CHROMIUM") or find()
    arguments = ["--blink-settings=defaultFontSize=32"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    browser = chromium.browser_type.launch(executable_path=path, args=arguments)
    yield browser.new_page(viewport={"width": PHONE, "height": 740})
    browser.close()


def test_nothing_sticks_out_of_a_phone_in_large_letters(large: Page, served: Served) -> None:
    lost = {}
    for address in (*served.pages, *served.files):
        large.goto(served.origin + address)
        assert large.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        if found := large.evaluate(LOST):
            lost[address] = found
    assert lost == {}


@pytest.mark.parametrize("width", [768, 1280])
@pytest.mark.parametrize("key", ["home", "timeline", "search", "faq"])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_where_letters_alone_are_doubled_the_page_is_no_wider(
    tab: Callable[..., Page], served: Served, language: str, key: str, width: int
) -> None:
    """As some readers have it: the letters grow, and the widths of the style sheet do not follow."""
    page = tab(served.path(key, language), width=width)
    page.evaluate(LARGE)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    page.evaluate(AGAIN)


@pytest.mark.parametrize("key", ["home", "timeline"])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_years_of_the_strip_have_one_scale(
    large: Page, served: Served, key: str, language: str
) -> None:
    large.goto(served.origin + served.path(key, language))
    scales = large.locator(".overview-year").evaluate_all(
        "(all) => all.map((each) => each.getBoundingClientRect().width / each.viewBox.baseVal.width)"
    )
    assert len(scales) > 1
    assert max(scales) - min(scales) < 0.02


@pytest.mark.parametrize("key", ["home", "timeline", "mission", "faq"])
def test_words_that_are_wider_than_the_screen_take_a_hyphen(
    large: Page, served: Served, key: str
) -> None:
    large.goto(served.origin + served.path(key, "fr"))
    hyphens = large.locator("main :is(p, h1, h2, h3, li):not(.prose *)").evaluate_all(
        "(all) => all.map((each) => getComputedStyle(each).hyphens)"
    )
    assert set(hyphens) == {"auto"}


@pytest.mark.parametrize("key", ["home", "timeline"])
def test_the_lines_of_the_story_begin_at_the_edge(large: Page, served: Served, key: str) -> None:
    large.goto(served.origin + served.path(key, "fr"))
    lefts = large.locator(".lines li:not(.period) a").evaluate_all(
        "(all) => all.map((each) => each.getBoundingClientRect().left)"
    )
    assert lefts
    assert set(lefts) == {32}  # of the margin alone


@pytest.mark.parametrize("key", ["mission", "history", "safety"])
def test_what_explains_a_name_begins_at_the_edge(large: Page, served: Served, key: str) -> None:
    large.goto(served.origin + served.path(key, "fr"))
    left = large.evaluate("""() => {
        const list = document.createElement("dl");
        list.append(document.createElement("dt"), document.createElement("dd"));
        document.querySelector("main .prose").append(list);
        return list.querySelector("dd").getBoundingClientRect().left;
    }""")
    assert left == 32  # of the margin alone


@pytest.mark.parametrize("key", ["timeline", "mission", "history"])
def test_no_heading_is_larger_than_the_one_above_it(large: Page, served: Served, key: str) -> None:
    large.goto(served.origin + served.path(key, "fr"))
    sizes = large.evaluate("""() => ["h1", "h2", "h3"].map((name) => Math.max(0, ...[
        ...document.querySelectorAll(`main ${name}`)].map((each) =>
            parseFloat(getComputedStyle(each).fontSize))))""")
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_year_is_never_broken(large: Page, served: Served, language: str) -> None:
    large.goto(served.origin + served.path("timeline", language))
    lines = large.locator(".year-name").evaluate_all("""(all) => all.map((each) => {
        const range = document.createRange();
        range.selectNodeContents(each);
        return range.getClientRects().length;
    })""")
    assert lines
    assert set(lines) == {1}
