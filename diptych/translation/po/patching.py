"""Turns translations into edits of a page, or into a new page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diptych.diagnostics import Edit, line_at
from diptych.model import Document
from diptych.translation import Unit
from diptych.translation.po.pages import ImportEntry, PageTranslation
from diptych.translation.po.readable import LEVEL
from diptych.translation.po.wrapping import FormatStyle, file_lines, heading_lines, style_of
from diptych.translation.po.yaml_fields import front_edits, new_front
from diptych.values import replace


def document_edits(translation: PageTranslation, imports: Sequence[ImportEntry]) -> list[Edit]:
    """The edits of the page's own file in the language."""
    document = translation.document(translation.language)
    assert document is not None
    mine = [each for each in imports if not each.source.in_entry]
    body = [each for each in mine if not each.source.in_yaml]
    fields = [each for each in mine if each.source.in_yaml]
    return [*front_edits(document, translation, fields), *_body_edits(document, translation, body)]


def _body_edits(
    document: Document, translation: PageTranslation, imports: Sequence[ImportEntry]
) -> Iterator[Edit]:
    units = translation.body(translation.language)
    style = style_of([translation.written(unit) for unit in units])
    for imported in imports:
        if imported.target is not None:
            own = translation.written(imported.target)
            manner = style.with_marks_of(own)
            least = _columns_above(document, imported.target.span.end)
            text = _block(imported, own, replace(manner, least=least))
            yield Edit(imported.target.span, text)
    for anchor, missing in insertions(translation, imports):
        columns = [_columns_above_sister(translation, each) for each in missing]
        if anchor is not None or units:
            place = anchor.span.end if anchor is not None else units[0].span.start
            columns[-1] = max(columns[-1], _columns_above(document, place))
        blocks = [
            _block(each, translation.written(each.source), replace(style, least=least))
            for each, least in zip(missing, columns, strict=True)
        ]
        yield _insertion(document, anchor, units, blocks)


def _columns_above(document: Document, place: int) -> int:
    """The least width that list marks above this place must have; 0 if any width will do.

    If indented code follows a list, the texts of its items must begin further to the right than the
    code. Otherwise the code would become part of the last item.
    """
    below = next((block for block in document.blocks if block.span.start >= place), None)
    if below is None or below.kind != "code":
        return 0
    first = below.text.partition("\n")[0].expandtabs(len(LEVEL))
    columns = len(first) - len(first.lstrip(" "))
    return columns + 1 if columns >= len(LEVEL) else 0


def _columns_above_sister(translation: PageTranslation, imported: ImportEntry) -> int:
    """The result of `_columns_above` at the place of the source, for a translation without a place
    yet.
    """
    origin = translation.document(imported.origin)
    assert origin is not None
    return _columns_above(origin, imported.source.span.end)


def insertions(
    translation: PageTranslation, imports: Sequence[ImportEntry]
) -> list[tuple[Unit | None, list[ImportEntry]]]:
    """The missing translations, grouped by the unit after which they belong (None: at the
    beginning).
    """
    found: dict[int, tuple[Unit | None, list[ImportEntry]]] = {}
    missing = {id(each.source): each for each in imports if each.target is None}
    sisters = {
        id(unit): part.group.units.get(translation.language)
        for part in translation.parts
        for unit in part.group.units.values()
    }
    for origin in dict.fromkeys(each.origin for each in missing.values()):
        anchor: Unit | None = None
        later = [id(sisters[id(unit)]) for unit in translation.body(origin) if sisters[id(unit)]]
        for unit in translation.body(origin):
            imported, sister = missing.get(id(unit)), sisters[id(unit)]
            if sister is not None:
                anchor = sister
                later.remove(id(sister))
            elif imported is not None:
                if unit.kind == "heading":
                    anchor = _end_of_section(translation, anchor, later)
                place = anchor.span.start if anchor else -1
                found.setdefault(place, (anchor, []))[1].append(imported)
    return list(found.values())


def _end_of_section(
    translation: PageTranslation, anchor: Unit | None, later: Sequence[int]
) -> Unit | None:
    """The last unit below the heading of `anchor`, so that a new heading after it takes over no
    text. `later`: the ids of the units whose sources come further on; the search ends before them.
    """
    units = translation.body(translation.language)
    place = next((n for n, unit in enumerate(units) if unit is anchor), -1)
    for unit in units[place + 1 :]:
        if unit.kind == "heading" or id(unit) in later:
            break
        anchor = unit
    return anchor


def _insertion(
    document: Document, anchor: Unit | None, units: Sequence[Unit], blocks: Sequence[str]
) -> Edit:
    """The edit that adds blocks, with empty lines around them."""
    text = document.source.text
    if anchor is not None:
        _, end = line_at(text, anchor.span.end)
        return Edit(document.source.span(end, end), "".join(f"\n\n{block}" for block in blocks))
    if units:
        start, _ = line_at(text, units[0].span.start)
        return Edit(document.source.span(start, start), "".join(f"{block}\n\n" for block in blocks))
    end = len(text.rstrip("\n"))
    return Edit(
        document.source.span(end, len(text)), "".join(f"\n\n{block}" for block in blocks) + "\n"
    )


def _block(imported: ImportEntry, model: str, style: FormatStyle) -> str:
    """A translation as Markdown; the style and id of a heading are those of `model`."""
    if imported.source.kind == "heading":
        return "\n".join(heading_lines(imported.text, model))
    return "\n".join(file_lines(imported.source, imported.text, style))


def created_page(translation: PageTranslation, imports: Sequence[ImportEntry]) -> str:
    """A page that did not exist in the language: front matter, then the translations in order."""
    title = next(each for each in imports if each.source.kind == "title")
    origin = translation.document(title.origin)
    assert origin is not None
    mine = {each.source.span.start: each for each in imports if not each.source.in_entry}
    units = translation.body(title.origin)
    style = style_of([translation.written(unit) for unit in units])
    head = "\n".join(new_front(translation, origin, imports, style.width))
    blocks = [block for _, block in sorted(_new_blocks(translation, origin, mine, style))]
    return "\n\n".join([f"---\n{head}\n---", *blocks]) + "\n"


def _new_blocks(
    translation: PageTranslation, origin: Document, mine: dict[int, ImportEntry], style: FormatStyle
) -> Iterator[tuple[int, str]]:
    """The blocks of a new page, with offsets in the origin: the translated units, and the blocks of
    the origin that are no units (rules, link definitions).
    """
    spans = [unit.span for unit in translation.body(origin.language)]
    for span in spans:
        if span.start in mine:
            imported = mine[span.start]
            manner = replace(style, least=_columns_above(origin, span.end))
            yield span.start, _block(imported, translation.written(imported.source), manner)
    for block in origin.blocks:
        if not any(span.start <= block.span.start < span.end for span in spans):
            yield block.span.start, block.text
