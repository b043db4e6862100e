"""Makes slugs for addresses from titles: small ASCII letters, digits and hyphens."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from slugify import slugify as to_slug

from diptych.languages import rules_of

MAX_LENGTH = 80


@lru_cache(maxsize=65_536)  # the titles of a large site, of which each is asked for more than once
def slugify(text: str, language: str = "") -> str:
    """The slug of a title: `Lire en sécurité` -> `lire-en-securite`; `page` if nothing is left.
    With a language, letters are spelled as its readers expect: `Über uns` -> `ueber-uns` in German.
    """
    letters = rules_of(language).letters
    if letters:
        text = "".join(letters.get(each, each) for each in unicodedata.normalize("NFC", text))
    words = text.replace("·", "").replace("'", " ").replace("’", " ")
    return to_slug(words, max_length=MAX_LENGTH, word_boundary=True) or "page"
