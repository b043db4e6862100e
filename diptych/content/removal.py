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
from diptych.yaml import Mapping, Node, Scalar, children_of, compose, end_of, value_of
from diptych.yaml import Sequence as Listed

_BRACES = re.compile(r"\{[^}\n]*\}")  # the attributes of a link, directly after it


def unlinked(source: Source, span: Span) -> tuple[Edit, ...]:
    """The edit that replaces a link, in Markdown or in HTML, by its words; no edit if there is no link
    around `span`, which lies in the words or in the target of the link.
    """
    start = source.text.rfind("\n\n", 0, span.start) + 1
    rest, _, _ = source.text[span.end :].partition("\n\n")
    paragraph = source.text[start : span.end] + rest
    for link in _links(inlines(paragraph, inline=True)):
        braces = _BRACES.match(paragraph, link.end)
        place = Span(source.path, link.start, braces.end() if braces else link.end).shifted(start)
        if place.start <= span.start and span.end <= place.end:
            return place.becomes(paragraph[slice(*link.inner)])
    return ()


def _links(found: Iterable[Inline]) -> Iterator[Inline]:
    """The links in a list of links and pictures; also the links inside a picture."""
    for each in found:
        yield from _links(each.within)
        if not each.picture:
            yield each


def without_item(source: Source, span: Span) -> tuple[Edit, ...]:
    """The edit that removes the entry at `span` from a file of entries."""
    root = compose(source).value
    assert isinstance(root, Listed)  # `span` is in one of its entries
    before = (number for number, each in enumerate(root.items) if each.span.start <= span.start)
    return _out_of_list(source, root, max(before))


def taken_out_of_yaml(source: Source, span: Span) -> tuple[Edit, ...]:
    """The edit that removes the value at `span`: as an item of its list, or together with its key.

    If the list would be empty without the value, the edit removes the key of the list. No edit if
    `span` is not a whole value on one line, as every reference is: a text for readers stays, even if
    a place in it leads to something that is gone.
    """
    bounds = front_matter_bounds(source) if source.path.endswith(".md") else (0, None)
    if bounds is None or "\n" in source.text[span.start : span.end]:
        return ()
    for parent, number in reversed(_path(compose(source, *bounds).value, span)):
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
    ids = [each.id for each in timeline.events] if timeline else []
    if event not in ids:
        return ()
    begins = [value_of(each, "from") for each in children_of(compose(source).value)]
    taken = {each.text for each in begins if isinstance(each, Scalar)}
    later = next(iter(ids[ids.index(event) + 1 :]), None)
    if later is None or later in taken:
        return without_item(source, span)
    return span.becomes(later, event)


def _path(node: Node | None, span: Span) -> list[tuple[Node | None, int]]:
    """The lists and mappings around the single value at `span`, outermost first, each with the number of
    its entry; none if no value is exactly there.
    """
    for number, child in enumerate(children_of(node)):
        inside = _path(child, span)
        if inside or (isinstance(child, Scalar) and child.span == span):
            return [(node, number), *inside]
    return []


def _out_of_list(source: Source, node: Listed, number: int) -> tuple[Edit, ...]:
    spans = [Span(source.path, each.span.start, end_of(source, each)) for each in node.items]
    if source.text[node.span.start] == "[":
        return _out_of_row(source, spans, number)
    # in a block the node begins behind its hyphen
    starts = [line_at(source.text, source.text.rfind("-", 0, each.start))[0] for each in spans]
    return _out_of_lines(source, starts, spans[number].end, number)


def _out_of_mapping(source: Source, node: Mapping, number: int) -> tuple[Edit, ...]:
    spans = [
        Span(source.path, key.span.start, end_of(source, value)) for key, value in node.entries
    ]
    if node.indent is None:
        return _out_of_row(source, spans, number)
    starts = [line_at(source.text, each.start)[0] for each in spans]
    if number == 0 and source.text[starts[0] : spans[0].start].strip():  # `- id: …`
        return ()
    return _out_of_lines(source, starts, spans[number].end, number)


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


def _out_of_lines(source: Source, starts: Sequence[int], end: int, number: int) -> tuple[Edit, ...]:
    """The edit that removes the lines of an entry, up to the next entry. Comments above an entry
    belong to that entry. `starts` are the starts of the lines on which entries begin, `end` is the
    end of the removed entry.
    """
    text, start = source.text, starts[number]
    if number + 1 < len(starts):
        last = _above_comments(text, starts[number + 1])
    else:
        last = _end_of_block(text, start, end)
    # the comments above the first entry may be about the whole file
    first = _above_comments(text, start) if number else start
    return Span(source.path, first, last).becomes("")


def _end_of_block(text: str, start: int, end: int) -> int:
    """The end of the last entry of a file with all its lines. The entry begins in the line at
    `start`, and its value ends at `end`. The empty lines below the value, and lines that are
    indented further, also belong to the entry.
    """
    column = len(text[start:]) - len(text[start:].lstrip(" "))
    _, end = line_at(text, end - 1)
    while end < len(text):
        place = end + 1
        _, end = line_at(text, place)
        line = text[place:end]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= column:
            return place
    return len(text)


def _above_comments(text: str, start: int) -> int:
    """The start of the comments directly above the line of an entry, which has an entry above it."""
    above, _ = line_at(text, start - 1)
    while text[above:start].lstrip().startswith("#"):
        start, (above, _) = above, line_at(text, above - 1)
    return start
