"""The first values of a new site, in each language of the theme."""

from __future__ import annotations

from types import MappingProxyType

LOCALES = MappingProxyType({"nl": "nl_BE", "fr": "fr_BE", "de": "de_BE", "en": "en_GB"})
NAMES = MappingProxyType({"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"})
TYPOGRAPHIES = MappingProxyType(  # by language, or by locale where a country has its own
    {"nl": "dutch", "fr": "french", "de": "german", "en": "english", "fr_CH": "french-thin"}
)
