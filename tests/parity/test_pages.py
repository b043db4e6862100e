"""Sixty pages as associations write them in two languages, and twenty with one divergence each.

Whoever wrote them had not read the rules. `pages/faithful` holds what says the same in both languages,
with headings here and bold lines there, links to each language's own page, comments, lists beside
running text, figures beside words; its README names the habits of each. `pages/planted` holds one
difference a page; its README is the table that is read here.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from diptych.cache import Cache
from diptych.diagnostics import Severity
from diptych.pipeline import Options, Reading, read_site
from tests.conftest import make_tree
from tests.parity.test_divergences import CHECKS, FRESHNESS

PAGES = Path(__file__).parent / "pages"
ALARMS = 2  # at most so many false ones on sixty pages
LANGUAGES = ("nl", "fr")


@cache
def reading(kind: str) -> Reading:
    """All pages of a kind as one site."""
    files: dict[str, str | bytes | None] = {
        f"content/{path.parent.name}/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted((PAGES / kind).glob("*/*.md"))
    }
    return read_site(make_tree(files), Options(), Cache(None))


def told(kind: str) -> set[tuple[str, str, int, str]]:
    """Page, language, line and check of everything that is said of the languages beside each other."""
    read = reading(kind)
    found = set()
    for each in read.diagnostics:
        if each.check in CHECKS - FRESHNESS and each.severity is not Severity.INFO:
            _, page, name = each.span.path.split("/")
            line = read.sources[each.span.path].position(each.span.start)[0]
            found.add((page, name.removesuffix(".md"), line, each.check))
    return found - {each for each in found if each[3] == "heading-without-id"}


def planted() -> dict[str, tuple[str, ...]]:
    """The rows of the table: a page, the difference, the lines in Dutch and in French."""
    rows = re.findall(
        r"^\| `([\w-]+)` \| (.*?) \| (.*?) \| (.*?) \|$",
        (PAGES / "planted" / "README.md").read_text(encoding="utf-8"),
        re.M,
    )
    return {key: tuple(rest) for key, *rest in rows}


def test_there_are_sixty_and_twenty() -> None:
    assert len(list((PAGES / "faithful").glob("*/nl.md"))) == 60
    assert len(planted()) == 20 == len(list((PAGES / "planted").glob("*/nl.md")))


def test_twenty_more_give_at_most_one() -> None:
    """Twenty pages that were written when the rules were there already, before they were tried on them."""
    assert len(list((PAGES / "more").glob("*/nl.md"))) == 20
    found = told("more")
    assert len({page for page, *_ in found}) <= 1, sorted(found)


def test_pages_that_say_the_same_give_no_alarm() -> None:
    found = told("faithful")
    assert len({page for page, *_ in found}) <= ALARMS, sorted(found)


@pytest.mark.parametrize("page", planted())
def test_each_divergence_is_found_at_its_lines(page: str) -> None:
    found = {each for each in told("planted") if each[0] == page}
    for language, where in zip(LANGUAGES, planted()[page][1:], strict=True):
        if where.isdigit() and found:
            lines = {line for _, key, line, _ in found if key == language}
            missing = "missing" in planted()[page][0]
            assert missing or int(where) in lines, sorted(found)
    assert found, planted()[page]


def test_nothing_else_is_said_of_the_pages_with_a_divergence() -> None:
    """Every message names the line of the divergence, or the list in which a point is missing."""
    for page, language, line, check in told("planted"):
        where = planted()[page][1 + LANGUAGES.index(language)]
        near = int(re.findall(r"\d+", where)[-1])
        assert check == "list-differs" or line == near, (page, language, line, check)
