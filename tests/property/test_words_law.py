"""No word gets lost between a text and what readers get of it, whatever marks stand around it."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diptych.diagnostics import Source
from diptych.markdown import MarkdownText
from diptych.markdown.convert import convert_body
from diptych.markdown.library import to_html
from tests.strategies import DUTCH, named

BEFORE = st.sampled_from(
    [
        *("", "", "- ", "  - ", "    - ", "* ", "1. ", "2) ", "   3. ", "> ", "> > ", "> - ", "# "),
        *(
            "## ",
            "#",
            "    ",
            "  ",
            "\t",
            "| ",
            "|",
            ": ",
            "!!! note\n    ",
            "> [!NOTE]\n> ",
            "[ ] ",
        ),
        *(
            "- [x] ",
            "```\n",
            "~~~\n",
            "<div>\n",
            "</div>",
            "**",
            "~~",
            "_",
            "*",
            "`",
            "[",
            "![",
            "<b>",
        ),
        *(
            "- ```\n  ",
            "1.  ",
            "10. ",
            "-   ",
            "-      ",
            "[^1]: ",
            "[^1]",
            "\\",
            "&",
            "<",
            "=",
            "x | ",
        ),
    ]
)
AFTER = st.sampled_from(
    [
        *(
            "",
            "",
            "",
            "\n",
            "\n\n",
            "  ",
            "\\",
            "**",
            "~~",
            "_",
            "*",
            "`",
            "]",
            "](x)",
            "](<x y>)",
            " |",
        ),
        *(
            "\n---",
            "\n===",
            "\n|---|",
            "\n|---|---|",
            "\n| a | b |",
            "\n```",
            "\n~~~",
            "</b>",
            "</div>",
        ),
        *("{.x}", " {#x}", ":", ".", " #", ">", "\n> ", "\n  x", "\n    x", "\n\n    x", "\n\n  x"),
    ]
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    lines = draw(st.lists(st.tuples(BEFORE, AFTER), min_size=1, max_size=12))
    return "\n".join(
        f"{before}woord{number:02}q{after}" for number, (before, after) in enumerate(lines)
    )


@given(texts())
def test_every_word_is_read_or_told_of(text: str) -> None:
    html = to_html(text)
    lost = [word for word in re.findall(r"woord\d\dq", text) if word not in html]
    told = convert_body(MarkdownText(Source("page.md", text)), "nl", (DUTCH,), "").diagnostics
    known = {"lost-cell", "unclosed-html", "unclosed-code", "unsafe-html", "unknown-footnote"}
    assert not lost or {each.check for each in told} & known, lost


@pytest.mark.parametrize(
    "piece",
    named(
        [
            ("lists by two", "- a\n  - b\n    - c\n"),
            ("quotations", "> a\n> > b\n\n"),
            ("lazy lines", "> a\nb\n"),
            ("fences in points", "- a\n  ```\n  b\n  ```\n"),
            ("tables", "a\n| b | c |\n|---|---|\n| d | e |\n\n"),
            ("references", "[a]: b 'c'\n"),
            ("half references", "[a\n"),
            ("open stars", "**a b\n\n"),
            ("braces", "[a] {lang=nl} b\n\n"),
            ("shortcodes", "{{< a b\n\n"),
            ("emoji", ":a:b:c:d\n\n"),
            ("addresses", "www.a.be, http://b.be/c_d. e@f.be\n\n"),
            ("tasks", "- [ ] a\n- [x] b\n"),
            ("callouts", "> [!NOTE]\n> a\n\n"),
            ("waves", "~~a ~b\n\n"),
            ("brackets", "[a](b c)\n\n"),
        ]
    ),
)
def test_time_grows_with_the_length(piece: str) -> None:
    def seconds(times: int) -> float:
        source = Source("page.md", piece * times)
        began = time.process_time()
        convert_body(MarkdownText(source), "nl", (DUTCH,), "")
        return time.process_time() - began

    seconds(10)
    short = min(seconds(100) for _ in range(3))
    # the better of two, for a collection of garbage may fall into one
    assert min(seconds(800) for _ in range(2)) < 8 * 4 * short + 0.05
