"""Everything that the code knows of Dutch, French, German and English: one file a language.

No other room asks which language a text is in: it takes the rules of the text's language from
here, and a language without a file has `OTHER`, in which most tables are empty. The words of a
page that quotes another language are known too where a table is joined for all languages.

The signs of decimals and groups and the names by which dates are found in texts come from CLDR
(`i18n.notation`): they differ between the locales of one language, and every locale has them.

A new language is a file like its sisters, and a line in `LANGUAGES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from diptych.languages.de import LANGUAGE as GERMAN
from diptych.languages.en import LANGUAGE as ENGLISH
from diptych.languages.fr import LANGUAGE as FRENCH
from diptych.languages.nl import LANGUAGE as DUTCH
from diptych.languages.values import DOT, NBSP, THIN, LanguageRules, Quotes, Typography

__all__ = [
    "DOT",
    "LANGUAGES",
    "NBSP",
    "OTHER",
    "PROFILES",
    "QUOTED_PROFILES",
    "THIN",
    "TYPOGRAPHY",
    "LanguageRules",
    "Quotes",
    "Typography",
    "either",
    "rules_of",
]

LANGUAGES = {each.code: each for each in (DUTCH, FRENCH, GERMAN, ENGLISH)}
OTHER = LanguageRules(  # of a language without a file; its dates can have these words
    code="",
    date_articles=("el", "il", "o"),
    date_links=("de", "di", "del"),
    ordinal_endings=("º",),
)
TYPOGRAPHY = {name: rules for each in LANGUAGES.values() for name, rules in each.typography.items()}
QUOTED_PROFILES = {ENGLISH.code: "english"}  # set on every site; other languages as site.yaml says
PROFILES = (*TYPOGRAPHY, "plain")  # the choices for `typography` in site.yaml


def rules_of(language: str) -> LanguageRules:
    """The rules of a language, given by its tag (`fr`, `fr-BE`) or locale (`fr_BE`)."""
    return LANGUAGES.get(language.replace("_", "-").partition("-")[0], OTHER)


def either(words: Callable[[LanguageRules], Iterable[str]]) -> str:
    """One expression for the words of all languages, the longest first; an empty one is left out."""
    every = {word for rules in (*LANGUAGES.values(), OTHER) for word in words(rules) if word}
    return "|".join(sorted(every, key=lambda word: (-len(word), word)))
