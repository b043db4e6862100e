"""Searching in a real browser: what is found, what is fetched for it, and what is left behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Served
from tests.browser.visits import PHONE, WIDE, Visits

pytestmark = pytest.mark.browser

LANGUAGES = ("nl", "fr")
STORED = """async () => [
    document.cookie, localStorage.length, sessionStorage.length,
    (await indexedDB.databases()).length, (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
]"""


@dataclass
class Searched:
    """The search page in a tab, with all that its browser asked for and said."""

    page: Page
    asked: list[str]
    said: list[str]

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("search").get_by_role("searchbox")

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("search").get_by_role("status")

    @property
    def results(self) -> Locator:
        return self.page.get_by_role("search").get_by_role("link")

    def find(self, words: str) -> list[str]:
        """Gives words at once (a slow computer would answer to half of them) and waits for what is
        said of them; where the results lead.
        """
        self.field.fill("")
        expect(self.status).to_be_empty()
        self.field.fill(words)
        self.field.press("Enter")
        waiting = re.escape(self.page.locator("[data-search]").get_attribute("data-loading") or "")
        expect(self.status).not_to_have_text(re.compile(f"^(?:{waiting})?$"))
        return self.results.evaluate_all(
            "(links) => links.map((each) => each.getAttribute('href'))"
        )


@pytest.fixture
def search(tab: Callable[..., Page], served: Served) -> Iterator[Callable[..., Searched]]:
    with ExitStack() as stack:

        def open_page(language: str, **options: object) -> Searched:
            page = tab(**options)
            asked: list[str] = []
            said: list[str] = []
            for event, hear in (
                ("request", lambda request: asked.append(request.url.removeprefix(served.origin))),
                ("console", lambda message: said.append(message.text)),
                ("pageerror", lambda error: said.append(str(error))),
            ):
                page.on(event, hear)  # type: ignore[call-overload]
                stack.callback(page.remove_listener, event, hear)
            page.goto(served.path("search", language))
            return Searched(page, asked, said)

        yield open_page


@pytest.mark.parametrize(
    ("language", "words", "key", "place"),
    [
        ("nl", "lid worden", "faq", "become-member"),
        ("fr", "devenir membre", "faq", "become-member"),
        ("nl", "stemming parlement", "timeline", "parliament-vote"),
        ("fr", "parlement réforme", "timeline", "parliament-vote"),
        ("fr", "urgence", "timeline", "emergency-funds"),
        ("fr", "l'adhésion active", "faq", "active-members"),
    ],
)
def test_words_find_their_place(
    search: Callable[..., Searched], served: Served, language: str, words: str, key: str, place: str
) -> None:
    """In whatever form, and first of all; nothing is asked of others, nothing is kept."""
    searched = search(language)
    assert not any("pagefind" in address for address in searched.asked)
    searched.field.press_sequentially(words)  # whose beginnings are searched for too, and give way
    wanted = re.escape(f"{served.path(key, language)}#{place}")
    expect(searched.results.first).to_have_attribute(
        "href", re.compile(rf"^({re.escape(served.origin)})?{wanted}$")
    )
    assert all(address.startswith("/") for address in searched.asked)
    assert searched.page.evaluate(STORED) == ["", 0, 0, 0, 0, 0]
    assert searched.page.context.cookies() == []
    assert searched.said == []
    searched.results.first.click()
    assert searched.page.url.endswith(f"#{place}")
    expect(searched.page.locator(f"[id='{place}']")).to_be_in_viewport()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_of_a_page_finds_it(
    search: Callable[..., Searched], served: Served, language: str
) -> None:
    """Whatever the pages of a site are called: those of the menu, as each search takes its time."""
    site = served.build.site
    assert site is not None
    searched = search(language)
    for key in [each.value for each in site.settings.navigation][:2]:
        page = site.page(key, language)
        assert page is not None
        found = searched.find(page.document.front.title.value)
        assert f"/{page.path}" in {
            each.partition("#")[0].removeprefix(served.origin) for each in found
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_its_own_language_is_fetched_and_found(
    search: Callable[..., Searched], served: Served, language: str
) -> None:
    searched = search(language)
    found = searched.find("UTROPI")
    assert found
    assert all(address.removeprefix(served.origin).startswith(f"/{language}/") for address in found)
    index = [each for each in searched.asked if "pagefind/" in each and "-be" in each]
    assert index
    assert all(f"{language}-be" in each for each in index)


@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_the_field_is_named_large_and_speaks(search: Callable[..., Searched], width: int) -> None:
    searched = search("nl", width=width)
    expect(searched.field).to_have_accessible_name("Zoek op deze site")
    box = searched.field.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert searched.page.locator("form").count() == 0
    searched.find("lid")
    expect(searched.status).to_have_text(f"Resultaten: {searched.results.count()}")
    for link in searched.results.all():
        target = link.bounding_box()
        assert target is not None
        assert target["height"] >= 44
    assert "lid" in searched.page.locator("mark").first.inner_text().lower()
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert searched.page.evaluate(overflow) <= 0


def test_what_is_not_there_is_said(search: Callable[..., Searched]) -> None:
    searched = search("fr")
    assert searched.find("xyzzy") == []
    expect(searched.status).to_contain_text("Aucun résultat")
    searched.field.fill("")
    expect(searched.status).to_be_empty()


def test_a_search_that_cannot_work_says_so_and_leaves_the_list(
    search: Callable[..., Searched],
) -> None:
    searched = search("nl")
    searched.page.route("**/pagefind/*.js", lambda route: route.abort())
    assert searched.find("lid") == []
    expect(searched.status).to_contain_text("Zoeken lukt nu niet")
    expect(searched.page.locator(".contents").first).to_be_visible()


NO_LOOKBEHIND = """() => {
    const made = RegExp;
    const refuse = (text) => {
        if (/[(][?]<[=!]/.test(text)) throw new SyntaxError("invalid group specifier name");
    };
    window.RegExp = new Proxy(made, {
        construct: (one, given) => { refuse(String(given[0])); return Reflect.construct(one, given); },
        apply: (one, here, given) => { refuse(String(given[0])); return Reflect.apply(one, here, given); },
    });
}"""


@pytest.mark.parametrize(
    ("lacks", "outcome"),
    [
        (r"\(\?<[=!]", "works"),  # Safari before 16.4; no script may need it
        (r"\\p\{", "says so"),  # the program of the search
        (r"\bWebAssembly\b", "says so"),  # the engine that the program asks
        (r"\bimport\(", "list"),  # the field itself
        (r"\basync\b", "list"),
    ],
)
def test_in_an_old_browser_the_list_stays(
    search: Callable[..., Searched], lacks: str, outcome: str
) -> None:
    """A browser refuses the whole of a script that holds what it cannot read, as is played here."""
    searched = search("nl")
    refused: list[str] = []

    def answer(route: Route) -> None:
        response = route.fetch()
        if re.search(lacks, response.text()):
            refused.append(route.request.url)
            route.fulfill(response=response, body="(")
        else:
            route.fulfill(response=response)

    searched.page.route("**/*.js", answer)
    searched.page.add_init_script(f"({NO_LOOKBEHIND})()")
    searched.page.reload()
    if outcome == "list":
        expect(searched.page.get_by_role("searchbox")).to_have_count(0)
    else:
        assert bool(searched.find("lid")) == (outcome == "works")
    if outcome == "says so":
        expect(searched.status).to_contain_text("Zoeken lukt nu niet")
    assert bool(refused) == (outcome != "works")
    expect(searched.page.locator(".contents").first).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_the_list_is_the_page(
    tab: Callable[..., Page], served: Served, language: str
) -> None:
    page = tab(served.path("search", language), script=False)
    expect(page.get_by_role("searchbox")).to_have_count(0)
    expect(page.get_by_role("search")).to_have_count(0)
    for key, place in (("faq", "become-member"), ("timeline", "parliament-vote")):
        link = page.locator(f"main a[href='{served.path(key, language)}#{place}']")
        expect(link).to_be_visible()


def test_no_other_page_may_compile_what_the_search_page_may(visits: Visits, served: Served) -> None:
    allowed = {path for path in served.pages if visits[path, True].compiles}
    assert allowed == {served.path("search", language) for language in LANGUAGES}
