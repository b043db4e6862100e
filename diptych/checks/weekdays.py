"""Finds dates that contradict their weekday, by the names in CLDR."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import cache

from diptych.checks.inputs import Rules
from diptych.content.texts import Text
from diptych.diagnostics import Severity, say
from diptych.extend import Found, check
from diptych.i18n import Notation, notation
from diptych.languages import either, rules_of
from diptych.values import Value

# the characters between two words: spaces, marks of quotation and emphasis, and the sign GAP that
# `prose_words` writes in place of markup
_GAP = r"[\s>*_\x01]+"
_ORDINAL = rf"(?:{either(lambda rules: rules.ordinal_endings)}|\.)?"
_FIGURE = re.compile(r"\d")  # the search for dates takes long, and most texts have no figure
_HALF_A_YEAR = datetime.timedelta(days=183)


class _Days(Value):
    """The names of days and months in a locale, and the regular expression for a weekday with its
    date.
    """

    names: Notation
    dates: re.Pattern[str]  # the docstring of `_days` lists its groups

    def weekday(self, name: str) -> int | None:
        """The number of the weekday with a name, 0 for Monday; None if no weekday has the name:
        `dates` ignores case, and so also matches a name with another letter, such as the Turkish
        capital of `i`.
        """
        word = name.casefold().rstrip(".")
        return self.names.days.get(word, self.names.short_days.get(word))

    def month(self, name: str) -> int:
        """The number of a month, written as a word or as a figure; 0 if there is no such month."""
        word = name.casefold().rstrip(".")
        found = self.names.months.get(word, self.names.short_months.get(word, 0))
        return int(word) if word.isdigit() else found


class _Date(Value):
    """A date as written in a text."""

    year: str | None
    month: int
    day: int
    written: str


@check("wrong-weekday", Severity.WARNING, of=Text)
def wrong_weekday(text: Text, rules: Rules) -> Iterator[Found]:
    """A date that does not exist, or that fell on another day of the week.

    A date without a year is checked in the text of an event, in the year nearest to the event.
    """
    if not _FIGURE.search(text.words):
        return
    locale = rules.locales[text.language]
    days = _days(locale)
    for match in days.dates.finditer(text.words):
        found = match.groupdict()
        number = int(found["number"] or found["behind"] or found["digits"])
        month = days.month(found["month"] or found["figure"])
        year = found["year"] or found["after"] or found["since"]
        named = text.written[match.start("name") : match.end("name")]
        date = _Date(year, month, number, text.words[match.end("name") : match.end()])
        yield from _check_date(text, days, named, match.span(), date)
        # in "lundi 8 et mardi 9 juin", Monday has the month and year of Tuesday
        before = _before(locale) if found["number"] else None
        sister = before.search(text.words, 0, match.start()) if before else None
        if sister is not None and int(sister["number"]) < number:
            written = sister["number"] + text.words[match.end("number") : match.end()]
            date = _Date(year, month, int(sister["number"]), written)
            yield from _check_date(text, days, sister["name"], sister.span("name"), date)


def _check_date(
    text: Text, days: _Days, named: str, place: tuple[int, int], date: _Date
) -> Iterator[Found]:
    """The finding if a date does not exist, or is not on the weekday that is named before it
    (`named`). `place` is the start of the weekday and the end of the date in the text.
    """
    year, month, number = date.year, date.month, date.day
    written = " ".join(date.written.strip(",. \n\x01").split())
    start, span = place[0], text.place(*place)
    if not 0 < month < 13 or not 0 < number < 32 or days.weekday(named) is None:
        return
    if year is not None and not _exists(int(year), month, number):
        message = say("there is no {date}", date=written)
        yield Found(span, message)
        return
    day = _day(text, year, month, number)
    if day is None or day.weekday() == days.weekday(named):
        return
    right = next(name for name, each in days.names.days.items() if each == day.weekday())
    right = right.capitalize() if named[:1].isupper() else right
    shown = written if year else f"{written} {day.year}"
    message = say(
        "{date} is a {right}, and not a {wrong}",
        date=shown,
        right=_in_sentence(right, text.language),
        wrong=_in_sentence(named, text.language),
    )
    hint = say("look up which of the two is right: the day of the week, or the date")
    edits = text.becomes(start, start + len(named), right)
    yield Found(span, message, hint, edits)


def _in_sentence(name: str, language: str) -> str:
    """The name of a day with the initial that it has inside a sentence of a language: lundi, Montag."""
    capital = any(day[0].isupper() for day in rules_of(language).weekdays)
    return name.capitalize() if capital else name.lower()


def _exists(year: int, month: int, number: int) -> bool:
    try:
        datetime.date(year, month, number)
    except ValueError:
        return False
    return True


def _day(text: Text, year: str | None, month: int, number: int) -> datetime.date | None:
    """The date that is meant; without a year, the one within half a year of the event, if any."""
    if year is not None:
        return datetime.date(int(year), month, number)
    if text.date is None:
        return None
    first, last = text.date.first, text.date.last
    years = range(first.year - 1, last.year + 2)
    near = [
        datetime.date(each, month, number)
        for each in years
        if _exists(each, month, number)
        and first - _HALF_A_YEAR < datetime.date(each, month, number) < last + _HALF_A_YEAR
    ]
    return near[0] if len(near) == 1 else None


@cache
def _days(locale: str) -> _Days:
    """The names of days and months in a locale, and the regular expression for a weekday with its date.

    The group `name` is the weekday. The day, month and year are the groups `number`, `month` and
    `year` if the day comes first (8 juin 2020); `behind`, `month` and `after` if the month comes
    first (June 8, 2020); `digits`, `figure` and `since` in a date of figures (8/6/2020).
    """
    names, rules = notation(locale), rules_of(locale)
    article, link = _maybe(rules.date_articles), _maybe(rules.date_links)
    month = rf"{_either(names.months)}|(?:{_either(names.short_months)})\.?"
    day_first = rf"(?:(?P<number>\d{{1,2}}){_ORDINAL}{_GAP}{link})?"
    behind_day = rf"(?!\w)(?:,?{_GAP}{link}(?P<year>\d{{4}})(?!\w))?"
    month_first = (
        rf"{_GAP}(?P<behind>\d{{1,2}}){_ORDINAL}(?!\w)(?:,?{_GAP}(?P<after>\d{{4}})(?!\w))?"
    )
    words = rf"{day_first}(?P<month>{month})(?(number){behind_day}|{month_first})"
    order = ("digits", "figure") if names.day_first else ("figure", "digits")
    figures = (
        rf"(?P<{order[0]}>\d{{1,2}})[./-](?P<{order[1]}>\d{{1,2}})[./-](?P<since>\d{{4}})(?!\w)"
    )
    dates = rf"{_name(names)},?{_GAP}{article}(?:{words}|{figures})"
    return _Days(names, re.compile(dates, re.IGNORECASE))


@cache
def _before(locale: str) -> re.Pattern[str]:
    """The regular expression for a weekday and day that share the month of the next date: "lundi 8
    et" before "mardi 9 juin".
    """
    article = _maybe(rules_of(locale).date_articles)
    number = rf"(?P<number>\d{{1,2}}){_ORDINAL}"
    behind = rf"(?:,|{_GAP}(?:[^\W\d]{{1,4}}|[–-])){_GAP}{article}$"
    return re.compile(rf"{_name(notation(locale))},?{_GAP}{article}{number}{behind}", re.IGNORECASE)


def _maybe(words: tuple[str, ...]) -> str:
    return rf"(?:(?:{'|'.join(words)}){_GAP})?" if words else ""


def _name(names: Notation) -> str:
    return rf"\b(?P<name>{_either(names.days)}|(?:{_either(names.short_days)})\.?)"


def _either(names: Mapping[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
