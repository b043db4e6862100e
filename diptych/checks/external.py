"""Links to other sites: their places, and the answers of those sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from diptych.content.kinds import ADDRESS
from diptych.content.texts import values_of
from diptych.diagnostics import Diagnostic, Placed, Severity, Source, Span, say
from diptych.extend import Found, check
from diptych.network import DEAD, MOVED, UNCLEAR, Answer
from diptych.site import Site, links_of
from diptych.values import Value
from diptych.yaml import place_in_scalar

# settings with addresses that only editors open; a private repository answers nobody else
_OF_EDITORS = ("repository", "admin")


class ExternalLink(Value):
    """An address on another site, with its place."""

    address: str
    span: Span


def external_links(site: Site) -> tuple[ExternalLink, ...]:
    """Every address of another site that editors wrote: the links, then the addresses in fields of
    settings and events.
    """
    own = site.settings.base_url
    links = (each.link for each in links_of(site, tuple(site.text_files())))
    fields = values_of(site.records, site.types, lambda _, leaf: leaf == ADDRESS)
    found = (
        *(ExternalLink(each.target, each.span) for each in links),
        *(
            _in_field(each.file.source, each.value.placed)
            for each in fields
            if each.value.names[0] not in _OF_EDITORS
        ),
    )
    return tuple(
        each
        for each in found
        if each.address.startswith(("http://", "https://"))
        and each.address != own
        and not each.address.startswith(own + "/")
    )


def _in_field(source: Source, address: Placed[str]) -> ExternalLink:
    """The address in a field, without the quotes around it."""
    inner = Span("", 0, len(address.value))
    return ExternalLink(address.value, place_in_scalar(source, address.span, inner))


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
