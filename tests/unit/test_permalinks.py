"""Headings that are links to themselves: of events and of questions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.pipeline import Build
from tests.conftest import SITE_YAML, page_of

Builds = Callable[..., Build]

TITLES = ["Een titel", "Een *titel*", "Zie [wat](page:ask) er volgt"]


def files(title: str) -> dict[str, str]:
    return {
        "content/site.yaml": SITE_YAML,
        "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
        "content/time/timeline.yaml": (
            f"- id: one\n  date: 2020-03\n  title: {{nl: '{title}'}}\n  text: {{nl: Tekst.}}\n"
        ),
        "content/ask/nl.md": (
            f"---\ntitle: Vragen\nlayout: faq\n---\n\n## {title} {{#why}}\n\nDaarom.\n"
        ),
    }


@pytest.mark.parametrize("title", TITLES)
def test_no_link_stands_in_a_link(site: Builds, title: str) -> None:
    build = site(files(title))
    for path in ("nl/tijdlijn/index.html", "nl/vragen/index.html"):
        assert page_of(build, path).xpath("//a[.//a]") == []


@pytest.mark.parametrize("title", TITLES)
def test_a_heading_keeps_its_words_and_its_link_to_itself(site: Builds, title: str) -> None:
    build = site(files(title))
    (event,) = page_of(build, "nl/tijdlijn/index.html").xpath("//article[@id='one']/h3")
    words = event.text_content().split()
    assert words[:2] == ["maart", "2020"]
    assert words[2:] in (["Een", "titel"], ["Zie", "wat", "er", "volgt"])
    assert event.xpath(".//a/@href")[0] == "#one"
    assert len(event.xpath(".//a")) == 1 + ("](" in title)
    (question,) = page_of(build, "nl/vragen/index.html").xpath("//h2[@id='why']")
    assert question.text_content().split() == words[2:]
    assert question.xpath(".//a/@href") == (["#why"] if "](" not in title else ["/nl/vragen/"])
