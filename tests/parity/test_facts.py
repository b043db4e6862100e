"""One fact as Dutch, French, German and English write it: a row says the same, and a row beside the
next of its table says something else.
"""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diptych.facts import facts_of
from diptych.facts.notations import rules_for, signs_of
from tests.parity.pairs import told

NBSP, NARROW = "\u00a0", "\u202f"
LANGUAGES = ("nl", "fr", "de", "en")
LOCALES = ("nl_BE", "fr_BE", "de_BE", "en_GB", "ar_EG")
SIGNS = (
    *("8", "12", "½", "8/6", "[x]", "](", ")", "[^1]", "{#a}", "<a href='b'>", "<!--", "@", "."),
    *("http://a.example", "www.b.example", "mailto:", "://", "BE", "IBAN", "%", "€", "k", "m"),
    *("maart", "mai", "May", "di", "do", "dinsdag", "mardi", "op", "uur", "heures", "half zeven"),
    *(" ", "\n", "\n- ", "-", "/", ":", "\x00\x00", "deux et demi", "miljoen", "p.m.", "x"),
)

NUMBERS = (
    ("600.000 mensen", "600 000 personnes", "600.000 Menschen", "600,000 people"),
    ("1.234.567 stemmen", f"1{NARROW}234{NARROW}567 voix", "1.234.567 Stimmen", "1,234,567 votes"),
    ("40 duizend", "40 000", "40 Tausend", "40 thousand"),
    ("2 miljoen", "2 millions", "2 Millionen", "2 million"),
    ("1,2 miljard", "1,2 milliard", "1,2 Milliarden", "1.2 billion"),
    ("2,5d", "2,5j", "2,5 T.", "2.5d"),
    ("50 tot 70 km", "50 à 70km", "50 bis 70km", "50 to 70 km"),
    ("12kg rijst", "12 kg de riz", "12kg Reis", "12 kg of rice"),
    ("80m² groot", "80 m² de surface", "80 m² groß", "80m² large"),
    ("3de plaats", "3ème place", "der 3. Platz", "3rd place"),
    ("vierde keer", "4ème fois", "vierte Mal", "4th time"),
    ("2de editie", "deuxième édition", "zweite Ausgabe", "2nd edition"),
    ("20ste eeuw", "XXe siècle", "im 20. Jahrhundert", "20th century"),
    ("jaren 60", "années soixante", "60er Jahre", "1960s"),
    ("jaren zeventig", "années 1970", "Siebzigerjahre 70", "the 1970s"),
    ("jaren '90", "années 90", "90er", "the 1990's"),
    ("sinds '68", "depuis 1968", "seit '68", "since 1968"),
    ("seizoen 2019-20", "saison 2019-2020", "Saison 2019/20", "season 2019-2020"),
    ("twee jaar", "2 ans", "zwei Jahre", "two years"),
    ("anderhalf jaar", "1 an et demi", "anderthalb Jahre", "one and a half years"),
    ("2,5 jaar", "deux ans et demi", "2,5 Jahre", "two and a half years"),
    ("1,5 jaar", "un an et demi", "1,5 Jahre", "a year and a half"),
    ("2½ dag", "2,5 jours", "2½ Tage", "2½ days"),
    ("een halve dag (0,5)", "0,5 jour", "0,5 Tag", "half a day: 0.5"),
    ("tweehonderdvijftig", "deux cent cinquante", "zweihundertfünfzig", "two hundred and fifty"),
    ("260 leden", "deux cent soixante membres", "260 Mitglieder", "two hundred and sixty members"),
    ("drieduizend", "3 000", "dreitausend", "three thousand"),
    ("een dertigtal", "une trentaine", "30", "30"),
    ("een dozijn", "une douzaine", "12", "a dozen"),
    ("eenentachtig", "quatre-vingt-un", "81", "eighty-one"),
    ("18-jarigen", "18 ans", "18-Jährige", "18-year-olds"),
    ("16+", "16+", "16+", "16+"),
    ("op 5G", "en 5G", "mit 5G", "on 5G"),
    ("nr. 12", "n° 12", "Nr. 12", "no. 12"),
    ("artikel 433quater", "article 433quater", "Artikel 433quater", "article 433quater"),
    ("7x per week", "7 fois par semaine", "7-mal pro Woche", "7 times a week"),
    ("10k volgers", "10 000 abonnés", "10k Follower", "10k followers"),
    ("1. Lees 44.", "- Lisez 44.", "1. Lies 44.", "- Read 44."),
)
MONEY = (
    ("€ 1.234,50", "1 234,50 €", "1.234,50 €", "€1,234.50"),
    ("1.000 EUR", "1 000 EUR", "1.000 EUR", "1.000 EUR"),
    ("€ 40.000", "40 000 euros", "40.000 Euro", "40,000 euros"),
    ("1,5 mln euro", "1,5 million d'euros", "1,5 Mio. Euro", "1.5 million euros"),
    ("10.000 €", "10 k€", "10.000 €", "€10k"),
    ("2 miljoen euro", "2 M€", "2 Millionen €", "€2 million"),
    ("€ 5", f"5{NBSP}€", "5&nbsp;€", "€5"),
    ("vijftig euro", "50 €", "fünfzig Euro", "€50"),
    ("60 en 70 euro", "60 € et 70 €", "60 und 70 Euro", "€60 and €70"),
    ("$ 500", "500 $", "500 $", "$500"),
)
PERCENT = (
    ("50%", "50 %", f"50{NBSP}%", "50%"),
    ("100%", "100&nbsp;%", "100&#160;%", "100 per cent"),
    ("12,5 procent", "12,5 pour cent", "12,5 Prozent", "12.5 percent"),
    ("3 à 4%", "3 % à 4 %", "3 bis 4 %", "3% to 4%"),
    ("de helft 50%", "la moitié 50 %", "die Hälfte 50 %", "half 50%"),
    ("20 p.c.", "20 %", "20 Prozent", "20%"),
    ("dertig procent", "30 %", "dreißig Prozent", "thirty per cent"),
)
TIMES = (
    ("18.30 uur", "18h30", "18:30 Uhr", "6:30 PM"),
    ("19u", "19h", "19 Uhr", "7 p.m."),
    ("max 8 uren", "max 8 heures", "max. 8 Stunden", "max 8 hours"),
    ("24 uur", "24 heures", "24 Stunden", "24 hours"),
    ("48u", "48h", "48 Std.", "48 hrs"),
    ("1u35", "1 h 35", "1.35 Uhr", "1:35 am"),
    ("7 uur 's avonds", "19 h", "7 Uhr abends", "7 in the evening 19:00"),
    ("20-22u", "20h-22h", "20-22 Uhr", "8-10 pm"),
    ("9.30-12 uur", "9h30-12h", "9.30-12 Uhr", "9:30-12:00"),
    ("half zeven", "6 heures et demie", "halb sieben", "half past six"),
    ("middernacht", "0h", "Mitternacht", "midnight"),
    ("2,5 uur", "2h30", "2,5 Stunden", "2.5 hours"),
    ("van 10 tot 17 uur", "de 10h à 17h", "von 10 bis 17 Uhr", "from 10 am to 5 pm"),
)
DATES = (
    ("op 30 september", "le 30 septembre", "am 30. September", "on September 30"),
    ("8 juni 2020", "8 juin 2020", "am 8. Juni 2020", "June 8, 2020"),
    ("9/6/2020", "09/06/2020", "9.6.2020", "9 June 2020"),
    ("10-06-20", "10/06/20", "10.06.20", "10 June 2020"),
    ("11 sept. 2020", "11 sept. 2020", "am 11. Sept. 2020", "Sept. 11, 2020"),
    ("12 jan. 2020", "12 janv. 2020", "am 12. Jan. 2020", "12 Jan 2020"),
    ("1 mei", "1er mai", "am 1. Mai", "1 May"),
    ("de tweede mei", "le deux mai", "der zweite Mai", "the 2nd of May"),
    ("op 13/7", "le 13/7", "am 13.7.", "on 13/7"),
    ("op 14/7", "le 14 juillet", "am 14. Juli", "on 14 July"),
    ("8 en 9 augustus", "le 8 août et le 9 août", "am 8. und 9. August", "8 and 9 August"),
    ("3–5 maart 2021", "du 3 au 5 mars 2021", "vom 3.–5. März 2021", "3 to 5 March 2021"),
    ("juni en juli 2021", "juin 2021 et juillet 2021", "Juni und Juli 2021", "June and July 2021"),
    ("in februari", "en février", "im Februar", "in February"),
    ("in april 2022", "en avril 2022", "im April 2022", "in April 2022"),
    ("elke dinsdag", "chaque mardi", "jeden Dienstag", "every Tuesday"),
    ("op woensdagavond", "le mercredi soir", "am Mittwochabend", "on Wednesday evening"),
    ("2023-01-02", "2 janvier 2023", "02.01.2023", "2 January 2023"),
)
MARKS = (
    ("De unie", "L&#8217;union", "Die Union", "The union&#39;s"),
    ("Lees [dit][1]", "Lisez [ceci](https://a.example)", "Lies [das][1]", "Read [this][1]"),
    ("Zie [1]", "Voir [1]", "Siehe [1]", "See [1]"),
    ("Zo.<!-- 12 -->", "Voilà.", "So.", "So. <!-- until 2030 -->"),
    ('<div class="col-2">Wij</div>', "<div>Nous</div>", "Wir", "We"),
    (
        "[x](https://a.example/)",
        "https://a.example/",
        "<https://a.example/>",
        "[y](http://a.example)",
    ),
    ("R&amp;D", "R&D", "F&amp;E", "R&D"),
)
TABLES = {
    "numbers": NUMBERS,
    "money": MONEY,
    "percent": PERCENT,
    "times": TIMES,
    "dates": DATES,
    "marks": MARKS,
}
REFERENCE = "\n\n[1]: https://a.example"


