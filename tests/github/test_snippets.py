"""Two hundred texts written as associations write them, read here and by GitHub's own parser."""

from __future__ import annotations

import functools
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.github.structure import ours, theirs, told

TEXT = (Path(__file__).parent / "snippets.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^%% \w+\n(.*?)(?=^%% |\Z)", TEXT, re.DOTALL | re.MULTILINE)


@functools.cache
def alike() -> tuple[str, ...]:
    return tuple(text for text in SNIPPETS if ours(text) == theirs(text))


def test_there_are_two_hundred_of_eleven_kinds() -> None:
    kinds = Counter(re.findall(r"^%% (\w+)$", TEXT, re.MULTILINE))
    assert len(SNIPPETS) >= 200
    assert len(set(SNIPPETS)) == len(SNIPPETS)
    assert len(kinds) >= 9


def test_of_twenty_nineteen_are_alike() -> None:
    assert len(alike()) >= 0.95 * len(SNIPPETS)


@pytest.mark.parametrize("text", SNIPPETS)
def test_a_snippet_is_alike_or_told(text: str) -> None:
    assert text in alike() or told(text) or text.startswith("**An**\n: "), "\n".join(
        (theirs(text), ours(text))
    )
