"""The files that editors write, each with its shape; and the folder `schemas/`.

The schemas of reports (`build`, `check` and `status` with `--format json`) are files beside this
module. They are stable: within a `version` keys and their meaning stay, and keys may be added.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources

from diptych.content.own_types import DECLARATIONS
from diptych.content.types import BUILT_IN, PAGE, Types
from diptych.diagnostics import Message, say
from diptych.diagnostics.report import Translate
from diptych.outputs.schemas.shapes import Schema, SchemaContext, shape_schema
from diptych.values import Value
from diptych.yaml import ListOf, Shape

FOLDER = "schemas"
REPORTS = ("report", "status")  # the names of the schemas that are files of this package
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


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


DOCUMENTS = documents_of(BUILT_IN)


def site_schemas(
    types: Types,
    languages: tuple[str, ...],
    layouts: tuple[str, ...],
    speech: Mapping[str, Translate],
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
    texts |= {name: report_schema(name) for name in REPORTS}
    return {f"{FOLDER}/{name}.schema.json": text for name, text in texts.items()}


def report_schema(name: str) -> str:
    """The text of the schema of a report, one of `REPORTS`."""
    file = resources.files("diptych.outputs.schemas") / f"{name}.schema.json"
    return file.read_text(encoding="utf-8")


def _document(document: FileKind, wording: SchemaContext) -> Schema:
    schema = shape_schema(document.shape, wording)
    if isinstance(document.shape, ListOf):
        schema["type"] = ["array", "null"]  # an empty file
    return {"$schema": _DRAFT, "title": wording.describe(document.title), **schema}
