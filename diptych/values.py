"""The base of this house's values: frozen, compared by their fields, cheap to make and to keep.

The one door to msgspec (with `cache`, which stores values as MessagePack).
"""

from __future__ import annotations

from typing import dataclass_transform

from msgspec import Struct, field
from msgspec.structs import replace

__all__ = ["Value", "field", "fields_of", "replace"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value(Struct, frozen=True):
    """A value: two are equal when they are of one class and their fields are equal."""


def fields_of(kind: type[Value]) -> tuple[str, ...]:
    """The names of a class's fields, in order."""
    return kind.__struct_fields__
