"""What the conversion of a text does once, and what it does not do: calls are counted, not seconds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from markdown.extensions.toc import TocTreeprocessor

from diptych.content.page import DocumentRequest, parse_document
from diptych.diagnostics import Source, values
from diptych.markdown import TextRequest, convert_text, places, safety, slips, tree
from diptych.markdown.blocks import Node
from tests.strategies import DUTCH, FRENCH

PAGE = """\
---
title: Een titel
---

## Eerst {#first}

Een zin met een [koppeling](page:faq), en nog een zin.

- een
- twee

## Daarna
"""

Count = Callable[..., Counter[str]]


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Count:
    """Counts the calls of functions, each given by its owner and its name."""

    def counting(*functions: tuple[Any, str]) -> Counter[str]:
        calls: Counter[str] = Counter()

        def counted(owner: Any, name: str) -> None:
            function = getattr(owner, name)

            def call(*arguments: Any, **named: Any) -> Any:
                calls[name] += 1
                return function(*arguments, **named)

            monkeypatch.setattr(owner, name, call)

        for owner, name in functions:
            counted(owner, name)
        return calls

    return counting


def read(text: str) -> None:
    parse_document(DocumentRequest(Source("content/x/nl.md", text), "x", "nl", (DUTCH, FRENCH)))


def test_the_lines_and_blocks_of_a_page_are_found_once(count: Count) -> None:
    """Places, slips, leftovers and the page itself share them."""
    calls = count(
        (places, "line_offsets"), (places, "_blocks"), (places, "without_code"), (Node, "walk")
    )
    read(PAGE)
    assert calls == {"line_offsets": 1, "_blocks": 1, "without_code": 1, "walk": 1}


def test_headings_get_their_ids_without_a_table_of_contents(count: Count) -> None:
    calls = count((TocTreeprocessor, "build_toc_div"))
    text = "## Een\n\n## Twee {#two}\n\n## Een {data-toc-label=kort}\n"
    outcome = convert_text(TextRequest(text, "nl", (DUTCH,), inline=False))
    assert [each.id for each in outcome.value.headings] == ["een", "two", "een_1"]
    assert (outcome.diagnostics, calls) == ((), {})


def test_a_table_of_contents_is_made_where_a_text_asks_for_it(count: Count) -> None:
    calls = count((TocTreeprocessor, "build_toc_div"))
    outcome = convert_text(TextRequest("[TOC]\n\n## Een\n", "nl", (DUTCH,), inline=False))
    assert '<div class="toc">' in outcome.value.html
    assert calls == {"build_toc_div": 1}


def test_html_that_cleaning_leaves_as_it_was_is_not_compared_by_its_tags(count: Count) -> None:
    calls = count((safety, "_tags"))
    read(PAGE)
    assert calls == {}
    read(PAGE + "\nEen <b onclick=x>woord</b>.\n")
    assert calls == {"_tags": 2}


def test_the_elements_with_attributes_are_asked_for_once(count: Count) -> None:
    calls = count((tree, "_WITH_ATTRIBUTES"), (tree, "_HEADS"))
    read(PAGE)
    assert calls == {"_WITH_ATTRIBUTES": 1}


def test_the_lines_of_a_page_without_mistakes_are_not_counted(count: Count) -> None:
    """Only the place of a mistake needs the number of its line."""
    calls = count((values, "_line_starts"))
    read(PAGE)
    assert calls == {}


def test_only_the_line_of_a_word_without_ligature_is_searched_for_addresses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searched: list[str] = []
    pattern = slips._NOT_PROSE

    class Searching:
        def sub(self, blank: Callable[[re.Match[str]], str], line: str) -> str:
            searched.append(line)
            return pattern.sub(blank, line)

    monkeypatch.setattr(slips, "_NOT_PROSE", Searching())
    line = "Le coeur, [la soeur](/coeur.html) et coeurhttps://coeur.example/coeur"
    text = f"Une phrase.\n\n{line}\net `coeur`.\n\nUne autre.\n"
    outcome = convert_text(TextRequest(text, "fr", (FRENCH,), inline=False))
    found = [text[each.span.start - 1 :].split()[0] for each in outcome.diagnostics]
    assert found == ["coeur,", "soeur](/coeur.html)", "coeurhttps://coeur.example/coeur"]
    assert searched == [line]
