"""Front matter that all languages of a page share: fields with `translate=False` must agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from diptych.content.fields import Field, leaves
from diptych.content.types import Types
from diptych.diagnostics import Diagnostic, Edit, Placed, say, warning
from diptych.model import Document, EventDate
from diptych.site.layouts import below_title
from diptych.site.values import FALLBACK, Page
from diptych.yaml import Leaf

_TOLD_ELSEWHERE = ("layout",)  # layout-conflict


def differing_fields(pages: Iterable[Page], types: Types) -> Iterator[Diagnostic]:
    """field-differs: a value that is another one, or is lacking, in another language of the page.

    The first language that has the page counts, in the order of the settings.
    """
    bundles: dict[str, list[Document]] = defaultdict(list)
    for page in pages:
        if page.state != FALLBACK:
            bundles[page.key].append(page.document)
    shared = {
        name: field
        for name, field in types.page.record.fields.items()
        if field.translate is False and name not in _TOLD_ELSEWHERE
    }
    for first, *others in bundles.values():
        for name, field in shared.items():
            for other in others:
                if _values(first, name, field) != _values(other, name, field):
                    yield _differs(name, field, first, other)


def _placed(document: Document, name: str, field: Field) -> list[Placed[object]]:
    values = document.front.values
    return list(leaves(field.shape, values[name])) if name in values else []


def _values(document: Document, name: str, field: Field) -> list[str]:
    return [_text(each.value) for each in _placed(document, name, field)]


def _text(value: object) -> str:
    return value.text if isinstance(value, EventDate) else str(value)


def _differs(name: str, field: Field, first: Document, other: Document) -> Diagnostic:
    here, there = _values(other, name, field), _values(first, name, field)
    path = first.source.path
    if not here:
        message = say(
            "`{field}` is {value} in {path}, and is not written here",
            field=name,
            value=_quoted(there),
            path=path,
        )
    elif not there:
        message = say(
            "`{field}` is {value} here, and is not written in {path}",
            field=name,
            value=_quoted(here),
            path=path,
        )
    else:
        message = say(
            "`{field}` is {value} here and {other} in {path}",
            field=name,
            value=_quoted(here),
            other=_quoted(there),
            path=path,
        )
    hint = say("write the same in every language of the page")
    placed = _placed(other, name, field)
    span = placed[0].span if placed else other.front.title.span
    edits = _as_there(name, field, first, other)
    return warning("field-differs", span, message, hint, edits)


def _quoted(values: list[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _as_there(name: str, field: Field, first: Document, other: Document) -> tuple[Edit, ...]:
    """The edit that writes a single value as in the first language; none for lists."""
    there = _placed(first, name, field)
    if not isinstance(field.shape, Leaf) or not there:
        return ()
    text = first.source.text[there[0].span.start : there[0].span.end]
    here = _placed(other, name, field)
    return here[0].span.becomes(text) if here else below_title(other, f"{name}: {text}")
