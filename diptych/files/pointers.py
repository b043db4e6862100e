"""Recognises pointers of Git LFS, which git leaves in place of files that were not fetched."""

from __future__ import annotations

from diptych.diagnostics import Message, say
from diptych.model import File

_POINTER = b"version https://git-lfs.github.com/spec/"  # how a pointer begins


def pointer(file: File) -> tuple[Message, Message] | None:
    """The message and hint about a file that is only a pointer of Git LFS; None for others."""
    if not file.data.removeprefix(b"\xef\xbb\xbf").startswith(_POINTER):
        return None
    return (
        say("this is not the file itself, but what Git LFS keeps in its place"),
        say("fetch it with `git lfs pull`, or keep the file in git itself"),
    )