def whole(text: str) -> str:
    return text + REFERENCE if "][1]" in text else text


@pytest.mark.parametrize(
    "row", [row for table in TABLES.values() for row in table], ids=lambda row: row[0]
)
def test_a_row_says_the_same_in_four_languages(row: tuple[str, ...]) -> None:
    for left, right in combinations(range(4), 2):
        texts = {LANGUAGES[left]: whole(row[left]), LANGUAGES[right]: whole(row[right])}
        assert told(texts) == [], texts


@pytest.mark.parametrize("name", ["numbers", "money", "percent", "times", "dates"])
def test_rows_below_each_other_say_something_else(name: str) -> None:
    """Whatever the tolerance of a row, it does not reach the next one."""
    for above, below in pairwise(TABLES[name]):
        for left, right in combinations(range(4), 2):
            texts = {LANGUAGES[left]: whole(above[left]), LANGUAGES[right]: whole(below[right])}
            assert told(texts) != [], texts


@pytest.mark.parametrize("text", ["zweieinhalb Jahre", "2,5 Jahre", "2½ Jahre"])
def test_two_and_a_half_is_said_in_several_ways(text: str) -> None:
    for other in ("2,5 jaar", "twee en een half jaar 2,5", "2½ jaar"):
        assert told({"nl": other, "de": text}) == []


