"""axe over every page of this site, as over those of the example."""

from tests.browser.test_axe import (
    page,
    pytestmark,
    tab,
    test_axe_finds_nothing_on_any_page_in_any_mode,
)
