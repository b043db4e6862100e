"""French, as Belgium and France write it: septante and soixante-dix, inclusive forms with a dot."""

from __future__ import annotations

import re
from collections.abc import Iterable

from diptych.languages.values import (
    CAPITAL_ALONE,
    DOT,
    NBSP,
    THIN,
    LanguageRules,
    Quotes,
    Typography,
    below_hundred,
)

_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche"
_SHORT_MONTHS = "janv févr mars avr mai juin juil août sept oct nov déc"
_SHORT_WEEKDAYS = "lun mar mer jeu ven sam dim"
_UNITS = (
    r"%|[€$£]|[kKMGT]?o\b|[kKMGT]B\b|[cm]?[lm]\b|m[²³]|ha\b|g\b|euros?\b|h\b|min\b|km\b|kg\b|ans?\b"
    r"|heures?\b|minutes?\b|°"
)
_SPACE = f"[ {NBSP}{THIN}]"
_KEPT = (
    ((rf"\d{_SPACE}h", "n°"), r"\d"),
    (("[IVX]e",), "siècle"),
    ((r"\bM\.", r"\bMme", r"\bMM\."), "[A-ZÀ-Ý]"),
    ((r"\d",), _UNITS),
    ((r"\d", r"\d\.", r"\der"), rf"(?:{'|'.join(_MONTHS.split())})\b"),
    (("€", "§", r"\bart\.", r"\bp\."), r"\d"),
    CAPITAL_ALONE,
)
_RAISED = r"er(?<=\b1..)\b|re(?<=\b1..)\b|e(?<=\d.)\b|e(?<=[IVX].)\b(?=\s+siècle)"
_STOP_WORDS = (
    "le la les un une des et de du que qui est dans pour pas sur avec au aux par ne se ce cette "
    "ces nous vous ils elles on il elle plus mais ou où leur leurs son sa ses notre nos être "
    "sont été était ont avait d l qu n s c"
)
_ASKING = (
    "quoi quel quelle quels quelles comment pourquoi quand ou combien je tu j ai as a y mon "
    "ma mes moi ce c cest ca est-ce veux veut peux peut puis puis-je dois faire fais besoin cherche faut"
)
_VERB_ENDINGS = (
    "aient ent ait ais ons ees ez ee er ir es e "  # of a verb without its accents: fermées, fermer
    "vert/vr verts/vr verte/vr vertes/vr ffert/ffr fferts/ffr fferte/ffr ffertes/ffr"  # ouvert, ouvrir
)
_VAGUE_LINKS = (
    "ici|cliquez ici|clique ici|cliquer ici|cliquez|en savoir plus|en savoir davantage|"
    "plus d'infos|plus d'info|plus d'informations|savoir plus|lire la suite|lire plus|"
    "lire davantage|la suite|suite|plus|voir|voir plus|voir ici|lien|ce lien|le lien|"
    "par ici|cette page|ce site|site|site web|télécharger|suivez ce lien|"
    "cliquez sur ce lien|via ce lien"
)
_SMALL = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
)
_TENS = "vingt trente quarante cinquante soixante septante quatre-vingt nonante"

_FEMININE = (  # masculine ending, feminine ending, endings after the dot of an inclusive form
    ("teur", "trice", ("trice", "rice")),
    ("eur", "euse", ("euse",)),
    ("eux", "euse", ("euse", "se")),
    ("er", "ère", ("ère",)),
    ("if", "ive", ("ive", "ve")),
    ("el", "elle", ("le",)),
    ("en", "enne", ("ne",)),
    ("on", "onne", ("ne",)),
    ("et", "ette", ("te",)),
    ("c", "que", ("que",)),
)
_PLURAL_SIGN = ("s", DOT + "s")


def _profile(high: str, low: str, inside: str, group: str) -> Typography:
    """The space before ; ! ?, before a colon, inside « » and inside a large number."""
    return Typography(
        Quotes((f"«{inside}", f"{inside}»"), ("“", "”")),
        apostrophe_quotes=False,
        kept=_KEPT,
        group=group,
        stops=(high, low),
        guillemets=inside,
        elisions="[cdjlmnst]|qu",
        raised=_RAISED,
    )


