"""Checks of finished pages and of feeds: their markup, and whether every address leads somewhere.

Feeds may hold only the markup that pages may hold, since feed readers do not apply the site's
content security policy, and many of them run any code.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from diptych.cache import Cache
from diptych.diagnostics import Message, Severity, Span, say, say_n
from diptych.extend import EXTEND, Found, check
from diptych.html import (
    ADDRESS,
    ATTRIBUTE,
    BLOCKED,
    ELEMENT,
    OTHERWISE,
    PageFacts,
    XmlFacts,
    read_xml,
)
from diptych.html.styles import bare_address
from diptych.model import Output, ending_of
from diptych.site import Site
from diptych.values import Value

XML = (".atom", ".rdf", ".rss", ".xml")  # endings of files that are read as XML
FORMS = "admin/"  # the one exception: the page for editing, off by default
# the beginnings of addresses that lead to the same place from every page
_EVERYWHERE = ("/", "http:", "https:", "mailto:")
_SHOWN = 80  # characters of an address or a tag in a message
_PLAIN = say("write `&lt;` for `<` there, or take it out")
_LISTED = say(
    "take it out, or write it another way: what is not on the list is refused, whatever it does"
)


class HtmlPage(Value):
    """A finished page, read back from its HTML."""

    path: str
    origin: str  # the file that it was made from, as the place of problems
    facts: PageFacts


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Every address of the site that a link can lead to."""

    base_url: str
    paths: frozenset[str]  # of all published files
    ids: Mapping[str, tuple[str, ...]]  # by the path of the page
    moved: frozenset[str] = frozenset()  # paths of the pages that redirect from old addresses


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """The finished outputs, with the site that they were made from."""

    site: Site
    outputs: tuple[Output, ...]
    cache: Cache  # for results that take long to compute


@check("repeated-id", Severity.ERROR, of=HtmlPage)
def repeated_id(page: HtmlPage, _: Places) -> Iterator[Found]:
    """An id that occurs more than once on the page."""
    for identity, count in Counter(page.facts.ids).items():
        if count > 1:
            message = say_n(
                "the id `{id}` stands {count} time on /{path}",
                "the id `{id}` stands {count} times on /{path}",
                id=identity,
                count=count,
                path=page.path,
            )
            yield Found(Span(page.origin), message)


@check("unfinished-page", Severity.ERROR, of=HtmlPage)
def unfinished_page(page: HtmlPage, _: Places) -> Iterator[Found]:
    """A page that breaks off: the template was cut short, but can still be read."""
    if not page.facts.ends:
        message = say("/{path} breaks off before its end", path=page.path)
        yield Found(Span(page.origin), message)


@check("missing-language", Severity.ERROR, of=HtmlPage)
def missing_language(page: HtmlPage, _: Places) -> Iterator[Found]:
    """A page without a `lang` (WCAG 2.2, 3.1.1)."""
    if not page.facts.language:
        message = say("/{path} does not say in which language it is", path=page.path)
        yield Found(Span(page.origin), message)


@check("inline-code", Severity.ERROR, of=HtmlPage)
def inline_code(page: HtmlPage, _: Places) -> Iterator[Found]:
    """Inline script or style, which the page's Content-Security-Policy forbids."""
    for what in page.facts.inline:
        message = say(
            "/{path} holds {what}, which browsers refuse on this site", what=what, path=page.path
        )
        yield Found(Span(page.origin), message)


@check("unknown-markup", Severity.ERROR, of=HtmlPage)
def unknown_markup(page: HtmlPage, _: Places) -> Iterator[Found]:
    """An element or an attribute that is not on the list of allowed ones, or a text that browsers read
    in another way than this program.
    """
    for each in page.facts.strange if not page.path.startswith(FORMS) else ():
        if each.kind == ELEMENT:
            message = say(
                "/{path} holds <{element}>, which is not on the list of what pages may hold",
                path=page.path,
                element=each.element,
            )
            yield Found(Span(page.origin), message, _LISTED)
        elif each.kind == ATTRIBUTE:
            message = say(
                "/{path} holds {attribute}={value} on <{element}>, which is not on the list of what "
                "pages may hold",
                path=page.path,
                attribute=each.attribute,
                element=each.element,
                value=each.value[:_SHOWN],
            )
            yield Found(Span(page.origin), message, _LISTED)
        elif each.kind == OTHERWISE:
            message = say(
                "/{path} holds {markup} in <{element}>, where browsers read it in another way",
                path=page.path,
                markup=each.value,
                element=each.element,
            )
            yield Found(Span(page.origin), message, _PLAIN)


