"""The words that the site prefers or avoids: read from `terms.yaml`, and found in texts.

Every term has, in each language, a preferred word and the words to avoid, and the reason. A
vocabulary finds both kinds in a text, with their inflections and compounds. The check
`avoided-term`, the glossary page and the notes for translators use it.
"""

from diptych.content.terms.reading import terms_of
from diptych.content.terms.surface import catalog_words, prose_words
from diptych.content.terms.vocabulary import Finder, Term, Use, Vocabulary, term_notes

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
