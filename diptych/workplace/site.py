"""What the acts of the workplace ask of a site: its languages, and a command on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from diptych.cache import Cache
from diptych.content.workflows import Words, words_of
from diptych.disk import read_tree
from diptych.i18n import TOOL_LANGUAGES
from diptych.pipeline import reading


def languages_of(root: Path) -> tuple[str, ...]:
    """The languages of a site; where its settings cannot be read, those of the tool."""
    sources = reading.texts(read_tree(root).value).value
    settings = reading.settings(sources, None, None, Cache(None)).value
    return tuple(each.key for each in settings.languages) if settings else TOOL_LANGUAGES


def words_in(root: Path) -> tuple[Words, ...]:
    """What is said to whoever writes the site, in each of its languages."""
    return words_of(languages_of(root))


def called(root: Path, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """A command of the program on the site at `root`, with what it said; its status is handed on."""
    call = [sys.executable, "-m", "diptych", "--root", str(root), *words]
    return subprocess.run(
        call,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
