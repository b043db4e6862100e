"""The known word that is nearest to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable

_MOST = 100  # words that are compared letter by letter: those with most letters in common
_LEAST = 0.72  # share of common letters: gitlab is no misspelt github (0.67), agenda no page (0.6)
_LONGEST = 200  # characters; longer words are not compared


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that the author probably meant, or None."""
    import difflib  # imported only for a mistake

    words = list(known)
    if len(word) > _LONGEST:
        return None
    if len(words) > _MOST:
        letters = set(word)
        words.sort(key=lambda each: len(letters ^ set(each)))  # of equal ones the first stays first
    found = difflib.get_close_matches(word, words[:_MOST], n=1, cutoff=_LEAST)
    return found[0] if found else None
