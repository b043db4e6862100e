"""What lies apart from the value that it belongs to, and is read when somebody asks for it: the bytes
of a finished file (`Body`), and a part of a value (`Later`).

A site has thousands of pages, and a build writes the few that changed. What the rest of it needs of
a file's bytes are their digest and their length.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar, Generic, Self, TypeVar

from diptych.values import packed, unpacked

T = TypeVar("T")


class BodyLost(Exception):
    """Bytes are nowhere any more, and cannot be made again."""


def _nowhere(digest: str) -> bytes:
    raise BodyLost(digest)


class Body:
    """The bytes of a file, in memory or elsewhere; two are equal if their digests are."""

    __slots__ = ("_data", "_load", "digest", "size")

    def __init__(self, data: bytes) -> None:
        self.digest = hashlib.sha256(data).hexdigest()
        self.size = len(data)
        self._data: bytes | None = data
        self._load: Callable[[str], bytes] = _nowhere

    def read(self) -> bytes:
        """The bytes; they are not held afterwards if they come from elsewhere."""
        return self._load(self.digest) if self._data is None else self._data

    @property
    def in_memory(self) -> bool:
        """Whether the bytes are held here."""
        return self._data is not None

    def leave_memory(self, load: Callable[[str], bytes]) -> None:
        """Lets go of the bytes, which `load` returns from now on when it is given their digest."""
        self._load, self._data = load, None

    def to_stored(self) -> object:
        """The digest and the length: whoever stores this stores the bytes apart."""
        return [self.digest, self.size]

    @classmethod
    def from_stored(cls, stored: tuple[str, int]) -> Body:
        """The body that `to_stored` stands for, whose bytes are elsewhere (`leave_memory`)."""
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


@lru_cache(maxsize=64)  # what is asked for once is asked for again soon: a page, its checks
def _decoded(body: Body, kind: Any) -> Any:
    return unpacked(body.read(), kind)


class Later(Generic[T]):
    """A part of a stored value that is read and decoded only when somebody asks for it.

    Most builds ask for the whole text of a few pages. A subclass names the type of its part in
    `kind`. The part holds no bytes that lie apart from it. Two are equal if their parts are.
    """

    kind: ClassVar[Any]
    __slots__ = ("_body", "_part")

    def __init__(self, part: T | None, body: Body | None = None) -> None:
        self._part = part  # until it is encoded
        self._body = body

    def get(self) -> T:
        """The part."""
        part: T = _decoded(self.body, self.kind) if self._part is None else self._part
        return part

    @property
    def body(self) -> Body:
        """The encoded part, which is held instead of the part from now on."""
        if self._body is None:
            self._body = Body(packed(self._part))
            self._part = None
        return self._body

    def to_stored(self) -> object:
        """As of its body."""
        return self.body.to_stored()

    @classmethod
    def from_stored(cls, stored: tuple[str, int]) -> Self:
        """The part of `to_stored`, whose bytes are elsewhere."""
        return cls(None, Body.from_stored(stored))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Later) or other.kind is not self.kind:
            return False
        return self is other or self.body == other.body

    __hash__ = None  # type: ignore[assignment]  # as of any value with mappings in it

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.get()!r})"
