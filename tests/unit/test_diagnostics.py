"""Places, messages and the order of diagnostics."""

from __future__ import annotations

import pytest

from diptych.diagnostics import (
    Diagnostic,
    Outcome,
    Severity,
    Source,
    Span,
    listed,
    say,
    sort_by_place,
)

SOURCE = Source("content/x/nl.md", "één\n😀 twee\n\n  vier")


@pytest.mark.parametrize(
    ("offset", "place"),
    [
        (0, (1, 1)),
        (3, (1, 4)),
        (4, (2, 1)),
        (5, (2, 2)),
        (10, (2, 7)),
        (11, (3, 1)),
        (12, (4, 1)),
        (18, (4, 7)),
        (99, (4, 7)),
        (-1, (1, 1)),
    ],
)
def test_positions_count_lines_and_code_points_from_one(
    offset: int, place: tuple[int, int]
) -> None:
    assert SOURCE.position(offset) == place


@pytest.mark.parametrize(
    ("number", "text"), [(1, "één"), (2, "😀 twee"), (3, ""), (4, "  vier"), (0, ""), (5, "")]
)
def test_lines(number: int, text: str) -> None:
    assert SOURCE.line(number) == text


@pytest.mark.parametrize(
    ("number", "piece"),
    [(1, "één"), (2, "😀 twee"), (3, "\n"), (4, "vier"), (0, "één"), (99, "vier")],
)
def test_the_place_of_a_line_is_without_its_indentation(number: int, piece: str) -> None:
    span = SOURCE.line_span(number)
    assert SOURCE.text[span.start : span.end] == piece


def test_the_place_of_a_line_in_an_empty_file() -> None:
    assert Source("x", "").line_span(1) == Span("x", 0, 1)


def test_a_span_is_one_character_wide_unless_it_is_said_otherwise() -> None:
    assert SOURCE.span(4) == Span("content/x/nl.md", 4, 5)
    assert SOURCE.span(4, 9).shifted(10) == Span("content/x/nl.md", 14, 19)


def test_a_message_is_a_sentence_with_what_goes_into_it() -> None:
    inner = say("a number")
    assert (
        str(say("`{text}` is not {expected}", text="{x}", expected=inner))
        == "`{x}` is not a number"
    )
    assert say("{b}{a}", a=1, b=2) == say("{b}{a}", b=2, a=1)


def problem(path: str, start: int, check: str = "a", text: str = "b") -> Diagnostic:
    return Diagnostic(check, Severity.ERROR, Span(path, start, start + 1), say(text))


def test_diagnostics_are_sorted_by_file_place_and_name_and_said_once() -> None:
    in_order = (
        problem("a.md", 2),
        problem("a.md", 10),
        problem("b.md", 0, "a"),
        problem("b.md", 0, "b", "a"),
        problem("b.md", 0, "b", "b"),
    )
    assert sort_by_place([*reversed(in_order), in_order[0]]) == in_order


def test_an_outcome_has_no_diagnostics_unless_there_are_some() -> None:
    assert Outcome(1) == Outcome(1, ())


def test_a_message_lists_thirty_names_at_most() -> None:
    names = [f"a{number:02}" for number in range(31)]
    assert listed(reversed(names[:30])) == ", ".join(names[:30])
    assert listed(names) == ", ".join((*names[:30], "…"))
