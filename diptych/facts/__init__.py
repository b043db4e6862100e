"""The facts that a text states: dates, times, amounts, numbers, links. They are the same in every
language, so they show whether two texts say the same.

`notations` knows how each kind of fact is written in a locale (`days`, `amounts` and `links` with it),
`numerals` reads numbers and times in words, `reading` finds the facts of a text, and `matching` finds
those that differ between two texts. Nothing here knows pages, units or locks.
"""

from diptych.facts.links import identity_of
from diptych.facts.matching import Wording, are_alike, differences, wording_of
from diptych.facts.reading import Fact, facts_of
from diptych.facts.words import words_of

__all__ = [
    "Fact",
    "Wording",
    "are_alike",
    "differences",
    "facts_of",
    "identity_of",
    "wording_of",
    "words_of",
]
