"""The ways to write each kind of fact in a locale: regular expressions, and functions that read a
match.

Signs and names come from CLDR (`i18n.notations`) and from the rules of the language. A text may quote
another language, so words (uur, heures, euro) are those of all languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, partial

from diptych.i18n import Notation, notation
from diptych.languages import LANGUAGES, LanguageRules, either, rules_of
from diptych.translation.units import identity_of, longest_words, words_of
from diptych.values import Value

Readings = tuple[tuple[str, str], ...]  # kind and value; the likeliest reading first
Read = Callable[[re.Match[str], str], Readings | None]  # a match, and the key of the page

_SPACE = "[ \u00a0\u202f]"
_BREAK = "[ \u00a0\u202f\n]+"
_MAYBE = "[ \u00a0\u202f\n]*"
_ALONE = r"(?:(?<![\w.,])|(?<=\d[x×]))"  # not a part of another number; 4x400
_TIMES = r"(?:(?!\w)|(?=[x×]\d))"
_COMMENT = r"(?s)<!--.*?(?:-->|\Z)"
_IMAGE = r"!\[[^\]]*\]\(([^)\s]+)|<img\b[^<>]*?\bsrc=[\"']([^\"'<>]*)[\"'][^<>]*>"
_LINK = (
    r"\]\(([^)\s]+)[^)]*\)|<((?:https?://|mailto:)[^>\s]+)>"
    r"|<a\b[^<>]*?\bhref=[\"']([^\"'<>]*)[\"'][^<>]*>"
)
_BARE = r"((?:https?://|\bwww\.)[^\s<>\"\x00«»“”]*[^\s<>\"\x00«»“”.,;:!?)'’*_])"
_TAG = r"</?[a-zA-Z][^<>]*>"
_FOOTNOTE = r"\[\^([^\]]+)\](?!:)"
_DEFINITION = r"(?m)^ {0,3}\[[^\]^][^\]]*\]:[ \t]*\S+.*$"  # of a link, for references
_LABEL = r"(?<=\])\[[^\[\]]*\]|\[\d{1,3}(?=\x00)"  # a reference to a link: [text][1], [1](address)
_CITED = r"(?<![\w\]])\[(\d{1,3})\](?![\[(:])"
# a match starts only at the start of a run of letters: else the run is read once per letter
_EMAIL = r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]*\w"
_ACCOUNT = (  # the number of a bank account (IBAN), with or without spaces between its groups
    r"\b[A-Z]{2}\d\d(?:[-. \u00a0\u202f]?(?=[A-Z\d]{0,3}\d)[A-Z\d]{4}){2,7}"
    r"(?:[-. \u00a0\u202f]?\d{1,3})?\b"
)
_PHONE = (
    rf"(?:\+|\b00)\d{{2}}{_SPACE}?(?:\(0\){_SPACE}?)?\d{{1,3}}(?:[/.-]?{_SPACE}?\d{{2,3}}){{2,4}}\b"
    rf"|(?:\(0\d{{1,3}}\)|\b0\d{{1,3}})(?:{_SPACE}?[/.-]{_SPACE}?|{_SPACE})\d{{2,3}}"
    rf"(?:[/.-]?{_SPACE}?\d{{2,3}}){{1,3}}\b"
)
_ATTRIBUTES = r"\{[^{}\n]*\}"
_ISO = r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"
_FIGURES = r"\b(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4})\b"
_MONTH_FIRST = r"\b(?P<month>\d{1,2})([/.-])(?P<day>\d{1,2})\2(?P<year>\d{4})\b"
_SHORT_YEAR = (  # 8/6/20, 08.06.20
    r"(?<![\d/.-])(?P<day>\d\d?)(/)(?P<month>\d\d?)\2(?P<year>\d\d)(?![\w/])",
    r"(?<![\d/.-])(?P<day>\d\d)([.-])(?P<month>\d\d)\2(?P<year>\d\d)(?![\w.-])",
)
_NO_YEAR = (
    r"(?P<own>(?P<day>\d{1,2})(?:/(?P<month>\d{1,2})|\.(?P<dotted>\d{1,2})\.))(?![\w/%.,]\w|\s?%)"
)
_MARKER = r"(?m)^[ \t>]*\d{1,3}[.)](?=[ \t])"  # the number of a list item
_INSERTED = "bis|ter|quater|quinquies|sexies|septies|octies|novies|nonies|decies"
_ARTICLE = rf"(?<![\w.,-])(\d+)({_INSERTED})\b"  # an article of a law that was inserted later
_VERSION = rf"{_ALONE}\d+(?:\.\d+)+(?!\d|,\d)"
_FRACTIONS = {"¼": "0.25", "½": "0.5", "¾": "0.75"}
_CENTURIES = ("19", "20", "18")
# after a date at the end of a sentence or of a part of it
_CLOSES = re.compile(r"\s*(?:[.,;:!?)\]”]|$)")
_NEAR = 60  # characters before a number in which a word about it may be: jaren 60
# before the last two digits of a year
_CENTURY = re.compile(r"(?:['’‘]|\b(?:1[6-9]|20)\d\d[-–/])$")
_GLUED = r"(?:[^\W\d_]{1,14}(?![\w]))?"  # a unit or an ending without a space: 70km, 3ème


def _either(words: Callable[[LanguageRules], Iterable[str]]) -> str:
    """An expression for the words of all languages, since a text may quote another. A space matches
    any separator of words.
    """
    return f"(?:{either(words)})".replace(" ", _BREAK)


_AFTERNOON = rf"(?:{_BREAK}({_either(lambda rules: rules.afternoon)}\b))?"
_HOURS = _either(lambda rules: rules.hours)
_LATER = re.compile(_either(lambda rules: [*rules.afternoon, *(rules.half_days or ())[1:]]))
_CENTS = _either(lambda rules: [rules.cents])
# 27 naar 30 cent
_CENTS_LATER = rf"{_MAYBE}(?:[-–]|[^\W\d]{{1,5}}){_MAYBE}\d\d?{_MAYBE}{_CENTS}(?!\w)"
_PERCENT = rf"(?:%|{_either(lambda rules: rules.percent)}(?!\w))"
_EURO = rf"(?:€|{_either(lambda rules: rules.euro)}\b|EUR\b)"
_EURO_LINK = _either(lambda rules: [rules.euro_link])
_ORDINAL = _either(lambda rules: rules.ordinal_endings)
_SCALES = {word: times for rules in LANGUAGES.values() for word, times in rules.scales.items()}
_BEFORE_SIGN = {"k": 10**3, "m": 10**6}  # attached to the sign of a currency: 10 k€, 2 M€
_DECADE = re.compile(rf"\b{_either(lambda rules: [rules.decade])}{_BREAK}['’‘]?$", re.IGNORECASE)
_DECADE_ENDING = re.compile(rf"{_either(lambda rules: [rules.decade_ending])}(?!\w)")


class Rule(Value):
    """The notation of one kind of fact, and how a match is read. A match without a reading is no
    fact.

    If only a part of the match is the fact, that part is the group `own`.
    """

    pattern: re.Pattern[str]
    read: Read


class Signs(Value):
    """What decides which rules are tried on a text: its marks of Markdown and of addresses, its
    figures, its words in small letters.
    """

    text: str
    marks: bool
    figures: bool
    words: tuple[str, ...]


class SignedRules(Value):
    """Rules that concern only texts with a certain sign or word. They are not tried on other texts."""

    concern: Callable[[Signs], object]  # whether the rules may find a fact in a text
    rules: Callable[[], tuple[Rule, ...]]  # compiled for the first text that they concern


_MARK = re.compile(r"[\[\]<{@]|:(?=//)|\.(?<=www\.)")
_FIGURE = re.compile(rf"[\d{''.join(_FRACTIONS)}]")


@cache
def rules_for(locale: str) -> tuple[SignedRules, ...]:
    """The rules of a locale, in order of precedence."""
    rules, marks = rules_of(locale), notation(locale)
    table: tuple[tuple[Callable[[Signs], object], Iterable[tuple[str, Read]]], ...] = (
        (_marked, _addresses()),
        (_with_figures, _accounts()),
        (_with_figures, _dates(marks, rules)),
        (_with_one_of(marks.months), _bare_months(marks, rules)),
        (_with_figures, _short_dates(rules)),
        (_with_one_of(_two_letters(rules)), _short_weekdays(rules)),
        (_with_a_weekday(rules), _weekdays(rules)),
        (_with_figures, ((_MARKER, _nothing), *_times(rules))),
        (_with_money, _money(marks, rules)),
        (_with_figures, _numbers(marks, rules)),
    )
    return tuple(SignedRules(concern, cache(partial(_compiled, group))) for concern, group in table)


def signs_of(text: str) -> Signs:
    """The `Signs` of a text. They decide which rules are tried on it."""
    return Signs(text, bool(_MARK.search(text)), bool(_FIGURE.search(text)), words_of(text))


def _marked(signs: Signs) -> bool:
    return signs.marks


def _with_figures(signs: Signs) -> bool:
    return signs.figures


def _with_money(signs: Signs) -> bool:
    """Whether a text can have an amount: it has a figure, and a word or sign for euros or cents."""
    return signs.figures and bool(_currency().search(signs.text))


@cache
def _currency() -> re.Pattern[str]:
    return re.compile(f"€|EUR|{_EURO}|{_CENTS}", re.IGNORECASE)


def _with_one_of(names: Iterable[str]) -> Callable[[Signs], bool]:
    """A function that says whether a text can have one of these names, by the longest word of each."""
    sought = longest_words(names)
    return lambda signs: not sought.isdisjoint(signs.words)


def _with_a_weekday(rules: LanguageRules) -> Callable[[Signs], object]:
    """A function that says whether a text can have a weekday, alone or in a longer word."""
    days = re.compile("|".join(rules.weekdays).lower() or "(?!)")
    return lambda signs: days.search(signs.text.lower())


def _compiled(group: Iterable[tuple[str, Read]]) -> tuple[Rule, ...]:
    return tuple(Rule(re.compile(pattern), read) for pattern, read in group)


def _as(kind: str, value_of: Callable[[re.Match[str]], str | None]) -> Read:
    """A function that reads a match as a fact of the kind, with the value of `value_of`. If the
    value is None, later rules read the match.
    """

    def read(match: re.Match[str], _key: str) -> Readings | None:
        value = value_of(match)
        return None if value is None else ((kind, value),)

    return read


def _nothing(_match: re.Match[str], _key: str) -> Readings:
    return ()


def _addresses() -> Iterator[tuple[str, Read]]:
    yield _COMMENT, _nothing
    yield _DEFINITION, _nothing
    yield _IMAGE, _as("picture", lambda match: match[1] or match[2] or "")
    yield _LINK, _link
    yield _BARE, _link
    yield _TAG, _nothing
    yield _FOOTNOTE, _as("footnote", lambda match: match[1])
    yield _LABEL, _nothing
    yield _CITED, _as("footnote", lambda match: match[1])
    yield _ATTRIBUTES, _nothing
    yield _EMAIL, _as("email", lambda match: match[0].lower())


def _accounts() -> Iterator[tuple[str, Read]]:
    yield _ACCOUNT, _as("account", lambda match: re.sub(r"[\W_]", "", match[0]))


def _link(match: re.Match[str], key: str) -> Readings:
    target = next((each for each in match.groups() if each), "")
    return (("link", identity_of(target, key)),) if target else ()


def _dates(marks: Notation, rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    months = _months(marks, rules)
    read = partial(_date, months)
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    of = rf"(?:(?:{'|'.join(rules.date_links)}){_BREAK})?" if rules.date_links else ""
    day = rf"\b(?P<day>\d{{1,2}})(?:{_ORDINAL}|\.)?{_BREAK}{of}"
    month, year = (
        rf"(?P<name>{names})\b\.?",
        rf",?{_BREAK}(?:(?P<year>\d{{4}})|['’](?P<short>\d\d))(?!\w)",
    )
    if rules.month_first and not marks.day_first:
        yield _MONTH_FIRST, _as("date", _figures)
    yield _FIGURES, _as("date", _figures)
    for pattern in _SHORT_YEAR:
        yield pattern, _as("date", _figures)
    yield _PHONE, _as("phone", _phone)
    yield _ISO, _as("date", _figures)
    yield rf"(?i){day}{month}(?:{year})?", read
    if rules.month_first:
        behind = rf"(?P<ordinal>{_ORDINAL}\b)?(?!\w|[.,]\d)(?:{year})?"
        first = rf"(?i)\b(?-i:(?=[A-Z])){month}{_BREAK}(?P<day>\d{{1,2}}){behind}"
        yield first, partial(_month_first, months, rules)
    yield rf"(?i)\b{month}{year}", read


def _months(marks: Notation, rules: LanguageRules) -> Mapping[str, int]:
    """The names of the months, short ones too."""
    return {**marks.short_months, **rules.short_months, **marks.months}


def _bare_months(marks: Notation, rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    whole = "|".join(sorted(marks.months, key=len, reverse=True))
    sensitive = "(?-i:(?=[A-ZÀ-Ý]))" if rules.month_first else ""
    yield rf"(?i)\b{sensitive}(?P<name>{whole})\b", partial(_month, _months(marks, rules))


def _short_dates(rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    """The patterns of a day and a month in figures after a word that precedes dates. Without such a
    word, 8/6 may be a score.
    """
    days = {each[:2].lower() for each in rules.weekdays}
    short = days.difference(rules.short_day_words)
    if before := "|".join([*rules.before_day, *map(str.lower, rules.weekdays), *sorted(short)]):
        yield rf"(?i)\b(?:{before}){_BREAK}{_NO_YEAR}", _as("date", _short_date)
    # a word such as zo is a weekday only at the start of a list item or of a table cell
    if begun := "|".join(rules.short_day_words):
        yield (
            rf"(?im)(?:^[ \t]*(?:[-*+][ \t]+)?|\|[ \t]*)(?:{begun})\.?{_BREAK}{_NO_YEAR}",
            _as("date", _short_date),
        )


def _weekdays(rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    if rules.weekdays:
        days = "|".join(rules.weekdays)
        yield rf"(?i)\b({days}){rules.day_endings}\b", partial(_weekday, rules)


def _short_weekdays(rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    """The patterns of weekdays of two letters, each beside another such weekday: `di en do`,
    `lu/me/ve`.
    """
    days = _two_letters(rules)
    if not days:
        return
    either_day = f"(?:{'|'.join(days)})"
    joint = rf"(?:\.?{_SPACE}?[/,+&–-]{_SPACE}?|\.?{_SPACE}(?:{rules.conjunction}){_SPACE})"

    def read(match: re.Match[str], _key: str) -> Readings | None:
        return (("weekday", str(days.index(match["own"].lower()))),)

    yield rf"(?i)\b(?P<own>{either_day})\b(?={joint}{either_day}\b)", read
    yield rf"(?i)(?<!\x00)\x00\x00{joint}(?P<own>{either_day})\b", read


def _two_letters(rules: LanguageRules) -> list[str]:
    return [day[:2].lower() for day in rules.weekdays]


def _figures(match: re.Match[str]) -> str | None:
    """A date in figures alone. Figures that cannot be a date are left to the rules for numbers."""
    year, month, day = match["year"], int(match["month"]), int(match["day"])
    if len(year) == 2:
        year = ("19" if int(year) > 50 else "20") + year
    return f"{year}-{month:02d}-{day:02d}" if 0 < month < 13 and 0 < day < 32 else None


def _short_date(match: re.Match[str]) -> str | None:
    """The value of a day and a month in figures: `--06-08` for `8/6`; None if this is no date."""
    month, day = int(match["month"] or match["dotted"]), int(match["day"])
    return f"--{month:02d}-{day:02d}" if 0 < month < 13 and 0 < day < 32 else None


def _date(months: Mapping[str, int], match: re.Match[str], _key: str) -> Readings | None:
    """`2020-06-08`, `2020-06`, or `--06-08` for a date without a year.

    The other side may have the day or the year as a plain number: 8 and 9 June, June and July 2020.
    The two digits of '58 may belong to any century.
    """
    parts = match.groupdict()
    if match["name"].lower() not in months:
        return None  # letters that only look like those of a name
    short = parts.get("short")
    years = [f"{each}{short}" for each in _CENTURIES] if short else [parts.get("year") or "-"]
    month = f"{months[match['name'].lower()]:02d}"
    day = f"-{int(parts['day']):02d}" if parts.get("day") else ""
    numbers = [str(int(day[1:]))] if day else years
    return (
        *(("date", f"{year}-{month}{day}") for year in years),
        *(("number", each) for each in numbers),
    )


def _month(months: Mapping[str, int], match: re.Match[str], _key: str) -> Readings | None:
    number = months.get(match["name"].lower())
    return None if number is None else (("month", str(number)),)


def _weekday(rules: LanguageRules, match: re.Match[str], _key: str) -> Readings | None:
    days = [day.lower() for day in rules.weekdays]
    day = match[1].lower()  # a name with letters that only look alike (dİnsdag) is none
    return (("weekday", str(days.index(day))),) if day in days else None


def _month_first(
    months: Mapping[str, int], rules: LanguageRules, match: re.Match[str], key: str
) -> Readings | None:
    """A date such as `September 30`; None if the number may belong to the next word: 30 people."""
    if not (match["ordinal"] or match["year"]):
        before = match.string[max(0, match.start() - _NEAR) : match.start()].lower().split()
        named = bool(before) and before[-1] in rules.before_date
        if not named and not _CLOSES.match(match.string, match.end()):
            return None
    return _date(months, match, key) if 0 < int(match["day"]) < 32 else None


def _phone(match: re.Match[str]) -> str:
    """The digits after the Belgian prefix, or after the 0 in its place."""
    digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
    if match[0].startswith(("+", "00")):
        return digits.removeprefix("00").removeprefix("32")
    return digits.removeprefix("0")


def _times(rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    if rules.half_days is not None:
        morning, afternoon = rules.half_days
        clock = r"\d{1,2}(?:[.:]\d\d)?"
        marked = rf"{_MAYBE}(?:({morning})|({afternoon}))(?!\w)"
        figures = r"(?i)(?<![\d.,:])(\d{1,2})(?:[.:](\d\d))?"
        yield rf"{figures}(?=(?: ?[-–] ?| to | and ){clock}{marked})", _half_day
        yield rf"{figures}{marked}", _half_day
    for words, minutes in rules.spoken_times:
        if "{hour}" in words:
            spread = words.replace("{hour}", r"(\d{1,2})").replace(" ", _BREAK)
            yield rf"(?i)\b{spread}\b", partial(_spoken, minutes)
    whole = r"(?<!\d[.,])\b"
    yield (
        rf"{whole}(\d{{1,2}})(?:[.:](\d\d))?{_MAYBE}{_HOURS}(?:{_MAYBE}(\d\d))?\b{_AFTERNOON}",
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


def _money(marks: Notation, rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    scales = _scales(rules)
    signed = {**scales, **_BEFORE_SIGN}
    plain, scale = f"({_number_pattern(marks, rules)})", _scale_pattern(scales)
    glued = rf"{_MAYBE}({'|'.join(_BEFORE_SIGN)})(?=€|EUR\b)"
    read = partial(_number, marks, rules)
    yield rf"(?i)(?:€|\bEUR\b){_MAYBE}{plain}{scale}", partial(read, "money", scales)
    yield rf"(?i){_ALONE}{plain}{glued}{_EURO}", partial(read, "money", signed)
    yield rf"(?i){_ALONE}{plain}{scale}{_MAYBE}{_EURO_LINK}?{_EURO}", partial(read, "money", scales)
    yield rf"(?i){_ALONE}(\d{{1,2}})(?={_CENTS_LATER})", _cents
    yield rf"(?i){_ALONE}(\d{{1,2}}){_MAYBE}{_CENTS}(?!\w)", _cents


def _numbers(marks: Notation, rules: LanguageRules) -> Iterator[tuple[str, Read]]:
    scales = _scales(rules)
    plain, scale = f"({_number_pattern(marks, rules)})", _scale_pattern(scales)
    read = partial(_number, marks, rules)
    yield rf"\b(\d{{1,2}}){_MAYBE}m{_MAYBE}(\d\d)\b", _as("number", _metres)
    yield rf"(?i){_ALONE}{plain}(){_MAYBE}{_PERCENT}", partial(read, "percent", scales)
    for expression in rules.and_a_half:
        figure = expression.replace("{number}", r"(?P<figure>\d+)")
        yield rf"(?i){_ALONE}{figure}(?!\w)", _and_a_half
    yield rf"(?<!\d)(\d*)\s?([{''.join(_FRACTIONS)}])", _vulgar
    yield _ARTICLE, _as("number", lambda match: match[1] + match[2])
    begun = "".join(rf"|(?<=\b{word}-)" for word in rules.before_figures)
    yield (
        rf"(?i){_ALONE}(?:(?<![^\W\d]-){begun}){plain}{scale}{_GLUED}{_TIMES}",
        partial(read, "number", scales),
    )
    yield _VERSION, _version


def _scales(rules: LanguageRules) -> Mapping[str, int]:
    """The words for a thousand and more, with their values. The value of a word such as billion
    depends on the language.
    """
    return {**_SCALES, **rules.scales}


def _scale_pattern(scales: Iterable[str]) -> str:
    return rf"(?:{_MAYBE}({'|'.join(sorted(map(re.escape, scales), key=len, reverse=True))})\b)?"


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
            rf"|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?(?![.,]\d)"
        )
    group = rf"(?:{_SPACE}|{re.escape(_group(marks))})" if _group(marks) else _SPACE
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
    values = [
        _plain(value * times) for value in _values(re.sub(_SPACE, "", match[1]), marks, rules)
    ]
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
    written, near = match[0], (max(0, match.start() - _NEAR), match.start())
    in_decade = _DECADE.search(match.string, *near) or _DECADE_ENDING.match(
        match.string, match.end(1)
    )
    if re.fullmatch(r"\d\d\d0", value) and in_decade:
        yield "number", value[2:]
    if re.fullmatch(r"\d\d", value) and (in_decade or _CENTURY.search(match.string, *near)):
        yield from (("number", century + value) for century in _CENTURIES)
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
    return (("number", _plain(Decimal(match[1] or 0) + Decimal(_FRACTIONS[match[2]]))),)


def _version(match: re.Match[str], _key: str) -> Readings:
    """A version such as 2.2, unchanged; in Dutch and French also read as a time: 9.30-12 uur."""
    clock = re.fullmatch(r"(\d{1,2})\.(\d\d)", match[0])
    time = (("time", f"{int(clock[1]):02d}:{clock[2]}"),) if clock else ()
    return ("number", match[0]), *time
