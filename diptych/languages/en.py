"""English, as Britain and Ireland write it; figures and times also as America does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from diptych.languages.values import LanguageRules, Quotes, Typography, below_hundred

_MONTHS = "January February March April May June July August September October November December"
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_SHORT_MONTHS = "jan feb mar apr may jun jul aug sept oct nov dec"
_SHORT_WEEKDAYS = "mon tue wed thu fri sat sun"
_STOP_WORDS = (
    "the of and to in that is was for it with as his on be at by had not are but from or have "
    "an they which one you were her all she there would their we him been has when who will "
    "our this these"
)
_ASKING = (
    "what where when why how which much many i my me do does can could may must want need "
    "find looking"
)
_VAGUE_LINKS = (
    "here|click here|click|read more|more|more info|more information|learn more|link|"
    "this link|this page|this site|this website|website|site|continue reading|continue|see more|"
    "see here|find out more|follow this link|download"
)
_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_DECADES = {f"{ten[:-1]}ies": value * 10 for value, ten in enumerate(_TENS.split(), start=2)}
_NUMBERS = below_hundred(_SMALL, _TENS, "{ten}-{unit}") | {
    "one": 1,
    "hundred": 100,
    "thousand": 1000,
    "dozen": 12,
}


def _ordinals() -> dict[str, int]:
    """The ordinal of each number: fourth, twentieth; also the irregular ones, alone or at the end of
    twenty-first.
    """
    words = {}
    for word, value in _NUMBERS.items():
        if word == "dozen":
            continue
        before, hyphen, last = word.rpartition("-")
        regular = re.sub("y$", "ie", last) + "th"
        words[before + hyphen + _IRREGULAR.get(last, regular)] = value
    return words


def _inflect(word: str) -> Iterable[str]:
    """Plurals and the possessive."""
    yield from (word + ending for ending in ("s", "es", "'s", "s'"))
    if word.endswith("y"):
        yield word[:-1] + "ies"


LANGUAGE = LanguageRules(
    code="en",
    name="English",
    locale="en_GB",
    languages={"nl": "Dutch", "fr": "French", "de": "German", "en": "English"},
    typography={
        "english": Typography(
            Quotes(("“", "”"), ("‘", "’")),
            apostrophe_quotes=True,
            elided=r"s|t|n|k|m|r|d|er|ie|ns|em|tis|twas|\d\ds?",
            dashes=False,
        )
    },
    months=tuple(_MONTHS.split()),
    weekdays=tuple(_WEEKDAYS.split()),
    abbreviated_months=tuple(_SHORT_MONTHS.split()),
    abbreviated_weekdays=tuple(_SHORT_WEEKDAYS.split()),
    separators={"en_GB": (".", ","), "en_BE": (",", ".")},
    month_first=True,
    conjunction="and",
    date_articles=("the",),
    before_date=("on",),
    date_links=("of",),
    at=("at",),
    until=("to", "until"),
    hours=("hours?", "hrs?", "h", "o['’]clock"),
    short_months={"sept": 9},
    before_day=("on", "until", "from", "by", "since", "to", "and"),
    afternoon=("in the (?:afternoon|evening)",),
    half_days=(r"a\.?m\b\.?", r"p\.?m\b\.?"),
    spoken_times=(
        ("half past {hour}", 30),
        ("quarter past {hour}", 15),
        ("quarter to {hour}", -15),
        ("noon", 12 * 60),
        ("midday", 12 * 60),
        ("midnight", 0),
    ),
    numbers=_NUMBERS | _DECADES | {"a": 1, "an": 1, "single": 1},
    ordinals=_ordinals(),
    seconds=("second",),
    fractions={"thirds": 3, "quarter": 4, "quarters": 4, "fifths": 5},
    ordinal_endings=("st", "nd", "rd", "th"),
    before_figures=("under", "over"),
    roman_words=("I",),
    decade_ending="['’]?s",
    decade="the",
    quarter="quarters? of an hour",
    half_hour="half an hour|half-hour",
    cents="(?:euro )?cents?",
    half="half",
    and_a_half=(r"{number}[ -]and[ -]a[ -]half",),
    one_and_a_half="one[ -]and[ -]a[ -]half|an? [a-z]+ and a half",
    and_between="and",
    scales={
        "thousand": 10**3,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
        "bn": 10**9,
        "k": 10**3,
    },
    percent=("per cent", "percent"),
    euro=("euros?",),
    in_addresses=("english", "anglais", "engels", "eng"),
    inflect=_inflect,
    stop_words=frozenset(_STOP_WORDS.split()),
    asking=frozenset(_ASKING.split()),
    vague_links=frozenset(_VAGUE_LINKS.split("|")),
    keys={
        "heading": "title",
        "summary": "description",
        "excerpt": "description",
        "tags": "topics",
        "categories": "topics",
        "template": "layout",
        "picture": "image",
        "photo": "image",
        "alt": "image_alt",
    },
)
