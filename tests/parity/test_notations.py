"""The same fact in the notations of three languages: compared by value, named as it is written."""

from __future__ import annotations

import pytest

from diptych.facts import facts_of
from tests.parity.pairs import LANGUAGES, differences, told

NBSP, NARROW = "\u00a0", "\u202f"

# Dutch, French, German: three ways to write one fact.
SAME = (
    ("€ 1.234,50", "1 234,50 €", "1.234,50 €"),
    ("1.234,50 euro", f"1{NBSP}234,50{NBSP}euros", "1.234,50 Euro"),
    ("€1234,5", f"1{NARROW}234,50{NARROW}€", "EUR 1.234,50"),
    ("€ 40.000", "40 000 euros", "40.000 Euro"),
    ("€ 40 000", "40.000 €", f"40{NBSP}000 €"),
    ("2 miljoen euro", "2 millions d'euros", "2 Millionen Euro"),
    ("€ 2,5 miljoen", "2 500 000 €", "2,5 Millionen €"),
    ("1,2 miljard mensen", "1,2 milliard de gens", "1,2 Milliarden Menschen"),
    ("40 duizend mensen", "40 000 personnes", "40 Tausend Menschen"),
    ("1.200 pakketten", "1 200 colis", "1.200 Pakete"),
    ("1.234.567 stemmen", f"1{NARROW}234{NARROW}567 voix", "1.234.567 Stimmen"),
    ("op 8 juni", "le 8 juin", "am 8. Juni"),
    ("op 1 juni 2020", "le 1er juin 2020", "am 1. Juni 2020"),
    ("8 juni 2020", "08/06/2020", "8.6.2020"),
    ("8-6-2020", "2020-06-08", "08.06.2020"),
    ("op 8\njuni\n2020", f"le 8{NBSP}juin{NBSP}2020", "am 8. Juni\n2020"),
    ("Augustus 2021", "août 2021", "August 2021"),
    ("van 3 tot 5 mei", "du 3 au 5 mai", "vom 3. bis 5. Mai"),
    ("1.35 uur", "1 h 35", "1.35 Uhr"),
    ("1u35", "1h35", "1:35 Uhr"),
    ("13.05 uur", f"13{NBSP}h{NBSP}05", "13 Uhr 05"),
    ("7 uur", "7 heures", "7 Uhr"),
    ("19u", "19h", "19 Uhr"),
    ("7 uur 's avonds", "19 h", "7 Uhr abends"),
    ("7 uur ’s avonds", "7 heures du soir", "19.00 Uhr"),
    ("3 uur 's namiddags", "3 h de l'après-midi", "3 Uhr nachmittags"),
    ("24 uur", "24 heures", "24 Uhr"),
    ("48 uur", "48 heures", "48 Stunden"),
    ("50%", "50 %", f"50{NBSP}%"),
    ("50 procent", "50 pour cent", "50 Prozent"),
    ("12,5 %", f"12,5{NARROW}%", "12,5 Prozent"),
    ("02 555 12 34", "+32 2 555 12 34", "0032 2 555 12 34"),
    ("02/555.12.34", "+32 (0)2 555 12 34", "+3225551234"),
    ("0470 12 34 56", "0470/12.34.56", f"+32{NBSP}470{NBSP}12{NBSP}34{NBSP}56"),
    ("0800 12 345", "0800 12 345", "0800 12 345"),
    ("Info@utsopi.be", "info@utsopi.be", "info@utsopi.be"),
    ("artikel 433quater/1, § 2", "l'article 433quater/1, § 2", "Artikel 433quater/1, § 2"),
    ("artikel 380", "article 380", "Artikel 380"),
    ("artikel 380bis", "article 380bis", "Artikel 380bis"),
    ("DOC 55 2141/001", "DOC 55 2141/001", "DOC 55 2141/001"),
    ("de wet van 21 maart 2022", "la loi du 21 mars 2022", "das Gesetz vom 21. März 2022"),
    ("in de 18de eeuw", "au 18e siècle", "im 18. Jahrhundert"),
    ("de 1ste keer", "la 1re fois", "das 1. Mal"),
    ("20ste", "20ème", "20."),
    ("WCAG 2.2", "WCAG 2.2", "WCAG 2.2"),
    ("minstens 7:1", "au moins 7:1", "mindestens 7:1"),
    ("2019-2022", "2019–2022", "2019 - 2022"),
    ("een covid-19-test", "un test covid", "ein Covid-19-Test"),
    ("elf leden", "11 membres", "11 Mitglieder"),
    ("11 leden", "onze membres", "elf Mitglieder"),
    ("eenentwintig leden", "vingt et un membres", "21 Mitglieder"),
    ("drieënzeventig", "septante-trois", "73"),
    ("97 mensen", "quatre-vingt-dix-sept", "siebenundneunzig"),
    ("1 persoon", "une personne", "1 Person"),
    ("zeven uur 's avonds", "19 heures", "sieben Uhr abends"),
    ("duizend mensen", "1 000 personnes", "tausend Menschen"),
    ("BE68 5390 0754 7034", "BE68539007547034", "BE68-5390-0754-7034"),
    ("van 27 naar 30 cent", "de 0,27 à 0,30 €", "von 27 auf 30 Cent"),
    ("op 21 juli ’58", "le 21 juillet 1958", "am 21. Juli 1958"),
    ("deel I tot III", "parties 1 à 3", "Teile I bis III"),
    ("van 24/12 tot en met 4/1", "du 24 décembre au 4 janvier", "vom 24. Dezember bis 4. Januar"),
    ("een derde meer", "un tiers de plus", "ein Drittel mehr"),
    ("drie kwart van ons", "les trois quarts d'entre nous", "drei Viertel von uns"),
    ("anderhalve keer", "une fois et demie", "anderthalbmal"),
    ("anderhalf uur", "90 minutes", "eineinhalb Stunden"),
    ("di en do om 17.30 uur", "mardi et jeudi à 17 h 30", "Di und Do um 17.30 Uhr"),
    ("ma/wo/vr", "lu/me/ve", "Mo/Mi/Fr"),
    ("voor wie nog geen 12 is", "pour les moins de 12 ans", "für alle unter-12-Jährigen"),
    ("[x](../faq/nl.md#join)", "[x](page:faq#join)", "[x](../faq/de.md#join)"),
    ("[x](#who)", "[x](page:about#who)", "[x](#who)"),
    (
        "[x](https://www.meteo.be/nl)",
        "[x](https://www.meteo.be/fr)",
        "[x](https://www.meteo.be/de)",
    ),
    ("<https://nl.example.be/a>", "<https://fr.example.be/a>", "<https://de.example.be/a>"),
    ("[x](https://example.nl/a)", "[x](https://example.nl/a)", "[x](https://example.nl/a)"),
    ("[x][faq]\n\n[faq]: page:faq", "[x](page:faq)", "[faq][]\n\n[FAQ]: <page:faq>"),
)


