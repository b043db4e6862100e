"""Checks of pictures: the file of every picture must exist, and every picture must be described for
readers who cannot see it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from diptych.checks.inputs import BundleFiles, ReadSite
from diptych.content.kinds import TEXT
from diptych.content.own_types import TYPES
from diptych.content.texts import WrittenValue, values_of
from diptych.content.types import PAGE
from diptych.diagnostics import Diagnostic, Edit, Placed, Severity, Source, Span, say
from diptych.extend import Found, check
from diptych.model import Document, Language, Picture, Timeline, named
from diptych.site import Site
from diptych.site.files import without_file
from diptych.site.records import markdown_fields
from diptych.site.references import missing_picture, pictures_among
from diptych.yaml import Field, Leaf, ListOf, Record, place_in_scalar

_FEW = 3  # words: a name may be equal in every language


class _InText(NamedTuple):
    """A picture in a text of the page `key`; `place` turns an offset in the text into a place in
    the file.
    """

    key: str
    languages: tuple[Language, ...]  # of the readers of the text
    picture: Picture
    place: Callable[[Span], Span]


def _in_texts(bundle: BundleFiles, site: Site) -> Iterator[_InText]:
    """The pictures in the texts of a bundle."""
    for page in bundle.pages:
        languages = site.languages_of(page.key, page.language)
        for picture in page.document.prose.pictures:
            yield _InText(page.key, languages, picture, lambda span: span)
    for field in markdown_fields(bundle.files, site.types):
        for picture in site.prose(field.placed).pictures:
            place = partial(place_in_scalar, field.source, field.placed.span)
            languages = site.languages_of(field.key, field.language)
            yield _InText(field.key, languages, picture, place)


def missing_pictures(bundle: BundleFiles, read: ReadSite) -> Iterator[Diagnostic]:
    """missing-image: a picture in a text that is not in the folder of its page."""
    for each in _unmade(bundle, read):
        if not each.picture.optional:
            names, target = pictures_among(read.site.files.get(each.key, ())), each.picture.target
            without = without_file(target, names, each.languages)
            spoken = read.site.languages_of(each.key)
            placed = Placed(target, each.picture.span)
            yield missing_picture(placed, each.key, names, without, spoken).placed(each.place)


@check("awaited-image", Severity.INFO, of=BundleFiles)
def awaited_image(bundle: BundleFiles, read: ReadSite) -> Iterator[Found]:
    """A picture whose author marked it as still to come."""
    for each in _unmade(bundle, read):
        if each.picture.optional:
            message = say(
                "the place for {name} stays empty until the file is in content/{key}/",
                name=each.picture.target,
                key=each.key,
            )
            yield Found(each.place(each.picture.span), message)


def _unmade(bundle: BundleFiles, read: ReadSite) -> Iterator[_InText]:
    """The pictures that a text names and that are missing for some of its readers.

    Damaged pictures are left out, since the stage that makes pictures reports them, and so are
    pictures without an address, which the reader of the text reports.
    """
    for each in _in_texts(bundle, read.site):
        names, target = pictures_among(read.site.files.get(each.key, ())), each.picture.target
        if target and without_file(target, names, each.languages) and not _is_made(read, each):
            yield each


def _is_made(read: ReadSite, each: _InText) -> bool:
    """Whether the readers of every language of the text get the picture."""
    target = each.picture.target
    names = (read.site.name_in(each.key, target, language.key) for language in each.languages)
    return all((each.key, name.removeprefix("./")) in read.images for name in names)


@check("missing-alt", Severity.ERROR, of=BundleFiles)
def missing_alt(bundle: BundleFiles, read: ReadSite) -> Iterator[Found]:
    """A picture without a text for readers who cannot see it (WCAG 2.2, 1.1.1)."""
    message = say("this picture has no text for those who cannot see it")
    for each in _in_texts(bundle, read.site):
        if _is_made(read, each) and not each.picture.alt.strip():
            span = each.place(each.picture.span)
            brackets = Span(span.path, span.start - 2, span.start)
            yield Found(span, message, None, brackets.becomes("…](", "]("))
    for page in bundle.pages:
        front, source = page.document.front, page.document.source
        if front.image is not None and front.image_alt is None:
            line, _ = source.position(front.image.span.start)
            edits = source.line_followed_by(line, "image_alt: …")
            yield Found(front.image.span, message, None, edits)
    timeline = read.site.timeline(bundle.key)
    if timeline is not None:
        yield from _event_pictures(timeline, read.site.settings.languages)


def _event_pictures(timeline: Timeline, languages: Iterable[Language]) -> Iterator[Found]:
    for event in timeline.events:
        if event.image is None:
            continue
        edits: tuple[Edit, ...] = ()
        if not event.image_alts:
            edits = _alt_line("image", event.image.span, event.texts, timeline.source)
        for language in languages:
            if language.key in event.texts and not event.image_alts.get(language.key):
                message = say(
                    "this picture has no text in {name} for those who cannot see it",
                    name=named(language),
                )
                yield Found(event.span, message, None, edits)


def _alt_line(name: str, span: Span, languages: Iterable[str], source: Source) -> tuple[Edit, ...]:
    """The edit that adds a line for alt texts below the line of the picture `name`; no edit if
    another key is on that line.
    """
    number, _ = source.position(span.start)
    written = re.match(rf"([ -]*){re.escape(name)}:", source.line(number))
    if written is None:
        return ()
    texts = ", ".join(f"{language}: …" for language in languages)
    line = f"{name}_alt: {{{texts}}}" if texts else f"{name}_alt: …"
    return source.line_followed_by(number, " " * len(written[1]) + line)


@check("missing-alt", Severity.WARNING, of=BundleFiles)
def undescribed_picture(bundle: BundleFiles, read: ReadSite) -> Iterator[Found]:
    """A picture in one of the site's own fields without a text for readers who cannot see it: the
    field of that text (`photo_alt` for `photo`) is empty, or types.yaml does not declare it. A text
    that only some languages lack is reported as a missing translation.
    """
    types = read.site.types
    found = tuple(values_of(bundle.files, types, _is_picture_or_text))
    described = {_place(each) for each in found if each.value.leaf == TEXT}
    languages = [language.key for language in read.site.languages_of(bundle.key)]
    for each in found:
        name, span = each.value.names[-1], each.value.placed.span
        kind = PAGE.name if isinstance(each.file, Document) else each.file.type
        is_own = each.value.names[0] in types.own_part(kind).fields
        if each.value.field.refers != "picture" or not is_own or _place(each, "_alt") in described:
            continue
        target = each.value.placed.value
        shown = (read.site.name_in(bundle.key, target, language) for language in languages)
        if all((bundle.key, name) not in read.images for name in shown):
            continue  # another check reports that the picture is missing
        message = say("this picture has no text for those who cannot see it")
        if f"{name}_alt" in _names_beside(each.value.names, types.own_part(kind)):
            spoken = () if isinstance(each.file, Document) else languages
            yield Found(span, message, None, _alt_line(name, span, spoken, each.file.source))
        else:
            line = f"{name}_alt: {{type: text, translate: true}}"
            hint = say(
                "first declare its text in {file}, below `{name}`: {line}",
                file=TYPES,
                name=name,
                line=line,
            )
            yield Found(span, message, hint)


def _is_picture_or_text(field: Field, leaf: Leaf) -> bool:
    is_one = field.refers == "picture" and not isinstance(field.shape, ListOf)
    return is_one or leaf == TEXT


def _place(written: WrittenValue, ending: str = "") -> tuple[object, ...]:
    """The file, the entry and the field of a value, for comparing. `ending` is added to the name of the
    field: with `_alt`, the place of the text about a picture.
    """
    entry, value = written.entry, written.value
    names = (*value.names[:-1], value.names[-1] + ending)
    return (written.file.source.path, entry.span if entry else None, names, value.items)


def _names_beside(names: tuple[str, ...], record: Record) -> Iterable[str]:
    """The names of the fields in the same group as a field. `names` leads to the field: the names of the
    groups around it, then its own name. `record` declares the outermost of them.
    """
    for name in names[:-1]:
        shape = record.fields[name].shape
        shape = shape.item if isinstance(shape, ListOf) else shape
        assert isinstance(shape, Record)  # only a group has fields of its own
        record = shape
    return record.fields


@check("borrowed-alt", Severity.WARNING, of=BundleFiles)
def borrowed_alt(bundle: BundleFiles, read: ReadSite) -> Iterator[Found]:
    """A picture whose description is in the words of another language."""
    site = read.site
    described: dict[str, dict[str, tuple[str, Span]]] = {}
    for page in bundle.pages:
        for picture in page.document.prose.pictures:
            described.setdefault(picture.target, {})[page.language] = picture.alt, picture.span
        image, alt = page.document.front.image, page.document.front.image_alt
        if image is not None and alt is not None:
            described.setdefault(f"{image.value} ", {})[page.language] = alt.value, alt.span
    for versions in described.values():
        yield from _borrowed(site, versions)
    timeline = site.timeline(bundle.key)
    for event in timeline.events if timeline else ():
        yield from _borrowed(
            site,
            {
                language: (alt, event.image.span if event.image else event.span)
                for language, alt in event.image_alts.items()
            },
        )


def _borrowed(site: Site, versions: Mapping[str, tuple[str, Span]]) -> Iterator[Found]:
    """The second of two equal descriptions of a picture; a description of names alone may be equal."""
    first: dict[str, str] = {}
    for language, (alt, span) in versions.items():
        words = re.findall(r"[^\W\d_]+", alt)
        if len(words) < _FEW or all(word[0].isupper() for word in words):
            continue
        other = first.setdefault(" ".join(alt.casefold().split()), language)
        if other != language:
            message = say(
                "this picture has the same description as in {name}",
                name=named(site.settings.language(other)),
            )
            hint = say("describe it in {name}", name=named(site.settings.language(language)))
            yield Found(span, message, hint)
