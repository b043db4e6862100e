"""The rules of each language: complete, and where CLDR knows the same they agree with it."""

from __future__ import annotations

import pytest
from babel import Locale

from diptych.checks.inputs import Rules
from diptych.checks.weekdays import wrong_weekday
from diptych.content.agenda import AGENDA_EVENT
from diptych.content.page import FRONT_MATTER
from diptych.content.terms.vocabulary import forms_of
from diptych.content.texts import Text
from diptych.content.timeline import EVENT
from diptych.diagnostics import Source
from diptych.facts import facts_of
from diptych.facts.numerals import spelled_numbers, spoken_times
from diptych.languages import LANGUAGES, OTHER, PROFILES, key_meant, rules_of
from diptych.translation.po.wrapping import wrap
from diptych.yaml import Role
from tests.parity.pairs import told

WHOLE = {  # tables that no language may leave empty
    "typography",
    "months",
    "weekdays",
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
    "keys",
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_every_table_that_checks_need(code: str) -> None:
    assert {name for name in WHOLE if not getattr(rules_of(code), name)} == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_months_are_those_of_cldr(code: str) -> None:
    months = Locale.parse(code).months["format"]["wide"]
    assert rules_of(code).months == tuple(months[number] for number in range(1, 13))


@pytest.mark.parametrize("code", LANGUAGES)
def test_weekdays_are_those_of_cldr(code: str) -> None:
    days = Locale.parse(code).days["format"]["wide"]
    assert rules_of(code).weekdays == tuple(days[number] for number in range(7))


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


ORDINALS = {
    "nl": {
        "eerste": 1,
        "tweede": 2,
        "derde": 3,
        "achtste": 8,
        "negende": 9,
        "twaalfde": 12,
        "dertiende": 13,
        "twintigste": 20,
        "eenentwintigste": 21,
        "tweeëndertigste": 32,
        "honderdste": 100,
        "XXste": 20,
    },
    "fr": {
        "première": 1,
        "second": 2,
        "deuxième": 2,
        "troisième": 3,
        "cinquième": 5,
        "sixièmes": 6,
        "neuvième": 9,
        "dix-neuvième": 19,
        "vingt et unième": 21,
        "vingt-troisième": 23,
        "quatre-vingtième": 80,
        "centième": 100,
        "XIXe": 19,
    },
    "de": {
        "erste": 1,
        "zweiten": 2,
        "drittes": 3,
        "siebte": 7,
        "siebenten": 7,
        "achter": 8,
        "zwölftem": 12,
        "dreizehnte": 13,
        "zwanzigsten": 20,
        "einundzwanzigste": 21,
        "hundertste": 100,
    },
    "en": {
        "first": 1,
        "second": 2,
        "third": 3,
        "fifth": 5,
        "eighth": 8,
        "ninth": 9,
        "twelfth": 12,
        "twentieth": 20,
        "twenty-first": 21,
        "forty-third": 43,
        "hundredth": 100,
        "XIXth": 19,
    },
}


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [(language, *each) for language, words in ORDINALS.items() for each in words.items()],
)
def test_ordinals_in_words(language: str, words: str, value: int) -> None:
    assert value in spelled_numbers(f"… {words} …", language)


TIMES = {  # words -> the time, of one language each
    "nl": {
        "half zeven": "06:30",
        "Half één": "00:30",
        "half 8": "07:30",
        "kwart over twee": "02:15",
        "kwart voor één": "00:45",
        "om middernacht": "00:00",
    },
    "fr": {
        "six heures et demie": "06:30",
        "une heure et quart": "01:15",
        "deux heures moins le quart": "01:45",
        "à midi": "00:00",
        "midi et demi": "00:30",
        "minuit": "00:00",
    },
    "de": {
        "halb sieben": "06:30",
        "Viertel nach zwei": "02:15",
        "viertel vor eins": "00:45",
        "Mitternacht": "00:00",
    },
    "en": {
        "half past six": "06:30",
        "quarter past two": "02:15",
        "a quarter to one": "00:45",
        "noon": "00:00",
        "at midnight": "00:00",
    },
}


@pytest.mark.parametrize(
    ("language", "words", "time"),
    [(language, *each) for language, words in TIMES.items() for each in words.items()],
)
def test_times_in_words(language: str, words: str, time: str) -> None:
    hour, minute = map(int, time.split(":"))
    assert hour * 60 + minute in spoken_times(f"… {words} …", language)


