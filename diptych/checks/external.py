"""Links to other sites: where they are written, and what was found there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diptych.checks.records import record_links
from diptych.diagnostics import Diagnostic, Edit, Source, Span, note, say, warning
from diptych.network import DEAD, FINE, MOVED, Answer
from diptych.site import Site
from diptych.site.values import FALLBACK
from diptych.values import Value
from diptych.yaml import place_in_scalar


class ExternalLink(Value):
    """An address of another site, with the place where it is written."""

    address: str
    span: Span

    def becomes(self, address: str) -> tuple[Edit, ...]:
        """The edit that writes another address in its place."""
        return self.span.becomes(address, self.address)


def external_links(site: Site, settings: Source | None) -> tuple[ExternalLink, ...]:
    """Every address of another site that editors wrote, in the order of the files."""
    found = [*_of_settings(site, settings), *_of_pages(site), *_of_timelines(site)]
    found += [ExternalLink(link.target, link.span) for _, _, link in record_links(site)]
    own = site.settings.base_url
    return tuple(
        each
        for each in found
        if each.address.startswith(("http://", "https://"))
        and each.address != own
        and not each.address.startswith(own + "/")
    )


def check_external(
    links: tuple[ExternalLink, ...], answers: Mapping[str, Answer]
) -> Iterator[Diagnostic]:
    """dead-external-link, moved-external-link, unclear-external-link, by the answers that came."""
    for link in links:
        answer = answers.get(link.address)
        if answer is None or answer.kind == FINE:
            continue
        if answer.kind == MOVED and answer.moved is not None:
            message = say("{address} moved for good", address=link.address)
            hint = say("its address is now {address}", address=answer.moved)
            yield note(
                "moved-external-link",
                link.span,
                message,
                hint,
                link.becomes(answer.moved),
            )
        elif answer.kind == DEAD:
            message = say(
                "{address} is not there any more: {reason}",
                address=link.address,
                reason=answer.reason,
            )
            hint = say("look for the page elsewhere, or take the link out")
            yield warning("dead-external-link", link.span, message, hint)
        else:
            message = say(
                "it is not clear whether {address} is there: {reason}",
                address=link.address,
                reason=answer.reason,
            )
            hint = say("look at it in a browser: some sites do not answer programs")
            yield note("unclear-external-link", link.span, message, hint)


def _of_pages(site: Site) -> Iterator[ExternalLink]:
    for page in site.pages:
        if page.state != FALLBACK:
            yield from (ExternalLink(each.target, each.span) for each in page.document.prose.links)


def _of_timelines(site: Site) -> Iterator[ExternalLink]:
    for timeline in site.timelines:
        for event in timeline.events:
            for source in event.sources:
                yield ExternalLink(
                    source.url, _found(timeline.source, source.url, event.span.start)
                )
            for language, placed in event.texts.items():
                text = site.event_texts.get((timeline.key, event.id, language))
                for link in text.text.links if text else ():
                    span = place_in_scalar(timeline.source, placed.span, link.span)
                    yield ExternalLink(link.target, span)


def _of_settings(site: Site, source: Source | None) -> Iterator[ExternalLink]:
    organisation = site.settings.organisation
    written = (organisation.links, organisation.social, site.settings.exit)
    for address in dict.fromkeys(each for part in written for each in part.values()):
        if source is not None:
            yield ExternalLink(address, _found(source, address, 0))


def _found(source: Source, text: str, start: int) -> Span:
    place = source.text.find(text, start)
    return source.span(max(place, start), max(place, start) + len(text))
