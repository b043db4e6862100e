"""The reference tables of the guides and the contract, made from the records that read the files."""

from __future__ import annotations

import re

from diptych.content.agenda import AGENDA_EVENT
from diptych.content.own_types import OWN_FIELD
from diptych.content.page import FRONT_MATTER
from diptych.content.settings import SETTINGS
from diptych.content.terms.reading import TERM
from diptych.content.timeline import CHAPTER, EVENT
from diptych.i18n import translator
from diptych.yaml import Field, Leaf, PerLanguage, Record, Shape, TextOrPerLanguage

REFERENCES = {  # in the order of the contract, by the name in the comment above a table
    "front-matter": FRONT_MATTER,
    "chapter": CHAPTER,
    "agenda": AGENDA_EVENT,
    "event": EVENT,
    "term": TERM,
    "site.yaml": SETTINGS,
    "types.yaml": OWN_FIELD,
}
_MARKED = re.compile(r"(?m)^(<!-- reference: (?P<name>[\w.-]+) -->\n)(?:\|.*\n)*")
_WORDS = {
    "en": {
        "heads": ("Key", "Needed?", "What you write"),
        "with": "with `{}`",
        "yes": "yes",
        "no": "no",
        "needed": "needed",
        "not needed": "not needed",
        "or": "or",
        "example": "Example",
        "colon": ": ",
        "semicolon": "; ",
    },
    "nl": {
        "heads": ("Sleutel", "Nodig?", "Wat je schrijft"),
        "with": "bij `{}`",
        "yes": "ja",
        "no": "nee",
        "needed": "nodig",
        "not needed": "niet nodig",
        "or": "of",
        "example": "Voorbeeld",
        "colon": ": ",
        "semicolon": "; ",
    },
    "fr": {
        "heads": ("Clé", "Obligatoire\u00a0?", "Ce que vous écrivez"),
        "with": "avec `{}`",
        "yes": "oui",
        "no": "non",
        "needed": "obligatoire",
        "not needed": "facultatif",
        "or": "ou",
        "example": "Exemple",
        "colon": "\u00a0: ",
        "semicolon": "\u00a0; ",
    },
}


def with_references(text: str, language: str) -> str:
    """The text of a guide, in which every marked table is made anew in the language of the guide."""
    tables = _Tables(language)
    return _MARKED.sub(lambda found: found[1] + tables.of(REFERENCES[found["name"]]), text)


class _Tables:
    """Makes the tables of one language."""

    def __init__(self, language: str) -> None:
        self.words = _WORDS[language]
        self.translate = translator(language)

    def of(self, record: Record) -> str:
        """A Markdown table: every key of a record, whether it is needed, what one writes."""
        rows = [self.words["heads"], ("---",) * 3]
        rows += (
            (f"`{name}`", self.needed(field), self.cell(field, record))
            for name, field in record.fields.items()
        )
        return "".join(f"| {' | '.join(row)} |\n" for row in rows)

    def needed(self, field: Field) -> str:
        if field.required_with:
            return str(self.words["with"]).format(field.required_with)
        return str(self.words["yes" if field.required else "no"])

    def cell(self, field: Field, around: Record) -> str:
        """The cell that says what to write for a field, with an example; for a record, with its
        keys, unless the table has rows for them.
        """
        text = self.meaning(field)
        record = record_in(field.shape)
        if record is not None and not record.fields.keys() <= around.fields.keys():
            for begin, required in (("needed", True), ("not needed", False)):
                keys = ", ".join(
                    f"`{name}` ({self.meaning(each)})"
                    for name, each in record.fields.items()
                    if each.required == required
                )
                if keys:
                    begun = f"{self.words['semicolon']}{self.words[begin]}{self.words['colon']}"
                    text += begun + keys
        if field.example:
            written = field.example
            example = written if isinstance(written, str) else self.translate(written)
            text += f". {self.words['example']}{self.words['colon']}`{example}`"
        return text

    def meaning(self, field: Field) -> str:
        text = self.translate(field.doc)
        values = [f"`{each}`" for each in field.choices if f"`{each}`" not in text]
        if not values:
            return text
        known = f"{', '.join(values[:-1])} {self.words['or']} {values[-1]}"
        return f"{text}{self.words['colon']}{known}"


def record_in(shape: Shape) -> Record | None:
    if isinstance(shape, Record):
        return shape
    if isinstance(shape, (Leaf, PerLanguage, TextOrPerLanguage)):
        return None
    return record_in(shape.item)
