"""The rules of languages hold the notation of common locales, as CLDR has it."""

import subprocess
import sys

import pytest
from babel import Locale

from diptych.diagnostics import LanguageNames, say
from diptych.i18n import direction_of, notation, translator
from diptych.i18n.notations import notation_of_cldr
from diptych.languages import LANGUAGES

WELL_KNOWN = [locale for rules in LANGUAGES.values() for locale in rules.separators]


@pytest.mark.parametrize("locale", WELL_KNOWN)
def test_a_well_known_locale_is_as_in_cldr(locale: str) -> None:
    assert notation(locale) == notation_of_cldr(locale)
    assert direction_of(locale.replace("_", "-")) == Locale.parse(locale).text_direction


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
@pytest.mark.parametrize("locale", WELL_KNOWN)
def test_languages_are_named_as_in_cldr(locale: str, language: str) -> None:
    names = LanguageNames(((locale, "its own name"),))
    spoken = translator(language)(say("in {names}", names=names))
    assert spoken.endswith(f" {Locale.parse(locale).get_language_name(language)}")


def test_without_a_language_each_keeps_its_own_name() -> None:
    names = LanguageNames((("nl_BE", "Nederlands"), ("fr_BE", "Français")))
    assert translator("c.")(say("in {names}", names=names)) == "in Nederlands, Français"


def test_they_need_no_babel() -> None:
    code = (
        "import sys; from diptych.i18n import direction_of, notation;"
        "notation('nl_BE'); direction_of('fr-BE'); print('babel' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
