"""The bytes of a file of the finished site, read when somebody asks for them.

A site has thousands of pages, and a build writes the few that changed. What the rest of it needs of
a file's bytes are their digest and their length.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable


class BodyLost(Exception):
    """Bytes are nowhere any more, and cannot be made again."""


def _nowhere() -> bytes:
    raise BodyLost


class Body:
    """The bytes of a file, in memory or elsewhere; two are equal if their digests are."""

    __slots__ = ("_data", "_load", "digest", "size")

    def __init__(self, data: bytes) -> None:
        self.digest = hashlib.sha256(data).hexdigest()
        self.size = len(data)
        self._data: bytes | None = data
        self._load: Callable[[], bytes] = _nowhere

    def read(self) -> bytes:
        """The bytes; they are not held afterwards if they come from elsewhere."""
        return self._load() if self._data is None else self._data

    @property
    def in_memory(self) -> bool:
        """Whether the bytes are held here."""
        return self._data is not None

    def leave_memory(self, load: Callable[[], bytes]) -> None:
        """Lets go of the bytes, which `load` returns from now on."""
        self._load, self._data = load, None

    def to_stored(self) -> object:
        """The digest and the length: whoever stores this stores the bytes apart."""
        return [self.digest, self.size]

    @classmethod
    def from_stored(cls, stored: tuple[str, int]) -> Body:
        """The body that `to_stored` stands for, whose bytes are elsewhere (`leave_memory`)."""
        body = cls(b"")
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
