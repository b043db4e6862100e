"""The data of CLDR on a locale: names of languages, direction of writing.

Babel takes long to import, so only the functions that need it import it.
"""

from __future__ import annotations

import re
from functools import cache

from diptych.i18n.notations import is_well_known
from diptych.languages import LANGUAGES

_TAG = re.compile(  # matches word by word: a third faster than `[^<>]*?`, character by character
    r"<[a-z][^<>\s]*+(?>(?:\s(?!lang=\")[^<>\s]*+)*)\slang=\"(?P<lang>[^\"<>]*)\"[^<>]*>",
    re.IGNORECASE,
)
_DIR = re.compile(r"\sdir=")


def known_locale(name: str) -> bool:
    """Whether CLDR has data for a locale such as `nl_BE`."""
    if is_well_known(name):
        return True
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?", name):
        return False  # Babel would ignore the parts that it does not know
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError, TypeError):
        return False
    return True


def own_name(name: str) -> str:
    """The name of a locale's language in that language: `español` for `es`; "" if CLDR lacks it."""
    from babel import Locale

    return str(Locale.parse(name).get_language_name() or "") if known_locale(name) else ""


def language_code(name: str) -> str | None:
    """The code of a language, by its name in Dutch, French, German or English; None if unknown."""
    from babel import Locale

    for locale in LANGUAGES:
        for code, label in Locale.parse(locale).languages.items():
            if label.casefold() == name.casefold():
                return str(code)
    return None


@cache
def direction_of(tag: str) -> str:
    """The direction of writing of a language tag such as `ar-BE`: `ltr` or `rtl`; `ltr` if unknown."""
    if is_well_known(tag.replace("-", "_")):
        return "ltr"
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(tag, sep="-").text_direction)
    except (ValueError, UnknownLocaleError):
        return "ltr"


def with_directions(html: str) -> str:
    """The HTML with a `dir` on every element that has a `lang`, if one of these languages is written
    from right to left; else the HTML unchanged. `lang` alone changes no direction:
    https://html.spec.whatwg.org/multipage/dom.html#the-dir-attribute
    """
    return _TAG.sub(_directed, html) if has_right_to_left(html) else html


def has_right_to_left(html: str) -> bool:
    """Whether an element of the HTML has a `lang` whose language is written from right to left."""
    return any(direction_of(found["lang"]) == "rtl" for found in _TAG.finditer(html))


def _directed(found: re.Match[str]) -> str:
    element = found.group()
    if _DIR.search(element):
        return element
    end = found.end("lang") + 1 - found.start()
    return f'{element[:end]} dir="{direction_of(found["lang"])}"{element[end:]}'
