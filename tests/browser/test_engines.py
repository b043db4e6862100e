"""What matters most, in Firefox and in WebKit too, which is Safari's engine: where they are installed."""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from tests.browser.conftest import Served
from tests.browser.engines import ENGINES, ENTER, SECONDS, SHIFT, TAB, Engine, Firefox, missing
from tests.browser.host import serving
from tests.browser.visits import LOST, PHONE

pytestmark = pytest.mark.browser

HEIGHT = 740


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A page on a phone; WebKit's window is no narrower than 450 px."""
    name = request.param
    if said := missing(name):
        (pytest.fail if os.environ.get("REQUIRE_ENGINES") else pytest.skip)(said)
    with ENGINES[name](tmp_path_factory.mktemp(name)) as page:
        page.size(PHONE, HEIGHT)
        yield page


@pytest.fixture(scope="module")
def here(served: Served) -> Iterator[Served]:
    """The site without the line of its policy that asks for https, which this computer does not speak:
    other browsers let a computer ask itself, WebKit does not.
    """
    line = b"; upgrade-insecure-requests"
    files = {
        path.relative_to(served.folder).as_posix(): path.read_bytes().replace(line, b"")
        for path in served.folder.rglob("*")
        if path.is_file()
    }
    with serving(files) as origin:
        yield replace(served, origin=origin)


def eventually(page: Engine, script: str) -> Any:
    """The value of an expression, as soon as it is true."""
    end = time.monotonic() + SECONDS
    while not (value := page.run(script)):
        assert time.monotonic() < end, f"{page.name}: {script} is {value!r}"
        time.sleep(0.05)
    return value


def with_exit(page: Engine, here: Served, address: str) -> None:
    """A page whose exit leads to a file here, so that nobody else is asked."""
    page.go(here.origin + address)
    page.run("document.querySelectorAll('[data-exit]').forEach((e) => { e.href = '/robots.txt'; })")


LEFT = "['/robots.txt', 'blank'].includes(location.pathname)"  # blank where no network is seen


def test_the_exit_leaves_no_way_back_after_jumps(engine: Engine, here: Served) -> None:
    before = here.path("safety", "nl")
    engine.go(here.origin + before)
    with_exit(engine, here, here.path("timeline", "nl"))
    for selector in (".lines a", ".up", "h3 .itself"):
        engine.run(f"document.querySelector({json.dumps(selector)}).click()")
    assert engine.run("location.hash !== ''")
    engine.click("header [data-exit]")
    eventually(engine, LEFT)
    engine.back()
    assert eventually(engine, f"!{LEFT} && location.pathname") == before


def test_shift_three_times_leaves_and_with_a_click_it_does_not(
    engine: Engine, here: Served
) -> None:
    with_exit(engine, here, here.path("mission", "fr"))
    engine.press(SHIFT, SHIFT)
    engine.click("h1")
    engine.press(SHIFT)
    assert engine.run("location.pathname") == here.path("mission", "fr")
    engine.press(SHIFT, SHIFT)
    eventually(engine, LEFT)


def test_a_theme_shows_as_many_events_as_it_says(engine: Engine, here: Served) -> None:
    engine.go(here.origin + here.path("timeline", "fr"))
    shown = (
        "[...document.querySelectorAll('.event')].filter((e) => e.getClientRects().length).length"
    )
    engine.run("document.querySelector('#topic-1').click()")
    said = engine.run("document.querySelector('label[for=topic-1] b').textContent")
    assert str(engine.run(shown)) == said
    heard = engine.run("document.querySelector('[role=status].unseen').textContent")
    assert said in heard


@pytest.mark.parametrize(
    ("language", "words", "place"),
    [
        ("nl", "geschiednis", "history"),
        ("nl", "lid worden", "faq#become-member"),
        ("fr", "devenir membre", "faq#become-member"),
    ],
)
def test_words_are_found_as_people_type_them(
    engine: Engine, here: Served, language: str, words: str, place: str
) -> None:
    key, mark, name = place.partition("#")
    engine.go(here.origin + here.path("search", language))
    engine.click("[data-search] input")
    engine.press(*words, ENTER)
    first = "document.querySelector('[data-search] li a')?.getAttribute('href')"
    found = eventually(engine, first).removeprefix(here.origin)
    wanted = here.path(key, language) + mark + name
    assert found == wanted
    assert engine.run("document.querySelector('[data-search] [role=status]').textContent")


def test_no_page_is_wider_than_its_window(engine: Engine, here: Served) -> None:
    lost = {}
    for address in (*here.pages, *here.files):
        engine.go(here.origin + address)
        if found := engine.run(f"({LOST})()"):
            lost[address] = found
    assert lost == {}


def test_underlines_are_drawn(engine: Engine, here: Served) -> None:
    """WebKit drops `text-decoration: underline 3px` whole."""
    engine.go(here.origin + here.path("faq", "nl"))
    engine.run("void (location.hash = document.querySelector('h2[id], section[id]').id)")
    thick = """[...document.querySelectorAll("a, :target, :target *")]
        .map((each) => getComputedStyle(each).textDecorationLine).includes("underline")"""
    assert eventually(engine, thick)


def test_first_the_way_past_the_menu_then_the_way_out(engine: Engine, here: Served) -> None:
    engine.go(here.origin + here.path("mission", "nl"))
    engine.press(TAB)
    assert engine.run("document.activeElement.matches('.skip')")
    engine.press(TAB)
    assert engine.run("document.activeElement.matches('[data-exit], .skip ~ *, a')")


def test_no_word_of_the_cover_or_of_the_not_found_page_is_broken(
    engine: Engine, here: Served
) -> None:
    """The name of the organisation has no hyphen of the browser's, a sentence none at its end."""
    broken = """(selector) => [...document.querySelectorAll(selector)].flatMap((box) => {
        const found = [], walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) for (const word of walk.currentNode.data.matchAll(/\\S+/g)) {
            const range = document.createRange();
            range.setStart(walk.currentNode, word.index);
            range.setEnd(walk.currentNode, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map((each) => Math.round(each.top))).size > 1)
                found.push(word[0]);
        }
        return found;
    })"""
    for language in here.languages:
        engine.go(f"{here.origin}/{language}/404.html")
        assert engine.run(f"({broken})('.lost h1, .lost p')") == []
    for address in here.files:
        engine.go(here.origin + address)
        assert engine.run(f"({broken})('main > header .name')") == []


def test_paper_is_whole(engine: Engine, here: Served) -> None:
    """Every event whatever theme is chosen; home and what the press gets on one sheet each."""
    if not isinstance(engine, Firefox):
        pytest.skip(
            "WebKit's driver does not print (there is no such command in WebDriver's part of it)"
        )
    engine.go(here.origin + here.path("timeline", "nl"))
    titles = engine.run("[...document.querySelectorAll('.event .name')].map((e) => e.textContent)")
    engine.run("document.querySelector('#topic-1').click()")
    pages = PdfReader(io.BytesIO(engine.print())).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    letters = {title: "".join(title.split()) for title in titles}
    assert [title for title, bare in letters.items() if bare not in text] == []
    for language in here.languages:
        engine.go(here.origin + here.path("home", language))
        assert len(PdfReader(io.BytesIO(engine.print())).pages) == 1
