"""The old wordings of units, found by their digests in earlier versions of their file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from diptych.content.page import DocumentRequest, parse_document
from diptych.content.types import RecordsRequest, Types, read_records
from diptych.diagnostics import Source
from diptych.model import Settings
from diptych.translation import Unit, units_of

Earlier = Callable[[str], Iterable[str]]  # path -> its earlier texts, newest first


class OldTexts:
    """Finds texts by their digests in the history of files. It goes back only as far as it must,
    and reads every earlier version at most once.
    """

    def __init__(self, settings: Settings, types: Types, earlier: Earlier) -> None:
        self._settings = settings
        self._types = types
        self._earlier = earlier
        self._unread: dict[str, Iterator[str]] = {}
        self._known: dict[tuple[str, str], dict[str, str]] = {}  # path, language: digest -> text

    def find(self, path: str, key: str, language: str, digest: str) -> str | None:
        """The text with this digest, or None if no earlier version holds it."""
        known = self._known.setdefault((path, language), {})
        unread = self._unread.setdefault(path, iter(self._earlier(path)))
        while digest not in known:
            text = next(unread, None)
            if text is None:
                return None
            self._read(Source(path, text), key, language)
        return known[digest]

    def _read(self, source: Source, key: str, language: str) -> None:
        """Remembers the texts of all units of one version of a file; of a file of records, in every
        language.
        """
        for each, units in self._units(source, key, language).items():
            known = self._known.setdefault((source.path, each), {})
            for unit in units:
                known.setdefault(unit.digest, unit.text)

    def _units(self, source: Source, key: str, language: str) -> Mapping[str, tuple[Unit, ...]]:
        languages = self._settings.languages
        place = self._types.of(source.path)
        if place is not None and place.language is None:
            keys = tuple(each.key for each in languages)
            records = (read_records(RecordsRequest(source, place.type, key, keys)).value,)
            return {each: units_of(None, records, each, self._types) for each in keys}
        request = DocumentRequest(source, key, language, languages, self._types.page.record)
        document = parse_document(request).value
        return {language: units_of(document, (), language, self._types)}
