"""Marks and spaces of each language: the cases are in `cases/typography`, one file a profile."""

from __future__ import annotations

import re

import pytest

from diptych.languages import PROFILES
from diptych.markdown import TextRequest, convert_text
from diptych.markdown.typography import Flow, as_markup, joined, typeset
from diptych.model import Language
from tests.strategies import CASES, DUTCH, FRENCH, cases, shown, typed

LANGUAGES = {"dutch": "nl", "german": "de", "english": "en"}


def html(line: str, profile: str) -> str:
    key = LANGUAGES.get(profile, "fr")
    others = tuple(each for each in (DUTCH, FRENCH) if each.key != key)
    languages = (Language(key, f"{key}_BE", key, profile), *others)
    text = convert_text(TextRequest(line, key, languages, inline=True)).value.html
    bare = re.sub(r'<a data-link="\d+">(.*?)</a>', r"\1", text)  # a bare address is a link
    return bare.replace("&#39;", "'").replace("&#34;", '"')


@pytest.mark.parametrize(
    ("profile", "case"),
    [
        pytest.param(path.stem, *each.values, id=str(each.id))
        for path in sorted((CASES / "typography").glob("*.md"))
        for each in cases("typography", path.name)
    ],
)
def test_what_a_reader_gets(profile: str, case: dict[str, str]) -> None:
    written = case["in"].splitlines()
    assert [shown(html(typed(line), profile)) for line in written] == case["out"].splitlines()


def test_every_profile_has_cases() -> None:
    assert {path.stem for path in (CASES / "typography").glob("*.md")} == set(PROFILES) - {"plain"}


def test_plain_and_unknown_profiles_change_nothing() -> None:
    text = '"Oui" !  10 €... l\'union'
    assert typeset(text, "plain") == text
    assert typeset(text, "klingon") == text


def test_a_piece_is_judged_by_its_neighbours_and_leaves_them_alone() -> None:
    assert typeset(" !", "french", before="oui", after=" ") == "\u00a0!"
    assert typeset("10 ", "french", before="le ", after="euros") == "10\u00a0"
    assert typeset("»", "french-closed", before=" ") == "»"
    assert typeset("a", "french", before="« ", after=" »") == "a"


def test_a_quotation_stays_open_from_one_piece_to_the_next() -> None:
    flow = Flow()
    assert typeset('"a ', "french", flow=flow) == "«\u00a0a "
    assert typeset('"b"', "french", before=" ", flow=flow) == "“b”"
    assert typeset(' c"', "french", before="”", flow=flow) == " c\u00a0»"


def test_markup_escapes_what_it_does_not_make_itself() -> None:
    assert as_markup("<1er & co>", "french") == "&lt;1<sup>er</sup> &amp; co&gt;"


def test_an_address_ends_where_the_sentence_goes_on() -> None:
    text = "(voir https://example.org/a_(b)?c=1, «https://example.org» ou a.b+c@example.org.)"
    kept = typeset(text, "french")
    for address in (
        "https://example.org/a_(b)?c=1",
        "https://example.org\u00a0»",
        "a.b+c@example.org",
    ):
        assert address in kept


@pytest.mark.parametrize(
    ("profile", "space"),
    [
        ("french", "\u00a0"),
        ("french-thin", "\u00a0"),
        ("french-closed", ""),
        ("dutch", ""),
        ("german", ""),
        ("english", ""),
        ("plain", ""),
    ],
)
def test_what_is_joined_has_the_space_of_the_language(profile: str, space: str) -> None:
    assert (
        joined("8 juin 2020", "Oui", profile).replace("8\u00a0", "8 ") == f"8 juin 2020{space}: Oui"
    )


@pytest.mark.parametrize(("profile", "space"), [("french", "\u00a0"), ("french-thin", "\u202f")])
def test_the_space_before_high_marks_is_the_choice_of_the_profile(profile: str, space: str) -> None:
    for mark in ";!?":
        assert (
            typeset(f"oui {mark}", profile) == typeset(f"oui{mark}", profile) == f"oui{space}{mark}"
        )
        for typed_space in ("\u00a0", "\u202f"):
            assert typeset(f"oui{typed_space}{mark}", profile) == f"oui{typed_space}{mark}"


@pytest.mark.parametrize("profile", ["dutch", "french", "german", "english"])
@pytest.mark.parametrize(
    "address",
    [
        "o'neil@example.org",
        "jan.d'hondt@example.org",
        "https://example.org/l'eau",
        "www.example.org/l'eau",
    ],
)
def test_an_apostrophe_of_an_address_stays(profile: str, address: str) -> None:
    assert address in typeset(f"Voir {address}, et c'est tout.", profile)
    before, sign, behind = address.rpartition("'")
    if "@" in address:  # of which the second half is a link, and so a text of its own
        assert typeset(before + sign, profile, after=behind) == before + sign


def test_an_elision_before_an_address_is_none_of_it() -> None:
    assert typeset("d'", "french", after="info@example.org") == "d\u2019"
    assert typeset("qu'", "french-thin", after="info@example.org") == "qu\u2019"
    assert typeset("d'", "dutch", after="hondt@example.org") == "d'"
