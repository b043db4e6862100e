"""Runs the command that a form of the git host asks for.

The environment variable VALUES holds the values of the form, as JSON. Each value reaches the
command as one argument, whatever characters it has. The output of the command goes to the log and,
if GITHUB_STEP_SUMMARY names a file, to the page of the run, in each language of the site.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from diptych.cli.commands import FORMS
from diptych.content.workflows import Words, together
from diptych.workplace.site import run_command, words_in

MARKDOWN = ("take-down",)  # commands that print Markdown
UPLOADED = re.compile(r"translations/[\w.-]+\.po")  # the path of a PO file from a translator


def words_of(command: str, values: Mapping[str, object]) -> list[str]:
    """The arguments of the command line. An empty field and a box that is not ticked give no
    argument.
    """
    found = [command]
    for field in FORMS[command]:
        value = values.get(field.name)
        if value in (True, "true"):
            found += field.words
        elif isinstance(value, str) and value.strip() and value != "false":
            found += [*field.words, value.strip()]
    return found


def exported(words: list[str]) -> tuple[list[str], str]:
    """The arguments of `export` with a name for its file, and that name. Of the language, only the
    letters a–z and hyphens become part of the name.
    """
    language = re.sub(r"[^a-z-]", "", words[1]) if len(words) > 1 else ""
    name = f"{language or 'texts'}.po"
    return [*words, "--output", name], name


def summary(
    sentences: Sequence[Words], name: str, out: str, err: str, status: int
) -> Iterator[str]:
    """The output of the command as Markdown, for the page that shows a run of the workflow."""
    fence = "`" * (max((len(each) for each in re.findall("`+", out + err)), default=2) + 3)
    if status:
        yield f"**{together(sentences, 'nothing-written')}**\n\n"
    if err.strip():
        yield f"{fence}text\n{err.strip()}\n{fence}\n\n"
    if out.strip():
        yield (
            out if name in MARKDOWN and not status else f"{fence}diff\n{out.strip()}\n{fence}\n\n"
        )


def submit(root: Path, name: str) -> int:
    """Runs the command of a form on the site at `root`. Returns the exit status."""
    words = words_of(name, json.loads(os.environ.get("VALUES") or "{}") or {})
    sentences = words_in(root)
    file = ""
    if name == "export":
        words, file = exported(words)
    if name == "import" and not (len(words) > 1 and UPLOADED.fullmatch(words[1])):
        return _reported(sentences, name, "", together(sentences, "place-of-translations"), 2)
    done = run_command(root, ("--message-language", "file", *words))
    if name == "import" and not done.returncode:
        (root / words[1]).unlink()
    if file and (output := os.environ.get("GITHUB_OUTPUT")):
        with Path(output).open("a", encoding="utf-8") as written:
            written.write(f"name={file}\nfile={file}\n")
    return _reported(sentences, name, done.stdout, done.stderr, done.returncode)


def _reported(sentences: Sequence[Words], name: str, out: str, err: str, status: int) -> int:
    sys.stdout.write(out)
    sys.stderr.write(err)
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if page:
        with Path(page).open("a", encoding="utf-8") as file:
            file.writelines(summary(sentences, name, out, err, status))
    return status
