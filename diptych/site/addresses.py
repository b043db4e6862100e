"""`content/addresses.lock`: the addresses that pages ever had, and the earlier ids of their headings, so
that old links keep working.

`/nl/over-ons/ about`: the page `about` has or had this address. If the page has another address now,
the old address redirects. `(gone)` in place of the key says that the page was taken down, and readers
at the address see that.

`/nl/over-ons/#wie-we-zijn about#who`: the heading `who` had the id `wie-we-zijn`, made from its words,
when the page was published. `fix` adds the line when it writes another id, and the page keeps the old
id as well.

Lines are sorted; they are added, and changed only where the folder of a page was renamed (the key),
so that git can keep the lines of both branches (`merge=union`). The commands `remember` and `confirm`
write the file. No build writes it, since a build changes no source, and the addresses on a branch
were never published.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence

from markupsafe import escape

from diptych.diagnostics import (
    Diagnostic,
    Edit,
    Message,
    Outcome,
    Source,
    Span,
    command,
    error,
    nearest,
    say,
    say_n,
    warning,
)
from diptych.model import Document
from diptych.site.links import Resolver
from diptych.site.values import FALLBACK, OldAnchor, Page, Remembered, Site
from diptych.values import replace

ADDRESSES = "content/addresses.lock"
FEW = 5  # so many new addresses are reported one by one; more are reported together
_HEAD = "# diptych addresses: written by `build.py remember`, one address and the key of its page a line"
GONE = "(gone)"  # in place of a page key; no page can have this key
_GONE_LINE = re.compile(rf"/(?P<path>\S+) +{re.escape(GONE)}")
_PATH = r"/(?P<path>(?:[a-z0-9~._-]*[a-z0-9~_-]/)+)"
_KEY = r"(?P<key>[a-z0-9-]+(?:/[a-z0-9-]+)*)"
_LINE = re.compile(rf"{_PATH} +{_KEY}")
_ANCHOR_LINE = re.compile(rf"{_PATH}#(?P<anchor>\S+) +{_KEY}#(?P<heading>\S+)")
_ID = re.compile(r'\sid="([^"]*)"')
_HEADING = re.compile(r'<h[1-6]\b[^>]*?\sid="([^"]*)"[^>]*>(?:<(?:a|span)\b[^>]*>)*')


def read_addresses(
    source: Source,
) -> Outcome[tuple[tuple[Remembered, ...], tuple[OldAnchor, ...]]]:
    """The addresses in the file, and the earlier ids of headings. If several lines have the
    same address, a line with `(gone)` counts, since a merge may bring the other line back; if none has
    `(gone)`, the last line counts. If several lines have the same earlier id on the same page, the last
    line counts.

    Diagnostics: lock-damaged.
    """
    found: dict[str, Remembered] = {}
    gone: dict[str, Remembered] = {}
    anchors: dict[tuple[str, str], OldAnchor] = {}
    problems = []
    for number, line in enumerate(source.text.split("\n"), start=1):
        written, span = line.strip(), source.line_span(number)
        if not written or line.startswith("#"):
            continue
        if match := _GONE_LINE.fullmatch(written):
            gone[match["path"]] = Remembered(match["path"], GONE, span)
        elif match := _LINE.fullmatch(written):
            found[match["path"]] = Remembered(match["path"], match["key"], span)
        elif match := _ANCHOR_LINE.fullmatch(written):
            anchors[match["path"], match["anchor"]] = OldAnchor(**match.groupdict(), span=span)
        else:
            message = say("this line is no address with the key of its page")
            hint = say("bring the line back from git's history, or take it out")
            problems.append(error("lock-damaged", span, message, hint))
    remembered = tuple({**found, **gone}.values())
    return Outcome((remembered, tuple(anchors.values())), tuple(problems))


def renamed_bundles(
    documents: Iterable[Document], remembered: Collection[Remembered]
) -> Mapping[str, str]:
    """The present key of each bundle whose folder was renamed, by the key that `addresses.lock` has.

    The addresses stay when a folder is renamed, so a page without an address in the file is such a
    bundle if its slug is that of an address whose key has no page.
    """
    recorded = {each.key for each in remembered}
    keys, unrecorded = set(), {}
    for document in documents:
        keys.add(document.key)
        if document.key not in recorded:
            unrecorded[document.language, document.slug] = document.key
    found = {}
    for each in remembered:
        language, _, path = each.path.partition("/")
        present = unrecorded.get((language, path.rstrip("/").rpartition("/")[2]))
        if present and each.key not in keys and each.key != GONE:
            found[each.key] = present
    return found


def with_present_keys(
    remembered: Iterable[Remembered], anchors: Iterable[OldAnchor], renamed: Mapping[str, str]
) -> tuple[tuple[Remembered, ...], tuple[OldAnchor, ...]]:
    """The addresses and the earlier ids of headings, with the present key of each page whose folder was
    renamed (`renamed` is the result of `renamed_bundles`). They lead to that page, and the file gets
    the present key when it is written again.
    """
    return (
        tuple(replace(each, key=renamed.get(each.key, each.key)) for each in remembered),
        tuple(replace(each, key=renamed.get(each.key, each.key)) for each in anchors),
    )


def page_meant(site: Site, text: str) -> str:
    """The key of the page at an address; a text that is no page's address is returned unchanged. The
    address is written as browsers show it, with or without the `base_url` of site.yaml.
    """
    whole = site.settings.base_url.partition("://")[2]
    path = f"{text.partition('://')[2] or text}/".removeprefix(f"{whole}/").strip("/")
    known = {each.path.strip("/"): each.key for each in site.remembered or () if each.key != GONE}
    known |= {page.path.strip("/"): page.key for page in site.pages}
    return known.get(path, text)


def no_page(key: str, known: Iterable[str]) -> Message:
    """The message that there is no such page, with the most similar key."""
    near = nearest(key, known)
    if near is None:
        return say("there is no page `{key}`", key=key)
    return say("there is no page `{key}`; did you mean `{near}`?", key=key, near=near)


def write_addresses(site: Site, keys: Iterable[str] | None = None) -> str:
    """The text of the file with the present addresses added, of all pages or of some.

    Drafts are left out: they have no address yet.
    """
    chosen = None if keys is None else set(keys)
    known: dict[str, str] = {each.path: each.key for each in site.remembered or ()}
    for page in site.pages:
        if not page.document.front.draft and (chosen is None or page.key in chosen):
            known[page.path] = page.key
    return addresses_text(known, site.old_anchors)


def addresses_text(known: Mapping[str, str], anchors: Iterable[OldAnchor] = ()) -> str:
    """The text of the file with these addresses (path -> page key, or `GONE`) and the earlier ids
    of headings.
    """
    lines = [f"/{path} {key}" for path, key in known.items()]
    lines += [anchor_line(each.path, each.anchor, each.key, each.heading) for each in anchors]
    return "\n".join([_HEAD, *sorted(lines)]) + "\n"


def anchor_line(path: str, anchor: str, key: str, heading: str) -> str:
    """The line that records the earlier id of a heading on the page with that address."""
    return f"/{path}#{anchor} {key}#{heading}"


def unremembered(site: Site, unsure: Container[str] = ()) -> Iterator[Diagnostic]:
    """unremembered-address: a page whose address is not in `addresses.lock` yet, if the site has that
    file.

    Pages without a text of their own are reported together, once per language, at `addresses.lock`.
    More than `FEW` pages with a text are reported together at the first of them, since one command
    records all addresses. A page whose file has an error is left out, since its address may still
    change; `unsure` are the paths of such files.
    """
    if site.remembered is None:
        return
    known = {each.path for each in site.remembered}
    had = {(each.key, each.path.partition("/")[0]) for each in site.remembered}
    written: list[Page] = []
    fallbacks: dict[str, list[Page]] = {}
    for page in site.pages:
        document = page.document
        if page.path in known or document.front.draft or document.source.path in unsure:
            continue
        if page.state == FALLBACK and (page.key, page.language) in had:
            continue  # the page had a text in this language, which may come back
        if page.state == FALLBACK:
            fallbacks.setdefault(page.language, []).append(page)
        else:
            written.append(page)
    if len(written) > FEW:
        yield _several(written, _where(written[0]))
    else:
        yield from map(_one, written)
    for pages in fallbacks.values():
        yield _several(pages, Span(ADDRESSES))


def _where(page: Page) -> Span:
    """The place of the slug or title from which the address of a page is made."""
    front = page.document.front
    return (front.slug or front.title).span


def _one(page: Page) -> Diagnostic:
    message = say(
        "the address /{path} is not remembered yet, so it is lost when it changes", path=page.path
    )
    hint = say("`{command}` writes it into {path}", command=command("remember"), path=ADDRESSES)
    return warning("unremembered-address", _where(page), message, hint)


def _several(pages: Sequence[Page], span: Span) -> Diagnostic:
    message = say_n(
        "{count} address is not remembered yet, so it is lost when it changes: /{path}",
        "{count} addresses are not remembered yet, so they are lost when they change; "
        "the first is /{path}",
        count=len(pages),
        path=pages[0].path,
    )
    hint = say("`{command}` writes all of them", command=command("remember"))
    return warning("unremembered-address", span, message, hint)


def lost(address: Remembered) -> Diagnostic:
    """lost-address: no page has this address any more, and it redirects nowhere."""
    message = say(
        "/{path} was an address of the page `{key}`, which is gone: it leads nowhere now",
        path=address.path,
        key=address.key,
    )
    hint = say(
        "write `redirect_from: [{address}]` in the page that took its place, or take this "
        "line out if the address may die",
        address=f"/{address.path}",
    )
    return warning("lost-address", address.span, message, hint)


def old_anchors(site: Site, page: Page) -> Mapping[str, str]:
    """The earlier ids of a page's headings: old id -> present id.

    If the page has no text in its language, also those of the language whose text it shows.
    """
    found: dict[str, str] = {}
    for language in dict.fromkeys((page.text_language, page.language)):
        recorded = site.old_anchors_of(page.key, language)
        given = {each.anchor: each.heading for each in recorded}
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
    """The HTML of a page with an empty element in its headings for each of their old ids
    (`anchors` maps old ids to present ids). If another element of the page has the old id already, no
    element is added.
    """
    if not anchors:
        return html
    taken = set(_ID.findall(html))
    places: dict[str, list[str]] = {}
    for old, heading in anchors.items():
        if escape(old) not in taken:
            places.setdefault(str(escape(heading)), []).append(f'<span id="{escape(old)}"></span>')
    return _HEADING.sub(lambda found: found[0] + "".join(places.pop(found[1], ())), html)


def anchor_recorded(site: Site, page: Page, anchor: str, heading: str) -> tuple[Edit, ...]:
    """The edit of `addresses.lock` that records the earlier id of a heading. No edit if the address of
    its page was never recorded, since nobody can have linked to the heading then.
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
