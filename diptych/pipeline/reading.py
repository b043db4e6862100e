"""Reads the source texts of a site: settings, documents, records, catalogs, addresses, translation
status. This is the first half of a build.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain

from diptych.cache import (
    Cache,
    SlotGroup,
    SlotRequest,
    digest,
    digest_of_texts,
    group_of,
    slot_group,
)
from diptych.content.own_types import TYPES, read_types
from diptych.content.page import DocumentRequest, parse_page
from diptych.content.settings import parse_settings
from diptych.content.types import BUILT_IN, SITE, RecordsRequest, Types, read_records
from diptych.diagnostics import (
    Diagnostic,
    Outcome,
    Source,
    Span,
    command,
    error,
    nearest,
    say,
)
from diptych.extend import EXTEND, Extensions
from diptych.files.text import decode, merge_conflict, text_digest
from diptych.files.theme import has_theme_words, theme_catalog
from diptych.i18n import CatalogRequest, known_locale, read_catalog
from diptych.markdown import TextRequest, convert_text, slugify
from diptych.model import (
    RESERVED,
    Catalog,
    Document,
    Language,
    Organisation,
    Prose,
    Records,
    Settings,
    Tree,
    named,
)
from diptych.pipeline.extending import own_marks
from diptych.site import (
    Site,
)
from diptych.site.records import markdown_fields
from diptych.site.references import names_of, unknown_references
from diptych.translation import (
    Bundle,
    LanguageReport,
    bundles_of,
    compare_languages,
    lock_path,
    whole_keys,
)
from diptych.values import replace
from diptych.yaml import place_in_scalar

SETTINGS = SITE.path
WORDS = "content/words.txt"
_TEXTS = (".md", ".yaml", ".po", ".html", ".css", ".lock", ".svg", ".json", ".webmanifest")
_CATALOG = re.compile(r"i18n/[^/]+/LC_MESSAGES/messages\.po")
_PAGE = re.compile(r"content/.+/([^/]+)\.md")
_FOLDER = r"-*[a-z0-9][a-z0-9-]*"
_KEY = re.compile(rf"{_FOLDER}(?:/{_FOLDER})*")  # the key of a page
_RULED = {  # checks that need a readable site.yaml, or the files that are read after it
    "unknown-language",
    "unknown-topic",
    "missing-image",
    "missing-catalog",
    "catalog-plural",
}

Texts = Mapping[str, Source]


def texts(tree: Tree) -> Outcome[dict[str, Source]]:
    """Every text file of the tree as a `Source`, by path. Any other file with a merge conflict is
    included.

    Diagnostics: merge-conflict, and those of `decode`.
    """
    conflicts = merge_conflicts(tree)
    sources = dict(conflicts.value)
    problems = list(conflicts.diagnostics)
    for file in tree.files:
        named = file.path in (WORDS, EXTEND)
        if file.path not in sources and (file.path.endswith(_TEXTS) or named):
            outcome = decode(file)
            sources[file.path] = outcome.value
            problems += outcome.diagnostics
    return Outcome(sources, tuple(problems))


def merge_conflicts(tree: Tree) -> Outcome[dict[str, Source]]:
    """The files of any kind with a merge conflict, decoded, by path. Diagnostics: merge-conflict
    for each.
    """
    found = {file.path: each for file in tree.files if (each := merge_conflict(file)) is not None}
    problems = (problem for each in found.values() for problem in each.diagnostics)
    return Outcome({path: each.value for path, each in found.items()}, tuple(problems))


def settings(
    sources: Texts, base_url: str | None, hosting: str | None, cache: Cache
) -> Outcome[Settings | None]:
    """The settings from `content/site.yaml`; `base_url` and `hosting` replace its values.
    Diagnostics: those of the file, and missing-settings if it does not exist.
    """
    source = sources.get(SETTINGS)
    if source is None:
        message = say("there is no content/site.yaml, so this folder holds no site")
        hint = say("run the command in the folder of the site, or name it with --root")
        problem = error("missing-settings", Span(SETTINGS), message, hint)
        return Outcome(None, (problem,))
    outcome = cache.call(parse_settings, SETTINGS, source)
    if outcome.value is None:
        return outcome
    own = outcome.value
    other = replace(
        own,
        base_url=base_url.rstrip("/") if base_url else own.base_url,
        hosting=hosting or own.hosting,
    )
    return Outcome(other, outcome.diagnostics)


def types(sources: Texts, site: Settings) -> Outcome[Types]:
    """The content types of the site: the built-in ones, and those of `content/types.yaml`."""
    source = sources.get(TYPES)
    if source is None:
        return Outcome(BUILT_IN)
    keys = tuple(language.key for language in site.languages)
    return read_types(source, keys)


class FileReader:
    """Reads the files of a site, by its settings and its types."""

    def __init__(
        self,
        sources: Texts,
        settings: Settings,
        types: Types,
        cache: Cache,
        own: Extensions | None = None,
    ) -> None:
        """`own` holds the additions of the site's `extend.py`."""
        self._sources = sources
        self._settings = settings
        self._types = types
        self._cache = cache
        self._own = own
        self._marks = own_marks(own)
        self._keys = tuple(language.key for language in settings.languages)
        # the inputs that all files share, digested once
        self._shared = {"languages": digest(settings.languages), "types": digest(types.written)}

    def documents(self) -> Outcome[tuple[Document, ...]]:
        """The documents of all files `content/<key>/<language>.md`, drafts included, in order of path.

        Diagnostics: those of `parse_document`; unknown-language for a file that is not named after a
        language of the site; bundle-name for a folder whose name is not allowed.
        """
        marks, own = self._marks, self._own
        checks = tuple(each.name for each in own.checks) if own is not None else ()
        shared = {**self._shared, "marks": digest(marks), "checks": digest(checks)}
        problems: list[Diagnostic] = []
        groups: dict[str, list[tuple[Source, str, str]]] = {}
        for path, source in self._sources.items():
            if not path.startswith("content/") or not path.endswith(".md"):
                continue
            key, _, name = path.removeprefix("content/").rpartition("/")
            language = name.removesuffix(".md")
            problem = _wrong_name(path, key, language, self._keys)
            if problem is not None:
                problems.append(problem)
            else:
                groups.setdefault(group_of(key), []).append((source, key, language))

        languages, record = self._settings.languages, self._types.page.record

        def requests(
            files: Iterable[tuple[Source, str, str]],
        ) -> list[SlotRequest[DocumentRequest]]:
            return [
                SlotRequest(
                    source.path,
                    {"text": text_digest(source)},
                    DocumentRequest(source, key, language, languages, record, marks, checks),
                )
                for source, key, language in files
            ]

        asked = [
            SlotGroup(
                name,
                len(files),
                digest_of_texts(
                    part for each, *_ in files for part in (each.path, text_digest(each))
                ),
                partial(requests, files),
            )
            for name, files in groups.items()
        ]
        outcomes = self._cache.call_groups(parse_page, asked, shared)
        problems += [each for outcome in outcomes for each in outcome.diagnostics]
        read = zip(outcomes, chain.from_iterable(groups.values()), strict=True)
        found = (replace(outcome.value, source=source) for outcome, (source, _, _) in read)
        return Outcome(tuple(sorted(found, key=lambda each: each.source.path)), tuple(problems))

    def records(self) -> Outcome[tuple[Records, ...]]:
        """Every file of records (`timeline.yaml`, `terms.yaml`), in order of path."""
        problems: list[Diagnostic] = []
        found: list[Records] = []
        for path, source in self._sources.items():
            place = self._types.of(path) if path.endswith(".yaml") else None
            if place is None or not place.type.many:
                continue
            request = RecordsRequest(source, place.type, place.key or "", self._keys)
            inputs = {"text": text_digest(source), **self._shared}
            outcome = self._cache.call(read_records, path, request, inputs)
            found.append(outcome.value)
            problems += outcome.diagnostics
        return Outcome(tuple(found), tuple(problems))

    def proses(
        self, pages: Iterable[Document], written: Iterable[Records]
    ) -> Outcome[dict[tuple[str, int], Prose]]:
        """The converted Markdown of events and of the site's own fields, by the path of the file and
        the offset of the value in this file. The place of each diagnostic is in the file.
        """
        found: dict[tuple[str, int], Prose] = {}
        problems: list[Diagnostic] = []
        marks, languages = self._marks, self._settings.languages
        fields = tuple(markdown_fields((*pages, *written), self._types))
        requests = []
        for each in fields:
            request = TextRequest(
                each.placed.value, each.language, languages, each.inline, each.prefix, marks
            )
            requests.append(SlotRequest(each.slot, {"given": request}, request))
        outcomes = self._cache.call_each(convert_text, requests, {"marks": digest(marks)})
        for each, outcome in zip(fields, outcomes, strict=True):
            found[(each.source.path, each.placed.span.start)] = outcome.value
            problems += _in_file(outcome.diagnostics, each.source, each.placed.span)
        return Outcome(found, tuple(problems))

    def catalogs(self) -> Outcome[dict[str, Catalog]]:
        """The site's catalog of every language, by the key of the language, each with the theme's
        catalog as its fallback.

        Diagnostics: missing-catalog if a language has neither catalog, and those of `read_catalog`.
        """
        found: dict[str, Catalog] = {}
        problems: list[Diagnostic] = []
        for language in self._settings.languages:
            path = f"i18n/{language.key}/LC_MESSAGES/messages.po"
            own = Outcome(Catalog(language.key, {}, None))
            if path in self._sources:
                own = self._catalog(path, language.key, language.locale)
            elif not has_theme_words(language.locale):
                message = say(
                    "there is no catalog for {name}: {path}", name=named(language), path=path
                )
                hint = say(
                    "`{command}` makes one, ready to be filled in", command=command("messages")
                )
                problems.append(error("missing-catalog", Span(SETTINGS, 0, 1), message, hint))
            problems += own.diagnostics
            below = theme_catalog(language.locale)
            spoken = language.locale.partition("_")[0]
            theme = self._catalog(below, spoken, spoken).value if below in self._sources else None
            found[language.key] = replace(own.value, theme=theme)
        return Outcome(found, tuple(problems))

    def _catalog(self, path: str, language: str, locale: str) -> Outcome[Catalog]:
        request = CatalogRequest(self._sources[path], language, locale)
        return self._cache.call(read_catalog, path, request)


