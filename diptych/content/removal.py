"""Makes edits that remove one thing from a file: a link (its words stay), an item of a YAML list,
or a key of a YAML mapping. The rest of the file stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from diptych.content.page import front_matter_bounds
from diptych.diagnostics import Edit, Source, Span, line_at
from diptych.markdown.links import Inline, inlines
from diptych.model import Timeline
from diptych.yaml import Mapping, Node, Scalar, children_of, compose, end_of
from diptych.yaml import Sequence as Listed

_BRACES = re.compile(r"\{[^}\n]*\}")  # the attributes of a link, directly after it


def unlinked(source: Source, span: Span) -> tuple[Edit, ...]:
    """The edit that replaces a Markdown link by its words; no edit if there is no link around
    `span`.

    `span` lies in the words or in the target of the link.
    """
    start = max(0, source.text.rfind("\n\n", 0, span.start))
    end = source.text.find("\n\n", span.end)
    paragraph = source.text[start:] if end < 0 else source.text[start:end]
    for link in _links(inlines(paragraph, inline=True)):
        braces = _BRACES.match(paragraph, link.end)
        place = Span(source.path, link.start, braces.end() if braces else link.end).shifted(start)
        if place.start <= span.start and span.end <= place.end:
            return place.becomes(paragraph[slice(*link.inner)])
    return ()


def _links(found: Iterable[Inline]) -> Iterator[Inline]:
    """The links written in Markdown, from a list of links and pictures; also the links inside a
    picture.
    """
    for each in found:
        yield from _links(each.within)
        if not each.picture and not each.html:
            yield each


def without_item(source: Source, span: Span) -> tuple[Edit, ...]:
    """The edit that removes the entry at `span` from a file of entries; no edit if the file is no
    list.
    """
    root = compose(source).value
    if not isinstance(root, Listed):
        return ()
    number = _at(root.items, span)
    return () if number is None else _out_of_list(source, root, number)


def taken_out_of_yaml(source: Source, span: Span) -> tuple[Edit, ...]:
    """The edit that removes the value at `span`: as an item of its list, or together with its key.

    If the list would be empty without the value, the edit removes the key of the list. No edit if
    there is no value at `span`.
    """
    page = source.path.endswith(".md")
    bounds = front_matter_bounds(source) if page else (0, len(source.text))
    root = compose(source, *bounds).value if bounds else None
    if root is None:
        return ()
    path = _path(root, span)
    if not path:
        return ()
    for depth in range(len(path) - 1, -1, -1):
        parent, number = path[depth]
        if isinstance(parent, Listed) and len(parent.items) > 1:
            return _out_of_list(source, parent, number)
        if isinstance(parent, Mapping):
            return _out_of_mapping(source, parent, number)
    return ()


def chapter_begins_later(
    source: Source, span: Span, event: str, timeline: Timeline | None
) -> tuple[Edit, ...]:
    """The edit for a chapter whose first event is removed: the chapter begins with the next event.
    If no event follows, or another chapter begins with the next event, the edit removes the
    chapter.

    `span` is the value of `from`, `event` the id of the removed event.
    """
    root = compose(source).value
    ids = [each.id for each in timeline.events] if timeline else []
    if not isinstance(root, Listed) or event not in ids:
        return ()
    later = ids[ids.index(event) + 1 :][:1]
    begins = {
        value.text
        for item in root.items
        if isinstance(item, Mapping)
        for key, value in item.entries
        if key.text == "from" and isinstance(value, Scalar)
    }
    if not later or later[0] in begins:
        return without_item(source, span)
    return span.becomes(later[0], event)


def _path(node: Node, span: Span) -> list[tuple[Node, int]]:
    """The lists and mappings around a value, outermost first, each with the number of its entry."""
    if isinstance(node, Scalar):
        return []
    children = children_of(node)
    number = _at(children, span)
    if number is None:
        return []
    child = children[number]
    if isinstance(child, Scalar) and span.end > child.span.end:
        return []
    return [(node, number), *_path(child, span)]


def _at(nodes: Sequence[Node], span: Span) -> int | None:
    """The number of the node that holds a place. Of a list or a mapping only the start is known, so
    it is the last node that begins before the place.
    """
    before = [number for number, node in enumerate(nodes) if node.span.start <= span.start]
    return before[-1] if before else None


def _out_of_list(source: Source, node: Listed, number: int) -> tuple[Edit, ...]:
    spans = [Span(source.path, each.span.start, end_of(source, each)) for each in node.items]
    if source.text[node.span.start : node.span.start + 1] == "[":
        return _out_of_row(source, spans, number)
    # in a block the node begins behind its hyphen
    starts = [line_at(source.text, source.text.rfind("-", 0, each.start))[0] for each in spans]
    return _out_of_lines(source, starts, number)


def _out_of_mapping(source: Source, node: Mapping, number: int) -> tuple[Edit, ...]:
    spans = [
        Span(source.path, key.span.start, max(key.span.end, end_of(source, value)))
        for key, value in node.entries
    ]
    if node.indent is None:
        return _out_of_row(source, spans, number)
    starts = [line_at(source.text, each.start)[0] for each in spans]
    if number == 0 and source.text[starts[0] : spans[0].start].strip():  # `- id: …`
        return ()
    return _out_of_lines(source, starts, number)


def _out_of_row(source: Source, spans: Sequence[Span], number: int) -> tuple[Edit, ...]:
    """The edit that removes an entry from a list in brackets or a mapping in braces (YAML's flow style),
    together with one comma.
    """
    first, last = spans[number].start, spans[number].end
    if number:
        first = spans[number - 1].end
    elif len(spans) > 1:
        last = spans[1].start
    return Span(source.path, first, last).becomes("")


def _out_of_lines(source: Source, starts: Sequence[int], number: int) -> tuple[Edit, ...]:
    """The edit that removes the lines of an entry, up to the next entry. Comments above an entry
    belong to that entry.
    """
    text = source.text
    if number + 1 < len(starts):
        last = _above_comments(source, starts[number + 1])
    else:
        last = _end_of_block(text, starts[number])
    first = _above_comments(source, starts[number]) if number else starts[0]
    return Span(source.path, first, last).becomes("")


def _end_of_block(text: str, start: int) -> int:
    """The offset at which the last entry ends: after the last indented or empty line."""
    column = len(text[start:]) - len(text[start:].lstrip(" "))
    place = text.find("\n", start)
    while 0 <= place < len(text) - 1:
        _, end = line_at(text, place + 1)
        line = text[place + 1 : end]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= column:
            return max(place + 1, start)
        place = end
        if place >= len(text):
            break
    return len(text) if place < 0 or place >= len(text) else place + 1


def _above_comments(source: Source, start: int) -> int:
    """The start of the comments directly above a line."""
    text = source.text
    while start > 0:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip().startswith("#"):
            break
        start = above
    return start
