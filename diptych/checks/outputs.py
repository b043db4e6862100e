"""Checks of the finished site: every address in it leads somewhere, and none leaves by itself."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import unquote, urlsplit

from diptych.cache import Cache
from diptych.checks.privacy import check_privacy
from diptych.checks.records import check_shown
from diptych.diagnostics import Diagnostic, Message, Source, Span, error, say
from diptych.html import PageFacts, read_page
from diptych.model import Output
from diptych.site import Site

_WRITTEN = re.compile(r"""(?:href|src)=["'](\{\{[^{}]*\}\})?([^"'{}]+)["']""")  # in a template


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """Where a link can lead: the same value for as long as no place comes or goes."""

    base_url: str
    paths: frozenset[str]
    ids: Mapping[str, tuple[str, ...]]  # by the path of the page


def check_outputs(
    site: Site, outputs: Sequence[Output], cache: Cache, templates: Sequence[Source] = ()
) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the finished tree; `templates` to say which one wrote a link.

    Diagnostics: same-output, unfinished-page, dead-link, dead-anchor, repeated-id, foreign-resource,
    inline-code, missing-language, unshown-text (a warning), and those of `check_privacy`.
    """
    problems = list(_same_paths(outputs))
    pages = {
        output.path: cache.again(
            ("facts", output.path), partial(cache.call, read_page), output.data
        )
        for output in outputs
        if output.is_page
    }
    problems += _unfinished(outputs)
    ids = {path: facts.ids for path, facts in pages.items()}
    paths = frozenset(output.path for output in outputs)
    places = cache.again(
        ("places",), lambda each: _Places(*each), (site.settings.base_url, paths, ids)
    )
    origins = {output.path: output.origin for output in outputs}
    for path, facts in pages.items():
        found = cache.again(
            ("page-problems", path),
            lambda each: tuple(_page(*each)),
            (path, facts, origins[path], places),
        )
        problems += (_in_template(each, templates) for each in found)
    problems += check_shown(site, outputs, cache)
    private = tuple(check_privacy(outputs, pages, site.settings.base_url, cache))
    told = {_address(each) for each in private}  # by a style sheet that also stands in the pages
    return tuple(each for each in problems if _address(each) not in told) + private


def _address(problem: Diagnostic) -> object:
    """The address that a foreign-resource names; the problem itself for all others."""
    if problem.check != "foreign-resource":
        return problem
    return dict(problem.message.arguments).get("address", problem)


def _same_paths(outputs: Sequence[Output]) -> Iterator[Diagnostic]:
    seen: dict[str, Output] = {}
    for output in outputs:
        first = seen.setdefault(output.path.lower(), output)
        if first is not output:
            message = say(
                "two files would be published as {path}: from {one} and from {other}",
                path=output.path,
                one=first.origin,
                other=output.origin,
            )
            yield _problem("same-output", output.origin, message)
    for output in outputs:
        parent = output.path.lower().rpartition("/")[0]
        if parent in seen:
            message = say(
                "{path} would have to be a file and a folder: from {one} and from {other}",
                path=parent,
                one=seen[parent].origin,
                other=output.origin,
            )
            yield _problem("same-output", output.origin, message)


def _unfinished(outputs: Sequence[Output]) -> Iterator[Diagnostic]:
    """Pages that break off: a template was cut short and can be read all the same."""
    for output in outputs:
        if output.is_page and not output.data.rstrip().endswith(b"</html>"):
            message = say("/{path} breaks off before its end", path=output.path)
            yield _problem("unfinished-page", output.origin, message)


def _page(path: str, facts: PageFacts, origin: str, places: _Places) -> Iterator[Diagnostic]:
    for identity, count in Counter(facts.ids).items():
        if count > 1:
            message = say(
                "the id `{id}` stands {count} times on /{path}", id=identity, count=count, path=path
            )
            yield _problem("repeated-id", origin, message)
    if not facts.language:
        message = say("/{path} does not say in which language it is", path=path)
        yield _problem("missing-language", origin, message)
    for what in facts.inline:
        message = say(
            "/{path} holds {what}, which browsers refuse on this site", what=what, path=path
        )
        yield _problem("inline-code", origin, message)
    for address in dict.fromkeys(facts.loads):
        yield from _load(address, path, origin, places)
    for address in dict.fromkeys(facts.links):
        yield from _link(address, path, origin, places)


def _load(address: str, path: str, origin: str, places: _Places) -> Iterator[Diagnostic]:
    if address.startswith("data:"):
        return
    inside = _inside(address, path, places.base_url)
    if inside is None:
        message = say("/{path} would make a browser contact {address}", path=path, address=address)
        yield _problem("foreign-resource", origin, message)
    elif inside[0] not in places.paths:
        message = say("/{path} needs {address}, which is not there", path=path, address=address)
        yield _problem("dead-link", origin, message)


def _link(address: str, path: str, origin: str, places: _Places) -> Iterator[Diagnostic]:
    inside = _inside(address, path, places.base_url)
    if inside is None:
        return
    target, fragment = inside
    if target not in places.paths:
        message = say("/{path} links to {address}, which is not there", path=path, address=address)
        yield _problem("dead-link", origin, message)
    elif fragment and target in places.ids and fragment not in places.ids[target]:
        message = say(
            "/{path} links to {address}, and there is no such place on that page",
            path=path,
            address=address,
        )
        yield _problem("dead-anchor", origin, message)


def _in_template(problem: Diagnostic, templates: Sequence[Source]) -> Diagnostic:
    """A dead link that stands in a template, told once and there, not on every page."""
    address = dict(problem.message.arguments).get("address")
    if problem.check not in ("dead-link", "dead-anchor") or not isinstance(address, str):
        return problem
    for source in templates:
        written = next(
            (
                each
                for each in _WRITTEN.finditer(source.text)
                if each[2]
                and (
                    each[2] == address
                    or (each[1] and len(each[2]) > 1 and address.endswith(each[2]))
                )
            ),
            None,
        )
        if written is not None:
            message = say("this template links to {address}, which is not there", address=address)
            if problem.check == "dead-anchor":
                message = say(
                    "this template links to {address}, and there is no such place there",
                    address=address,
                )
            return Diagnostic(
                problem.check, problem.severity, source.span(*written.span(2)), message
            )
    return problem


def _inside(address: str, path: str, base: str) -> tuple[str, str] | None:
    """The output that an address of this site means, and its fragment; None for other sites."""
    parts = urlsplit(address)
    if address.startswith(base + "/") or address == base:
        parts = urlsplit(address.removeprefix(base) or "/")
        prefix = ""
    elif parts.scheme or parts.netloc:
        return None
    else:
        prefix = urlsplit(base).path.rstrip("/")
    if not parts.path:
        return path, parts.fragment
    if parts.path.startswith("/"):
        if not parts.path.startswith(prefix + "/"):
            return parts.path, ""  # beside the folder that is ours: no output is called so
        target = unquote(parts.path).removeprefix(prefix).lstrip("/")
    else:
        joined = posixpath.join(posixpath.dirname(path), unquote(parts.path))
        folder = "/" if joined.endswith(("/", "/.", "/..")) or joined in (".", "..") else ""
        target = (posixpath.normpath(joined) + folder).removeprefix("./")
    if target == "" or target.endswith("/"):
        target += "index.html"
    return target, unquote(parts.fragment)


def _problem(check: str, origin: str, message: Message) -> Diagnostic:
    return error(check, Span(origin), message)
