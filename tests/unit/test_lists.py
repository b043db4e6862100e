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
