"""`Value`, the base class of the program's values: frozen, compared by their fields, cheap to make and
to store.

Only this module and `cache`, which stores values as MessagePack, import msgspec.
"""

from __future__ import annotations

import functools
from typing import Any, ClassVar, Generic, Self, TypeVar, cast, dataclass_transform

from msgspec import Struct, convert, field, msgpack, to_builtins
from msgspec.structs import replace

__all__ = ["Later", "Value", "as_plain", "field", "fields_of", "from_plain", "replace"]

T = TypeVar("T")

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


class Later(Generic[T]):
    """A part of a stored value that is decoded only when somebody asks for it.

    A site has thousands of pages, and most builds need the whole text of a few of them. A subclass
    names the type of its part in `kind`. The part must hold no `Markup` and no `Body`, which the cache
    stores in ways of their own.
    """

    kind: ClassVar[Any]
    __slots__ = ("_encoded", "_value")

    def __init__(self, value: T | None, encoded: bytes | None = None) -> None:
        self._value = value
        self._encoded = encoded  # instead of the value, until somebody asks

    def get(self) -> T:
        """The part, decoded now if it was not yet."""
        encoded = self._encoded
        if encoded is not None:
            self._value = _decoder(self.kind).decode(encoded)
            self._encoded = None  # only now: several threads of a preview may ask at once
        return cast(T, self._value)

    def to_stored(self) -> bytes:
        """The part in MessagePack."""
        encoded = self._encoded
        return msgpack.encode(self._value, enc_hook=_to_stored) if encoded is None else encoded

    @classmethod
    def from_stored(cls, stored: bytes) -> Self:
        """The part of `to_stored`, still encoded."""
        if not isinstance(stored, bytes):
            raise TypeError(stored)
        return cls(None, stored)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Later) or other.kind is not self.kind:
            return False
        return self is other or bool(self.get() == other.get())

    __hash__ = None  # type: ignore[assignment]  # as of any value with mappings in it

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.get()!r})"


def _to_stored(part: Any) -> object:
    return part.to_stored()


@functools.cache
def _decoder(kind: Any) -> msgpack.Decoder[Any]:
    return msgpack.Decoder(kind, dec_hook=lambda part, stored: part.from_stored(stored))
