"""Link texts: what a reader hears who goes from link to link (WCAG 2.2, 2.4.4 and 2.4.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.diagnostics import Diagnostic, Placed, Severity, Source, Span, note, say
from diptych.extend import Found, check
from diptych.languages import rules_of
from diptych.model import Link
from diptych.site import Resolver, Site
from diptych.site.records import own_proses
from diptych.site.values import FALLBACK
from diptych.values import Value
from diptych.yaml import place_in_scalar

_BEFORE_TARGET = re.compile(r"\[([^\[\]]*)\]\(\s*<?$")
_EDGES = " .,:;!?…«»‘’“”\"'()[]<>→\u203a\u2197\u25b6-–—\u00a0\u202f"


class _Written(Value):
    """A link with its place in the file, in one language."""

    link: Link
    language: str
    key: str  # the page it stands on
    source: Source
    value: Placed[str] | None = None  # the value in YAML that it stands in

    @property
    def span(self) -> Span:
        if self.value is None:
            return self.link.span
        return place_in_scalar(self.source, self.value.span, self.link.span)


@check("vague-link", Severity.WARNING, of=Site)
def vague_link(site: Site) -> Iterator[Found]:
    """A link's text that does not say where the link leads, or none at all."""
    for each in _links(site):
        said = _plain(each.link.text)
        if said and said not in rules_of(each.language).vague_links:
            continue
        if said:
            message = say("“{text}” does not say where this link leads", text=each.link.text)
        elif "![" in _around(each) or "<img" in _around(each):
            continue  # a picture that is a link says it in its own text
        else:
            message = say("this link has no text, so nobody can choose it")
        hint = say("take as the link's text the words that name what one finds there")
        yield Found(_text_span(each), message, hint)


def link_notes(site: Site) -> Iterator[Diagnostic]:
    """repeated-link-text: one text for two targets of a page; varied-link-text: two for one."""
    resolver = Resolver(site)
    pages: dict[tuple[str, str], list[_Written]] = {}
    for each in _links(site):
        pages.setdefault((each.key, each.language), []).append(each)
    for links in pages.values():
        texts: dict[str, tuple[str, _Written]] = {}
        targets: dict[str, tuple[str, _Written]] = {}
        for each in links:
            target, _ = resolver.resolve(each.link, each.key, each.language)
            href, said = target.href or each.link.target, _plain(each.link.text)
            first = texts.setdefault(said, (href, each))
            if first[0] != href:
                message = say(
                    "“{text}” leads elsewhere on line {line}",
                    text=each.link.text,
                    line=_line(first[1]),
                )
                yield note("repeated-link-text", each.span, message)
            first = targets.setdefault(href, (said, each))
            if first[0] != said:
                message = say(
                    "a link to the same place is called “{text}” on line {line}",
                    text=first[1].link.text,
                    line=_line(first[1]),
                )
                yield note("varied-link-text", each.span, message)


def _links(site: Site) -> Iterator[_Written]:
    """Every link that an editor wrote: in pages, in events, and in records of the site's own."""
    for page in site.pages:
        if page.state != FALLBACK:
            for link in page.document.prose.links:
                yield _Written(link, page.language, page.key, page.document.source)
    for timeline in site.timelines:
        for event in timeline.events:
            for language in event.texts:
                text = site.event_texts.get((timeline.key, event.id, language))
                if text is None:
                    continue
                parts = ((text.title, event.titles), (text.text, event.texts))
                for prose, written in parts:
                    for link in prose.links:
                        yield _Written(
                            link, language, timeline.key, timeline.source, written[language]
                        )
    documents = [page.document for page in site.pages if page.state != FALLBACK]
    for source, language, _, placed in own_proses(documents, site.records, site.types):
        key = source.path.removeprefix("content/").rpartition("/")[0]
        for link in site.prose(placed).links:
            yield _Written(link, language, key, source, placed)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split()).strip(_EDGES)


def _around(each: _Written) -> str:
    """The beginning of the line that a link stands on."""
    begin = each.source.text.rfind("\n", 0, each.span.start) + 1
    return each.source.text[begin : each.span.start]


def _text_span(each: _Written) -> Span:
    """Where the text of a link stands; its target where that cannot be told."""
    found = _BEFORE_TARGET.search(_around(each))
    if found is None or not found[1].strip():
        return each.span
    start = each.span.start - len(_around(each)) + found.start(1)
    return each.source.span(start, start + len(found[1]))


def _line(each: _Written) -> int:
    return each.source.position(each.span.start)[0]
