"""Terms, and the vocabulary that finds the words of terms in a text: also inflected words, words
inside compounds, and phrases across line ends.

The rules of inflection are generous: a form that nobody writes does no harm, but a missing form
hides a word. In a language without rules only the word itself and the forms that editors list are
found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property

from diptych.content.terms.surface import GAP, prose_words
from diptych.diagnostics import Message, Placed, Span, say
from diptych.languages import DOT, either, rules_of
from diptych.values import Value, field, replace

_BEGINNING = 6  # letters of a part of a word by which texts are searched
_LONG_ENOUGH = 6  # letters: shorter words are not looked for inside longer ones
# anti- and similar prefixes, with or without a hyphen
_OPENING = re.compile(rf"(?:{either(lambda rules: rules.openings)})(?=\w)")
# matches the literal letters at the beginning of a form's expression, with a prefix such as anti-
_STEM = re.compile(r"(?:\w+-\?)?\w*")
_LEFT, _RIGHT = r"(?<![\w·])", r"(?!\w|·\w)"
_BETWEEN = rf"[\s*_>{GAP}]+"  # what can stand between two words of a phrase
_SOFT_HYPHEN = "\u00ad"

# words with their irregular forms, which do not follow from the rules of the language
Irregular = tuple[tuple[str, tuple[str, ...]], ...]


PlacedLists = Mapping[str, tuple[Placed[str], ...]]  # language key -> words


class Term(Value):
    """One concept of the glossary, with its preferred word and its avoided words in each language."""

    id: str  # the permalink on the glossary page, the same in every language
    span: Span  # of the id
    preferred: Mapping[str, Placed[str]]  # language key -> the word to use
    reasons: Mapping[str, Placed[str]]  # language key -> why
    avoided: PlacedLists = field(default_factory=dict)
    notes: Mapping[str, Placed[str]] = field(default_factory=dict)  # language key -> its use
    forms: Mapping[str, Mapping[str, tuple[Placed[str], ...]]] = field(default_factory=dict)
    exceptions: PlacedLists = field(default_factory=dict)  # phrases with a right use

    def irregular(self, language: str) -> Irregular:
        """The irregular forms of words in one language."""
        return tuple(
            (word, tuple(form.value for form in forms))
            for word, forms in self.forms.get(language, {}).items()
        )


class Use(Value):
    """A use of a term's word in a text, as offsets into the text."""

    term: Term
    start: int
    end: int
    compound: bool = False  # whether it is part of a longer word


class Vocabulary(Value, dict=True):  # so that a property can be kept
    """All terms of a site."""

    terms: tuple[Term, ...] = ()

    def in_language(self, language: str) -> Finder:
        """The `Finder` for the words of one language. The vocabulary keeps each finder, since a
        finder takes long to make.
        """
        if language not in self._finders:
            self._finders[language] = Finder(self.terms, language)
        return self._finders[language]

    @cached_property
    def _finders(self) -> dict[str, Finder]:
        return {}