FACTS = {  # how a language writes a fact -> its kind and value
    "en_GB": {
        "600,000 people": [("number", "600000")],
        "1,234,567 votes": [("number", "1234567")],
        "1,234.50 metres": [("number", "1234.5")],
        "600 000 people": [("number", "600000")],
        "€1,234.50": [("money", "1234.5")],
        "2.5 million euros": [("money", "2500000")],
        "3 billion people": [("number", "3000000000")],
        "50 per cent": [("percent", "50")],
        "12.5 percent": [("percent", "12.5")],
        "6:30 PM": [("time", "18:30")],
        "6.30pm": [("time", "18:30")],
        "6 p.m.": [("time", "18:00")],
        "12 am": [("time", "00:00")],
        "12:15 p.m.": [("time", "12:15")],
        "6 o'clock in the evening": [("time", "18:00")],
        "6:30 in the evening": [("time", "18:30")],
        "24 hours": [("time", "24:00")],
        "48 hours": [("number", "48")],
        "the 1960s": [("number", "1960")],
        "the 60s": [("number", "60")],
        "On September 30 we met": [("date", "--09-30")],
        "on September 30, 2020": [("date", "2020-09-30")],
        "September 30th 2020": [("date", "2020-09-30")],
        "It was September 30.": [("date", "--09-30")],
        "In September 30 people came": [("month", "9"), ("number", "30")],
        "In September 30,000 people came": [("month", "9"), ("number", "30000")],
        "the 30th of September 2020": [("date", "2020-09-30")],
        "30 September": [("date", "--09-30")],
        "September 2020": [("date", "2020-09")],
        "6/8/2020": [("date", "2020-08-06")],
        "you may 10 times": [("number", "10")],
        "the 3rd time": [("number", "3")],
        "the 21st century": [("number", "21")],
    },
    "de_DE": {
        "600.000 Menschen": [("number", "600000")],
        "1.234,50 €": [("money", "1234.5")],
        "3 Milliarden Menschen": [("number", "3000000000")],
        "2 Billionen Euro": [("money", "2000000000000")],
        "12,5 Prozent": [("percent", "12.5")],
        "18.30 Uhr": [("time", "18:30")],
        "6 Uhr abends": [("time", "18:00")],
        "6 Uhr am Abend": [("time", "18:00")],
        "24 Stunden": [("time", "24:00")],
        "48 Stunden": [("number", "48")],
        "die 1960er Jahre": [("number", "1960")],
        "das 3. Mal": [("number", "3")],
        "um 6 am Montag": [("number", "6"), ("weekday", "0")],
        "am 30. September 2020": [("date", "2020-09-30")],
    },
    "fr_BE": {
        "600 000 personnes": [("number", "600000")],
        "18h30": [("time", "18:30")],
        "la 3ème fois": [("number", "3")],
        "le 2nd tour": [("number", "2")],
        "un billion d'euros": [],
        "2 billions d'euros": [("money", "2000000000000")],
        "24 heures": [("time", "24:00")],
    },
    "nl_BE": {
        "600.000 mensen": [("number", "600000")],
        "18u30": [("time", "18:30")],
        "7:30 's avonds": [("time", "19:30")],
        "de 3de keer": [("number", "3")],
        "op de 8ste juni": [("date", "--06-08")],
        "2 biljoen euro": [("money", "2000000000000")],
        "24 uur": [("time", "24:00")],
    },
    "en_BE": {"1.234,50 metres": [("number", "1234.5")]},  # as CLDR has English in Belgium
    "en_US": {
        "6/8/2020": [("date", "2020-06-08")],
        "13/6/2020": [("date", "2020-06-13")],
        "June 8, 2020": [("date", "2020-06-08")],
    },
    "de_CH": {"600’000 Menschen": [("number", "600000")]},
}


@pytest.mark.parametrize(
    ("locale", "text", "facts"),
    [(locale, *each) for locale, texts in FACTS.items() for each in texts.items()],
)
def test_facts_are_read_as_the_language_writes_them(
    locale: str, text: str, facts: list[tuple[str, str]]
) -> None:
    assert [(fact.kind, fact.value) for fact in facts_of(text, locale)] == facts


