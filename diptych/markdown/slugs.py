"""Words for addresses: from any title, small ASCII letters, digits and hyphens."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

MAX_LENGTH = 80


@lru_cache(maxsize=1024)
def slugify(text: str) -> str:
    """The slug of a title: `Lire en sécurité` -> `lire-en-securite`; `page` when nothing is left."""
    words = text.replace("·", "").replace("'", " ").replace("’", " ")
    letters = _without_accents(words)
    if letters.isascii() and letters.replace(" ", "").isalnum() and len(letters) <= MAX_LENGTH:
        return "-".join(letters.lower().split())
    from slugify import slugify as to_slug  # costs 20 ms, which few titles need

    return to_slug(words, max_length=MAX_LENGTH, word_boundary=True) or "page"


def _without_accents(text: str) -> str:
    return "".join(
        char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char)
    )
