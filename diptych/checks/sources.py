"""Checks of what editors wrote, with the place in their own file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from diptych.checks.records import check_record_links
from diptych.checks.rules import ReadSite
from diptych.content.new import is_waiting
from diptych.diagnostics import (
    Diagnostic,
    Edit,
    Message,
    Placed,
    Severity,
    Source,
    Span,
    say,
)
from diptych.extend import Found, check
from diptych.markdown import slugify
from diptych.model import Event, Heading, Picture, Prose
from diptych.site import Page, Resolver, Site, redirects_of
from diptych.site.references import missing_picture
from diptych.site.values import FALLBACK
from diptych.yaml import place_in_scalar

DECLARED = ("awaited-image", "unset-setting")  # left open on purpose, and written down as such


def broken_links(site: Site, unread: Collection[str] = ()) -> Iterator[Diagnostic]:
    """What is wrong with the links and old addresses that editors wrote, as the resolver tells it.

    Nothing is said of what may stand on pages that could not be read whole (`unread`, their keys).
    """
    resolver = Resolver(site, unread)
    yield from resolver.broken()
    yield from _event_links(site, resolver)
    yield from redirects_of(site).diagnostics
    yield from check_record_links(site, resolver)


@check("unwritten", Severity.WARNING, of=ReadSite)
def unwritten(read: ReadSite) -> Iterator[Found]:
    """A text in YAML in which `…` keeps the place of what still has to be written."""
    yield from (found for draft, found in _waiting(read.site) if not draft)


@check("unwritten", Severity.INFO, of=ReadSite)
def unwritten_draft(read: ReadSite) -> Iterator[Found]:
    """The same on a draft, which nobody publishes yet."""
    yield from (found for draft, found in _waiting(read.site) if draft)


def _waiting(site: Site) -> Iterator[tuple[bool, Found]]:
    drafts = {page.key for page in site.pages if page.document.front.draft}
    message = say("this still has to be written; `…` only keeps its place")
    for text in site.texts():
        if text.in_yaml and is_waiting(text.written):
            yield text.page in drafts, Found(text.span, message)


def _own_pages(site: Site) -> Iterator[Page]:
    return (page for page in site.pages if page.state != FALLBACK)


def _event_links(site: Site, resolver: Resolver) -> Iterator[Diagnostic]:
    """Links in the titles and texts of events, placed in timeline.yaml."""
    for timeline in site.timelines:
        for event in timeline.events:
            for language in event.texts:
                text = site.event_texts.get((timeline.key, event.id, language))
                parts = ((text.title, event.titles), (text.text, event.texts)) if text else ()
                for prose, written in parts:
                    yield from _prose_links(
                        prose, written[language], timeline.source, timeline.key, language, resolver
                    )


def _prose_links(
    prose: Prose, written: Placed[str], source: Source, key: str, language: str, resolver: Resolver
) -> Iterator[Diagnostic]:
    for link in prose.links:
        _, problem = resolver.resolve(link, key, language)
        if problem is not None:
            span = place_in_scalar(source, written.span, link.span)
            yield problem.placed(lambda _, span=span: span)  # type: ignore[misc]


@check("heading-order", Severity.ERROR, of=ReadSite)
def second_title(read: ReadSite) -> Iterator[Found]:
    """A heading of level 1: the page's title is the only one."""
    for page in _own_pages(read.site):
        for heading in page.document.prose.headings:
            if heading.level == 1:
                message = say("the page's title is its only heading of level 1")
                edits = _with_level(page.document.source, heading, 2)
                yield Found(heading.span, message, None, edits)


@check("heading-order", Severity.WARNING, of=ReadSite)
def skipped_level(read: ReadSite) -> Iterator[Found]:
    """Levels go down one at a time from 2."""
    for page in _own_pages(read.site):
        previous = 1
        for heading in page.document.prose.headings:
            if heading.level > previous + 1:
                message = say(
                    "this heading is of level {level}, below one of level {previous}",
                    level=heading.level,
                    previous=previous,
                )
                edits = _with_level(page.document.source, heading, previous + 1)
                yield Found(heading.span, message, None, edits)
            previous = heading.level


@check("heading-without-id", Severity.WARNING, of=ReadSite)
def heading_without_id(read: ReadSite) -> Iterator[Found]:
    """Every heading has an id that all languages share."""
    for page in _own_pages(read.site):
        for number, heading in enumerate(page.document.prose.headings):
            if not heading.shared:
                yield _without_id(page, heading, _counterpart(page, number, read.site))


def _with_level(source: Source, heading: Heading, level: int) -> tuple[Edit, ...]:
    """The heading with another number of signs; one that is underlined loses its line."""
    marks, text, _ = _parts_of_heading(source, heading)
    if marks is None:
        return ()
    return (Edit(marks, "#" * level + " "), Edit(text, ""))


def _parts_of_heading(source: Source, heading: Heading) -> tuple[Span | None, Span, Span]:
    """Where its signs stand (None: in raw HTML), its underline, and the end of its words."""
    lines = source.text[heading.span.start : heading.span.end].split("\n")
    start, end = heading.span.start, heading.span.start + len(lines[0].rstrip())
    nothing, words = Span(source.path, end, end), Span(source.path, end, end)
    if lines[0].startswith("#"):
        signs = len(lines[0]) - len(lines[0].lstrip("#").lstrip())
        return Span(source.path, start, start + signs), nothing, words
    if len(lines) == 2 and not lines[1].strip("=- "):
        line_end = start + len(lines[0])
        underline = Span(source.path, line_end, line_end + 1 + len(lines[1]))
        return Span(source.path, start, start), underline, words
    return None, nothing, words


