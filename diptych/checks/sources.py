"""Checks of the site's sources, with places in the editors' own files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from diptych.checks.rules import ReadSite
from diptych.content.fields import field_values
from diptych.content.waiting import STILL_TO_WRITE, is_waiting
from diptych.diagnostics import (
    Diagnostic,
    Edit,
    Placed,
    Severity,
    Source,
    Span,
    say,
)
from diptych.extend import Found, check
from diptych.model import Event, Picture, named
from diptych.site import Page, Resolver, Site, links_of, lost_anchors, redirects_of
from diptych.site.references import missing_picture
from diptych.site.values import FALLBACK
from diptych.yaml import place_in_scalar

DECLARED = ("awaited-image", "unset-setting")  # about things that an author marked as still to come


def broken_links(read: ReadSite) -> Iterator[Diagnostic]:
    """What is wrong with the links and old addresses that editors wrote.

    Links to anchors on pages that could not be read whole are left out.
    """
    site, unread = read.site, read.unread
    resolver = Resolver(site, unread)
    for each in links_of(site):
        _, problem = resolver.resolve(each.link, each.key, each.language)
        if problem is not None:
            yield problem
    yield from redirects_of(site).diagnostics
    yield from lost_anchors(site, resolver, unread)


@check("unwritten", Severity.WARNING, of=ReadSite)
def unwritten(read: ReadSite) -> Iterator[Found]:
    """A text of a record that still has to be written; those of a page are reported where it is read."""
    yield from _waiting(read.site, draft=False)


@check("unwritten", Severity.INFO, of=ReadSite)
def unwritten_draft(read: ReadSite) -> Iterator[Found]:
    """The same beside a draft, which is not published yet."""
    yield from _waiting(read.site, draft=True)


def _waiting(site: Site, *, draft: bool) -> Iterator[Found]:
    """The placeholders (`…`) in records beside drafts, or in all others."""
    drafts = {page.key for page in site.pages if page.document.front.draft}
    for records in site.records:
        record = site.types.by_name[records.type].record
        if (records.key in drafts) is draft:
            for entry in records.entries:
                for single in field_values(record, entry.values):
                    value = single.placed.value
                    if isinstance(value, str) and is_waiting(value):
                        yield Found(single.placed.span, STILL_TO_WRITE)


def _own_pages(site: Site) -> Iterator[Page]:
    return (page for page in site.pages if page.state != FALLBACK)


class _InText(NamedTuple):
    """A picture in a text of the page `key`; `place` turns an offset in the text into a place in
    the file.
    """

    key: str
    picture: Picture
    place: Callable[[Span], Span]


def _in_texts(site: Site) -> Iterator[_InText]:
    """The pictures of all texts."""
    for page in _own_pages(site):
        for picture in page.document.prose.pictures:
            yield _InText(page.key, picture, lambda span: span)
    for field in site.markdown_fields():
        for picture in site.prose(field.placed).pictures:
            place = partial(place_in_scalar, field.source, field.placed.span)
            yield _InText(field.key, picture, place)


def missing_pictures(read: ReadSite) -> Iterator[Diagnostic]:
    """missing-image: a picture in a text that is not in the folder of its page."""
    for each in _unmade(read):
        if not each.picture.optional:
            names = read.site.files.get(each.key, {})
            placed = Placed(each.picture.target, each.picture.span)
            yield missing_picture(placed, each.key, names).placed(each.place)


@check("awaited-image", Severity.INFO, of=ReadSite)
def awaited_image(read: ReadSite) -> Iterator[Found]:
    """A picture whose author marked it as still to come."""
    for each in _unmade(read):
        if each.picture.optional:
            message = say(
                "the place for {name} stays empty until the file is in content/{key}/",
                name=each.picture.target,
                key=each.key,
            )
            yield Found(each.place(each.picture.span), message)


def _unmade(read: ReadSite) -> Iterator[_InText]:
    """The pictures that texts name and that do not exist.

    A damaged picture is reported where it is made, one without an address where its text is read.
    """
    for each in _in_texts(read.site):
        names, target = read.site.files.get(each.key, {}), each.picture.target
        if target and target not in names and not _is_made(read, each):
            yield each


def _is_made(read: ReadSite, each: _InText) -> bool:
    return (each.key, each.picture.target.removeprefix("./")) in read.images


@check("missing-alt", Severity.ERROR, of=ReadSite)
def missing_alt(read: ReadSite) -> Iterator[Found]:
    """A picture without a text for readers who cannot see it (WCAG 2.2, 1.1.1)."""
    message = say("this picture has no text for those who cannot see it")
    for each in _in_texts(read.site):
        if _is_made(read, each) and not each.picture.alt.strip():
            span = each.place(each.picture.span)
            brackets = Span(span.path, span.start - 2, span.start)
            yield Found(span, message, None, brackets.becomes("…](", "]("))
    for page in _own_pages(read.site):
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
                        name=named(language),
                    )
                    edits = _alt_line(event, timeline.source)
                    yield Found(event.span, message, None, edits)


def _alt_line(event: Event, source: Source) -> tuple[Edit, ...]:
    """A line for the alt texts of an event's picture, below the picture; None if it has one."""
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
    """A setting without a value that a page links to."""
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
