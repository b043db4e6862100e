"""The fields of what editors write: one declaration for reading, texts, schemas, forms and manuals.

A record is a group of keys whose fields also say which of them hold texts for readers, which of
them every language shares, and what a value names elsewhere in the site.
"""

from __future__ import annotations

from enum import Enum

from diptych.yaml import Group, Key


class Role(Enum):
    """What a text is to its readers. All but PROSE are one line."""

    TITLE = "title"  # the name of the page or entry
    LABEL = "label"  # a few words: a name, what a number counts
    ALT = "alt"  # what a picture shows
    PROSE = "prose"  # Markdown, in blocks


class Field(Key):
    """A key of a record, with what it means to readers and to the rest of the site."""

    # in files that have one version per language: True: each has its own value; False: all
    # languages must say the same; None: nobody compares them
    translate: bool | None = None
    role: Role | None = None  # None: no text for readers
    refers: str = ""  # page, event, topic, layout, picture, file, or a type of records
    exempt: tuple[str, ...] = ()  # names of checks that do not hold for this text


class Record(Group):
    """A mapping with known keys, as `Group`; all of its keys are fields."""

    fields: dict[str, Field]
