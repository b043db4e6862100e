"""Number words that are built in the same way in more than one language."""

from __future__ import annotations


def below_hundred(small: str, tens: str, form: str) -> dict[str, int]:
    """The words of 2 to 99, word -> value.

    `small` names 1 to 19 and `tens` 20 to 90, with spaces between; `form` says how a ten and a unit
    are joined: `{ten}-{unit}` for twenty-one, `{unit}en{ten}` for eenentwintig.
    """
    units = small.split()
    words = {word: value for value, word in enumerate(units, start=1) if value > 1}
    for count, ten in enumerate(tens.split(), start=2):
        words[ten] = count * 10
        for value, unit in enumerate(units[:9], start=1):
            words[form.format(ten=ten, unit=unit)] = count * 10 + value
    return words


def with_hundreds(words: dict[str, int], hundred: str, thousand: str) -> dict[str, int]:
    """The words below 100, and those of hundreds and thousands that are written as one word.

    `tweehonderdvijftig` is 250, `zeventienhonderd` 1,700, `drieduizend` 3,000.
    """
    below = {word: value for word, value in words.items() if value < 100}
    small = {"": 0, **below}
    found = dict(words)
    for many, count in {"": 1, **below}.items():
        found[many + thousand] = count * 1000
        if count < 20:
            found |= {
                f"{many}{hundred}{rest}": count * 100 + value for rest, value in small.items()
            }
    return found
