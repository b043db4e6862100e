"""The timeline in the hands of a reader: themes, permalinks, years, the overview."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from diptych.model import Event
from tests.browser.conftest import Served
from tests.browser.visits import PHONE

pytestmark = pytest.mark.browser

Tabs = Callable[..., Page]

SHOWN = """() => [...document.querySelectorAll(".event")].filter((each) => each.getClientRects().length)
    .map((each) => each.querySelector("article").id)"""
EMPTY_YEARS = """() => [...document.querySelectorAll(".year")].filter((each) =>
    each.getClientRects().length && ![...each.querySelectorAll(".event")].some((event) =>
        event.getClientRects().length)).length"""


def events(served: Served) -> tuple[Event, ...]:
    assert served.build.site is not None
    (timeline,) = served.build.site.timelines
    return timeline.events


def topics(served: Served) -> list[str]:
    """The keys of the themes that have events, in the order of the settings."""
    assert served.build.site is not None
    used = {topic.value for event in events(served) for topic in event.topics}
    return [topic.key for topic in served.build.site.settings.topics if topic.key in used]


def of_topic(served: Served, key: str) -> list[str]:
    return [each.id for each in events(served) if key in {topic.value for topic in each.topics}]


@pytest.mark.parametrize("script", [True, False])
def test_a_theme_shows_its_events_and_no_others(tab: Tabs, served: Served, script: bool) -> None:
    page = tab(served.path("timeline", "nl"), script=script, width=PHONE)
    labels = page.locator(".filter label")
    assert page.evaluate(SHOWN) == [each.id for each in events(served)]
    assert labels.count() == len(topics(served)) + 1
    for number, key in enumerate(topics(served), start=1):
        radio = page.locator(f".filter input#topic-{number}")
        radio.check()
        shown = page.evaluate(SHOWN)
        assert (key, shown) == (key, of_topic(served, key))
        assert page.evaluate(EMPTY_YEARS) == 0
        assert labels.nth(number).locator("b").inner_text() == str(len(shown))
        if script:
            expect(page.locator("[role=status].unseen")).to_have_text(
                radio.get_attribute("data-status") or "?"
            )
            assert str(len(shown)) in (radio.get_attribute("data-status") or "")
    page.locator("#topic-0").check()
    assert page.evaluate(SHOWN) == [each.id for each in events(served)]


def test_a_theme_is_forgotten_on_reload(tab: Tabs, served: Served) -> None:
    """Neither kept nor written in the address."""
    page = tab(served.path("timeline", "fr"))
    page.locator("#topic-2").check()
    assert page.url == served.origin + served.path("timeline", "fr")
    page.reload()
    expect(page.locator("#topic-0")).to_be_checked()
    assert len(page.evaluate(SHOWN)) == len(events(served))


def test_without_script_the_event_of_the_address_stays_in_sight(tab: Tabs, served: Served) -> None:
    wanted = next(each for each in events(served) if len(each.topics) == 1)
    number = next(
        n for n, key in enumerate(topics(served), start=1) if wanted.id not in of_topic(served, key)
    )
    page = tab(f"{served.path('timeline', 'nl')}#{wanted.id}", script=False)
    page.locator(f"#topic-{number}").check()
    article = page.locator(f"article[id='{wanted.id}']")
    expect(article).to_be_visible()
    assert page.evaluate(EMPTY_YEARS) == 0
    mark = article.evaluate("(each) => getComputedStyle(each, '::before').borderInlineStartWidth")
    assert mark == "4px"


def test_a_theme_shows_as_many_events_as_it_says(tab: Tabs, served: Served) -> None:
    """Also when the address names an event of another theme; a link to such an event shows them all."""
    wanted = next(each for each in events(served) if len(each.topics) == 1)
    number, key = next(
        (n, key)
        for n, key in enumerate(topics(served), start=1)
        if wanted.id not in of_topic(served, key)
    )
    page = tab(f"{served.path('timeline', 'nl')}#{wanted.id}")
    page.locator(f"#topic-{number}").check()
    assert page.evaluate(SHOWN) == of_topic(served, key)
    bright = page.locator(".tick").evaluate_all(
        "(all) => all.filter((each) => getComputedStyle(each).opacity === '1').length"
    )
    assert bright == len(of_topic(served, key))
    page.evaluate("(id) => { location.hash = id; }", wanted.id)
    expect(page.locator("#topic-0")).to_be_checked()
    expect(page.locator(f"article[id='{wanted.id}']")).to_be_in_viewport()


def test_paper_has_every_event_whatever_theme_is_chosen(tab: Tabs, served: Served) -> None:
    page = tab(served.path("timeline", "fr"))
    page.locator("#topic-1").check()
    page.emulate_media(media="print")
    assert page.evaluate(SHOWN) == [each.id for each in events(served)]


@pytest.mark.parametrize(
    "selector",
    [".years a", ".lines a", ".tick", ".numbers a", "h3 .itself", ".led a", ".up", ".skip"],
)
def test_a_jump_within_the_page_leaves_nothing_to_go_back_to(
    tab: Tabs, served: Served, selector: str
) -> None:
    """Or Back would show the page again after the exit. Links in texts stay ordinary ones."""
    page = tab("/")
    page.goto(served.path("timeline", "nl"))
    links = page.locator(selector).all()
    for link in links[1:4] or links:
        link.scroll_into_view_if_needed()
        link.dispatch_event("click")
        wanted = (link.get_attribute("href") or "").rpartition("#")[2]
        expect(page.locator(":target")).to_have_id(wanted)
    page.go_back()
    expect(page).to_have_url(f"{served.origin}/")


def test_a_link_in_a_text_can_be_gone_back_from(tab: Tabs, served: Served) -> None:
    page = tab(served.path("faq", "nl"))
    page.evaluate("""() => { const link = document.createElement("a");
        Object.assign(link, { id: "own", href: "#main", textContent: "boven" });
        document.querySelector(".prose").append(link); }""")
    page.locator("#own").click()
    expect(page).to_have_url(re.compile("#main$"))
    page.go_back()
    expect(page).to_have_url(served.origin + served.path("faq", "nl"))


def test_the_overview_has_the_order_of_the_list(tab: Tabs, served: Served) -> None:
    """Also a season, which begins before the days that stand above it."""
    page = tab(served.path("timeline", "nl"))
    named = page.locator(".tick").evaluate_all(
        "(all) => all.map((each) => each.getAttribute('href').split('#')[1])"
    )
    assert named == [each.id for each in events(served)]


def test_a_turning_point_is_named_and_not_only_drawn(tab: Tabs, served: Served) -> None:
    """WCAG 2.2, 1.1.1 and 1.3.1; the number is that of the overview and of the list above it."""
    page = tab(served.path("timeline", "nl"))
    wanted = of_topic(served, "turning-point")
    assert wanted
    for number, name in enumerate(wanted, start=1):
        heading = page.locator(f"article[id='{name}'] h3")
        expect(heading).to_have_accessible_name(re.compile(rf"keerpunt {number} "))
    lines = page.locator(".lines a").evaluate_all("(all) => all.map((each) => each.hash.slice(1))")
    assert lines == wanted


def test_every_event_has_its_permalink(tab: Tabs, served: Served) -> None:
    page = tab(served.path("timeline", "fr"))
    found = page.evaluate("""() => [...document.querySelectorAll(".event article")].map((each) =>
        [each.id, each.querySelector("h3 a").getAttribute("href")])""")
    assert found == [[each.id, "#" + each.id] for each in events(served)]
    for event in events(served)[10:60:16]:
        link = page.locator(f"article[id='{event.id}'] h3 a")
        date, title = (link.locator(part).inner_text() for part in (".when", ".name"))
        expect(link).to_have_accessible_name(
            re.compile(f"^{re.escape(date)} .*{re.escape(title)}$")
        )
        link.click()
        expect(page).to_have_url(re.compile(f"#{event.id}$"))
        assert page.evaluate("() => document.querySelector(':target').id") == event.id
        top = page.locator(":target h3").bounding_box()
        bar = page.locator("header.top").bounding_box()
        assert top is not None
        assert bar is not None
        assert bar["height"] <= top["y"] < 400  # neither under the bar nor out of sight


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_the_years_lead_to_their_events(tab: Tabs, served: Served, width: int) -> None:
    page = tab(served.path("timeline", "nl"), width=width)
    years = sorted({each.date.first.year for each in events(served)})
    links = page.locator(".years a")
    assert [int(text) for text in links.all_inner_texts()] == years
    for link in links.all():
        link.click()
        heading = page.locator(":target")
        expect(heading).to_have_text(link.inner_text())
        expect(heading).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("key", ["timeline", "home"])
def test_every_mark_of_the_overview_leads_to_its_event(tab: Tabs, served: Served, key: str) -> None:
    page = tab(served.path(key, "fr"), script=False)
    marks = page.evaluate("""() => [...document.querySelectorAll(".overview a")].map((each) =>
        [each.getAttribute("href").split("#")[1], each.getAttribute("aria-label")])""")
    assert sorted(each for each, _ in marks) == sorted(each.id for each in events(served))
    assert len({name for _, name in marks}) == len(marks)
    for event in (events(served)[0], events(served)[30], events(served)[-1]):
        page.goto(served.path(key, "fr"))
        page.locator(f".overview a[href$='#{event.id}']").click()
        expect(page).to_have_url(f"{served.origin}{served.path('timeline', 'fr')}#{event.id}")
        expect(page.locator(f"article[id='{event.id}'] h3")).to_be_in_viewport(ratio=1)


def test_a_mark_is_as_large_as_a_finger_needs(tab: Tabs, served: Served) -> None:
    """24 by 24 at least (WCAG 2.5.8), and never overlapping another."""
    for width in (PHONE, 1280):
        page = tab(served.path("home", "nl"), width=width)
        boxes = page.evaluate("""() => [...document.querySelectorAll(".overview .hit")].map((each) => {
            const { x, y, width, height } = each.getBoundingClientRect();
            return [x, y, x + width, y + height]; })""")
        assert all(
            right - left >= 23.9 and bottom - top >= 23.9 for left, top, right, bottom in boxes
        )
        overlapping = [
            (one, other)
            for index, one in enumerate(boxes)
            for other in boxes[index + 1 :]
            if one[0] < other[2] - 0.5
            and other[0] < one[2] - 0.5
            and one[1] < other[3] - 0.5
            and other[1] < one[3] - 0.5
        ]
        assert overlapping == []


def test_questions_are_permalinks(tab: Tabs, served: Served) -> None:
    page = tab(served.path("faq", "nl"), script=False)
    questions = page.locator(".questions a")
    assert questions.count() == page.locator("main h2").count()
    for link in questions.all():
        link.click()
        expect(page.locator(":target")).to_have_text(link.inner_text())
        expect(page.locator(":target")).to_be_in_viewport(ratio=1)
