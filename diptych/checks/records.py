"""Checks of the fields and records of a site's own: where they lead, and whether readers see them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from diptych.cache import Cache
from diptych.content.fields import Record, Role, filled, leaves
from diptych.content.kinds import LINK
from diptych.content.new import is_waiting
from diptych.content.types import PAGE
from diptych.diagnostics import Diagnostic, Placed, say, warning
from diptych.html import reading_lines
from diptych.markdown import plain_text
from diptych.markdown.typography import typeset
from diptych.model import Link, Output
from diptych.site import Page, Resolver, Site
from diptych.site.records import own_proses
from diptych.site.values import FALLBACK
from diptych.values import replace
from diptych.yaml import ListOf, PerLanguage, place_in_scalar

_NO_WORD = re.compile(r"[\W_]+")


def check_record_links(site: Site, resolver: Resolver) -> Iterator[Diagnostic]:
    """Links in fields of the site's own, in Markdown and by themselves, as those of pages."""
    for key, language, link in record_links(site):
        _, problem = resolver.resolve(link, key, language)
        if problem is not None:
            yield problem


def record_links(site: Site) -> Iterator[tuple[str, str, Link]]:
    """Page key, language and link, with its place in the file, of every link in such a field."""
    documents = [page.document for page in site.pages if page.state != FALLBACK]
    for source, language, _, placed in own_proses(documents, site.records, site.types):
        key = source.path.removeprefix("content/").rpartition("/")[0]
        for link in site.prose(placed).links:
            yield key, language, replace(link, span=place_in_scalar(source, placed.span, link.span))
    for key, language, placed in _links(site):
        yield key, language, Link(placed.value, "", placed.span)


def _links(site: Site) -> Iterator[tuple[str, str, Placed[str]]]:
    """Page key, language and value of every field that is a link."""
    first = site.settings.languages[0].key
    page = site.types.own_part(PAGE.name)
    for each in site.pages:
        if each.state != FALLBACK:
            for placed in _of_kind(page, each.document.front.values):
                yield each.key, each.language, placed
    for records in site.records:
        record = site.types.own_part(records.type)
        for entry in records.entries if record.fields else ():
            for placed in _of_kind(record, entry.values):
                yield records.key, first, placed


def _of_kind(record: Record, values: Mapping[str, Any]) -> Iterator[Placed[str]]:
    for _, field, value in filled(record, values):
        shape = field.shape
        while isinstance(shape, (ListOf, PerLanguage)):
            shape = shape.item
        if shape == LINK:
            yield from leaves(field.shape, value)


def check_shown(site: Site, outputs: Iterable[Output], cache: Cache) -> Iterator[Diagnostic]:
    """unshown-text: a text of a record that the page beside which it lies does not show."""
    found = {output.path: output for output in outputs}
    for page in site.pages:
        beside = site.records_of(page.key) if page.state != FALLBACK else ()
        records = [each for each in beside if site.types.own_part(each.type).fields]
        output = found.get(page.output)
        if records and output is not None:
            words = cache.call(words_of_page, page.output, output.data)
            for each in records:
                yield from _unshown(page, words, _texts(site, each.type, page))


def words_of_page(data: bytes) -> str:
    """What readers read on a page, without spaces and marks."""
    return _bare(" ".join(reading_lines(data.decode())))


def _bare(text: str) -> str:
    return _NO_WORD.sub("", text).casefold()


def _texts(site: Site, kind: str, page: Page) -> Iterator[tuple[str, Placed[str], str]]:
    """Field, value and words of every text of a page's records that has the page's language."""
    language = site.settings.language(page.language)
    record = site.types.own_part(kind)
    for records in site.records_of(page.key):
        for entry in records.entries if records.type == kind else ():
            for name, field, value in filled(record, entry.values):
                if field.role in (None, Role.ALT) or not isinstance(field.shape, PerLanguage):
                    continue  # no text, or one that is heard and not read
                own = value.get(page.language)
                for placed in leaves(field.shape.item, own) if own is not None else ():
                    prose = site.proses.get((placed.span.path, placed.span.start))
                    words = (
                        plain_text(prose.html)
                        if prose is not None
                        else typeset(placed.value, language.typography)
                    )
                    yield name, placed, words


def _unshown(
    page: Page, words: str, texts: Iterable[tuple[str, Placed[str], str]]
) -> Iterator[Diagnostic]:
    for name, placed, text in texts:
        if _bare(text) not in words and not is_waiting(placed.value):
            message = say(
                "readers of /{path} do not see this `{field}`", path=page.path, field=name
            )
            hint = say(
                "show it in {template}, or take its field out of types.yaml",
                template=f"templates/{page.document.front.layout}.html",
            )
            yield warning("unshown-text", placed.span, message, hint)
