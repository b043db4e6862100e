"""Detects the language of a text by its commonest words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from diptych.facts import words_of
from diptych.languages import LANGUAGES

MIN_WORDS = 8  # the fewest words of a text whose language can be detected

# skipped: code, comments, tags, addresses, and phrases marked with another language
_APART = re.compile(
    r"(?sm)^[ \t>]*(`{3,}+|~{3,}+).*?^[ \t>]*\1|<!--.*?-->|(`++)[^`].*?\2|^(?: {4}|\t).*$"
    r"|<[^<>]*>|\[[^\[\]]*\]\{[^}]*\}|\]\([^)]*\)|\]\[[^\]]*\]|\{[^}]*\}"
    r"|(?:https?://|www\.)\S+"
    # the lookbehind starts a match only at the start of a run of letters, so that the time stays linear
    r"|(?<![\w.+-])(?=[\w+-]*+[.@/])(?:[\w.+-]+@[\w-]+\.[\w.]+|(?:[\w.-]+/)+[\w.-]*|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b)"
    r"|/(?:[\w.-]+/)+[\w.-]*"
)
# a quick test, since most texts have none of these parts
_MAY_BE_APART = re.compile(r"[`~<\[\]{@/\t]|\.(?:(?=[a-z])|(?<=www\.))")
_INDENT = " " * 4


def detect_language(text: str) -> str | None:
    """The language whose common words clearly lead; None for short or mixed texts."""
    apart = _INDENT in text or _MAY_BE_APART.search(text)
    words = words_of(_APART.sub(" ", text) if apart else text)
    if len(words) < MIN_WORDS:
        return None
    counts = dict.fromkeys(LANGUAGES, 0)
    speakers = _speakers()
    for word in words:
        for language in speakers.get(word, ()):
            counts[language] += 1
    best, second = sorted(counts, key=lambda language: -counts[language])[:2]
    clear = counts[best] >= 4 and counts[best] >= 2 * counts[second]
    return best if clear else None


@cache
def _speakers() -> Mapping[str, Sequence[str]]:
    """For each stop word, the languages that have it."""
    speakers: dict[str, list[str]] = {}
    for language, rules in LANGUAGES.items():
        for word in rules.stop_words:
            speakers.setdefault(word, []).append(language)
    return speakers
