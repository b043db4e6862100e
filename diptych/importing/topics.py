"""The categories and tags of an old site as topics, with a name in each language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from diptych.importing.wxr import OldTerm
from diptych.markdown import slugify

TAXONOMIES = ("category", "post_tag")
Topics = Mapping[str, Mapping[str, str]]  # key of a topic -> language -> name
_UNSORTED = {"uncategorized", "geen-categorie", "ongecategoriseerd", "non-classe", "allgemein"}


class Sorting:
    """Finds the topics of posts, and collects the names that the topics have."""

    def __init__(self, terms: Iterable[OldTerm], languages: Iterable[str]) -> None:
        self._known = {(each.taxonomy, each.slug): each for each in terms}
        self._order = {key: number for number, key in enumerate(languages)}
        self._names: dict[str, dict[str, str]] = {}
        self._keys: dict[str, str] = {}  # of each group of terms
        self._groups = _grouped(self._known.values())
        for group, members in self._groups.items():
            first = min(members, key=lambda e: self._order.get(e.language, len(self._order)))
            self._keys[group] = _key(first)

    def topics(self, terms: Iterable[tuple[str, str, str]], language: str) -> tuple[str, ...]:
        """The topics of a post in a language, of its terms (taxonomy, slug, name)."""
        found: dict[str, None] = {}
        for taxonomy, slug, name in terms:
            if taxonomy not in TAXONOMIES or slug in _UNSORTED:
                continue
            term = self._known.get((taxonomy, slug)) or OldTerm(taxonomy, slug, name, "", language)
            key = self._keys.get(term.group) or _key(term)
            names = self._names.setdefault(key, {})
            names.setdefault(term.language or language, term.name or name)
            for each in self._groups.get(term.group, ()):
                if each.language:
                    names.setdefault(each.language, each.name)
            found[key] = None
        return tuple(found)

    def all(self) -> Topics:
        """The names of every topic that a post has, as far as they are known."""
        return self._names


def _grouped(terms: Iterable[OldTerm]) -> dict[str, list[OldTerm]]:
    groups: dict[str, list[OldTerm]] = {}
    for each in terms:
        groups.setdefault(each.group, []).append(each)
    return groups


def _key(term: OldTerm) -> str:
    return slugify(term.slug or term.name)


def in_every_language(topics: Topics, languages: Collection[str]) -> tuple[Topics, list[str]]:
    """The topics with a name in each language, and the keys of those for which the name of another
    language had to do.
    """
    whole = {
        key: {each: names.get(each) or next(iter(names.values())) for each in languages}
        for key, names in topics.items()
    }
    return whole, [key for key, names in topics.items() if not {*languages} <= names.keys()]
