"""The ways to write each kind of fact in a locale: regular expressions, and functions that read a
match. This module has the notations of addresses, and the order of all notations; `days` and
`amounts` have the others.

Signs and names come from CLDR (`i18n.notations`) and from the rules of the language. A text may quote
another language, so words (uur, heures, euro) are those of all languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from diptych.facts.amounts import CENTS, EURO, FRACTIONS, money, numbers, times
from diptych.facts.days import (
    bare_months,
    dates,
    short_dates,
    short_weekdays,
    two_letters,
    weekdays,
)
from diptych.facts.links import identity_of
from diptych.facts.patterns import Read, Readings, no_fact, reads_as
from diptych.facts.words import longest_words, words_of
from diptych.i18n import notation
from diptych.languages import LanguageRules, rules_of
from diptych.values import Value

_COMMENT = r"(?s)<!--.*?(?:-->|\Z)"
_IMAGE = r"!\[[^\]]*\]\(([^)\s]+)|<img\b[^<>]*?\bsrc=[\"']([^\"'<>]*)[\"'][^<>]*>"
_LINK = (
    r"\]\(([^)\s]+)[^)]*\)|<((?:https?://|mailto:)[^>\s]+)>"
    r"|<a\b[^<>]*?\bhref=[\"']([^\"'<>]*)[\"'][^<>]*>"
)
_BARE = r"((?:https?://|\bwww\.)[^\s<>\"\x00«»“”]*[^\s<>\"\x00«»“”.,;:!?)'’*_])"
_TAG = r"</?[a-zA-Z][^<>]*>"
_FOOTNOTE = r"\[\^([^\]]+)\](?!:)"
_DEFINITION = (
    r"(?m)^ {0,3}\[[^\]^][^\]]*\]:[ \t]*\S+.*$"  # the definition of a link: [name]: address
)
_LABEL = r"(?<=\])\[[^\[\]]*\]|\[\d{1,3}(?=\x00)"  # a reference to a link: [text][1], [1](address)
_CITED = r"(?<![\w\]])\[(\d{1,3})\](?![\[(:])"
# a match starts only at the start of a run of letters: else the run is read once per letter
_EMAIL = r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]*\w"
_ACCOUNT = (  # the number of a bank account (IBAN), with or without spaces between its groups
    r"\b[A-Z]{2}\d\d(?:[-. \u00a0\u202f]?(?=[A-Z\d]{0,3}\d)[A-Z\d]{4}){2,7}"
    r"(?:[-. \u00a0\u202f]?\d{1,3})?\b"
)
_ATTRIBUTES = r"\{[^{}\n]*\}"


class Rule(Value):
    """The notation of one kind of fact, and how a match is read. A match without a reading is no
    fact.

    If only a part of the match is the fact, that part is the group `own`.
    """

    pattern: re.Pattern[str]
    read: Read


class Signs(Value):
    """The parts of a text that decide which rules are tried on it: its marks of Markdown and of
    addresses, its figures, its words in small letters.
    """

    text: str
    marks: bool
    figures: bool
    words: tuple[str, ...]


class SignedRules(Value):
    """Rules that concern only texts with a certain sign or word. They are not tried on other texts."""

    concern: Callable[[Signs], object]  # whether the rules may find a fact in a text
    rules: Callable[[], tuple[Rule, ...]]  # compiled for the first text that they concern


_MARK = re.compile(r"[\[\]<{@]|:(?=//)|\.(?<=www\.)")
_FIGURE = re.compile(rf"[\d{''.join(FRACTIONS)}]")


@cache
def rules_for(locale: str) -> tuple[SignedRules, ...]:
    """The rules of a locale, in order of precedence."""
    rules, marks = rules_of(locale), notation(locale)
    table: tuple[tuple[Callable[[Signs], object], Iterable[tuple[str, Read]]], ...] = (
        (_marked, _addresses()),
        (_with_figures, _accounts()),
        (_with_figures, dates(marks, rules)),
        (_with_one_of(marks.months), bare_months(marks, rules)),
        (_with_figures, short_dates(rules)),
        (_with_one_of(two_letters(rules)), short_weekdays(rules)),
        (_with_a_weekday(rules), weekdays(rules)),
        (_with_figures, times(rules)),
        (_with_money, money(marks, rules)),
        (_with_figures, numbers(marks, rules)),
    )
    return tuple(SignedRules(concern, cache(partial(_compiled, group))) for concern, group in table)


def signs_of(text: str) -> Signs:
    """The `Signs` of a text. They decide which rules are tried on it."""
    return Signs(text, bool(_MARK.search(text)), bool(_FIGURE.search(text)), words_of(text))


def _marked(signs: Signs) -> bool:
    return signs.marks


def _with_figures(signs: Signs) -> bool:
    return signs.figures


def _with_money(signs: Signs) -> bool:
    """Whether a text can have an amount: it has a figure, and a word or sign for euros or cents."""
    return signs.figures and bool(_currency().search(signs.text))


@cache
def _currency() -> re.Pattern[str]:
    return re.compile(f"€|EUR|{EURO}|{CENTS}", re.IGNORECASE)


def _with_one_of(names: Iterable[str]) -> Callable[[Signs], bool]:
    """A function that says whether a text can have one of these names, by the longest word of each."""
    sought = longest_words(names)
    return lambda signs: not sought.isdisjoint(signs.words)


def _with_a_weekday(rules: LanguageRules) -> Callable[[Signs], object]:
    """A function that says whether a text can have a weekday, alone or in a longer word."""
    days = re.compile("|".join(rules.weekdays).lower() or "(?!)")
    return lambda signs: days.search(signs.text.lower())


def _compiled(group: Iterable[tuple[str, Read]]) -> tuple[Rule, ...]:
    return tuple(Rule(re.compile(pattern), read) for pattern, read in group)


def _addresses() -> Iterator[tuple[str, Read]]:
    yield _COMMENT, no_fact
    yield _DEFINITION, no_fact
    yield _IMAGE, reads_as("picture", lambda match: match[1] or match[2] or "")
    yield _LINK, _link
    yield _BARE, _link
    yield _TAG, no_fact
    yield _FOOTNOTE, reads_as("footnote", lambda match: match[1])
    yield _LABEL, no_fact
    yield _CITED, reads_as("footnote", lambda match: match[1])
    yield _ATTRIBUTES, no_fact
    yield _EMAIL, reads_as("email", lambda match: match[0].lower())


def _accounts() -> Iterator[tuple[str, Read]]:
    yield _ACCOUNT, reads_as("account", lambda match: re.sub(r"[\W_]", "", match[0]))


def _link(match: re.Match[str], key: str) -> Readings:
    target = next((each for each in match.groups() if each), "")
    return (("link", identity_of(target, key)),) if target else ()
