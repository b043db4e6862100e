"""Writes translations into the fields of front matter and of records, also in lists and groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Named

from diptych.content.page import front_matter_bounds
from diptych.diagnostics import Edit, Source
from diptych.model import Document
from diptych.translation import Unit
from diptych.translation.po.pages import ImportEntry, PageTranslation
from diptych.translation.po.wrapping import FormatStyle, file_lines, style_of, width_of
from diptych.translation.po.yaml_texts import (
    MappingEntry,
    NewText,
    entry,
    entry_end,
    entry_of,
    hyphen_of,
    inline,
    inserted,
    node_end,
    replaced,
)
from diptych.values import Value
from diptych.yaml import Field, ListOf, Mapping, Node, Record, Scalar, compose, end_of
from diptych.yaml import Sequence as Items

# the mappings and lists around a value, from the outermost, each with the key that leads to the value
Chain = tuple[tuple[Node, str], ...]
_INDENT = 2


def scalars(node: Node, chain: Chain = ()) -> Iterator[tuple[Scalar, Chain]]:
    """Every scalar in a node, with the chain around it. The key of an item is its id, or else its
    number.
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
) -> Iterator[Edit]:
    """The edits of the front matter of a page in the language; `imports` are texts of fields."""
    width = max(width_of([document.source.text]), 80)
    found = sorted(imports, key=lambda each: each.source.span.start)
    origins = {each.origin: _front_origin(translation, each.origin, found, width) for each in found}
    return _edits(document.source, front_matter(document.source), origins, found)


def records_edits(
    translation: PageTranslation, source: Source, imports: Iterable[ImportEntry]
) -> Iterator[Edit]:
    """The edits of a file of records: each translation is written beside its source."""
    root = compose(source).value
    assert root is not None
    units = [unit for each in translation.units.values() for unit in each]
    blocks = (unit for unit in units if unit.span.path == source.path and not unit.line)
    width = width_of(_outer(source, unit) for unit in blocks)
    found = sorted(imports, key=lambda each: each.source.span.start)
    origins = {}
    for language in {each.origin for each in found}:
        languages = language, translation.language
        origins[language] = _origin(translation, source, root, languages, found, width)
    return _edits(source, root, origins, found)


def _outer(source: Source, unit: Unit) -> str:
    """The lines of a block scalar with their indentation."""
    return "\n".join(source.text[unit.span.start : unit.span.end].split("\n")[1:])


def _edits(
    source: Source, root: Node, origins: Named[str, _Origin], imports: Iterable[ImportEntry]
) -> Iterator[Edit]:
    """The edits of a file whose YAML is `root`. A key, item, list or group that the file lacks is
    added once, with all its translations.
    """
    begun: set[int] = set()  # offsets in the origin of the values that were added
    longer: set[int] = set()  # offsets of the lists to which an item was added
    for imported in imports:
        origin = origins[imported.origin]
        chain, keys = origin.way(imported.source)
        depth, container = _deepest(root, keys)
        if depth == len(keys):
            place = _place(source, container, keys[-1])
            yield from replaced(place, new_text(imported, origin.width))
            continue
        around, key = chain[depth]
        value = _children(around)[key]
        if value.span.start in begun:
            continue
        begun.add(value.span.start)
        if isinstance(container, Items):
            first = not container.items and container.span.start not in longer
            longer.add(container.span.start)
            yield _appended(source, container, origin, value, first=first)
        else:
            assert isinstance(container, Mapping)
            assert isinstance(around, Mapping)
            yield _put_in(source, container, origin, keys[depth], around, key)


def new_front(
    translation: PageTranslation, origin: Document, imports: Sequence[ImportEntry], width: int
) -> Iterator[str]:
    """The front matter of a new page: translated values, and copies of the values that languages
    share.
    """
    found = _front_origin(translation, origin.language, imports, width)
    fields = translation.bundle.types.page.record.fields
    for key, value in front_matter(origin.source).entries:
        came = any(each.span.start in found.imports for each, _ in scalars(value))
        if came or (key.text in fields and _is_shared(fields[key.text])):
            yield from found.lines(key.text, key, value, 0)


def _is_shared(field: Field) -> bool:
    """Whether all languages share the value of a field, or of a field in its group."""
    item = field.shape.item if isinstance(field.shape, ListOf) else field.shape
    inner = item.fields.values() if isinstance(item, Record) else ()
    return field.translate is False or any(map(_is_shared, inner))


