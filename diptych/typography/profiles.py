"""What each profile puts right: its quotation marks, and where a space stays, comes or goes."""

from __future__ import annotations

import re
from functools import cache

from diptych.values import Value

NBSP = "\u00a0"
THIN = "\u202f"
_SPACES = f"[ {NBSP}{THIN}]"

PROFILES = ("dutch", "french", "french-thin", "french-closed", "german", "english", "plain")

_FRENCH_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_DUTCH_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
)
_GERMAN_MONTHS = (
    "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
)
_GERMAN_UNITS = "%|€|Euro\\b|Uhr\\b|km\\b|m\\b|kg\\b|Jahre?\\b|Stunden?\\b|Minuten?\\b|°"
_FRENCH_UNITS = "%|€|euros?\\b|h\\b|min\\b|km\\b|m\\b|kg\\b|ans?\\b|heures?\\b|minutes?\\b|°"
_DUTCH_UNITS = "%|€|euro\\b|uur\\b|u\\.|km\\b|m\\b|kg\\b|jaar\\b|minuten\\b|°"
Context = tuple[tuple[str, ...], str]  # what may stand before, and what behind
_FIGURE = r"[\dIVXM]"  # also the Roman ones of centuries, and M. before a name


class Quotes(Value):
    """The quotation marks of a language, outer and inner, with what stands inside them."""

    outer: tuple[str, str]
    inner: tuple[str, str]


class Rules(Value):
    """What is put right in a text that has one of some signs; most texts have none of them."""

    signs: re.Pattern[str]
    pairs: tuple[tuple[re.Pattern[str], str], ...]


class Profile(Value):
    quotes: Quotes
    rules: tuple[Rules, ...]
    apostrophe_quotes: bool  # whether a straight ' can also open a quotation


def _rules(signs: str, *pairs: tuple[str, str]) -> Rules:
    compiled = tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)
    return Rules(re.compile(signs), compiled)


_DASH = "[-–]"
_STOP = "[;:!?]"
_GUILLEMET = "[«»]"
_YEAR = r"(?:1[89]|20)\d\d"
_DASHES = (
    (rf"(?<![\w-])({_YEAR})(?:-| [-–] )({_YEAR})(?![\w-])", r"\1–\2"),
    (r"(?<=[^\s–—-]) - (?=[^\s–—-])", " – "),
    (r"(?<= – )([^–.!?\n]*[^\s–]) (?=– )", rf"\1{NBSP}"),
)


@cache
def profile_of(name: str) -> Profile | None:
    if name.startswith("french"):
        return _french(name)
    if name == "dutch":
        quotes = Quotes(("‘", "’"), ("“", "”"))
        figures = _unbroken(*_figures(_DUTCH_UNITS, _DUTCH_MONTHS, "art\\.|nr\\.|blz\\.|p\\."))
        return Profile(quotes, (_rules(_FIGURE, figures), _rules(_DASH, *_DASHES)), True)
    if name == "german":
        quotes = Quotes(("„", "“"), ("‚", "‘"))
        figures = _unbroken(*_figures(_GERMAN_UNITS, _GERMAN_MONTHS, "Art\\.|Nr\\.|S\\."))
        return Profile(quotes, (_rules(_FIGURE, figures), _rules(_DASH, *_DASHES)), False)
    if name == "english":
        return Profile(Quotes(("“", "”"), ("‘", "’")), (), True)
    return None


def _figures(units: str, months: str, references: str) -> tuple[Context, ...]:
    """What stands before and behind the spaces of an amount, a date, a reference."""
    return (
        ((r"\d",), units),
        ((r"\d", r"\d\.", r"\der"), rf"(?:{months})\b"),
        (("€", *(rf"\b{each}" for each in references.split("|"))), r"\d"),
    )


def _unbroken(*contexts: Context) -> tuple[str, str]:
    """No line may break between the two: one pattern for all, which a text is read with once."""
    either = "|".join(
        f"(?:{'|'.join(f'(?<={each}.)' for each in before)})(?={behind})"  # the space is read by now
        for before, behind in contexts
    )
    return rf"{_SPACES}(?:{either})", NBSP


def _french(name: str) -> Profile:
    thin = THIN if name == "french-thin" else NBSP
    closed = name == "french-closed"
    inside = "" if closed else NBSP
    quotes = Quotes((f"«{inside}", f"{inside}»"), ("“", "”"))
    group = NBSP if name != "french-thin" else THIN
    figures = (
        (rf"(?<=\d){_SPACES}(?=\d\d\d(?!\d))", group),
        _unbroken(
            ((rf"\d{_SPACES}h", "n°"), r"\d"),
            (("[IVX]e",), "siècle"),
            ((r"\bM\.", r"\bMme", r"\bMM\."), "[A-ZÀ-Ý]"),
            *_figures(_FRENCH_UNITS, _FRENCH_MONTHS, "art\\.|p\\."),
        ),
    )
    high, low = ("", "") if closed else (thin, NBSP)
    stops = (
        (rf"{_SPACES}(?<=[^\s(«“].){_SPACES}*(?=[;!?])", high),
        (rf"{_SPACES}(?<=[^\s(«“].){_SPACES}*(?=:(?:\s|$|[»”)]))", low),
    )
    guillemets = ((rf"(?<=«){_SPACES}+", inside), (rf"{_SPACES}+(?=»)", inside))
    missing_at_stops = (
        ()
        if closed
        else (
            (rf"(?<=[^\s;:!?(«“{NBSP}{THIN}])(?=[;!?](?:[\s»”)!?;.,{NBSP}{THIN}]|$))", high),
            (rf"(?<=[^\s;:!?(«“{NBSP}{THIN}])(?=:(?:\s|$))", low),
        )
    )
    missing_at_guillemets = (
        ()
        if closed
        else (
            (rf"(?<=«)(?=[^\s{NBSP}{THIN}])", inside),
            (rf"(?<=[^\s{NBSP}{THIN}])(?=»)", inside),
        )
    )
    rules = (
        _rules(_FIGURE, *figures),
        _rules(_STOP, *stops),
        _rules(_GUILLEMET, *guillemets),
        _rules(_DASH, *_DASHES),
        _rules(_STOP, *missing_at_stops),
        _rules(_GUILLEMET, *missing_at_guillemets),
    )
    return Profile(quotes, rules, False)
