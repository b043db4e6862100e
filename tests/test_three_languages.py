"""A third language is settings and files: no line of code or template knows it."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from diptych.diagnostics import Severity
from diptych.pipeline import Build
from tests.conftest import SITE_YAML, page_of, text_of

Builds = Callable[..., Build]

YAML = (
    SITE_YAML.replace(
        "navigation:", "  de: {locale: de_BE, name: Deutsch, typography: german}\nnavigation:"
    )
    .replace("Exemple asbl", "Exemple asbl, de: Beispiel VoG")
    .replace("fr: Loi", "fr: Loi, de: Gesetz")
)

EVENTS = """\
- id: all
  date: 2022-03-18T01:35
  topics: [law]
  title: {nl: Stemming, fr: Vote, de: Abstimmung}
  text: {nl: Tekst., fr: Texte., de: Text.}
- id: spring
  date: 2022-21
  title: {de: Nur Deutsch}
  text: {de: Noch nicht übersetzt.}
"""

FILES = {
    "content/site.yaml": YAML,
    "content/home/de.md": "---\ntitle: Willkommen\nlayout: home\n---\n\nWir sprechen.\n",
    "content/about/de.md": '---\ntitle: Über uns\n---\n\nWir sagen "ja".\n\n## Wer {#who}\n\nWir.\n',
    "content/eupen/de.md": "---\ntitle: Eupen\n---\n\nSiehe [uns](page:about#who).\n",
    "content/liege/nl.md": "---\ntitle: Luik\n---\n\nIn Luik.\n",
    "content/liege/fr.md": "---\ntitle: Liège\n---\n\nÀ Liège.\n",
    "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
    "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
    "content/time/de.md": "---\ntitle: Zeitleiste\nlayout: timeline\n---\n",
    "content/time/timeline.yaml": EVENTS,
}
TAGS = {"nl": "nl-BE", "fr": "fr-BE", "de": "de-BE"}


@pytest.fixture
def build(site: Builds) -> Build:
    made = site(FILES)
    errors = [str(each.message) for each in made.diagnostics if each.severity is Severity.ERROR]
    assert errors == []
    return made


def alternates(build: Build, path: str) -> list[tuple[str, str]]:
    links = page_of(build, path).xpath("/html/head/link[@rel='alternate'][@hreflang]")
    return [
        (link.get("hreflang"), link.get("href").removeprefix("https://example.org/"))
        for link in links
    ]


def switcher(build: Build, path: str) -> dict[str, str]:
    return {
        a.get("hreflang"): a.get("href") for a in page_of(build, path).xpath("//a[@data-language]")
    }


def test_every_page_has_an_address_in_every_language(build: Build) -> None:
    assert build.site is not None
    assert {(page.path, page.state) for page in build.site.pages} == {
        ("nl/", "current"),
        ("fr/", "current"),
        ("de/", "current"),
        ("nl/over-ons/", "current"),
        ("fr/a-propos/", "current"),
        ("de/ueber-uns/", "current"),
        ("nl/eupen/", "fallback"),
        ("fr/eupen/", "fallback"),
        ("de/eupen/", "current"),
        ("nl/luik/", "current"),
        ("fr/liege/", "current"),
        ("de/luik/", "fallback"),
        ("nl/tijdlijn/", "current"),
        ("fr/chronologie/", "current"),
        ("de/zeitleiste/", "current"),
    }


def test_what_is_missing_is_said_for_each_language(build: Build) -> None:
    missing = [
        (each.span.path, str(each.message))
        for each in build.diagnostics
        if each.check == "missing-translation"
    ]
    assert sorted(missing) == [
        (
            "content/eupen/de.md",
            "this page has no Français version; its readers see the Deutsch text",
        ),
        (
            "content/eupen/de.md",
            "this page has no Nederlands version; its readers see the Deutsch text",
        ),
        (
            "content/liege/nl.md",
            "this page has no Deutsch version; its readers see the Nederlands text",
        ),
        ("content/time/timeline.yaml", "“spring” has no title + text in Nederlands, Français"),
    ]


def test_the_switcher_offers_both_other_languages(build: Build) -> None:
    assert switcher(build, "de/ueber-uns/") == {"nl-BE": "/nl/over-ons/", "fr-BE": "/fr/a-propos/"}
    assert switcher(build, "nl/eupen/") == {"fr-BE": "/fr/eupen/", "de-BE": "/de/eupen/"}


def test_the_switcher_leads_back_from_every_page(build: Build) -> None:
    assert build.site is not None
    for page in build.site.pages:
        for address in switcher(build, page.path).values():
            assert f"/{page.path}" in switcher(build, address.removeprefix("/")).values()


def test_hreflang_names_who_really_has_the_page(build: Build) -> None:
    assert alternates(build, "de/ueber-uns/") == [
        ("nl-BE", "nl/over-ons/"),
        ("fr-BE", "fr/a-propos/"),
        ("de-BE", "de/ueber-uns/"),
        ("x-default", "nl/over-ons/"),
    ]
    assert alternates(build, "de/eupen/") == [("de-BE", "de/eupen/"), ("x-default", "de/eupen/")]
    assert alternates(build, "fr/liege/") == [
        ("nl-BE", "nl/luik/"),
        ("fr-BE", "fr/liege/"),
        ("x-default", "nl/luik/"),
    ]
    assert alternates(build, "fr/eupen/") == []


@pytest.mark.parametrize("path", ["nl/eupen/", "fr/eupen/"])
def test_a_german_page_is_read_to_others_in_german(build: Build, path: str) -> None:
    page = page_of(build, path)
    assert page.get("lang") == TAGS[path[:2]]
    assert page.xpath("//h1/@lang") == ["de-BE"]
    text = page.xpath("//main//*[contains(text(), 'Siehe')]")[0]
    assert text.xpath("ancestor-or-self::*[@lang][1]/@lang") == ["de-BE"]
    notice = page.xpath("//aside[contains(@class, 'notice')]//a")[0]
    assert (notice.get("href"), notice.get("lang"), notice.text) == (
        "/de/eupen/",
        "de-BE",
        "Deutsch",
    )
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/de/eupen/"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    own = {"nl/eupen/": "/nl/over-ons/#who", "fr/eupen/": "/fr/a-propos/#who"}
    assert text.xpath(".//a/@href") == [own[path]]


def test_a_page_that_lacks_german_says_so_in_german(build: Build) -> None:
    notice = page_of(build, "de/luik/").xpath("//aside[contains(@class, 'notice')]")[0]
    assert notice.text_content().strip().startswith("Diese Seite ist noch nicht übersetzt.")


def test_an_event_that_is_german_only_is_german_everywhere(build: Build) -> None:
    for path in ("nl/tijdlijn/", "fr/chronologie/"):
        title = (
            page_of(build, path).get_element_by_id("spring").xpath(".//*[text()='Nur Deutsch']")[0]
        )
        assert title.xpath("ancestor-or-self::*[@lang][1]/@lang") == ["de-BE"]
    own = page_of(build, "de/zeitleiste/").get_element_by_id("spring")
    assert own.xpath("ancestor-or-self::*/@lang") == ["de-BE"]


def test_dates_words_and_marks_are_german(build: Build) -> None:
    page = page_of(build, "de/zeitleiste/")
    times = [" ".join(time.text_content().split()) for time in page.xpath("//article//h3//time")]
    assert times == ["18. März 2022 um 1.35 Uhr", "Frühling 2022"]
    assert page.xpath("//nav[@class='menu']/@aria-label") == ["Hauptmenü"]
    text = page_of(build, "de/ueber-uns/").xpath("string(//main)")
    assert "Wir sagen „ja“." in text
    assert page_of(build, "de/404.html").xpath("string(//h1)") == "Diese Seite gibt es nicht"


def test_the_choice_and_the_lost_page_speak_three_languages(build: Build) -> None:
    for path in ("index.html", "404.html"):
        assert page_of(build, path).xpath("//main//section/@lang") == ["nl-BE", "fr-BE", "de-BE"]


def test_feed_and_sitemap_know_german(build: Build) -> None:
    feed = ET.fromstring(text_of(build, "de/feed.xml"))
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de-BE"
    sitemap = text_of(build, "sitemap.xml")
    assert "<loc>https://example.org/de/eupen/</loc>" in sitemap
    for fallback in ("nl/eupen/", "fr/eupen/", "de/luik/"):
        assert fallback not in sitemap


def test_a_language_that_the_theme_speaks_needs_no_catalog(build: Build) -> None:
    assert "missing-catalog" not in {each.check for each in build.diagnostics}


def test_any_other_language_needs_a_catalog_before_anything_is_published(site: Builds) -> None:
    """Else its readers would be spoken to in English."""
    italian = YAML.replace("de: {locale: de_BE", "it: {locale: it_IT").replace("german", "plain")
    made = site({"content/site.yaml": italian.replace(", de: ", ", it: ")})
    wrong = [each.check for each in made.diagnostics if each.severity is Severity.ERROR]
    assert wrong == ["missing-catalog"]


def test_a_language_without_a_single_page_yet(site: Builds) -> None:
    """The first step of a new language: one line in the settings."""
    made = site({"content/site.yaml": YAML})
    assert not made.failed
    assert made.site is not None
    assert [page.state for page in made.site.pages if page.language == "de"] == [
        "fallback",
        "fallback",
    ]
