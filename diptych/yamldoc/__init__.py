"""YAML as an author writes it: nodes with places, and shapes that say what a file may hold.

The one door to PyYAML. Nothing is ever guessed: `no`, `12:30` and `0700` stay text until a
shape says what they mean.
"""

from diptych.yamldoc.leaves import (
    ADDRESS,
    DATE,
    DAY,
    EMAIL,
    FLAG,
    KEY,
    PROSE,
    REASON,
    REPOSITORY,
    TEXT,
    WHOLE,
    Leaf,
)
from diptych.yamldoc.nodes import Mapping, Node, Scalar, Sequence, compose
from diptych.yamldoc.places import place_in_scalar
from diptych.yamldoc.shapes import (
    Each,
    Field,
    PerLanguage,
    Record,
    Shape,
    Shared,
    Table,
    read_shape,
)
from diptych.yamldoc.syntax import quoted

__all__ = [
    "ADDRESS",
    "DATE",
    "DAY",
    "EMAIL",
    "FLAG",
    "KEY",
    "PROSE",
    "REASON",
    "REPOSITORY",
    "TEXT",
    "WHOLE",
    "Each",
    "Field",
    "Leaf",
    "Mapping",
    "Node",
    "PerLanguage",
    "Record",
    "Scalar",
    "Sequence",
    "Shape",
    "Shared",
    "Table",
    "compose",
    "place_in_scalar",
    "quoted",
    "read_shape",
]
