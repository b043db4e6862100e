"""What others said, where it was told, and the figures above a timeline: from a file to every output."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import html

from diptych.pipeline import Build
from tests.conftest import page_of, text_of

Builds = Callable[..., Build]

EVENT = """\
- id: march
  date: 2020-03-18
  title: {nl: De mars, fr: La marche}
  text:
    nl: |
      We lopen. Ze zegt:

      - een
      - twee

      Daarna regent het.
    fr: |
      Nous marchons.

      - un
      - deux

      Puis il pleut.
"""
QUOTE = """\
  quote:
    text: {nl: 'Stap <mee>, het is "laat".', fr: 'Marchez : il est "tard" !'}
    who: {nl: "Ada, schrijver", fr: "Ada, autrice"}
"""


def files(more: str, event: str = EVENT) -> dict[str, str]:
    return {
        "content/time/nl.md": "---\ntitle: Tijd\nlayout: timeline\n---\n",
        "content/time/fr.md": "---\ntitle: Temps\nlayout: timeline\n---\n",
        "content/time/timeline.yaml": event + more,
    }


def prose(build: Build, path: str) -> html.HtmlElement:
    assert not build.failed
    (found,) = page_of(build, path).xpath("//article[@id='march']/div[contains(@class, 'prose')]")
    return found


@pytest.mark.parametrize(
    ("after", "order"),
    [
        ("", ["p", "ul", "p", "figure"]),
        ("    after: 1\n", ["p", "figure", "ul", "p"]),
        ("    after: 2\n", ["p", "ul", "figure", "p"]),
        ("    after: 9\n", ["p", "ul", "p", "figure"]),
    ],
)
def test_a_quotation_stands_behind_the_paragraph_that_is_named(
    site: Builds, after: str, order: list[str]
) -> None:
    blocks = prose(site(files(QUOTE + after)), "nl/tijd/index.html")
    assert [each.tag for each in blocks] == order


def test_a_quotation_has_the_marks_of_its_language_and_its_words_are_no_markup(
    site: Builds,
) -> None:
    build = site(files(QUOTE))
    dutch = prose(build, "nl/tijd/index.html").find("figure")
    assert dutch.findtext("blockquote/p") == "‘Stap <mee>, het is “laat”.’"
    assert dutch.findtext("figcaption") == "Ada, schrijver"
    french = prose(build, "fr/temps/index.html").find("figure")
    assert french.findtext("blockquote/p") == "«\xa0Marchez\xa0: il est “tard”\xa0!\xa0»"


def test_a_translation_is_told_and_indirect_speech_has_no_quotation_marks(site: Builds) -> None:
    build = site(files(QUOTE + "    translated: [nl]\n    reported: [fr]\n"))
    dutch = prose(build, "nl/tijd/index.html").find("figure")
    assert dutch.findtext("figcaption") == "Ada, schrijver (onze vertaling)"
    french = prose(build, "fr/temps/index.html").find("figure")
    assert french.findtext("blockquote/p") == "Marchez\xa0: il est «\xa0tard\xa0»\xa0!"
    assert french.findtext("figcaption") == "Ada, autrice (propos rapportés)"
    assert "reported" in french.get("class")


def test_no_quotation_stands_where_its_language_has_no_words(site: Builds) -> None:
    build = site(files("  quote: {text: {nl: Stap mee.}, who: {nl: Ada}}\n"))
    assert prose(build, "fr/temps/index.html").find("figure") is None
    told = [each for each in build.diagnostics if each.check == "missing-translation"]
    assert told, "what only one language says is compared like other texts"


@pytest.mark.parametrize(
    ("source", "shown", "link"),
    [
        ("{outlet: Le Soir, date: 2021-06-22, language: fr}", "Le Soir, 22 juni 2021", None),
        (
            "{outlet: Le Soir, title: 'Une lettre', url: 'https://press.example/x', language: fr}",
            "Le Soir, Une lettre",
            "https://press.example/x",
        ),
        ("{title: Krant, url: 'https://press.example/x'}", "Krant", "https://press.example/x"),
        ("{outlet: {nl: De omroep, fr: La radio}, date: 2021}", "De omroep, 2021", None),
    ],
)
def test_a_source_says_where_and_when_and_is_a_link_if_it_has_an_address(
    site: Builds, source: str, shown: str, link: str | None
) -> None:
    build = site(files(f"  sources:\n    - {source}\n"))
    assert not build.failed
    for path in ("nl/tijd/index.html", "nl/hele-site.htm"):
        page = page_of(build, path)
        (line,) = page.xpath("//p[b[.='Bron:']]")
        assert re.sub(r"\s+", " ", line.text_content().replace("\xa0", " ")).strip() == (
            f"Bron: {shown}"
        )
        assert [each.get("href") for each in line.findall("a")] == ([link] if link else [])


def test_a_source_without_a_name_is_a_mistake(site: Builds) -> None:
    build = site(files("  sources:\n    - {url: 'https://press.example/x', language: fr}\n"))
    assert [each.check for each in build.diagnostics if each.severity.name == "ERROR"] == [
        "missing-key"
    ]


def test_quotation_and_sources_are_in_the_data(site: Builds) -> None:
    build = site(
        files(
            QUOTE
            + "    reported: [fr]\n  sources:\n    - {outlet: Le Soir, date: 2021-06, language: fr}\n"
        )
    )
    (event,) = json.loads(text_of(build, "fr/temps/timeline.json"))["events"]
    assert event["quote"] == {
        "text": "Marchez\xa0: il est «\xa0tard\xa0»\xa0!",
        "who": "Ada, autrice",
        "translated": False,
        "reported": True,
    }
    assert event["sources"] == [
        {"outlet": "Le Soir", "date": "2021-06", "title": None, "url": None, "language": "fr"}
    ]
    assert event["text"].endswith("Ada, autrice (propos rapportés)")
    table = io.StringIO(text_of(build, "fr/temps/timeline.csv").removeprefix("\ufeff"))
    (row,) = csv.DictReader(table, delimiter=";")
    assert row["quote"] == "Marchez\xa0: il est «\xa0tard\xa0»\xa0!, Ada, autrice"
    assert row["sources"] == "Le Soir, 2021-06, fr"


def test_the_whole_site_in_one_file_has_the_quotation(site: Builds) -> None:
    page = page_of(site(files(QUOTE)), "nl/hele-site.htm")
    assert page.xpath("string(//figure/figcaption)") == "Ada, schrijver"


FIGURES = """\
  figures:
    - {id: money, value: 40000, unit: EUR, label: {nl: geld, fr: argent}, key: true}
    - {id: walkers, value: 100, unit: walkers, label: {nl: lopers, fr: personnes}, more_than: true, key: true}
    - {id: dogs, value: 3, unit: dogs, label: {nl: honden, fr: chiens}}
