"""Every page of this site in a browser: what holds of every whole site, whatever its texts say."""

from __future__ import annotations

import io
from collections.abc import Callable

import paper
import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import Served
from tests.browser.test_exit import test_every_page_has_the_exit_in_its_language_in_sight
from tests.browser.test_keyboard import (
    test_every_control_is_reached_in_order_and_is_seen,
    test_first_the_way_past_the_menu_then_the_way_out,
)
from tests.browser.test_languages import (
    test_every_place_survives_the_change_of_language,
    test_the_language_link_leads_to_the_same_page_and_back,
)
from tests.browser.test_large_letters import (
    large,
    test_nothing_sticks_out_of_a_phone_in_large_letters,
)
from tests.browser.test_print import (
    pytestmark,
    test_every_page_is_on_its_sheets,
    test_no_navigation_on_paper,
)
from tests.browser.test_reading import (
    test_a_file_that_stands_by_itself_asks_for_nothing,
    test_a_page_reads_the_same_without_scripts,
    test_no_page_asks_anybody_else,
    test_no_page_complains,
    test_nothing_is_kept,
    test_nothing_is_lost_on_a_small_screen_or_in_large_letters,
    test_nothing_moves,
    test_the_bar_takes_one_line,
    test_what_a_thumb_presses_is_large_enough,
)
from tests.browser.test_search import search, test_the_title_of_a_page_finds_it


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("key", ["home", "press"])
def test_home_and_what_the_press_gets_are_on_one_sheet(
    tab: Callable[..., Page], served: Served, key: str, language: str
) -> None:
    """By themselves, and as the print edition: with its code, and in its own type where that is here."""
    page = tab(served.path(key, language))
    for made in (page.pdf(prefer_css_page_size=True), paper.edition(page)):
        assert len(PdfReader(io.BytesIO(made)).pages) == 1


FIRST_SCREENS = """(height) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
    const found = [];
    while (walker.nextNode()) {
        range.selectNodeContents(walker.currentNode);
        const box = range.getBoundingClientRect();
        if (box.height && box.bottom <= height) found.push(walker.currentNode.data);
    }
    return found.join(" ").replace(/\\s+/g, " ");
}"""
# Closed, open again, closed again, the protest, the vote, and what came of it.
STORY = {
    "nl": (
        ("stoppen met werken", "mochten ze weer", "opnieuw verboden", "op straat", "parlement"),
        (
            "gedecriminaliseerd",
            "82 dagen",
            "weer aan het werk",
            "233 dagen",
            "Noordstation",
            "70 stemmen voor",
        ),
    ),
    "fr": (
        ("cesser de travailler", "reprendre", "nouveau interdit", "dans la rue", "Parlement"),
        (
            "décriminalisé",
            "82 jours",
            "peut reprendre",
            "233 jours",
            "gare du Nord",
            "70 voix pour",
        ),
    ),
}


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
@pytest.mark.parametrize("language", STORY)
def test_the_first_two_screens_of_the_timeline_tell_the_story(
    tab: Callable[..., Page], served: Served, language: str, width: int, height: int
) -> None:
    """In its order, twice: in a few sentences, and in the lines with their dates."""
    page = tab(served.path("timeline", language), width=width)
    seen = page.evaluate(FIRST_SCREENS, 2 * height).replace("\N{NO-BREAK SPACE}", " ")
    at = 0
    for words in (each for part in STORY[language] for each in part):
        assert words in seen[at:], words
        at = seen.index(words, at)


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
@pytest.mark.parametrize(
    ("language", "story"),
    [
        (
            "nl",
            (
                "Belgische Unie van Sekswerkers",
                "twee keer verboden",
                "op straat",
                "parlement",
                "lid worden",
            ),
        ),
        (
            "fr",
            (
                "Union belge des travailleur",
                "interdit deux fois",
                "manifesté",
                "Parlement",
                "devenir membre",
            ),
        ),
    ],
)
def test_the_first_two_screens_of_home_tell_who_we_are_and_what_happened(
    tab: Callable[..., Page],
    served: Served,
    language: str,
    story: tuple[str, ...],
    width: int,
    height: int,
) -> None:
    page = tab(served.path("home", language), width=width)
    seen = page.evaluate(FIRST_SCREENS, 2 * height).replace("\N{NO-BREAK SPACE}", " ")
    assert [words for words in story if words not in seen] == []
