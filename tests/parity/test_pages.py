"""Sixty pages as associations write them in two languages, and twenty with one divergence each.

Then forty more that are faithful; in twenty of them, some in four languages, differences are planted.

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
from tests.conftest import SITE_YAML, make_tree
from tests.parity.test_divergences import CHECKS, FRESHNESS

PAGES = Path(__file__).parent / "pages"
ALARMS = 2  # at most so many false ones on sixty pages
LANGUAGES = ("nl", "fr")
FOUR = (
    SITE_YAML.replace(
        "navigation:",
        "  de: {locale: de_BE, name: Deutsch, typography: german}\n"
        "  en: {locale: en_GB, name: English, typography: english}\nnavigation:",
    )
    .replace("asbl}", "asbl, de: Beispiel, en: Example}")
    .replace("Loi}", "Loi, de: Gesetz, en: Law}")
)
# a page in one language, what is said there and what else instead, and where the line that must be
# named begins, if that is another one or in another language
PLANTED = (
    (
        "huurdersbond-de-sleutel",
        "fr",
        "le préavis est de trois mois",
        "le préavis est de deux mois",
    ),
    (
        "huurdersbond-de-sleutel",
        "fr",
        "au moins un an et demi",
        "au moins un an",
        "nl",
        "- Bewaar alle",
    ),
    ("koor-de-lijster", "fr", "de 19 h 45 à 22 h", "de 19 h 15 à 22 h"),
    ("koor-de-lijster", "en", "from the sixties", "from the seventies"),
    ("patientengroep-adem", "fr", "chaque premier mercredi", "chaque deuxième mercredi"),
    ("voetbalclub-sk-noorderkempen", "fr", "mardi et jeudi", "lundi et jeudi"),
    ("moskee-en-buurthuis-al-nour", "fr", "le 9 mars", "le 6 mars"),
    ("amateurtoneel-het-gordijn", "fr", "à deux cents mètres", "à trois cents mètres"),
    ("natuurvereniging-de-otter", "fr", "la mi-février", "la mi-mars"),
    ("natuurvereniging-de-otter", "de", "ein Drittel mehr", "ein Viertel mehr"),
    ("vakbond-thuiszorg", "fr", "0,27 à 0,30", "0,27 à 0,32"),
    ("vakbond-thuiszorg", "fr", "4 janvier inclus", "5 janvier inclus"),
    ("ouderwerking-de-klimtoren", "fr", "à 13 h 15", "à 12 h 15"),
    ("rouwgroep-samen-verder", "fr", "8 soirées de deux heures", "8 soirées de trois heures"),
    ("fietsschool-op-twee-wielen", "fr", "un adulte sur cinq", "un adulte sur six"),
    (
        "fietsschool-op-twee-wielen",
        "en",
        "lessons of an hour and a half",
        "lessons of an hour",
        "nl",
        "Een cursus bestaat",
    ),
    ("heemkring-de-oude-pomp", "fr", "les années 1950", "les années 1960"),
    (
        "voedselteam-de-prei",
        "fr",
        (
            "\nL'adhésion est de 15 € par an et par famille. Chaque groupe a un tour de rôle : toutes"
            " les dix semaines, vous tenez la permanence pendant 1h30.\n"
        ),
        "",
        "nl",
        "Lid worden kost",
    ),
    ("lgbt-huis-de-regenboog", "fr", "articles 15 à 17", "articles 15 à 22"),
    (
        "lgbt-huis-de-regenboog",
        "de",
        "## Cookies {#cookies}\n\nWir setzen einen einzigen Cookie, der nach 30 Tagen verschwindet.\n\n",
        "",
        "nl",
        "## Cookies",
    ),
    ("ruimte-voor-mantelzorg", "de", "1.015,40", "1.051,40"),
    ("zeescouts-de-albatros", "fr", "BE68539007547034", "BE68539007574034"),
    ("diabetesliga-afdeling-west", "en", "(3.9 mmol/l)", "(9.3 mmol/l)"),
    ("wijkcentrum-de-kruising", "fr", "(48 p.", "(46 p."),
    (
        "wijkcentrum-de-kruising",
        "de",
        "* ein Fehlbetrag von **7.300 €**, der erste seit 2016\n",
        "",
        "de",
        "* **9.843**",
    ),
    ("wereldwinkel-de-kokosnoot", "fr", "de 250 grammes", "de 500 grammes"),
    ("gehandicaptensport-de-dolfijn", "fr", "le samedi dès 9 h", "le samedi dès 10 h"),
)


@cache
def texts(kind: str) -> dict[str, str]:
    """The text of every page of a kind, by its path in a site."""
    return {
        f"content/{path.parent.name}/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted((PAGES / kind).glob("*/*.md"))
    }


@cache
def reading(kind: str) -> Reading:
    """All pages of a kind as one site of two languages."""
    return read(
        {path: text for path, text in texts(kind).items() if path.endswith(("/nl.md", "/fr.md"))}
    )


@cache
def in_four() -> Reading:
    """The pages that are in four languages, as a site of them."""
    whole = {path.rpartition("/")[0] for path in texts("fresh") if path.endswith("/de.md")}
    return read(
        {path: text for path, text in texts("fresh").items() if path.rpartition("/")[0] in whole}
    )


def read(files: dict[str, str]) -> Reading:
    languages = {path.rpartition("/")[2] for path in files}
    settings = {"content/site.yaml": FOUR} if "de.md" in languages else {}
    return read_site(make_tree({**files, **settings}), Options(), Cache(None))


def told(kind: str) -> set[tuple[str, str, int, str]]:
    return said(reading(kind))


def said(read: Reading) -> set[tuple[str, str, int, str]]:
    """Page, language, line and check of everything that is said of the languages beside each other."""
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


def test_twenty_fresh_ones_give_at_most_one_in_two_languages_and_in_four() -> None:
    assert len(list((PAGES / "fresh").glob("*/nl.md"))) == 20
    assert len(list((PAGES / "fresh").glob("*/de.md"))) == 8
    for found in (told("fresh"), said(in_four())):
        pages = {page for page, *_ in found if page not in ("home", "about")}
        assert len(pages) <= 1, sorted(found)


@pytest.mark.parametrize("planted", PLANTED, ids=[f"{each[0]}-{each[3]}" for each in PLANTED])
def test_each_difference_that_is_planted_into_a_fresh_page_is_found(
    planted: tuple[str, ...],
) -> None:
    page, language, old, new, *there = planted
    path = f"content/{page}/{language}.md"
    beside = LANGUAGES if language in LANGUAGES else ("nl", "fr", "de", "en")
    files = {each: texts("fresh")[each] for each in (f"content/{page}/{key}.md" for key in beside)}
    assert files[path].count(old) == 1
    before = said(read(files))
    files[path] = files[path].replace(old, new)
    where, begins = there or (language, "")
    text = files[f"content/{page}/{where}.md"]
    line = text[: text.index(begins or new)].count("\n") + 1
    told_now = said(read(files)) - before
    assert (page, where, line) in {each[:3] for each in told_now}, sorted(told_now)


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
