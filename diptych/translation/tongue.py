"""In which language a text is written, by its commonest words; or no opinion."""

from __future__ import annotations

import re
from functools import lru_cache

MIN_WORDS = 8

_COMMON = {
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als maar we wij ze die "
    "dit deze door over naar bij uit nog worden wordt werd hebben heeft was waren onze ons je "
    "kan kunnen hun zij wat wie waar geen meer tot tegen toen",
    "fr": "le la les un une des et de du que qui est dans pour pas sur avec au aux par ne se ce cette "
    "ces nous vous ils elles on il elle plus mais ou où leur leurs son sa ses notre nos être "
    "sont été était ont avait d l qu n s c",
    "de": "der die das und ist nicht von zu den mit sich auf für als auch es an werden aus er hat "
    "dass sie nach wird bei einer um am sind noch wie einem über einen so zum haben wir uns "
    "unser ich ihr wurde waren durch ein eine im",
    "en": "the of and to in that is was for it with as his on be at by had not are but from or have "
    "an they which one you were her all she there would their we him been has when who will "
    "our this these",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SPAN = re.compile(r"\[[^\[\]]*\]\{[^}]*\}|\]\([^)]*\)|`[^`]*`|\{[^}]*\}")


@lru_cache(maxsize=4096)  # after an edit all other texts are the same
def tongue_of(text: str) -> str | None:
    """The language whose common words clearly lead; None for short or mixed texts."""
    words = re.findall(r"[^\W\d_]+", _SPAN.sub(" ", text).lower())
    if len(words) < MIN_WORDS:
        return None
    counts = {language: sum(word in known for word in words) for language, known in _WORDS.items()}
    best, second = sorted(counts, key=lambda language: -counts[language])[:2]
    clear = counts[best] >= 4 and counts[best] >= 2 * counts[second]
    return best if clear else None
