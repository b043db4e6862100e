"""Chapters of a timeline on a phone: all but the first are folded, and nothing is lost by it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from diptych.cache import Cache
from diptych.pipeline import Options, build_site
from tests.browser.host import serving
from tests.browser.visits import PHONE, WIDE
from tests.conftest import SITE_YAML, make_tree
from tests.unit.test_chapters import CHAPTERS, EVENTS, PAGES

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
FILES = {
    **PAGES,
    "content/site.yaml": SITE_YAML,
    "content/time/chapters.yaml": CHAPTERS,
    "content/time/timeline.yaml": EVENTS.replace("- id: four\n", "- id: four\n  topics: [law]\n"),
}
SEEN = """() => [...document.querySelectorAll(".event")]
    .filter((each) => each.checkVisibility({ contentVisibilityAuto: true }))
    .map((each) => each.firstElementChild.id)"""
ALL = ["one", "two", "three", "four"]


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    build = build_site(make_tree(FILES), Options(), Cache(None))
    assert not build.failed, [str(each.message) for each in build.diagnostics]
    with serving({output.path: output.data for output in build.outputs}) as address:
        yield address


@pytest.fixture
def open_timeline(chromium: Browser, origin: str) -> Iterator[Open]:
    contexts = []

    def open_page(place: str = "", *, width: int = PHONE, script: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 740}, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{origin}/nl/tijdlijn/{place}")
        return page

    yield open_page
    for context in contexts:
        context.close()


scripts = pytest.mark.parametrize("script", [True, False])


@scripts
@pytest.mark.parametrize("width", [320, PHONE, 420])
def test_on_a_phone_the_first_is_open_and_the_others_say_how_much_they_hold(
    open_timeline: Open, width: int, script: bool
) -> None:
    page = open_timeline(width=width, script=script)
    assert page.evaluate(SEEN) == ["one"]
    summaries = page.locator("summary")
    assert [" ".join(each.split()) for each in summaries.all_inner_texts()] == [
        "Het begin, 1 gebeurtenis",
        "Het einde, 3 gebeurtenissen",
    ]
    for each in summaries.all():
        box = each.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    summaries.last.click()
    assert page.evaluate(SEEN) == ALL
    summaries.first.click()
    assert page.evaluate(SEEN) == ["two", "three", "four"]


@scripts
@pytest.mark.parametrize("width", [600, 900, WIDE])
def test_wider_all_stand_open_and_there_is_nothing_to_press(
    open_timeline: Open, width: int, script: bool
) -> None:
    page = open_timeline(width=width, script=script)
    assert page.evaluate(SEEN) == ALL
    for each in page.locator("summary").all():
        expect(each).to_be_hidden()


@scripts
@pytest.mark.parametrize("place", ["three", "four", "end"])
def test_a_link_to_what_is_folded_opens_it(open_timeline: Open, place: str, script: bool) -> None:
    """From elsewhere, from the ways about, and from a mark of the overview."""
    page = open_timeline(f"#{place}", script=script)
    assert page.evaluate(SEEN) == ALL
    expect(page.locator(f"#{place}")).to_be_in_viewport()
    page = open_timeline(script=script)
    assert page.evaluate(SEEN) == ["one"]
    page.locator(f".years a[href='#{place}'], .tick[href$='#{place}']").first.click()
    assert page.evaluate(SEEN) == ALL
    expect(page.locator(f"#{place}")).to_be_in_viewport()


@scripts
def test_paper_and_a_theme_have_the_folded_too(open_timeline: Open, script: bool) -> None:
    page = open_timeline(script=script)
    page.locator("#topic-1").check()
    assert page.evaluate(SEEN) == ["four"]
    page.locator("#topic-0").check()
    assert page.evaluate(SEEN) == ["one"]
    page.emulate_media(media="print")
    assert page.evaluate(SEEN) == ALL
    paper = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
    assert all(f"{each} nl" in paper for each in ALL)
    for each in page.locator("summary").all():
        expect(each).to_be_hidden()


def test_a_browser_that_cannot_show_them_whole_has_them_open(
    chromium: Browser, origin: str
) -> None:
    page = chromium.new_page(viewport={"width": PHONE, "height": 740})
    page.add_init_script("CSS.supports = (asked) => !asked.includes('details-content');")
    page.goto(f"{origin}/nl/tijdlijn/")
    assert page.locator("details:not([open])").count() == 0
    page.close()