def _without_id(page: Page, heading: Heading, other: tuple[Page, Heading] | None) -> Found:
    message = say("this heading has no id of its own, so a link to it breaks when its words change")
    hint: Message | None = say("give it the same id in every language")
    name = slugify(heading.text)
    if other is not None:
        name = other[1].id
        message = say(
            "this heading has no id; in {path} the same one is called `{id}`",
            path=other[0].document.source.path,
            id=name,
        )
        hint = None
    marks, _, end = _parts_of_heading(page.document.source, heading)
    edits = end.becomes(f" {{#{name}}}") if marks is not None else ()
    return Found(heading.span, message, hint, edits, other is not None)


def _counterpart(page: Page, number: int, site: Site) -> tuple[Page, Heading] | None:
    """The heading in its place in another language, when all headings go the same way there."""
    own = page.document.prose.headings
    taken = {heading.id for heading in own if heading.shared}
    for other in site.own_versions(page.key):
        theirs = other.document.prose.headings
        if other.language == page.language or len(theirs) != len(own):
            continue
        alike = all(
            a.level == b.level and (a.id == b.id or not (a.shared and b.shared))
            for a, b in zip(own, theirs, strict=True)
        )
        if alike and theirs[number].shared and theirs[number].id not in taken:
            return other, theirs[number]
    return None


def missing_pictures(read: ReadSite) -> Iterator[Diagnostic]:
    """missing-image: a picture in a text that is not in the folder of its page."""
    for page, picture in _unmade(read):
        if not picture.optional:
            names = read.site.files.get(page.key, {})
            yield missing_picture(Placed(picture.target, picture.span), page.key, names)


@check("awaited-image", Severity.INFO, of=ReadSite)
def awaited_image(read: ReadSite) -> Iterator[Found]:
    """The place of a picture that its author knows to be still missing."""
    for page, picture in _unmade(read):
        if picture.optional:
            message = say(
                "the place for {name} stays empty until the file is in content/{key}/",
                name=picture.target,
                key=page.key,
            )
            yield Found(picture.span, message)


def _unmade(read: ReadSite) -> Iterator[tuple[Page, Picture]]:
    """The pictures that pages name and that are not there; a damaged one was told where it was made."""
    for page in _own_pages(read.site):
        names = read.site.files.get(page.key, {})
        for picture in page.document.prose.pictures:
            made = (page.key, picture.target.removeprefix("./")) in read.images
            if not made and picture.target not in names:
                yield page, picture


@check("missing-alt", Severity.ERROR, of=ReadSite)
def missing_alt(read: ReadSite) -> Iterator[Found]:
    """A picture without a text for those who cannot see it (WCAG 2.2, 1.1.1)."""
    message = say("this picture has no text for those who cannot see it")
    for page in _own_pages(read.site):
        for picture in page.document.prose.pictures:
            made = (page.key, picture.target.removeprefix("./")) in read.images
            if made and not picture.alt.strip():
                before = picture.span.shifted(-2)
                brackets = Span(before.path, before.start, picture.span.start)
                edits = brackets.becomes("…](", "](")
                yield Found(picture.span, message, None, edits)
        front, source = page.document.front, page.document.source
        if front.image is not None and front.image_alt is None:
            line, _ = source.position(front.image.span.start)
            edits = source.line_followed_by(line, "image_alt: …")
            yield Found(front.image.span, message, None, edits)
    yield from _event_pictures(read.site)


def _event_pictures(site: Site) -> Iterator[Found]:
    for timeline in site.timelines:
        for event in timeline.events:
            for language in site.settings.languages if event.image else ():
                if language.key in event.texts and not event.image_alts.get(language.key):
                    message = say(
                        "this picture has no text in {name} for those who cannot see it",
                        name=language.name,
                    )
                    edits = _alt_line(event, timeline.source)
                    yield Found(event.span, message, None, edits)


def _alt_line(event: Event, source: Source) -> tuple[Edit, ...]:
    """A line for the texts of an event's picture, below the picture; none where there is one."""
    if event.image is None or event.image_alts:
        return ()
    number, _ = source.position(event.image.span.start)
    written = re.match(r"([ -]*)image:", source.line(number))
    if written is None:
        return ()
    texts = ", ".join(f"{language}: …" for language in event.texts)
    return source.line_followed_by(number, " " * len(written[1]) + f"image_alt: {{{texts}}}")


@check("unset-setting", Severity.INFO, of=ReadSite)
def unset_setting(read: ReadSite) -> Iterator[Found]:
    """A setting that a page links to and that has no value yet."""
    site = read.site
    used = {
        link.target.removeprefix("site:")
        for page in site.pages
        for link in page.document.prose.links
        if link.target.startswith("site:")
    }
    for setting in site.settings.unset:
        if setting.value in used:
            message = say(
                "`{name}` has no address yet; the pages give {contact} instead",
                name=setting.value,
                contact=site.settings.organisation.contact or "-",
            )
            yield Found(
                setting.span, message, say("write the address after the colon when there is one")
            )