def unsettled(sources: Texts, cache: Cache) -> tuple[Diagnostic, ...]:
    """The diagnostics of all other files while site.yaml cannot be read, without those of checks
    that depend on it.

    The languages are taken from the catalogs, or else from the names of the pages' files.
    """
    keys = [path.split("/")[1] for path in sources if _CATALOG.fullmatch(path)] or sorted(
        {match[1] for path in sources if (match := _PAGE.fullmatch(path))}
    )
    languages = tuple(Language(key, key, key, "plain") for key in keys if known_locale(key))
    no_organisation = Organisation({}, {}, None, {}, {})
    settings = Settings("", languages, (), no_organisation, (), None, {}, None, (), ())
    kinds = types(sources, settings)
    reader = FileReader(sources, settings, kinds.value, cache)
    pages, written = reader.documents(), reader.records()
    named = names_of(kinds.value, settings, pages.value, written.value, {}, sources)
    problems = (
        *kinds.diagnostics,
        *pages.diagnostics,
        *written.diagnostics,
        *reader.proses((), written.value).diagnostics,
        *reader.catalogs().diagnostics,
        *unknown_references((*pages.value, *written.value), named),
    )
    return tuple(each for each in problems if each.check not in _RULED)


def _wrong_name(path: str, key: str, language: str, keys: tuple[str, ...]) -> Diagnostic | None:
    span = Span(path, 0, 1)
    if language in keys and _KEY.fullmatch(key) and RESERVED.isdisjoint(key.split("/")):
        return None
    if not key:
        message = say("a page lies in a folder of its own, with a file per language")
        hint = say(
            "make the folder content/{key}/ and put this file in it, as {name}.md",
            key=slugify(language),
            name=keys[0] if keys else "nl",
        )
        return error("bundle-name", span, message, hint)
    if language not in keys:
        small = language.lower()
        near = small if small in keys else nearest(language, keys)
        message = say("`{name}` is not a language of this site", name=language)
        hint = say("the languages of site.yaml are: {known}", known=", ".join(keys))
        if near:
            hint = say("did you mean `{near}`?", near=f"content/{key}/{near}.md")
        elif (copied := re.split(r"[^a-z]", small)[0]) in keys:
            path = f"content/{key}/{copied}.md"
            hint = say(
                "a page has one file per language: put the text that readers should see into {path}",
                path=path,
            )
        return error("unknown-language", span, message, hint)
    taken = next((part for part in key.split("/") if part in RESERVED), None)
    if taken is not None:
        message = say("a folder cannot be called `{name}` on every computer", name=taken)
        return error("bundle-name", span, message, say("give it another name"))
    bad = next((part for part in key.split("/") if not _KEY.fullmatch(part)), None)
    if bad is not None:
        message = say(
            "the folder `{name}` may hold only small letters, digits and hyphens", name=bad
        )
        hint = say("call it {name}", name=slugify(bad))
        return error("bundle-name", span, message, hint)
    return None


