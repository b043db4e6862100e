"""Why nothing was written: exceptions with a sentence for whoever ran the command."""

from __future__ import annotations

import os
from pathlib import Path

from diptych.diagnostics import Message, say


class WriteRefused(Exception):
    """Nothing was written, and the message says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class OutputRefused(WriteRefused):
    """The output folder or file is not one that may be written."""


class SourceChanged(WriteRefused):
    """Somebody saved a source between the moment it was read and the moment it would be written."""


def refuse_in_the_way(path: Path) -> None:
    """WriteRefused when something stands where this tool must make a folder for a moment."""
    if os.path.lexists(path):
        message = say(
            "{path} is in the way; look what it is, and move or delete it", path=str(path)
        )
        raise WriteRefused(message)
