"""Notes for a translator about terms: the agreed word in the other language."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.content.terms.matching import Vocabulary
from diptych.content.terms.surface import prose_words
from diptych.diagnostics import Message, say


def term_notes(vocabulary: Vocabulary, text: str, origin: str, target: str) -> Iterator[Message]:
    """One sentence for each term in a Markdown text that has a word in the target language."""
    for term in vocabulary.terms_in(prose_words(text, origin), origin):
        preferred = term.preferred.get(target)
        if preferred is None:
            continue
        here = term.preferred.get(origin, preferred).value
        avoided = "; ".join(word.value for word in term.avoided.get(target, ()))
        if avoided:
            yield say(
                "We write “{word}” for “{here}”. We avoid: {avoided}.",
                word=preferred.value,
                here=here,
                avoided=avoided,
            )
        else:
            yield say("We write “{word}” for “{here}”.", word=preferred.value, here=here)
