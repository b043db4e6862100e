"""The rules of each language: complete, and where CLDR knows the same they agree with it."""

from __future__ import annotations

import pytest
from babel import Locale

from diptych.languages import LANGUAGES, OTHER, PROFILES, rules_of
from diptych.translation.numerals import spelled_numbers

WHOLE = {  # tables that no language may leave empty
    "typography",
    "months",
    "date_articles",
    "at",
    "hours",
    "afternoon",
    "spoken_times",
    "numbers",
    "ordinals",
    "scales",
    "percent",
    "euro",
    "inflect",
    "stop_words",
    "vague_links",
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_every_table_that_checks_need(code: str) -> None:
    assert {name for name in WHOLE if not getattr(rules_of(code), name)} == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_months_are_those_of_cldr(code: str) -> None:
    months = Locale.parse(code).months["format"]["wide"]
    assert rules_of(code).months == tuple(months[number] for number in range(1, 13))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_first_of_a_month_is_written_as_cldr_counts(code: str) -> None:
    """CLDR's ordinal category `one` in French is the first alone: 1er."""
    french = Locale.parse(code).ordinal_form(1) == "one" and code == "fr"
    assert bool(rules_of(code).first_of_month) == french


@pytest.mark.parametrize("tag", ["fr", "fr-BE", "fr_BE"])
def test_a_language_is_known_by_its_tag_or_locale(tag: str) -> None:
    assert rules_of(tag) is LANGUAGES["fr"]


def test_a_language_without_a_file_has_empty_tables() -> None:
    assert rules_of("es") is OTHER
    assert not OTHER.numbers
    assert not OTHER.typography


def test_words_of_links_and_numbers_are_in_small_letters() -> None:
    for rules in LANGUAGES.values():
        words = (*rules.vague_links, *rules.stop_words, *rules.numbers, *rules.ordinals)
        assert [word for word in (*words, *rules.scales) if word != word.lower()] == []


def test_each_profile_belongs_to_one_language() -> None:
    named = [name for rules in LANGUAGES.values() for name in rules.typography]
    assert (*named, "plain") == PROFILES


NUMBERS = {  # language -> words and their values
    "nl": {
        "één": 1,
        "twee": 2,
        "elf": 11,
        "twaalf": 12,
        "veertien": 14,
        "twintig": 20,
        "eenentwintig": 21,
        "tweeëntwintig": 22,
        "drieëndertig": 33,
        "zevenenzestig": 67,
        "negentig": 90,
        "honderd": 100,
        "duizend": 1000,
    },
    "fr": {
        "une": 1,
        "onze": 11,
        "dix-sept": 17,
        "vingt et un": 21,
        "vingt-deux": 22,
        "soixante-dix": 70,
        "soixante et onze": 71,
        "septante-trois": 73,
        "quatre-vingts": 80,
        "quatre-vingt-un": 81,
        "nonante-neuf": 99,
        "quatre-vingt-dix-sept": 97,
        "cent": 100,
        "mille": 1000,
    },
    "de": {
        "eine": 1,
        "zwei": 2,
        "elf": 11,
        "sechzehn": 16,
        "siebzehn": 17,
        "einundzwanzig": 21,
        "dreißig": 30,
        "dreissig": 30,
        "fünfundfünfzig": 55,
        "siebzig": 70,
        "hundert": 100,
        "tausend": 1000,
    },
    "en": {
        "one": 1,
        "two": 2,
        "eleven": 11,
        "twelve": 12,
        "fifteen": 15,
        "eighteen": 18,
        "twenty-one": 21,
        "forty": 40,
        "forty-four": 44,
        "ninety-nine": 99,
        "hundred": 100,
        "thousand": 1000,
    },
}


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [(language, *each) for language, words in NUMBERS.items() for each in words.items()],
)
def test_number_words(language: str, words: str, value: int) -> None:
    assert value in spelled_numbers(f"… {words.capitalize()} …", language)


def test_a_number_word_of_another_language_is_none() -> None:
    assert list(spelled_numbers("twee deux zwei two", "es")) == []
    assert list(spelled_numbers("deux zwei two", "nl")) == []
