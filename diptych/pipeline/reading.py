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
from diptych.content.layouts import layouts_of
from diptych.content.own_types import TYPES, read_types
from diptych.content.page import DocumentRequest, parse_page
from diptych.content.settings import parse_settings
from diptych.content.terms.reading import terms_of
from diptych.content.terms.vocabulary import Vocabulary
from diptych.content.timeline import timeline_of
from diptych.content.types import BUILT_IN, TERMS, TIMELINE, RecordsRequest, Types, read_records
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
    File,
    Language,
    Organisation,
    Prose,
    Records,
    Settings,
    Timeline,
    Tree,
    named,
)
from diptych.pipeline.extending import own_marks
from diptych.site import (
    ADDRESSES,
    OldAnchor,
    Remembered,
    Site,
    read_addresses,
)
from diptych.site.records import markdown_fields
from diptych.site.references import Named, unknown_references
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

SETTINGS = "content/site.yaml"
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


def unsettled(sources: Texts, cache: Cache) -> tuple[Diagnostic, ...]:
    """The diagnostics of all other files while site.yaml cannot be read, without those of checks
    that depend on it.

    The languages are taken from the catalogs, or else from the names of the pages' files.
    """
    keys = [path.split("/")[1] for path in sources if _CATALOG.fullmatch(path)] or sorted(
        {match[1] for path in sources if (match := _PAGE.fullmatch(path))}
    )
    languages = tuple(Language(key, key, key, "plain") for key in keys if known_locale(key))
    no_organisation = Organisation("", {}, None, {}, {})
    settings = Settings("", languages, (), no_organisation, (), None, {}, None, (), ())
    kinds = types(sources, settings)
    pages = documents(sources, kinds.value, settings, cache)
    written = records(sources, kinds.value, settings, cache)
    named = names(kinds.value, settings, pages.value, written.value, {}, sources)
    problems = (
        *kinds.diagnostics,
        *pages.diagnostics,
        *written.diagnostics,
        *proses((), written.value, kinds.value, settings, cache).diagnostics,
        *catalogs(sources, settings, cache).diagnostics,
        *unknown_references((*pages.value, *written.value), named),
    )
    return tuple(each for each in problems if each.check not in _RULED)


def types(sources: Texts, site: Settings) -> Outcome[Types]:
    """The content types of the site: the built-in ones, and those of `content/types.yaml`."""
    source = sources.get(TYPES)
    if source is None:
        return Outcome(BUILT_IN)
    keys = tuple(language.key for language in site.languages)
    return read_types(source, keys)


def documents(
    sources: Texts, known: Types, site: Settings, cache: Cache, own: Extensions | None = None
) -> Outcome[tuple[Document, ...]]:
    """The documents of all files `content/<key>/<language>.md`, drafts included, in order of path.
    `own` holds the additions of the site's `extend.py`.

    Diagnostics: those of `parse_document`; unknown-language for a file that is not named after a
    language of the site; bundle-name for a folder whose name is not allowed.
    """
    keys = tuple(language.key for language in site.languages)
    marks = own_marks(own)
    checks = tuple(each.name for each in own.checks) if own is not None else ()
    shared = {**_shared_inputs(site, known), "marks": digest(marks), "checks": digest(checks)}
    problems: list[Diagnostic] = []
    groups: dict[str, list[tuple[Source, str, str]]] = {}
    for path, source in sources.items():
        if not path.startswith("content/") or not path.endswith(".md"):
            continue
        key, _, name = path.removeprefix("content/").rpartition("/")
        language = name.removesuffix(".md")
        problem = _wrong_name(path, key, language, keys)
        if problem is not None:
            problems.append(problem)
        else:
            groups.setdefault(group_of(key), []).append((source, key, language))

    def requests(files: Iterable[tuple[Source, str, str]]) -> list[SlotRequest[DocumentRequest]]:
        return [
            SlotRequest(
                source.path,
                {"text": text_digest(source)},
                DocumentRequest(
                    source, key, language, site.languages, known.page.record, marks, checks
                ),
            )
            for source, key, language in files
        ]

    asked = [
        SlotGroup(
            name,
            len(files),
            digest_of_texts(part for each, *_ in files for part in (each.path, text_digest(each))),
            partial(requests, files),
        )
        for name, files in groups.items()
    ]
    outcomes = cache.call_groups(parse_page, asked, shared)
    problems += [each for outcome in outcomes for each in outcome.diagnostics]
    read = zip(outcomes, chain.from_iterable(groups.values()), strict=True)
    found = (replace(outcome.value, source=source) for outcome, (source, _, _) in read)
    return Outcome(tuple(sorted(found, key=lambda each: each.source.path)), tuple(problems))


def _shared_inputs(site: Settings, known: Types) -> dict[str, object]:
    """The inputs of the reading of a file, without the text of the file. All files share these
    inputs, so they are digested only once.
    """
    return {"languages": digest(site.languages), "types": digest(known.written)}


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


def records(
    sources: Texts, known: Types, site: Settings, cache: Cache
) -> Outcome[tuple[Records, ...]]:
    """Every file of records (`timeline.yaml`, `terms.yaml`), in order of path."""
    keys = tuple(language.key for language in site.languages)
    shared = _shared_inputs(site, known)
    problems: list[Diagnostic] = []
    found: list[Records] = []
    for path, source in sources.items():
        place = known.of(path) if path.endswith(".yaml") else None
        if place is None or not place.type.many:
            continue
        request = RecordsRequest(source, place.type, place.key or "", keys)
        outcome = cache.call(read_records, path, request, {"text": text_digest(source), **shared})
        found.append(outcome.value)
        problems += outcome.diagnostics
    return Outcome(tuple(found), tuple(problems))


