"""Letters of twice the size on a phone, as a reader sets them in the browser: nothing sticks out."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Served
from tests.browser.visits import LOST, PHONE

pytestmark = pytest.mark.browser


def test_nothing_sticks_out_of_a_phone_in_large_letters(chromium: Browser, served: Served) -> None:
    """The size is that of the browser's own setting: the widths of the style sheet follow it."""
    from chromium import find

    path = os.environ.get("CHROMIUM") or find()
    arguments = ["--blink-settings=defaultFontSize=32"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    browser = chromium.browser_type.launch(executable_path=path, args=arguments)
    page = browser.new_page(viewport={"width": PHONE, "height": 740})
    lost = {}
    for address in (*served.pages, *served.files):
        page.goto(served.origin + address)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        if found := page.evaluate(LOST):
            lost[address] = found
    browser.close()
    assert lost == {}