@pytest.mark.parametrize("texts", SAME, ids=lambda texts: texts[0])
def test_the_same_in_another_notation(texts: tuple[str, str, str]) -> None:
    assert told(dict(zip(LANGUAGES, texts, strict=True))) == []


OTHER = (
    ("€ 1.234,50", "1 234,05 €", "€ 1.234,50", "1 234,05 €"),
    ("€ 1.234", "1,234 €", "€ 1.234", "1,234 €"),
    ("2 miljoen euro", "2 milliards d'euros", "2 miljoen euro", "2 milliards d'euros"),
    ("op 2 juni", "le 1er juin", "2 juni", "1er juin"),
    ("op 8 juni 2020", "le 8 juin 2021", "8 juni 2020", "8 juin 2021"),
    ("op 8 juni 2020", "le 08/07/2020", "8 juni 2020", "08/07/2020"),
    ("in juni 2020", "en juillet 2020", "juni 2020", "juillet 2020"),
    ("om 1.35 uur", "à 1 h 53", "1.35 uur", "1 h 53"),
    ("om 7 uur 's avonds", "à 7 h", "7 uur 's avonds", "7 h"),
    ("50%", "15 %", "50%", "15 %"),
    ("bel 02 555 12 34", "appelez le 02 555 12 43", "02 555 12 34", "02 555 12 43"),
    ("info@utsopi.be", "contact@utsopi.be", "info@utsopi.be", "contact@utsopi.be"),
    ("artikel 433quater", "article 433quinquies", "433quater", "433quinquies"),
    ("artikel 380", "article 380bis", "380", "380bis"),
    ("WCAG 2.2.", "WCAG 2.1.", "2.2", "2.1"),
    ("2019-2022", "2019-2021", "2022", "2021"),
    ("11 leden", "douze membres", "11", "douze"),
    ("twaalf leden", "11 membres", "twaalf", "11"),
    ("11 leden van de club", "les douze autres et treize membres", "11", None),
    ("twee, drie en twee", "deux, trois et trois", "twee", "trois"),
    ("de eerste woensdag", "le deuxième mercredi", "eerste", "deuxième"),
    ("een derde meer", "un quart de plus", "derde", "quart"),
    ("anderhalf jaar", "un an", "anderhalf", None),
    ("di en do", "lundi et jeudi", "di", "lundi"),
    ("begin maart en eind maart", "début mars et fin avril", "maart", "avril"),
    ("BE68 5390 0754 7034", "BE68 5390 0757 4034", "BE68 5390 0754 7034", "BE68 5390 0757 4034"),
    ("op 21 juli ’58", "le 21 juillet 1968", "21 juli ’58", "21 juillet 1968"),
    ("van 27 naar 30 cent", "de 0,28 à 0,30 €", "27", "0,28"),
    ("[x](page:faq)", "[x](page:mission)", "](page:faq)", "](page:mission)"),
    (  # each in its language, but another page: only its figures differ
        "[x](https://example.be/nl/a/12)",
        "[x](https://example.be/fr/a/13)",
        "](https://example.be/nl/a/12)",
        "](https://example.be/fr/a/13)",
    ),
    ("![x](a.jpg)", "![x](b.jpg)", "![x](a.jpg", "![x](b.jpg"),
    ("Zo.[^a]", "Voilà.", "[^a]", None),
    ("8 juni en 9 juni", "le 8 juin", "9 juni", None),
)


