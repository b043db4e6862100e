"""Lists: ordered and grouped as their front matter says; news by topic."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.pipeline import Build
from tests.conftest import SITE_YAML, page_of

Builds = Callable[..., Build]
NEWS = {  # key -> date, topics, titles
    "a": ("2024-05-01", "[law]", "Beer", "Ours"),
    "b": ("2025-02-01", "", "Aap", "Singe"),
    "c": ("2024-06-01", "[care, law]", "Coat", "Zèbre"),
    "d": ("", "", "Duif", "Ane"),
}
SETTINGS = SITE_YAML.replace("topics:\n", "topics:\n  care: {nl: Zorg, fr: Soins}\n")


def files(own: str = "", other: str | None = None) -> dict[str, str]:
    """A list with four pages; `own` are lines of its front matter (in French `other`)."""
    found = {"content/site.yaml": SETTINGS}
    for language, title, lines in (
        ("nl", "Nieuws", own),
        ("fr", "Actualités", own if other is None else other),
    ):
        found[f"content/news/{language}.md"] = (
            f"---\ntitle: {title}\nlayout: list\n{lines}---\n\nTekst.\n"
        )
    for key, (date, topics, nl, fr) in NEWS.items():
        lines = (f"date: {date}\n" if date else "") + (f"topics: {topics}\n" if topics else "")
        for language, title in (("nl", nl), ("fr", fr)):
            found[f"content/news/{key}/{language}.md"] = (
                f"---\ntitle: {title}\n{lines}---\n\nTekst.\n"
            )
    return found


def shown(build: Build, path: str) -> list[tuple[str, list[str]]]:
    """Each heading with the titles below it."""
    page = page_of(build, path)
    return [
        (each.xpath("string(h2)"), [str(a) for a in each.xpath(".//li/a/text()")])
        for each in page.xpath("//section[contains(@class, 'part')]")
    ]


@pytest.mark.parametrize(
    ("own", "nl"),
    [
        ("", [("2025", ["Aap"]), ("2024", ["Coat", "Beer"]), ("", ["Duif"])]),
        (
            "order: newest\ngroup: year\n",
            [("2025", ["Aap"]), ("2024", ["Coat", "Beer"]), ("", ["Duif"])],
        ),
        ("order: oldest\n", [("", ["Duif"]), ("2024", ["Beer", "Coat"]), ("2025", ["Aap"])]),
        ("group: none\n", [("", ["Aap", "Coat", "Beer", "Duif"])]),
        ("order: title\ngroup: none\n", [("", ["Aap", "Beer", "Coat", "Duif"])]),
        ("group: topic\n", [("Zorg", ["Coat"]), ("Wet", ["Coat", "Beer"]), ("", ["Aap", "Duif"])]),
        (
            "group: topic\norder: title\n",
            [("Zorg", ["Coat"]), ("Wet", ["Beer", "Coat"]), ("", ["Aap", "Duif"])],
        ),
    ],
)
def test_order_and_groups(own: str, nl: list[tuple[str, list[str]]], site: Builds) -> None:
    assert shown(site(files(own)), "nl/nieuws/") == nl


def test_titles_are_ordered_in_each_language(site: Builds) -> None:
    build = site(files("order: title\ngroup: topic\n"))
    assert shown(build, "fr/actualites/") == [
        ("Soins", ["Zèbre"]),
        ("Loi", ["Ours", "Zèbre"]),
        ("", ["Ane", "Singe"]),
    ]


def test_a_change_of_a_topic_changes_the_list(site: Builds) -> None:
    """Also out of the cache: what other pages show is looked at first."""
    before = files("group: topic\n")
    site(before)
    after = {path: text.replace("topics: [law]\n", "") for path, text in before.items()}
    assert shown(site(after), "nl/nieuws/")[1] == ("Wet", ["Coat"])


@pytest.mark.parametrize(
    ("own", "other", "check"),
    [
        ("order: alphabet\n", None, "unknown-choice"),
        ("group: month\n", None, "unknown-choice"),
        ("order: title\n", "order: oldest\n", "field-differs"),
        ("topics: [weather]\n", None, "unknown-topic"),
    ],
)
def test_mistakes(own: str, other: str | None, check: str, site: Builds) -> None:
    assert check in {each.check for each in site(files(own, other)).diagnostics}


# --- the length of a list

COUNTS = {2025: 10, 2024: 15, 2023: 25}  # news items of each year


def long_list(own: str = "", counts: dict[int, int] = COUNTS) -> dict[str, str]:
    """A list with news of several years, an item without a date, and the page that lists everything."""
    found = files(own)
    for key in (each for each in [*found] if each.startswith("content/news/") and "/" in each[13:]):
        del found[key]
    for year, count in counts.items():
        for number in range(count):
            topics = "topics: [law]\n" if number % 2 else "topics: [care]\n"
            for language, title in (("nl", "Bericht"), ("fr", "Nouvelle")):
                found[f"content/news/n{year}-{number}/{language}.md"] = (
                    f"---\ntitle: {title} {year}, {number}\ndate: {year}-03-{number + 1:02}\n"
                    f"{topics}---\n\nTekst.\n"
                )
    for language, title, find in (("nl", "Altijd", "Zoeken"), ("fr", "Toujours", "Chercher")):
        found[f"content/news/always/{language}.md"] = f"---\ntitle: {title}\n---\n\nTekst.\n"
        found[f"content/find/{language}.md"] = (
            f"---\ntitle: {find}\nlayout: search\n---\n\nTekst.\n"
        )
    return found


def counted(build: Build, path: str) -> list[tuple[str, int, str]]:
    """Each heading with the number of links below it, and the last of them."""
    return [(heading, len(links), links[-1]) for heading, links in shown(build, path)]


def years_in(build: Build, path: str) -> set[str]:
    return {
        each.path.removeprefix(path).partition("/")[0]
        for each in build.outputs
        if each.path.startswith(path) and each.path.removeprefix(path)[:2] == "20"
    }


def test_a_list_shows_its_latest_and_leads_to_the_rest_by_year(site: Builds) -> None:
    build = site(long_list())
    assert {each.check for each in build.diagnostics} <= {"unconfirmed"}
    assert counted(build, "nl/nieuws/") == [
        ("2025", 10, "Bericht 2025, 0"),
        ("2024", 11, "Alles van 2024"),
        ("2023", 1, "Alles van 2023"),
        ("", 1, "Altijd"),
    ]
    assert counted(build, "nl/nieuws/2024/") == [("", 15, "Bericht 2024, 0")]
    assert counted(build, "nl/nieuws/2023/") == [("", 25, "Bericht 2023, 0")]
    assert years_in(build, "nl/nieuws/") == {"2023", "2024"}
    assert counted(build, "fr/actualites/")[1] == ("2024", 11, "Toute l’année 2024")


def test_every_item_is_reached_from_the_list_and_from_the_page_that_lists_everything(
    site: Builds,
) -> None:
    build = site(long_list())
    items = {
        each.path
        for each in build.outputs
        if "bericht" in each.path and each.path.endswith(".html")
    }
    assert len(items) == sum(COUNTS.values())
    for begin in ("nl/nieuws/", "nl/zoeken/"):
        seen, ahead = set(), [begin]
        while ahead:
            path = ahead.pop()
            seen.add(path)
            links = page_of(build, path).xpath("//main//a/@href")
            near = {str(each).strip("/") + "/" for each in links}
            ahead += (each for each in near - seen if each.startswith("nl/nieuws/2"))
            seen |= near
        assert items <= {f"{each}index.html" for each in seen}
    everything = page_of(build, "nl/zoeken/").xpath("//section//a/text()")
    assert "Bericht 2024, 0" not in everything
    assert {"Bericht 2024, 14", "Alles van 2024", "Alles van 2023", "Altijd"} <= set(everything)


def test_the_page_of_a_year_has_the_frame_of_its_list(site: Builds) -> None:
    page = page_of(site(long_list()), "nl/nieuws/2024/")
    assert page.xpath("string(//title)") == "Nieuws, 2024 – Voorbeeld"
    assert page.xpath("string(//h1)") == "Nieuws, 2024"
    assert page.xpath("//nav[@class='breadcrumb']//a/@href") == ["/nl/nieuws/"]
    alternates = {
        each.get("hreflang"): each.get("href")
        for each in page.xpath("//link[@rel='alternate'][@hreflang]")
    }
    assert alternates == {
        "nl-BE": "https://example.org/nl/nieuws/2024/",
        "fr-BE": "https://example.org/fr/actualites/2024/",
        "x-default": "https://example.org/nl/nieuws/2024/",
    }
    assert page.xpath("string(//link[@rel='canonical']/@href)") == alternates["nl-BE"]
    assert page.xpath("//a[@data-language]/@href") == ["/fr/actualites/2024/"]
    assert page.xpath("//nav[contains(@class, 'neighbours')]//a/text()") == ["Nieuws, 2023"]


def test_the_sitemap_has_the_pages_of_years_and_feeds_and_search_do_not(site: Builds) -> None:
    build = site(long_list())
    listed = next(each.data.decode() for each in build.outputs if each.path == "sitemap.xml")
    assert "<loc>https://example.org/fr/actualites/2023/</loc>" in listed
    feed = next(each.data.decode() for each in build.outputs if each.path == "nl/nieuws/feed.xml")
    assert feed.count("<entry>") == sum(COUNTS.values())
    assert not [each.path for each in build.texts if each.path.startswith("nl/nieuws/20")]


@pytest.mark.parametrize(
    ("own", "nl", "years"),
    [
        (
            "group: none\n",
            [("", 21, "Altijd"), ("Per jaar", 2, "Alles van 2023")],
            {"2024", "2023"},
        ),
        (
            "order: oldest\n",
            [
                ("", 1, "Altijd"),
                ("2023", 21, "Alles van 2023"),
                ("2024", 1, "Alles van 2024"),
                ("2025", 1, "Alles van 2025"),
            ],
            {"2023", "2024", "2025"},
        ),
        ("order: title\ngroup: none\n", [("", 51, "Bericht 2025, 9")], set()),
        (
            "group: topic\n",
            [
                ("Zorg", 20, "Bericht 2023, 12"),
                ("Wet", 20, "Bericht 2023, 9"),
                ("", 1, "Altijd"),
                ("Per jaar", 1, "Alles van 2023"),
            ],
            {"2023"},
        ),
    ],
)
def test_each_order_and_group_has_its_length(
    own: str, nl: list[tuple[str, int, str]], years: set[str], site: Builds
) -> None:
    build = site(long_list(own))
    assert counted(build, "nl/nieuws/") == nl
    assert years_in(build, "nl/nieuws/") == years
    if "topic" in own:
        assert counted(build, "nl/nieuws/2023/") == [
            ("Zorg", 13, "Bericht 2023, 0"),
            ("Wet", 12, "Bericht 2023, 1"),
        ]


def test_a_list_of_twenty_is_whole_and_the_twenty_first_makes_it_long(site: Builds) -> None:
    twenty = site(long_list(counts={2025: 20}))
    assert counted(twenty, "nl/nieuws/") == [("2025", 20, "Bericht 2025, 0"), ("", 1, "Altijd")]
    assert years_in(twenty, "nl/nieuws/") == set()
    more = site(long_list(counts={2025: 20, 2024: 1}))
    assert counted(more, "nl/nieuws/")[1] == ("2024", 1, "Alles van 2024")
    assert counted(more, "nl/nieuws/2024/") == [("", 1, "Bericht 2024, 0")]


@pytest.mark.parametrize("slug", ["page", "redirect", "remembered"])
def test_a_year_whose_address_is_that_of_a_page_stays_on_the_list(slug: str, site: Builds) -> None:
    """The growth of a list never makes an address of two things, nor a mistake of its author."""
    sources = long_list()
    if slug == "page":
        sources["content/news/2024/nl.md"] = "---\ntitle: Overzicht\nslug: '2024'\n---\n\nTekst.\n"
        sources["content/news/2024/fr.md"] = "---\ntitle: Aperçu\nslug: '2024'\n---\n\nTexte.\n"
    elif slug == "redirect":
        sources["content/site.yaml"] += "redirects:\n  /nl/nieuws/2024/: page:news\n"
    else:
        sources["content/addresses.lock"] = "/nl/nieuws/2024/ (gone)\n"
    build = site(sources)
    assert not build.failed
    listed = counted(build, "nl/nieuws/")
    assert listed[1] == ("2024", 15, "Bericht 2024, 0")
    assert listed[2] == ("2023", 1, "Alles van 2023")
    found = [each for each in build.outputs if each.path == "nl/nieuws/2024/index.html"]
    assert len(found) <= 1
    if slug == "page":
        assert page_of(build, "nl/nieuws/2024/").xpath("string(//h1)") == "Overzicht"
        assert page_of(build, "fr/actualites/2023/").xpath("//a[@data-language]/@href") == [
            "/nl/nieuws/2023/"
        ]
    else:  # in French the address is free
        french = page_of(build, "fr/actualites/2024/")
        assert french.xpath("//a[@data-language]/@href") == ["/nl/nieuws/"]
        assert french.xpath("//link[@hreflang='nl-BE']") == []


def test_a_list_that_a_language_lacks_has_its_years_there_too(site: Builds) -> None:
    sources = long_list()
    del sources["content/news/fr.md"]
    build = site(sources)
    page = page_of(build, "fr/nieuws/2024/")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@hreflang]") == []
    assert page.xpath("//h1/@lang") == ["nl-BE"]
    assert len(page.xpath("//ul[@class='entries']//a")) == 15


def test_a_link_to_a_year_of_a_long_list_still_finds_its_heading(site: Builds) -> None:
    build = site(long_list())
    assert page_of(build, "nl/nieuws/").xpath("//h2/@id") == ["y2025", "y2024", "y2023"]


def test_an_address_that_is_taken_later_brings_the_year_back_to_the_list(site: Builds) -> None:
    """Also out of the cache: neither the list nor what pages show of each other names the address."""
    sources = long_list()
    assert counted(site(sources), "nl/nieuws/")[1] == ("2024", 11, "Alles van 2024")
    for path, text in (
        ("content/addresses.lock", "/nl/nieuws/2024/ (gone)\n"),
        (
            "content/about/nl.md",
            "---\ntitle: Over ons\nredirect_from: [/nl/nieuws/2024/]\n---\n\nTekst.\n",
        ),
    ):
        build = site({**sources, path: text})
        assert not build.failed
        assert counted(build, "nl/nieuws/")[1] == ("2024", 15, "Bericht 2024, 0")
