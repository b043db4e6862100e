"""The colours of the tokens can be read: on light and on dark pages, in the theme and in any site."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.diagnostics import Source
from diptych.files.tokens import check_tokens
from diptych.pipeline import Build
from tests.conftest import ROOT, page_of

THEME = (ROOT / "diptych/theme/assets/tokens.css").read_text("utf-8")
FILE = "assets/tokens.css"


def said(text: str) -> list[tuple[str, str]]:
    """For each diagnostic, the piece of text that it marks, and its message."""
    source = Source(FILE, text)
    return [
        (text[each.span.start : each.span.end], str(each.message)) for each in check_tokens(source)
    ]


def root(light: str, dark: str = "") -> str:
    inside = f"@media (prefers-color-scheme: dark) {{\n:root {{ {dark} }}\n}}\n" if dark else ""
    return f":root {{\n{light}\n}}\n{inside}"


def test_the_theme_is_without_a_problem() -> None:
    assert said(THEME) == []


@pytest.mark.parametrize(
    ("light", "dark", "wrong"),
    [
        ("--paper: #fff; --ink: #000", "", []),
        ("--paper: #fff; --ink: #777", "", ["#777"]),  # 4.48, the well-known one
        ("--paper: #fff; --ink: #767676", "", []),  # 4.54
        ("--paper: white; --ink: rgb(200, 200, 200)", "", ["rgb(200, 200, 200)"]),
        ("--paper: #fff; --mark: #949494", "", []),  # 3.03: a mark takes 3
        ("--paper: #fff; --mark: #969696", "", ["#969696"]),
        ("--paper: #fff; --ink: #000", "--paper: #111", ["#000"]),
        ("--paper: #fff; --ink: #000", "--paper: #111; --ink: #eee", []),
        ("--tint: #eee; --accent: #8888ff", "", ["#8888ff"]),
        ("--pick: #333; --ink: #000", "", ["#000"]),
        # the dark colours change neither of the two
        ("--pick: #333; --ink: #000", "--own: #fff", ["#000"]),
        ("--paper: #fff; --ink: var(--x)", "", []),  # nobody knows
        ("--paper: #ffffff80; --ink: #fff", "", []),
    ],
)
def test_pairs(light: str, dark: str, wrong: list[str]) -> None:
    assert [place for place, _ in said(root(light, dark))] == wrong


def test_dark_pages_are_named() -> None:
    ((_, sentence),) = said(root("--paper: #fff; --ink: #000", "--paper: #111"))
    assert sentence.startswith("on a dark page --ink on --paper has a contrast of 1.1")


def test_a_rule_for_one_place_is_no_token() -> None:
    assert said(":root { --paper: #fff }\n.foot { --ink: #fff }\n") == []
    assert said("not css at all {{{") == []
    assert said(":root { --paper: #fff; nothing; @x; --accent: #000 }\n") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (":root {\n--paper: #fff;\n--ink:\n    #eee\n}\n", "--ink:"),
        (":root {\n--paper: #fff;\n--ink: \\79 ellow\n}\n", "--ink: \\79 ellow"),
    ],
)
def test_where_a_colour_stands(text: str, place: str) -> None:
    """At its line, if it stands below its name or is written otherwise than it is read."""
    assert [each for each, _ in said(text)] == [place]


@pytest.mark.parametrize(
    "more",
    [
        "@media print { :root { --ink: #fff } }\n",
        "@media (prefers-color-scheme: dark);\n",
        "@media (prefers-color-scheme: dark) { @supports (top: 0) { :root { --ink: #fff } } }\n",
        "}\n",
    ],
)
def test_what_holds_for_no_screen_is_passed_over(more: str) -> None:
    assert said(root("--paper: #fff; --ink: #000") + more) == []
    dark = root("--paper: #fff; --ink: #000", "--paper: #111; --ink: #eee")
    assert said(dark + more) == []


def test_the_build_says_so_and_a_site_without_tokens_is_silent(site: Callable[..., Build]) -> None:
    """Other colours need no template: each page has them."""
    build = site({FILE: THEME.replace("--ink: #1a2026", "--ink: #9aa0a6", 1)})
    found = [each for each in build.diagnostics if each.check == "low-contrast"]
    assert {each.span.path for each in found} == {FILE}
    assert len(found) == 3
    assert "low-contrast" not in {each.check for each in site({}).diagnostics}
    red = site({FILE: THEME.replace("#1f4468", "#7a1020").replace("#2f5d8a", "#a02030")})
    assert not [each for each in red.diagnostics if each.check == "low-contrast"]
    style = page_of(red, "nl/").xpath("string(//style)")
    assert "#7a1020" in style
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    own = site({"assets/mark.svg": drawing})
    for path in ("nl/", "fr/a-propos/"):
        assert page_of(own, path).xpath("//svg[@class='emblem'][@aria-hidden='true']/path/@d") == [
            "M0 0h9v9z"
        ]
    assert "#1f4468" not in style.partition("prefers-color-scheme: dark")[0]