def _numbers() -> dict[str, int]:
    words = below_hundred(_SMALL, _TENS, "{ten}-{unit}")
    words |= {word.replace("-un", "-et-un"): n for word, n in words.items() if word.endswith("-un")}
    for value, unit in enumerate(_SMALL.split()[9:], start=70):
        words[f"soixante-{unit}"] = value
        words[f"quatre-vingt-{unit}"] = value + 20
    words |= {"quatre-vingts": 80, "soixante-et-onze": 71, "cent": 100, "mille": 1000}
    return words | {"un": 1, "une": 1}


def _said() -> dict[str, int]:
    """Also the plural of cent, and about how many: une trentaine."""
    tens = ["vingt", "trente", "quarante", "cinquante", "soixante"]
    about = {re.sub("e$", "", ten) + "aine": _NUMBERS[ten] for ten in tens}
    about |= {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "centaine": 100}
    return _NUMBERS | about | {"cents": 100}


def _ordinals() -> dict[str, int]:
    """-ième behind the last consonant; cinquième, neuvième; premier, second."""
    stems = {
        re.sub("neuf$", "neuv", re.sub("cinq$", "cinqu", word)).rstrip("e"): value
        for word, value in _NUMBERS.items()
        if value > 1 and word != "quatre-vingts"
    }
    words = {stem + "ième": value for stem, value in stems.items()}
    first = {"premier": 1, "première": 1, "second": 2, "seconde": 2}
    every = words | first
    return every | {word + "s": value for word, value in every.items()}


def _inflect(word: str) -> Iterable[str]:
    """The plurals and the feminine forms of a word, and their inclusive forms with a dot:
    employé·e.
    """
    base, dot, behind = word.partition(DOT)
    if dot:
        yield from _both(base, _feminine_of(base, behind), (behind,))
        return
    yield from (word + "s", word + "x")
    if word.endswith(("al", "ail")):
        yield re.sub("a[il]+$", "aux", word)
    if word.endswith(("s", "x", "e")) and not word.endswith("eux"):
        return
    for ending, feminine, behind_dot in _FEMININE:
        if word.endswith(ending):
            yield from _both(word, word.removesuffix(ending) + feminine, behind_dot)
    yield from _both(word, word + "e", ("e",))


def _feminine_of(masculine: str, behind: str) -> str:
    """`travailleur·euse` -> travailleuse; `prostitué·e` -> prostituée."""
    for ending, feminine, behind_dot in _FEMININE:
        if behind in behind_dot and masculine.endswith(ending):
            return masculine.removesuffix(ending) + feminine
    return masculine + behind


def _both(masculine: str, feminine: str, behind_dot: Iterable[str]) -> Iterable[str]:
    yield from (masculine, masculine + "s", feminine, feminine + "s")
    for behind in behind_dot:
        dotted = masculine + DOT + behind
        yield from (dotted, *(dotted + sign for sign in _PLURAL_SIGN))
        yield masculine + "s" + DOT + behind + "s"
        yield from (f"{masculine}({behind})", f"{masculine}({behind})s", f"{masculine}({behind}s)")


_NUMBERS = _numbers()

