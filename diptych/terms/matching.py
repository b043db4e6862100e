"""Where the words of a vocabulary stand in a text: inflected, in compounds, across a line's end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from diptych.terms.forms import forms_of, pattern_of
from diptych.terms.surface import BREAK, GAP
from diptych.terms.values import Term

_COMPOUNDING = ("nl", "de")  # languages that write a compound as one word
_LONG_ENOUGH = 6  # letters of a word that is known again inside another one
_PREFIXES = {"fr": "anti|contre|ex|néo|non|post|pré|pro|pseudo"}  # written on to a word
_OPENING = re.compile(r"(anti|contra|contre)(?=\w)")  # with a hyphen or without
_LEFT, _RIGHT = r"(?<![\w·•‧])", r"(?!\w|[·•‧]\w)"
_BETWEEN = rf"[\s*_>{GAP}]+"  # what may stand between two words of a phrase
_SOFT_HYPHEN = "\u00ad"

Irregular = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A word of a term in a text, at offsets into it."""

    term: Term
    start: int
    end: int
    compound: bool = False  # whether it is part of a longer word


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All terms of a site."""

    terms: tuple[Term, ...] = ()

    def terms_in(self, text: str, language: str) -> tuple[Term, ...]:
        """The terms of which a text has a word, preferred or avoided, in the order of the list.

        What a translator must know: which words were agreed for what stands here.
        """
        uses = [*self._preferred(text, language), *self._avoided(text, language)]
        found = {use.term.id for use in _outermost(uses)}
        return tuple(term for term in self.terms if term.id in found)

    def avoided_in(self, text: str, language: str) -> tuple[Use, ...]:
        """Every avoided word of a text, in order, but for what a term excepts.

        Of words within each other only the longest counts, and none counts within a preferred one.
        """
        chosen = [use for use in self._preferred(text, language) if not use.compound]
        uses = (
            use for use in self._avoided(text, language)
            if not any(_within(use, each) and use != each and _longer(each, use) for each in chosen)
        )  # fmt: skip
        return _outermost(uses)

    def _preferred(self, text: str, language: str) -> Iterator[Use]:
        for term in self.terms:
            word = term.preferred.get(language)
            if word is not None:
                yield from _uses(term, (word.value,), text, language)

    def _avoided(self, text: str, language: str) -> Iterator[Use]:
        """Avoided words, without those inside an exception of their own term."""
        for term in self.terms:
            words = tuple(word.value for word in term.avoided.get(language, ()))
            uses = list(_uses(term, words, text, language))
            if uses:
                phrases = tuple(each.value for each in term.exceptions.get(language, ()))
                right = list(_uses(term, phrases, text, language))
                yield from (use for use in uses if not any(_within(use, each) for each in right))


def _uses(term: Term, words: tuple[str, ...], text: str, language: str) -> Iterator[Use]:
    if not words:
        return
    plain, places = _plain(text)
    pattern = _pattern(words, term.irregular(language), language)
    for match in pattern.finditer(plain):
        start, end = match.span()
        yield Use(term, places[start], places[end - 1] + 1, match.lastgroup == "compound")


def _plain(text: str) -> tuple[str, range | list[int]]:
    """A text in composed letters without soft hyphens, and where each letter stood."""
    if _SOFT_HYPHEN not in text and unicodedata.is_normalized("NFC", text):
        return text, range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        joined = unicodedata.normalize("NFC", letters[-1] + letter) if letters else letter
        if unicodedata.combining(letter) and len(joined) == 1:
            letters[-1] = joined
            places[-1] = place  # the last mark of a letter ends it
        elif letter != _SOFT_HYPHEN:
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


@cache
def _pattern(words: tuple[str, ...], irregular: Irregular, language: str) -> re.Pattern[str]:
    """One expression for all words of a term in a language; longest forms first."""
    table = {word.casefold(): forms for word, forms in irregular}
    whole = "|".join(_phrase(word, table, language) for word in _by_length(words))
    inside = [_inside(word, table, language) for word in _by_length(words)]
    compound = "|".join(each for each in inside if each)
    pattern = f"{_LEFT}(?:(?P<whole>{whole})|(?P<compound>{compound or '(?!)'})){_RIGHT}"
    return re.compile(pattern, re.IGNORECASE)


def _phrase(phrase: str, table: dict[str, tuple[str, ...]], language: str) -> str:
    parts = (_word(word, table, language) for word in phrase.split())
    return _BETWEEN.join(parts)


def _word(word: str, table: dict[str, tuple[str, ...]], language: str) -> str:
    forms = {*forms_of(word, language), *table.get(word.casefold(), ())}
    return "(?:" + "|".join(map(_spelled, _by_length(forms))) + ")"


def _spelled(form: str) -> str:
    opening = _OPENING.match(form)
    cut = opening.end() if opening else 0
    return (pattern_of(form[:cut]) + "[-\u2010\u2011]?" if cut else "") + pattern_of(form[cut:])


def _inside(phrase: str, table: dict[str, tuple[str, ...]], language: str) -> str:
    """A single word as part of a longer one, where the language writes that without a space."""
    if " " in phrase or len(phrase) < _LONG_ENOUGH:
        return ""
    root = language.partition("-")[0]
    if root in _COMPOUNDING:
        return rf"\w*{_spelled(phrase.casefold())}\w*"
    return f"(?:{_PREFIXES[root]}){_word(phrase, table, language)}" if root in _PREFIXES else ""


def _by_length(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _within(inner: Use, outer: Use) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _longer(one: Use, other: Use) -> bool:
    return one.end - one.start > other.end - other.start


def _outermost(uses: Iterable[Use]) -> tuple[Use, ...]:
    """In order, without those that overlap a longer one; a whole word before a part of it."""
    kept: list[Use] = []
    for use in sorted(uses, key=lambda each: (each.start - each.end, each.compound, each.start)):
        if all(use.end <= each.start or each.end <= use.start for each in kept):
            kept.append(use)
    return tuple(sorted(kept, key=lambda each: each.start))
