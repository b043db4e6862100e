"""Every regular expression of the program, on long runs of each kind of character: the time that it
takes grows with the text, and not with its square.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator, Mapping

import pytest

import diptych
from diptych.diagnostics import Source
from diptych.i18n import CatalogRequest, read_catalog
from diptych.values import Value, fields_of

SHORT, LONG = 1_000, 8_000  # characters
BEARABLE = 0.005  # seconds on the long run: what is quicker needs no comparison
RUNS = (  # a character, or what a pattern may begin at each time
    *"aA0 .,-_'\"<>[](){}#*~:;!?|/\\&%=+@`$^\t\n",
    "é",
    "\u00a0",
    "\u202f",
    "a ",
    "a.",
    "a-",
    "a·",
    "1.",
    "1 ",
    "1 000 ",
    "a@",
    "a\n",
    "\n\n",
    "  \n",
    "<a ",
    "<img ",
    "<!--",
    "](",
    "[a](",
    "![",
    "{#a",
    "{{ a ",
    "{% a ",
    "&#1",
    "&amp",
    "%(a",
    '\\"',
    "'a ",
    '"a ',
    "« ",
    "www.",
    "http://",
    "url(",
    "@import ",
    "<svg ",
    "lundi ",
    "van 8 ",
    "op 8 juni ",
    "le 8 ",
    "un ",
    "en ",
    "de ",
    "twee",
    "vingt-",
    "20:",
    "20-",
    "20/",
    "€ ",
    "=== ",
    "--- ",
    "::: ",
    "- ",
    "> ",
    "| a ",
)


def patterns() -> dict[str, re.Pattern[str]]:
    """Those that modules keep, by text; the ones in tables and in values too."""
    found: dict[str, re.Pattern[str]] = {}
    for each in pkgutil.walk_packages(diptych.__path__, "diptych."):
        importlib.import_module(each.name)
    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] == "diptych":
            for value in vars(module).values():
                found |= {each.pattern: each for each in _inside(value, 4)}
    return found


def _inside(value: object, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth and isinstance(value, Mapping):
        for each in value.values():
            yield from _inside(each, depth - 1)
    elif depth and isinstance(value, (list, tuple, frozenset, set)):
        for each in value:
            yield from _inside(each, depth - 1)
    elif depth and isinstance(value, Value):
        for name in fields_of(type(value)):
            yield from _inside(getattr(value, name), depth - 1)


PATTERNS = patterns()


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """The time of the processor for a match at the beginning; a square runs out of it."""
    begin = time.process_time()
    pattern.match(text)
    return time.process_time() - begin


@pytest.mark.parametrize("run", RUNS, ids=ascii)
@pytest.mark.parametrize("end", ["", "\x00"], ids=["closed", "open"])
def test_a_long_run_takes_time_in_proportion(run: str, end: str) -> None:
    """Eight times the run: at most twenty times the time, where a square takes sixty-four."""
    short, long = ((run * size)[:size] + end for size in (SHORT, LONG))
    slow = []
    for text, pattern in PATTERNS.items():
        took = seconds(pattern, long)
        if took > BEARABLE:
            least = min(seconds(pattern, short) for _ in range(3))
            took = min(took, seconds(pattern, long))
            if took > 20 * max(least, BEARABLE / 20):
                slow.append(f"{took:.3f} s after {least:.4f} s: {text[:120]}")
    assert slow == []


@pytest.mark.parametrize("run", [" ", "a", "a ", "1", "'a ", "\t#", "a-"])
def test_blanks_of_a_catalog_and_a_text_are_read_once(run: str) -> None:
    """A hundred thousand of them in a line: it took minutes."""
    text = run * (100_000 // len(run))
    source = Source("i18n/nl/LC_MESSAGES/messages.po", f'msgid "a"\n{text}x\nmsgstr "b"\n')
    # a comment may hold anything
    expected = [] if run.lstrip().startswith("#") else ["catalog-syntax"]
    begin = time.process_time()
    problems = read_catalog(CatalogRequest(source, "nl", "nl_BE")).diagnostics
    assert [each.check for each in problems] == expected
    assert time.process_time() - begin < 5


_TOKENS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?[=!]|\(|\)([*+?]\+)?", re.DOTALL)


def misread_by_early_pythons(pattern: str) -> Iterator[str]:
    """The possessive groups of a pattern that hold a condition on what follows or precedes, such as
    `(?:a(?!b))*+`. Before 3.11.5, Python takes too much for them (gh-106052), and Debian 12 has 3.11.2;
    `(?>(?:a(?!b))*)` means the same and is read well.
    """
    opened: list[
        tuple[int, bool]
    ] = []  # the start of each open group, and whether it has a condition
    for token in _TOKENS.finditer(pattern):
        if token[0].startswith("("):
            opened.append((token.start(), token[0] != "("))
        elif token[0].startswith(")"):
            start, conditional = opened.pop()
            if conditional and token[1]:
                yield pattern[start : token.end()]
            if conditional and opened:
                opened[-1] = (opened[-1][0], True)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"(?:a(?!b))*+", [r"(?:a(?!b))*+"]),
        (r"x(?:a(?:b|(?<=c)d)?)++y", [r"(?:a(?:b|(?<=c)d)?)++"]),
        (r"(?>(?:a(?!b))*)(?:c|[()]\()*+", []),
    ],
)
def test_possessive_groups_with_conditions_are_found(pattern: str, found: list[str]) -> None:
    assert list(misread_by_early_pythons(pattern)) == found


def test_every_python_from_3_11_on_reads_the_patterns_alike() -> None:
    found = {name: [*misread_by_early_pythons(each.pattern)] for name, each in patterns().items()}
    assert {name: groups for name, groups in found.items() if groups} == {}


def test_there_are_hundreds_of_them() -> None:
    assert len(PATTERNS) > 250
