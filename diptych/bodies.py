"""Content that is stored apart from the value that refers to it and is read only on request: the
bytes of a finished file (`Body`), and a part of a value (`Later`).

A site has thousands of pages, and a build writes only the few that changed. For the others it needs
only the digest and the length of the bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar, Generic, Self, TypeVar

from diptych.values import packed, unpacked

T = TypeVar("T")


class BodyLost(Exception):
    """The bytes of a body are in no store any more, and cannot be made again."""


def _nowhere(digest: str) -> bytes:
    raise BodyLost(digest)


class Body:
    """The bytes of a file, in memory or in a store, with their SHA-256 in hexadecimal (`digest`)
    and their length (`size`). Two bodies are equal if their digests are equal.
    """

    __slots__ = ("_data", "_load", "digest", "size")

    def __init__(self, data: bytes) -> None:
        self.digest = hashlib.sha256(data).hexdigest()
        self.size = len(data)
        self._data: bytes | None = data
        self._load: Callable[[str], bytes] = _nowhere

    def read(self) -> bytes:
        """The bytes. Bytes from a store are not kept in memory afterwards. BodyLost if the store
        does not contain them any more.
        """
        return self._load(self.digest) if self._data is None else self._data

    @property
    def in_memory(self) -> bool:
        """Whether the bytes are in memory."""
        return self._data is not None

    def leave_memory(self, load: Callable[[str], bytes]) -> None:
        """Frees the bytes. From now on `read` gets them from `load`, which takes their digest."""
        self._load, self._data = load, None

    def to_stored(self) -> object:
        """The digest and the length. The store keeps the bytes apart."""
        return [self.digest, self.size]

    @classmethod
    def from_stored(cls, stored: tuple[str, int]) -> Self:
        """The body with this digest and length. To read it, first call `leave_memory` with the
        function that loads its bytes.
        """
        body = cls.__new__(cls)
        body.digest, body.size = stored
        if not isinstance(body.digest, str) or not isinstance(body.size, int):
            raise TypeError(stored)
        body.leave_memory(_nowhere)
        return body

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Body) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Body({self.size} bytes, {self.digest[:12]})"


NO_BYTES = Body(b"")


# cached, since a page and several checks often read the same part one after another
@lru_cache(maxsize=64)
def _decoded(body: Body, kind: Any) -> Any:
    return unpacked(body.read(), kind)


class Later(Body, Generic[T]):
    """A part of a stored value, which is stored as a body and decoded only on request.

    Most builds need the whole text of only a few pages. A subclass gives the type of its part in
    `kind`. The part must not contain a `Body`. Two objects are equal if their parts are equal.
    """

    kind: ClassVar[Any]
    __slots__ = ("_part",)

    def __init__(self, part: T) -> None:
        self._part: T | None = part  # None after the part was encoded

    def get(self) -> T:
        """The part."""
        part: T = _decoded(self, self.kind) if self._part is None else self._part
        return part

    def _encoded(self) -> Self:
        """This object, with the encoded part as its bytes; it does not keep the part itself any more."""
        if self._part is not None:
            super().__init__(packed(self._part))
            self._part = None
        return self

    def to_stored(self) -> object:
        """The digest and the length of the encoded part."""
        return [self._encoded().digest, self.size]

    def leave_memory(self, load: Callable[[str], bytes]) -> None:
        """Frees the encoded part; see `Body.leave_memory`."""
        self._part = None
        super().leave_memory(load)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Later) or other.kind is not self.kind:
            return False
        return self is other or self._encoded().digest == other._encoded().digest

    def __hash__(self) -> int:
        return hash(self._encoded().digest)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.get()!r})"
