"""A file of records -> its entries, each read by one record."""

from __future__ import annotations

from diptych.content.fields import Record
from diptych.diagnostics import Message, Outcome, Placed, Source, error
from diptych.model import Entry, Fields
from diptych.yaml import Sequence, compose, read_shape


def read_entries(
    source: Source, record: Record, expected: Message, languages: tuple[str, ...]
) -> Outcome[tuple[Entry, ...]]:
    """The entries of a list, in its order; `expected` says what the file is, if it is no list.

    Diagnostics: those of YAML and shapes.
    """
    composed = compose(source)
    report = list(composed.diagnostics)
    if not isinstance(composed.value, Sequence):
        if composed.value is not None:
            span = composed.value.span
            report.append(error("wrong-type", span, expected))
        return Outcome((), tuple(report))
    entries = []
    for node in composed.value.items:
        values = read_shape(node, record, languages, report)
        if values:
            identity: Placed[str] | None = values.get("id")
            span = identity.span if identity else node.span
            entries.append(Entry(identity.value if identity else "", Fields(values), span))
    return Outcome(tuple(entries), tuple(report))


def read_entry(
    source: Source, record: Record, languages: tuple[str, ...]
) -> Outcome[tuple[Entry, ...]]:
    """The one entry of a file that is no list, such as `site.yaml`; none where nothing can be read.

    Diagnostics: those of YAML and shapes.
    """
    composed = compose(source)
    report = list(composed.diagnostics)
    if composed.value is None:
        return Outcome((), tuple(report))
    values = read_shape(composed.value, record, languages, report)
    entries = (Entry("", Fields(values), source.span(0)),) if values else ()
    return Outcome(entries, tuple(report))
