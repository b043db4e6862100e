"""Checks of every text that readers read, file by file, so that each is looked at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from diptych.cache import Cache
from diptych.checks.foreign import unmarked_phrases
from diptych.checks.slips import slips
from diptych.checks.weekdays import wrong_weekdays
from diptych.content.texts import File, texts_of
from diptych.content.types import Types
from diptych.diagnostics import Diagnostic
from diptych.site import Site
from diptych.values import Value


class TextsRequest(Value):
    """The texts of one file: everything that is said of them depends on this."""

    file: File
    types: Types
    locales: Mapping[str, str]
    foreign: Mapping[str, tuple[str, ...]]


def check_texts(site: Site, cache: Cache) -> Iterator[Diagnostic]:
    """wrong-weekday, unmarked-language, unbalanced-quotes, stray-mark in every text."""
    settings = site.settings
    locales = {language.key: language.locale for language in settings.languages}
    for file in site.text_files():
        request = TextsRequest(file, site.types, locales, settings.foreign)
        known_by = (file.source, site.types.written, locales, dict(settings.foreign))
        find = partial(cache.call, diagnose_texts, request)
        yield from cache.again(("texts", file.source.path), find, known_by)


def diagnose_texts(request: TextsRequest) -> tuple[Diagnostic, ...]:
    """What is wrong with the texts of one file."""
    problems: list[Diagnostic] = []
    for text in texts_of(request.file, request.types):
        if not text.is_html and text.language in request.locales:
            problems += wrong_weekdays(text, request.locales[text.language])
            problems += unmarked_phrases(text, request.foreign)
            problems += slips(text)
    return tuple(problems)
