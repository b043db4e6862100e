"""Makes the report of `import-site` in the language of the user, as Markdown: the files that were
made, and below each file the things that a person must look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from diptych.diagnostics import LanguageNames, say, say_n
from diptych.diagnostics.report import Translate
from diptych.importing.old_site import Left, OldSite
from diptych.importing.writer import Plan

_MANY = 10  # messages about more files than this are listed once


def report_of(
    old: OldSite, made: Plan, kept: Collection[str], left: Sequence[Left], words: Translate
) -> str:
    """The report as Markdown. `kept` holds the paths of files that existed already and stay
    unchanged. `left` holds the problems in the new files; the problems in the old files come with
    the plan `made`.
    """
    return "\n".join(_lines(old, made, kept, left, words)) + "\n"


def _lines(
    old: OldSite, made: Plan, kept: Collection[str], left: Sequence[Left], words: Translate
) -> Iterator[str]:
    pictures = [path for path in made.files if not path.endswith((".md", ".yaml"))]
    every = dict.fromkeys((*made.left, *left))
    yield "# " + words(say("Moved in from {kind}", kind=old.kind))
    yield ""
    languages = LanguageNames(tuple((each.key, each.key) for each in old.languages))
    pages = say_n("{count} page", "{count} pages", count=len(made.moved))
    files = say_n("{count} file beside them", "{count} files beside them", count=len(pictures))
    yield words(
        say("{moved} in {languages}, {beside}.", moved=pages, languages=languages, beside=files)
    )
    yield words(
        say_n(
            "{count} thing is left to look at.",
            "{count} things are left to look at.",
            count=len(every),
        )
    )
    yield ""
    by_file, often = _by_file(every, words)
    for was, new in made.moved:
        there = words(say("was there already and stays as it is"))
        yield f"- {was} → {new}" + (f" ({there})" if new in kept else "")
        yield from _points([*by_file.pop(was, {}).items(), *by_file.pop(new, {}).items()], words)
    for path in made.made:
        yield "- " + words(
            say("{path} was there already and stays as it is", path=path)
            if path in kept
            else say("{path} is made", path=path)
        )
        yield from _points(by_file.pop(path, {}).items(), words)
    whole = words(say("the whole site"))
    for path in sorted(by_file):
        yield f"- {path or whole}"
        yield from _points(by_file[path].items(), words)

    for text, places in often.items():
        files = say_n(
            "{count} file: {problem}",
            "{count} files: {problem}",
            count=len({path for path, _ in places}),
            problem=text,
        )
        yield f"- {words(files)}"
        shown = [f"{path or whole}:{line}" if line else path or whole for path, line in places]
        yield "  - " + ", ".join(shown)


def _by_file(
    every: Iterable[Left], words: Translate
) -> tuple[dict[str, dict[str, list[int]]], dict[str, list[tuple[str, int]]]]:
    """The messages of each file, with their lines; and the messages of many files, once, with all
    their places.
    """
    places: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for each in every:
        places[words(each.message)].append((each.path, each.line))
    often = {k: v for k, v in places.items() if len({path for path, _ in v}) > _MANY}
    found: dict[str, dict[str, list[int]]] = {}
    for text, all_places in places.items():
        for path, line in all_places if text not in often else ():
            found.setdefault(path, {}).setdefault(text, []).append(line)
    return found, often


def _points(found: Iterable[tuple[str, list[int]]], words: Translate) -> Iterator[str]:
    """The messages of one file by line; a message about several lines is listed once."""
    for text, lines in sorted(found, key=lambda each: min(each[1])):
        known = sorted({line for line in lines if line})
        listed = ", ".join(map(str, known))
        if len(known) > 1:
            yield "  - " + words(say("lines {places}: {problem}", places=listed, problem=text))
        elif known:
            yield "  - " + words(say("line {place}: {problem}", place=listed, problem=text))
        else:
            yield f"  - {text}"
