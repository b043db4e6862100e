"""Translations -> edits of the Markdown files and files of records in which they belong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from diptych.diagnostics import Source
from diptych.model import Document
from diptych.translation import Unit
from diptych.translation.po.arrivals import Arrival
from diptych.translation.po.edits import Edit
from diptych.translation.po.ledger import Ledger
from diptych.translation.po.scalars import (
    NewText,
    Place,
    entry,
    inserted,
    list_edits,
    place_of,
    replaced,
)
from diptych.translation.po.wording import file_lines, heading_lines
from diptych.translation.po.wrapping import Manner, manner_of, width_of
from diptych.yaml import Mapping, Node, Scalar, compose
from diptych.yaml import Sequence as Items


def document_edits(ledger: Ledger, arrivals: Sequence[Arrival]) -> list[Edit]:
    """The edits of the page's own file in the language."""
    document = ledger.document(ledger.language)
    assert document is not None
    mine = [each for each in arrivals if not each.source.in_entry]
    body = [each for each in mine if not each.source.in_yaml]
    fields = [each for each in mine if each.source.in_yaml]
    return [*_field_edits(document, ledger, fields), *_body_edits(document, ledger, body)]


def _body_edits(document: Document, ledger: Ledger, arrivals: Sequence[Arrival]) -> Iterator[Edit]:
    units = body_units(ledger, ledger.language)
    manner = manner_of([ledger.written(unit) for unit in units])
    for arrival in arrivals:
        if arrival.target is not None:
            own = ledger.written(arrival.target)
            text = _block(arrival, own, manner.with_marks_of(own))
            yield Edit(arrival.target.span.start, arrival.target.span.end, text)
    for anchor, missing in insertions(ledger, arrivals):
        blocks = [_block(each, ledger.written(each.source), manner) for each in missing]
        yield _insertion(document, anchor, units, blocks)


def body_units(ledger: Ledger, language: str) -> list[Unit]:
    """The units of a page's Markdown in a language."""
    found = ledger.units.get(language, ())
    return [unit for unit in found if not unit.in_yaml]


def insertions(
    ledger: Ledger, arrivals: Sequence[Arrival]
) -> list[tuple[Unit | None, list[Arrival]]]:
    """What is missing, by the unit after which it belongs (None: at the beginning)."""
    found: dict[int, tuple[Unit | None, list[Arrival]]] = {}
    missing = {id(each.source): each for each in arrivals if each.target is None}
    sisters = {
        id(unit): group.units.get(ledger.language)
        for group in ledger.groups
        for unit in group.units.values()
    }
    for origin in dict.fromkeys(each.origin for each in missing.values()):
        anchor: Unit | None = None
        later = [id(sisters[id(unit)]) for unit in body_units(ledger, origin) if sisters[id(unit)]]
        for unit in body_units(ledger, origin):
            arrival, sister = missing.get(id(unit)), sisters[id(unit)]
            if sister is not None:
                anchor = sister
                later.remove(id(sister))
            elif arrival is not None:
                if unit.kind == "heading":
                    anchor = _end_of_section(ledger, anchor, later)
                place = anchor.span.start if anchor else -1
                found.setdefault(place, (anchor, []))[1].append(arrival)
    return list(found.values())


def _end_of_section(ledger: Ledger, anchor: Unit | None, later: Sequence[int]) -> Unit | None:
    """The last unit below the same heading that has no sister further on: a new heading must not
    take it away from its own.
    """
    units = body_units(ledger, ledger.language)
    place = next((n for n, unit in enumerate(units) if unit is anchor), -1)
    for unit in units[place + 1 :]:
        if unit.kind == "heading" or id(unit) in later:
            break
        anchor = unit
    return anchor


def _insertion(
    document: Document, anchor: Unit | None, units: Sequence[Unit], blocks: Sequence[str]
) -> Edit:
    """New blocks on lines of their own, an empty line around them."""
    text = document.source.text
    if anchor is not None:
        end = text.find("\n", anchor.span.end)
        end = len(text) if end < 0 else end
        return Edit(end, end, "".join(f"\n\n{block}" for block in blocks))
    if units:
        start = text.rfind("\n", 0, units[0].span.start) + 1
        return Edit(start, start, "".join(f"{block}\n\n" for block in blocks))
    end = len(text.rstrip("\n"))
    return Edit(end, len(text), "".join(f"\n\n{block}" for block in blocks) + "\n")


def _block(arrival: Arrival, model: str, manner: Manner) -> str:
    """A translation as it is written in Markdown; `model` is what its style and id are taken from."""
    if arrival.source.kind == "heading":
        return "\n".join(heading_lines(arrival.text, model))
    return "\n".join(file_lines(arrival.source, arrival.text, manner))


def _front_nodes(source: Source) -> Mapping:
    """The front matter of a file that is known to have one."""
    start = source.text.index("\n") + 1
    closing = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE).search(source.text, start)
    assert closing is not None
    node = compose(source, start, closing.start()).value
    assert isinstance(node, Mapping)
    return node


def _field_edits(document: Document, ledger: Ledger, arrivals: Iterable[Arrival]) -> Iterator[Edit]:
    nodes = _front_nodes(document.source)
    for arrival in sorted(arrivals, key=lambda each: each.source.span.start):
        place = place_of(document.source, nodes, arrival.source.kind)
        value = _value(arrival, _line_width(document.source))
        if place is not None:
            yield from replaced(place, value)
            continue
        origin = ledger.document(arrival.origin)
        assert origin is not None
        yield inserted(_field_before(arrival, origin, document, nodes), arrival.source.kind, value)


