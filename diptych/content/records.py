"""A file of records -> `Records`, by its content type."""

from __future__ import annotations

from diptych.content.entries import read_entries, read_entry
from diptych.content.types import Type
from diptych.diagnostics import Outcome, Source
from diptych.model import Records
from diptych.values import Value


class RecordsRequest(Value):
    """A file of records to read: everything its result depends on."""

    source: Source
    type: Type
    key: str  # the page key of its bundle; "" for a file of the whole site
    languages: tuple[str, ...]


def read_records(request: RecordsRequest) -> Outcome[Records]:
    """The entries of a file, in its order; of a file that is no list, the one that it is.

    Diagnostics: those of YAML and shapes, and of the type's `verify`.
    """
    kind, source = request.type, request.source
    entries = (
        read_entry(source, kind.record, request.languages)
        if kind.listed is None
        else read_entries(source, kind.record, kind.listed, request.languages)
    )
    records = Records(kind.name, request.key, entries.value, source)
    return Outcome(records, (*entries.diagnostics, *kind.verify(records)))
