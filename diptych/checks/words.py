"""Finds words that the site avoids, with their places in the editors' files."""

from __future__ import annotations

from collections.abc import Iterator

from diptych.checks.rules import Rules
from diptych.content.terms import Use, Vocabulary, catalog_words
from diptych.content.texts import Text
from diptych.diagnostics import Severity, Source, Span, say
from diptych.extend import Found, check
from diptych.values import Value


class Interface(Value):
    """A catalog: the words of the site's own templates in one language."""

    source: Source
    language: str  # its key
    vocabulary: Vocabulary


@check("avoided-term", Severity.WARNING, of=Text, html=True)
def avoided_term(text: Text, rules: Rules) -> Iterator[Found]:
    """An avoided word in any text for readers."""
    finder = rules.vocabulary.in_language(text.language)
    if finder.may_avoid(text.written):
        for use in finder.avoided_in(text.words):
            place = text.place(use.start, use.end)
            yield _avoided(use, text.written[use.start : use.end], place, text.language)


@check("avoided-term", Severity.WARNING, of=Interface)
def avoided_term_in_interface(interface: Interface) -> Iterator[Found]:
    """An avoided word in a string of the templates."""
    source, language = interface.source, interface.language
    for use in interface.vocabulary.in_language(language).avoided_in(catalog_words(source.text)):
        word, span = source.text[use.start : use.end], source.span(use.start, use.end)
        yield _avoided(use, word, span, language)


def _avoided(use: Use, word: str, span: Span, language: str) -> Found:
    message = say("we avoid the word “{word}”", word=" ".join(word.split()))
    preferred, reason = use.term.preferred.get(language), use.term.reasons.get(language)
    if preferred is None:
        return Found(span, message)
    hint = say(
        "write “{preferred}”. {reason}",
        preferred=preferred.value,
        reason=" ".join(reason.value.split()) if reason else "",
    )
    return Found(span, message, hint)
