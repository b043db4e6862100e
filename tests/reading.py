"""Files of events and terms, read as a build reads them."""

from __future__ import annotations

from diptych.content.terms.reading import terms_of
from diptych.content.terms.vocabulary import Term
from diptych.content.timeline import timeline_of
from diptych.content.types import TERMS, TIMELINE, RecordsRequest, read_records
from diptych.diagnostics import Outcome, Source
from diptych.model import Timeline


def parse_timeline(source: Source, key: str, languages: tuple[str, ...]) -> Outcome[Timeline]:
    """The timeline of a file; `key` is the page key of its bundle."""
    read = read_records(RecordsRequest(source, TIMELINE, key, languages))
    return Outcome(timeline_of(read.value), read.diagnostics)


def parse_terms(source: Source, languages: tuple[str, ...]) -> Outcome[tuple[Term, ...]]:
    """The terms of a file."""
    read = read_records(RecordsRequest(source, TERMS, "", languages))
    return Outcome(terms_of(read.value), read.diagnostics)