class Finder:
    """Finds the words of one language."""

    def __init__(self, terms: tuple[Term, ...], language: str) -> None:
        self._terms, self._language = terms, language
        self._avoided = _Index(
            _Sought(term, phrase, language)
            for term in terms
            for phrase in _phrases(term.avoided.get(language, ()))
        )

    @cached_property
    def _preferred(self) -> _Index:
        """The preferred words, compiled only when a text has an avoided word."""
        return _Index(
            _Sought(term, phrase, self._language)
            for term in self._terms
            if self._language in term.preferred
            for phrase in _phrases((term.preferred[self._language],))
        )

    def terms_in(self, text: str) -> tuple[Term, ...]:
        """The terms that have a preferred or an avoided word in the text, in the order of
        terms.yaml.
        """
        plain, _ = _composed(text)
        found = {use.term.id for use in _outermost([*self._chosen(plain), *self._unwanted(plain)])}
        return tuple(term for term in self._terms if term.id in found)

    def may_avoid(self, text: str) -> bool:
        """False if the text certainly has no avoided word. This test is cheap, and rules out most
        texts.
        """
        return self._avoided.holds and bool(self._avoided.in_text(_composed(text)[0]))

    def avoided_in(self, text: str) -> tuple[Use, ...]:
        """Every avoided word in the text, in order, without those that a term excepts.

        Of overlapping words only the longest counts, and none counts inside a preferred word.
        """
        plain, places = _composed(text)
        uses = list(self._unwanted(plain))
        chosen = [use for use in self._chosen(plain) if not use.compound] if uses else []
        kept = _outermost(
            use
            for use in uses
            if not any(_within(use, each) and _length(each) > _length(use) for each in chosen)
        )
        if not places:
            return kept
        return tuple(
            replace(use, start=places[use.start][0], end=places[use.end - 1][1] + 1) for use in kept
        )

    def _chosen(self, plain: str) -> Iterator[Use]:
        for sought in self._preferred.in_text(plain):
            yield from sought.uses(plain)

    def _unwanted(self, plain: str) -> Iterator[Use]:
        """The avoided words, without those inside an exception of their own term."""
        for sought in self._avoided.in_text(plain):
            uses = list(sought.uses(plain))
            exceptions = sought.term.exceptions.get(self._language, ()) if uses else ()
            right = [
                use
                for phrase in _phrases(exceptions)
                for use in _Sought(sought.term, phrase, self._language).uses(plain)
            ]
            yield from (use for use in uses if not any(_within(use, each) for each in right))


_TYPED = tuple(zip("•‧∙⋅\u2010\u2011’ʼ", "····--''", strict=True))


def with_plain_signs(text: str) -> str:
    """The text with one sign for each kind of dot, hyphen and apostrophe."""
    for typed, plain in _TYPED:
        text = text.replace(typed, plain)
    return text


