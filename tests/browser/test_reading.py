"""What holds on every page: nobody else is asked, nothing is kept, nothing complains, and a reader
without scripts, with a small screen or with large letters reads the same.
"""

from __future__ import annotations

import pytest

from tests.browser.conftest import Served
from tests.browser.visits import WIDTHS, Visits

pytestmark = pytest.mark.browser

NOTHING = {"cookies": "", "local": [], "session": [], "databases": [], "caches": [], "workers": []}


def test_no_page_asks_anybody_else(visits: Visits, served: Served) -> None:
    elsewhere = {
        where: [url for url in visit.asked if not url.startswith(served.origin + "/")]
        for where, visit in visits.items()
    }
    assert {where: urls for where, urls in elsewhere.items() if urls} == {}
    assert all(visit.asked for visit in visits.values())


def test_a_file_that_stands_by_itself_asks_for_nothing(visits: Visits, served: Served) -> None:
    for address in served.files:
        asked = [url for url in visits[address, True].asked if not url.endswith("/favicon.ico")]
        assert asked == [served.origin + address]


def test_no_page_complains(visits: Visits) -> None:
    assert {where: visit.said for where, visit in visits.items() if visit.said} == {}


def test_nothing_is_kept(visits: Visits) -> None:
    kept = {address: visit.kept for (address, script), visit in visits.items() if script}
    assert {address: each for address, each in kept.items() if each != NOTHING} == {}


def test_a_page_reads_the_same_without_scripts(visits: Visits, served: Served) -> None:
    addresses = (*served.pages, *served.files)
    pairs = {address: (visits[address, True], visits[address, False]) for address in addresses}
    assert [each for each, (on, off) in pairs.items() if on.text != off.text] == []
    assert [each for each, (on, off) in pairs.items() if on.body != off.body] == []
    assert all(len(visit.text) > 100 for visit in visits.values())


def test_nothing_is_lost_on_a_small_screen_or_in_large_letters(visits: Visits) -> None:
    lost = {
        (address, what): found
        for (address, _), visit in visits.items()
        for what, found in visit.lost.items()
        if found
    }
    assert lost == {}


def test_what_a_thumb_presses_is_large_enough(visits: Visits, served: Served) -> None:
    small = {
        (address, width): found
        for address in (*served.pages, *served.files)
        for width, found in visits[address, True].small.items()
        if found
    }
    assert small == {}


def test_the_bar_takes_one_line(visits: Visits, served: Served) -> None:
    """It stays in sight, so it may not eat the page (WCAG 2.4.11)."""
    heights = {
        (address, width): height
        for address in (*served.pages, *served.files)
        for width, height in visits[address, True].bar.items()
        if not 44 <= height <= 49
    }
    assert heights == {}
    assert all(set(visits[address, True].bar) == set(WIDTHS) for address in served.pages)


def test_nothing_moves(visits: Visits) -> None:
    moving = {where: visit.moving for where, visit in visits.items() if visit.moving}
    assert {where: each for where, each in moving.items() if each != [0, "auto"]} == {}
    assert moving
