"""Dates, numbers and amounts as Dutch, French and German are written in Belgium."""

from __future__ import annotations

import pytest

from diptych.diagnostics import Source
from diptych.files.theme import theme_catalog, theme_files
from diptych.i18n import (
    CatalogRequest,
    Strings,
    format_amount,
    format_date,
    format_number,
    known_locale,
    machine_date,
    read_catalog,
    strings_of,
)
from diptych.i18n.edtf import parse_date
from diptych.model import EventDate

NARROW = "\u202f"
NBSP = "\u00a0"


def strings(language: str) -> Strings:
    """The interface of the theme."""
    path = theme_catalog(language)
    text = next(file.data for file in theme_files() if file.path == path).decode()
    source = Source(path, text)
    locale = f"{language}_BE"
    return strings_of(read_catalog(CatalogRequest(source, language, locale)).value, locale)


DUTCH, FRENCH, GERMAN = strings("nl"), strings("fr"), strings("de")


def in_words(text: str, locale: str) -> str:
    date = parse_date(text)
    assert isinstance(date, EventDate)
    known = {"nl_BE": DUTCH, "fr_BE": FRENCH, "de_BE": GERMAN}
    gettext = known[locale].gettext if locale in known else str
    return format_date(date, locale, gettext)


@pytest.mark.parametrize(
    ("text", "dutch", "french", "german"),
    [
        ("2020", "2020", "2020", "2020"),
        ("2020-06", "juni 2020", "juin 2020", "Juni 2020"),
        ("2020-08", "augustus 2020", "août 2020", "August 2020"),
        ("2020-02", "februari 2020", "février 2020", "Februar 2020"),
        ("2020-06-08", "8 juni 2020", "8 juin 2020", "8. Juni 2020"),
        ("2022-06-01", "1 juni 2022", "1er juin 2022", "1. Juni 2022"),
        ("2022-06-21", "21 juni 2022", "21 juin 2022", "21. Juni 2022"),
        ("2021-11-06/2021-11-07", "6–7 november 2021", "6–7 novembre 2021", "6.–7. November 2021"),
        ("2022-06-01/2022-06-30", "1–30 juni 2022", "1er–30 juin 2022", "1.–30. Juni 2022"),
        (
            "2020-03-18/2020-06-08",
            "18 maart – 8 juni 2020",
            "18 mars – 8 juin 2020",
            "18. März – 8. Juni 2020",
        ),
        (
            "2020-05-01/2020-06-01",
            "1 mei – 1 juni 2020",
            "1er mai – 1er juin 2020",
            "1. Mai – 1. Juni 2020",
        ),
        (
            "2020-12-31/2021-01-01",
            "31 december 2020 – 1 januari 2021",
            "31 décembre 2020 – 1er janvier 2021",
            "31. Dezember 2020 – 1. Januar 2021",
        ),
        ("2020-03/2020-06", "maart – juni 2020", "mars – juin 2020", "März – Juni 2020"),
        (
            "2020-12/2021-02",
            "december 2020 – februari 2021",
            "décembre 2020 – février 2021",
            "Dezember 2020 – Februar 2021",
        ),
        ("2019/2022", "2019–2022", "2019–2022", "2019–2022"),
        (
            "2020-03-18/2020-06",
            "18 maart 2020 – juni 2020",
            "18 mars 2020 – juin 2020",
            "18. März 2020 – Juni 2020",
        ),
    ],
)
def test_a_date_is_said_in_full_and_no_finer_than_it_is_known(
    text: str, dutch: str, french: str, german: str
) -> None:
    said = [in_words(text, locale) for locale in ("nl_BE", "fr_BE", "de_BE")]
    assert said == [dutch, french, german]


@pytest.mark.parametrize(
    ("text", "dutch", "french"),
    [
        ("2020-21", "lente 2020", "printemps 2020"),
        ("2020-22", "zomer 2020", "été 2020"),
        ("2020-23", "herfst 2020", "automne 2020"),
        ("2020-24", "winter 2020", "hiver 2020"),
        ("2022-03-18T01:35", "18 maart 2022 om 1.35 uur", "18 mars 2022 à 1 h 35"),
        ("2022-03-18T14:05", "18 maart 2022 om 14.05 uur", "18 mars 2022 à 14 h 05"),
        ("2022-03-01T00:00", "1 maart 2022 om 0.00 uur", "1er mars 2022 à 0 h 00"),
        ("2020-21/2020-22", "lente 2020 – zomer 2020", "printemps 2020 – été 2020"),
    ],
)
def test_seasons_and_times_come_from_the_catalogs(text: str, dutch: str, french: str) -> None:
    said = [in_words(text, locale).replace(NBSP, " ") for locale in ("nl_BE", "fr_BE")]
    assert said == [dutch, french]


