"""German, as Belgium and Germany write it."""

from __future__ import annotations

from collections.abc import Iterable

from diptych.languages.values import (
    DOT,
    LanguageRules,
    Quotes,
    Typography,
    below_hundred,
    with_hundreds,
)

_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
_WEEKDAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"
_SHORT_MONTHS = "jan feb märz apr mai juni juli aug sept okt nov dez"
_SHORT_WEEKDAYS = "mo di mi do fr sa so"
_UNITS = (
    r"%|[€$£]|[kKMGT]B\b|[cm]?[lm]\b|m[²³]|ha\b|g\b|Euro\b|Uhr\b|km\b|kg\b|Jahre?\b|Stunden?\b"
    r"|Minuten?\b|°"
)
_STOP_WORDS = (
    "der die das und ist nicht von zu den mit sich auf für als auch es an werden aus er hat "
    "dass sie nach wird bei einer um am sind noch wie einem über einen so zum haben wir uns "
    "unser ich ihr wurde waren durch ein eine im"
)
_VERB_ENDINGS = "ungen ung enden ende test tet ten te en et st t e"
_ASKING = (
    "was wo wann warum welche welcher welches wie viel mein meine mir mich habe hast will "
    "kann darf muss brauche suche"
)
_VAGUE_LINKS = (
    "hier|klicken sie hier|klick hier|hier klicken|mehr|mehr erfahren|mehr lesen|"
    "weiterlesen|weitere informationen|mehr informationen|mehr infos|dieser link|diesen link|link|"
    "klicken sie auf diesen link|über diesen link|diese seite|diese website|website|weiter|"
    "siehe hier|download|herunterladen"
)
_SMALL = (
    "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn"
)
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
_ONE = "eins ein eine einen einem einer eines"
_FIRST = "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft"
_ENDINGS = ("e", "en", "er", "es", "em", "ens")


def _numbers() -> dict[str, int]:
    """Also with ss for ß, as Switzerland and some keyboards write it."""
    words = below_hundred(_SMALL, _TENS, "{unit}und{ten}") | {"hundert": 100, "tausend": 1000}
    words |= {word.replace("ß", "ss"): value for word, value in words.items()}
    words |= {word + "er": words[word] for word in _TENS.split()}  # die Sechziger
    return words | dict.fromkeys(_ONE.split(), 1)


def _ordinals() -> dict[str, int]:
    """-te up to nineteen, -ste from twenty on, with the endings of an adjective."""
    stems = {stem: value for value, stem in enumerate(_FIRST.split(), start=1)} | {"siebent": 7}
    stems |= {
        word + ("t" if value < 20 else "st"): value
        for word, value in _NUMBERS.items()
        if value > 12
    }
    return {stem + ending: value for stem, value in stems.items() for ending in _ENDINGS}


def _inflect(word: str) -> Iterable[str]:
    """Endings of the cases and plurals; the feminine with each of the marks before it."""
    yield from (word + ending for ending in ("e", "en", "n", "s", "es", "er", "ern", "em"))
    for stem in {word, word.removesuffix("e")}:  # Kunde, Kundin; some write Angestellte:innen
        for mark in ("", ":", "*", "_", DOT):
            yield from (stem + mark + "in", stem + mark + "innen")


_NUMBERS = _numbers()
_SAID = with_hundreds(_NUMBERS, "hundert", "tausend") | {"dutzend": 12}

LANGUAGE = LanguageRules(
    code="de",
    name="Deutsch",
    locale="de_BE",
    languages={"nl": "Niederländisch", "fr": "Französisch", "de": "Deutsch", "en": "Englisch"},
    typography={
        "german": Typography(
            Quotes(("„", "“"), ("‚", "‘")),
            apostrophe_quotes=False,
            kept=(
                ((r"\d",), _UNITS),
                ((r"\d", r"\d\.", r"\der"), rf"(?:{'|'.join(_MONTHS.split())})\b"),
                (("€", "§", r"\bArt\.", r"\bNr\.", r"\bS\."), r"\d"),
            ),
        )
    },
    months=tuple(_MONTHS.split()),
    weekdays=tuple(_WEEKDAYS.split()),
    abbreviated_months=tuple(_SHORT_MONTHS.split()),
    abbreviated_weekdays=tuple(_SHORT_WEEKDAYS.split()),
    separators=dict.fromkeys(("de", "de_BE", "de_DE"), (",", ".")),
    day_endings=r"\w*",
    conjunction="und",
    date_articles=("den", "dem", "der"),
    at=("um",),
    until=("bis",),
    hours=("Uhr", "Stunden?", "Std", "h"),
    short_months={"sept": 9, "jänner": 1, "jän": 1, "febr": 2, "mrz": 3},
    before_day=("am", "vom", "bis", "zum", "seit", "ab", "und"),
    afternoon=("(?:nachmittags|abends)", "am (?:Nachmittag|Abend)"),
    spoken_times=(
        ("halb {hour}", -30),
        ("viertel nach {hour}", 15),
        ("viertel vor {hour}", -15),
        ("mitternacht", 0),
    ),
    numbers=_SAID,
    ordinals=_ordinals(),
    before_figures=("unter", "über"),
    fractions={"drittel": 3, "viertel": 4, "fünftel": 5, "zehntel": 10},
    decade_ending="er",
    decade=r"Jahren?",
    quarter="viertelstunden?",
    half_hour="halbe[nr]? stunde",
    cents="cents?",
    half=r"halbe[nrs]?|halb|Hälfte",
    and_a_half=(r"{number}ein(?:halb|halbe[nrs]?)",),
    one_and_a_half="(?:anderthalb|eineinhalb)(?:e|mal|fach)?",
    scales={
        "tausend": 10**3,
        "million": 10**6,
        "millionen": 10**6,
        "milliarde": 10**9,
        "milliarden": 10**9,
        "billion": 10**12,
        "billionen": 10**12,
        "mio": 10**6,
        "mrd": 10**9,
        "k": 10**3,
    },
    percent=("Prozent", r"v\.H\."),
    euro=("Euro",),
    letters={"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"},
    in_addresses=("deutsch", "german", "allemand", "duits"),
    inflect=_inflect,
    compounds=True,
    openings=("anti",),
    stop_words=frozenset(_STOP_WORDS.split()),
    verb_endings=tuple(_VERB_ENDINGS.split()),
    participle="ge",
    asking=frozenset(_ASKING.split()),
    vague_links=frozenset(_VAGUE_LINKS.split("|")),
    keys={
        "titel": "title",
        "überschrift": "title",
        "zusammenfassung": "description",
        "beschreibung": "description",
        "kurzbeschreibung": "description",
        "schlagwörter": "keywords",
        "schlagworte": "keywords",
        "stichwörter": "keywords",
        "stichworte": "keywords",
        "suchwörter": "keywords",
        "suchbegriffe": "keywords",
        "themen": "topics",
        "datum": "date",
        "tag": "date",
        "reihenfolge": "order",
        "gruppe": "group",
        "entwurf": "draft",
        "veröffentlichen": "publish",
        "veröffentlicht": "publish",
        "läuft ab": "expires",
        "ablaufdatum": "expires",
        "geprüft": "reviewed",
        "bild": "image",
        "foto": "image",
        "bildbeschreibung": "image_alt",
        "alternativtext": "image_alt",
        "vorlage": "layout",
        "adresse": "slug",
        "ort": "place",
        "abgesagt": "called_off",
        "quellen": "sources",
        "zitat": "quote",
        "zahlen": "figures",
    },
)