def _field_before(arrival: Arrival, origin: Document, document: Document, nodes: Mapping) -> Place:
    """The entry after which a field belongs: by the order of the source's front matter."""
    names = [key.text for key, _ in _front_nodes(origin.source).entries]
    before = names[: names.index(arrival.source.kind)]
    known = (place_of(document.source, nodes, name) for name in [*reversed(before), "title"])
    return next(place for place in known if place is not None)


def _line_width(source: Source) -> int:
    return max(width_of([source.text]), 80)


def _value(arrival: Arrival, width: int) -> NewText:
    manner = manner_of([arrival.target.text] if arrival.target else [], width)
    return NewText(
        arrival.text,
        lambda wide: file_lines(arrival.source, arrival.text, Manner(wide, manner.marks)),
        width,
    )


def records_edits(ledger: Ledger, source: Source, arrivals: Sequence[Arrival]) -> list[Edit]:
    """The edits of a file of records: each translation beside the text that it was made from."""
    root = compose(source).value
    assert root is not None
    places = {value.span: chain for value, chain in _scalars(root)}
    units = (unit for each in ledger.units.values() for unit in each)
    texts = [unit for unit in units if unit.span.path == source.path and not unit.line]
    width = width_of(_outer(source, unit) for unit in texts)
    edits: list[Edit] = []
    lists: dict[int, tuple[Mapping, Items, list[Arrival]]] = {}
    for arrival in arrivals:
        mapping, sister = _in_language(places[arrival.source.span], arrival.origin)
        if isinstance(sister, Items):
            lists.setdefault(sister.span.start, (mapping, sister, []))[2].append(arrival)
            continue
        here, beside = (
            place_of(source, mapping, language) for language in (ledger.language, arrival.origin)
        )
        value = _value(arrival, width)
        assert beside is not None
        edits += replaced(here, value) if here else [inserted(beside, ledger.language, value)]
    for mapping, sister, mine in lists.values():
        edits += list_edits(
            source,
            mapping,
            sister,
            ledger.language,
            [
                (arrival.target.span if arrival.target else None, _value(arrival, width))
                for arrival in mine
            ],
        )
    return edits


_Chain = tuple[tuple[Node, str], ...]  # the mappings and lists around a value, with its key in each


def _scalars(node: Node, chain: _Chain = ()) -> Iterator[tuple[Scalar, _Chain]]:
    """Every single value of a file, with what is around it."""
    if isinstance(node, Scalar):
        yield node, chain
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield from _scalars(value, (*chain, (node, key.text)))
    elif isinstance(node, Items):
        for value in node.items:
            yield from _scalars(value, (*chain, (node, "")))


def _in_language(chain: _Chain, language: str) -> tuple[Mapping, Node]:
    """The mapping from languages in which a value stands, and what it has for the language."""
    mapping = next(
        node for node, key in reversed(chain) if isinstance(node, Mapping) and (key == language)
    )
    return mapping, next(value for key, value in mapping.entries if key.text == language)


def _outer(source: Source, unit: Unit) -> str:
    """The lines of a block scalar with their indentation."""
    return "\n".join(source.text[unit.span.start : unit.span.end].split("\n")[1:])


def created_page(ledger: Ledger, arrivals: Sequence[Arrival]) -> str:
    """A page that did not exist in the language: front matter, then what is translated, in order."""
    title = next(each for each in arrivals if each.source.kind == "title")
    origin = ledger.document(title.origin)
    assert origin is not None
    mine = {each.source.span.start: each for each in arrivals if not each.source.in_entry}
    units = body_units(ledger, title.origin)
    manner = manner_of([ledger.written(unit) for unit in units])
    shared = {
        name
        for name, field in ledger.bundle.types.page.record.fields.items()
        if field.translate is False
    }
    head = "\n".join(_new_fields(origin.source, mine, shared, manner.width))
    blocks = [block for _, block in sorted(_new_blocks(ledger, origin, mine, manner))]
    return "\n\n".join([f"---\n{head}\n---", *blocks]) + "\n"


def _new_fields(
    source: Source, mine: dict[int, Arrival], shared: Set[str], width: int
) -> Iterator[str]:
    """The lines of front matter: translated, or taken over as they stand where languages share them."""
    nodes = _front_nodes(source)
    for key, value in nodes.entries:
        place = place_of(source, nodes, key.text)
        arrival = mine.get(value.span.start)
        if arrival is not None and place is not None:
            yield entry(
                key.text, Place(source, place.key, place.value, False), _value(arrival, width)
            )
        elif key.text in shared and place is not None and place.value.text:
            yield f"{key.text}: {_as_written(source, value)}"
        elif key.text in shared and isinstance(value, Items):
            yield f"{key.text}: [{', '.join(_as_written(source, each) for each in value.items)}]"


def _as_written(source: Source, value: Node) -> str:
    return source.text[value.span.start : value.span.end].strip()


def _new_blocks(
    ledger: Ledger, origin: Document, mine: dict[int, Arrival], manner: Manner
) -> Iterator[tuple[int, str]]:
    """The translated units, and what is no unit but belongs to them: rules, link targets."""
    spans = [unit.span for unit in body_units(ledger, origin.language)]
    for span in spans:
        if span.start in mine:
            arrival = mine[span.start]
            yield span.start, _block(arrival, ledger.written(arrival.source), manner)
    for block in origin.blocks:
        if not any(span.start <= block.span.start < span.end for span in spans):
            yield block.span.start, block.text
