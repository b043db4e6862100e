"""Chapters of a timeline: where `chapters.yaml` names them they take the place of years."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.pipeline import Build
from tests.conftest import SITE_YAML, page_of

Builds = Callable[..., Build]

EVENTS = "".join(
    f"- id: {name}\n  date: {date}\n  title: {{nl: {name} nl, fr: {name} fr}}\n"
    f"  text: {{nl: Tekst., fr: Texte.}}\n"
    for name, date in (
        ("one", "2020-03"),
        ("two", "2020-12"),
        ("three", "2021-01"),
        ("four", "2021-05"),
    )
)
CHAPTERS = """\
- id: begin
  from: one
  title: {nl: Het begin, fr: Le début}
- id: end
  from: two
  title: {nl: Het einde, fr: La fin}
"""
PAGES = {
    "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
    "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
    "content/time/timeline.yaml": EVENTS,
}


def shape(build: Build) -> list[tuple[str, list[tuple[str, str, list[str]]]]]:
    """Title of each chapter; year, anchor and events of each year in it."""
    assert not build.failed
    return [
        (
            chapter.findtext("h2") or "",
            [
                (
                    year.xpath("string(.//*[@class='year-name'])"),
                    year.xpath("string(.//*[@class='year-name']/@id)"),
                    year.xpath(".//article/@id"),
                )
                for year in chapter.xpath(".//div[@class='year']")
            ],
        )
        for chapter in page_of(build, "nl/tijdlijn/").xpath("//section[@class='chapter']")
    ]


def test_years_go_on_in_the_next_chapter(site: Builds) -> None:
    build = site({**PAGES, "content/time/chapters.yaml": CHAPTERS})
    assert shape(build) == [
        ("Het begin", [("2020", "y2020", ["one"])]),
        ("Het einde", [("2020", "", ["two"]), ("2021", "y2021", ["three", "four"])]),
    ]
    links = page_of(build, "fr/chronologie/").xpath("//nav[@class='years']//a")
    assert [(each.text, each.get("href")) for each in links] == [
        ("Le début", "#begin"),
        ("La fin", "#end"),
    ]


def test_without_chapters_years_are_the_parts(site: Builds) -> None:
    build = site(PAGES)
    page = page_of(build, "nl/tijdlijn/")
    assert shape(build) == []
    assert page.xpath("//section[@class='year']/@aria-labelledby") == ["y2020", "y2021"]


def test_what_stands_before_the_first_chapter_has_no_title(site: Builds) -> None:
    late = CHAPTERS.replace("from: one", "from: three").replace("from: two", "from: four")
    build = site({**PAGES, "content/time/chapters.yaml": late})
    assert [title for title, _ in shape(build)] == ["", "Het begin", "Het einde"]
    assert "chapter-order" in {each.check for each in build.diagnostics}


@pytest.mark.parametrize(
    ("written", "check"),
    [
        (CHAPTERS.replace("from: two", "from: twe"), "unknown-event"),
        (CHAPTERS.replace("id: end", "id: begin"), "duplicate-entry"),
        (CHAPTERS.replace("{nl: Het einde, fr: La fin}", "{nl: Het einde}"), "missing-translation"),
        (CHAPTERS.replace("  from: two\n", ""), "missing-key"),
    ],
)
def test_a_mistake_in_chapters_is_told(site: Builds, written: str, check: str) -> None:
    build = site({**PAGES, "content/time/chapters.yaml": written})
    assert check in {each.check for each in build.diagnostics}


LASTED = 'until: three\n  lasted: {nl: "{days} dagen dicht", fr: "fermé {days} jours"}\n  title: {nl: one'


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (("2020-03-18", "2020-06-08"), ["82 dagen dicht"]),
        (("2020-10-19", "2021-06-09"), ["233 dagen dicht"]),
        (("2019-01-01", "2022-01-01"), ["1.096 dagen dicht"]),
        (("2020-03", "2020-06-08"), []),  # nobody knows how many
        (("2020-03-18", "2021-21"), []),
    ],
)
def test_a_period_says_how_long_it_lasted_where_it_ended(
    site: Builds, dates: tuple[str, str], said: list[str]
) -> None:
    """Counted from day to day, and only where both are known to the day."""
    events = EVENTS.replace("title: {nl: one", LASTED).replace("2020-03", dates[0], 1)
    events = (
        events.replace("2020-12", dates[0], 1)
        .replace("2021-01", dates[1])
        .replace("2021-05", "2022-05")
    )
    page = page_of(site({**PAGES, "content/time/timeline.yaml": events}), "nl/tijdlijn/")
    found = page.xpath("//article[@id='three']/p[@class='lasted']")
    assert [each.text_content().replace("\N{NO-BREAK SPACE}", " ") for each in found] == said
    assert page.xpath("//li[contains(@class, 'during')]/article/@id") == ["one", "two"]


GREAT = {
    "content/site.yaml": SITE_YAML.replace(
        "topics:", "topics:\n  turning-point: {nl: Keer, fr: Tour}"
    )
}


@pytest.mark.parametrize(
    ("great", "order"),
    [
        (("two",), [None, "two"]),
        (("one", "four"), [None, "one", "four"]),  # a period that begins with a turning point
        (("three",), [None, "three"]),
        ((), []),
    ],
)
def test_a_period_is_told_before_the_first_turning_point_in_it(
    site: Builds, great: tuple[str, ...], order: list[str | None]
) -> None:
    events = EVENTS.replace("2020-03", "2020-03-18").replace("2021-01", "2021-06-08")
    events = events.replace("2021-05", "2021-07").replace("title: {nl: one", LASTED)
    for name in great:
        events = events.replace(f"- id: {name}\n", f"- id: {name}\n  topics: [turning-point]\n")
    build = site({**PAGES, **GREAT, "content/time/timeline.yaml": events})
    page = page_of(build, "nl/tijdlijn/")
    lines = page.xpath("//ol[@class='lines']/li")
    found = [(each.xpath("string(a/@href)").partition("#")[2] or None) for each in lines]
    assert found == order
    said = ["".join(each.text_content().split()) for each in lines if each.get("class") == "period"]
    assert said == ["18maart2020–8juni2021447dagendicht"] * bool(great)


@pytest.mark.parametrize(
    ("began", "said"),
    [
        (
            "2020-03",
            "maart 2020 – 8 juni 2021 one nl",
        ),  # not to the day: the title says what it was
        ("2020-03-18~", "rond 18 maart 2020 one nl"),
        ("2020-03-18/2020-03-19", "18–19 maart 2020 one nl"),
    ],
)
def test_a_period_of_unsure_length_has_the_title_of_its_event(
    site: Builds, began: str, said: str
) -> None:
    events = EVENTS.replace("2020-03", began).replace("2021-01", "2021-06-08")
    events = events.replace("2021-05", "2021-07").replace("title: {nl: one", LASTED)
    events = events.replace("- id: three\n", "- id: three\n  topics: [turning-point]\n")
    build = site({**PAGES, **GREAT, "content/time/timeline.yaml": events})
    (period,) = page_of(build, "nl/tijdlijn/").xpath("//li[@class='period']")
    assert " ".join(period.text_content().split()) == said


@pytest.mark.parametrize(
    "text",
    [
        "dagen dicht",
        "{days} en {days} dagen",
        "{day} dagen",
        "{days} {x} dagen",
        "{days} dagen}",
        "{{days}} dagen",
    ],
)
def test_a_duration_has_one_place_for_its_days(site: Builds, text: str) -> None:
    events = EVENTS.replace("title: {nl: one", LASTED.replace("{days} dagen dicht", text))
    build = site({**PAGES, "content/time/timeline.yaml": events})
    assert "wrong-type" in {each.check for each in build.diagnostics}


@pytest.mark.parametrize(("length", "wrong"), [(22, 0), (23, 1)])
def test_words_for_the_overview_are_few(site: Builds, length: int, wrong: int) -> None:
    short = f"short: {{nl: {'a' * length}, fr: b}}\n  title: {{nl: one"
    build = site({**PAGES, "content/time/timeline.yaml": EVENTS.replace("title: {nl: one", short)})
    assert [each.check for each in build.diagnostics].count("wrong-type") == wrong


@pytest.mark.parametrize(
    ("nl", "fr", "more", "weight"),
    [
        (29, 31, "", "note"),  # the same in both languages
        (30, 31, "", "story"),
        (3, 3, "figures: [{id: a, value: 3, unit: x, label: {nl: a, fr: b}}]\n  ", "story"),
        (3, 3, "topics: [turning-point]\n  ", "turning-point"),
    ],
)
def test_an_event_has_one_weight_in_every_language(
    site: Builds, nl: int, fr: int, more: str, weight: str
) -> None:
    text = f"{more}text: {{nl: {'woord ' * nl}, fr: {'mot ' * fr}}}"
    events = EVENTS.replace("text: {nl: Tekst., fr: Texte.}", text, 1)
    settings = SITE_YAML.replace(
        "topics:\n", "topics:\n  turning-point: {nl: Keerpunt, fr: Tournant}\n"
    )
    build = site({**PAGES, "content/site.yaml": settings, "content/time/timeline.yaml": events})
    for path in ("nl/tijdlijn/", "fr/chronologie/"):
        (kind,) = page_of(build, path).xpath("//li[article/@id='one']/@class")
        assert kind.split()[1] == weight
