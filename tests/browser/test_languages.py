"""From one language to the other and back: the same page, at the same place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served

pytestmark = pytest.mark.browser

Tabs = Callable[..., Page]


def framed(served: Served) -> list[str]:
    """The pages of one language: all but the choice and the page that is not there in general."""
    return [page for page in served.pages if page not in ("/", "/404.html")]


@pytest.mark.parametrize("script", [True, False])
def test_the_language_link_leads_to_the_same_page_and_back(
    tab: Tabs, served: Served, script: bool
) -> None:
    page = tab(script=script)
    for address in framed(served):
        page.goto(address)
        link = page.locator("[data-language]")
        there = link.get_attribute("href")
        assert there is not None
        assert link.get_attribute("lang") == link.get_attribute("hreflang")
        tag = link.get_attribute("lang")
        answer = page.goto(there)
        assert answer is not None
        assert answer.status == (404 if there.endswith("404.html") else 200) or there in served.pages
        assert page.locator("html").get_attribute("lang") == tag
        assert page.locator("[data-language]").get_attribute("href") == address


def test_every_place_survives_the_change_of_language(tab: Tabs, served: Served) -> None:
    """Headings, questions and events have the same ids, so that links to them are good in both."""
    page = tab()
    ids = "() => [...document.querySelectorAll('main h2[id], main h3[id], main [id]:not(input)')].map((e) => e.id)"
    assert served.build.site is not None
    keys = {each.key for each in served.build.site.pages}
    for key in sorted(keys):
        found = []
        for language in served.languages:
            page.goto(served.path(key, language))
            found.append(page.evaluate(ids))
        assert all(each == found[0] for each in found), key


def test_the_fragment_travels_with_the_reader(tab: Tabs, served: Served) -> None:
    page = tab(served.path("timeline", "nl"))
    event = page.locator(".event article").nth(20)
    name = event.get_attribute("id")
    event.locator(".permalink a").click()
    expect(page.locator("[data-language]")).to_have_attribute(
        "href", f"{served.origin}{served.path('timeline', 'fr')}#{name}"
    )
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


def test_the_choice_leads_to_each_language(tab: Tabs, served: Served) -> None:
    page = tab("/", script=False)
    for language in served.languages:
        link = page.locator(f".choice h2 a[href='/{language}/']")
        section = link.locator("xpath=ancestor::section")
        assert section.get_attribute("lang") == link.get_attribute("hreflang")


def test_an_address_that_is_not_there_answers_in_its_language(tab: Tabs, served: Served) -> None:
    page = tab()
    for language in served.languages:
        answer = page.goto(f"/{language}/nowhere/")
        assert answer is not None
        assert answer.status == 404
        expect(page.locator("html")).to_have_attribute("lang", f"{language}-BE")
        assert page.locator("[data-exit]").get_attribute("href") == served.exits[language]
