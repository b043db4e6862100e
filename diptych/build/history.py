"""Old wordings of units, found again in earlier texts of their file by their digest."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from diptych.diagnostics import Source
from diptych.markup import DocumentRequest, parse_document
from diptych.model import Settings
from diptych.parity import Unit, units_of
from diptych.timeline import parse_timeline

Earlier = Callable[[str], Iterable[str]]  # path -> its earlier texts, newest first


class OldTexts:
    """Looks digests up in the history of files; every earlier text is read at most once."""

    def __init__(self, settings: Settings, earlier: Earlier) -> None:
        self._settings = settings
        self._earlier = earlier
        self._known: dict[tuple[str, str], dict[str, str]] = {}

    def find(self, path: str, key: str, language: str, digest: str) -> str | None:
        """The text that had this digest, or None when history does not tell."""
        place = (path, language)
        if place not in self._known:
            self._known[place] = self._read(path, key, language)
        return self._known[place].get(digest)

    def _read(self, path: str, key: str, language: str) -> dict[str, str]:
        """Digest -> text of every unit that the file ever had."""
        texts: dict[str, str] = {}
        for text in self._earlier(path):
            source = Source(path, text)
            for unit in self._units(source, key, language):
                texts.setdefault(unit.digest, unit.text)
        return texts

    def _units(self, source: Source, key: str, language: str) -> tuple[Unit, ...]:
        languages = self._settings.languages
        if source.path.endswith(".yaml"):
            keys = tuple(each.key for each in languages)
            topics = tuple(topic.key for topic in self._settings.topics)
            timeline = parse_timeline(source, key, keys, topics).value
            return units_of(None, timeline, language)
        document = parse_document(DocumentRequest(source, key, language, languages)).value
        return units_of(document, None, language)