SAME = (  # Dutch, French, German, English: no difference between any two
    ("600.000 mensen", "600 000 personnes", "600.000 Menschen", "600,000 people"),
    ("om 18u30", "à 18h30", "um 18.30 Uhr", "at 6:30 PM"),
    ("om half zeven 's avonds", "à six heures et demie du soir", "um halb sieben", "at 6:30 p.m."),
    ("om 12 uur", "à midi", "um 12 Uhr", "at noon"),
    ("24 uur lang", "pendant 24 heures", "24 Stunden lang", "for 24 hours"),
    ("twee jaar", "deux ans", "2 Jahre", "two years"),
    ("op 30 september", "le 30 septembre", "am 30. September", "on September 30"),
    ("op 30 september 2020", "le 30 septembre 2020", "am 30. September 2020", "September 30, 2020"),
    ("de derde keer", "la 3ème fois", "das 3. Mal", "the 3rd time"),
    ("de 3de keer", "la troisième fois", "das dritte Mal", "the third time"),
    ("in de 19de eeuw", "au XIXe siècle", "im 19. Jahrhundert", "in the 19th century"),
    ("de jaren zestig", "les années soixante", "die sechziger Jahre", "the 1960s"),
    ("1,5 miljard euro", "1,5 milliard d'euros", "1,5 Milliarden Euro", "€1.5 billion"),
    ("12,5 procent", "12,5 pour cent", "12,5 Prozent", "12.5 per cent"),
    ("de jaren zestig", "les années soixante", "die 1960er Jahre", "the sixties"),
    ("één persoon", "une personne", "eine Person", "1 person"),
)


@pytest.mark.parametrize("texts", SAME, ids=lambda texts: texts[0])
def test_the_same_in_four_languages(texts: tuple[str, str, str, str]) -> None:
    assert told(dict(zip(("nl", "fr", "de", "en"), texts, strict=True))) == []


OTHER_FACTS = (  # still a difference
    ("600.000 mensen", "6,000 people"),
    ("om 18u30", "at 6:30 AM"),
    ("op 30 september", "on September 29"),
    ("twaalf jaar", "10 years"),
    ("de jaren zestig", "the 1970s"),
    ("om half zeven", "at 8:30"),
    ("de derde keer", "the 4th time"),
    ("2 biljoen euro", "2 billion euros"),
    ("24 uur", "25 hours"),
    ("5 procent", "15 per cent"),
)


@pytest.mark.parametrize(("dutch", "english"), OTHER_FACTS)
def test_another_fact_is_still_a_difference(dutch: str, english: str) -> None:
    assert told({"nl": dutch, "en": english}) != []


# 8 June 2020 was a Monday. What is wrong is marked, or nothing is.
DATES = (
    ("nl_BE", "maandag 8 juni 2020", True),
    ("nl_BE", "dinsdag 8 juni 2020", False),
    ("nl_BE", "dinsdag de 8ste juni 2020", False),
    ("nl_BE", "di. 8/6/2020", False),
    ("fr_BE", "lundi 8 juin 2020", True),
    ("fr_BE", "mardi le 8 juin 2020", False),
    ("fr_BE", "mardi 1er juin 2020", False),
    ("de_DE", "Montag, den 8. Juni 2020", True),
    ("de_DE", "am Montag, dem 8. Juni 2020", True),
    ("de_DE", "am Dienstag, dem 8. Juni 2020", False),
    ("de_DE", "Dienstag, 8. Juni 2020", False),
    ("de_DE", "Dienstag, der 8.6.2020", False),
    ("de_DE", "Di., 8. Juni 2020", False),
    ("en_GB", "Monday 8 June 2020", True),
    ("en_GB", "Monday the 8th of June 2020", True),
    ("en_GB", "Tuesday the 8th of June 2020", False),
    ("en_GB", "Tuesday, June 8, 2020", False),
    ("en_GB", "Tuesday June 8th, 2020", False),
    ("en_US", "Monday, 6/8/2020", True),
    ("en_US", "Tue, 6/8/2020", False),
    ("es_ES", "lunes, el 8 de junio de 2020", True),
    ("es_ES", "martes, el 8 de junio de 2020", False),
)


@pytest.mark.parametrize(("locale", "written", "right"), DATES)
def test_a_weekday_is_compared_with_its_date(locale: str, written: str, right: bool) -> None:
    source, language = Source("x.md", written), locale.partition("_")[0]
    whole = source.span(0, len(written))
    text = Text("x", "", "paragraph", language, Role.PROSE, written, source, whole, in_yaml=False)
    rules = Rules({language: locale}, {})
    assert [each.check for each in wrong_weekday(text, rules)] == ["wrong-weekday"] * (not right)


