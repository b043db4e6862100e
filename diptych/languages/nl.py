"""Dutch, as Belgium and the Netherlands write it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from diptych.languages.values import (
    CAPITAL_ALONE,
    LanguageRules,
    Quotes,
    Typography,
    below_hundred,
    with_hundreds,
)

_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"
_WEEKDAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
_SHORT_MONTHS = "jan feb mrt apr mei jun jul aug sep okt nov dec"
_SHORT_WEEKDAYS = "ma di wo do vr za zo"
_UNITS = (
    r"%|[€$£]|[kKMGT]B\b|[cm]?[lm]\b|m[²³]|ha\b|g\b|euro\b|uur\b|u\.|km\b|kg\b|jaar\b|minuten\b|°"
)
_STOP_WORDS = (
    "de het een en van in is dat op te zijn met voor niet aan er om ook als maar we wij ze die "
    "dit deze door over naar bij uit nog worden wordt werd hebben heeft was waren onze ons je "
    "kan kunnen hun zij wat wie waar geen meer tot tegen toen"
)
_VERB_ENDINGS = (  # the d or t of a stem goes too: sluiten, sluiting
    "tingen dingen ingen ting ding ing enden ende den ten dt de te en d t "
    "sloten/slui vochten/vech holpen/help schreven/schrijf bleven/blijf kregen/krijg "  # gesloten
    "streden/strij sproken/sprek troffen/tref vonden/vin bonden/bin gonnen/gin"
)
_ASKING = (
    "wat wie waar waarom wanneer welk welke hoe hoeveel ik jij jullie mijn mij me heb hebt "
    "doe doet doen wil wilt kan mag moet nodig zoek"
)
_VAGUE_LINKS = (
    "hier|klik hier|hier klikken|via deze link|deze link|link|lees meer|lees verder|"
    "meer lezen|verder lezen|meer|meer info|meer informatie|meer weten|kijk hier|zie hier|"
    "lees hier|deze pagina|deze website|deze site|website|site|ga verder|verder|download|"
    "klik|klik op deze link|hier vind je meer|vind je hier|hierzo"
)
_SMALL = (
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien"
)
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig"
_FIRST = "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde"

_SHORT_VOWEL = re.compile(r"(?:^|[^aeiou])[aeiou][bcdfgklmnprst]$")
_LONG_VOWEL = re.compile(r"(aa|ee|oo|uu)([bcdfgklmnprst])$")
_VOICED = {"f": "v", "s": "z"}


def _numbers() -> dict[str, int]:
    """The words of numbers up to a hundred, with the trema of tweeëntwintig and without it."""
    plain = below_hundred(_SMALL, _TENS, "{unit}en{ten}") | {"honderd": 100}
    parted = {re.sub(r"^(twee|drie)en", r"\1ën", word): value for word, value in plain.items()}
    tens = {f"{word}tal": plain[word] for word in (*_TENS.split(), "tien", "honderd")}
    return plain | parted | tens | {"één": 1, "duizend": 1000, "dozijn": 12}


def _ordinals() -> dict[str, int]:
    """-de up to nineteen, -ste from twenty on."""
    irregular = {word: value for value, word in enumerate(_FIRST.split(), start=1)}
    regular = {
        word + ("de" if value < 20 else "ste"): value
        for word, value in _NUMBERS.items()
        if value > 12
    }
    return irregular | regular


def _inflect(word: str) -> Iterable[str]:
    """Plurals, the -e of adjectives, the -s of possession, diminutives."""
    stems = {word}
    if _SHORT_VOWEL.search(word):
        stems.add(word + word[-1])  # man, mannen
    if found := _LONG_VOWEL.search(word):
        stems.add(word[: found.start()] + found[1][0] + found[2])  # raam, ramen
    stems |= {stem[:-1] + _VOICED[stem[-1]] for stem in stems if stem[-1] in _VOICED}
    for stem in stems:
        yield from (stem + ending for ending in ("e", "en", "es", "etje", "etjes"))
    yield from (word + ending for ending in ("n", "s", "'s", "ën", "je", "jes"))
    yield from (word + ending for ending in ("tje", "tjes", "pje", "pjes"))
    if word.endswith("heid"):
        yield word[:-4] + "heden"
    if word.endswith("ing"):
        yield from (word[:-1] + ending for ending in ("kje", "kjes"))


_NUMBERS = _numbers()
_SAID = with_hundreds(_NUMBERS, "honderd", "duizend") | {"een": 1, "tientje": 10}

LANGUAGE = LanguageRules(
    code="nl",
    name="Nederlands",
    locale="nl_BE",
    languages={"nl": "Nederlands", "fr": "Frans", "de": "Duits", "en": "Engels"},
    typography={
        "dutch": Typography(
            Quotes(("‘", "’"), ("“", "”")),
            apostrophe_quotes=True,
            elided=r"s|t|n|k|m|r|d|er|ie|ns|\d\ds?",
            kept=(
                ((r"\d",), _UNITS),
                ((r"\d", r"\d\.", r"\der"), rf"(?:{'|'.join(_MONTHS.split())})\b"),
                (("€", "§", r"\bart\.", r"\bnr\.", r"\bblz\.", r"\bp\."), r"\d"),
                CAPITAL_ALONE,
            ),
        )
    },
    months=tuple(_MONTHS.split()),
    weekdays=tuple(_WEEKDAYS.split()),
    abbreviated_months=tuple(_SHORT_MONTHS.split()),
    abbreviated_weekdays=tuple(_SHORT_WEEKDAYS.split()),
    separators=dict.fromkeys(("nl", "nl_BE", "nl_NL"), (",", ".")),
    short_day_words=("do", "zo"),
    day_endings=r"\w*",
    conjunction="en",
    date_articles=("de", "den"),
    at=("om",),
    until=("tot en met", "tot", "t/m", r"t\.e\.m\."),
    hours=("uur", "uren", "u"),
    short_months={"sept": 9, "mrt": 3, "maa": 3},
    before_day=(
        "op",
        "tot",
        "vanaf",
        "van",
        "tegen",
        "voor",
        "sinds",
        "en",
        "tot en met",
        r"t\.?e\.?m\.?",
        "t/m",
    ),
    afternoon=("(?:['’‘]s )?(?:middags|namiddags|avonds)",),
    spoken_times=(
        ("half {hour}", -30),
        ("half{hour}", -30),
        ("kwart over {hour}", 15),
        ("kwart na {hour}", 15),
        ("kwart voor {hour}", -15),
        ("middernacht", 0),
    ),
    numbers=_SAID,
    ordinals=_ordinals(),
    fractions={"kwart": 4},
    ordinal_endings=("ste", "de", "e"),
    decade=r"jaren",
    quarter="kwartier",
    half_hour="half ?uur",
    cents="(?:euro)?cents?",
    half=r"half|halve|helft",
    and_a_half=(r"{number}[ -]?en[ -]?een[ -]?(?:half|halve)",),
    one_and_a_half="anderhal(?:f|ve)",
    scales={
        "duizend": 10**3,
        "miljoen": 10**6,
        "miljard": 10**9,
        "biljoen": 10**12,
        "mln": 10**6,
        "mio": 10**6,
        "mld": 10**9,
        "mrd": 10**9,
        "k": 10**3,
    },
    percent=("procent", "pct", r"p\.c\."),
    euro=("euro",),
    in_addresses=("nederlands", "nederlandstalig", "dutch", "vlaams", "ned"),
    inflect=_inflect,
    compounds=True,
    openings=("anti", "contra"),
    stop_words=frozenset(_STOP_WORDS.split()),
    verb_endings=tuple(_VERB_ENDINGS.split()),
    participle="ge",
    asking=frozenset(_ASKING.split()),
    vague_links=frozenset(_VAGUE_LINKS.split("|")),
    keys={
        "titel": "title",
        "kop": "title",
        "samenvatting": "description",
        "omschrijving": "description",
        "beschrijving": "description",
        "inleiding": "description",
        "trefwoorden": "keywords",
        "zoekwoorden": "keywords",
        "sleutelwoorden": "keywords",
        "onderwerpen": "topics",
        "thema's": "topics",
        "datum": "date",
        "dag": "date",
        "data": "dates",
        "volgorde": "order",
        "groep": "group",
        "klad": "draft",
        "concept": "draft",
        "ontwerp": "draft",
        "publiceren": "publish",
        "publicatiedatum": "publish",
        "verloopt": "expires",
        "vervaldatum": "expires",
        "nagekeken": "reviewed",
        "nagelezen": "reviewed",
        "afbeelding": "image",
        "beeld": "image",
        "foto": "image",
        "beeldbeschrijving": "image_alt",
        "alt-tekst": "image_alt",
        "opmaak": "layout",
        "sjabloon": "layout",
        "adres": "slug",
        "tekst": "text",
        "plaats": "place",
        "locatie": "place",
        "geannuleerd": "called_off",
        "afgelast": "called_off",
        "bronnen": "sources",
        "citaat": "quote",
        "cijfers": "figures",
    },
)
