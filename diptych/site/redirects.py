"""Redirects of old addresses: `redirect_from` of pages, `redirects` of the settings, and the
addresses in `addresses.lock` whose page has another address now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import Diagnostic, Outcome, Placed, error, say
from diptych.model import NOT_ON_WINDOWS, Link
from diptych.site.addresses import GONE, lost
from diptych.site.links import Resolver
from diptych.site.old_paths import path_of, wrong_with
from diptych.site.values import FALLBACK, Page, Redirect, Site

_SHOWN = 80  # characters of an address that a message shows
# signs that the page about a removed page cannot have in its path: in the configuration that names this
# page, servers would read a variable, a code or an anchor
_NO_PAGE = re.compile(rf"[#$%{{}}]|{NOT_ON_WINDOWS.pattern}")
# paths of files that the build or a host makes, which a redirect would replace
_FILES = ("404.html", "cname", "index.html", "release.json", "robots.txt")
_SETTINGS = (
    "netlify.toml",
    "staticwebapp.config.json",
    "vercel.json",
    "web.config",
    "wrangler.toml",
)
_FOLDERS = ("admin", "assets", "pagefind", "functions")
_OF_LANGUAGE = re.compile(r"404\.html|feed(?:-\d{4})?\.xml|[^/]+\.htm|index\.html")
_OF_PAGE = re.compile(r"agenda\.ics|feed(?:-\d{4})?\.xml|timeline\.(json|csv|ics)")


def redirects_of(site: Site) -> Outcome[tuple[Redirect, ...]]:
    """Every possible redirect, by its old address.

    Diagnostics: redirect-address, redirect-taken, broken-link, broken-anchor, lost-address.
    """
    wanted = tuple(_wanted(site))
    if not wanted and not site.remembered:
        return Outcome(())
    problems: list[Diagnostic] = []
    found: dict[str, Redirect] = {}
    pages = {page.output.lower(): page for page in site.pages}
    folders = {above for place in pages for above in _above(place)}
    for old, new, problem in wanted:
        problem = problem or _bad_address(old)
        redirect = Redirect(path_of(old.value), new, old.span)
        place = redirect.output.lower()
        above = set(_above(place))
        if problem is None and _is_used(place, site):
            problem = _used(old)
        if problem is None and (
            place in pages
            or place in found
            or place in folders
            or above & (found.keys() | pages.keys())
        ):
            problem = _taken(old, pages.get(place), found.get(place))
        if problem is not None:
            problems.append(problem)
        else:
            found[place] = redirect
            folders |= above
    problems += _remembered(site, found)
    made = tuple(sorted(found.values(), key=lambda each: each.old))
    return Outcome(made, tuple(problems))


def gone_addresses(site: Site) -> tuple[str, ...]:
    """The old addresses (as `Redirect.old`) of pages that were taken down. An address that a page or a
    redirect has now is left out.
    """
    gone = [each for each in site.remembered or () if each.key == GONE]
    if not gone:
        return ()
    taken = {page.output.lower() for page in site.pages}
    taken |= {each.output.lower() for each in site.redirects}
    folders = {above for place in taken for above in _above(place)}
    found: dict[str, str] = {}
    for each in gone:
        old = Redirect(path_of(each.path), "", each.span)
        place = old.output.lower()
        if wrong_with(each.path) is not None or _NO_PAGE.search(place):
            continue
        above = set(_above(place))
        if place in taken | folders | found.keys() or above & taken or _is_used(place, site):
            continue
        found[place] = old.old
    return tuple(sorted(found.values()))


def _remembered(site: Site, found: dict[str, Redirect]) -> list[Diagnostic]:
    """Adds to `found` a redirect for each address in `addresses.lock` that no page has any more, unless
    an editor wrote a redirect for it. Returns lost-address for each address whose page is gone.
    """
    problems = []
    present = {page.path for page in site.pages}
    for address in site.remembered or ():
        if address.path in present or address.key == GONE or address.key in site.hidden:
            continue
        page = _version(site, address.key, address.path)
        redirect = Redirect(address.path.strip("/"), page.path if page else "", address.span)
        if redirect.output.lower() in found or _is_used(redirect.output.lower(), site):
            continue
        if page is None and address.key not in site.drafts:
            problems.append(lost(address))
        elif page is not None:
            found[redirect.output.lower()] = redirect
    return problems


def _version(site: Site, key: str, old: str) -> Page | None:
    """The page in the language of an old address, or else in the first that it has."""
    versions = site.versions(key)
    language = old.strip("/").partition("/")[0]
    return next(
        (each for each in versions if each.language == language), next(iter(versions), None)
    )


def _wanted(site: Site) -> Iterator[tuple[Placed[str], str, Diagnostic | None]]:
    """Each requested redirect: the old address, the new path, and what is wrong with the new path."""
    for page in site.pages:
        if page.state != FALLBACK:
            yield from ((old, page.path, None) for old in page.document.front.redirect_from)
    resolver = Resolver(site)
    for old, target in site.settings.redirects:
        path, problem = _target(site, resolver, old, target)
        yield old, path, problem


def _target(
    site: Site, resolver: Resolver, old: Placed[str], target: Placed[str]
) -> tuple[str, Diagnostic | None]:
    """The new path that `redirects` in site.yaml names, in the language of the old address if it
    exists.
    """
    if not target.value.startswith("page:"):
        path = target.value.partition("#")[0].strip("/") + "/"
        if any(page.path == path for page in site.pages):
            return target.value.lstrip("/"), None
        message = say("no page has the address `{address}`", address=target.value)
        hint = say("link to the page by its key, as in page:faq")
        return "", error("broken-link", target.span, message, hint)
    key, _, anchor = target.value.removeprefix("page:").partition("#")
    language = old.value.strip("/").partition("/")[0]
    page = _version(site, key, old.value)
    _, problem = resolver.resolve(Link(target.value, "", target.span), key, language)
    return (page.path if page else "") + (f"#{anchor}" if anchor else ""), problem


def _bad_address(old: Placed[str]) -> Diagnostic | None:
    """redirect-address: an old address that no host can redirect."""
    reason = wrong_with(old.value)
    if reason is None:
        return None
    message = say(
        "`{address}` is not the path of an old address: {reason}",
        address=old.value[:_SHOWN],
        reason=reason,
    )
    hint = say("write what stood after the site's name, such as /fr/récit/ or /fr/r%C3%A9cit/")
    return error("redirect-address", old.span, message, hint)


def _above(place: str) -> Iterator[str]:
    """The folders above a published file, as paths."""
    parts = place.split("/")
    return ("/".join(parts[:number]) for number in range(1, len(parts)))


def _is_used(place: str, site: Site) -> bool:
    """Whether the build or a host has a file at a place (in small letters), or above it."""
    first, _, rest = place.partition("/")
    if first.startswith(("_", ".")) or first in _FOLDERS:
        return True
    if first in (*_FILES, *_SETTINGS) or (first.startswith("sitemap") and first.endswith(".xml")):
        return True
    below = rest.split("/")
    own = any(language.key == first for language in site.settings.languages)
    return any(part.startswith(".") or _OF_PAGE.fullmatch(part) for part in below) or (
        own and _OF_LANGUAGE.fullmatch(below[0]) is not None
    )


def _used(old: Placed[str]) -> Diagnostic:
    """redirect-taken: an old address at which the build or the host puts a file."""
    message = say(
        "the build or the host puts a file of its own at the old address `{address}`",
        address=old.value,
    )
    return error("redirect-taken", old.span, message, say("take it out: no page was ever there"))


def _taken(old: Placed[str], page: Page | None, other: Redirect | None) -> Diagnostic:
    """redirect-taken: an old address that a page (`page`) or another redirect (`other`) has."""
    if other is not None:
        message = say(
            "the old address `{address}` stands in {path} too",
            address=old.value,
            path=other.span.path,
        )
    elif page is None:
        message = say("the old address `{address}` leads somewhere else already", address=old.value)
    else:
        message = say(
            "`{address}` is the address of {path}",
            address=old.value,
            path=page.document.source.path,
        )
    return error("redirect-taken", old.span, message, say("take it out here, or there"))
