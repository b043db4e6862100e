"""Finds the words that a dictionary lacks, with Hunspell. No other module calls it.

It runs the program by the pipe interface of editors (`hunspell -a`). Compared with a Python binding,
the program comes with its dictionaries, loads one in a third of a second instead of four, and need not
be installed by those who do not check spelling.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping

_PROGRAM = "hunspell"
_SECONDS = 60
_MOST = 3  # suggestions for a word


def misspelt(words: Iterable[str], locale: str) -> Mapping[str, tuple[str, ...]] | None:
    """The words that are not in the dictionary, with suggestions.

    None if Hunspell or a dictionary of the language is not installed. Of a word with hyphens the
    parts are looked up.
    """
    ordered = sorted(set(words))
    language = locale.partition("_")[0]
    for name in dict.fromkeys((locale, language, f"{language}_{language.upper()}")):
        said = _ask(name, ordered)
        if said is not None:
            return _unknown(ordered, said)
    return None


def _ask(dictionary: str, words: Iterable[str]) -> list[str] | None:
    """Hunspell's answer: a line for each part of a word, and an empty line after each word."""
    program = shutil.which(_PROGRAM)
    if program is None:
        return None
    command = [program, "-a", "-i", "utf-8", "-d", dictionary]
    text = "".join(f"^{word}\n" for word in words)  # ^: the rest of the line is not a command
    try:
        ran = subprocess.run(
            command,
            input=text.encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = ran.stdout.decode("utf-8", "replace").split("\n")
    return lines[1:] if ran.returncode == 0 and lines[0].startswith("@(#)") else None


def _unknown(words: Iterable[str], said: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The unknown words with suggestions, from lines `& word count offset: one, two` and `# word
    offset`.
    """
    found: dict[str, tuple[str, ...]] = {}
    waiting = iter(words)
    word = next(waiting, None)
    for line in said:
        if word is None:
            break
        if not line:
            word = next(waiting, None)
        elif line[0] in "&#":
            meant = line.partition(": ")[2].split(", ") if line[0] == "&" else []
            whole = line.split(" ")[1] == word  # and not only one of its parts
            found.setdefault(word, tuple(meant[:_MOST]) if whole else ())
    return found
