"""The inflections of a word, by the rules of its language. Irregular forms are listed by editors.

Rules are generous: a form that nobody writes does no harm, a missing form hides a word. In a
language without rules only the word itself and the listed forms are found.
"""

from __future__ import annotations

import re

from diptych.languages import DOT, rules_of

_MIDDLE = "[·./-]"
_TYPED = tuple(zip("•‧∙⋅\u2010\u2011’ʼ", "····--''", strict=True))


def with_plain_signs(text: str) -> str:
    """The text with one sign for each kind of dot, hyphen and apostrophe."""
    for typed, plain in _TYPED:
        text = text.replace(typed, plain)
    return text


def forms_of(word: str, language: str) -> frozenset[str]:
    """Every form of a word, in small letters, the word itself included; `·` stands for any middle
    dot.
    """
    word = with_plain_signs(word.casefold())
    inflect = rules_of(language).inflect
    if inflect is None or len(word) < 4:
        return frozenset({word})
    return frozenset({word, *inflect(word)})


def pattern_of(form: str) -> str:
    """The regular expression of a form, for a text with plain signs."""
    return re.escape(with_plain_signs(form)).replace(DOT, _MIDDLE)