LEVEL_1 = (  # EDTF, Dutch, French, German, English
    ("2020~", "rond 2020", "vers 2020", "etwa 2020", "around 2020"),
    ("2020-06~", "rond juni 2020", "vers juin 2020", "etwa Juni 2020", "around June 2020"),
    (
        "2020-06-08~",
        "rond 8 juni 2020",
        "vers le 8 juin 2020",
        "etwa 8. Juni 2020",
        "around 8 June 2020",
    ),
    (
        "2020-06-01~",
        "rond 1 juni 2020",
        "vers le 1er juin 2020",
        "etwa 1. Juni 2020",
        "around 1 June 2020",
    ),
    (
        "2020-21~",
        "rond de lente van 2020",
        "vers le printemps 2020",
        "etwa Frühling 2020",
        "around the spring of 2020",
    ),
    (
        "2020-22~",
        "rond de zomer van 2020",
        "vers l’été 2020",
        "etwa Sommer 2020",
        "around the summer of 2020",
    ),
    (
        "2020-23~",
        "rond de herfst van 2020",
        "vers l’automne 2020",
        "etwa Herbst 2020",
        "around the autumn of 2020",
    ),
    (
        "2020-24~",
        "rond de winter van 2020",
        "vers l’hiver 2020",
        "etwa Winter 2020",
        "around the winter of 2020",
    ),
    ("2020?", "2020 (onzeker)", "2020 (incertain)", "2020 (unsicher)", "2020 (uncertain)"),
    (
        "2020-21?",
        "lente 2020 (onzeker)",
        "printemps 2020 (incertain)",
        "Frühling 2020 (unsicher)",
        "spring 2020 (uncertain)",
    ),
    (
        "2020-06%",
        "rond juni 2020 (onzeker)",
        "vers juin 2020 (incertain)",
        "etwa Juni 2020 (unsicher)",
        "around June 2020 (uncertain)",
    ),
    ("197X", "jaren 1970", "années 1970", "1970er-Jahre", "1970s"),
    (
        "197X~",
        "rond de jaren 1970",
        "vers les années 1970",
        "etwa 1970er-Jahre",
        "around the 1970s",
    ),
    ("19XX", "1900–1999", "1900–1999", "1900–1999", "1900–1999"),
    ("2004-XX", "2004", "2004", "2004", "2004"),
    ("2004-06-XX", "juni 2004", "juin 2004", "Juni 2004", "June 2004"),
    ("2004-XX-XX", "2004", "2004", "2004", "2004"),
    ("1970/..", "vanaf 1970", "dès 1970", "ab 1970", "from 1970 on"),
    (
        "1970-06-08/..",
        "vanaf 8 juni 1970",
        "dès le 8 juin 1970",
        "ab 8. Juni 1970",
        "from 8 June 1970 on",
    ),
    (
        "2020-22/..",
        "vanaf de zomer van 2020",
        "dès l’été 2020",
        "ab Sommer 2020",
        "from the summer of 2020 on",
    ),
    (
        "197X/..",
        "vanaf de jaren 1970",
        "dès les années 1970",
        "ab 1970er-Jahre",
        "from the 1970s on",
    ),
    ("../1970", "tot 1970", "jusqu’en 1970", "bis 1970", "until 1970"),
    ("../1970-06", "tot juni 1970", "jusqu’en juin 1970", "bis Juni 1970", "until June 1970"),
    (
        "../1970-06-08",
        "tot 8 juni 1970",
        "jusqu’au 8 juin 1970",
        "bis 8. Juni 1970",
        "until 8 June 1970",
    ),
    (
        "../2020-21",
        "tot de lente van 2020",
        "jusqu’au printemps 2020",
        "bis Frühling 2020",
        "until the spring of 2020",
    ),
    (
        "../2020-22",
        "tot de zomer van 2020",
        "jusqu’à l’été 2020",
        "bis Sommer 2020",
        "until the summer of 2020",
    ),
    (
        "../197X",
        "tot de jaren 1970",
        "jusqu’aux années 1970",
        "bis 1970er-Jahre",
        "until the 1970s",
    ),
    (
        "../1970?",
        "tot 1970 (onzeker)",
        "jusqu’en 1970 (incertain)",
        "bis 1970 (unsicher)",
        "until 1970 (uncertain)",
    ),
    (
        "2020-06~/2020-09",
        "rond juni – september 2020",
        "vers juin – septembre 2020",
        "etwa Juni – September 2020",
        "around June – September 2020",
    ),
    (
        "197X/198X",
        "jaren 1970 – jaren 1980",
        "années 1970 – années 1980",
        "1970er-Jahre – 1980er-Jahre",
        "1970s – 1980s",
    ),
    ("0001", "1", "1", "1", "1"),
    ("0987-06", "juni 987", "juin 987", "Juni 987", "June 987"),
    ("9999-12-31", "31 december 9999", "31 décembre 9999", "31. Dezember 9999", "31 December 9999"),
)


