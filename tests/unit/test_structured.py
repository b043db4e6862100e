"""What search engines may know: dated pages of a list are articles, an agenda holds events."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from diptych.pipeline import Build, Options
from tests.conftest import SITE_YAML, page_of

PAGE = "---\ntitle: {}\n{}---\n\nTekst {}.\n"
AGENDA = """\
- id: open-day
  dates: [2027-03-18T20:00, 2027-03-25]
  title: {nl: "Open <deur>", fr: Portes ouvertes}
  place: {nl: Gent, fr: Gand}
  text: {nl: "Kom *mee*.", fr: "Venez."}
- id: off
  dates: [2027-04-01/2027-04-02]
  title: {nl: Kamp, fr: Camp}
  called_off: true
- id: past
  dates: [2020-04-01]
  title: {nl: Voorbij, fr: Passé}
"""


def files(front: str = "") -> dict[str, str | bytes | None]:
    both = {
        f"content/{key}/{language}.md": PAGE.format(f"{title} {language}", lines, language)
        for key, title, lines in (
            ("news", "Nieuws", "layout: list\n"),
            ("news/one", "Een", "date: 2026-01-02\n"),
            ("news/two", "Twee", ""),
            ("dated", "Dag", "date: 2026-01-02\n"),
            ("dates", "Agenda", "layout: agenda\n" + front),
        )
        for language in ("nl", "fr")
    }
    return {**both, "content/dates/agenda.yaml": AGENDA}


def graph(build: Build, path: str) -> list[dict[str, Any]]:
    (script,) = page_of(build, path).xpath('//script[@type="application/ld+json"]/text()')
    found: list[dict[str, Any]] = json.loads(script)["@graph"]
    return found


@pytest.fixture
def built(site: Callable[..., Build]) -> Build:
    import datetime

    return site(files(), options=Options(today=datetime.date(2026, 6, 1)))


def test_a_dated_page_below_a_list_is_an_article(built: Build) -> None:
    article = graph(built, "nl/nieuws-nl/een-nl/")[0]
    assert (article["@type"], article["headline"], article["datePublished"]) == (
        "NewsArticle",
        "Een nl",
        "2026-01-02",
    )
    for path in ("nl/nieuws-nl/twee-nl/", "nl/dag-nl/", "nl/nieuws-nl/"):
        assert graph(built, path)[0]["@type"] == "WebPage"


def test_the_events_to_come_are_told_with_their_next_date(built: Build) -> None:
    events = [each for each in graph(built, "fr/agenda-fr/") if each["@type"] == "Event"]
    first, second = events
    assert first["name"] == "Portes ouvertes"
    assert first["startDate"] == "2027-03-18T20:00"
    assert first["location"] == {"@type": "Place", "name": "Gand"}
    assert first["url"] == "https://example.org/fr/agenda-fr/#open-day"
    assert first["eventStatus"] == "https://schema.org/EventScheduled"
    assert second["startDate"] == "2027-04-01"
    assert second["eventStatus"] == "https://schema.org/EventCancelled"
    dutch = [each for each in graph(built, "nl/agenda-nl/") if each["@type"] == "Event"]
    assert dutch[0]["description"] == "Kom mee."


def test_a_discreet_agenda_tells_of_no_event(site: Callable[..., Build]) -> None:
    page = page_of(site(files("discreet: true\n")), "nl/agenda-nl/")
    assert page.xpath('//script[@type="application/ld+json"]') == []


TIMELINE = """\
- id: first
  date: 2020-03
  title: {nl: "Eerste *stap*", fr: Premier pas}
  text: {nl: Wij., fr: Nous.}
- id: lockdown
  date: 2020-05-01/2020-06-08
  title: {nl: "Dicht & 1 < 2"}
  text: {nl: Alles dicht.}
- id: night
  date: 2022-03-18T01:35
  title: {nl: Stemming, fr: Vote}
  text: {nl: Ja., fr: Oui.}
"""


def timeline(front: str = "") -> dict[str, str | bytes | None]:
    pages = {
        f"content/history/{language}.md": f"---\ntitle: {title}\nlayout: timeline\n{front}---\n\nX.\n"
        for language, title in (("nl", "Tijdlijn"), ("fr", "Chronologie"))
    }
    return {**pages, "content/history/timeline.yaml": TIMELINE}


def test_a_timeline_tells_of_times_and_of_no_event_to_go_to(site: Callable[..., Build]) -> None:
    build = site(timeline())
    told = graph(build, "fr/chronologie/")
    assert all(each["@type"] != "Event" for each in told)
    (listed,) = [each for each in told if each["@type"] == "ItemList"]
    assert listed["numberOfItems"] == 3
    items = [each["item"] for each in listed["itemListElement"]]
    assert [each["temporalCoverage"] for each in items] == [
        "2020-03",
        "2020-05-01/2020-06-08",
        "2022-03-18T01:35",
    ]
    assert [each["name"] for each in items] == ["Premier pas", "Dicht & 1 < 2", "Vote"]
    assert [each.get("inLanguage") for each in items] == [None, "nl-BE", None]
    there = page_of(build, "fr/chronologie/").xpath("//@id")
    assert [each["url"].partition("#")[2] for each in items] == ["first", "lockdown", "night"]
    assert {"first", "lockdown", "night"} <= set(there)
    assert [each["position"] for each in listed["itemListElement"]] == [1, 2, 3]
    home = graph(build, "fr/")  # shows the first of them, and is not where they stand
    assert all(each["@type"] != "ItemList" for each in home)


def test_a_discreet_timeline_tells_nothing(site: Callable[..., Build]) -> None:
    page = page_of(site(timeline("discreet: true\n")), "nl/tijdlijn/")
    assert page.xpath('//script[@type="application/ld+json"]') == []


EDITED = [
    ("https://github.com/o/n/", "https://github.com/o/n/edit/main/content/about/nl.md"),
    ("https://gitlab.com/o/n", "https://gitlab.com/o/n/-/edit/main/content/about/nl.md"),
    ("https://codeberg.org/o/n", "https://codeberg.org/o/n/_edit/main/content/about/nl.md"),
]


@pytest.mark.parametrize(("repository", "address"), EDITED)
def test_a_page_leads_to_its_own_file_and_a_discreet_one_does_not(
    site: Callable[..., Build], repository: str, address: str
) -> None:
    def links(build: Build, path: str) -> list[str]:
        found: list[str] = page_of(build, path).xpath('//a[contains(., "Verbeter")]/@href')
        return found

    settings = SITE_YAML + f"repository: {repository}\n"
    build = site({"content/site.yaml": settings})
    assert links(build, "nl/over-ons/") == [address]
    assert links(build, "nl/404.html") == []
    assert links(site({}), "nl/over-ons/") == []
    discreet = {
        "content/site.yaml": settings,
        "content/about/fr.md": "---\ntitle: À propos\ndiscreet: true\n---\n\n## Qui {#who}\n",
    }
    assert links(site(discreet), "nl/over-ons/") == []
