"""The records of a site: those of its pages, of its terms and its settings."""

from __future__ import annotations

from collections.abc import Iterable

from diptych.model import Document, Records, Settings


def shown_records(
    records: Iterable[Records], settings: Settings, documents: Iterable[Document]
) -> tuple[Records, ...]:
    """Those of the whole site, and those beside a page that is shown; a draft takes its own along."""
    keys = {"", *(document.key for document in documents)}
    own = () if settings.written is None else (settings.written,)
    return (*own, *(each for each in records if each.key in keys))
