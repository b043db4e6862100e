"""A form of the git host -> a command of build.py: `python tools/form.py COMMAND`.

What was typed stands in the environment variable VALUES, as JSON.

What the command says goes to the log and, where GITHUB_STEP_SUMMARY names a file, to the page of the
run, in each language of the site's editors. A value reaches the command as one word, whatever it holds.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    # command -> its fields in order: the name in the form, and the words before its value, or for a
    # box to tick the words that it stands for
    "confirm": (
        ("page", ()),
        ("language", ()),
        ("block", ("--block",)),
        ("all", ("--all", "--yes")),
    ),
    "fix": (("file", ()),),
    "new": (("key", ()), ("language", ()), ("layout", ("--layout",)), ("parent", ("--in",))),
    "remember": (),
    "export": (("language", ()), ("all", ("--all",))),
    "import": (("file", ()),),
    "take-down": (
        ("key", ()),
        ("below", ("--below",)),
        ("forget", ("--forget",)),
        ("look", ("--dry-run",)),
    ),
}
MARKDOWN = ("take-down",)  # whose standard output is Markdown already
_PLACE = (
    "het bestand ligt in translations/, zoals translations/fr.po · "
    "le fichier se trouve dans translations/, comme translations/fr.po"
)
UPLOADED = re.compile(r"translations/[\w.-]+\.po")  # where a translator's file may lie


def words_of(command: str, values: Mapping[str, object]) -> list[str]:
    """The words of the command line; what was left empty, and a box that is not ticked, give none."""
    found = [command]
    for name, before in FORMS[command]:
        value = values.get(name)
        if value in (True, "true"):
            found += before
        elif isinstance(value, str) and value.strip() and value != "false":
            found += [*before, value.strip()]
    return found


def exported(words: list[str]) -> tuple[list[str], str]:
    """The call of `export` with the name of its file: letters of a language alone go into it."""
    language = re.sub(r"[^a-z-]", "", words[1]) if len(words) > 1 else ""
    name = f"{language or 'texts'}.po"
    return [*words, "--output", name], name


def summary(command: str, out: str, err: str, status: int) -> Iterator[str]:
    """What was said, in Markdown."""
    fence = "`" * (max((len(each) for each in re.findall("`+", out + err)), default=2) + 3)
    if status:
        yield "**Niets geschreven · Rien n'est écrit**\n\n"
    if err.strip():
        yield f"{fence}text\n{err.strip()}\n{fence}\n\n"
    if out.strip():
        yield (
            out
            if command in MARKDOWN and not status
            else f"{fence}diff\n{out.strip()}\n{fence}\n\n"
        )


def main(command: str) -> int:
    """Runs the command; its exit status."""
    words = words_of(command, json.loads(os.environ.get("VALUES") or "{}") or {})
    name = ""
    if command == "export":
        words, name = exported(words)
    if command == "import" and not (len(words) > 1 and UPLOADED.fullmatch(words[1])):
        return told(command, "", _PLACE, 2)
    call = [sys.executable, "build.py", "--message-language", "file", *words]
    done = subprocess.run(  # the status is handed on
        call, cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    if command == "import" and not done.returncode:
        (ROOT / words[1]).unlink()
    if name and (output := os.environ.get("GITHUB_OUTPUT")):
        with Path(output).open("a", encoding="utf-8") as file:
            file.write(f"name={name}\nfile={name}\n")
    return told(command, done.stdout, done.stderr, done.returncode)


def told(command: str, out: str, err: str, status: int) -> int:
    sys.stdout.write(out)
    sys.stderr.write(err)
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if page:
        with Path(page).open("a", encoding="utf-8") as file:
            file.writelines(summary(command, out, err, status))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
