"""The exceptions for refused writes, with a message for the user."""

from __future__ import annotations

import os
from pathlib import Path

from diptych.diagnostics import Message, say


class WriteRefused(Exception):
    """Nothing was written; the message gives the reason."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class OutputRefused(WriteRefused):
    """The output folder or file must not be written."""


class SourceChanged(WriteRefused):
    """A source was saved after it was read and before it would have been written."""


def refuse_in_the_way(path: Path) -> None:
    """WriteRefused if something is where this program needs a folder for a moment."""
    if os.path.lexists(path):
        message = say(
            "{path} is in the way; look what it is, and move or delete it", path=str(path)
        )
        raise WriteRefused(message)
