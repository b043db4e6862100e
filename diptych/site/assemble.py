"""Assembles the site: each page in each language with its state and address. Reports mistakes that show
only when all pages are known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from diptych.content.layouts import layout_of
from diptych.content.types import SITE
from diptych.diagnostics import (
    Diagnostic,
    Outcome,
    Placed,
    Span,
    error,
    say,
    say_n,
    warning,
)
from diptych.markdown import free_name, slugify
from diptych.model import (
    RESERVED,
    Document,
    Settings,
    named,
)
from diptych.site.records import missing_languages
from diptych.site.shared import below_title, differing_fields, layout_conflicts, unshown_timelines
from diptych.site.values import (
    CURRENT,
    FALLBACK,
    Page,
    Remembered,
    Site,
)
from diptych.values import replace


def assemble(
    parts: Site,
    documents: Collection[Document],
    drafts: Collection[Document] = (),
    unread: Collection[str] = (),
) -> Outcome[Site]:
    """The site with the pages of these documents. `parts` is the site without its pages; timelines and
    pictures that are beside none of the pages (such as those of a draft) are left out.

    `drafts` are only named in messages. `unread` are the paths of documents with a mistake in their
    front matter; checks that need the front matter leave these documents out.

    Diagnostics: slug-collision, reserved-slug, missing-title, missing-home, missing-translation (a
    warning), empty-event, only-conflict, layout-conflict, field-differs (a warning),
    unshown-timeline.
    """
    bundles: dict[str, dict[str, Document]] = defaultdict(dict)
    for document in documents:
        bundles[document.key][document.language] = document
    pages = _pages(bundles, parts.settings, parts.remembered or ())
    site = replace(
        parts,
        pages=pages,
        timelines=tuple(each for each in parts.timelines if each.key in bundles),
        files={key: names for key, names in parts.files.items() if key in bundles},
    )
    whole = tuple(each for each in pages if each.document.source.path not in unread)
    versions: dict[str, list[Document]] = defaultdict(list)  # in the order of the settings
    for page in whole:
        if page.state != FALLBACK:
            versions[page.key].append(page.document)
    empty = tuple(_empty_events(site))
    reported = {each.span for each in empty}
    problems = [
        *_missing_titles(documents),
        *([] if unread else _missing_homes(site, drafts)),
        *_collisions(whole),
        *_reserved(whole),
        *_missing_translations(bundles, site.settings, drafts),
        *empty,
        *layout_conflicts(versions.values()),
        *differing_fields(versions.values(), site.types),
        *missing_languages(site.records, site.types, site.settings.languages, reported),
        *unshown_timelines(site, whole),
    ]
    return Outcome(site, tuple(problems))


def _pages(
    bundles: Mapping[str, Mapping[str, Document]],
    settings: Settings,
    remembered: Iterable[Remembered],
) -> tuple[Page, ...]:
    pages = []
    known = {each.path: each.key for each in remembered}
    paths: dict[tuple[str, str], str] = {}  # (page key, language) -> path without the last slash
    for key in sorted(bundles):  # so that a page comes before the pages below it
        documents, folder = bundles[key], key.rpartition("/")[0]
        only = any(document.front.only for document in documents.values())
        for language in (each.key for each in settings.languages):
            own = documents.get(language)
            shown = own or _fallback(documents, settings)
            path = _folder_path(folder, language, paths)
            if not layout_of(shown.front.layout).opens:
                path = f"{path}/{_slug(shown, path, key, known)}"
            paths[key, language] = path
            if own is not None or not only:
                state, parent = CURRENT if own else FALLBACK, folder if folder in bundles else None
                pages.append(Page(key, language, shown, state, f"{path}/", parent))
    return tuple(pages)


def _fallback(documents: Mapping[str, Document], settings: Settings) -> Document:
    """The document that is shown in a language without a text of its own: the document in the first
    language of the site that has one.
    """
    order = [each.key for each in settings.languages]
    return min(documents.values(), key=lambda document: order.index(document.language))


def _folder_path(folder: str, language: str, paths: Mapping[tuple[str, str], str]) -> str:
    """The path of the pages in a folder of `content/`: that of the page of the folder, or the name of
    the folder where it has none. `nl` for `content/` itself; there is no slash at its end.
    """
    if (folder, language) in paths:
        return paths[folder, language]
    above, _, name = folder.rpartition("/")
    return f"{_folder_path(above, language, paths)}/{name}" if folder else language


def _slug(document: Document, above: str, key: str, remembered: Mapping[str, str]) -> str:
    """The slug of a page below the path `above`: the slug in its front matter, or else its title as its
    language writes it in ASCII (`für` becomes `fuer`). If `addresses.lock` has the page with the plain
    spelling (`fur`), the plain slug stays, so that no address changes when a new version of the program
    adds the spelling of a language.
    """
    word = document.slug
    if document.front.slug or not remembered or remembered.get(f"{above}/{word}/") == key:
        return word
    plain = slugify(document.front.title.value)
    return plain if remembered.get(f"{above}/{plain}/") == key else word


def _missing_titles(documents: Iterable[Document]) -> list[Diagnostic]:
    """missing-title: a title without a letter or number. An absent title is reported where the front
    matter is read.
    """
    return [
        error(
            "missing-title",
            document.front.title.span,
            say("this title has no letter and no number"),
            say("write in a few words what the page is about"),
        )
        for document in documents
        if document.front.title.value and not re.search(r"\w", document.front.title.value)
    ]


def _missing_homes(site: Site, drafts: Iterable[Document]) -> list[Diagnostic]:
    """missing-home: no page has the layout home, or more than one page has it."""
    homes = {page.key for page in site.with_layout(lambda layout: layout.opens)}
    if len(homes) == 1:
        return []
    if homes:
        second = sorted(homes)[1]
        document = site.versions(second)[0].document
        message = say(
            "there are two pages with the layout home: {keys}", keys=", ".join(sorted(homes))
        )
        return [error("missing-home", document.front.title.span, message)]
    draft = next((each for each in drafts if layout_of(each.front.layout).opens), None)
    if draft is not None:
        message = say("this page has the layout home and is a draft, so the site has no front page")
        hint = say("take the line with `draft` out when the site may be seen")
        return [error("missing-home", draft.front.title.span, message, hint)]
    message = say("no page has the layout home, so the site has no front page")
    hint = say("write `layout: home` in the front matter of the page that opens the site")
    span = Span(SITE.path, 0, 1)
    return [error("missing-home", span, message, hint)]


def _collisions(pages: Collection[Page]) -> Iterator[Diagnostic]:
    """slug-collision: two pages share an address; capitals do not count."""
    seen: dict[str, Page] = {}
    slugs = {page.document.slug for page in pages}
    # paths of pairs reported already: a fallback has the path of the page that it shows
    reported: set[tuple[str, str]] = set()
    for page in sorted(pages, key=lambda each: each.state == FALLBACK):
        first = seen.setdefault(page.path.lower(), page)
        if first.key == page.key:
            continue
        two_homes = all(layout_of(each.document.front.layout).opens for each in (first, page))
        pair = first.document.source.path, page.document.source.path
        if two_homes or pair in reported:
            continue
        reported.add(pair)
        front = page.document.front
        message = say(
            "the address /{path} is already that of {other}",
            path=page.path,
            other=first.document.source.path,
        )
        other_slug = free_name(page.document.slug, slugs)
        slugs.add(other_slug)
        edits = (
            front.slug.span.becomes(other_slug)
            if front.slug
            else below_title(page.document, f"slug: {other_slug}")
        )
        hint = say("give one of the two pages a slug of its own in its front matter")
        span = (front.slug or front.title).span
        yield error("slug-collision", span, message, hint, edits)


def _reserved(pages: Iterable[Page]) -> Iterator[Diagnostic]:
    """reserved-slug: a slug that cannot be a file name on Windows."""
    for page in pages:
        slug = page.document.slug
        if slug in RESERVED and page.state != FALLBACK:
            message = say("`{slug}` cannot be a file name on every computer", slug=slug)
            front = page.document.front
            yield error("reserved-slug", (front.slug or front.title).span, message)


def _missing_translations(
    bundles: Mapping[str, Mapping[str, Document]], settings: Settings, drafts: Iterable[Document]
) -> Iterator[Diagnostic]:
    """missing-translation: a page without a text in a language. only-conflict: a page in several
    languages whose `only:` says that it exists in one language on purpose.
    """
    drafted = {(each.key, each.language): each.source.path for each in drafts}
    for key in sorted(bundles):
        documents = bundles[key]
        reasons = [document for document in documents.values() if document.front.only]
        if reasons and len(documents) > 1:
            message = say_n(
                "`only` says that this page exists in one language; it exists in {count} language",
                "`only` says that this page exists in one language; it exists in {count} languages",
                count=len(documents),
            )
            only: Placed[str] | None = reasons[0].front.only
            assert only is not None
            yield error("only-conflict", only.span, message)
        shown = _fallback(documents, settings)
        for language in settings.languages:
            if language.key not in documents and not reasons:
                message = say(
                    "this page has no {name} version; its readers see the {other} text",
                    name=named(language),
                    other=named(settings.language(shown.language)),
                )
                draft = drafted.get((key, language.key))
                hint = (
                    say(
                        "{path} is still a draft: take out its line `draft:` when it can be read",
                        path=draft,
                    )
                    if draft
                    else say(
                        "write content/{key}/{language}.md, or say why with `only:`",
                        key=key,
                        language=language.key,
                    )
                )
                span = shown.front.title.span
                yield warning("missing-translation", span, message, hint)


def _empty_events(site: Site) -> Iterator[Diagnostic]:
    """empty-event: an event that no language can show."""
    for timeline in site.timelines:
        for event in timeline.events:
            if not event.titles.keys() & event.texts.keys():
                message = say(
                    "the event “{id}” has no language with both a title and a text", id=event.id
                )
                hint = say("a language counts when it stands below title and below text")
                yield error("empty-event", event.span, message, hint)
