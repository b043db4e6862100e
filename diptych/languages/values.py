"""The rules of one language (`LanguageRules`), and functions that build tables of number words.

Regular expressions are texts here; the modules that use them compile them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from diptych.values import Value, field

NBSP = "\u00a0"
THIN = "\u202f"
# the dot of inclusive French (employé·e); in an inflected form it also matches `.`, `/` and `-`
DOT = "·"

# a space at which a line must not break: expressions for the text before the space, and an expression
# for the text after it
Context = tuple[tuple[str, ...], str]
# a single capital belongs to the word before it, so no line begins with it: Espace P, vitamine C
CAPITAL_ALONE: Context = (("[a-zà-ÿ]",), r"[A-Z](?![\w'’-])")
Inflect = Callable[[str], Iterable[str]]  # a word in small letters -> its other forms


class Quotes(Value):
    """The quotation marks of a language, outer and inner, with their inner spaces."""

    outer: tuple[str, str]
    inner: tuple[str, str]


class Typography(Value):
    """A typographic profile, named by `typography` in site.yaml: quotation marks, dashes, spaces."""

    quotes: Quotes
    apostrophe_quotes: bool  # whether a straight ' can also open a quotation
    elided: str = ""  # the letters after an apostrophe that opens no quotation: 's avonds, 'tis
    dashes: bool = True  # whether a hyphen between spaces or between years becomes a dash
    kept: tuple[Context, ...] = ()  # spaces at which lines do not break
    group: str | None = None  # the space inside large numbers; None leaves them unchanged
    stops: tuple[str, str] | None = None  # the space before ; ! ? and before a colon
    guillemets: str | None = None  # the space inside « »
    elisions: str = ""  # expression for the letters before an elision: the qu of qu'il
    raised: str = ""  # the endings of ordinals that are raised: the er of 1er


class LanguageRules(Value):
    """All rules of the code about one language."""

    code: str
    name: str = ""  # the name of the language in the language itself
    locale: str = ""  # the locale of a new site in this language, if nobody names a country
    # names of languages in this language, by code, as in CLDR
    languages: Mapping[str, str] = field(default_factory=dict)
    # the preposition that is repeated when several languages are named: en français et en allemand
    before_language: str = ""
    typography: Mapping[str, Typography] = field(default_factory=dict)  # the default first
    # the default profile of typography in a locale, if it is not that of the language
    typography_in: Mapping[str, str] = field(default_factory=dict)

    # dates and times
    months: tuple[str, ...] = ()  # twelve, as a sentence writes them
    weekdays: tuple[str, ...] = ()  # seven from Monday on, as a sentence writes them
    abbreviated_months: tuple[str, ...] = ()  # as in CLDR, without dots
    abbreviated_weekdays: tuple[str, ...] = ()
    short_day_words: tuple[str, ...] = ()  # weekdays of two letters that are also other words: zo
    day_endings: str = "s?"  # expression for suffixes of a weekday: dinsdagavond
    month_first: bool = False  # whether a date can begin with its month: September 30
    date_articles: tuple[str, ...] = ()  # between a weekday and its date
    before_date: tuple[str, ...] = ()  # words before a day, and never before a month alone
    date_links: tuple[str, ...] = ()  # between a day and its month, or a month and its year
    day_article: str = ""  # before a day after a preposition: vers le 8 juin
    contractions: tuple[tuple[str, str], ...] = ()  # expression and replacement: à le -> au
    conjunction: str = ""  # before the last of several: maandag en dinsdag
    first_of_month: str = ""  # the first day of a month, if it is not written 1
    at: tuple[str, ...] = ()  # the word before a time of day
    until: tuple[str, ...] = ()  # expressions for the words before the last day of a period
    hours: tuple[str, ...] = ()  # expressions for the words after the hour
    afternoon: tuple[str, ...] = ()  # expressions that add twelve hours; a space is any space
    half_days: tuple[str, str] | None = None  # expressions for the halves of a day: a.m. and p.m.
    short_months: Mapping[str, int] = field(default_factory=dict)  # besides those of CLDR
    before_day: tuple[str, ...] = ()  # words before figures that are a day and a month: 8/6
    # words for a time, and the minutes to add to {hour}; without {hour}, to midnight
    spoken_times: tuple[tuple[str, int], ...] = ()

    # numbers
    # by locale, its signs of decimals and of groups, as in CLDR
    separators: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)  # words in small letters
    ordinals: Mapping[str, int] = field(default_factory=dict)  # words in small letters
    seconds: tuple[str, ...] = ()  # ordinals that are also a part of a minute
    fractions: Mapping[str, int] = field(default_factory=dict)  # words that are no ordinals: quart
    # replacements that join words of a number: vingt et un -> vingt-et-un
    number_joints: tuple[tuple[str, str], ...] = ()
    ordinal_endings: tuple[str, ...] = ()  # after figures
    before_figures: tuple[str, ...] = ()  # words with a hyphen before a number: under-12s
    roman_words: tuple[str, ...] = ()  # words that look like a Roman number: I
    decade_ending: str = ""  # after the figures of a year: 1960s
    decade: str = ""  # expression for the words before the figures of a decade: jaren 60
    # expressions for a half: alone, with a {number} before it, and for one and a half
    half: str = ""
    and_a_half: tuple[str, ...] = ()
    one_and_a_half: str = ""
    quarter: str = ""  # expression for fifteen minutes
    half_hour: str = ""  # expression for thirty minutes
    cents: str = ""  # expression for the hundredth of a euro
    and_between: str = ""  # the word inside a number in words: two hundred and fifty
    # words that multiply a figure before them
    scales: Mapping[str, int] = field(default_factory=dict)
    percent: tuple[str, ...] = ()  # expressions for %; a space is any space
    euro: tuple[str, ...] = ()  # expressions for €
    euro_link: str = ""  # expression for the words between a scale and the currency: d'euros

    # addresses
    letters: Mapping[str, str] = field(default_factory=dict)  # as its slugs spell them: ä -> ae
    in_addresses: tuple[str, ...] = ()  # names of the language in web addresses, besides its code
    # words
    inflect: Inflect | None = None
    compounds: bool = False  # whether it writes compounds as one word
    prefixes: tuple[str, ...] = ()  # prefixes of words (néonazi), if `compounds` is False
    openings: tuple[str, ...] = ()  # prefixes with or without a hyphen: antiracisme, anti-racisme
    spaced_stops: bool = False  # whether a space belongs before ; : ! ?
    elision: str = ""  # expression for an apostrophe between two words
    # expression for words without their ligature (coeur, COEUR); a group matches the two letters
    ligatures: str = ""
    stop_words: frozenset[str] = frozenset()  # its commonest words, in small letters
    # Pagefind indexes stemt, gestemd and stemming by different stems. So the search treats words as one
    # word if they differ only in these endings of verbs and nouns, or in this prefix of participles. In
    # `vert/vr` the letters after the slash replace the ending: ouvert becomes ouvr, as in ouvrir
    verb_endings: tuple[str, ...] = ()
    participle: str = ""
    asking: frozenset[str] = frozenset()  # words around a search term: how, where, I need
    vague_links: frozenset[str] = frozenset()  # link texts that name no target, in small letters
    # a word that authors write instead of a key of YAML, in small letters -> that key
    keys: Mapping[str, str] = field(default_factory=dict)

    def default_typography(self, locale: str) -> str:
        """The typographic profile that a new site with this locale gets."""
        return self.typography_in.get(locale) or next(iter(self.typography), "plain")


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
