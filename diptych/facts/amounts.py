"""Reads times of day, amounts of money, percentages and other numbers: the pattern of each notation,
and the function that reads its match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial

from diptych.facts.patterns import (
    ALONE,
    BREAK,
    CENTURIES,
    MAYBE,
    NEAR,
    SPACE,
    TIMES_SIGN,
    Read,
    Readings,
    any_of,
    no_fact,
    reads_as,
)
from diptych.i18n import Notation
from diptych.languages import LANGUAGES, LanguageRules

_MARKER = r"(?m)^[ \t>]*\d{1,3}[.)](?=[ \t])"  # the number of a list item
_INSERTED = "bis|ter|quater|quinquies|sexies|septies|octies|novies|nonies|decies"
_ARTICLE = rf"(?<![\w.,-])(\d+)({_INSERTED})\b"  # an article of a law that was inserted later
_VERSION = rf"{ALONE}\d+(?:\.\d+)+(?!\d|,\d)"
FRACTIONS = {"¼": "0.25", "½": "0.5", "¾": "0.75"}
# the text before the last two digits of a year, as in '68 and 1967-68
_CENTURY = re.compile(r"(?:['’‘]|\b(?:1[6-9]|20)\d\d[-–/])$")
_GLUED = r"(?:[^\W\d_]{1,14}(?![\w]))?"  # letters directly after a number: 70km, 3ème
_AFTERNOON = rf"(?:{BREAK}({any_of(lambda rules: rules.afternoon)}\b))?"
_HOURS = any_of(lambda rules: rules.hours)
_LATER = re.compile(any_of(lambda rules: [*rules.afternoon, *(rules.half_days or ())[1:]]))
CENTS = any_of(lambda rules: [rules.cents])
# the text after a number whose unit comes later: 27 naar 30 cent
_CENTS_LATER = rf"{MAYBE}(?:[-–]|[^\W\d]{{1,5}}){MAYBE}\d\d?{MAYBE}{CENTS}(?!\w)"
_PERCENT = rf"(?:%|{any_of(lambda rules: rules.percent)}(?!\w))"
EURO = rf"(?:€|{any_of(lambda rules: rules.euro)}\b|EUR\b)"
_EURO_LINK = any_of(lambda rules: [rules.euro_link])
_SCALES = {word: times for rules in LANGUAGES.values() for word, times in rules.scales.items()}
_BEFORE_SIGN = {"k": 10**3, "m": 10**6}  # letters directly before a currency sign: 10 k€, 2 M€
_DECADE = re.compile(rf"\b{any_of(lambda rules: [rules.decade])}{BREAK}['’‘]?$", re.IGNORECASE)
_DECADE_ENDING = re.compile(rf"{any_of(lambda rules: [rules.decade_ending])}(?!\w)")


def times(rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    """The patterns of times of day and of numbers of hours."""
    yield _MARKER, no_fact
    if rules.half_days is not None:
        morning, afternoon = rules.half_days
        clock = r"\d{1,2}(?:[.:]\d\d)?"
        marked = rf"{MAYBE}(?:({morning})|({afternoon}))(?!\w)"
        figures = r"(?i)(?<![\d.,:])(\d{1,2})(?:[.:](\d\d))?"
        yield rf"{figures}(?=(?: ?[-–] ?| to | and ){clock}{marked})", _half_day
        yield rf"{figures}{marked}", _half_day
    for words, minutes in rules.spoken_times:
        if "{hour}" in words:
            spread = words.replace("{hour}", r"(\d{1,2})").replace(" ", BREAK)
            yield rf"(?i)\b{spread}\b", partial(_spoken, minutes)
    whole = r"(?<!\d[.,])\b"
    yield (
        rf"{whole}(\d{{1,2}})(?:[.:](\d\d))?{MAYBE}{_HOURS}(?:{MAYBE}(\d\d))?\b{_AFTERNOON}",
        _time,
    )
    yield rf"{whole}(\d{{1,2}}):(\d\d)\b(){_AFTERNOON}", _time


def _half_day(match: re.Match[str], _key: str) -> Readings | None:
    """`18:30` for 6:30 p.m.; midnight is 12 a.m."""
    hour, minute = int(match[1]), int(match[2] or 0)
    if not 0 < hour < 13 or minute > 59:
        return None
    return _clock(hour % 12 + (12 if match[4] else 0), minute)


def _spoken(minutes: int, match: re.Match[str], _key: str) -> Readings | None:
    """The readings of a time such as `6 heures et demie` or `half 7`: in the morning and in the
    afternoon.
    """
    hour, minute = divmod((int(match[1]) * 60 + minutes) % (24 * 60), 60)
    return _clock(hour, minute, later=hour < 12)


def _time(match: re.Match[str], _key: str) -> Readings | None:
    """The readings of a time in figures. A time such as 1.35 is also read as `13:35` if a word for
    the afternoon follows.
    """
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    hour += 12 if match[4] and hour < 12 else 0
    if hour > 24 or minute > 59:
        return None
    later = hour < 12 and not match[4] and bool(_LATER.search(match.string, match.end()))
    return _clock(hour, minute, later=later)


def _clock(hour: int, minute: int, *, later: bool = False) -> Readings:
    """A time, or a number of hours. It is also read as a number, for texts that write the unit
    later (20-22 uur).
    """
    readings = [("time", f"{hour:02d}:{minute:02d}")]
    if later:
        readings.append(("time", f"{hour + 12:02d}:{minute:02d}"))
    if not minute:
        readings += [("number", str(each)) for each in {hour, (hour - 1) % 12 + 1}]
    elif not minute % 15:
        readings.append(("number", _plain(hour + Decimal(minute) / 60)))
    return tuple(readings)


def money(marks: Notation, rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    """The patterns of amounts in euro, with their scale (thousand, million), and in cent."""
    scales = _scales(rules)
    signed = {**scales, **_BEFORE_SIGN}
    plain, scale = f"({_number_pattern(marks, rules)})", _scale_pattern(scales)
    glued = rf"{MAYBE}({'|'.join(_BEFORE_SIGN)})(?=€|EUR\b)"
    read = partial(_number, marks, rules)
    yield rf"(?i)(?:€|\bEUR\b){MAYBE}{plain}{scale}", partial(read, "money", scales)
    yield rf"(?i){ALONE}{plain}{glued}{EURO}", partial(read, "money", signed)
    yield rf"(?i){ALONE}{plain}{scale}{MAYBE}{_EURO_LINK}?{EURO}", partial(read, "money", scales)
    yield rf"(?i){ALONE}(\d{{1,2}})(?={_CENTS_LATER})", _cents
    yield rf"(?i){ALONE}(\d{{1,2}}){MAYBE}{CENTS}(?!\w)", _cents


def numbers(marks: Notation, rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    """The patterns of percentages, lengths, fractions, versions and all other numbers."""
    scales = _scales(rules)
    plain, scale = f"({_number_pattern(marks, rules)})", _scale_pattern(scales)
    read = partial(_number, marks, rules)
    yield rf"\b(\d{{1,2}}){MAYBE}m{MAYBE}(\d\d)\b", reads_as("number", _metres)
    yield rf"(?i){ALONE}{plain}(){MAYBE}{_PERCENT}", partial(read, "percent", scales)
    for expression in rules.and_a_half:
        figure = expression.replace("{number}", r"(?P<figure>\d+)")
        yield rf"(?i){ALONE}{figure}(?!\w)", _and_a_half
    yield rf"(?<!\d)(\d*)\s?([{''.join(FRACTIONS)}])", _vulgar
    yield _ARTICLE, reads_as("number", lambda match: match[1] + match[2])
    begun = "".join(rf"|(?<=\b{word}-)" for word in rules.before_figures)
    yield (
        rf"(?i){ALONE}(?:(?<![^\W\d]-){begun}){plain}{scale}{_GLUED}{TIMES_SIGN}",
        partial(read, "number", scales),
    )
    yield _VERSION, _version


def _scales(rules: LanguageRules) -> Mapping[str, int]:
    """The words for a thousand and more, with their values. The value of a word such as billion
    depends on the language.
    """
    return {**_SCALES, **rules.scales}


def _scale_pattern(scales: Iterable[str]) -> str:
    return rf"(?:{MAYBE}({'|'.join(sorted(map(re.escape, scales), key=len, reverse=True))})\b)?"


def _group(marks: Notation) -> str:
    """The sign beside a space that separates groups of three digits, or "": 1.234, in English
    1,234.
    """
    return "." if marks.decimal != "." else marks.group.strip()


def _number_pattern(marks: Notation, rules: LanguageRules) -> str:
    """A number with groups of three digits, separated by a space or by the sign of the locale.

    English in Belgium uses either sign for decimals.
    """
    if rules.month_first:
        return (
            rf"\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d{{1,3}}(?:\.\d{{3}})+(?!\d)(?:,\d+)?"
            rf"|\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?(?![.,]\d)"
        )
    group = rf"(?:{SPACE}|{re.escape(_group(marks))})" if _group(marks) else SPACE
    fraction = rf"(?:{re.escape(marks.decimal)}\d+)?"
    return rf"\d{{1,3}}(?:{group}\d{{3}})+(?!\d){fraction}|\d+{fraction}(?!\.\d)"


def _number(
    marks: Notation,
    rules: LanguageRules,
    kind: str,
    scales: Mapping[str, int],
    match: re.Match[str],
    _key: str,
) -> Readings | None:
    """The value of a number with its scale (thousand, million)."""
    times = scales.get((match[2] or "").lower(), 1)
    values = [_plain(value * times) for value in _values(re.sub(SPACE, "", match[1]), marks, rules)]
    readings = [(kind, value) for value in values]
    if kind != "number":
        readings += [("number", value) for value in values]
    elif values:  # 1.234 567 has no value, since it has two signs between its groups
        readings += _in_context(match, values[0])
    return tuple(readings) or None


def _values(figures: str, marks: Notation, rules: LanguageRules) -> list[Decimal]:
    """The possible values of digits: 1.000 in English is one to some readers and a thousand to
    others.
    """
    signs = [(_group(marks), marks.decimal)]
    if rules.month_first:
        signs = [(",", "."), (".", ",")]
    found = []
    for group, decimal in signs:
        whole = rf"\d+|\d{{1,3}}(?:{re.escape(group)}\d{{3}})+" if group else r"\d+"
        if re.fullmatch(rf"(?:{whole})(?:{re.escape(decimal)}\d+)?", figures):
            plain = figures.replace(group, "") if group else figures
            found.append(Decimal(plain.replace(decimal, ".")))
    return found


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _in_context(match: re.Match[str], value: str) -> Iterator[tuple[str, str]]:
    """Other readings of digits: the sixties of 1960s, the year of '68, and hours."""
    written, near = match[0], (max(0, match.start() - NEAR), match.start())
    in_decade = _DECADE.search(match.string, *near) or _DECADE_ENDING.match(
        match.string, match.end(1)
    )
    if re.fullmatch(r"\d\d\d0", value) and in_decade:
        yield "number", value[2:]
    if re.fullmatch(r"\d\d", value) and (in_decade or _CENTURY.search(match.string, *near)):
        yield from (("number", century + value) for century in CENTURIES)
    if clock := re.match(r"(\d{1,2})[.,](\d\d)$", written):
        yield "time", f"{int(clock[1]):02d}:{clock[2]}"
    if value.endswith((".5", ".25", ".75")) and len(value.partition(".")[0]) < 3:
        hours = Decimal(value)
        yield "time", f"{int(hours):02d}:{int(hours % 1 * 60):02d}"


def _and_a_half(match: re.Match[str], _key: str) -> Readings:
    return (("number", f"{match['figure'].lstrip('0') or 0}.5"),)


def _cents(match: re.Match[str], _key: str) -> Readings:
    """60 cent is 0.6 euro; also read as 60, for texts that write the unit later."""
    euros = _plain(Decimal(match[1]) / 100)
    return ("money", euros), ("number", match[1]), ("number", euros)


def _metres(match: re.Match[str]) -> str:
    """2 m 80 is 2.8 metres."""
    return _plain(Decimal(f"{match[1]}.{match[2]}"))


def _vulgar(match: re.Match[str], _key: str) -> Readings:
    """2½ is 2.5."""
    return (("number", _plain(Decimal(match[1] or 0) + Decimal(FRACTIONS[match[2]]))),)


def _version(match: re.Match[str], _key: str) -> Readings:
    """A version such as 2.2, unchanged; in Dutch and French also read as a time: 9.30-12 uur."""
    clock = re.fullmatch(r"(\d{1,2})\.(\d\d)", match[0])
    time = (("time", f"{int(clock[1]):02d}:{clock[2]}"),) if clock else ()
    return ("number", match[0]), *time
