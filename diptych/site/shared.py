"""Checks the values that all languages of a page share: fields with `translate=False`, and the layout.

The layout is also compared with the timeline beside the page: a timeline needs a layout that shows it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from diptych.content.fields import field_values, narrowed
from diptych.content.layouts import layout_of
from diptych.content.types import Types
from diptych.diagnostics import Diagnostic, Edit, Placed, error, say, warning
from diptych.model import Document, EventDate
from diptych.site.values import FALLBACK, Page, Site
from diptych.values import Value, replace
from diptych.yaml import Field, Leaf, Record

_REPORTED_ELSEWHERE = ("layout",)  # layout-conflict


def differing_fields(bundles: Iterable[Sequence[Document]], types: Types) -> Iterator[Diagnostic]:
    """field-differs: a value that differs or is missing in another language of the page.

    The first language of each bundle is the standard. Fields inside records are compared too, unless
    the record has a text in one language only, which missing-unit reports.
    """
    record = narrowed(types.page.record, lambda field, _: _is_shared(field) or _is_worded(field))
    shared = narrowed(types.page.record, lambda field, _: _is_shared(field)).fields.keys()
    for first, *others in bundles:
        if all(shared.isdisjoint(each.front.values) for each in (first, *others)):
            continue  # most pages have no shared field
        here = _shared(first, record)
        for other in others:
            there = _shared(other, record)
            for name in dict.fromkeys((*here.values, *there.values)):
                mine, theirs = here.values.get(name, ()), there.values.get(name, ())
                unreported = name.group not in here.worded ^ there.worded
                if unreported and _texts(mine) != _texts(theirs):
                    yield _differs(name, mine, theirs, first, other)


class _Name(Value):
    """The name of a field: the names and items that lead to it."""

    names: tuple[str, ...]
    items: tuple[str, ...]  # of the lists of groups that it is in
    single: bool  # whether it holds one value, and no list

    @property
    def group(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names and items that lead to the record that the field is in."""
        return self.names[:-1], self.items

    def __str__(self) -> str:
        """`place`, and in the second group of a list `stops.2.from`."""
        return ".".join((*self.names[:-1], *self.items, self.names[-1]))


class _Shared(Value):
    """The shared values of a page in one language."""

    values: Mapping[_Name, Sequence[Placed[object]]]
    # the `group` of each field that holds a text
    worded: frozenset[tuple[tuple[str, ...], tuple[str, ...]]]


def _shared(document: Document, record: Record) -> _Shared:
    values: dict[_Name, list[Placed[object]]] = defaultdict(list)
    worded = set()
    for each in field_values(record, document.front.values):
        single = isinstance(each.field.shape, Leaf)
        items = each.items if single else each.items[:-1]
        name = _Name(each.names, items, single)
        if _is_worded(each.field):
            worded.add(name.group)
        if _is_shared(each.field) and each.names[0] not in _REPORTED_ELSEWHERE:
            values[name].append(each.placed)
    return _Shared(values, frozenset(worded))


def _is_shared(field: Field) -> bool:
    return field.translate is False


def _is_worded(field: Field) -> bool:
    return field.role is not None


def _texts(values: Iterable[Placed[object]]) -> list[str]:
    return [_text(each.value) for each in values]


def _text(value: object) -> str:
    return value.text if isinstance(value, EventDate) else str(value)


def _differs(
    name: _Name,
    mine: Sequence[Placed[object]],
    theirs: Sequence[Placed[object]],
    first: Document,
    other: Document,
) -> Diagnostic:
    here, there = _texts(theirs), _texts(mine)
    path = first.source.path
    if not here:
        message = say(
            "`{field}` is {value} in {path}, and is not written here",
            field=str(name),
            value=_quoted(there),
            path=path,
        )
    elif not there:
        message = say(
            "`{field}` is {value} here, and is not written in {path}",
            field=str(name),
            value=_quoted(here),
            path=path,
        )
    else:
        message = say(
            "`{field}` is {value} here and {other} in {path}",
            field=str(name),
            value=_quoted(here),
            other=_quoted(there),
            path=path,
        )
    hint = say("write the same in every language of the page")
    span = theirs[0].span if theirs else other.front.title.span
    edits = _as_there(name, mine, theirs, first, other)
    return warning("field-differs", span, message, hint, edits)


def _quoted(values: list[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _as_there(
    name: _Name,
    mine: Sequence[Placed[object]],
    theirs: Sequence[Placed[object]],
    first: Document,
    other: Document,
) -> tuple[Edit, ...]:
    """The edit that copies a single value from the first language; no edit for a list."""
    if not name.single or not mine or not (theirs or len(name.names) == 1):
        return ()
    text = first.source.text[mine[0].span.start : mine[0].span.end]
    return theirs[0].span.becomes(text) if theirs else below_title(other, f"{name}: {text}")


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
                written = edits and edits[0].span.start < edits[0].span.end
                span = edits[0].span if written else other.front.title.span
                yield error("layout-conflict", span, message, hint, edits)


def unshown_timelines(site: Site, pages: Iterable[Page]) -> Iterator[Diagnostic]:
    """unshown-timeline: events beside a page whose layout does not show them."""
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
            yield error("unshown-timeline", front.title.span, message, hint, edits)


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
