"""Reads numbers and times in words, so that `elf` in one language equals `11` in the other.

The words come from `languages/`, not from num2words: its French has mistakes (`quatre-vingt et
un`), and it cannot read words. In a language without a file there, only figures are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from diptych.facts.words import longest_words, words_of
from diptych.languages import LanguageRules, either, rules_of

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ROMAN = re.compile(rf"\b([IVX]{{1,6}})(?:{either(lambda rules: rules.ordinal_endings)})\b")
_BARE_ROMAN = re.compile(r"\b[IVX]{1,6}\b")
_LETTERS = {"I": 1, "V": 5, "X": 10}
_HOUR = r"(?P<hour>[^\W\d_]+|\d{1,2})"
HALF_A_DAY = 12 * 60
# the number of cached texts: each fact of a text asks for the numbers in words of the other text
_KEPT = 16


def spelled_numbers(text: str, language: str) -> Iterator[int]:
    """The numbers that a text writes in words (elf, elfde, two hundred) and in Roman numerals.

    The parts of a number in several words are numbers too.
    """
    rules = rules_of(language)
    yield from (_roman(match[1]) for match in _ROMAN.finditer(text))
    bare = _BARE_ROMAN.findall(text)
    words = () if len(bare) > 1 else rules.roman_words
    yield from (_roman(letters) for letters in bare if letters not in words)
    found = list(_WORD.finditer(_joined(text, language)))
    yield from (number for number, _, _ in _composed(found, rules))
    for table in (rules.numbers, rules.ordinals):
        yield from (table[word[0]] for word in found if word[0] in table)


@lru_cache(maxsize=_KEPT)
def numbers_in_words(text: str, language: str, *, ordinals: bool = False) -> frozenset[str]:
    """The numbers that a text has in words, with halves (anderhalf, deux et demi), in figures:
    `"1.5"`.

    `ordinals`: only the values of ordinals.
    """
    rules = rules_of(language)
    if ordinals:
        found = (rules.ordinals.get(word) for word in _WORD.findall(text.lower()))
        return frozenset(str(number) for number in found if number)
    whole = {str(number) for number in spelled_numbers(text, language)}
    whole |= {str(number) for number in (*_minutes(text, rules), *_within(text, rules))}
    return frozenset(whole | set(_halves(text, rules)))


def counted(text: str, language: str) -> tuple[tuple[str, int, int], ...]:
    """The numbers above one, ordinals and fractions that a text has in words: for each the value in
    figures, its start and its end. The hours in times of day are left out.
    """
    parts = _may_say_parts(text, language)
    if not parts and _counting(language).isdisjoint(words_of(text)):
        return ()  # most texts have none
    rules = rules_of(language)
    found = []
    if parts:
        quarter = [re.compile(rf"(?i)\b(?:{rules.quarter})\b")] if rules.quarter else []
        for pattern in (*(each for each, _ in _spoken(language)), *quarter):
            text = pattern.sub(lambda match: "." * len(match[0]), text)
    counts = not _counting(language).isdisjoint(words_of(text))
    words = list(_WORD.finditer(_joined(text, language))) if counts else []
    for number, start, end in _composed(words, rules):
        if number > 1:
            found.append((str(number), start, end))
    halves = _one_and_a_half(language).finditer(text) if parts else ()
    found += (("1.5", match.start(), match.end()) for match in halves)
    for word in words:
        number = rules.ordinals.get(word[0], 0) or rules.fractions.get(word[0], 0)
        if number and word[0] not in rules.numbers and word[0] not in rules.seconds:
            found.append((str(number), word.start(), word.end()))
    return tuple(found)


def _joined(text: str, language: str) -> str:
    text = text.lower()
    for apart, joined in _joints(language):
        text = apart.sub(joined, text)
    return text


def _composed(
    words: Sequence[re.Match[str]], rules: LanguageRules
) -> Iterator[tuple[int, int, int]]:
    """The numbers in consecutive words, with their places: deux cent cinquante mille."""
    total, part, start, end, linked = 0, 0, 0, 0, False
    if rules.numbers.keys().isdisjoint(match[0] for match in words):
        return
    for match in words:
        word = match[0]
        begun = bool(total or part)
        beside = begun and not match.string[end : match.start()].strip(" \u00a0\n")
        if beside and not linked and word == rules.and_between:
            linked, end = True, match.end()
            continue
        value = rules.numbers.get(word, 0) or (rules.scales.get(word, 0) if begun else 0)
        if begun and not (beside and value and (value >= 100 or part % 100 == 0)):
            yield total + part, start, end
            total = part = 0
        linked = False
        if not value:
            continue
        start = start if total or part else match.start()
        end = match.end()
        if value >= 1000 and part:
            total, part = total + part * value, 0
        elif value == 100 and part:
            part *= value
        else:
            part += value
    if total or part:
        yield total + part, start, end


def _minutes(text: str, rules: LanguageRules) -> Iterator[int]:
    """15 for a quarter of an hour, 45 for three of them, 30 for half an hour."""
    if rules.quarter:
        for match in re.finditer(rf"(?i)([^\W\d_]+)?[ -](?:{rules.quarter})\b", text):
            yield 15 * rules.numbers.get((match[1] or "").lower(), 1)
    if rules.half_hour and re.search(rf"(?i)\b(?:{rules.half_hour})", text):
        yield 30


def _within(text: str, rules: LanguageRules) -> Iterator[int]:
    """The numbers at the beginning of compound words: tienbeurtenkaart, viersterrenhotel."""
    if not rules.compounds:
        return
    for word in _WORD.findall(text.lower()):
        ends = (end for end in range(min(len(word) - 3, 20), 3, -1) if word[:end] in rules.numbers)
        if (end := next(ends, 0)) and word not in rules.numbers:
            yield rules.numbers[word[:end]]


def _halves(text: str, rules: LanguageRules) -> Iterator[str]:
    """0.5 for a half, 1.5 for anderhalf (hours or years), 2.5 for deux et demi."""
    if rules.half and re.search(rf"\b(?:{rules.half})", text, re.IGNORECASE):
        yield "0.5"
        yield "50"  # per cent
    if rules.one_and_a_half and re.search(rf"\b(?:{rules.one_and_a_half})\b", text, re.IGNORECASE):
        yield from ("1.5", "90", "18")  # hours, in minutes; years, in months
    for expression in rules.and_a_half:
        pattern = expression.replace("{number}", r"(?P<number>[^\W\d_]+?)")
        for match in re.finditer(rf"\b{pattern}\b", text, re.IGNORECASE):
            number = rules.numbers.get(match["number"].lower())
            if number is not None:
                yield f"{number}.5"


def spoken_times(text: str, language: str) -> frozenset[int]:
    """The times that a text has in words (half zeven, midi), in minutes since noon or midnight."""
    return frozenset(minutes for minutes, _, _ in spoken(text, language))


@lru_cache(maxsize=_KEPT)
def spoken(text: str, language: str) -> tuple[tuple[int, int, int], ...]:
    """The times that a text says in words, as minutes since noon or midnight, with start and end."""
    numbers = rules_of(language).numbers
    found = []
    for pattern, minutes in _spoken(language) if _may_say_parts(text, language) else ():
        for match in pattern.finditer(text):
            hour = match.groupdict().get("hour", "0").lower()
            number = int(hour) if hour.isdigit() else numbers.get(hour)
            if number is not None:
                minute = (number * 60 + minutes) % HALF_A_DAY
                found.append((minute, match.start(), match.end()))
    return tuple(found)


@cache
def _spoken(language: str) -> tuple[tuple[re.Pattern[str], int], ...]:
    """The expressions for a time in words, and the minutes that each adds to its hour."""
    return tuple(
        (re.compile(rf"\b{_spread(words)}\b", re.IGNORECASE), minutes)
        for words, minutes in rules_of(language).spoken_times
    )


@cache
def _any_part(language: str) -> re.Pattern[str]:
    """An expression that matches in every text with a time, a quarter of an hour or one and a half
    in words. The text must be in small letters.
    """
    rules = rules_of(language)
    times = [words.replace("{hour}", "").strip() for words, _ in rules.spoken_times]
    parts = (*times, rules.quarter, rules.one_and_a_half)
    return re.compile("|".join(_spread(words) for words in parts if words) or "(?!)")


@lru_cache(maxsize=_KEPT)
def _may_say_parts(text: str, language: str) -> bool:
    return _any_part(language).search(text.lower()) is not None


@cache
def _counting(language: str) -> frozenset[str]:
    """One word of each number above one, ordinal and fraction. A text without any of these words
    has none of these numbers.
    """
    rules = rules_of(language)
    above_one = (word for word, number in rules.numbers.items() if number > 1)
    return longest_words((*above_one, *rules.scales, *rules.ordinals, *rules.fractions))


@cache
def _one_and_a_half(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{rules_of(language).one_and_a_half or '(?!)'})\b", re.IGNORECASE)


@cache
def _joints(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(apart), joined) for apart, joined in rules_of(language).number_joints)


def _spread(words: str) -> str:
    return words.replace("{hour}", _HOUR).replace(" ", r"\s+")


def _roman(letters: str) -> int:
    """A Roman numeral below forty; a letter before a greater one is subtracted."""
    values = [_LETTERS[letter] for letter in letters]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
