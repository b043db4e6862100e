"""Checks of the chosen host: its limits for this site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diptych.content.hosts import host_of
from diptych.diagnostics import Message, Severity, Span, say, say_n
from diptych.extend import Found, check
from diptych.site import Site, redirects_of


@check("host-lacks", Severity.INFO, of=Site)
def host_lacks(site: Site) -> Iterator[Found]:
    """What the chosen host cannot do, and where its configuration file must be put."""
    host = host_of(site.settings.hosting)
    if host.lacks:
        message = say("{name}: {problem}", name=host.name, problem=_together(host.lacks))
        hint = host.place or say("docs/hosts.md compares the hosts")
        yield Found(_span(site), message, hint)


@check("host-redirects", Severity.WARNING, of=Site)
def host_redirects(site: Site) -> Iterator[Found]:
    """The site has more old addresses than the host redirects."""
    host = host_of(site.settings.hosting)
    count = len(redirects_of(site).value)
    if host.most is not None and count * 2 > host.most:  # with and without a slash at the end
        message = say_n(
            "{name} follows {most} redirects at most; this site has {count} old address, which can "
            "need two",
            "{name} follows {most} redirects at most; this site has {count} old addresses, most of "
            "which need two",
            name=host.name,
            most=host.most,
            count=count,
        )
        yield Found(_span(site), message, say("take out those that nobody uses any more"))


def _together(messages: Sequence[Message]) -> Message:
    first, *rest = messages
    return say("{first}; {rest}", first=first, rest=_together(rest)) if rest else first


def _span(site: Site) -> Span:
    """The place of `hosting` in site.yaml; the start of the file if the caller chose the host."""
    written = site.settings.written
    if written is None:
        return Span("content/site.yaml")
    placed = written.entries[0].values.get("hosting") if written.entries else None
    return placed.span if placed is not None else written.source.line_span(1)
