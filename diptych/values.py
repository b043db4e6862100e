"""`Value`, the base class of the program's values: frozen, compared by their fields, cheap to make and
to store.

Only this module and `cache`, which stores values as MessagePack, import msgspec.
"""

from __future__ import annotations

import functools
from typing import Any, TypeVar, dataclass_transform

from msgspec import Struct, convert, field, json, msgpack, to_builtins
from msgspec.structs import replace

__all__ = [
    "Value",
    "as_json",
    "as_plain",
    "field",
    "fields_of",
    "from_json",
    "from_plain",
    "packed",
    "replace",
    "unpacked",
]

V = TypeVar("V", bound="Value")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value(Struct, frozen=True):
    """A value; two are equal if they have the same class and equal fields."""


def fields_of(kind: type[Value]) -> tuple[str, ...]:
    """The names of a class's fields, in order."""
    return kind.__struct_fields__


def as_plain(value: Value) -> Any:  # of any fields
    """A value in plain form: dictionaries, lists, texts and numbers."""
    return to_builtins(value)


def from_plain(plain: Any, kind: type[V]) -> V:
    """The value of a class from its plain form (`as_plain`); ValueError if it does not fit."""
    return convert(plain, kind)


def as_json(value: Value) -> bytes:
    """A value in JSON; UnicodeEncodeError if a text in it has a lone surrogate."""
    return json.encode(value)


def from_json(data: bytes, kind: type[V]) -> V:
    """The value of a class from its JSON (`as_json`); ValueError if the JSON does not fit."""
    return json.decode(data, type=kind)


def packed(value: object) -> bytes:
    """A value in MessagePack; UnicodeEncodeError if a text in it has a lone surrogate."""
    return msgpack.encode(value, enc_hook=_to_stored)


def _to_stored(part: Any) -> object:
    """The stored form of a type that MessagePack does not know: the text of HTML (`Markup`), or the
    result of the value's `to_stored`.
    """
    return str(part) if isinstance(part, str) else part.to_stored()


def unpacked(data: bytes, kind: Any) -> Any:
    """The value of the type `kind` from its MessagePack (`packed`); ValueError or TypeError if the data
    does not fit.
    """
    return _decoder(kind).decode(data)


@functools.cache
def _decoder(kind: Any) -> msgpack.Decoder[Any]:
    return msgpack.Decoder(kind, dec_hook=_from_stored)


def _from_stored(kind: Any, stored: Any) -> object:
    return kind(stored) if issubclass(kind, str) else kind.from_stored(stored)


def words(text: str) -> frozenset[str]:
    """The words of a text, which are separated by spaces: the form of long lists of names in code."""
    return frozenset(text.split())
