"""Values in MessagePack, the form in which results are stored; each is decoded as the return type of
its stage.
"""

from __future__ import annotations

import functools
import hashlib
import threading
from collections.abc import Callable
from typing import Any, get_type_hints

import msgspec

from diptych.bodies import Body

_SEAL = 8  # the length of the checksum in front of encoded data, in bytes
_DECODING = threading.Lock()  # a preview decodes in several threads


def encoded(value: object, found: Callable[[Body], object] = bool) -> bytes:
    """A value in MessagePack. UnicodeEncodeError if a text in it has a lone surrogate.

    `found` is called with each body in the value. The bytes of bodies are not encoded.
    """

    def to_stored(each: Any) -> object:
        """The stored form of a type that MessagePack does not know: the result of its `to_stored`,
        or the text of HTML (`Markup`).
        """
        if isinstance(each, str):
            return str(each)
        stored: object = each.to_stored()
        if isinstance(each, Body):
            found(each)
        return stored

    return msgspec.msgpack.encode(value, enc_hook=to_stored)


def decoded(data: bytes, kind: Any, found: Callable[[Body], object] = bool) -> Any:
    """The value of the type `kind` whose encoded form is `data`. ValueError or TypeError if the data
    is not of this type.

    `found` is called with each body in the value. `data` does not contain the bytes of bodies.
    """
    decoder, bodies = _decoder(kind)
    with _DECODING:
        bodies.clear()
        value = decoder.decode(data)
        for body in bodies:
            found(body)
    return value


@functools.cache
def _decoder(kind: Any) -> tuple[msgspec.msgpack.Decoder[Any], list[Body]]:
    """The decoder of a type, and the list in which it collects the bodies of the value that it
    decoded last.
    """
    bodies: list[Body] = []

    def from_stored(part: Any, stored: Any) -> object:
        """The value of a type that MessagePack does not know, made from its stored form by
        `from_stored`.
        """
        if issubclass(part, str):
            return part(stored)
        value = part.from_stored(stored)
        if isinstance(value, Body):
            bodies.append(value)
        return value

    return msgspec.msgpack.Decoder(kind, dec_hook=from_stored), bodies


@functools.cache
def result_type(function: Callable[..., object]) -> Any:
    """The annotated return type of a function. Its stored results are decoded as this type.

    TypeError if the type lacks a parameter: with a bare `Outcome`, values would be decoded as
    dictionaries.
    """
    plain = function if hasattr(function, "__globals__") else type(function).__call__
    found = get_type_hints(plain)["return"]
    if getattr(found, "__parameters__", ()):
        raise TypeError(f"{function.__name__} does not say what it returns")
    return found


def sealed(data: bytes) -> bytes:
    """A checksum (the first bytes of the digest of `data`), followed by `data`."""
    return hashlib.sha256(data).digest()[:_SEAL] + data


def unsealed(stored: object) -> bytes | None:
    """The data in a result of `sealed`; None if the checksum shows that it is damaged."""
    if not isinstance(stored, bytes):
        return None
    data = stored[_SEAL:]
    return data if hashlib.sha256(data).digest()[:_SEAL] == stored[:_SEAL] else None
