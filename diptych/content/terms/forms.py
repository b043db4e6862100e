"""The inflections of a word, by the rules of its language; what no rule yields, an editor lists.

Rules are generous: a form that nobody writes costs nothing, one that is missed hides a word. In a
language without rules here only the word itself, and the forms that are listed, are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

DOT = "·"  # stands for every mark that French writes in its place
_MIDDLE = "[·./-]"
_TYPED = tuple(zip("•‧∙⋅\u2010\u2011’ʼ", "····--''", strict=True))

_SHORT_VOWEL = re.compile(r"(?:^|[^aeiou])[aeiou][bcdfgklmnprst]$")
_LONG_VOWEL = re.compile(r"(aa|ee|oo|uu)([bcdfgklmnprst])$")
_VOICED = {"f": "v", "s": "z"}

_FEMININE = (  # masculine ending, what it becomes, what stands behind the dot
    ("teur", "trice", ("trice", "rice")),
    ("eur", "euse", ("euse",)),
    ("eux", "euse", ("euse", "se")),
    ("er", "ère", ("ère",)),
    ("if", "ive", ("ive", "ve")),
    ("el", "elle", ("le",)),
    ("en", "enne", ("ne",)),
    ("on", "onne", ("ne",)),
    ("et", "ette", ("te",)),
    ("c", "que", ("que",)),
)
_PLURAL_SIGN = ("s", DOT + "s")


def with_plain_signs(text: str) -> str:
    """A text with one sign for what is typed in many ways: the dot, the hyphen, the apostrophe."""
    for typed, plain in _TYPED:
        text = text.replace(typed, plain)
    return text


def forms_of(word: str, language: str) -> frozenset[str]:
    """Every form of one word, in small letters, itself among them; `·` stands for any such mark."""
    word = with_plain_signs(word.casefold())
    rules = _RULES.get(language.partition("-")[0])
    if rules is None or len(word) < 4:
        return frozenset({word})
    return frozenset({word, *rules(word)})


def pattern_of(form: str) -> str:
    """A form as a regular expression, for a text in which the signs are plain."""
    return re.escape(with_plain_signs(form)).replace(DOT, _MIDDLE)


def _dutch(word: str) -> Iterable[str]:
    """Plurals, the -e of adjectives, the -s of possession, diminutives."""
    stems = {word}
    if _SHORT_VOWEL.search(word):
        stems.add(word + word[-1])  # man, mannen
    if found := _LONG_VOWEL.search(word):
        stems.add(word[: found.start()] + found[1][0] + found[2])  # raam, ramen
    stems |= {stem[:-1] + _VOICED[stem[-1]] for stem in stems if stem[-1] in _VOICED}
    for stem in stems:
        yield from (stem + ending for ending in ("e", "en", "es", "etje", "etjes"))
    yield from (word + ending for ending in ("n", "s", "'s", "ën", "je", "jes"))
    yield from (word + ending for ending in ("tje", "tjes", "pje", "pjes"))
    if word.endswith("heid"):
        yield word[:-4] + "heden"
    if word.endswith("ing"):
        yield from (word[:-1] + ending for ending in ("kje", "kjes"))


def _french(word: str) -> Iterable[str]:
    """Plurals, feminines, and the dotted forms that hold both."""
    base, dot, behind = word.partition(DOT)
    if dot:
        yield from _both(base, _feminine_of(base, behind), (behind,))
        return
    yield from (word + "s", word + "x")
    if word.endswith(("al", "ail")):
        yield re.sub("a[il]+$", "aux", word)
    if word.endswith(("s", "x", "e")):
        return
    for ending, feminine, behind_dot in _FEMININE:
        if word.endswith(ending):
            yield from _both(word, word.removesuffix(ending) + feminine, behind_dot)
    yield from _both(word, word + "e", ("e",))


def _feminine_of(masculine: str, behind: str) -> str:
    """`travailleur·euse` -> travailleuse; `prostitué·e` -> prostituée."""
    for ending, feminine, behind_dot in _FEMININE:
        if behind in behind_dot and masculine.endswith(ending):
            return masculine.removesuffix(ending) + feminine
    return masculine + behind


def _both(masculine: str, feminine: str, behind_dot: Iterable[str]) -> Iterable[str]:
    yield from (masculine, masculine + "s", feminine, feminine + "s")
    for behind in behind_dot:
        dotted = masculine + DOT + behind
        yield from (dotted, *(dotted + sign for sign in _PLURAL_SIGN))
        yield masculine + "s" + DOT + behind + "s"
        yield from (f"{masculine}({behind})", f"{masculine}({behind})s", f"{masculine}({behind}s)")


def _german(word: str) -> Iterable[str]:
    yield from (word + ending for ending in ("e", "en", "n", "s", "es", "er", "ern", "em"))
    yield from (
        word + mark + "in" + more for mark in ("", ":", "*", "_", DOT) for more in ("", "nen")
    )


def _english(word: str) -> Iterable[str]:
    yield from (word + ending for ending in ("s", "es", "'s", "s'"))
    if word.endswith("y"):
        yield word[:-1] + "ies"


_RULES: Mapping[str, Callable[[str], Iterable[str]]] = {
    "nl": _dutch,
    "fr": _french,
    "de": _german,
    "en": _english,
}
