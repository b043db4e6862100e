"""Checks of words: those that the site avoids, at their place in what editors wrote."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from diptych.cache import Cache, digest
from diptych.checks.passages import place_of
from diptych.content.terms import Finder, Term, Use, Vocabulary, catalog_words, prose_words
from diptych.diagnostics import Diagnostic, Placed, Source, Span, say, warning
from diptych.model import Document, Event, Timeline
from diptych.site import Site
from diptych.site.values import FALLBACK
from diptych.values import Value

_PASSED_OVER = {"code", "rule"}  # kinds of blocks that hold no words

File = Document | Timeline | Source  # a page, the events of a page, a catalog


class WordsRequest(Value):
    """The words of one file: everything that is said of them depends on this."""

    vocabulary: Vocabulary
    file: File
    languages: tuple[str, ...]  # that the file is written in


def check_words(site: Site, cache: Cache) -> Iterator[Diagnostic]:
    """Avoided words in everything that a reader reads, and terms that a language lacks.

    Diagnostics: avoided-term, missing-translation.
    """
    vocabulary = site.vocabulary
    yield from _missing(site)
    if not any(term.avoided for term in vocabulary.terms):
        return
    known = cache.again(("vocabulary",), digest, vocabulary)
    for file, languages in _files(site):
        source = file if isinstance(file, Source) else file.source
        request = WordsRequest(vocabulary, file, languages)
        find = partial(cache.call, words_of_file, request)
        yield from cache.again(("words", source.path, *languages), find, (known, source, languages))


def _files(site: Site) -> Iterator[tuple[File, tuple[str, ...]]]:
    """What holds words for readers, with the languages that it is written in."""
    every = tuple(language.key for language in site.settings.languages)
    for page in site.pages:
        if page.state != FALLBACK:
            yield page.document, (page.language,)
    for timeline in site.timelines:
        yield timeline, every
    for key, catalog in site.catalogs.items():
        if catalog.source is not None:
            yield catalog.source, (key,)


def words_of_file(request: WordsRequest) -> tuple[Diagnostic, ...]:
    """The avoided words of one file."""
    file = request.file
    problems: list[Diagnostic] = []
    for language in request.languages:
        finder = request.vocabulary.in_language(language)
        if isinstance(file, Document):
            problems += _document(finder, file, language)
        elif isinstance(file, Timeline):
            for event in file.events:
                problems += _event(finder, file.source, event, language)
        else:
            for use in finder.avoided_in(catalog_words(file.text)):
                problems.append(_avoided(use, file, file.span(use.start, use.end), language))
    return tuple(problems)


def _document(finder: Finder, document: Document, language: str) -> Iterator[Diagnostic]:
    front, source = document.front, document.source
    for field in (front.title, front.short, front.description, front.image_alt):
        if field is not None:
            yield from _placed(finder, field, source, language, plain=True)
    for block in document.blocks:
        if block.kind in _PASSED_OVER or not finder.may_avoid(block.text):
            continue
        for use in finder.avoided_in(prose_words(block.text, language)):
            start = block.span.start
            span = source.span(start + use.start, start + use.end)
            yield _avoided(use, source, span, language)


def _event(finder: Finder, source: Source, event: Event, language: str) -> Iterator[Diagnostic]:
    for texts in (event.titles, event.texts):
        if language in texts:
            yield from _placed(finder, texts[language], source, language)
    labels = (figure.labels.get(language, "") for figure in event.figures)
    for text in (*labels, event.image_alts.get(language, "")):
        for use in finder.avoided_in(text):
            start = source.text.find(text, event.span.start)
            found = source.span(start + use.start, start + use.end)
            span = event.span if start < 0 else found
            yield _avoided(use, source, span, language, text[use.start : use.end])


def _placed(
    finder: Finder, written: Placed[str], source: Source, language: str, *, plain: bool = False
) -> Iterator[Diagnostic]:
    """Of a text inside YAML; `plain` when it is no Markdown."""
    if not finder.may_avoid(written.value):
        return
    text = written.value if plain else prose_words(written.value, language)
    for use in finder.avoided_in(text):
        span = place_of(written, use.start, use.end, source)
        yield _avoided(use, source, span, language, written.value[use.start : use.end])


def _avoided(
    use: Use, source: Source, span: Span, language: str, word: str | None = None
) -> Diagnostic:
    shown = " ".join((word or source.text[span.start : span.end]).split())
    message = say("we avoid the word “{word}”", word=shown)
    preferred, reason = use.term.preferred.get(language), use.term.reasons.get(language)
    if preferred is None:
        return warning("avoided-term", span, message)
    hint = say(
        "write “{preferred}”. {reason}",
        preferred=preferred.value,
        reason=" ".join(reason.value.split()) if reason else "",
    )
    return warning("avoided-term", span, message, hint)


def _missing(site: Site) -> Iterator[Diagnostic]:
    for term in site.vocabulary.terms:
        for language in site.settings.languages:
            lacking = _lacking(term, language.key)
            if lacking:
                message = say(
                    "the term “{id}” has no {name} {parts}",
                    id=term.id,
                    name=language.name,
                    parts=" + ".join(lacking),
                )
                hint = say(
                    "add a line `{language}:` below {parts}",
                    language=language.key,
                    parts=" + ".join(lacking),
                )
                yield warning("missing-translation", term.span, message, hint)


def _lacking(term: Term, language: str) -> list[str]:
    parts = [("preferred", term.preferred), ("reason", term.reasons)]
    if term.notes:
        parts.append(("note", term.notes))
    return [name for name, texts in parts if language not in texts]
