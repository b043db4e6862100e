"""The base class of the program's values: frozen, compared by their fields, cheap to make and to
store.

Only this module and `cache`, which stores values as MessagePack, import msgspec.
"""

from __future__ import annotations

from typing import Any, TypeVar, dataclass_transform

from msgspec import Struct, convert, field, to_builtins
from msgspec.structs import replace

__all__ = ["Value", "as_plain", "field", "fields_of", "from_plain", "replace"]

V = TypeVar("V", bound="Value")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value(Struct, frozen=True):
    """A value; two are equal if they have the same class and equal fields."""


def fields_of(kind: type[Value]) -> tuple[str, ...]:
    """The names of a class's fields, in order."""
    return kind.__struct_fields__


def as_plain(value: Value) -> Any:  # of any fields
    """A value as dictionaries, lists, texts and numbers."""
    return to_builtins(value)


def from_plain(plain: Any, kind: type[V]) -> V:
    """The value of a class from its plain form (`as_plain`); ValueError if it does not fit."""
    return convert(plain, kind)
