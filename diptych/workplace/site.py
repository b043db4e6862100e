"""The site for which a command of the workplace runs: its settings, its languages, and how to call
the program on it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from diptych.cache import Cache
from diptych.content.workflows import Words, words_of
from diptych.disk import read_tree
from diptych.i18n import TOOL_LANGUAGES
from diptych.model import Settings
from diptych.pipeline import reading


def settings_of(root: Path) -> Settings | None:
    """The settings of a site; None if they cannot be read."""
    sources = reading.texts(read_tree(root).value).value
    return reading.settings(sources, None, None, Cache(None)).value


def languages_of(root: Path) -> tuple[str, ...]:
    """The keys of the languages of a site. If its settings cannot be read, the languages of the
    tool.
    """
    settings = settings_of(root)
    return tuple(each.key for each in settings.languages) if settings else TOOL_LANGUAGES


def path_of(root: Path) -> str:
    """The path below which a site is published (`/site`); "" at the root of its host."""
    settings = settings_of(root)
    return urlsplit(settings.base_url).path.rstrip("/") if settings else ""


def words_in(root: Path) -> tuple[Words, ...]:
    """The sentences of the workflows, in each language of the site."""
    return words_of(languages_of(root))


def run_command(root: Path, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Runs a command of the program on the site at `root`. Returns its exit status and its output."""
    call = [sys.executable, "-m", "diptych", "--root", str(root), *words]
    return subprocess.run(
        call,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