@pytest.mark.parametrize(("dutch", "french", "lost", "gained"), OTHER, ids=lambda text: text or "-")
def test_another_fact_is_named_where_it_stands(
    dutch: str, french: str, lost: str | None, gained: str | None
) -> None:
    found = {(path, text) for path, _, text in told({"nl": dutch, "fr": french})}
    assert found == {(path, text) for path, text in (("nl.md", lost), ("fr.md", gained)) if text}


def test_a_value_reads_as_a_person_would_say_it() -> None:
    text = "Op 8 juni 2020 om 13.05 uur gaf € 1.234,50 aan 50 % van 1.200 mensen: bel 02 555 12 34."
    assert [(fact.kind, fact.value) for fact in facts_of(text, "nl_BE")] == [
        ("date", "2020-06-08"),
        ("time", "13:05"),
        ("money", "1234.5"),
        ("percent", "50"),
        ("number", "1200"),
        ("phone", "25551234"),
    ]


def test_a_year_may_be_left_out_in_one_language() -> None:
    assert told({"nl": "op 8 juni 2020", "fr": "le 8 juin"}) == []
    assert told({"nl": "op 8 juni 2020", "fr": "le 9 juin"}) != []


@pytest.mark.parametrize(
    "text", ["", "Geen getal.", "CO2 en covid-19", "op 32/13/2020", "25.99 uur"]
)
def test_what_is_no_fact_or_no_date_breaks_nothing(text: str) -> None:
    assert told({"nl": text, "fr": text}) == []


def test_in_a_title_a_date_in_front_is_no_list() -> None:
    assert told({"nl": "8 juni", "fr": "8 juin", "de": "8. Juni"}, kind="title") == []


def test_both_languages_may_lead_to_the_page_of_one_of_them() -> None:
    assert told({"nl": "[x](https://example.be/nl/a)", "fr": "[y](https://example.be/nl/a)"}) == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (  # one is alone: it is told there, once
            {"nl": "8 juni", "fr": "8 juin", "de": "am 9. Juni"},
            ["de.md: “9. Juni” stands here, “8 juni / 8 juin” in nl.md:1, fr.md:1"],
        ),
        (  # only one says it
            {"nl": "op 8 juni", "fr": "alors", "de": "damals"},
            ["nl.md: “8 juni” stands here and nothing like it in fr.md:1, de.md:1"],
        ),
        (  # one says nothing of it: it has no place to tell it at
            {"nl": "op 8 juni", "fr": "le 8 juin", "de": "damals"},
            [
                "nl.md: “8 juni” stands here and nothing like it in de.md:1",
                "fr.md: “8 juin” stands here and nothing like it in de.md:1",
            ],
        ),
        (  # each says another thing
            {"nl": "7 juni", "fr": "8 juin", "de": "am 9. Juni"},
            [
                "nl.md: “7 juni” stands here, “8 juin / 9. Juni” in fr.md:1, de.md:1",
                "fr.md: “8 juin” stands here, “7 juni / 9. Juni” in nl.md:1, de.md:1",
                "de.md: “9. Juni” stands here, “7 juni / 8 juin” in nl.md:1, fr.md:1",
            ],
        ),
        (  # one says another thing, one says nothing
            {"nl": "7 juni", "fr": "8 juin", "de": "damals"},
            [
                "nl.md: “7 juni” stands here, “8 juin” in fr.md:1",
                "nl.md: “7 juni” stands here and nothing like it in de.md:1",
                "fr.md: “8 juin” stands here, “7 juni” in nl.md:1",
                "fr.md: “8 juin” stands here and nothing like it in de.md:1",
            ],
        ),
        (  # two against two
            {"nl": "8 juni", "fr": "8 juin", "de": "am 9. Juni", "en": "9 June"},
            [
                "nl.md: “8 juni” stands here, “9. Juni / 9 June” in de.md:1, en.md:1",
                "fr.md: “8 juin” stands here, “9. Juni / 9 June” in de.md:1, en.md:1",
                "de.md: “9. Juni” stands here, “8 juni / 8 juin” in nl.md:1, fr.md:1",
                "en.md: “9 June” stands here, “8 juni / 8 juin” in nl.md:1, fr.md:1",
            ],
        ),
        (  # of four, one leads elsewhere
            dict.fromkeys(("nl", "fr", "en"), "[x](page:faq)") | {"de": "[x](page:mission)"},
            [
                "de.md: “page:mission” stands here, “page:faq” in nl.md:1, fr.md:1, en.md:1",
            ],
        ),
    ],
)
def test_a_fact_is_told_once_however_many_languages_differ(
    texts: dict[str, str], expected: list[str]
) -> None:
    found = [f"{each.span.path}: {each.message}" for each in differences(texts)]
    assert sorted(found) == sorted(expected)
