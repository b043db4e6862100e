"""Checks of every text that readers read, file by file, so that each is looked at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from diptych.cache import Cache
from diptych.checks.foreign import unmarked_phrases
from diptych.checks.passages import Text, files_of, passages_of
from diptych.checks.slips import slips
from diptych.checks.weekdays import wrong_weekdays
from diptych.diagnostics import Diagnostic
from diptych.site import Site
from diptych.values import Value


class TextsRequest(Value):
    """The texts of one file: everything that is said of them depends on this."""

    file: Text
    languages: tuple[str, ...]  # that the file is written in
    locales: Mapping[str, str]
    foreign: Mapping[str, tuple[str, ...]]


def check_texts(site: Site, cache: Cache) -> Iterator[Diagnostic]:
    """wrong-weekday, unmarked-language, unbalanced-quotes, stray-mark in pages and events."""
    settings = site.settings
    locales = {language.key: language.locale for language in settings.languages}
    for file, languages in files_of(site):
        request = TextsRequest(file, languages, locales, settings.foreign)
        known_by = (file.source, languages, locales, dict(settings.foreign))
        find = partial(cache.call, diagnose_texts, request)
        yield from cache.again(("texts", file.source.path), find, known_by)


def diagnose_texts(request: TextsRequest) -> tuple[Diagnostic, ...]:
    """What is wrong with the texts of one file."""
    problems: list[Diagnostic] = []
    for passage in passages_of(request.file, request.languages):
        problems += wrong_weekdays(passage, request.locales[passage.language])
        problems += unmarked_phrases(passage, request.foreign)
        problems += slips(passage)
    return tuple(problems)
