"""Files that stand for others: what git leaves where Git LFS did not fetch the file itself."""

from __future__ import annotations

from diptych.diagnostics import Message, say
from diptych.model import File

_POINTER = b"version https://git-lfs.github.com/spec/"  # how a pointer begins, by its specification


def pointer(file: File) -> tuple[Message, Message] | None:
    """What is wrong with a file that is only a pointer of Git LFS, and what to do."""
    if not file.data.removeprefix(b"\xef\xbb\xbf").startswith(_POINTER):
        return None
    return (
        say("this is not the file itself, but what Git LFS keeps in its place"),
        say("fetch it with `git lfs pull`, or keep the file in git itself"),
    )
