"""The words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")


# kept for the texts of one page in its languages: facts, number words and the language of a text are
# each found in its words
@lru_cache(maxsize=256)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in order, in small letters; a hyphen or an apostrophe parts two words."""
    return tuple(_WORD.findall(text.lower()))


def longest_words(names: Iterable[str]) -> frozenset[str]:
    """The longest word of each name. A text without any of these words has none of the names."""
    return frozenset(max(words_of(name), key=lambda word: (len(word), word)) for name in names)