def timelines(written: Iterable[Records]) -> tuple[Timeline, ...]:
    """Every timeline, in order of path."""
    return tuple(timeline_of(each) for each in written if each.type == TIMELINE.name)


def names(
    known: Types,
    site: Settings,
    pages: Iterable[Document],
    written: Iterable[Records],
    files: Mapping[str, Mapping[str, File]],
    paths: Iterable[str],
    renamed: Mapping[str, str] = {},
) -> Named:
    """Everything that a field can refer to: pages, events, records, topics, layouts, files. `renamed`
    maps the old key of each renamed page to its key now.
    """
    entries: dict[str, dict[str, tuple[str, ...]]] = {}
    for each in written:
        ids = tuple(entry.id for entry in each.entries if entry.id)
        entries.setdefault(each.type, {})[each.key] = ids
    topics = ((name, each.key) for each in site.topics for name in each.names.values())
    titles = (
        (placed.value, page.key)
        for page in pages
        for placed in (page.front.title, page.front.short, page.front.slug)
        if placed is not None
    )
    keys = {(page.key, page.language) for page in pages}
    spoken = {
        page.key: tuple(each for each in site.languages if (page.key, each.key) in keys)
        for page in pages
    }
    return Named(
        known,
        layouts_of(paths),
        tuple(topic.key for topic in site.topics),
        tuple(dict.fromkeys(page.key for page in pages)),
        (*topics, *titles),
        files,
        entries,
        {**spoken, "": site.languages},
        renamed,
    )


def proses(
    pages: Iterable[Document],
    written: Iterable[Records],
    known: Types,
    site: Settings,
    cache: Cache,
    own: Extensions | None = None,
) -> Outcome[dict[tuple[str, int], Prose]]:
    """The converted Markdown of events and of the site's own fields, by the path of the file and
    the offset of the value in this file. The place of each diagnostic is in the file.
    """
    found: dict[tuple[str, int], Prose] = {}
    problems: list[Diagnostic] = []
    marks = own_marks(own)
    fields = tuple(markdown_fields((*pages, *written), known))
    shared = {"marks": digest(marks)}
    requests = []
    for each in fields:
        request = TextRequest(
            each.placed.value, each.language, site.languages, each.inline, each.prefix, marks
        )
        requests.append(SlotRequest(each.slot, {"given": request}, request))
    for each, outcome in zip(fields, cache.call_each(convert_text, requests, shared), strict=True):
        found[(each.source.path, each.placed.span.start)] = outcome.value
        problems += _in_file(outcome.diagnostics, each.source, each.placed.span)
    return Outcome(found, tuple(problems))


def _in_file(problems: Iterable[Diagnostic], source: Source, value: Span) -> Iterator[Diagnostic]:
    """Moves the diagnostics of a converted YAML text, which have no path, to their place in its
    file.
    """
    for each in problems:
        place = partial(place_in_scalar, source, value)
        yield each if each.span.path else each.placed(place)


def catalogs(sources: Texts, site: Settings, cache: Cache) -> Outcome[dict[str, Catalog]]:
    """The site's catalog of every language, by the key of the language, each with the theme's
    catalog as its fallback.

    Diagnostics: missing-catalog if a language has neither catalog, and those of `read_catalog`.
    """
    found: dict[str, Catalog] = {}
    problems: list[Diagnostic] = []
    for language in site.languages:
        path = f"i18n/{language.key}/LC_MESSAGES/messages.po"
        own = Outcome(Catalog(language.key, {}, None))
        if path in sources:
            own = _catalog(sources[path], language.key, language.locale, cache)
        elif not has_theme_words(language.locale):
            message = say("there is no catalog for {name}: {path}", name=named(language), path=path)
            hint = say("`{command}` makes one, ready to be filled in", command=command("messages"))
            problems.append(error("missing-catalog", Span(SETTINGS, 0, 1), message, hint))
        problems += own.diagnostics
        below = theme_catalog(language.locale)
        spoken = language.locale.partition("_")[0]
        theme = _catalog(sources[below], spoken, spoken, cache).value if below in sources else None
        found[language.key] = replace(own.value, theme=theme)
    return Outcome(found, tuple(problems))


def _catalog(source: Source, language: str, locale: str, cache: Cache) -> Outcome[Catalog]:
    return cache.call(read_catalog, source.path, CatalogRequest(source, language, locale))


def vocabulary(written: Iterable[Records]) -> Vocabulary:
    """The words of `content/terms.yaml`; none when there is no such file."""
    found = next((each for each in written if each.type == TERMS.name), None)
    return Vocabulary() if found is None else Vocabulary(terms_of(found))


def addresses(
    sources: Texts,
) -> Outcome[tuple[tuple[Remembered, ...] | None, tuple[OldAnchor, ...]]]:
    """The addresses that pages have or had (None when there is no `content/addresses.lock`), and the
    earlier ids of headings.
    """
    source = sources.get(ADDRESSES)
    return Outcome((None, ())) if source is None else read_addresses(source)


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
