"""The folder `schemas/`: a JSON Schema (draft 2020-12) for each kind of file that editors write, made
from its record, and one for each JSON report.

A schema sees values as YAML 1.2 does: `2020` is a number, `true` a flag, and an empty value null. The
reader of this program sees texts. So a schema accepts every kind of value that can stand for such a
text, and does not check whether a day, a page or an event exists.

The schemas of reports (`build`, `check` and `status` with `--format json`) are files beside this
module. They are stable: within a `version` keys and their meaning stay, and keys may be added.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Mapping as Named
from importlib import resources
from typing import Any

from diptych.content.own_types import DECLARATIONS
from diptych.content.types import PAGE, Types
from diptych.diagnostics import Message, Source, say
from diptych.diagnostics.report import Translate
from diptych.values import Value
from diptych.yaml import (
    Field,
    Leaf,
    ListOf,
    Mapping,
    Node,
    Record,
    Scalar,
    Shape,
    TableOf,
    TextOrPerLanguage,
    compose,
)

FOLDER = "schemas"
REPORTS = ("report", "status")  # the names of the schemas that are files of this package
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_KINDS = ("string", "number", "boolean", "array", "object", "null")


class SchemaContext(Value):
    """The values of a site that a schema needs."""

    languages: tuple[str, ...]  # keys of the site's languages
    layouts: tuple[str, ...]  # of the site
    describe: Callable[[Message], str]  # a sentence, in every language of the tool


class FileKind(Value):
    """A kind of file: the name of its schema, and its shape."""

    name: str  # of the schema: `timeline` in schemas/timeline.schema.json
    title: Message
    shape: Shape


_NAMES = {PAGE.name: "front-matter"}  # of schemas, if they differ from those of types
TYPES = FileKind("types", say("the fields and records of one's own"), DECLARATIONS)


def documents_of(types: Types) -> tuple[FileKind, ...]:
    """A kind for each content type, and one for types.yaml itself."""
    listed = (
        FileKind(
            _NAMES.get(each.name, each.name),
            each.title,
            ListOf(each.record) if each.many else each.record,
        )
        for each in types.by_name.values()
    )
    return (*listed, TYPES)


def site_schemas(
    types: Types,
    languages: tuple[str, ...],
    layouts: tuple[str, ...],
    speech: Named[str, Translate],
) -> dict[str, str]:
    """The text of every schema, by path, for a site with these types, languages and layouts.

    `speech` are the languages of descriptions, by key; an editor reads all of them.
    """

    def describe(message: Message) -> str:
        return "\n".join(f"{key}: {words(message)}" for key, words in speech.items())

    wording = SchemaContext(languages, layouts, describe)
    files = {each.name: _document(each, wording) for each in documents_of(types)}
    texts = {
        name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in files.items()
    }
    folder = resources.files("diptych.outputs.schemas")
    for name in REPORTS:
        texts[name] = (folder / f"{name}.schema.json").read_text(encoding="utf-8")
    return {f"{FOLDER}/{name}.schema.json": text for name, text in texts.items()}


def _document(document: FileKind, wording: SchemaContext) -> Schema:
    schema = shape_schema(document.shape, wording)
    if isinstance(document.shape, ListOf):
        schema["type"] = ["array", "null"]  # an empty file
    return {"$schema": _DRAFT, "title": wording.describe(document.title), **schema}


Schema = dict[str, Any]


def shape_schema(shape: Shape, wording: SchemaContext) -> Schema:
    """The schema of a required value."""
    if isinstance(shape, Leaf):
        return _leaf(shape, wording)
    if isinstance(shape, Record):
        return _record(shape, wording)
    item = shape_schema(shape.item, wording)
    if isinstance(shape, ListOf):
        return {"type": "array", "items": item}
    if isinstance(shape, TableOf):
        keys = {"propertyNames": {"pattern": shape.keys}} if shape.keys else {}
        return {"type": "object", **keys, "additionalProperties": item}
    every = {
        "type": "object",
        "properties": dict.fromkeys(wording.languages, item),
        "additionalProperties": False,
    }
    return {"anyOf": [item, every]} if isinstance(shape, TextOrPerLanguage) else every


def _leaf(shape: Leaf, wording: SchemaContext) -> Schema:
    schema: Schema = {"type": shape.types[0] if len(shape.types) == 1 else list(shape.types)}
    if shape.between is not None:
        schema |= {"minimum": shape.between[0], "maximum": shape.between[1]}
    schema["pattern"] = shape.pattern
    if shape.longest is not None:
        schema["maxLength"] = shape.longest
    schema["patternErrorMessage"] = wording.describe(shape.form or shape.hint)
    return _or_silently(schema, *shape.besides)


def _or_silently(schema: Schema, *kinds: str) -> Schema:
    """The schema extended by all values of these JSON types, in a form from which editors such as VS
    Code propose no value.
    """
    if not kinds:
        return schema
    if "anyOf" in schema and "not" in schema["anyOf"][-1]:
        *others, last = schema["anyOf"]
        known = last["not"]["type"]
    else:
        others, known = [schema], _KINDS
    return {"anyOf": [*others, {"not": {"type": [kind for kind in known if kind not in kinds]}}]}


def _record(shape: Record, wording: SchemaContext) -> Schema:
    required = [name for name, field in shape.fields.items() if field.required]
    beside: dict[str, list[str]] = {}
    for name, field in shape.fields.items():
        if field.required_with:
            beside.setdefault(field.required_with, []).append(name)
    schema: Schema = {
        "type": "object",
        "properties": {name: _field(field, wording) for name, field in shape.fields.items()},
        "additionalProperties": False,
    }
    if required:
        schema["required"] = required
    if beside:
        schema["dependentRequired"] = beside
    return schema


def _field(field: Field, wording: SchemaContext) -> Schema:
    schema = shape_schema(field.shape, wording)
    choices = wording.layouts if field.refers == "layout" else field.choices
    if choices:
        values: Schema = {"enum": list(choices)}
        listed = isinstance(field.shape, ListOf)
        schema = {"type": "array", "items": values} if listed else values
    if not field.required:
        schema = _or_nothing(schema)
    schema["description"] = wording.describe(field.doc)
    if field.example:
        schema["examples"] = [example_value(field)]
    return schema


def _or_nothing(schema: Schema) -> Schema:
    """The schema extended by the empty value, since a key without a value counts as absent."""
    text = schema["anyOf"][0] if "anyOf" in schema else schema
    if "pattern" in text:
        text["pattern"] = f"^$|{text['pattern']}"
    return _or_silently(schema, "null")


def example_value(field: Field) -> Any:
    """The example of a field, as JSON values."""
    node = compose(Source("", str(field.example))).value
    assert node is not None
    return _plain(node, whole=isinstance(field.shape, Leaf) and field.shape.name == "whole")


def _plain(node: Node, *, whole: bool = False) -> Any:
    if isinstance(node, Scalar):
        return int(node.text) if whole else node.text
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.entries}
    return [_plain(item) for item in node.items]