@check("unsafe-address", Severity.ERROR, of=HtmlPage)
def unsafe_address(page: HtmlPage, places: Places) -> Iterator[Found]:
    """An address that runs code, leads readers away by itself, or sends what they type."""
    for each in page.facts.strange:
        if each.kind == ADDRESS:
            message = say(
                "/{path} holds an address that may not stand in {attribute} on <{element}>: {value}",
                path=page.path,
                attribute=each.attribute,
                element=each.element,
                value=each.value[:_SHOWN],
            )
            yield Found(Span(page.origin), message)
    for address in dict.fromkeys(page.facts.forms):
        if _inside(address, page.path, places.base_url) is None:
            message = say(
                "/{path} would send what a reader types to {address}",
                path=page.path,
                address=address,
            )
            yield Found(Span(page.origin), message)
    refresh = page.facts.refresh
    if refresh is not None and (
        page.path not in places.moved or _inside(refresh, page.path, places.base_url) is None
    ):
        message = say(
            "/{path} leads readers on by itself, to {target}", path=page.path, target=refresh
        )
        hint = say("only old addresses lead on, and only within the site: `redirect_from`")
        yield Found(Span(page.origin), message, hint)


@check("blocked-code", Severity.ERROR, of=HtmlPage)
def blocked_code(page: HtmlPage, _: Places) -> Iterator[Found]:
    """A script or style on the page that the page's own policy blocks."""
    for each in page.facts.strange:
        if each.kind == BLOCKED:
            message = say(
                "/{path} holds a <{element}> that its own policy blocks: {words}",
                path=page.path,
                element=each.element,
                words=each.value,
            )
            hint = say(
                "put it in a file of assets/, or let the template name its digest in the policy, as "
                "base.html does"
            )
            yield Found(Span(page.origin), message, hint)


@check("unclosed-element", Severity.ERROR, of=HtmlPage)
def unclosed_element(page: HtmlPage, _: Places) -> Iterator[Found]:
    """An element that is opened and not closed, or closed and not opened."""
    for element, tag in dict.fromkeys((each.element, each.tag) for each in page.facts.unbalanced):
        shown = " ".join(tag.split())[:_SHOWN]
        message = (
            say("/{path} closes {tag}, which is not open", path=page.path, tag=shown)
            if tag.startswith("</")
            else say("/{path} opens {tag} and does not close it", path=page.path, tag=shown)
        )
        hint = say("browsers guess where <{element}> ends, each its own way", element=element)
        yield Found(Span(page.origin), message, hint)


@check("foreign-resource", Severity.ERROR, of=HtmlPage)
def foreign_resource(page: HtmlPage, places: Places) -> Iterator[Found]:
    """An address of another site that a browser would fetch by itself."""
    for address in (*_loads(page), *page.facts.named):
        if _inside(address, page.path, places.base_url) is None:
            message = say(
                "/{path} would make a browser contact {address}", path=page.path, address=address
            )
            yield Found(Span(page.origin), message)


@check("dead-link", Severity.ERROR, of=HtmlPage)
def dead_link(page: HtmlPage, places: Places) -> Iterator[Found]:
    """A link to, or use of, a file that is not published."""
    for address in _loads(page):
        inside = _inside(address, page.path, places.base_url)
        if inside is not None and inside[0] not in places.paths:
            message = say(
                "/{path} needs {address}, which is not there", path=page.path, address=address
            )
            yield Found(Span(page.origin), message)
    refresh = () if page.facts.refresh is None else (page.facts.refresh,)
    for address in dict.fromkeys((*page.facts.links, *refresh)):
        inside = _inside(address, page.path, places.base_url)
        if inside is not None and inside[0] not in places.paths:
            message = say(
                "/{path} links to {address}, which is not there", path=page.path, address=address
            )
            yield Found(Span(page.origin), message)


@check("dead-anchor", Severity.ERROR, of=HtmlPage)
def dead_anchor(page: HtmlPage, places: Places) -> Iterator[Found]:
    """A link to an id that does not exist on its page."""
    for address in dict.fromkeys(page.facts.links):
        target, fragment = _inside(address, page.path, places.base_url) or ("", "")
        if fragment and target in places.ids and fragment not in places.ids[target]:
            message = say(
                "/{path} links to {address}, and there is no such place on that page",
                path=page.path,
                address=address,
            )
            yield Found(Span(page.origin), message)


def _loads(page: HtmlPage) -> Iterator[str]:
    """The addresses that a browser fetches by itself, each once."""
    for address in dict.fromkeys(page.facts.loads):
        if not address.startswith("data:"):
            yield address


def _as_browsers_read(address: str) -> str:
    """The address without the characters that browsers drop, and with `/` for each `\\` in its path
    (https://url.spec.whatwg.org/#concept-basic-url-parser).
    """
    bare = bare_address(address)
    end = min((place for mark in "?#" if (place := bare.find(mark)) >= 0), default=len(bare))
    return re.sub("^/{2,}", "//", bare[:end].replace("\\", "/")) + bare[end:]


