"""Numbers and times that a text says in words, so that `elf` may stand beside `11`.

The words come from `languages/`, not from num2words, whose French is wrong in places (`quatre-vingt
et un`) and which reads no words. A language that has no file there has no words, and then only
figures are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.languages import either, rules_of

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ROMAN = re.compile(rf"\b([IVX]{{1,6}})(?:{either(lambda rules: rules.ordinal_endings)})\b")
_LETTERS = {"I": 1, "V": 5, "X": 10}
_HOUR = r"(?P<hour>[^\W\d_]+|\d{1,2})"
HALF_A_DAY = 12 * 60


def spelled_numbers(text: str, language: str) -> Iterator[int]:
    """The numbers that a text writes in words (elf, elfde), and as Roman ordinals (XIe)."""
    rules = rules_of(language)
    yield from (_roman(match[1]) for match in _ROMAN.finditer(text))
    text = text.lower()
    for apart, joined in rules.number_joints:
        text = re.sub(apart, joined, text)
    for word in _WORD.findall(text):
        if word in rules.numbers:
            yield rules.numbers[word]
        elif word in rules.ordinals:
            yield rules.ordinals[word]


def spoken_times(text: str, language: str) -> Iterator[int]:
    """The times that a text says in words (half zeven, midi), as minutes since noon or midnight."""
    rules = rules_of(language)
    for words, minutes in rules.spoken_times:
        pattern = words.replace("{hour}", _HOUR).replace(" ", r"\s+")
        for match in re.finditer(rf"\b{pattern}\b", text, re.IGNORECASE):
            hour = match.groupdict().get("hour", "0").lower()
            number = int(hour) if hour.isdigit() else rules.numbers.get(hour)
            if number is not None:
                yield (number * 60 + minutes) % HALF_A_DAY


def _roman(letters: str) -> int:
    """A Roman number below forty: a letter before a greater one is taken off."""
    values = [_LETTERS[letter] for letter in letters]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
