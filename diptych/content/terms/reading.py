"""`content/terms.yaml` -> terms: every value placed, every mistake told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from diptych.content.entries import read_entries
from diptych.content.fields import Field, Record, Role
from diptych.content.kinds import KEY, PROSE, TEXT
from diptych.content.terms.matching import Vocabulary
from diptych.content.terms.values import Term
from diptych.diagnostics import (
    Diagnostic,
    Outcome,
    Placed,
    Source,
    Span,
    error,
    say,
    warning,
)
from diptych.model import Records
from diptych.values import replace
from diptych.yaml import ListOf, PerLanguage, TableOf

_ITS_OWN = ("avoided-term",)  # a term speaks of the words that it avoids

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


LISTED = say("terms.yaml is a list of terms (lines that begin with `- id:`)")


def parse_terms(source: Source, languages: tuple[str, ...]) -> Outcome[tuple[Term, ...]]:
    """The terms of a file.

    Diagnostics: those of YAML and shapes, and of `terms_of`.
    """
    entries = read_entries(source, TERM, LISTED, languages)
    made = terms_of(Records("terms", "", entries.value, source))
    return Outcome(made.value, (*entries.diagnostics, *made.diagnostics))


def terms_of(records: Records) -> Outcome[tuple[Term, ...]]:
    """The terms of a file, in its order; one that lacks its id, word or reason is left out.

    Diagnostics: duplicate-term, term-conflict, term-without-effect.
    """
    report: list[Diagnostic] = []
    terms: dict[str, Term] = {}
    for entry in records.entries:
        term = _term(entry.values, report)
        if term is not None and term.id in terms:
            report.append(_duplicate(term, terms[term.id], records.source))
        elif term is not None:
            terms[term.id] = term
    found = tuple(terms.values())
    report += _conflicts(found, records.source)
    for term in found:
        report += _without_effect(term)
    return Outcome(found, tuple(report))


def _term(fields: Mapping[str, Any], report: list[Diagnostic]) -> Term | None:
    identity = fields.get("id")
    if identity is None or "preferred" not in fields or "reason" not in fields:
        return None  # what is missing was told
    if not fields["preferred"]:
        message = say("a term needs a preferred word in at least one language")
        report.append(error("missing-key", identity.span, message))
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


def _duplicate(term: Term, first: Term, source: Source) -> Diagnostic:
    line, _ = source.position(first.span.start)
    message = say("the term on line {line} already has the id `{id}`", id=term.id, line=line)
    hint = say("an id is the fixed address of one term")
    edits = term.span.becomes(f"{term.id}-2")
    return error("duplicate-term", term.span, message, hint, edits)


def _conflicts(terms: tuple[Term, ...], source: Source) -> Iterator[Diagnostic]:
    """A word that is avoided cannot be preferred too, nor be avoided twice."""
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
    """Exceptions that hold no avoided word, and forms of words that the term does not have."""
    bare = Vocabulary((replace(term, exceptions={}),))
    for language, phrases in term.exceptions.items():
        for phrase in phrases:
            if not bare.avoided_in(phrase.value, language):
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
