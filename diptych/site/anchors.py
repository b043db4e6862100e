"""The earlier anchors of headings on published pages, and the ids that replaced them.

An anchor made from a heading's words is public once its page is. `fix` records it in
`addresses.lock` when it writes an id in its place. The page then keeps the old anchor as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from markupsafe import escape

from diptych.diagnostics import Diagnostic, Edit, Span, say, warning
from diptych.site.addresses import ADDRESSES, anchor_line
from diptych.site.links import Resolver
from diptych.site.values import Page, Site

_ID = re.compile(r'\sid="([^"]*)"')
_HEADING = re.compile(r'<h[1-6]\b[^>]*?\sid="([^"]*)"[^>]*>(?:<(?:a|span)\b[^>]*>)*')


def old_anchors(site: Site, page: Page) -> Mapping[str, str]:
    """The earlier ids of a page's headings: old id -> present id.

    If the page has no text in its language, also those of the language whose text it shows.
    """
    found: dict[str, str] = {}
    for language in dict.fromkeys((page.text_language, page.language)):
        given = {
            each.anchor: each.heading
            for each in site.old_anchors
            if each.key == page.key and each.language == language
        }
        found |= {anchor: _last(given, anchor) for anchor in given}
    return found


def _last(given: Mapping[str, str], anchor: str) -> str:
    """The present id, followed through ids that were changed more than once."""
    seen = {anchor}
    while anchor in given and given[anchor] not in seen:
        anchor = given[anchor]
        seen.add(anchor)
    return anchor


def with_old_anchors(html: str, anchors: Mapping[str, str]) -> str:
    """The HTML of a page in which the old ids of its headings (old -> present) still work.

    Each gets an empty element in its heading. An id that another element has is left to it.
    """
    if not anchors:
        return html
    taken = set(_ID.findall(html))
    places: dict[str, list[str]] = {}
    for old, heading in anchors.items():
        if escape(old) not in taken:
            places.setdefault(str(escape(heading)), []).append(f'<span id="{escape(old)}"></span>')
    return _HEADING.sub(lambda found: found[0] + "".join(places.pop(found[1], ())), html)


def noted(site: Site, page: Page, anchor: str, heading: str) -> tuple[Edit, ...]:
    """The edit of `addresses.lock` that records the earlier id of a heading. None if the address of
    its page was never recorded: nobody can have linked to it.
    """
    line = anchor_line(page.path, anchor, page.key, heading)
    for old in site.old_anchors:
        if (old.path, old.anchor) == (page.path, anchor):
            return old.span.becomes(line) if old.heading != heading else ()
    for address in site.remembered or ():
        if (address.path, address.key) == (page.path, page.key) and anchor != heading:
            return Span(ADDRESSES, address.span.end, address.span.end).becomes(f"\n{line}")
    return ()


def lost_anchors(site: Site, resolver: Resolver, unread: Collection[str]) -> Iterator[Diagnostic]:
    """lost-address: an earlier anchor whose heading is gone or has another id now."""
    for each in site.old_anchors:
        page = site.page(each.key, each.language)
        if page is None or each.key in unread:  # if the page is gone, its address is reported
            continue
        heading = old_anchors(site, page).get(each.anchor, each.heading)
        if heading in resolver.anchors(page) or each.anchor in resolver.anchors(page):
            continue
        message = say(
            "/{path} led to the heading `{heading}`, which is gone: it leads to the top of its "
            "page now",
            path=f"{each.path}#{each.anchor}",
            heading=heading,
        )
        hint = say(
            "write the id of the heading that took its place at the end of this line, or take the "
            "line out if the address may die"
        )
        yield warning("lost-address", each.span, message, hint)
