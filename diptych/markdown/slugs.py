"""Slugs for addresses, made of titles: small ASCII letters, digits and hyphens."""

from __future__ import annotations

from functools import lru_cache

from slugify import slugify as to_slug

MAX_LENGTH = 80


@lru_cache(maxsize=1024)
def slugify(text: str) -> str:
    """The slug of a title: `Lire en sécurité` -> `lire-en-securite`; `page` when nothing is left."""
    words = text.replace("·", "").replace("'", " ").replace("’", " ")
    return to_slug(words, max_length=MAX_LENGTH, word_boundary=True) or "page"
