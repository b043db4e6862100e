"""Detects the language of a text by its most common words."""

from __future__ import annotations

import re
from functools import lru_cache

from diptych.languages import LANGUAGES

MIN_WORDS = 8

# skipped: code, comments, tags, addresses, and phrases marked with another language
_APART = re.compile(
    r"(?sm)^[ \t>]*(`{3,}+|~{3,}+).*?^[ \t>]*\1|<!--.*?-->|(`++)[^`].*?\2|^(?: {4}|\t).*$"
    r"|<[^<>]*>|\[[^\[\]]*\]\{[^}]*\}|\]\([^)]*\)|\]\[[^\]]*\]|\{[^}]*\}"
    r"|(?:https?://|www\.)\S+"
    # the lookbehind starts a match only at the start of a run of letters, so that the time stays linear
    r"|(?<![\w.+-])(?:[\w.+-]+@[\w-]+\.[\w.]+|(?:[\w.-]+/)+[\w.-]*|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b)"
    r"|/(?:[\w.-]+/)+[\w.-]*"
)


@lru_cache(maxsize=4096)  # after an edit most texts are the same
def detect_language(text: str) -> str | None:
    """The language whose common words clearly lead; None for short or mixed texts."""
    words = re.findall(r"[^\W\d_]+", _APART.sub(" ", text).lower())
    if len(words) < MIN_WORDS:
        return None
    counts = {
        language: sum(map(rules.stop_words.__contains__, words))
        for language, rules in LANGUAGES.items()
    }
    best, second = sorted(counts, key=lambda language: -counts[language])[:2]
    clear = counts[best] >= 4 and counts[best] >= 2 * counts[second]
    return best if clear else None
