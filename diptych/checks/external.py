"""Links to other sites: their places, and the answers of those sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from diptych.diagnostics import Diagnostic, Severity, Source, Span, say
from diptych.extend import Found, check
from diptych.network import DEAD, MOVED, UNCLEAR, Answer
from diptych.site import Site, links_of
from diptych.values import Value


class ExternalLink(Value):
    """An address on another site, with its place."""

    address: str
    span: Span


def external_links(site: Site, settings: Source | None) -> tuple[ExternalLink, ...]:
    """Every address of another site that editors wrote: in settings, links, sources of events."""
    found = [
        *_of_settings(site, settings),
        *(
            ExternalLink(each.link.target, each.link.span)
            for each in links_of(site, tuple(site.text_files()))
        ),
        *_of_sources(site),
    ]
    own = site.settings.base_url
    return tuple(
        each
        for each in found
        if each.address.startswith(("http://", "https://"))
        and each.address != own
        and not each.address.startswith(own + "/")
    )


def check_external(
    links: Iterable[ExternalLink], answers: Mapping[str, Answer]
) -> Iterator[Diagnostic]:
    """The diagnostics for links to other sites, in the order of the links; `answers` is by address."""
    for link in links:
        if link.address in answers:
            for each in (moved_external_link, dead_external_link, unclear_external_link):
                yield from each(link, answers[link.address])


@check("moved-external-link", Severity.INFO, of=ExternalLink)
def moved_external_link(link: ExternalLink, answer: Answer) -> Iterator[Found]:
    """A page that has moved permanently."""
    if answer.kind == MOVED and answer.moved is not None:
        message = say("{address} moved for good", address=link.address)
        hint = say("its address is now {address}", address=answer.moved)
        yield Found(link.span, message, hint, link.span.becomes(answer.moved, link.address))


@check("dead-external-link", Severity.WARNING, of=ExternalLink)
def dead_external_link(link: ExternalLink, answer: Answer) -> Iterator[Found]:
    """A page that no longer exists."""
    if answer.kind == DEAD:
        message = say(
            "{address} is not there any more: {reason}", address=link.address, reason=answer.reason
        )
        yield Found(link.span, message, say("look for the page elsewhere, or take the link out"))


@check("unclear-external-link", Severity.INFO, of=ExternalLink)
def unclear_external_link(link: ExternalLink, answer: Answer) -> Iterator[Found]:
    """A page with an unclear answer: its site does not answer programs, or not now."""
    if answer.kind == UNCLEAR:
        message = say(
            "it is not clear whether {address} is there: {reason}",
            address=link.address,
            reason=answer.reason,
        )
        hint = say("look at it in a browser: some sites do not answer programs")
        yield Found(link.span, message, hint)


def _of_sources(site: Site) -> Iterator[ExternalLink]:
    for timeline in site.timelines:
        for event in timeline.events:
            for address in (source.url for source in event.sources if source.url):
                yield ExternalLink(address, _found(timeline.source, address, event.span.start))


def _of_settings(site: Site, source: Source | None) -> Iterator[ExternalLink]:
    organisation = site.settings.organisation
    written = (organisation.links, organisation.social, site.settings.exit)
    for address in dict.fromkeys(each for part in written for each in part.values()):
        if source is not None:
            yield ExternalLink(address, _found(source, address, 0))


def _found(source: Source, text: str, start: int) -> Span:
    place = source.text.find(text, start)
    return source.span(max(place, start), max(place, start) + len(text))
