"""Checks of words: those that the site avoids, at their place in what editors wrote."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.cache import Cache, digest
from diptych.content.terms import Finder, Use, Vocabulary, catalog_words
from diptych.content.texts import File, Text, texts_of
from diptych.content.types import Types
from diptych.diagnostics import Diagnostic, Source, Span, say, warning
from diptych.site import Site
from diptych.values import Value

_CHECK = "avoided-term"


class WordsRequest(Value):
    """The words of one file: everything that is said of them depends on this."""

    vocabulary: Vocabulary
    types: Types
    file: File | Source  # what editors wrote, or a catalog
    language: str = ""  # of a catalog


def check_words(site: Site, cache: Cache) -> Iterator[Diagnostic]:
    """avoided-term: a word that we avoid, in anything that a reader reads."""
    vocabulary = site.vocabulary
    if not any(term.avoided for term in vocabulary.terms):
        return
    known = digest(vocabulary)
    for file, language in _files(site):
        source = file if isinstance(file, Source) else file.source
        request = WordsRequest(vocabulary, site.types, file, language)
        inputs = {"text": source, "vocabulary": known, "types": site.types.written}
        yield from cache.call(words_of_file, source.path, request, inputs)


def _files(site: Site) -> Iterator[tuple[File | Source, str]]:
    """What holds words for readers; a catalog with its language."""
    for file in site.text_files():
        yield file, ""
    for key, catalog in site.catalogs.items():
        if catalog.source is not None:
            yield catalog.source, key


def words_of_file(request: WordsRequest) -> tuple[Diagnostic, ...]:
    """The avoided words of one file."""
    file, vocabulary = request.file, request.vocabulary
    if not isinstance(file, Source):
        return tuple(
            each
            for text in texts_of(file, request.types)
            if _CHECK not in text.exempt
            for each in _in_text(vocabulary.in_language(text.language), text)
        )
    finder = vocabulary.in_language(request.language)
    return tuple(
        _avoided(
            use, file.text[use.start : use.end], file.span(use.start, use.end), request.language
        )
        for use in finder.avoided_in(catalog_words(file.text))
    )


def _in_text(finder: Finder, text: Text) -> Iterator[Diagnostic]:
    if finder.may_avoid(text.written):
        for use in finder.avoided_in(text.words):
            place = text.place(use.start, use.end)
            yield _avoided(use, text.written[use.start : use.end], place, text.language)


def _avoided(use: Use, word: str, span: Span, language: str) -> Diagnostic:
    message = say("we avoid the word “{word}”", word=" ".join(word.split()))
    preferred, reason = use.term.preferred.get(language), use.term.reasons.get(language)
    if preferred is None:
        return warning(_CHECK, span, message)
    hint = say(
        "write “{preferred}”. {reason}",
        preferred=preferred.value,
        reason=" ".join(reason.value.split()) if reason else "",
    )
    return warning(_CHECK, span, message, hint)
