"""Moving in takes time in proportion: to the pages, to the languages, to the marks of one page."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from timeit import timeit
from types import FrameType
from typing import Any

import pytest

from diptych.importing import OldSite, plan, reader_of
from diptych.model import File, Tree

TraceFunction = Callable[[FrameType, str, Any], Any]
SEEDS = count()
LANGUAGES = [
    "nl",
    "fr",
    "de",
    "en",
    "es",
    "it",
    "pt",
    "da",
    "sv",
    "fi",
    "nb",
    "pl",
    "cs",
    "sk",
    "hu",
]
LANGUAGES += [
    "ro",
    "bg",
    "el",
    "tr",
    "et",
    "lv",
    "lt",
    "sl",
    "hr",
    "sr",
    "uk",
    "ru",
    "he",
    "ar",
    "fa",
]
TEXT = """\
Zin {n}: [een link](/blad-{n}/#kop-{n}), [geen](/nergens-{n}) en ![een huis](huis-{n}.png).

## Kop {n}

- [ ] taak {n}
- `code {n}` en {{{{< onbekend {n} >}}}}

"""


def site(pages: int, languages: int) -> OldSite:
    seed = next(SEEDS)  # nothing that an earlier run kept is of use
    files = [File("hugo.toml", b'defaultContentLanguage = "nl"\n')]
    for number in range(pages):
        for language in LANGUAGES[:languages]:
            head = f"---\ntitle: Blad {seed} {number}\n---\n"
            text = head + TEXT.format(n=number) * 2
            files.append(File(f"content/blad-{number}.{language}.md", text.encode()))
    tree = Tree(tuple(files))
    return reader_of(tree).read(tree, tuple(LANGUAGES[:languages]))


def seconds(old: OldSite) -> float:
    """Processor time; `timeit` measures without the collector, which would walk through all that the
    tests before this one left.
    """
    return timeit(lambda: plan(old, Tree(())), timer=time.process_time, number=1)


def lines_run(old: OldSite) -> int:
    """The lines of Python that a plan runs: a count that is the same on a busy machine."""
    found = 0

    def trace(frame: FrameType, event: str, argument: object) -> TraceFunction:
        nonlocal found
        found += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        plan(old, Tree(()))
    finally:
        sys.settrace(before)
    return found


def pages(times: int) -> OldSite:
    return site(24 * times, 2)


def languages(times: int) -> OldSite:
    return site(24, 3 * times)


@pytest.mark.parametrize("make", [pages, languages])
def test_ten_times_as_much_runs_at_most_eleven_times_as_many_lines(
    make: Callable[[int], OldSite],
) -> None:
    lines_run(make(1))  # what is made once, as the expressions, is made now
    assert 1_000 < lines_run(make(10)) < 11 * lines_run(make(1))


@pytest.mark.parametrize("make", [pages, languages])
def test_ten_times_as_much_takes_far_from_a_hundred_times_as_long(
    make: Callable[[int], OldSite],
) -> None:
    """What no count of lines sees: a search in a list, an expression that begins again."""
    seconds(make(1))
    short = max(min(seconds(make(1)) for _ in range(3)), 0.01)
    assert min(seconds(make(10)) for _ in range(2)) < 30 * short


def marks() -> Iterator[tuple[str, str]]:
    yield "links", "[a](/b) en [c][d] "
    yield "brackets", "[ ] "
    yield "openings", "[a "
    yield "closings", "] "
    yield "pictures", "![a](b.png) "
    yield "spaces in targets", "[a](b c d) "
    yield "titles", '[a](b "c) '
    yield "anchors", '<a href="/b">c '
    yield "shortcodes", "{{< a "
    yield "notices", "{{< note >}} "
    yield "notes", "[^{n}] en [^x{n}]\n\n[^{n}]: noot\n\n"
    yield "definitions", "[a{n}]: /b{n}\n"
    yield "headings", "# Kop {n}\n\n"
    yield "paragraphs", "[a](/b)\n\n"


@pytest.mark.parametrize("mark", [each for _, each in marks()], ids=[name for name, _ in marks()])
def test_a_page_ten_times_as_long_takes_at_most_twenty_times_as_long(mark: str) -> None:
    def page(times: int) -> OldSite:
        text = "".join(mark.replace("{n}", str(number)) for number in range(300 * times))
        head = f"---\ntitle: Blad {next(SEEDS)}\n---\n"
        tree = Tree((File("a.nl.md", (head + text).encode()),))
        return reader_of(tree).read(tree, ())

    short = max(min(seconds(page(1)) for _ in range(2)), 0.01)
    assert min(seconds(page(10)) for _ in range(2)) < 20 * short