FORMS = {  # a word in small letters -> some of its forms
    "nl": {
        "vlag": ["vlaggen", "vlagje"],
        "raam": ["ramen", "raampje"],
        "hoer": ["hoeren", "hoertje"],
        "brief": ["brieven", "briefje"],
        "huis": ["huizen", "huisje"],
        "auto": ["auto's"],
        "overheid": ["overheden"],
        "koning": ["koninkje"],
        "werkster": ["werksters"],
        "illegaal": ["illegale"],
    },
    "fr": {
        "travailleur": ["travailleuse", "travailleur·euse·s", "travailleurs"],
        "acteur": ["actrice", "acteur·rice"],
        "prostitué": ["prostituée", "prostitué·e·s", "prostitué(e)s"],
        "local": ["locaux", "locale"],
        "migrant": ["migrante", "migrant·es"],
        "actif": ["active"],
        "heureux": ["heureuse"],
        "public": ["publique"],
        "citoyen": ["citoyenne", "citoyen·ne·s"],
        "travailleur·euse": ["travailleuse", "travailleurs·euses"],
    },
    "de": {
        "arbeiter": ["arbeiterin", "arbeiter:innen", "arbeiter*innen", "arbeiters"],
        "hure": ["huren"],
        "bordell": ["bordelle", "bordells", "bordellen"],
        "kunde": ["kunden", "kundin", "kund:innen"],
        "kind": ["kindern", "kindes"],
        "illegal": ["illegale", "illegalem", "illegalen", "illegaler"],
        "prostituierte": ["prostituierten", "prostituierte:innen"],
        "opfer": ["opfern", "opfers"],
        "gesetz": ["gesetze", "gesetzes", "gesetzen"],
        "freier": ["freiern", "freiers"],
    },
    "en": {
        "prostitute": ["prostitutes", "prostitute's"],
        "whore": ["whores"],
        "worker": ["workers", "workers'"],
        "boss": ["bosses"],
        "brothel": ["brothels"],
        "escort": ["escorts"],
        "agency": ["agencies", "agency's"],
        "church": ["churches"],
        "victim": ["victims"],
        "policy": ["policies"],
    },
}


@pytest.mark.parametrize(
    ("language", "word", "forms"),
    [(language, *each) for language, words in FORMS.items() for each in words.items()],
)
def test_inflections(language: str, word: str, forms: list[str]) -> None:
    assert {word, *forms} <= forms_of(word, language)


def test_a_language_without_rules_has_the_word_alone() -> None:
    assert forms_of("trabajo", "es") == {"trabajo"}


VAGUE = {  # link texts that name no target, and texts that do
    "nl": ("hier|klik hier|lees meer|meer info|deze pagina|website", "onze missie|meer rechten"),
    "fr": ("ici|cliquez ici|en savoir plus|lire la suite|ce lien", "notre mission|plus de droits"),
    "de": (
        "hier|klicken sie hier|mehr erfahren|weiterlesen|diese seite|website|weiter|über diesen link",
        "unsere ziele|mehr rechte|weiter nach eupen",
    ),
    "en": (
        "here|click here|read more|learn more|find out more|see more|this page|this website|continue",
        "our mission|more rights|download the letter",
    ),
}


@pytest.mark.parametrize("language", VAGUE)
def test_link_texts_that_name_no_target(language: str) -> None:
    vague, named = (set(texts.split("|")) for texts in VAGUE[language])
    known = rules_of(language).vague_links
    assert vague <= known
    assert not named & known


HELD = (  # no line ends inside
    "18 u 30",
    "18 uur 30",
    "18 h 30",
    "2 heures",
    "18 Uhr 30",
    "24 Stunden",
    "24 hours",
    "6 o'clock",
    "50 euro",
    "50 euros",
    "50 Euro",
    "50 %",
    "10 000",
)


@pytest.mark.parametrize("text", HELD)
def test_a_number_and_its_unit_stay_on_one_line(text: str) -> None:
    assert wrap(f"woord {text} woord", "", "", 5) == ["woord", text, "woord"]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("samenvatting", "description"),
        ("Samenvatting", "description"),
        ("mots-clés", "keywords"),
        ("mots_clés", "keywords"),
        ("Mots clés", "keywords"),
        ("thema’s", "topics"),
        ("Schlagwörter", "keywords"),
        ("Überschrift", "title"),
        ("zichtbaarheid", None),
        ("lieu", None),  # a key of an event, not of front matter
    ],
)
def test_a_key_is_meant_in_every_language(word: str, key: str | None) -> None:
    assert key_meant(word, FRONT_MATTER.fields) == key


def test_each_word_for_a_key_leads_to_a_key_that_exists() -> None:
    known = {*FRONT_MATTER.fields, *EVENT.fields, *AGENDA_EVENT.fields}
    for rules in LANGUAGES.values():
        assert rules.keys, rules.code
        for word, key in rules.keys.items():
            assert key in known, word
            assert word == word.lower() != key, word