def _in_file(problems: Iterable[Diagnostic], source: Source, value: Span) -> Iterator[Diagnostic]:
    """Moves the diagnostics of a converted YAML text, which have no path, to their place in its
    file.
    """
    for each in problems:
        place = partial(place_in_scalar, source, value)
        yield each if each.span.path else each.placed(place)


def reports(
    site: Site, sources: Texts, cache: Cache, unread: Collection[str] = ()
) -> Outcome[dict[str, LanguageReport]]:
    """The translation status of every page, by page key; `site.yaml` and `terms.yaml` have their
    file names as keys.

    Confirmed texts are not compared until they change. `unread` holds the keys of pages that could
    not be read completely; such a page gets a status and no diagnostics.
    """
    shared = {
        "languages": digest(site.settings.languages),
        "topics": digest(site.settings.topics),
        "types": digest(site.types.written),
    }

    def requests(keys: Iterable[str]) -> list[SlotRequest[Bundle]]:
        found = []
        for bundle in bundles_of(site, sources, keys):
            files = [*bundle.sources.values(), *([bundle.lock] if bundle.lock else [])]
            digests = {each.path: text_digest(each) for each in files}
            found.append(SlotRequest(bundle.key, digests, bundle))
        return found

    groups = []
    for group in site.groups:
        locks = [sources[path] for key in group.keys if (path := lock_path(key)) in sources]
        parts = (part for each in locks for part in (each.path, text_digest(each)))
        inputs = digest_of_texts((group.digest, *parts))
        groups.append(SlotGroup(group.name, len(group.keys), inputs, partial(requests, group.keys)))
    whole = whole_keys(site, sources)
    groups.append(slot_group("whole site", requests(whole)))
    keys = (*(key for group in site.groups for key in group.keys), *whole)
    outcomes = dict(zip(keys, cache.call_groups(compare_languages, groups, shared), strict=True))
    problems = [
        each
        for key, outcome in outcomes.items()
        if key not in unread
        for each in outcome.diagnostics
    ]
    return Outcome({key: outcomes[key].value for key in (*site.keys, *whole)}, tuple(problems))
