"""The rules of Dutch, French, German and English that the code needs: one file per language.

Other packages do not ask which language a text is in: they take the rules of its language from here. A
language without a file has the rules `OTHER`, in which most tables are empty. Some tables are joined
for all languages, since a page can quote another language.

The signs of decimals and groups differ between the locales of one language. The rules hold those of a
few locales; those of all other locales come from CLDR (`i18n.notations`).

To add a language, write a file for it and name it in `LANGUAGES`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

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
    "key_meant",
    "rules_of",
]

LANGUAGES = {each.code: each for each in (DUTCH, FRENCH, GERMAN, ENGLISH)}
OTHER = LanguageRules(  # the rules of a language without a file; its dates can have these words
    code="",
    date_articles=("el", "il", "o"),
    date_links=("de", "di", "del"),
    ordinal_endings=("º",),
)
TYPOGRAPHY = {name: rules for each in LANGUAGES.values() for name, rules in each.typography.items()}
QUOTED_PROFILES = {ENGLISH.code: "english"}  # set on every site; site.yaml gives the others
PROFILES = (*TYPOGRAPHY, "plain")  # the choices for `typography` in site.yaml


def rules_of(language: str) -> LanguageRules:
    """The rules of a language, given by its tag (`fr`, `fr-BE`) or locale (`fr_BE`)."""
    return LANGUAGES.get(language.replace("_", "-").partition("-")[0], OTHER)


def key_meant(word: str, known: Container[str]) -> str | None:
    """The key of YAML that an author means by a word of one of the languages: `description` for the
    Dutch samenvatting. None if the word means no key in `known`.
    """
    written = word.lower().replace("_", " ").replace("’", "'")
    for rules in LANGUAGES.values():
        for each in (written, written.replace(" ", "-")):
            if (key := rules.keys.get(each)) in known:
                return key
    return None


def either(words: Callable[[LanguageRules], Iterable[str]]) -> str:
    """One expression for the words of all languages, the longest first; empty words are left out."""
    every = {word for rules in (*LANGUAGES.values(), OTHER) for word in words(rules) if word}
    return "|".join(sorted(every, key=lambda word: (-len(word), word)))
