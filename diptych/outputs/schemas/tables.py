"""The reference tables of guides and contract, made from the records that read the files."""

from __future__ import annotations

import re
from types import MappingProxyType

from diptych.content.own_types import INNER_FIELD
from diptych.content.page import FRONT_MATTER
from diptych.content.settings import SETTINGS
from diptych.content.terms.reading import TERM
from diptych.content.timeline import CHAPTER, EVENT
from diptych.content.types import AGENDA_EVENT
from diptych.diagnostics import Message, say
from diptych.diagnostics.report import Translate
from diptych.yaml import Field, Leaf, ListOf, PerLanguage, Record, Shape, TableOf, TextOrPerLanguage

# by the name in the comment above a table: <!-- reference: event -->
REFERENCES = MappingProxyType(
    {
        "agenda": AGENDA_EVENT,
        "chapter": CHAPTER,
        "event": EVENT,
        "front-matter": FRONT_MATTER,
        "site.yaml": SETTINGS,
        "term": TERM,
        "types.yaml": INNER_FIELD,
    }
)
_MARKED = re.compile(r"(?m)^(<!-- reference: (?P<name>[\w.-]+) -->\n)(?:\|.*\n)*")


def reference_table(record: Record, words: Translate) -> str:
    """A Markdown table: every key of a record, whether it is needed, what one writes."""
    heads = (say("Key"), say("Needed?"), say("What you write"))
    rows = [tuple(words(head) for head in heads), ("---",) * 3]
    rows += (
        (f"`{name}`", words(_needed(field)), _cell(field, words))
        for name, field in record.fields.items()
    )
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def with_references(text: str, words: Translate) -> str:
    """A guide with every marked table made anew; what is not marked stays as it is."""
    return _MARKED.sub(
        lambda found: found[1] + reference_table(REFERENCES[found["name"]], words), text
    )


def _needed(field: Field) -> Message:
    if field.required_with:
        return say("with `{key}`", key=field.required_with)
    return say("yes") if field.required else say("no")


def _cell(field: Field, words: Translate) -> str:
    """What one writes, with the keys of a group inside, and an example."""
    text = _meaning(field, words)
    record = _record_in(field.shape)
    if record is not None:
        for begin, required in ((say("needed"), True), (say("not needed"), False)):
            keys = _keys(record, words, required=required)
            if keys:
                text = words(say("{text}; {begin}: {keys}", text=text, begin=begin, keys=keys))
    if field.example:
        example = field.example if isinstance(field.example, str) else words(field.example)
        text = words(say("{text}. Example: {example}", text=text, example=f"`{example}`"))
    return text


def _meaning(field: Field, words: Translate) -> str:
    text = words(field.doc)
    values = [f"`{each}`" for each in field.choices if f"`{each}`" not in text]
    if not values:
        return text
    known = words(say("{values} or {last}", values=", ".join(values[:-1]), last=values[-1]))
    return words(say("{text}: {values}", text=text, values=known))


def _keys(record: Record, words: Translate, *, required: bool) -> str:
    return ", ".join(
        f"`{name}` ({_meaning(field, words)})"
        for name, field in record.fields.items()
        if field.required == required
    )


def _record_in(shape: Shape) -> Record | None:
    if isinstance(shape, Record):
        return shape
    if isinstance(shape, (Leaf, PerLanguage, TextOrPerLanguage)):
        return None
    assert isinstance(shape, (ListOf, TableOf))
    return _record_in(shape.item)
