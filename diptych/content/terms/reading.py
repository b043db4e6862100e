"""Reads the terms of `content/terms.yaml`, and reports contradictions between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from diptych.content.doubles import doubles
from diptych.content.kinds import KEY, PROSE, TEXT
from diptych.content.terms.vocabulary import Term, Vocabulary
from diptych.diagnostics import (
    Diagnostic,
    Placed,
    Source,
    Span,
    error,
    say,
    warning,
)
from diptych.model import Entry, Records
from diptych.values import replace
from diptych.yaml import Field, ListOf, PerLanguage, Record, Role, TableOf

_ITS_OWN = ("avoided-term",)  # a term names the words that it avoids

TERM = Record(
    say("a term"),
    {
        "id": Field(
            KEY, say("the fixed name, the same in every language"), True, example="sex-work"
        ),
        "preferred": Field(
            PerLanguage(TEXT),
            say("the word that we choose, in each language"),
            True,
            role=Role.TITLE,
        ),
        "avoid": Field(
            PerLanguage(ListOf(TEXT)),
            say("the words that we avoid, in each language"),
            example="{nl: [prostitutie], fr: [prostitution]}",
        ),
        "reason": Field(
            PerLanguage(PROSE), say("why, in each language"), True, role=Role.PROSE, exempt=_ITS_OWN
        ),
        "note": Field(
            PerLanguage(PROSE),
            say("when it may be another word, in each language"),
            role=Role.PROSE,
            exempt=_ITS_OWN,
        ),
        "forms": Field(
            PerLanguage(TableOf(ListOf(TEXT))),
            say("words with their irregular forms"),
            example="{fr: {travail: [travaux]}}",
        ),
        "except": Field(
            PerLanguage(ListOf(TEXT)),
            say("phrases in which an avoided word is right, such as names"),
            example="{nl: [kinderprostitutie]}",
        ),
    },
)


def terms_of(records: Records) -> tuple[Term, ...]:
    """The terms of a file, in its order. A term without id, word or reason is left out, and so is
    one with the id of an earlier term.
    """
    terms: dict[str, Term] = {}
    for entry in records.entries:
        term = _term(entry.values)
        if term is not None:
            terms.setdefault(term.id, term)
    return tuple(terms.values())


def verify(records: Records) -> Iterator[Diagnostic]:
    """Mistakes that show only across the values of a term, or across terms.

    Diagnostics: duplicate-term, term-conflict, term-without-effect, missing-key for a term with no
    preferred word in any language.
    """
    for entry in records.entries:
        yield from _wordless(entry)
    for entry, first in doubles(records):
        yield _duplicate(entry, first, records.source)
    terms = terms_of(records)
    yield from _conflicts(terms, records.source)
    for term in terms:
        yield from _without_effect(term)


def _wordless(entry: Entry) -> Iterator[Diagnostic]:
    """missing-key: a term has no preferred word in any language."""
    if entry.id and "reason" in entry.values and entry.values.get("preferred") == {}:
        message = say("a term needs a preferred word in at least one language")
        yield error("missing-key", entry.span, message)


def _term(fields: Mapping[str, Any]) -> Term | None:
    identity = fields.get("id")
    if identity is None or not fields.get("preferred") or "reason" not in fields:
        return None
    return Term(
        id=identity.value,
        span=identity.span,
        preferred=fields["preferred"],
        reasons=fields["reason"],
        avoided=fields.get("avoid", {}),
        notes=fields.get("note", {}),
        forms=fields.get("forms", {}),
        exceptions=fields.get("except", {}),
    )


def _duplicate(entry: Entry, first: Entry, source: Source) -> Diagnostic:
    """duplicate-term: a term has the id of an earlier term."""
    line, _ = source.position(first.span.start)
    message = say("the term on line {line} already has the id `{id}`", id=entry.id, line=line)
    hint = say("an id is the fixed address of one term")
    edits = entry.span.becomes(f"{entry.id}-2")
    return error("duplicate-term", entry.span, message, hint, edits)


def _conflicts(terms: tuple[Term, ...], source: Source) -> Iterator[Diagnostic]:
    """term-conflict: a word that is both avoided and preferred, or avoided twice."""
    chosen = {
        (language, _folded(word)): word.span
        for term in terms
        for language, word in term.preferred.items()
    }
    avoided: dict[tuple[str, str], Span] = {}
    for term in terms:
        for language, words in term.avoided.items():
            for word in words:
                key = language, _folded(word)
                if key in chosen:
                    line, _ = source.position(chosen[key].start)
                    message = say(
                        "“{word}” is avoided here and preferred on line {line}",
                        word=word.value,
                        line=line,
                    )
                    yield error("term-conflict", word.span, message, say("keep one of the two"))
                elif key in avoided:
                    line, _ = source.position(avoided[key].start)
                    message = say(
                        "“{word}” is avoided on line {line} already", word=word.value, line=line
                    )
                    yield error("term-conflict", word.span, message, say("keep one of the two"))
                avoided.setdefault(key, word.span)


def _without_effect(term: Term) -> Iterator[Diagnostic]:
    """term-without-effect: exceptions without an avoided word, and irregular forms of words that
    the term does not have.
    """
    bare = Vocabulary((replace(term, exceptions={}),))
    for language, phrases in term.exceptions.items():
        for phrase in phrases:
            if not bare.in_language(language).avoided_in(phrase.value):
                message = say(
                    "“{phrase}” holds none of the words that this term avoids", phrase=phrase.value
                )
                hint = say("write the whole phrase, with the avoided word in it")
                yield warning("term-without-effect", phrase.span, message, hint)
    for language, table in term.forms.items():
        words = set(_words(term, language))
        for word, forms in table.items():
            if word.casefold() not in words and forms:
                message = say(
                    "“{word}” is no word of this term, so its forms are never looked for", word=word
                )
                hint = say("write the word as it stands below preferred, avoid or except")
                yield warning("term-without-effect", forms[0].span, message, hint)


def _words(term: Term, language: str) -> Iterator[str]:
    """Every word of a term in a language, and every phrase, in small letters."""
    phrases = [*term.avoided.get(language, ()), *term.exceptions.get(language, ())]
    if language in term.preferred:
        phrases.append(term.preferred[language])
    for phrase in phrases:
        yield _folded(phrase)
        yield from _folded(phrase).split()


def _folded(word: Placed[str]) -> str:
    return " ".join(word.value.casefold().split())