class _Origin(Value):
    """The YAML of the source texts: front matter of another language, or the same file of records."""

    source: Source
    chains: Named[int, Chain]  # offset of a scalar -> the chain around it
    texts: frozenset[int]  # offsets of the scalars that are translated
    imports: Named[int, ImportEntry]  # offset of the source text -> its translation
    width: int  # of the lines of the file that is edited
    languages: tuple[str, str]  # the language of the origin, and the language to write instead

    def way(self, unit: Unit) -> tuple[Chain, list[str]]:
        """The chain around a source text, and the keys that lead to its translation."""
        chain = self.chains[unit.span.start]
        keys = [key for _, key in chain]
        language, other = self.languages
        for place in range(len(chain) - 1, -1, -1):
            if keys[place] == language != other and isinstance(chain[place][0], Mapping):
                keys[place] = other
                break
        return chain, keys

    def lines(self, name: str, key: Scalar, value: Node, indent: int) -> list[str]:
        """The lines of an entry under another name, with its translations; none if no part of it was
        translated.
        """
        head = " " * indent + name
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
        return [
            line
            for key, value in group.entries
            for line in self.lines(key.text, key, value, indent)
        ]

    def item(self, item: Node, indent: int) -> list[str]:
        """The lines of a list item, after a hyphen."""
        hyphen = " " * indent + "- "
        if not isinstance(item, Mapping):
            return [hyphen + self.flow(item, flow=isinstance(item, Items))]
        inner = self._inside(item, len(hyphen))
        return [hyphen + inner[0][len(hyphen) :], *inner[1:]] if inner else []

    def flow(self, node: Node, *, flow: bool = True) -> str:
        """A value on one line, with its translations; "" if no part of it was translated. `flow`:
        whether the value is between braces or brackets.
        """
        if isinstance(node, Mapping):
            pairs = ((key.text, self.flow(value)) for key, value in node.entries)
            inner = ", ".join(f"{key}: {text}" for key, text in pairs if text)
            return f"{{{inner}}}" if inner else ""
        if isinstance(node, Items):
            inner = ", ".join(filter(None, map(self.flow, node.items)))
            return f"[{inner}]" if inner else ""
        if node.span.start in self.texts:
            imported = self.imports.get(node.span.start)
            return inline(imported.text, "", flow=flow) if imported else ""
        return self.source.text[node.span.start : node.span.end].strip()


def _front_origin(
    translation: PageTranslation, language: str, imports: Iterable[ImportEntry], width: int
) -> _Origin:
    document = translation.document(language)
    assert document is not None
    nodes = front_matter(document.source)
    return _origin(translation, document.source, nodes, (language, language), imports, width)


def _origin(
    translation: PageTranslation,
    source: Source,
    root: Node,
    languages: tuple[str, str],
    imports: Iterable[ImportEntry],
    width: int,
) -> _Origin:
    def is_here(unit: Unit) -> bool:
        return unit.in_yaml and unit.span.path == source.path

    origin, _ = languages
    return _Origin(
        source,
        {value.span.start: chain for value, chain in scalars(root)},
        frozenset(each.span.start for each in translation.units[origin] if is_here(each)),
        {
            each.source.span.start: each
            for each in imports
            if each.origin == origin and is_here(each.source)
        },
        width,
        languages,
    )


def front_matter(source: Source) -> Mapping:
    """The front matter of a file as nodes. The file must have one."""
    bounds = front_matter_bounds(source)
    assert bounds is not None
    node = compose(source, *bounds).value
    assert isinstance(node, Mapping)
    return node


def _deepest(node: Node, keys: Sequence[str]) -> tuple[int, Node]:
    """Follows the keys from the node inwards. Returns the number of keys that exist, and the
    mapping or list that lacks the next key or has the last key.
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
        flow = source.text[container.span.start] == "["
        return MappingEntry(source, item if flow else hyphen_of(source, item), item, flow)
    assert isinstance(container, Mapping)
    place = entry_of(source, container, key)
    assert place is not None
    return place


def _put_in(
    source: Source, group: Mapping, origin: _Origin, name: str, around: Mapping, key: str
) -> Edit:
    """The edit that adds an entry of the origin to `group`, under a name: the entry `key` of the
    mapping `around`. It goes below the last entry of `group` that is above it in the origin.
    """
    entries = {each.text: (each, value) for each, value in group.entries}
    order = [each.text for each, _ in around.entries]
    above = [each for each in order[: order.index(key) + (key != name)] if each in entries]
    written, value = around.entries[order.index(key)]
    if group.indent is not None and name in entries:  # the key is there without a value
        start, end = entries[name][0].span.start, entry_end(_place(source, group, name))
        lines = "\n".join(origin.lines(name, written, value, group.indent))
        return Edit(source.span(start, end), lines.lstrip())
    sister = entry_of(source, group, above[-1]) if above else None
    imported = origin.imports.get(value.span.start)
    if sister is not None and imported is not None:
        return inserted(sister, name, new_text(imported, origin.width))
    if group.indent is None:
        text = f"{name}: {origin.flow(value)}"
        if above:
            end = end_of(source, entries[above[-1]][1])
            return Edit(source.span(end, end), f", {text}")
        start = group.span.start + 1
        return Edit(source.span(start, start), f"{text}, " if entries else text)
    lines = "\n".join(origin.lines(name, written, value, group.indent))
    if above:
        end = node_end(source, *entries[above[-1]])
        return Edit(source.span(end, end), f"\n{lines}")
    start = group.span.start
    return Edit(source.span(start, start), f"{lines.lstrip()}\n{' ' * group.indent}")


def _appended(source: Source, items: Items, origin: _Origin, value: Node, *, first: bool) -> Edit:
    """The edit that adds an item to a list; `first`: to an empty one, before any other."""
    if source.text[items.span.start] == "[":
        end = end_of(source, items.items[-1]) if items.items else items.span.start + 1
        return Edit(source.span(end, end), ("" if first else ", ") + origin.flow(value))
    last = items.items[-1]
    hyphen = hyphen_of(source, last)
    column = source.position(hyphen.span.start)[1] - 1
    end = node_end(source, hyphen, last)
    return Edit(source.span(end, end), "\n" + "\n".join(origin.item(value, column)))
