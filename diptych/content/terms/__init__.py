"""The words that the site prefers or avoids: read from `terms.yaml`, and found in texts.

Every term has a preferred word in each language, the words that are avoided instead, and the
reason. A vocabulary finds both in a text, with their inflections and compounds; it feeds the
check `avoided-term`, the glossary page and the notes that a translator gets.
"""

from diptych.content.terms.matching import Finder, Use, Vocabulary
from diptych.content.terms.notes import term_notes
from diptych.content.terms.reading import terms_of
from diptych.content.terms.surface import catalog_words, prose_words
from diptych.content.terms.values import Term

__all__ = [
    "Finder",
    "Term",
    "Use",
    "Vocabulary",
    "catalog_words",
    "prose_words",
    "term_notes",
    "terms_of",
]