def _inside(address: str, path: str, base: str) -> tuple[str, str] | None:
    """The output that an address on the page at `path` means, and its fragment; None for other sites
    and for addresses that no browser can read.
    """
    if address.startswith(_EVERYWHERE):
        return target_of(address, "", base)
    if address.startswith("#"):
        found = target_of(address, "", base)
        return None if found is None else (path, found[1])
    return target_of(address, path, base)


@lru_cache(maxsize=4096)  # pages have addresses in common, and several checks resolve each
def target_of(address: str, path: str, base: str) -> tuple[str, str] | None:
    """The output that an address of this site means, and its fragment; None for other sites and for
    addresses that no browser can read.

    `path` is the path of the page with the address. It is empty for an address whose target does not
    depend on the page, so that the cache has one result for all pages.
    """
    folder = urlsplit(base).path.rstrip("/")  # the folder of the site on its host
    address = _as_browsers_read(address)
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    inside = address == base or address.startswith(base + "/")
    if (parts.scheme or parts.netloc) and not inside:
        return None
    named = f"{folder}/" if address == base else parts.path
    if not named:
        return path, parts.fragment
    fragment = unquote(parts.fragment)
    if named.startswith("/"):
        return _below(folder, unquote(named)), fragment
    joined = posixpath.join(posixpath.dirname(path), unquote(named))
    end = "/" if joined.endswith(("/", "/.", "/..")) or joined in (".", "..") else ""
    return _page_at((posixpath.normpath(joined) + end).removeprefix("./")), fragment


def _below(folder: str, path: str) -> str:
    """The output at an absolute path, if the site is in a folder of its host; for a path outside of this
    folder, the path itself, at which there is no output.
    """
    if not path.startswith(f"{folder}/"):
        return path
    return _page_at(path.removeprefix(folder).lstrip("/"))


def _page_at(path: str) -> str:
    """The output that a web server sends for a path: `index.html` for a folder."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


@check("unknown-markup", Severity.ERROR, of=Output)
def unknown_markup_of_feed(output: Output, *_: object) -> Iterator[Found]:
    """An element or attribute in a feed that is not on the list of allowed markup; inline code, an
    unpaired tag, or a style sheet or document type before the feed.
    """
    whole = _read(output)
    if whole is not None and whole.active:
        yield Found(Span(output.origin), _of_feed(output, whole.active))
    for facts in whole.contents if whole is not None else ():
        found = [
            f"{each.attribute}={each.value}" if each.attribute else f"<{each.element}>"
            for each in facts.strange
            if each.kind != ADDRESS
        ]
        found += [*facts.inline, *(each.tag for each in facts.unbalanced)]
        found += ["<script>"] * bool(facts.scripts) + ["<style>"] * bool(facts.styles)
        yield from (Found(Span(output.origin), _of_feed(output, each)) for each in found)


@check("unsafe-address", Severity.ERROR, of=Output)
def unsafe_address_of_feed(output: Output, *_: object) -> Iterator[Found]:
    """An address in a feed that runs code, sends what readers type, or leads on by itself."""
    whole = _read(output)
    for facts in whole.contents if whole is not None else ():
        found = [each.value for each in facts.strange if each.kind == ADDRESS]
        found += [*facts.forms, *filter(None, [facts.refresh])]
        yield from (Found(Span(output.origin), _of_feed(output, each)) for each in found)


def _of_feed(output: Output, what: str) -> Message:
    return say("the feed /{path} holds {what}", path=output.path, what=what[:_SHOWN])


@lru_cache(maxsize=2)  # the two checks of feeds read each XML file, one directly after the other
def _read(output: Output) -> XmlFacts | None:
    """The facts of an XML file; None for any other file, and for XML that is not well-formed."""
    return read_xml(output.data) if ending_of(output.path) in XML else None


@check("same-output", Severity.ERROR, of=Published)
def same_output(published: Published) -> Iterator[Found]:
    """Two files with one address, or a file at the address of a folder."""
    seen: dict[str, Output] = {}
    # the site's own files give way
    outputs = sorted(published.outputs, key=lambda each: each.origin == EXTEND)
    for output in outputs:
        first = seen.setdefault(output.path.lower(), output)
        if first is not output:
            message = say(
                "two files would be published as {path}: from {one} and from {other}",
                path=output.path,
                one=first.origin,
                other=output.origin,
            )
            yield Found(Span(output.origin), message)
    for output in outputs:
        parent = output.path.lower().rpartition("/")[0]
        if parent in seen:
            message = say(
                "{path} would have to be a file and a folder: from {one} and from {other}",
                path=parent,
                one=seen[parent].origin,
                other=output.origin,
            )
            yield Found(Span(output.origin), message)