@pytest.mark.parametrize("index", range(4), ids=LANGUAGES)
def test_each_language_has_a_table_of_cases(index: int) -> None:
    assert len({row[index] for table in TABLES.values() for row in table}) >= 60


READ = (
    ("nl", "600,000", "number 600"),
    ("en", "600,000", "number 600000"),
    ("fr", "de 50 à 70km", "number 50, number 70"),
    ("nl", "2,5d", "number 2.5"),
    ("fr", "L&#8217;union a 8 ans", "number 8"),
    ("fr", "100&nbsp;%", "percent 100"),
    ("nl", "[1](https://a.example)", "link https://a.example"),
    ("fr", "1 an et demi", "number 1.5"),
    ("en", "6:30 PM", "time 18:30"),
    ("en", "In the 1960s", "number 1960"),
    ("de", "am 8.6. um 18 Uhr", "date --06-08, time 18:00"),
    ("nl", "https://a.example/2020/12/x.", "link https://a.example/2020/12/x"),
    ("nl", '<a href="/nl/x">12</a>', "link /nl/x, number 12"),
    ("fr", '<img src="a.jpg" width="300">', "picture a.jpg"),
    ("nl", "MP3, A4, covid-19, H2O", ""),
    ("fr", "1 000 $", "number 1000"),
    ("nl", "maarthttps://a.example", "month 3, link https://a.example"),
)


@pytest.mark.parametrize(("language", "text", "facts"), READ, ids=lambda text: text)
def test_what_is_read(language: str, text: str, facts: str) -> None:
    locale = "en_GB" if language == "en" else f"{language}_BE"
    found = facts_of(text, locale)
    assert ", ".join(f"{fact.kind} {fact.value}" for fact in found) == facts
    assert [text[fact.offset : fact.offset + len(fact.written)] for fact in found] == [
        fact.written for fact in found
    ]


@pytest.mark.parametrize(
    "text",
    [
        "op dİnsdag",
        "8 aprİl 2020",
        "aprİl 2020",
        "in jUlİ",
        "½ ¾",
        "²³ 5²",
        "1.234 567 mensen",
        "1 234.567",
        "€ 1 234.567",
    ],
)
def test_what_only_looks_like_a_fact_breaks_nothing(text: str) -> None:
    for language in LANGUAGES:
        facts_of(text, "en_GB" if language == "en" else f"{language}_BE")


def test_a_large_number_with_a_fraction_is_no_time() -> None:
    """It stands beside times in words, whose hours and minutes are compared."""
    texts = {"nl": "Om half zeven, 1.234,5 kg.", "fr": "À midi, 1 234,5 kg."}
    differing = [("fr.md", "facts-differ", "midi"), ("nl.md", "facts-differ", "half zeven")]
    assert sorted(told(texts)) == differing


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=12).map("".join), st.sampled_from(LOCALES))
def test_a_rule_that_is_passed_over_would_find_nothing(text: str, locale: str) -> None:
    """Of a text without a figure no rule is tried that needs one, and so with other signs."""
    for group in rules_for(locale):
        if not group.concern(signs_of(text)):
            assert not [each for each in group.rules() if each.pattern.search(text)]
