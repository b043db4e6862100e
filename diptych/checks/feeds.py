"""Checks the HTML in feeds, and in XML of any kind, against the same list as that of pages.

Feed readers do not apply the site's policy, and many run any code that they get.
"""

from __future__ import annotations

from collections.abc import Iterator

from diptych.diagnostics import Message, Severity, Span, say
from diptych.extend import Found, check
from diptych.html import ADDRESS, XmlFacts, read_xml
from diptych.model import Output, ending_of

XML = (".atom", ".rdf", ".rss", ".xml")  # endings of files that are read as XML
_SHOWN = 80  # characters of an address or a tag in a message


@check("unknown-markup", Severity.ERROR, of=Output)
def unknown_markup_of_feed(output: Output, _: str) -> Iterator[Found]:
    """An element or attribute in a feed that is not on the list, inline code, an unpaired tag, or a
    style sheet or document type before the feed.
    """
    whole = _read(output)
    if whole is not None and whole.active:
        yield Found(Span(output.origin), _message(output, whole.active))
    for facts in whole.contents if whole is not None else ():
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
    whole = _read(output)
    for facts in whole.contents if whole is not None else ():
        found = [each.value for each in facts.strange if each.kind == ADDRESS]
        found += [*facts.forms, *filter(None, [facts.refresh])]
        yield from (Found(Span(output.origin), _message(output, each)) for each in found)


def _message(output: Output, what: str) -> Message:
    return say("the feed /{path} holds {what}", path=output.path, what=what[:_SHOWN])


def _read(output: Output) -> XmlFacts | None:
    """The facts of an XML file; None for any other file, and for one that is not well-formed."""
    return read_xml(output.data) if ending_of(output.path) in XML else None
