"""Numbers that a text writes in words, so that `elf` may stand beside `11`.

A language that has no file in `languages/` has no words, and then only figures are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from diptych.languages import rules_of


def spelled_numbers(text: str, language: str) -> Iterator[int]:
    """The numbers that a text writes in words."""
    rules = rules_of(language)
    text = text.lower()
    for apart, joined in rules.number_joints:
        text = re.sub(apart, joined, text)
    for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text):
        if word in rules.numbers:
            yield rules.numbers[word]
