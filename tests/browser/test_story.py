"""The story in a form that one grasps: what a designer and readers asked of the timeline, one test each.

What other files hold is not repeated: jumps and themes (test_timeline), the exit (test_exit), paper
(test_print), large letters (test_reading), the order of the focus (test_keyboard).
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served
from tests.browser.visits import PHONE

pytestmark = pytest.mark.browser

Tabs = Callable[..., Page]


@pytest.mark.parametrize("width", [PHONE, 1280])
@pytest.mark.parametrize("key", ["home", "timeline"])
def test_the_story_in_a_few_lines_stands_before_the_overview(
    tab: Tabs, served: Served, key: str, width: int
) -> None:
    page = tab(served.path(key, "nl"), width=width)
    lines = page.locator(".lines li:not(.period)").all()
    assert lines
    strip = page.locator("#overview").bounding_box()
    assert strip is not None
    for line in lines:
        box = line.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= strip["y"]
        assert line.locator("time").inner_text()


def test_the_line_of_a_vote_says_how_it_ended(tab: Tabs, served: Served) -> None:
    page = tab(served.path("timeline", "nl"))
    results = page.locator(".lines .result").all_inner_texts()
    votes = page.locator(".event.climax").count()
    assert len(results) == votes > 0
    assert all(any(char.isdigit() for char in each) for each in results)


def test_labels_on_wide_screens_and_numbers_on_a_phone(tab: Tabs, served: Served) -> None:
    for width, words in ((1280, True), (PHONE, False)):
        page = tab(served.path("timeline", "nl"), width=width)
        shown = page.locator(".overview-words").evaluate_all(
            "(all) => all.map((each) => getComputedStyle(each).display !== 'none')"
        )
        assert shown
        assert set(shown) == {words}
        lines = page.locator(".lines li:not(.period)")
        assert page.locator(".overview-number").count() == lines.count()


@pytest.mark.parametrize("width", [PHONE, 1280])
@pytest.mark.parametrize("key", ["home", "timeline"])
def test_the_periods_stand_between_the_lines_where_they_began(
    tab: Tabs, served: Served, key: str, width: int
) -> None:
    page = tab(served.path(key, "nl"), width=width)
    order = page.locator(".lines li").evaluate_all(
        "(all) => all.map((each) => each.matches('.period') ? '' : each.querySelector('a').hash)"
    )
    assert order[:4] == ["", "#first-reopening", "", "#north-station-demonstration"]
    said = page.locator(".period").all_inner_texts()
    assert "2020" in said[0]
    assert "82 dagen" in said[0]  # of an event that says nothing of its length, its title
    assert "Straatwerk verboden in het hele land" in said[1]
    numbers = page.locator(".lines li:not(.period)").evaluate_all(
        "(all) => all.map((each) => getComputedStyle(each, '::before').content)"
    )
    assert set(numbers) == {"counter(turn)"}


@pytest.mark.parametrize(("width", "stands"), [(320, 3), (PHONE, 3), (768, 2), (1280, 2)])
def test_every_tint_has_its_words(tab: Tabs, served: Served, width: int, stands: int) -> None:
    """Of two periods, the second in two years: once beside each other, in each year below each other."""
    page = tab(served.path("timeline", "nl"), width=width)
    assert page.locator(".overview-band").count() == 3
    words = page.locator(".overview-label[aria-hidden]").filter(visible=True)
    assert words.all_text_contents() == ["verboden"] * stands


@pytest.mark.parametrize("width", [320, PHONE, 420, 1280])
@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("letters", ["100%", "200%"])
def test_the_name_stands_in_the_bar(
    tab: Tabs, served: Served, width: int, language: str, letters: str
) -> None:
    page = tab(served.path("timeline", language), width=width)
    page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", letters)
    name = page.locator(".top .sign span")
    assert name.inner_text() == "UTROPI"
    bar, box = page.locator(".top").bounding_box(), name.bounding_box()
    assert bar is not None
    assert box is not None
    assert box["width"] >= 40
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert bar["y"] <= box["y"]
    assert box["y"] + box["height"] <= bar["y"] + bar["height"] + 1


def test_how_long_it_lasted_stands_where_it_ends(tab: Tabs, served: Served) -> None:
    page = tab(served.path("timeline", "nl"))
    for said in page.locator(".lasted").all():
        assert any(char.isdigit() for char in said.inner_text())
        size = said.evaluate("(each) => parseFloat(getComputedStyle(each).fontSize)")
        assert size >= 28  # 1.75rem
    assert page.locator(".lasted").count() > 0


def test_a_vote_is_as_wide_as_the_text_and_its_first_figure_large(
    tab: Tabs, served: Served
) -> None:
    page = tab(served.path("timeline", "nl"), width=1280)
    drawing = page.locator(".vote .drawing").bounding_box()
    text = page.locator(".event.climax .prose").bounding_box()
    assert drawing is not None
    assert text is not None
    assert abs(drawing["width"] - text["width"]) < 2
    large = page.locator(".vote dd").first.evaluate(
        "(each) => parseFloat(getComputedStyle(each).fontSize)"
    )
    assert large >= 70  # 4.5rem


@pytest.mark.parametrize("width", [320, PHONE, 700, 1280])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_words_within_the_half_circle_cover_no_seat(
    tab: Tabs, served: Served, language: str, width: int
) -> None:
    """Their ground would hide it where the system sets the colours."""
    page = tab(served.path("timeline", language), width=width)
    covered = page.evaluate("""() => {
        const words = [...document.querySelectorAll(".vote div:first-child > *")].map((each) => {
            const range = document.createRange();
            range.selectNodeContents(each);
            return range.getBoundingClientRect();
        });
        return [...document.querySelectorAll(".vote .seat")].map((each) => each.getBoundingClientRect())
            .filter((seat) => words.some((box) => box.left < seat.right && seat.left < box.right
                && box.top < seat.bottom && seat.top < box.bottom)).length;
    }""")
    assert page.locator(".vote .seat").count() == 115
    assert covered == 0


@pytest.mark.parametrize("width", [320, PHONE, 1280])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_key_of_a_vote_is_one_row_or_a_table(
    tab: Tabs, served: Served, language: str, width: int
) -> None:
    """Where its rows are below each other, figures and words stand below each other too."""
    page = tab(served.path("timeline", language), width=width)
    rows = page.locator(".vote div:not(:first-child)").evaluate_all("""(all) => all.map((row) => {
        const box = (each) => {
            const range = document.createRange();
            range.selectNodeContents(each);
            return range.getBoundingClientRect();
        };
        return { top: row.getBoundingClientRect().top, word: box(row.children[0]).left,
            figure: box(row.children[1]).right };
    })""")
    assert len(rows) == 2
    first, second = rows
    if width == 1280:
        assert first["top"] == second["top"]
    else:
        assert first["top"] < second["top"]
        assert abs(first["figure"] - second["figure"]) < 1
        assert abs(first["word"] - second["word"]) < 1


@pytest.mark.parametrize("width", [PHONE, 412])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_no_key_figure_is_alone_in_its_row(
    tab: Tabs, served: Served, language: str, width: int
) -> None:
    """In two columns an odd number of them ends in a row of three that fits; no word is broken for
    that, and nothing sticks out.
    """
    page = tab(served.path("timeline", language), width=width)
    page.evaluate("""() => {
        const list = document.querySelector(".numbers"), one = list.firstElementChild;
        while (list.children.length < 5) list.append(one.cloneNode(true));
        while (list.children.length > 5) list.lastElementChild.remove();
        for (const [index, words] of [[2, "70 stemmen voor"], [3, "41 onthoudingen"], [4, "4 stemmen tegen"]]) {
            const link = list.children[index].querySelector("a"), [figure, ...label] = words.split(" ");
            link.firstElementChild.textContent = figure;
            link.lastChild.data = " " + label.join(" ");
        }
    }""")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    tops = page.locator(".numbers li").evaluate_all(
        "(all) => all.map((each) => Math.round(each.getBoundingClientRect().top))"
    )
    assert [tops.count(each) for each in sorted(set(tops))] == [2, 3]
    lines = (
        page.locator(".numbers li")
        .nth(3)
        .evaluate("""(each) => {
        const range = document.createRange();
        range.selectNodeContents(each.querySelector("a").lastChild);
        return range.getClientRects().length;
    }""")
    )
    assert lines == 1


def test_three_weights_are_three_sizes(tab: Tabs, served: Served) -> None:
    page = tab(served.path("timeline", "nl"), width=1280)
    sizes = [
        page.locator(f".event.{weight}:not(.climax) .name").first.evaluate(
            "(each) => parseFloat(getComputedStyle(each).fontSize)"
        )
        for weight in ("note", "story", "turning-point")
    ]
    assert sizes == sorted(set(sizes))


def test_on_a_phone_the_year_stays_in_sight_with_a_way_back(tab: Tabs, served: Served) -> None:
    page = tab(served.path("timeline", "nl"), width=PHONE)
    page.locator(".event").nth(8).evaluate("(each) => each.scrollIntoView()")
    head = page.locator(".year-head").evaluate_all("""(all) => all
        .map((each) => each.getBoundingClientRect())
        .filter((box) => box.top < 90 && box.bottom > 40).length""")
    assert head == 1
    up = page.locator(".up").evaluate_all("""(all) => all.findIndex((each) => {
        const box = each.getBoundingClientRect();
        return box.top >= 40 && box.bottom < 140 &&
            document.elementFromPoint(box.x + 5, box.y + 15) === each; })""")
    assert up >= 0
    page.locator(".up").nth(up).click()
    expect(page.locator("#overview")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_quotation_is_set_off_and_says_who(tab: Tabs, served: Served, scheme: str) -> None:
    page = tab(served.path("timeline", "nl"), color_scheme=scheme)
    for quote in page.locator(".event .quote").all():
        assert quote.locator("figcaption").inner_text()
        larger = quote.evaluate("""(each) =>
            parseFloat(getComputedStyle(each.querySelector("blockquote")).fontSize) >
            parseFloat(getComputedStyle(each.parentElement).fontSize)""")
        assert larger
    assert page.locator(".event .quote").count() > 0


def test_a_key_figure_leads_to_its_event(tab: Tabs, served: Served) -> None:
    page = tab(served.path("home", "nl"))
    links = page.locator(".numbers a")
    assert links.count() > 0
    for index in range(links.count()):
        page.goto(served.path("home", "nl"))
        link = page.locator(".numbers a").nth(index)
        value = link.locator("b").inner_text()
        link.click()
        expect(page.locator(":target")).to_contain_text(value)


def test_the_date_of_a_heading_hangs_in_the_margin_of_a_wide_screen(
    tab: Tabs, served: Served
) -> None:
    for width, beside in ((1280, True), (PHONE, False)):
        page = tab(served.path("history", "fr"), width=width)
        heads = page.locator(".dated-head").all()
        assert heads
        for head in heads:
            date, title = head.locator(".years-of").bounding_box(), head.bounding_box()
            assert date is not None
            assert title is not None
            assert (date["x"] + date["width"] <= title["x"]) is beside


def test_the_calendar_file_comes_with_a_warning(tab: Tabs, served: Served) -> None:
    """What a title says lands in the calendar of a phone that others may see."""
    page = tab(served.path("timeline", "nl"))
    expect(page.locator(".data:has(a[href$='.ics']) .warning")).to_be_visible()


def test_filled_seats_have_the_system_s_colour_where_it_rules(tab: Tabs, served: Served) -> None:
    page = tab(served.path("timeline", "nl"), forced_colors="active")
    colours = page.locator(".seat-1").evaluate_all("""(all) => all.map((each) => [
        getComputedStyle(each).color, getComputedStyle(document.body).color])""")
    assert colours
    assert all(seat == text for seat, text in colours)
    # the tint is a picture, which the system leaves as it is, with a patch behind each line of text
    tint = page.locator(".climax").evaluate("(each) => getComputedStyle(each).borderImageSource")
    assert tint == "none"


def test_no_underline_is_written_in_short(served: Served) -> None:
    """WebKit drops `text-decoration: underline 3px` whole; what it says in parts it takes."""
    assert served.files
    for page in served.folder.rglob("*.htm*"):
        text = page.read_text(encoding="utf-8")
        shorthands = re.findall(r"text-decoration:[^;}]*\d(?:px|rem|em|pt)", text)
        assert shorthands == []


def test_the_file_to_take_along_has_drawings_and_quotations(tab: Tabs, served: Served) -> None:
    page = tab(next(each for each in served.files if each.startswith("/nl/")))
    assert page.locator("svg.drawing").count() > 0
    assert page.locator("figure.quote").count() > 0


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_who_is_lost_finds_the_search(tab: Tabs, served: Served, language: str) -> None:
    page = tab(f"/{language}/404.html")
    link = page.locator(f"a[href='{served.path('search', language)}']")
    expect(link.first).to_be_visible()


def test_headings_of_questions_and_words_are_their_own_links(tab: Tabs, served: Served) -> None:
    for key, heading in (("faq", "main section h2"), ("glossary", "main dt dfn")):
        page = tab(served.path(key, "nl"))
        found = page.locator(heading)
        assert found.count() > 0
        assert (
            page.locator(f"{heading} a[href^='#'], {heading} > a").count()
            + page.locator(f"a[href^='#'] {heading.split()[-1]}").count()
            >= found.count()
        )


def test_in_small_lines_the_label_alone_is_bold(tab: Tabs, served: Served) -> None:
    """Not the first word with a middle dot, which stands in an element of its own."""
    page = tab(served.path("glossary", "fr"))
    weights = "(all) => all.map((each) => getComputedStyle(each).fontWeight)"
    assert set(page.locator(".who .nowrap").evaluate_all(weights)) == {"400"}
    assert set(page.locator(".who > b").evaluate_all(weights)) == {"600"}
