"""The workflows of a git host: templates in `diptych/skeleton/`, filled for a site and its host.

A template has marks:

- `@@page@@` within a line becomes the text named `page` in each language of the site, joined by ` · `.
  Alone on a line it becomes a paragraph for each language. `@@steps open unzip@@` becomes a numbered
  list of the texts `open` and `unzip` for each language.
- A line with `@@EACH@@` is repeated for each language of the site in which the tool has messages.
- The lines between `@if github@` and `@end@` are for sites of that host alone, and those after
  `@else@` for all others.
- Other names in capitals (`@@LOCKS@@`) become values that the caller gives.

The texts are in `diptych/skeleton/words/`, one file per language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from importlib.resources.abc import Traversable

from diptych.i18n import TOOL_LANGUAGES

_WORD = re.compile(r"@@([a-z][a-z-]*)@@")
_ALONE = re.compile(r"( *)@@(steps )?([a-z][a-z -]*)@@\n?")
_VALUE = re.compile(r"@@([A-Z]+)@@")
_FOR_HOSTS = re.compile(r"@if ([a-z ]+)@\n?")

Words = Mapping[str, str]  # name -> a text in one language


def words_by_language(languages: Sequence[str]) -> Mapping[str, Words]:
    """The texts of the workflows by language key, for the languages that have such texts. If none
    has, the texts in English.
    """
    folder = resources.files("diptych") / "skeleton" / "words"
    known = [each for each in languages if (folder / f"{each}.json").is_file()]
    return {
        each: json.loads((folder / f"{each}.json").read_text("utf-8"))
        for each in known or TOOL_LANGUAGES[-1:]
    }


def words_of(languages: Sequence[str]) -> tuple[Words, ...]:
    """The texts of the workflows in each of these languages."""
    return tuple(words_by_language(languages).values())


def together(words: Sequence[Words], name: str, between: str = " · ") -> str:
    """The texts with this name, joined. A text that several languages share appears once."""
    return between.join(dict.fromkeys(each[name] for each in words))


def start_of(words: Sequence[Words]) -> str:
    """The name of the page to open first in a downloaded site: `OPEN-MIJ-OUVREZ-MOI.html`."""
    return f"{together(words, 'open-me', '-')}.html"


def spoken(languages: Sequence[str]) -> tuple[str, ...]:
    """Those of these languages in which the program has messages; English if it has messages in none."""
    return tuple(each for each in languages if each in TOOL_LANGUAGES) or TOOL_LANGUAGES[-1:]


def filled(template: str, languages: Sequence[str], host: str, values: Mapping[str, str]) -> str:
    """A template filled in for one site; a mark without a value stays."""
    words = words_of(languages)
    given = {"START": start_of(words), **values}
    lines = (
        each
        for line in _for_host(template, host)
        for each in _lines(line, words, spoken(languages))
    )
    return _VALUE.sub(lambda found: given.get(found[1], found[0]), "".join(lines))


def _for_host(template: str, host: str) -> Iterator[str]:
    """The lines of a template without those that only other hosts get (`@if github@` … `@end@`)."""
    shown = True
    for line in template.splitlines(keepends=True):
        if found := _FOR_HOSTS.fullmatch(line):
            shown = host in found[1].split()
        elif line == "@else@\n":
            shown = not shown
        elif line == "@end@\n":
            shown = True
        elif shown:
            yield line


def _lines(line: str, words: Sequence[Words], languages: Sequence[str]) -> Iterator[str]:
    """The lines that replace one line of a template, with texts in place of its marks."""
    if "@@EACH@@" in line:
        yield from (line.replace("@@EACH@@", each) for each in languages)
    elif alone := _ALONE.fullmatch(line):
        indent, numbered, names = alone.groups()
        parts = [
            "".join(
                f"{indent}{f'{number}. ' if numbered else ''}{each[name]}\n"
                for number, name in enumerate(names.split(), 1)
            )
            for each in words
        ]
        # two lists of Markdown are one where nothing stands between them
        between = f"\n{indent}<!-- -->\n\n" if numbered else "\n"
        yield between.join(dict.fromkeys(parts))
    else:
        yield _WORD.sub(lambda found: together(words, found[1]), line)


def below(folder: Traversable, path: str = "") -> Iterator[tuple[str, str]]:
    """The files of a folder of the package; `dot-` at the beginning of a name stands for a dot."""
    for each in folder.iterdir() if folder.is_dir() else ():
        name = re.sub(r"^dot-", ".", each.name)
        there = f"{path}/{name}" if path else name
        if each.is_dir():
            yield from below(each, there)
        else:
            yield there, each.read_text("utf-8")


def workflows(
    languages: Sequence[str], host: str, values: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The path and text of each file of workflows and forms for the git host of a site."""
    package = resources.files("diptych") / "skeleton"
    folders = (
        [package / "hosts" / host]
        if host == "gitlab"
        else [
            package / "on-github",
            package / "hosts" / host,
        ]
    )
    for folder in folders:
        for path, text in below(folder):
            yield path, filled(text, languages, host, values)
