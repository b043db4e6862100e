"""What moving in did, and what is left: Markdown in the language of whoever runs it, file by file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from diptych.diagnostics import say, say_n
from diptych.diagnostics.report import Translate
from diptych.importing.old_site import Left, OldSite
from diptych.importing.writer import Plan


def report_of(
    old: OldSite, made: Plan, kept: Collection[str], left: Sequence[Left], words: Translate
) -> str:
    """The report. `kept` are files of ours that were there and stay as they are; `left` what is
    left in the new files, beside what the plan tells of the old ones.
    """
    return "\n".join(_lines(old, made, kept, left, words)) + "\n"


def _lines(
    old: OldSite, made: Plan, kept: Collection[str], left: Sequence[Left], words: Translate
) -> Iterator[str]:
    pictures = [path for path in made.files if not path.endswith((".md", ".yaml"))]
    every = (*made.left, *left)
    yield "# " + words(say("Moved in from {kind}", kind=old.kind))
    yield ""
    languages = ", ".join(each.key for each in old.languages)
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
    told: defaultdict[str, list[Left]] = defaultdict(list)
    for each in every:
        told[each.path].append(each)
    for was, new in made.moved:
        there = words(say("was there already and stays as it is"))
        yield f"- {was} → {new}" + (f" ({there})" if new in kept else "")
        yield from _points(told.pop(was, []) + told.pop(new, []), words)
    for path in made.made:
        yield f"- {path}: " + words(
            say("was there already and stays as it is") if path in kept else say("made")
        )
        yield from _points(told.pop(path, []), words)
    whole = words(say("the whole site"))
    for path in sorted(told):
        yield f"- {path or whole}"
        yield from _points(told[path], words)


def _points(found: Sequence[Left], words: Translate) -> Iterator[str]:
    for each in sorted(dict.fromkeys(found), key=lambda left: left.line):
        placed = say("line {place}: {problem}", place=each.line, problem=each.message)
        yield f"  - {words(placed if each.line else each.message)}"
