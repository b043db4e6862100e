"""The texts that one lock tracks: a page with the records beside it, `site.yaml`, or `terms.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from diptych.content.texts import File, page_of
from diptych.content.types import BUILT_IN, TERMS, Types
from diptych.diagnostics import Source
from diptych.model import Document, Language, Records
from diptych.site import Site
from diptych.translation.headings import are_settled, confirmed_names, renamed, shared_names
from diptych.translation.lock import ConfirmedUnit, lock_path
from diptych.translation.units import Unit, units_of
from diptych.values import Value

Units = Mapping[str, tuple[Unit, ...]]  # by language


class Bundle(Value):
    """The texts that one lock tracks, with all that their translation report depends on."""

    key: str  # of the page; `site.yaml` or `terms.yaml` for a file of the whole site
    documents: tuple[Document, ...]  # one per language; none for a file of the whole site
    records: tuple[Records, ...]  # the record files beside the page, or the one file
    lock: Source | None
    languages: tuple[Language, ...]  # of the site
    types: Types = BUILT_IN  # of the site

    @property
    def sources(self) -> Mapping[str, Source]:
        """The texts of its files, by path."""
        files: tuple[File, ...] = (*self.documents, *self.records)
        return {each.source.path: each.source for each in files}

    def units(self, confirmed: Iterable[ConfirmedUnit] = ()) -> Units:
        """Its units in every language of the site, in reading order. Headings that belong together
        get one id in all languages, even if their authors gave them different ids. `confirmed` are
        the records of the lock.
        """
        units = self._paired()
        return units if self._is_settled else _with_names(units, confirmed_names(units, confirmed))

    def other_ids(self, confirmed: Iterable[ConfirmedUnit]) -> Mapping[tuple[str, str], str]:
        """The result of `confirmed_names`, for headings that belong together only by their records
        in the lock.
        """
        return {} if self._is_settled else confirmed_names(self._paired(), confirmed)

    @property
    def _is_settled(self) -> bool:
        return are_settled(each.settled for each in self.documents)

    def _paired(self) -> Units:
        """The units. Headings that belong together by their order and their words have one id."""
        documents = {document.language: document for document in self.documents}
        units = {
            each.key: units_of(documents.get(each.key), self.records, each.key, self.types)
            for each in self.languages
        }
        if self._is_settled:
            return units
        names = shared_names({key: each.prose.headings for key, each in documents.items()})
        return _with_names(units, names)


def _with_names(units: Units, names: Mapping[tuple[str, str], str]) -> Units:
    """The units, with the ids of some headings replaced: `names` has the new ids, by language and
    present id.
    """
    found = dict(units)
    for language in {language for language, _ in names}:
        own = {written: name for (key, written), name in names.items() if key == language}
        found[language] = tuple(renamed(unit, own) for unit in units[language])
    return found


def bundles_of(
    site: Site, sources: Mapping[str, Source], keys: Iterable[str] | None = None
) -> Iterator[Bundle]:
    """The bundles with these keys; by default every page, sorted by key, then the files of the whole
    site.
    """
    for key in (*site.keys, *whole_keys(site, sources)) if keys is None else keys:
        documents = tuple(page.document for page in site.own_versions(key))
        records = site.records_of(key) or _whole_records(site, key)
        lock = sources.get(lock_path(key))
        yield Bundle(key, documents, records, lock, site.settings.languages, site.types)


def whole_keys(site: Site, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """The keys of the files of the whole site: `site.yaml`, `terms.yaml`."""
    terms = TERMS.path.rpartition("/")[2]
    # the lock has confirmed terms, even if `terms.yaml` is gone
    locked = (terms,) if lock_path(terms) in sources else ()
    return tuple(dict.fromkeys((*locked, *map(page_of, site.records_of("")))))


def _whole_records(site: Site, key: str) -> tuple[Records, ...]:
    return tuple(each for each in site.records_of("") if page_of(each) == key)
