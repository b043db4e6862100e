"""The guides of markup say what is true: each example becomes what its fence names, without a word.

A fence `markdown ul li` gives a list with an item: its tags stand in the page in that order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from diptych.diagnostics import Severity
from diptych.pipeline import Build
from tests.conftest import ROOT
from tests.test_documentation import Fence, fences, headings, tables

Builds = Callable[..., Build]
MARKUP = {
    "nl": ROOT / "docs" / "nl" / "opmaak.md",
    "fr": ROOT / "docs" / "fr" / "mise-en-forme.md",
}
COMPUTER = {
    "nl": ROOT / "docs" / "nl" / "op-je-computer.md",
    "fr": ROOT / "docs" / "fr" / "sur-votre-ordinateur.md",
}
EXAMPLES = [(language, fence) for language in MARKUP for fence in fences(MARKUP[language])]


@pytest.mark.parametrize(
    ("language", "fence"), EXAMPLES, ids=lambda each: getattr(each, "line", each)
)
def test_an_example_becomes_what_the_guide_says(language: str, fence: Fence, site: Builds) -> None:
    _, *tags = fence.info.split()
    assert tags
    layout = "faq" if "?" in fence.text else "page"
    path = f"content/example/{language}.md"
    head = f"---\ntitle: Example\nlayout: {layout}\nonly: an example\n---\n\n"
    build = site({path: head + fence.text})
    told = [
        (each.check, str(each.message))
        for each in build.diagnostics
        if each.span.path == path and each.severity is not Severity.INFO
    ]
    assert told == []
    (page,) = (each for each in build.outputs if each.path == f"{language}/example/index.html")
    made = page.data.decode().partition("</h1>")[2]
    seen = iter(re.findall(r"<(\w+)", made))
    assert all(tag in seen for tag in tags), made
    assert not re.search(r"(?m)^\s*(?:[-*|#>] |\*\*|\[[ x!])", re.sub(r"<[^>]*>", "", made))


@pytest.mark.parametrize("pair", [MARKUP, COMPUTER], ids=["markup", "computer"])
def test_both_languages_are_built_alike(pair: dict[str, Path]) -> None:
    nl, fr = pair["nl"], pair["fr"]
    assert [level for level, _ in headings(nl)] == [level for level, _ in headings(fr)]
    assert [len(table.rows) for table in tables(nl)] == [len(table.rows) for table in tables(fr)]
    assert [fence.info for fence in fences(nl)] == [fence.info for fence in fences(fr)]
