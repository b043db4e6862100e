"""YAML as an author writes it: nodes with places, and shapes that say what a file may hold.

Only this package imports PyYAML. Nothing is guessed: `no`, `12:30` and `0700` stay text until a
shape gives them a meaning.
"""

from diptych.yaml.nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    children_of,
    compose,
    end_of,
    place_in_scalar,
    value_of,
)
from diptych.yaml.reading import read_shape
from diptych.yaml.shapes import (
    Field,
    Leaf,
    ListOf,
    PerLanguage,
    Record,
    Role,
    Shape,
    TableOf,
    TextOrPerLanguage,
)
from diptych.yaml.syntax import quoted

__all__ = [
    "Field",
    "Leaf",
    "ListOf",
    "Mapping",
    "Node",
    "PerLanguage",
    "Record",
    "Role",
    "Scalar",
    "Sequence",
    "Shape",
    "TableOf",
    "TextOrPerLanguage",
    "children_of",
    "compose",
    "end_of",
    "place_in_scalar",
    "quoted",
    "read_shape",
    "value_of",
]
