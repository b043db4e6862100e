"""Checks the layouts of a page: the same in all languages, and the right one for its timeline."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from diptych.content.layouts import layout_of
from diptych.diagnostics import Diagnostic, Edit, error, say
from diptych.model import Document
from diptych.site.values import FALLBACK, Page, Site
from diptych.values import replace


def with_known_layouts(
    documents: Iterable[Document], layouts: Collection[str]
) -> tuple[Document, ...]:
    """The pages; those with an unknown layout get the layout `page`."""
    return tuple(
        each
        if each.front.layout in layouts
        else replace(each, front=replace(each.front, layout="page"))
        for each in documents
    )


def layout_conflicts(bundles: Iterable[Sequence[Document]]) -> Iterator[Diagnostic]:
    """layout-conflict: the languages of one page have different layouts."""
    for first, *others in bundles:
        for other in others:
            if other.front.layout != first.front.layout:
                message = say(
                    "the layout is `{layout}` here and `{other}` in {path}",
                    layout=other.front.layout,
                    other=first.front.layout,
                    path=first.source.path,
                )
                hint = say("write the same layout in every language of the page")
                edits = _with_layout(other, first.front.layout)
                span = other.front.title.span
                yield error("layout-conflict", span, message, hint, edits)


def unshown_timelines(site: Site, pages: Iterable[Page]) -> list[Diagnostic]:
    """unshown-timeline: events beside a page without the layout timeline. No other layout shows
    events.
    """
    problems = []
    for page in pages:
        front = page.document.front
        if (
            page.state != FALLBACK
            and layout_of(front.layout).shows != "timeline"
            and site.timeline(page.key)
        ):
            message = say(
                "this page has a timeline, which the layout `{layout}` does not show",
                layout=front.layout,
            )
            hint = say("write the layout in the front matter of every language")
            edits = _with_layout(page.document, "timeline")
            problems.append(error("unshown-timeline", front.title.span, message, hint, edits))
    return problems


def _with_layout(document: Document, layout: str) -> tuple[Edit, ...]:
    """The edit that gives a page another layout: in place of the old one, or below the title."""
    written = re.search(r"^layout:.*$", document.source.text, re.MULTILINE)
    if written:
        return document.source.span(*written.span()).becomes(f"layout: {layout}")
    return below_title(document, f"layout: {layout}")


def below_title(document: Document, line: str) -> tuple[Edit, ...]:
    """The edit that adds a line of front matter below the title."""
    number, _ = document.source.position(document.front.title.span.end)
    return document.source.line_followed_by(number, line)
