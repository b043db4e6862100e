"""The examples of the CommonMark and GFM specifications, read here and by GitHub's own parser.

Each example is alike (the same structure), told (another one, and a diagnostic says so), or it differs
in silence: that is what an editor who trusts GitHub's preview would be misled by. Run this module
(`python -m tests.github.test_specification`) for the table.
"""

from __future__ import annotations

import functools
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.github.structure import ours, theirs, told

EXAMPLES = json.loads((Path(__file__).parent / "examples.json").read_text(encoding="utf-8"))
SECTIONS = [(name, section) for name, sections in EXAMPLES.items() for section in sections]
PROMISED = (  # of these at most one in ten may differ in silence
    "Fenced code blocks",
    "Block quotes",
    "List items",
    "Lists",
    "Emphasis and strong emphasis",
    "Tables (extension)",
    "Task list items (extension)",
    "Strikethrough (extension)",
    "Autolinks (extension)",
)
SILENT = {  # how many differ in silence in the other sections; a smaller number may be written here
    "Tabs": 3,
    "Indented code blocks": 1,
    "Link reference definitions": 1,
    "Code spans": 1,
    "Links": 5,
    "Autolinks": 1,
    "Raw HTML": 1,
}


@functools.cache
def reports(name: str, section: str) -> dict[str, str]:
    """Of every example of a section `alike`, `told` or `silent`, by its number."""
    return {number: report(text) for number, text in EXAMPLES[name][section].items()}


def report(text: str) -> str:
    if ours(text) == theirs(text):
        return "alike"
    return "told" if told(text) else "silent"


@pytest.mark.parametrize(("name", "section"), SECTIONS)
def test_a_section_is_read_as_github_reads_it(name: str, section: str) -> None:
    found = reports(name, section)
    silent = [number for number, each in found.items() if each == "silent"]
    allowed = len(found) // 10 if section in PROMISED else SILENT.get(section, 0)
    assert len(silent) <= allowed, silent


def test_nine_of_ten_examples_are_alike() -> None:
    counted = Counter(each for key in SECTIONS for each in reports(*key).values())
    assert counted["alike"] >= 0.92 * counted.total()
    assert counted["silent"] <= 0.03 * counted.total()


if __name__ == "__main__":
    total: Counter[str] = Counter()
    rows = [f"{'':45} alike  told  silent"]
    for key in SECTIONS:
        counted = Counter(reports(*key).values())
        total += counted
        rows.append(f"{key[1]:45} {counted['alike']:5} {counted['told']:5} {counted['silent']:7}")
    rows.append(f"{'':45} {total['alike']:5} {total['told']:5} {total['silent']:7}")
    sys.stdout.write("\n".join([*rows, ""]))