def _composed(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text in composed letters, with plain signs and without soft hyphens; and for each letter
    its first and last offset in the original, or None if every letter kept its offset.
    """
    text = with_plain_signs(text)
    if _SOFT_HYPHEN not in text and unicodedata.is_normalized("NFC", text):
        return text, []
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for place, letter in enumerate(text):
        joined = unicodedata.normalize("NFC", letters[-1] + letter) if letters else letter
        if letters and unicodedata.combining(letter) and len(joined) == 1:
            letters[-1] = joined
            places[-1] = places[-1][0], place
        elif letter != _SOFT_HYPHEN:
            letters.append(letter)
            places.append((place, place))
    return "".join(letters), places


class _Sought(Value):
    """A word or a phrase of a term, in one language."""

    term: Term
    phrase: str
    language: str

    def uses(self, plain: str) -> Iterator[Use]:
        """Its uses in a text."""
        expression = expression_of(self.phrase, self.term.irregular(self.language), self.language)
        for match in expression.finditer(plain):
            yield Use(self.term, match.start(), match.end(), match.lastgroup == "compound")

    def beginnings(self) -> Iterator[str]:
        """The beginnings of all forms of the phrase's longest word, since the longest word is the
        rarest. Every text with the phrase contains at least one of them.
        """
        table = _table(self.term.irregular(self.language))
        word = max(self.phrase.split(), key=len, default="")
        forms = {*forms_of(word, self.language), *table.get(word.casefold(), ())}
        for form in {*forms, *table.get(self.phrase.casefold(), ())}:
            longest = max(form.casefold().split(), key=len, default="")
            yield _certain(longest)[:_BEGINNING]


class _Index:
    """Finds the phrases that a text may contain, in time that grows with the text and not with the
    number of phrases. The long regular expression of a phrase is compiled only if a text may contain
    the phrase.
    """

    def __init__(self, sought: Iterable[_Sought]) -> None:
        self._sought = tuple(sought)
        self._places: dict[str, set[int]] = {}
        for place, each in enumerate(self._sought):
            for beginning in each.beginnings():
                self._places.setdefault(beginning, set()).add(place)
        self._lengths = sorted({len(beginning) for beginning in self._places})
        self.holds = bool(self._sought)  # whether the index has a phrase

    def in_text(self, plain: str) -> list[_Sought]:
        """The phrases that a text may contain, in the order in which the index got them."""
        folded = plain.casefold()
        found: set[int] = set()
        for length in self._lengths:
            pieces = {folded[start : start + length] for start in range(len(folded) - length + 1)}
            for piece in pieces & self._places.keys():
                found |= self._places[piece]
        return [self._sought[place] for place in sorted(found)]


def _phrases(words: Iterable[Placed[str]]) -> list[str]:
    """The words in composed letters, the longest first."""
    return _by_length(unicodedata.normalize("NFC", word.value) for word in words)


_MIDDLE = "[·./-]"


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


@cache
def expression_of(phrase: str, irregular: Irregular, language: str) -> re.Pattern[str]:
    """One regular expression for all forms of a phrase; the longest form first."""
    table = _table(irregular)
    whole = _phrase(phrase, table, language)
    compound = _inside(phrase, table, language) or "(?!)"
    return re.compile(
        f"{_LEFT}(?:(?P<whole>{whole})|(?P<compound>{compound})){_RIGHT}", re.IGNORECASE
    )


def _table(irregular: Irregular) -> dict[str, tuple[str, ...]]:
    return {word.casefold(): forms for word, forms in irregular}


def _certain(word: str) -> str:
    """The part of a word that is always spelled the same: after `anti-`, up to a dot or hyphen."""
    opening = _OPENING.match(word)
    return re.split(r"\W", word[opening.end() if opening else 0 :])[0]


def _phrase(phrase: str, table: dict[str, tuple[str, ...]], language: str) -> str:
    regular = _BETWEEN.join(_word(word, table, language) for word in phrase.split())
    others = table.get(phrase.casefold(), ()) if " " in phrase else ()
    return "|".join((*map(_spelled, _by_length(others)), regular))


def _word(word: str, table: dict[str, tuple[str, ...]], language: str) -> str:
    forms = {*forms_of(word, language), *table.get(word.casefold(), ())}
    spelled = [*map(_spelled, _by_length(forms))]
    stem = _STEM.match(_beginning(min(spelled), max(spelled)))
    begun = stem.group() if stem else ""  # a shared beginning is written once: short
    return f"{begun}(?:" + "|".join(each[len(begun) :] for each in spelled) + ")"


def _beginning(one: str, other: str) -> str:
    """The common beginning of two expressions. All expressions that sort between the two share it."""
    end = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[:end]


def _spelled(form: str) -> str:
    """The regular expression of a form; after prefixes such as anti- a hyphen is optional."""
    words = []
    for word in form.casefold().split():
        opening = _OPENING.match(word)
        cut = opening.end() if opening else 0
        words.append(word[:cut] + ("-?" if cut else "") + pattern_of(word[cut:]))
    return _BETWEEN.join(words)


def _inside(phrase: str, table: dict[str, tuple[str, ...]], language: str) -> str:
    """The regular expression for a longer word that contains this one, in languages with compounds
    (Dutch) or prefixes; "" if there is none.
    """
    if " " in phrase or len(phrase) < _LONG_ENOUGH:
        return ""
    rules = rules_of(language)
    if rules.compounds:
        return rf"\w*{_spelled(phrase.casefold())}\w*"
    prefixes = "|".join(rules.prefixes)
    return f"(?:{prefixes}){_word(phrase, table, language)}" if prefixes else ""


def _by_length(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _within(inner: Use, outer: Use) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _length(use: Use) -> int:
    return use.end - use.start


def _outermost(uses: Iterable[Use]) -> tuple[Use, ...]:
    """The uses in order, without any use that overlaps a longer use. A whole word wins over a part
    of a word.
    """
    kept: list[Use] = []
    for use in sorted(uses, key=lambda each: (-_length(each), each.compound, each.start)):
        if all(use.end <= each.start or each.end <= use.start for each in kept):
            kept.append(use)
    return tuple(sorted(kept, key=lambda each: each.start))


def term_notes(vocabulary: Vocabulary, text: str, origin: str, target: str) -> Iterator[Message]:
    """One sentence for each term in a Markdown text that has a word in the target language."""
    for term in vocabulary.in_language(origin).terms_in(prose_words(text, origin)):
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
