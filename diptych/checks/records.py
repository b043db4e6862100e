"""Finds texts in the site's own fields and records that no page shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from diptych.bodies import Body
from diptych.cache import SlotRequest
from diptych.checks.pages import Published
from diptych.content.fields import FieldValue, field_values
from diptych.content.placeholders import is_placeholder
from diptych.content.types import PAGE
from diptych.diagnostics import Placed, Severity, say
from diptych.extend import Found, check
from diptych.html import reading_lines
from diptych.markdown import plain_text
from diptych.markdown.typography import typeset
from diptych.model import Records
from diptych.site import Page, Site
from diptych.site.values import FALLBACK
from diptych.yaml import Record, Role

_NO_WORD = re.compile(r"[\W_]+")


@check("unshown-text", Severity.WARNING, of=Published)
def unshown_text(published: Published) -> Iterator[Found]:
    """A text that its page does not show. It is in an agenda, or in one of the site's own fields,
    which types.yaml declares.

    Such a field belongs to a page, to a record in the folder of a page, or to a term, which the
    page of the glossary should show.
    """
    site, cache = published.site, published.cache
    found = {output.path: output for output in published.outputs}
    asked, requests = [], []
    for page, texts in _own_texts(site):
        output = found.get(page.output)
        if output is not None:
            asked.append((page, texts))
            requests.append(SlotRequest(page.output, {"page": output.body}, output.body))
    words = cache.call_each(words_of_page, requests, {})
    unseen: dict[tuple[str, str], list[tuple[Page, Placed[str]]]] = {}
    for (page, texts), each in zip(asked, words, strict=True):
        for name, placed in _unshown(each, texts):
            unseen.setdefault((page.key, name), []).append((page, placed))
    for (_, name), places in unseen.items():  # one correction of the template shows all of them
        page, placed = places[0]
        pages = dict.fromkeys(f"/{each.path}" for each, _ in places)
        message = say(
            "readers of {pages} do not see this `{field}`", pages=", ".join(pages), field=name
        )
        template = f"templates/{page.document.front.layout}.html"
        hint = say("show it in {template}, or take its field out of types.yaml", template=template)
        yield Found(placed.span, message, hint)


def words_of_page(page: Body) -> str:
    """All visible words of a page as one string, in small letters, without spaces and punctuation."""
    return _bare(" ".join(reading_lines(page.read().decode())))


def _bare(text: str) -> str:
    """A text in small letters, without spaces and punctuation."""
    return _NO_WORD.sub("", text).casefold()


def _own_texts(site: Site) -> Iterator[tuple[Page, list[tuple[str, Placed[str], str]]]]:
    """Each page that should show texts of the site's own fields, with the texts in the language of the
    page. A text is the name of its field, the value, and the value as readers see it. Alt texts are
    left out, since browsers show the picture instead.
    """
    own = {name: site.types.own_part(name) for name in site.types.by_name}
    for page in site.pages:
        front = page.document.front
        beside = site.records_on(page)
        if page.state == FALLBACK or (
            not beside and own[PAGE.name].fields.keys().isdisjoint(front.values)
        ):
            continue  # most pages have no such field
        texts = [
            (single.names[-1], single.placed, _as_read(site, page, single))
            for single in _singles(own, page, beside)
            if single.language == page.language and single.field.role not in (None, Role.ALT)
        ]
        if texts:
            yield page, texts


def _as_read(site: Site, page: Page, single: FieldValue) -> str:
    """A value as readers see it."""
    placed = single.placed
    prose = site.proses.get((placed.span.path, placed.span.start))
    if prose is not None:
        return plain_text(prose.html)
    return typeset(placed.value, site.settings.language(page.language).typography)


def _singles(
    own: Mapping[str, Record], page: Page, beside: Iterable[Records]
) -> Iterator[FieldValue]:
    """Every value of the site's own fields in the front matter of a page, and in these records."""
    yield from field_values(own[PAGE.name], page.document.front.values, page.language)
    for records in beside:
        record = own[records.type]
        for entry in records.entries if record.fields else ():
            yield from field_values(record, entry.values)


def _unshown(
    words: str, texts: Iterable[tuple[str, Placed[str], str]]
) -> Iterator[tuple[str, Placed[str]]]:
    """The name of the field and the value of each text that is not among the visible words of a page."""
    for name, placed, text in texts:
        if _bare(text) not in words and not is_placeholder(placed.value):
            yield name, placed
