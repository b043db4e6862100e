"""What is written otherwise and says the same, and how each difference of form is told: once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.diagnostics import Diagnostic, Severity
from diptych.pipeline import Build
from tests.conftest import Ran, write_site
from tests.parity.test_divergences import CHECKS, FRESHNESS

Site = Callable[..., Build]
HEAD_NL, HEAD_FR = "---\ntitle: Over ons\n---\n\n", "---\ntitle: À propos\n---\n\n"
ONE = "De vereniging helpt al twintig jaar mensen die werk zoeken in de haven van de stad."
UN = "L'association aide depuis vingt ans les personnes qui cherchent du travail dans le port."
TWO = "Elke week komen vrijwilligers langs om samen brieven te schrijven en te lezen."
DEUX = "Chaque semaine, des bénévoles passent pour écrire et lire des lettres ensemble."
THREE = "Wie wil meedoen, belt naar Amina of schrijft een bericht naar het secretariaat."
TROIS = "Qui veut participer appelle Amina ou écrit un message au secrétariat de la maison."


def page(dutch: str, french: str) -> dict[str, str]:
    return {"content/about/nl.md": HEAD_NL + dutch, "content/about/fr.md": HEAD_FR + french}


def told(build: Build) -> list[Diagnostic]:
    return [
        each
        for each in build.diagnostics
        if each.check in CHECKS - FRESHNESS - {"heading-without-id"}
        and each.span.path.startswith("content/about/")
    ]


def paragraphs(*texts: str) -> str:
    return "\n\n".join(texts) + "\n"


@pytest.mark.parametrize(
    "comment",
    [
        "<!--more-->",
        "<!-- more -->\n<!-- 12 leden in 2030 -->",
        "<!--\nNog na te kijken: 5 euro.\n\nZie [dit](page:home).\n-->",
    ],
)
@pytest.mark.parametrize("place", range(4))
def test_a_comment_on_one_side_is_no_part(comment: str, place: int, site: Site) -> None:
    dutch, french = [ONE, TWO, THREE], [UN, DEUX, TROIS]
    dutch.insert(place, comment)
    assert told(site(page(paragraphs(*dutch), paragraphs(*french)))) == []
    assert told(site(page(paragraphs(ONE, TWO, THREE), paragraphs(UN, comment, DEUX, TROIS)))) == []


CUT = (
    ("two are one", (ONE, TWO, THREE), (UN, f"{DEUX} {TROIS}")),
    ("one is two", (f"{ONE} {TWO}", THREE), (UN, DEUX, TROIS)),
    ("three are one", (ONE, TWO, THREE), (f"{UN} {DEUX} {TROIS}",)),
    ("the first two are one", (ONE, TWO, THREE), (f"{UN} {DEUX}", TROIS)),
    (
        "a list is a text",
        (ONE, "- brood\n- melk\n- kaas van Amina"),
        (f"{UN} Du pain, du lait et du fromage d'Amina.",),
    ),
)


@pytest.mark.parametrize(("dutch", "french"), [each[1:] for each in CUT], ids=[e[0] for e in CUT])
def test_what_is_cut_in_another_way_is_told_once(
    dutch: tuple[str, ...], french: tuple[str, ...], site: Site
) -> None:
    (found,) = told(site(page(paragraphs(*dutch), paragraphs(*french))))
    assert found.check == "paragraphs-differ"
    count = abs(len(dutch) - len(french)) + 1
    assert str(found.message).startswith(f"these {count} parts are one in content/about/")


def test_the_facts_of_a_paragraph_that_was_cut_are_compared_with_all_of_it(site: Site) -> None:
    dutch = paragraphs(ONE, f"{TWO} Er waren 12 mensen.", f"{THREE} Het kost € 5.")
    french = paragraphs(UN, f"{DEUX} Il y avait 12 personnes. {TROIS} Cela coûte 6 €.")
    found = told(site(page(dutch, french)))
    assert [str(each.message) for each in found if each.check == "facts-differ"] == [
        "“6 €” stands here, “€ 5” in content/about/nl.md:9",
        "“€ 5” stands here, “6 €” in content/about/fr.md:7",
    ]


def test_a_paragraph_that_is_missing_is_still_missing(site: Site) -> None:
    said = told(site(page(paragraphs(ONE, TWO, THREE), paragraphs(UN, TROIS))))
    (found,) = (each for each in said if each.check != "uncertain-alignment")
    assert (found.check, found.severity) == ("missing-unit", Severity.WARNING)
    assert str(found.message) == "this part has no counterpart in Français"


@pytest.mark.parametrize("line", ["**Waarom?**", "**Waarom**:", "__Waarom?__"])
def test_a_bold_line_beside_a_heading_says_so_once(line: str, site: Site) -> None:
    build = site(page(paragraphs(ONE, line, TWO), paragraphs(UN, "## Pourquoi ?", DEUX)))
    (found,) = told(build)
    assert (found.check, found.severity) == ("heading-level-differs", Severity.INFO)
    assert str(found.message) == "this bold line is a heading in content/about/fr.md:7"
    (edit,) = found.edits
    assert edit.text.startswith("## Waarom")


def test_many_bold_lines_beside_headings_are_told_one_by_one(site: Site) -> None:
    dutch = paragraphs("**Wie?**", ONE, "**Wat?**", TWO, "**Waar?**", THREE)
    french = paragraphs("### Qui ?", UN, "### Quoi ?", DEUX, "### Où ?", TROIS)
    assert [each.check for each in told(site(page(dutch, french)))] == ["heading-level-differs"] * 3


@pytest.mark.parametrize(
    ("first", "second"), [("Er waren 12 mensen.", ""), ("", "Er waren 12 mensen.")]
)
def test_a_fact_that_stands_a_part_further_on_is_there(first: str, second: str, site: Site) -> None:
    """The other language has the sentence in the other paragraph."""
    dutch = paragraphs(f"{ONE} {first}", f"{TWO} {second}")
    french = paragraphs(
        f"{UN} {'Il y avait 12 personnes.' if second else ''}",
        f"{DEUX} {'Il y avait 12 personnes.' if first else ''}",
    )
    assert told(site(page(dutch, french))) == []


def test_two_figures_that_changed_places_are_told(site: Site) -> None:
    dutch = paragraphs(f"{ONE} Er waren 12 mensen.", f"{TWO} Er waren 14 mensen.")
    french = paragraphs(f"{UN} Il y avait 14 personnes.", f"{DEUX} Il y avait 12 personnes.")
    assert len(told(site(page(dutch, french)))) == 4


@pytest.fixture
def confirmed(tmp_path: Path, run: Callable[..., Ran]) -> Path:
    root = write_site(tmp_path, page(paragraphs(ONE, TWO, THREE), paragraphs(UN, DEUX, TROIS)))
    for key in ("about", "home"):
        assert run("confirm", key, root=root).status == 0
    return root


def test_a_part_that_was_taken_out_is_asked_about_and_nobody_is_outdated(
    confirmed: Path, run: Callable[..., Ran]
) -> None:
    path = confirmed / "content/about/fr.md"
    path.write_text(path.read_text().replace(DEUX + "\n\n", ""))
    out = run("check", root=confirmed).out
    assert "content/about/nl.md:7:1: warning: this part is no longer in French" in out
    assert "was it meant to go? then take it out here too; else put it back there" in out
    assert "outdated-translation" not in out
    status = run("status", "--format", "json", root=confirmed).out
    assert '"outdated"' not in status
    assert run("confirm", "about", root=confirmed).status == 0
    assert "missing-unit" not in run("check", "--strict", root=confirmed).out


def test_a_part_that_was_added_is_missing_in_the_other_language(
    confirmed: Path, run: Callable[..., Ran]
) -> None:
    path = confirmed / "content/about/nl.md"
    path.write_text(path.read_text() + "\nNog een alinea, die nieuw is en vandaag geschreven.\n")
    out = run("check", root=confirmed).out
    assert "this part has no counterpart in French" in out


@pytest.mark.parametrize(
    ("dutch", "french"),
    [
        (f"{ONE} In 2017.", f"{UN} En 2018."),
        (f"{ONE} [x](page:home)", f"{UN} [x](page:about)"),
        (
            f"{ONE}\n\n{TWO}\n\nNog iets dat alleen hier staat, voor wie hier woont.",
            f"{UN}\n\n{DEUX}",
        ),
        ("- een\n- twee\n- drie", "- un\n- deux"),
        (f"{ONE}\n\n{TWO}", f"{UN} {DEUX}"),
        (ONE, "We are here and we will be here for as long as it takes to have the law."),
    ],
    ids=["facts", "links", "missing", "list", "cut", "language"],
)
def test_what_was_confirmed_is_settled_also_under_strict(
    dutch: str, french: str, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    root = write_site(tmp_path, page(dutch + "\n", french + "\n"))
    before = run("check", root=root).out
    assert "content/about/" in before
    for key in ("about", "home"):
        assert run("confirm", key, root=root).status == 0
    ran = run("check", "--strict", root=root)
    lines = [line for line in ran.out.split("\n") if line.startswith("content/about/")]
    assert [line for line in lines if any(f"[{each}]" in line for each in CHECKS)] == []


def outlined(tmp_path: Path, dutch: list[str], french: list[str]) -> Path:
    """A site with a page of these headings, and a paragraph below each."""
    files = page(_below(dutch, [ONE, TWO, THREE]), _below(french, [UN, DEUX, TROIS]))
    return write_site(tmp_path, files)


def _below(headings: list[str], texts: list[str]) -> str:
    of_id = {"a": 0, "b": 1, "c": 2}
    parts = []
    for heading in headings:
        parts += [heading, texts[of_id[heading.rpartition("#")[2][0]]]]
    return paragraphs(*parts)


def strictly(root: Path, run: Callable[..., Ran]) -> set[str]:
    """What a strict check tells of the headings' levels and order, without the lines' numbers."""
    out = run("check", "--strict", root=root).out
    checks = ("heading-level-differs", "headings-swapped")
    return {check for check in checks if f"[{check}]" in out}


A, B, C = "## Wie {#a}", "## Wat {#b}", "## Waar {#c}"
QUI, QUOI, OU = "## Qui {#a}", "## Quoi {#b}", "## Où {#c}"
LEVEL, ORDER = "heading-level-differs", "headings-swapped"
OUTLINES = {
    "level": ([A, B, C], [QUI, f"#{QUOI}", OU], {LEVEL}),
    "order": ([A, B, C], [QUOI, QUI, OU], {ORDER}),
    "both": ([A, B, C], [QUOI, f"#{QUI}", OU], {LEVEL, ORDER}),
    "one language has one more": ([A, B, C], [QUI, f"#{QUOI}"], {LEVEL}),
}


@pytest.mark.parametrize(("dutch", "french", "checks"), OUTLINES.values(), ids=OUTLINES)
def test_an_outline_that_was_confirmed_is_settled_until_it_changes(
    dutch: list[str],
    french: list[str],
    checks: set[str],
    tmp_path: Path,
    run: Callable[..., Ran],
) -> None:
    root = outlined(tmp_path, dutch, french)
    assert strictly(root, run) == checks
    assert run("confirm", "about", root=root).status == 0
    assert strictly(root, run) == set()
    again = run("confirm", "about", root=root)
    assert "everything was confirmed already" in again.out + again.err
    for side, name in ((dutch, "nl"), (french, "fr")):
        path = root / f"content/about/{name}.md"
        text = path.read_text("utf-8")
        first = next(each for each in side if "#b" in each)
        path.write_text(text.replace(first, f"##{first}"), "utf-8")
        assert LEVEL in strictly(root, run), name
        path.write_text(text, "utf-8")
        assert strictly(root, run) == set()


def test_another_order_than_the_one_that_was_confirmed_is_told(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    root = outlined(tmp_path, [A, B, C], [QUOI, QUI, OU])
    assert run("confirm", "about", root=root).status == 0
    lock = (root / "content/about/translations.lock").read_text("utf-8")
    for french in ([QUOI, OU, QUI], [OU, QUI, QUOI]):
        outlined(tmp_path, [A, B, C], french)
        (root / "content/about/translations.lock").write_text(lock, "utf-8")
        assert strictly(root, run) == {ORDER}
    outlined(tmp_path, [A, B, C], [QUI, QUOI, OU])
    assert strictly(root, run) == set()


def test_what_was_confirmed_of_one_heading_says_nothing_of_another(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    root = outlined(tmp_path, [A, B, C], [QUI, f"#{QUOI}", f"#{OU}"])
    assert run("confirm", "about", "--block", "b", root=root).status == 0
    lines = run("check", "--strict", root=root).out.split("\n")
    told_at = [line.split(":")[1] for line in lines if f"[{LEVEL}]" in line]
    assert len(told_at) == 2
    assert run("confirm", "about", "--block", "c", root=root).status == 0
    assert strictly(root, run) == set()


def test_a_lock_of_before_is_valid_and_the_outline_is_told_and_shown(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    root = outlined(tmp_path, [A, B, C], [QUI, f"#{QUOI}", OU])
    assert run("confirm", "about", root=root).status == 0
    path = root / "content/about/translations.lock"
    written = path.read_text("utf-8")
    before = "\n\n".join(part for part in written.split("\n\n") if "outline " not in part)
    assert written.count("\noutline fr:") == 1
    path.write_text(before, "utf-8")
    assert {LEVEL} == strictly(root, run)
    out = run("check", "--strict", root=root).out.split("\n")
    about = [line for line in out if line.startswith("content/about/")]
    assert [line for line in about if f"[{LEVEL}]" not in line] == []
    assert "### Quoi" in run("confirm", "--all", root=root).out
    assert run("confirm", "--all", "--yes", root=root).status == 0
    assert path.read_text("utf-8") == written


def test_a_bold_line_that_was_confirmed_beside_a_heading_is_settled(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    files = page(paragraphs(ONE, "**Waarom?**", TWO), paragraphs(UN, "## Pourquoi ?", DEUX))
    root = write_site(tmp_path, files)
    assert strictly(root, run) == {LEVEL}
    assert run("confirm", "about", root=root).status == 0
    assert strictly(root, run) == set()
