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


SEEN = (  # what real pages held that the site once showed otherwise than GitHub's preview, and in silence
    "- a\n  - b\n",
    "- a\n   - b\n",
    "1. un\n   - sous\n",
    "1. un\n\n   ```bash\n   ls\n   ```\n2. deux\n",
    "- a\n  ```\n  b\n  ```\n",
    "1) a\n2) b\n",
    "Zin:\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "Zin:\n- a\n- b\n",
    "> Zin:\n> - a\n> - b\n",
    "a ~~x~~ b\n",
    "- [ ] x\n- [x] y\n",
    "a\\\nb\n",
    "Zie https://example.org/a en www.example.org.\n",
    "<div>\n\n**bold**\n\n</div>\n",
    "**bold** [x](https://example.org) <br> `code`\n",
)


@pytest.mark.parametrize("text", SEEN)
def test_what_real_pages_held_is_alike(text: str) -> None:
    assert ours(text) == theirs(text)
