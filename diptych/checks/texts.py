"""Runs the checks of texts for readers, file by file."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.cache import Cache, digest
from diptych.checks.rules import Rules
from diptych.checks.table import checks_of, own_checks, run_checks
from diptych.checks.words import Interface
from diptych.content.texts import File, Text, texts_of
from diptych.content.types import Types
from diptych.diagnostics import Diagnostic, Source
from diptych.files.text import text_digest
from diptych.site import Site
from diptych.values import Value


class TextsRequest(Value):
    """The texts of one file, with everything that the findings depend on."""

    file: File
    types: Types
    rules: Rules
    extend: Source | None = None  # the site's extend.py, if it has checks of texts


def check_texts(site: Site, cache: Cache) -> Iterator[Diagnostic]:
    """The findings of the checks of a Text in every text of the site, and of the checks of an
    Interface in its catalogs.
    """
    settings = site.settings
    extend = own_checks(Text, site.extend)
    locales = {language.key: language.locale for language in settings.languages}
    rules = Rules(locales, settings.foreign, site.vocabulary)
    known: dict[str, object] = {"rules": digest(rules), "extend": digest(extend)}
    types = digest(site.types.written)
    files = tuple(site.text_files())
    cache.expect(diagnose_texts, len(files))
    for file in files:
        request = TextsRequest(file, site.types, rules, extend)
        inputs = {"text": text_digest(file.source), "types": types, **known}
        yield from cache.call(diagnose_texts, file.source.path, request, inputs)
    for key, catalog in site.catalogs.items():
        if catalog.source is not None:
            interface = Interface(catalog.source, key, site.vocabulary)
            inputs = {"text": catalog.source, "language": key, **known}
            yield from cache.call(diagnose_interface, catalog.source.path, interface, inputs)


def diagnose_texts(request: TextsRequest) -> tuple[Diagnostic, ...]:
    """The findings in the texts of one file."""
    checks = checks_of(Text, request.extend)
    return tuple(
        problem
        for text in texts_of(request.file, request.types)
        if text.language in request.rules.locales
        for each in checks
        if each.name not in text.exempt and (each.html or not text.is_html)
        for problem in each(text, request.rules)
    )


def diagnose_interface(interface: Interface) -> tuple[Diagnostic, ...]:
    """The findings in the words of one catalog."""
    return tuple(run_checks(Interface, None, interface))