@pytest.mark.parametrize("row", LEVEL_1, ids=lambda row: row[0])
def test_level_1_is_said_well_in_four_languages(row: tuple[str, ...]) -> None:
    text, *expected = row
    said = [in_words(text, locale) for locale in ("nl_BE", "fr_BE", "de_BE", "en_GB")]
    assert [each.replace(NBSP, " ").replace(NARROW, " ") for each in said] == expected


@pytest.mark.parametrize(
    ("text", "dutch", "french"),
    [
        (
            "2020-06-08T12:30/2020-06-09",
            "8 juni 2020 om 12.30 uur – 9 juni 2020",
            "8 juin 2020 à 12 h 30 – 9 juin 2020",
        ),
        (
            "2020-06-08T12:30/2020-06-08T14:00",
            "8 juni 2020 om 12.30 uur – 14.00 uur",
            "8 juin 2020 à 12 h 30 – 14 h 00",
        ),
    ],
)
def test_a_period_may_have_times(text: str, dutch: str, french: str) -> None:
    said = [in_words(text, locale).replace(NBSP, " ") for locale in ("nl_BE", "fr_BE")]
    assert said == [dutch, french]


@pytest.mark.parametrize(
    ("text", "machine"),
    [
        ("2020", "2020"),
        ("2020-06", "2020-06"),
        ("2020-06-08", "2020-06-08"),
        ("2020-06~", "2020-06"),
        ("2020-22", "2020"),
        ("2022-03-18T01:35", "2022-03-18T01:35"),
        ("2021-11-06/2021-11-07", "2021-11-06"),
        ("2020-21/2020-22", "2020"),
        ("2020-06~/2020-09", "2020-06"),
        ("2020?", "2020"),
        ("2020-06-08%", "2020-06-08"),
        ("197X", "1970"),
        ("19XX~", "1900"),
        ("2004-XX", "2004"),
        ("2004-06-XX", "2004-06"),
        ("1970/..", "1970"),
        ("../1970-06", "1970-06"),
        ("0033-22", "0033"),
        ("2020-06-08T12:30/2020-06-09", "2020-06-08T12:30"),
    ],
)
def test_machine_date_is_what_html_knows(text: str, machine: str) -> None:
    date = parse_date(text)
    assert isinstance(date, EventDate)
    assert machine_date(date) == machine


@pytest.mark.parametrize(
    ("number", "dutch", "french"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1200, "1.200", f"1{NARROW}200"),
        (-1_234_567, "-1.234.567", f"-1{NARROW}234{NARROW}567"),
    ],
)
def test_numbers(number: int, dutch: str, french: str) -> None:
    assert [format_number(number, locale) for locale in ("nl_BE", "fr_BE")] == [dutch, french]


@pytest.mark.parametrize(
    ("value", "unit", "dutch", "french"),
    [
        (40_000, "EUR", f"€{NBSP}40.000", f"40{NARROW}000{NBSP}€"),
        (350, "EUR", f"€{NBSP}350", f"350{NBSP}€"),
        (5, "minutes", "5 minuten", "5 minutes"),
        (1, "minutes", "1 minuut", "1 minute"),
        (25, "votes", "25", "25"),
        (1200, "people", "1.200", f"1{NARROW}200"),
    ],
)
def test_amounts(value: int, unit: str, dutch: str, french: str) -> None:
    assert [format_amount(value, unit, locale) for locale in ("nl_BE", "fr_BE")] == [dutch, french]


def test_plurals_are_those_of_the_language() -> None:
    text = (
        'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=({rule});\\n"\n\n'
        'msgid "one event"\nmsgid_plural "%(num)s events"\nmsgstr[0] "{one}"\nmsgstr[1] "{many}"\n'
    )
    french = text.format(rule="n > 1", one="un événement", many="%(num)s événements")
    dutch = text.format(rule="n != 1", one="één gebeurtenis", many="%(num)s gebeurtenissen")
    said = {}
    for locale, po in (("fr_BE", french), ("nl_BE", dutch)):
        catalog = read_catalog(CatalogRequest(Source("messages.po", po), locale[:2], locale)).value
        ngettext = strings_of(catalog, locale).ngettext
        said[locale] = [ngettext("one event", "%(num)s events", count) for count in (0, 1, 2)]
    assert said == {
        "fr_BE": ["un événement", "un événement", "%(num)s événements"],
        "nl_BE": ["%(num)s gebeurtenissen", "één gebeurtenis", "%(num)s gebeurtenissen"],
    }


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("nl_BE", True),
        ("fr_BE", True),
        ("de_BE", True),
        ("ar", True),
        ("nl-BE", False),
        ("xx_YY", False),
        ("", False),
        ("nederlands", False),
        ("nl_BE; rm -rf /", False),
    ],
)
def test_known_locales(name: str, known: bool) -> None:
    assert known_locale(name) is known
