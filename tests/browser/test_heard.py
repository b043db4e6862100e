"""What a screen reader hears of a timeline: the tree that the browser hands to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Served

pytestmark = pytest.mark.browser


NUMBER = re.compile(r"\d[\d.\s]*\d|\d")


def plain(text: str) -> str:
    """With ordinary spaces alone."""
    return re.sub(r"\s", " ", text)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_figure_is_heard_once(tab: Callable[..., Page], served: Served, language: str) -> None:
    """In the text where that says it, else in the list of figures; never in the drawing as well."""
    page = tab(served.path("timeline", language))
    several = {}
    shown = 0
    for event in page.locator(".event:has(.figures) article").all():
        heard = plain(event.aria_snapshot())
        said = (NUMBER.search(each) for each in event.locator(".figures dd").all_inner_texts())
        for figure, rows in Counter(plain(each[0]) for each in said if each).items():
            shown += 1
            bare = re.escape(figure)
            times = len(re.findall(rf"(?<![\d.,:]){bare}(?![\d:]|[.,]\d)", heard))
            if times != rows:
                several[event.get_attribute("id"), figure] = times
        assert "img" not in heard
    assert shown
    assert several == {}
