"""Checks of the site's own fields and records: their links, and whether readers see their texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from diptych.checks.published import Published
from diptych.content.fields import Role, Single, singles
from diptych.content.kinds import LINK
from diptych.content.layouts import layout_of
from diptych.content.types import PAGE, TERMS
from diptych.content.waiting import is_waiting
from diptych.diagnostics import Diagnostic, Placed, Severity, say
from diptych.extend import Found, check
from diptych.html import reading_lines
from diptych.markdown import plain_text
from diptych.markdown.typography import typeset
from diptych.model import Link
from diptych.site import Page, Resolver, Site
from diptych.site.records import own_proses
from diptych.site.values import FALLBACK
from diptych.values import replace
from diptych.yaml import place_in_scalar

_NO_WORD = re.compile(r"[\W_]+")


def check_record_links(site: Site, resolver: Resolver) -> Iterator[Diagnostic]:
    """The links in the site's own fields, checked as those of pages."""
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
            for single in singles(page, each.document.front.values, each.language):
                if single.leaf == LINK:
                    yield each.key, each.language, single.placed
    for records in site.records:
        record = site.types.own_part(records.type)
        for entry in records.entries if record.fields else ():
            for single in singles(record, entry.values):
                if single.leaf == LINK:
                    yield records.key, single.language or first, single.placed


@check("unshown-text", Severity.WARNING, of=Published)
def unshown_text(published: Published) -> Iterator[Found]:
    """A text in one of the site's own fields that its page does not show.

    Fields of the page itself, of the records beside it, and of the terms on the page that shows
    them.
    """
    site, cache = published.site, published.cache
    found = {output.path: output for output in published.outputs}
    for page in site.pages:
        output = found.get(page.output)
        texts = list(_texts(site, page)) if page.state != FALLBACK else []
        if texts and output is not None:
            yield from _unshown(page, cache.call(words_of_page, page.output, output.data), texts)


def words_of_page(data: bytes) -> str:
    """The visible words of a page, without spaces and marks."""
    return _bare(" ".join(reading_lines(data.decode())))


def _bare(text: str) -> str:
    return _NO_WORD.sub("", text).casefold()


def _texts(site: Site, page: Page) -> Iterator[tuple[str, Placed[str], str]]:
    """Field, value and words of every such text in the page's language; not alt texts, which are
    heard and not read.
    """
    language = site.settings.language(page.language)
    for single in _singles(site, page):
        if single.language == page.language and single.field.role not in (None, Role.ALT):
            placed = single.placed
            prose = site.proses.get((placed.span.path, placed.span.start))
            words = (
                plain_text(prose.html)
                if prose is not None
                else typeset(placed.value, language.typography)
            )
            yield single.names[-1], placed, words


def _singles(site: Site, page: Page) -> Iterator[Single]:
    own = site.types.own_part
    yield from singles(own(PAGE.name), page.document.front.values, page.language)
    terms = layout_of(page.document.front.layout).shows == TERMS.name
    whole = site.records_of("") if terms else ()
    for records in (*site.records_of(page.key), *whole):
        record = own(records.type)
        for entry in records.entries if record.fields else ():
            yield from singles(record, entry.values)


def _unshown(
    page: Page, words: str, texts: Iterable[tuple[str, Placed[str], str]]
) -> Iterator[Found]:
    for name, placed, text in texts:
        if _bare(text) not in words and not is_waiting(placed.value):
            message = say(
                "readers of /{path} do not see this `{field}`", path=page.path, field=name
            )
            hint = say(
                "show it in {template}, or take its field out of types.yaml",
                template=f"templates/{page.document.front.layout}.html",
            )
            yield Found(placed.span, message, hint)
