"""How things stand on the page: what a designer saw on pictures of every page, one test each.

What is read, jumped to or pressed is in other files; here is alignment, room and what colours hide.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Served
from tests.browser.visits import LOST, PHONE

pytestmark = pytest.mark.browser

Tabs = Callable[..., Page]

LONG = "Wat tegenstanders over onze hervorming zeggen, en wat al het onderzoek daarover zegt"

# For every turning point: the foot of its mark, and the top and the foot of its date, in one measure.
MARKS = """() => [...document.querySelectorAll(".event.turning-point")]
    .filter((each) => !each.querySelector(".lasted")).map((each) => {
        const mark = getComputedStyle(each, "::before"), range = document.createRange();
        range.selectNodeContents(each.querySelector(".when"));
        const date = range.getBoundingClientRect();
        return [each.getBoundingClientRect().top + parseFloat(mark.top) + parseFloat(mark.height),
            date.top, date.bottom];
    })"""


@pytest.mark.parametrize("width", [704, 896, 1024, 1040, 1100])
def test_a_long_title_stays_within_the_window(tab: Tabs, served: Served, width: int) -> None:
    page = tab(served.path("mission", "nl"), width=width)
    page.locator("h1").evaluate("(each, text) => { each.textContent = text; }", LONG)
    assert page.evaluate(LOST) == []


@pytest.mark.parametrize("width", [PHONE, 768, 1280])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_mark_of_a_turning_point_stands_on_the_line_of_its_date(
    tab: Tabs, served: Served, language: str, width: int
) -> None:
    marks = tab(served.path("timeline", language), width=width).evaluate(MARKS)
    assert marks
    for foot, top, bottom in marks:
        assert (top + bottom) / 2 < foot <= bottom


@pytest.mark.parametrize("width", [320, PHONE, 1280])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_ways_out_of_each_language_do_not_touch(tab: Tabs, count: int, width: int) -> None:
    """On the page where readers choose a language, a finger on one way out touches no other."""
    page = tab("/", width=width)
    boxes = page.evaluate(
        """(count) => {
        const all = () => [...document.querySelectorAll(".top .exit")];
        while (all().length < count) all()[0].after(all()[0].cloneNode(true));
        return all().map((each) => each.getBoundingClientRect())
            .map((box) => [box.left, box.top, box.right, box.bottom]);
    }""",
        count,
    )
    assert len(boxes) == count
    for at, one in enumerate(boxes):
        assert 0 <= one[0] <= one[2] <= width
        for other in boxes[:at]:
            beside = max(one[0] - other[2], other[0] - one[2])
            below = max(one[1] - other[3], other[1] - one[3])
            assert max(beside, below) >= 6


@pytest.mark.parametrize("width", [320, PHONE, 400, 420, 1280])
@pytest.mark.parametrize("languages", [1, 2, 3])
@pytest.mark.parametrize("words", ["Bibliotheken van Brussel", "Kulturgemeinschaft Nordwest"])
def test_a_long_name_stands_beside_the_languages_and_never_over_them(
    tab: Tabs, served: Served, words: str, languages: int, width: int
) -> None:
    """A browser need not know where a word may be divided, so the whole word has room."""
    page = tab(served.path("mission", "nl"), width=width)
    name, *others = page.evaluate(
        """([words, languages]) => {
        const sign = document.querySelector(".top .sign"), name = sign.querySelector("span");
        sign.classList.add("long");
        sign.style.hyphens = "manual";
        name.textContent = words;
        const all = () => [...document.querySelectorAll(".top .language")];
        while (all().length < languages) all()[0].after(all()[0].cloneNode(true));
        const range = document.createRange();
        range.selectNodeContents(name);
        return [range, ...all(), document.querySelector(".top .exit")]
            .map((each) => each.getBoundingClientRect())
            .map((box) => [box.left, box.top, box.right, box.bottom]);
    }""",
        [words, languages],
    )
    assert len(others) == languages + 1
    for other in others:
        assert 0 <= other[0] <= other[2] <= width
        apart = (name[0] - other[2], other[0] - name[2], name[1] - other[3], other[1] - name[3])
        assert max(apart) >= 0
    assert 0 <= name[0] <= name[2] <= width


@pytest.mark.parametrize("width", [320, PHONE, 1280])
def test_the_number_of_a_turning_point_follows_its_date_or_begins_a_line(
    tab: Tabs, served: Served, width: int
) -> None:
    """A line that wraps begins at the edge of the text, without a dot, close below its date."""
    page = tab(served.path("timeline", "fr"), width=width)
    places = page.locator(".event .turn").evaluate_all("""(all) => all.map((each) => {
        const date = each.parentElement.querySelector(".when").getBoundingClientRect();
        const box = each.getBoundingClientRect();
        return [box.left - date.left, box.top - date.top, box.height,
            getComputedStyle(each, "::before").content];
    })""")
    assert places
    for left, top, height, dot in places:
        assert dot == "none"
        assert height < 40  # one line
        assert left > 40 or (abs(left) < 1 and top < 60)


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_a_figure_alone_stands_at_the_edge_of_the_text(
    tab: Tabs, served: Served, width: int
) -> None:
    page = tab(served.path("timeline", "nl"), width=width)
    edges = page.locator(".figures:not(.barred, .vote) div:only-child dd").evaluate_all(
        """(all) => all.map((each) => {
            const range = document.createRange();
            range.selectNodeContents(each);
            return range.getBoundingClientRect().left
                - each.closest("article").querySelector(".prose").getBoundingClientRect().left;
        })"""
    )
    assert edges
    assert all(abs(each) < 1 for each in edges)


@pytest.mark.parametrize("width", [320, PHONE, 1280])
def test_files_that_take_another_line_begin_at_the_edge_of_the_text(
    tab: Tabs, served: Served, width: int
) -> None:
    page = tab(served.path("timeline", "fr"), width=width)
    left = page.locator(".data").evaluate("(each) => each.getBoundingClientRect().left")
    texts = page.locator(".data").evaluate("""(data) => [data.firstChild, ...data.querySelectorAll("a")]
        .map((each) => {
            const range = document.createRange();
            range.selectNodeContents(each);
            const boxes = range.getClientRects(), box = boxes[boxes.length - 1];
            return [box.top, box.left, box.right];
        })""")
    assert len(texts) == 4
    for (above, _, right), (top, begin, _) in pairwise(texts):
        assert abs(begin - left) < 1 if top > above + 9 else 0 <= begin - right <= 32


@pytest.mark.parametrize(("width", "columns"), [(PHONE, 1), (768, 2), (1280, 3)])
def test_the_foot_takes_the_width_that_is_there(
    tab: Tabs, served: Served, width: int, columns: int
) -> None:
    page = tab(served.path("mission", "nl"), width=width)
    lefts = page.locator(".foot-columns > *").evaluate_all(
        "(all) => all.map((each) => Math.round(each.getBoundingClientRect().left))"
    )
    assert len(set(lefts)) == columns


@pytest.mark.parametrize("width", [PHONE, 1280])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_in_the_systems_colours_every_drawing_has_them(
    tab: Tabs, served: Served, color_scheme: str, width: int
) -> None:
    page = tab(
        served.path("timeline", "nl"),
        width=width,
        forced_colors="active",
        color_scheme=color_scheme,
    )
    text = page.evaluate("getComputedStyle(document.body).color")
    drawn = page.locator(".drawing, .drawing g, .bar").evaluate_all(
        "(all) => all.map((each) => getComputedStyle(each).color)"
    )
    assert drawn
    assert set(drawn) == {text}
    over = page.evaluate("""() => {
        const { forcedColorAdjust, color } =
            getComputedStyle(document.querySelector(".lines li:not(.period)"), "::before");
        return [forcedColorAdjust, color];
    }""")
    assert over == ["none", text]  # with a ground of its own it hides what is behind


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_on_paper_a_chapter_and_its_year_share_a_line(
    tab: Tabs, served: Served, language: str
) -> None:
    page = tab(served.path("timeline", language), width=665)
    page.emulate_media(media="print")
    page.evaluate("""() => document.querySelectorAll(".year").forEach((each) => {
        const chapter = document.createElement("section"), title = document.createElement("h2");
        const fold = document.createElement("details"), body = document.createElement("div");
        chapter.className = "chapter";
        fold.className = "fold";
        fold.append(document.createElement("summary"));
        title.textContent = "Uit de kou";
        each.replaceWith(chapter);
        body.append(each);
        fold.append(body);
        chapter.append(title, fold);
    })""")
    pairs = page.locator(".chapter").evaluate_all("""(all) => all.map((each) => [
        each.querySelector("h2"), each.querySelector(".year-name")].map((one) => {
            const range = document.createRange();
            range.selectNodeContents(one);
            const box = range.getBoundingClientRect();
            return [box.left, box.right, box.top, box.bottom];
        }))""")
    assert pairs
    for (left, _, top, bottom), (_, right, begin, end) in pairs:
        assert right < left
        assert begin < (top + bottom) / 2 < end


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_on_paper_the_mark_stands_beside_the_date_also_below_how_long_it_lasted(
    tab: Tabs, served: Served, language: str
) -> None:
    page = tab(served.path("timeline", language), width=665)
    page.emulate_media(media="print")
    marks = page.locator(".event:has(.lasted)").evaluate_all("""(all) => all.map((each) => {
        const mark = getComputedStyle(each, "::before");
        const date = each.querySelector(".when").getBoundingClientRect();
        const top = each.getBoundingClientRect().top + parseFloat(mark.top);
        return [top, top + parseFloat(mark.height), date.top, date.bottom];
    })""")
    assert marks
    for top, foot, begin, end in marks:
        assert begin - 3 <= top
        assert foot <= end + 3


@pytest.mark.parametrize("key", ["timeline", "mission", "faq"])
def test_on_paper_a_heading_is_whole_and_stays_with_its_text(
    tab: Tabs, served: Served, key: str
) -> None:
    page = tab(served.path(key, "nl"))
    page.emulate_media(media="print")
    breaks = page.locator("main :is(h2, h3, h4)").evaluate_all(
        "(all) => all.map((each) => getComputedStyle(each)).map((each) => [each.breakInside, each.breakAfter])"
    )
    assert breaks
    assert set(map(tuple, breaks)) == {("avoid", "avoid")}
