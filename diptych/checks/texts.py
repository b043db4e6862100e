"""Checks of every text that readers read, file by file, so that each is looked at once."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.cache import Cache
from diptych.checks.rules import Rules
from diptych.checks.table import own_checks, run_checks
from diptych.content.texts import File, Text, texts_of
from diptych.content.types import Types
from diptych.diagnostics import Diagnostic, Source
from diptych.site import Site
from diptych.values import Value


class TextsRequest(Value):
    """The texts of one file: everything that is said of them depends on this."""

    file: File
    types: Types
    rules: Rules
    extend: Source | None = None  # the site's extend.py, where it has checks of texts


def check_texts(site: Site, cache: Cache) -> Iterator[Diagnostic]:
    """What the checks of a Text find in every text of the site."""
    settings = site.settings
    extend = own_checks(Text, site.extend)
    locales = {language.key: language.locale for language in settings.languages}
    for file in site.text_files():
        request = TextsRequest(file, site.types, Rules(locales, settings.foreign), extend)
        inputs = {
            "text": file.source,
            "types": site.types.written,
            "locales": locales,
            "foreign": settings.foreign,
            "extend": extend,
        }
        yield from cache.call(diagnose_texts, file.source.path, request, inputs)


def diagnose_texts(request: TextsRequest) -> tuple[Diagnostic, ...]:
    """What is wrong with the texts of one file."""
    problems: list[Diagnostic] = []
    for text in texts_of(request.file, request.types):
        if not text.is_html and text.language in request.rules.locales:
            problems += run_checks(Text, request.extend, text, request.rules)
    return tuple(problems)
