"""Checks the HTML in feeds against the same list as that of pages.

Feed readers do not apply the site's policy, and many run any code that they get.
"""

from __future__ import annotations

from collections.abc import Iterator

from diptych.diagnostics import Message, Severity, Span, say
from diptych.extend import Found, check
from diptych.html import ADDRESS, PageFacts, read_feed
from diptych.model import Output

_SHOWN = 80  # characters of an address or a tag in a message


@check("unknown-markup", Severity.ERROR, of=Output)
def unknown_markup_of_feed(output: Output, _: str) -> Iterator[Found]:
    """An element or attribute in a feed that is not on the list, inline code, or an unpaired tag."""
    for facts in _contents(output):
        found = [
            f"{each.attribute}={each.value}" if each.attribute else f"<{each.element}>"
            for each in facts.strange
            if each.kind != ADDRESS
        ]
        found += [*facts.inline, *(each.tag for each in facts.unbalanced)]
        found += ["<script>"] * bool(facts.scripts) + ["<style>"] * bool(facts.styles)
        yield from (Found(Span(output.origin), _message(output, each)) for each in found)


@check("unsafe-address", Severity.ERROR, of=Output)
def unsafe_address_of_feed(output: Output, _: str) -> Iterator[Found]:
    """An address in a feed that runs code, sends what readers type, or leads on by itself."""
    for facts in _contents(output):
        found = [each.value for each in facts.strange if each.kind == ADDRESS]
        found += [*facts.forms, *filter(None, [facts.refresh])]
        yield from (Found(Span(output.origin), _message(output, each)) for each in found)


def _message(output: Output, what: str) -> Message:
    return say("the feed /{path} holds {what}", path=output.path, what=what[:_SHOWN])


def _contents(output: Output) -> tuple[PageFacts, ...]:
    """The content of each entry of a feed; nothing for any other file."""
    return read_feed(output.data) if output.path.endswith("feed.xml") else ()
