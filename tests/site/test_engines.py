"""This site in Firefox and in WebKit, as the example: what its own texts could break."""

from tests.browser.test_engines import (
    engine,
    here,
    pytestmark,
    test_no_page_is_wider_than_its_window,
    test_no_word_of_the_cover_or_of_the_not_found_page_is_broken,
    test_paper_is_whole,
)