LANGUAGE = LanguageRules(
    code="fr",
    name="Français",
    locale="fr_BE",
    languages={"nl": "néerlandais", "fr": "français", "de": "allemand", "en": "anglais"},
    before_language="en",
    typography={
        "french": _profile(high=NBSP, low=NBSP, inside=NBSP, group=NBSP),
        "french-thin": _profile(high=THIN, low=NBSP, inside=NBSP, group=THIN),
        "french-closed": _profile(high="", low="", inside="", group=NBSP),
    },
    typography_in={"fr_CH": "french-thin"},
    months=tuple(_MONTHS.split()),
    weekdays=tuple(_WEEKDAYS.split()),
    abbreviated_months=tuple(_SHORT_MONTHS.split()),
    abbreviated_weekdays=tuple(_SHORT_WEEKDAYS.split()),
    separators=dict.fromkeys(("fr", "fr_BE", "fr_FR"), (",", THIN)),
    short_day_words=("je", "me"),
    conjunction="et",
    date_articles=("le",),
    first_of_month="1er",
    day_article="le ",
    contractions=(
        ("à le ", "au "),
        ("à les ", "aux "),
        (r"jusqu’à (?=(?:[^\W\d]+ )?\d{4}$)", "jusqu’en "),
    ),
    at=("à",),
    until=("au", "jusqu[’']au"),
    hours=("heures?", "h"),
    short_months={"jan": 1, "fév": 2, "fev": 2, "juill": 7, "sep": 9, "dec": 12},
    before_day=("le", "du", "au", "dès", "et", "depuis"),
    afternoon=("du soir", "de l['’]après-midi"),
    spoken_times=(
        ("{hour} heures? et demie?", 30),
        ("{hour} heures? et quart", 15),
        ("{hour} heures? moins le quart", -15),
        ("midi et demie?", 12 * 60 + 30),
        ("midi", 12 * 60),
        ("minuit", 0),
    ),
    numbers=_said(),
    ordinals=_ordinals(),
    seconds=("second", "seconde", "seconds", "secondes"),
    fractions={"tiers": 3, "quart": 4, "quarts": 4},
    number_joints=(  # vingt et un, soixante et onze
        (r"\bet\s+(?=un(?:e|ième)?\b|onze\b|onzième\b)", "et-"),
        (r"(?<=[^\W\d_])\s+(?=et-)", "-"),
    ),
    ordinal_endings=("er", "ère", "re", "ème", "ième", "è", "e", "nde", "nd"),
    decade=r"années",
    quarter="quarts? d['’]heure",
    half_hour="demi-heure",
    cents="(?:euro)?(?:cents?|centimes?)",
    half=r"demie?|moitié",
    and_a_half=(r"{number}(?: [^\W\d]+)? et demie?",),
    one_and_a_half=r"une? [^\W\d]+ et demie?",
    scales={
        "mille": 10**3,
        "million": 10**6,
        "millions": 10**6,
        "milliard": 10**9,
        "milliards": 10**9,
        "billion": 10**12,
        "billions": 10**12,
        "mio": 10**6,
        "md": 10**9,
        "mds": 10**9,
        "k": 10**3,
    },
    percent=("pour cent", r"p\.c\."),
    euro=("euros?",),
    euro_link="d['’]",
    in_addresses=("francais", "français", "french", "francophone", "fra"),
    inflect=_inflect,
    prefixes=("anti", "contre", "ex", "néo", "non", "post", "pré", "pro", "pseudo"),
    openings=("anti", "contre"),
    spaced_stops=True,
    elision=r"[’'](?:(?<=\b[cdjlmnst].)|(?<=qu.))(?=(?:<[^>]*>)*[aeiouhàâäéèêëîïôöùûüœæ])",
    ligatures=(
        r"([oO][eE])(?i:(?:(?<=\b..)|(?<=\b[csvnb]..)|(?<=\bch..)|(?<=\bman..))"
        r"(?:ur|urs|uvre|uvres|uvrer|il|uf|ufs|ud|uds|u|ux)\b|(?<=\bm..)urs\b)"
    ),
    stop_words=frozenset(_STOP_WORDS.split()),
    verb_endings=tuple(_VERB_ENDINGS.split()),
    asking=frozenset(_ASKING.split()),
    vague_links=frozenset(_VAGUE_LINKS.split("|")),
    keys={
        "titre": "title",
        "résumé": "description",
        "sommaire": "description",
        "chapeau": "description",
        "chapô": "description",
        "mots-clés": "keywords",
        "mots-clefs": "keywords",
        "mots clés": "keywords",
        "motsclés": "keywords",
        "thèmes": "topics",
        "sujets": "topics",
        "thématiques": "topics",
        "jour": "date",
        "ordre": "order",
        "groupe": "group",
        "brouillon": "draft",
        "publier": "publish",
        "publication": "publish",
        "expiration": "expires",
        "expire": "expires",
        "relu": "reviewed",
        "relu le": "reviewed",
        "photo": "image",
        "illustration": "image",
        "texte alternatif": "image_alt",
        "description de l'image": "image_alt",
        "mise en page": "layout",
        "modèle": "layout",
        "gabarit": "layout",
        "adresse": "slug",
        "texte": "text",
        "lieu": "place",
        "endroit": "place",
        "lien": "link",
        "annulé": "called_off",
        "chiffres": "figures",
        "citation": "quote",
    },
)
