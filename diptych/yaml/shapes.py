"""A shape describes the allowed content of a YAML file as data.

Reading, texts, schemas, forms and the manual use one shape, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum

from diptych.diagnostics import Message
from diptych.values import Value, replace


class Role(Enum):
    """The role of a text for its readers. All roles but PROSE are one line."""

    TITLE = "title"  # the name of the page or entry
    LABEL = "label"  # a few words: a name, what a number counts
    ALT = "alt"  # what a picture shows
    PROSE = "prose"  # Markdown, in blocks


class Leaf(Value):
    """A kind of single value: how a text becomes a value, and the messages for a text that is none."""

    name: str
    expected: Message  # "a whole number, such as 12"
    hint: Message  # what to do if it is something else
    understand: Callable[[str], object | None]  # None: not understood; a Message: the reason
    pattern: str = r"\S"  # matches every text that is understood, as a whole or in part
    types: tuple[str, ...] = ("string",)  # the JSON types that YAML 1.2 may read it as
    besides: tuple[str, ...] = ()  # further such types, which no schema proposes
    longest: int | None = None  # characters
    between: tuple[int, int] | None = None  # the least and greatest whole number
    form: Message | None = None  # the form that the pattern asks for, if the hint does not say it
    mend: Callable[[str], str | None] = lambda _: None  # gives the text that was probably meant
    check: str = "wrong-type"  # reports a text for which `understand` gives a message

    def understands(self, text: str) -> bool:
        """Whether a text is a value of this kind."""
        read = self.understand(text)
        return read is not None and not isinstance(read, Message)

    @property
    def takes_any_text(self) -> bool:
        """Whether every text except the empty text is a value of this kind."""
        return self.pattern == r"\S"


class ListOf(Value):
    """A list, every item of one shape. Value: a tuple."""

    item: Shape


class TableOf(Value):
    """A mapping whose keys the author chooses. Value: a dict in the order of the file."""

    item: Shape
    keys: str = ""  # an expression for the keys, for schemas; `read_shape` does not look at it


class PerLanguage(Value):
    """A mapping from the site's languages to values. Value: a dict language key -> value."""

    item: Shape


class TextOrPerLanguage(Value):
    """A text that holds in every language, or one per language. Value: language key -> value."""

    item: Leaf


class Field(Value):
    """A key of a record: how its value is read, and its meaning for editors, readers and the site."""

    shape: Shape
    doc: Message  # what to write: for the manual, an editor's schema, and a form
    required: bool = False
    required_with: str = ""  # the key that makes this one required
    choices: tuple[str, ...] = ()  # the only allowed values
    unknown: str = "unknown-choice"  # the check that reports any other value
    example: str | Message = ""  # a value, as YAML; a message if each language has its own
    # in files that have one version per language: True: each has its own value; False: all
    # languages must say the same; None: nobody compares them
    translate: bool | None = None
    role: Role | None = None  # None: no text for readers
    refers: str = ""  # page, event, topic, layout, picture, file, or a type of records
    exempt: tuple[str, ...] = ()  # names of checks that skip this text
    words: Mapping[str, Message] = {}  # the words that readers see for each of the choices, if any


class Record(Value):
    """A mapping with known keys. Value: a dict with an entry for each key that is present."""

    name: Message  # an author's name for it: "an event"
    fields: Mapping[str, Field]
    others: Message | None = None  # tells an author how to declare a further key
    # unknown keys that are ignored, since types.yaml declares them wrongly; None: all are ignored
    unread: tuple[str, ...] | None = ()

    def with_fields(self, own: Mapping[str, Field]) -> Record:
        """The record with more fields after its own."""
        return replace(self, fields={**self.fields, **own})

    @property
    def heading(self) -> str | None:
        """The field that names an entry: its title or name, or else its first text of one line; None if
        it has none.
        """
        lines = (Role.TITLE, Role.LABEL)
        texts = [name for name, field in self.fields.items() if field.role in lines]
        plain = [
            name
            for name, field in self.fields.items()
            if isinstance(field.shape, Leaf) and field.shape.name == "text" and not field.refers
        ]
        named = [name for name in ("title", "name") if name in self.fields]
        return next(iter((*named, *texts, *plain)), None)


Shape = Leaf | ListOf | TableOf | PerLanguage | TextOrPerLanguage | Record


def keys_of(shape: Shape) -> frozenset[str]:
    """The keys that a file of this shape may have at any depth, without the languages and the keys
    that the author chooses.
    """
    if isinstance(shape, Record):
        inner = (keys_of(field.shape) for field in shape.fields.values())
        return frozenset(shape.fields).union(*inner)
    if isinstance(shape, ListOf | TableOf | PerLanguage):
        return keys_of(shape.item)
    return frozenset()
