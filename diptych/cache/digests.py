"""Digests of values and of the program, by which the cache knows whether an input changed."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from diptych.bodies import Body
from diptych.values import Value


class Digest(str):
    """The digest of a value, given as an input in place of the value. It is not digested again,
    which saves time if many results share the input.
    """

    __slots__ = ()


def digest(value: object) -> Digest:
    """The SHA-256 of a value's contents, in hexadecimal. Equal values have equal digests in every
    process.

    An enum member and its value have different digests, and so have a tuple and a list. As fields
    of a `Value` they have equal digests, since the class determines the types of its fields.
    """
    parts: list[bytes] = []
    _add_parts(value, parts.append)
    return Digest(hashlib.sha256(b"".join(parts)).hexdigest())


def _add_parts(value: object, add: Callable[[bytes], object]) -> None:
    """Calls `add` with each scalar in a value, preceded by its type and length. So different
    values give different bytes, even ("ab", "c") and ("a", "bc").
    """
    kind = type(value)
    if kind is str:
        data = value.encode("utf-8", "surrogatepass")  # type: ignore[attr-defined]  # it is a str
        add(b"str%d:%b" % (len(data), data))
    elif isinstance(value, (tuple, list)):
        add(f"{kind.__name__}{len(value)}(".encode())
        for item in value:
            _add_parts(item, add)
    elif isinstance(value, Body):
        add(f"body{value.to_stored()}".encode())
    elif isinstance(value, Value):
        data = _plain(value)
        add(f"d{kind.__name__}{len(data)}:".encode() + data)
    elif isinstance(value, Mapping):  # in its order, since results can depend on it
        add(b"dict")
        _add_parts(tuple(value.items()), add)
    elif isinstance(value, (set, frozenset)):
        add(b"set")
        _add_parts(tuple(sorted(digest(item) for item in value)), add)
    elif isinstance(value, enum.Enum):
        add(f"{kind.__name__}.{value.name};".encode())
    else:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        add(f"{kind.__name__}{len(data)}:".encode() + data)


def _plain(value: Value) -> bytes:
    """A value in MessagePack, in which text and HTML (`Markup`) are encoded differently."""
    try:
        return msgspec.msgpack.encode(value, enc_hook=_distinct)
    except UnicodeEncodeError:  # a lone surrogate in a text
        return repr(value).encode("utf-8", "backslashreplace")


def _distinct(value: Any) -> object:
    if isinstance(value, Digest):
        return str(value)
    return ("html", str(value)) if isinstance(value, str) else value.to_stored()