"""


def test_key_figures_stand_above_the_timeline_and_on_the_home_page(site: Builds) -> None:
    build = site(
        {
            **files(FIGURES),
            "content/home/nl.md": "---\ntitle: Welkom\nlayout: home\n---\n\nZin.\n",
            "content/home/fr.md": "---\ntitle: Bienvenue\nlayout: home\n---\n\nPhrase.\n",
        }
    )
    for path in ("nl/index.html", "nl/tijd/index.html"):
        found: list[Any] = page_of(build, path).xpath("//ul[@class='numbers']/li/a")
        assert [" ".join(each.text_content().split()) for each in found] == [
            "€ 40.000 geld",
            "meer dan 100 lopers",
        ]
        assert {each.get("href") for each in found} == {"/nl/tijd/#march"}


def test_without_key_figures_nothing_stands_above(site: Builds) -> None:
    build = site(files(FIGURES.replace(", key: true", "")))
    assert not page_of(build, "nl/tijd/index.html").xpath("//ul[@class='numbers']")


@pytest.mark.parametrize(
    ("heading", "when", "name"),
    [
        ("Zomer 2015: we ontmoeten elkaar", "Zomer 2015", "we ontmoeten elkaar"),
        ("2017: een *vereniging*", "2017", "een vereniging"),
        ("15 december 2015: de pers", "15\xa0december 2015", "de pers"),
        ("In 2015 begon het", None, None),
        ("Daarna: het vervolg", None, None),
        ("Het jaar 2015 en wat volgde: alles", None, None),
    ],
)
def test_the_date_of_a_heading_can_hang_in_the_margin(
    site: Builds, heading: str, when: str | None, name: str | None
) -> None:
    page = page_of(
        site(
            {"content/about/nl.md": f"---\ntitle: Over\n---\n\n## {heading} {{#part}}\n\nTekst.\n"}
        ),
        "nl/over/index.html",
    )
    (title,) = page.xpath("//h2[@id='part']")
    assert " ".join(title.text_content().split()) == heading.replace("*", "")
    assert title.xpath("string(span[@class='years-of']/text())") == (when or "")
    assert title.xpath("string(span[@class='name'])") == (name or "")


def test_so_many_times_the_figure_before_is_said_in_words_and_drawn_as_long(site: Builds) -> None:
    figures = (
        "  figures:\n    - {id: one, value: 10, unit: minutes, label: {nl: wij, fr: nous}}\n"
        "    - {id: two, value: 3, unit: times, label: {nl: zij, fr: eux}}\n"
    )
    page = page_of(site(files(figures)), "fr/temps/index.html")
    rows = page.xpath("//figure[contains(@class, 'figures')]//dd")
    assert [row.text_content() for row in rows] == ["10\xa0minutes", "3 fois plus"]
    widths = [float(row.xpath("string(.//*[@width]/@width)").removesuffix("em")) for row in rows]
    assert widths[1] == 3 * widths[0]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Er zijn 1.200 pakketten en 41 mensen.", True),
        ("Er zijn 1200 pakketten en 41 mensen.", True),
        ("Er zijn 1.200 pakketten.", False),
        ("Er zijn 11.200 pakketten en 412 mensen.", False),
        ("Er zijn [veel](https://press.example/1200/41) pakketten.", False),
    ],
)
def test_a_screen_reader_hears_a_figure_once(site: Builds, text: str, hidden: bool) -> None:
    """In the text, where that says it (WCAG 1.1.1); or else in the rows beside the drawing."""
    event = (
        f"- id: march\n  date: 2020\n  title: {{nl: Mars, fr: Marche}}\n  text:\n    nl: |\n      {text}\n"
        "    fr: |\n      Rien.\n  figures:\n"
        "    - {id: a, value: 1200, unit: parcels, label: {nl: pakketten, fr: colis}}\n"
        "    - {id: b, value: 41, unit: parcels, label: {nl: mensen, fr: gens}}\n"
    )
    build = site(files("", event))
    (figure,) = page_of(build, "nl/tijd/index.html").xpath("//figure[contains(@class, 'figures')]")
    assert (figure.get("aria-hidden") == "true") is hidden
    (rows,) = page_of(build, "nl/hele-site.htm").xpath("//section//dl")
    assert (rows.get("aria-hidden") == "true") is hidden
