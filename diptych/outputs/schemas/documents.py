"""The files that editors write, each with its shape; and the folder `schemas/` made of them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from diptych.content.front import FRONT_MATTER
from diptych.content.settings import SETTINGS
from diptych.content.terms.reading import TERM
from diptych.content.timeline import EVENT
from diptych.diagnostics import Message, say
from diptych.diagnostics.report import Translate
from diptych.outputs.schemas.report import REPORT, STATUS
from diptych.outputs.schemas.shapes import Schema, Wording, shape_schema
from diptych.values import Value
from diptych.yaml import ListOf, Shape

FOLDER = "schemas"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


class Document(Value):
    """A kind of file: what its schema is called, and what it may hold."""

    name: str  # of the schema: `timeline` in schemas/timeline.schema.json
    title: Message
    shape: Shape


FRONT = Document("front-matter", say("what stands between the `---` lines of a page"), FRONT_MATTER)
DOCUMENTS = (
    Document("site", say("the settings of the site"), SETTINGS),
    Document("timeline", say("the events of a timeline"), ListOf(EVENT)),
    Document("terms", say("the words that we choose and avoid"), ListOf(TERM)),
    FRONT,
)


def site_schemas(
    languages: tuple[str, ...], layouts: tuple[str, ...], speech: Mapping[str, Translate]
) -> dict[str, str]:
    """Path -> text of every schema of a site with these languages and layouts.

    `speech` are the languages in which descriptions are given, by key: an editor reads all of them.
    """

    def describe(message: Message) -> str:
        return "\n".join(f"{key}: {words(message)}" for key, words in speech.items())

    wording = Wording(languages, layouts, describe)
    files = {each.name: _document(each, wording) for each in DOCUMENTS}
    files |= {"report": {"$schema": _DRAFT, **REPORT}, "status": {"$schema": _DRAFT, **STATUS}}
    return {
        f"{FOLDER}/{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in files.items()
    }


def _document(document: Document, wording: Wording) -> Schema:
    schema = shape_schema(document.shape, wording)
    if isinstance(document.shape, ListOf):
        schema["type"] = ["array", "null"]  # a file in which nothing stands yet
    return {"$schema": _DRAFT, "title": wording.describe(document.title), **schema}
