"""From one language to the other and back: the same page, at the same place."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served
from tests.browser.visits import Visits

pytestmark = pytest.mark.browser

Tabs = Callable[..., Page]


@pytest.mark.parametrize("script", [True, False])
def test_the_language_link_leads_to_the_same_page_and_back(
    visits: Visits, served: Served, script: bool
) -> None:
    for address in served.pages:
        if address in ("/", "/404.html"):
            continue  # the two of no language
        ((there, lang, hreflang),) = visits[address, script].languages
        other = visits[there, script]
        assert (address, lang, hreflang) == (address, other.lang, other.lang)
        assert other.languages == [
            [address, visits[address, script].lang, visits[address, script].lang]
        ]


def test_every_place_survives_the_change_of_language(served: Served) -> None:
    """Headings, questions and events have the same ids, so that links to them are good in both."""
    assert served.build.site is not None
    for key in {each.key for each in served.build.site.pages}:
        main = [
            served.html(served.path(key, each)).partition("<main")[2] for each in served.languages
        ]
        ids = [re.findall(r' id="([^"]+)"', text) for text in main]
        assert all(each == ids[0] for each in ids), key


def test_the_fragment_travels_with_the_reader(tab: Tabs, served: Served) -> None:
    page = tab(served.path("timeline", "nl"))
    event = page.locator(".event article").nth(20)
    name = event.get_attribute("id")
    event.locator("h3 a").click()
    expect(page).to_have_url(re.compile(f"#{name}$"))
    page.locator("[data-language]").click()
    expect(page).to_have_url(f"{served.origin}{served.path('timeline', 'fr')}#{name}")
    expect(page.locator(f"[id='{name}']")).to_be_in_viewport()
    expect(page.locator("html")).to_have_attribute("lang", "fr-BE")
    page.locator("[data-language]").click()
    expect(page).to_have_url(f"{served.origin}{served.path('timeline', 'nl')}#{name}")


def test_the_fragment_of_the_address_travels_too(tab: Tabs, served: Served) -> None:
    page = tab(served.path("faq", "fr") + "#become-member")
    page.locator("[data-language]").click()
    expect(page).to_have_url(f"{served.origin}{served.path('faq', 'nl')}#become-member")
    expect(page.locator("#become-member")).to_be_in_viewport()


def test_without_scripts_the_link_leads_to_the_top_of_the_page(tab: Tabs, served: Served) -> None:
    page = tab(served.path("faq", "nl") + "#become-member", script=False)
    page.locator("[data-language]").click()
    expect(page).to_have_url(served.origin + served.path("faq", "fr"))


def test_the_choice_leads_to_each_language(tab: Tabs, served: Served) -> None:
    page = tab("/", script=False)
    for language in served.languages:
        link = page.locator(f".choice h2 a[href='/{language}/']")
        section = link.locator("xpath=ancestor::section")
        assert section.get_attribute("lang") == link.get_attribute("hreflang")
        link.click()
        expect(page.locator("html")).to_have_attribute("lang", f"{language}-BE")
        page.go_back()


def test_an_address_that_is_not_there_answers_in_its_language(tab: Tabs, served: Served) -> None:
    page = tab()
    for language in served.languages:
        answer = page.goto(f"/{language}/nowhere/")
        assert answer is not None
        assert answer.status == 404
        expect(page.locator("html")).to_have_attribute("lang", f"{language}-BE")
        assert page.locator("[data-exit]").get_attribute("href") == served.exits[language]
