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
from tests.browser.test_large_letters import test_nothing_sticks_out_of_a_phone_in_large_letters
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
