"""Words as people type them: a small site of its own, in four languages, searched in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route, expect

from diptych.cache import Cache
from diptych.pipeline import Options, build_site
from tests.browser.host import serving
from tests.browser.test_search import Searched
from tests.browser.visits import PHONE, WIDE
from tests.conftest import make_tree

pytestmark = pytest.mark.browser

SITE_YAML = """\
base_url: https://example.org
languages:
  nl: {locale: nl_BE, name: Nederlands, typography: dutch}
  fr: {locale: fr_BE, name: Français, typography: french}
  de: {locale: de_BE, name: Deutsch, typography: german}
  en: {locale: en_GB, name: English, typography: english}
navigation: [find]
organisation:
  short_name: Koor
  name: {nl: Koor, fr: Chœur, de: Chor, en: Choir}
  contact: info@example.org
topics:
  song: {nl: Lied, fr: Chant, de: Lied, en: Song}
exit: {nl: "https://weather.example/", fr: "https://weather.example/",
  de: "https://weather.example/", en: "https://weather.example/"}
search: true
"""
TEXTS = {
    "nl": (
        "Hier zingen mensen.",
        {
            "parcels": "We delen voedselpakketten uit en het kost 1.200 euro",
            "windows": "De ramen gaan dicht om 1.35 uur",
            "police": "De politie luistert",
            "politics": "Een politieke partij spreekt",
            "coast": "PTB-PVDA stemt in Sint-Joost-ten-Node over de geschiedenis",
            "doors": "De deuren sluiten niet meer",
            "excluded": "Uitgesloten is dat niet",
        },
    ),
    "fr": (
        "Ici, on chante.",
        {
            "sister": "Ma sœur rencontre d’autres membres actif·ves",
            "vote": "Le vote du groupe, à 1 h 35",
            "yours": "Votre avis compte pour vous",
            "money": "Une collecte de 40 000 euros",
            "law": "La loi change",
            "attorneys": "Les procureurs généraux s’y opposent avec générosité",
            "cover": "La couverture est large",
            "salons": "Les salons vont rouvrir",
            "curtains": "Les rideaux ferment",
        },
    ),
    "de": (
        "Hier singt man.",
        {
            "houses": "Die Häuser stehen in der Straße",
            "songs": "Wir sangen Wanderlieder",
            "votes": "Das Dorf stimmt heute",
        },
    ),
    "en": (
        "People sing here.",
        {
            "choirs": "Running choirs is a joy",
            "theatre": "A theatre opens",
        },
    ),
}
CASES = [
    # parts of compounds, and a compound that the site does not have
    ("nl", "pakket", "parcels"),
    ("nl", "pakketten", "parcels"),
    ("nl", "voedselpakket", "parcels"),
    ("nl", "voedseleuro", "parcels"),
    # stems: a vowel that doubles, and not what only begins alike
    ("nl", "raam", "windows"),
    ("nl", "politie", "police"),
    ("nl", "luisteren", "police"),
    # a verb, its participle and its noun
    ("nl", "stemmen", "coast"),
    ("nl", "stemming", "coast"),
    ("nl", "gestemd", "coast"),
    ("nl", "stemden", "coast"),
    ("fr", "votent", "vote"),
    ("fr", "voter", "vote"),
    # a participle with letters of its own, and no other word that merely looks like it
    ("nl", "gesloten", "doors"),
    ("nl", "sluiting", "doors"),
    ("fr", "rouvert", "salons"),
    ("fr", "rouvertes", "salons"),
    ("fr", "fermée", "curtains"),
    ("fr", "fermées", "curtains"),
    ("de", "stimmen", "votes"),
    ("de", "gestimmt", "votes"),
    ("de", "Stimmung", "votes"),
    # parts of joined words
    ("nl", "pvda", "coast"),
    ("nl", "joost", "coast"),
    ("nl", "node", "coast"),
    # figures with and without a sign
    ("nl", "1200", "parcels"),
    ("nl", "1 200", "parcels"),
    ("fr", "40000", "money"),
    ("fr", "40.000", "money"),
    ("fr", "40 000", "money"),
    # an hour as one types it on a phone
    ("nl", "1u35", "windows"),
    ("fr", "1h35", "vote"),
    # a question: what only asks counts for nothing
    ("nl", "waar is de politie", "police"),
    ("nl", "wat doet de politie", "police"),
    ("fr", "c'est quoi la loi", "law"),
    ("fr", "pourquoi la générosité", "attorneys"),
    ("en", "where do choirs", "choirs"),
    ("de", "wo ist die Strasse", "houses"),
    # a letter too few, too many, another, two in the wrong order
    ("nl", "geschiednis", "coast"),
    ("nl", "geschiedenniss", "coast"),
    ("nl", "geschiedemis", "coast"),
    ("nl", "gescheidenis", "coast"),
    # two of them in a long word
    ("nl", "gechiedneis", "coast"),
    ("nl", "poilteike", "politics"),
    ("nl", "vodeselpaketten", "parcels"),
    ("fr", "gnerosté", "attorneys"),
    ("fr", "porcureus", "attorneys"),
    ("de", "Wnaderleider", "songs"),
    # and one in a word which has another ending here
    ("fr", "procurreur", "attorneys"),
    ("nl", "vodselpakket", "parcels"),
    # ligatures, accents, elisions, both genders
    ("fr", "soeur", "sister"),
    ("fr", "SŒUR", "sister"),
    ("fr", "d'autres", "sister"),
    ("fr", "membre active", "sister"),
    ("fr", "vote", "vote"),
    ("fr", "votes", "vote"),
    ("fr", "général", "attorneys"),
    ("fr", "general", "attorneys"),
    # other languages
    ("de", "Haus", "houses"),
    ("de", "strasse", "houses"),
    ("de", "Lieder", "songs"),
    ("en", "choir", "choirs"),
    ("en", "run", "choirs"),
    ("en", "theater", "theatre"),
]


def _site() -> dict[str, str]:
    files = {"content/site.yaml": SITE_YAML}
    for language, (opening, parts) in TEXTS.items():
        text = "".join(
            f"\n## {'ABCDEFGHI'[at]} {{#{key}}}\n\n{each}.\n"
            for at, (key, each) in enumerate(parts.items())
        )
        keywords = {"nl": "doneren, gift", "fr": "don"}.get(language, "gift")
        files[f"content/home/{language}.md"] = (
            f"---\ntitle: Home\nlayout: home\n---\n\n{opening}\n{text}"
        )
        files[f"content/find/{language}.md"] = "---\ntitle: Find\nlayout: search\n---\n\n1, 2.\n"
        files[f"content/help/{language}.md"] = (
            f"---\ntitle: Help\nkeywords: {keywords}\n---\n\nABC.\n"
        )
    return files


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    build = build_site(make_tree(_site()), Options(), Cache(None))
    assert not build.failed, [str(each.message) for each in build.diagnostics]
    with serving({output.path: output.data for output in build.outputs}) as address:
        yield address


@pytest.fixture
def open_search(chromium: Browser, origin: str) -> Iterator[Callable[..., Searched]]:
    """The search page in a language, in a tab of its own."""
    opened = []

    def open_page(language: str, **options: object) -> Searched:
        page = chromium.new_context(base_url=origin, **options).new_page()  # type: ignore[arg-type]
        opened.append(page)
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"/{language}/find/")
        return Searched(page, asked, said)

    yield open_page
    for page in opened:
        page.context.close()


@pytest.mark.parametrize("language", TEXTS)
def test_words_are_found_as_people_type_them(
    open_search: Callable[..., Searched], language: str
) -> None:
    searched = open_search(language)
    missed = []
    for _, words, place in (each for each in CASES if each[0] == language):
        found = searched.find(words)
        if not found or not found[0].endswith(f"/{language}/#{place}"):
            missed.append((words, found))
    assert missed == []
    assert searched.said == []


@pytest.mark.parametrize(
    ("language", "words", "place"),
    [
        ("nl", "politie", "politics"),
        ("nl", "stam", "coast"),
        ("fr", "vote", "yours"),
        ("fr", "votent", "yours"),
        ("fr", "loyer", "law"),
        ("fr", "rouvert", "cover"),
        ("de", "Stimme", "houses"),
        ("nl", "plotiie", "police"),  # two slips in a short word: that may be any word
    ],
)
def test_what_only_begins_alike_is_not_found(
    open_search: Callable[..., Searched], language: str, words: str, place: str
) -> None:
    assert not any(each.endswith(f"#{place}") for each in open_search(language).find(words))


def test_a_page_is_found_by_its_keywords_and_shows_none(
    open_search: Callable[..., Searched], origin: str
) -> None:
    searched = open_search("nl")
    assert [urlsplit(each).path for each in searched.find("doneren")] == ["/nl/help/"]
    expect(searched.page.get_by_role("search").get_by_role("listitem")).to_have_text("HelpABC.")
    assert searched.page.locator("mark").count() == 0
    searched.page.goto("/nl/help/")
    assert "doneren" not in searched.page.content()


@pytest.mark.parametrize("width", [PHONE, WIDE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_typo_is_mended_in_words(
    open_search: Callable[..., Searched], width: int, scheme: str
) -> None:
    """What was searched for instead is said where a screen reader hears it, and nothing moves."""
    searched = open_search("nl", viewport={"width": width, "height": 800}, color_scheme=scheme)
    searched.find("Geschéidenis")
    expect(searched.status).to_have_text(
        "Niets gevonden voor ‘Geschéidenis’. Dit zijn de resultaten voor ‘geschiedenis’. Resultaten: 1"
    )
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert searched.page.evaluate(overflow) <= 0


def test_an_excerpt_reads_as_the_page_does(open_search: Callable[..., Searched]) -> None:
    """Hidden words leave no trace, and no comma or space goes with them."""
    searched = open_search("fr")
    searched.find("collecte")
    item = searched.page.get_by_role("search").get_by_role("listitem")
    expect(item).to_contain_text("Une collecte de 40 000 euros.")
    searched.find("soeur")
    expect(item).to_contain_text("Ma sœur rencontre d’autres membres actif·ves.")
    expect(searched.page.locator("mark")).to_have_text("sœur")


def test_while_it_loads_it_says_so(open_search: Callable[..., Searched]) -> None:
    searched = open_search("nl")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    searched.page.route("**/words.*.txt", hold)
    searched.field.fill("politie")
    expect(searched.status).to_have_text("Even zoeken…")
    held[0].continue_()
    expect(searched.status).to_have_text(re.compile(r"^Resultaten: \d+$"))


def test_without_the_list_of_words_whole_words_are_found(
    open_search: Callable[..., Searched],
) -> None:
    searched = open_search("nl")
    searched.page.route("**/words.*.txt", lambda route: route.abort())
    assert [urlsplit(each).fragment for each in searched.find("politie")] == ["police"]


def test_one_list_of_words_is_fetched_once_and_from_here(
    open_search: Callable[..., Searched],
) -> None:
    searched = open_search("fr")
    assert not any("words" in each for each in searched.asked)
    searched.find("vote")
    searched.find("soeur")
    assert [each for each in searched.asked if "words" in each] == ["/pagefind/words.fr-be.txt"]


def test_it_works_by_keyboard_alone(open_search: Callable[..., Searched]) -> None:
    searched = open_search("nl")
    for _ in range(20):
        searched.page.keyboard.press("Tab")
        if searched.field.evaluate("(field) => field === document.activeElement"):
            break
    searched.page.keyboard.type("politie")
    searched.page.keyboard.press("Enter")
    expect(searched.results.first).to_be_visible()
    expect(searched.field).to_be_focused()
    searched.page.keyboard.press("Tab")
    expect(searched.results.first).to_be_focused()
    searched.page.keyboard.press("Enter")
    searched.page.wait_for_url("**/nl/#police")
