"""The inflections of a word, by the rules of its language; what no rule yields, an editor lists.

Rules are generous: a form that nobody writes costs nothing, one that is missed hides a word. In a
language without rules here only the word itself, and the forms that are listed, are known.
"""

from __future__ import annotations

import re

from diptych.languages import DOT, rules_of

_MIDDLE = "[·./-]"
_TYPED = tuple(zip("•‧∙⋅\u2010\u2011’ʼ", "····--''", strict=True))


def with_plain_signs(text: str) -> str:
    """A text with one sign for what is typed in many ways: the dot, the hyphen, the apostrophe."""
    for typed, plain in _TYPED:
        text = text.replace(typed, plain)
    return text


def forms_of(word: str, language: str) -> frozenset[str]:
    """Every form of one word, in small letters, itself among them; `·` stands for any such mark."""
    word = with_plain_signs(word.casefold())
    inflect = rules_of(language).inflect
    if inflect is None or len(word) < 4:
        return frozenset({word})
    return frozenset({word, *inflect(word)})


def pattern_of(form: str) -> str:
    """A form as a regular expression, for a text in which the signs are plain."""
    return re.escape(with_plain_signs(form)).replace(DOT, _MIDDLE)
