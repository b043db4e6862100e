"""Writes translations into front matter, also in lists and groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Named

from diptych.content.fields import Field, Record
from diptych.diagnostics import Source
from diptych.model import Document
from diptych.translation.po.edits import Replacement
from diptych.translation.po.matches import ImportEntry
from diptych.translation.po.pages import PageTranslation
from diptych.translation.po.scalars import (
    MappingEntry,
    NewText,
    entry,
    entry_end,
    inline,
    inserted,
    item_place,
    node_end,
    place_of,
    replaced,
)
from diptych.translation.po.wording import file_lines
from diptych.translation.po.wrapping import FormatStyle, style_of, width_of
from diptych.values import Value
from diptych.yaml import ListOf, Mapping, Node, Scalar, compose
from diptych.yaml import Sequence as Items

Chain = tuple[tuple[Node, str], ...]  # the mappings and lists around a value, with its key in each
_INDENT = 2


def scalars(node: Node, chain: Chain = ()) -> Iterator[tuple[Scalar, Chain]]:
    """Every scalar with the chain of mappings and lists around it. An item's key is its id, else
    its number.
    """
    if isinstance(node, Scalar):
        yield node, chain
    else:
        for key, value in _children(node).items():
            yield from scalars(value, (*chain, (node, key)))


def _children(node: Node) -> dict[str, Node]:
    """The values of a mapping by key, or the items of a list by their ids or numbers."""
    if isinstance(node, Mapping):
        return {key.text: value for key, value in node.entries}
    if isinstance(node, Items):
        return {_identity(each) or str(n): each for n, each in enumerate(node.items, start=1)}
    return {}


def _identity(item: Node) -> str:
    identity = _children(item).get("id") if isinstance(item, Mapping) else None
    return identity.text if isinstance(identity, Scalar) else ""


def new_text(imported: ImportEntry, width: int) -> NewText:
    """A translation as the text to write, wrapped to the width."""
    style = style_of([imported.target.text] if imported.target else [], width)
    return NewText(
        imported.text,
        lambda wide: file_lines(imported.source, imported.text, FormatStyle(wide, style.marks)),
        width,
    )


def front_edits(
    document: Document, translation: PageTranslation, imports: Iterable[ImportEntry]
) -> Iterator[Replacement]:
    """The edits of the front matter of a page in the language; `imports` are texts of fields."""
    source, nodes = document.source, _nodes(document.source)
    width = max(width_of([source.text]), 80)
    found = sorted(imports, key=lambda each: each.source.span.start)
    origins = {each.origin: _origin(translation, each.origin, found, width) for each in found}
    begun: set[int] = set()  # offsets of lists and groups that are added as a whole
    for imported in found:
        origin = origins[imported.origin]
        chain = origin.chains[imported.source.span.start]
        depth, container = _deepest(nodes, [key for _, key in chain])
        if depth == len(chain):
            place = _place(source, container, chain[-1][1])
            yield from replaced(place, new_text(imported, width))
            continue
        around, key = chain[depth]
        value = _children(around)[key]
        if value.span.start not in begun:
            begun.add(value.span.start)
            if isinstance(container, Items):
                yield _appended(source, container, origin, value)
            else:
                assert isinstance(container, Mapping)
                yield _put_in(source, container, origin, key, value, list(_children(around)))


def new_front(
    translation: PageTranslation, origin: Document, imports: Sequence[ImportEntry], width: int
) -> Iterator[str]:
    """The front matter of a new page: translated values, and copies of the values that languages
    share.
    """
    found = _origin(translation, origin.language, imports, width)
    fields = translation.bundle.types.page.record.fields
    for key, value in found.nodes.entries:
        came = any(each.span.start in found.imports for each, _ in scalars(value))
        if came or (key.text in fields and _is_shared(fields[key.text])):
            yield from found.lines(key, value, 0)


def _is_shared(field: Field) -> bool:
    """Whether all languages share the value of a field, or of a field in its group."""
    item = field.shape.item if isinstance(field.shape, ListOf) else field.shape
    inner = item.fields.values() if isinstance(item, Record) else ()
    return field.translate is False or any(map(_is_shared, inner))


class _Origin(Value):
    """The front matter of the page from which the translations were made."""

    source: Source
    nodes: Mapping
    chains: Named[int, Chain]  # offset of a scalar -> the chain around it
    texts: frozenset[int]  # offsets of the scalars that are translated
    imports: Named[int, ImportEntry]  # offset of the source text -> its translation
    width: int  # of the lines of the other file

    def lines(self, key: Scalar, value: Node, indent: int) -> list[str]:
        """The lines of an entry with its translations; none if no part of it was translated."""
        head = " " * indent + key.text
        if isinstance(value, Mapping):
            inner = self._inside(value, indent + _INDENT)
            return [f"{head}:", *inner] if inner else []
        if isinstance(value, Items):
            groups = [each for each in value.items if isinstance(each, Mapping)]
            if not groups:
                items = self.flow(value)
                return [f"{head}: {items}"] if items else []
            inner = [line for each in groups for line in self.item(each, indent + _INDENT)]
            return [f"{head}:", *inner] if inner else []
        imported = self.imports.get(value.span.start)
        if imported is not None:
            sister = MappingEntry(self.source, key, value, False)
            return [entry(head, sister, new_text(imported, self.width))]
        text = self.flow(value)
        return [f"{head}: {text}"] if text else []

    def _inside(self, group: Mapping, indent: int) -> list[str]:
        return [line for key, value in group.entries for line in self.lines(key, value, indent)]

    def item(self, item: Node, indent: int) -> list[str]:
        """The lines of a list item, after a hyphen."""
        hyphen = " " * indent + "- "
        if not isinstance(item, Mapping):
            return [hyphen + self.flow(item)]
        inner = self._inside(item, len(hyphen))
        return [hyphen + inner[0][len(hyphen) :], *inner[1:]] if inner else []

    def flow(self, node: Node) -> str:
        """A value on one line, with its translations; "" if no part of it was translated."""
        if isinstance(node, Mapping):
            pairs = ((key.text, self.flow(value)) for key, value in node.entries)
            inner = ", ".join(f"{key}: {text}" for key, text in pairs if text)
            return f"{{{inner}}}" if inner else ""
        if isinstance(node, Items):
            inner = ", ".join(filter(None, map(self.flow, node.items)))
            return f"[{inner}]" if inner else ""
        if node.span.start in self.texts:
            imported = self.imports.get(node.span.start)
            return inline(imported.text, "", flow=True) if imported else ""
        return self.source.text[node.span.start : node.span.end].strip()


def _origin(
    translation: PageTranslation, language: str, imports: Iterable[ImportEntry], width: int
) -> _Origin:
    document = translation.document(language)
    assert document is not None
    nodes = _nodes(document.source)
    units = [each for each in translation.units[language] if each.in_yaml and not each.in_entry]
    return _Origin(
        document.source,
        nodes,
        {value.span.start: chain for value, chain in scalars(nodes)},
        frozenset(each.span.start for each in units),
        {
            each.source.span.start: each
            for each in imports
            if each.origin == language and each.source.in_yaml and not each.source.in_entry
        },
        width,
    )


def _nodes(source: Source) -> Mapping:
    """The front matter of a file as nodes. The file must have one."""
    start = source.text.index("\n") + 1
    closing = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE).search(source.text, start)
    assert closing is not None
    node = compose(source, start, closing.start()).value
    assert isinstance(node, Mapping)
    return node


def _deepest(node: Node, keys: Sequence[str]) -> tuple[int, Node]:
    """Follows the keys from the node inwards. How many of them were found, and the mapping or list in
    which the next one is missing; if none is missing, the one that holds the last key.
    """
    for depth, key in enumerate(keys):
        inner, last = _children(node).get(key), depth + 1 == len(keys)
        if inner is None or (not last and isinstance(inner, Scalar)):
            return depth, node
        if last:
            break
        node = inner
    return len(keys), node


def _place(source: Source, container: Node, key: str) -> MappingEntry:
    """The entry of a scalar, by its key in a mapping or its number in a list."""
    if isinstance(container, Items):
        item = _children(container)[key]
        assert isinstance(item, Scalar)
        return item_place(source, item, flow=source.text[container.span.start] == "[")
    assert isinstance(container, Mapping)
    place = place_of(source, container, key)
    assert place is not None
    return place


def _put_in(
    source: Source,
    group: Mapping,
    origin: _Origin,
    name: str,
    value: Node,
    order: Sequence[str],
) -> Replacement:
    """The edit that adds an entry to a mapping. `order` gives the keys of the source mapping in
    order.
    """
    key = next(
        key for key, each in _pairs(origin.nodes) if key.text == name and each.span == value.span
    )
    above = [each for each in order[: order.index(name)] if each in _children(group)]
    entries = {key.text: (key, each) for key, each in group.entries}
    if group.indent is None:
        text = f"{name}: {origin.flow(value)}"
        if above:
            end = entries[above[-1]][1].span.end
            return Replacement(end, end, f", {text}")
        start = group.span.start + 1
        return Replacement(start, start, f"{text}, " if entries else text)
    if name in entries:  # the key is there without a value
        start, end = entries[name][0].span.start, entry_end(_place(source, group, name))
        return Replacement(start, end, "\n".join(origin.lines(key, value, group.indent)).lstrip())
    sister = place_of(source, group, above[-1]) if above else None
    imported = origin.imports.get(value.span.start)
    if sister is not None and imported is not None:
        return inserted(sister, name, new_text(imported, origin.width))
    lines = "\n".join(origin.lines(key, value, group.indent))
    if above:
        end = node_end(source, *entries[above[-1]])
        return Replacement(end, end, f"\n{lines}")
    start = group.span.start
    return Replacement(start, start, f"{lines.lstrip()}\n{' ' * group.indent}")


def _pairs(node: Node) -> Iterator[tuple[Scalar, Node]]:
    """Every key with its value, also those of nested mappings."""
    if isinstance(node, Mapping):
        yield from node.entries
    for each in _children(node).values():
        yield from _pairs(each)


def _appended(source: Source, items: Items, origin: _Origin, value: Node) -> Replacement:
    """The edit that adds an item to a list."""
    if source.text[items.span.start] == "[":
        text = origin.flow(value)
        if not items.items:
            return Replacement(items.span.start + 1, items.span.start + 1, text)
        end = items.items[-1].span.end
        return Replacement(end, end, f", {text}")
    last = items.items[-1]
    hyphen = source.text.rindex("-", 0, last.span.start)
    column = source.position(hyphen)[1] - 1
    end = node_end(source, Scalar("-", source.span(hyphen, hyphen + 1)), last)
    return Replacement(end, end, "\n" + "\n".join(origin.item(value, column)))
