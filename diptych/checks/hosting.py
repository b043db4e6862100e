"""Checks of the chosen host: they report the features that the host lacks, and each limit of the
host that the site exceeds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from diptych.checks.pages import Published
from diptych.content.hosts import Host, host_of, unfit
from diptych.content.types import SITE
from diptych.diagnostics import Message, Severity, Span, say
from diptych.extend import Found, check
from diptych.model import Output
from diptych.site import Site, for_editors

_MEGABYTE = 1_000_000
_SHOWN = 60  # the number of characters that a message quotes of a too long line


@check("host-lacks", Severity.INFO, of=Site)
def host_lacks(site: Site) -> Iterator[Found]:
    """Everything that the chosen host cannot do, and where its configuration file must be put."""
    host = host_of(site.settings.hosting)
    if host.lacks:
        message = say("{name}: {problem}", name=host.name, problem=_together(host.lacks))
        hint = host.place or say(
            "docs/hosts.md, in the repository of the program, compares the hosts"
        )
        yield Found(_span(site), message, hint)


@check("host-redirects", Severity.WARNING, of=Published)
def host_redirects(published: Published) -> Iterator[Found]:
    """The site has more old addresses than the host redirects, or one that the host cannot redirect."""
    host = host_of(published.site.settings.hosting)
    for redirect in published.site.redirects:
        if (reason := unfit(host, redirect.old)) is not None:
            message = say(
                "the old address `/{address}` leads nowhere at this host: {reason}",
                address=for_editors(redirect.old),
                reason=reason,
            )
            yield Found(redirect.span, message, say("take it out, or choose another host"))
    for output in published.outputs:
        # nginx, Apache and Caddy read redirects from other files, and have no limit
        if output.path == host.redirects == "_redirects":
            span = _span(published.site)
            hint = say("take out those that nobody uses any more")
            yield from (Found(span, message, hint) for message in _redirects(host, output))


@check("host-limit", Severity.WARNING, of=Published)
def host_limit(published: Published) -> Iterator[Found]:
    """The site has more, or larger, files or headers than the host takes."""
    host = host_of(published.site.settings.hosting)
    span = _span(published.site)
    most = host.limits
    for output in published.outputs:
        if output.path == host.headers == "_headers":
            yield from (Found(span, message) for message in _headers(host, output))
        if most.file_bytes is not None and output.body.size > most.file_bytes:
            message = say(
                "{name} takes no file above {most} MB; /{path} has {size} MB",
                name=host.name,
                most=most.file_bytes // _MEGABYTE,
                path=output.path,
                size=-(-output.body.size // _MEGABYTE),
            )
            yield Found(Span(output.origin), message)
    files, size = len(published.outputs), sum(each.body.size for each in published.outputs)
    if most.files is not None and files > most.files:
        message = say(
            "{name} takes {most} files; this site has {count}", **_counts(host, most.files, files)
        )
        yield Found(span, message)
    if most.site_bytes is not None and size > most.site_bytes:
        numbers = _counts(host, most.site_bytes // _MEGABYTE, -(-size // _MEGABYTE))
        yield Found(
            span,
            say("{name} takes a site of {most} MB at most; this one has {count} MB", **numbers),
        )


def _redirects(host: Host, output: Output) -> Iterator[Message]:
    """A message for each limit of the host that the file `_redirects` exceeds."""
    most, lines = host.limits, output.data.decode("utf-8").splitlines()
    if most.redirects is not None and len(lines) > most.redirects:
        yield say(
            "{name} follows {most} redirects; `_redirects` holds {count}",
            **_counts(host, most.redirects, len(lines)),
        )
    if most.redirects_bytes is not None and output.body.size > most.redirects_bytes:
        yield say(
            "{name} reads `_redirects` up to {most} bytes; with {count} it follows no redirect at all",
            **_counts(host, most.redirects_bytes, output.body.size),
        )
    yield from _long_lines(host, output.path, lines, most.redirects_line)


def _headers(host: Host, output: Output) -> Iterator[Message]:
    """A message for each limit of the host that the file `_headers` exceeds."""
    most, lines = host.limits, output.data.decode("utf-8").splitlines()
    count = sum(line.startswith("/") for line in lines)
    if most.headers is not None and count > most.headers:
        yield say(
            "{name} takes {most} addresses in `_headers`; this site needs {count}",
            **_counts(host, most.headers, count),
        )
    yield from _long_lines(host, output.path, lines, most.headers_line)


def _long_lines(host: Host, file: str, lines: Sequence[str], most: int | None) -> Iterator[Message]:
    """A message for each line of a file that has more than `most` characters; no message if `most`
    is None.
    """
    for line in lines:
        if most is not None and len(line) > most:
            yield say(
                "{name} passes over a line of `{file}` with more than {most} characters; this one "
                "has {count}: {line}",
                file=file,
                line=f"{line.strip()[:_SHOWN]}…",
                **_counts(host, most, len(line)),
            )


def _counts(host: Host, most: int, count: int) -> Mapping[str, Any]:
    """The values in every message about a limit: the host's name, the limit, and the site's number."""
    return {"name": host.name, "most": most, "count": count}


def _together(messages: Sequence[Message]) -> Message:
    """One message that joins these messages with semicolons."""
    first, *rest = messages
    return say("{first}; {rest}", first=first, rest=_together(rest)) if rest else first


def _span(site: Site) -> Span:
    """The place of `hosting` in site.yaml; the start of the file if the caller chose the host."""
    written = site.settings.written
    if written is None:
        return Span(SITE.path)
    placed = written.entries[0].values.get("hosting") if written.entries else None
    return placed.span if placed is not None else written.source.line_span(1)
