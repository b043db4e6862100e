"""The scan of a text into blocks: their kinds, and where they begin and end."""

from __future__ import annotations

import time

import pytest

from diptych.markdown import scan_blocks
from tests.strategies import named


def kinds(text: str) -> list[str]:
    return [block.kind for block in scan_blocks(text, "x.md")]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("paragraph", "Een zin\nop twee regels."),
        ("paragraph", "Een zin\n    met inspringing"),
        ("paragraph", "1.5 procent"),
        ("paragraph", "-zonder spatie"),
        ("paragraph", "Prijs | 12"),
        ("paragraph", ": geen uitleg"),
        ("paragraph", "<https://example.org>"),
        ("paragraph", "<span>ruw</span> in een zin"),
        ("paragraph", "``` niet ``` gesloten"),
        ("paragraph", "#geenkop"),
        ("paragraph", "##Geen kop"),
        ("paragraph", "Zin\n2015. Een jaar"),
        ("paragraph", "a\n    > b"),
        ("paragraph", "![foto](a.jpg)"),
        ("paragraph", "\\# geen kop"),
        ("heading", " # Kop"),
        ("heading", "#"),
        ("heading", "Kop\nop twee regels\n---"),
        ("heading", "# Kop"),
        ("heading", "### Kop ### {#a}"),
        ("heading", "Kop\n==="),
        ("heading", "Kop\n-"),
        ("rule", "---"),
        ("rule", "* * *"),
        ("rule", "  ___  "),
        ("rule", "- - -"),
        ("list", "- a\n- b\nlui"),
        ("list", "1) een\n2) twee"),
        ("list", "- a\n  - b\n    - c"),
        ("list", "- a\n  ```\n  x\n\n  y\n  ```\n- b"),
        ("list", "- [ ] te doen\n- [x] gedaan"),
        ("list", "- a\n\n    tweede alinea\n\n        diep\n- b"),
        ("list", "1. een\n10. tien"),
        ("list", "- a\n\n    ```\n    x\n    ```"),
        ("quote", "> a\nlui"),
        ("quote", "> [!NOTE]\n> Let op"),
        ("quote", "> # kop\n> - lijst"),
        ("table", "a | b\n--|--\n1 | 2"),
        ("table", "|a|\n|-|\n|1|"),
        ("table", "|a\\|b|c|\n|-|-|"),
        ("code", "```\n# geen kop\n\n- x\n```"),
        ("code", "~~~ python\nx\n~~~"),
        ("code", "``` title=x\ncode\n```"),
        ("code", "```\nniet gesloten\n\n# dus alles"),
        ("code", "```` {.x}\n```\n````"),
        ("code", "    code\n\n    meer"),
        ("code", "\tcode"),
        ("html", "<div>\nx\n</div>"),
        ("html", "<!-- een\n\n# twee"),
        ("html", "<!-- een\n\ntwee -->"),
        ("html", "<hr>"),
        ("html", "<DIV>x</DIV>"),
        ("definition", "Term\n:   Uitleg"),
        ("definition", "Term\n\n:   Uitleg\n\n    meer"),
        ("definition", "A\nB\n: x\n\nC\n: y"),
        ("admonition", '!!! note "Let op"\n    x\n\n    y'),
        ("note", "[^1]: voet\nlui\n\n    meer"),
        ("reference", "[a]: https://example.org 'titel'"),
        ("reference", "*[UE]: Union européenne"),
    ],
)
def test_kinds(kind: str, text: str) -> None:
    assert kinds(text) == [kind]
    assert kinds(f"\n\n{text}\n\n") == [kind]


@pytest.mark.parametrize(
    ("text", "found"),
    named(
        [
            ("a heading ends a paragraph", "a\n# b\nc", ["paragraph", "heading", "paragraph"]),
            ("a fence ends a paragraph", "a\n```\nb\n```\nc", ["paragraph", "code", "paragraph"]),
            (
                "HTML ends a paragraph, and itself at a blank line",
                "a\n<div>b</div>\nc\n\nd",
                ["paragraph", "html", "paragraph"],
            ),
            (
                "Markdown in HTML, after a blank line",
                "<div>\n\n## b\n\n- c\n\n</div>",
                ["html", "heading", "list", "html"],
            ),
            ("another mark, another list", "* a\n\n+ b\n1. c\n2) d", ["list"] * 4),
            ("quotations do not join", "> a\n\n> b", ["quote", "quote"]),
            (
                "a table ends a paragraph",
                "a\n| b |\n|---|\n| c |\n\nd",
                ["paragraph", "table", "paragraph"],
            ),
            ("a list ends a table", "| b |\n|---|\n- c", ["table", "list"]),
            ("a quotation ends a paragraph", "a\n> b", ["paragraph", "quote"]),
            ("a list ends a paragraph", "a\n- b", ["paragraph", "list"]),
            (
                "so does one of numbers, from 1 on",
                "a\n1. b\n\nc\n2. d",
                ["paragraph", "list", "paragraph"],
            ),
            ("a rule ends a paragraph", "a\n***\nb", ["paragraph", "rule", "paragraph"]),
            ("numbers and bullets are two lists", "1. a\n\n- b", ["list", "list"]),
            ("a paragraph ends a list", "- a\n\nb\n\n- c", ["list", "paragraph", "list"]),
            ("a heading ends a list", "- a\n# b\n- c", ["list", "heading", "list"]),
            ("code after a paragraph", "a\n\n    b", ["paragraph", "code"]),
            ("fences do not join", "```\na\n```\n\n```\nb\n```", ["code", "code"]),
            ("text after code", "    a\nb", ["code", "paragraph"]),
            (
                "text after an admonition",
                "!!! note\n    a\nb\n\nc",
                ["admonition", "paragraph", "paragraph"],
            ),
            (
                "notes and references",
                "[^1]: a\n[^2]: b\n\n[c]: d\n[e]: f",
                ["note", "note", "reference", "reference"],
            ),
            (
                "a fence that nothing closes ends with its item",
                "- a\n  ```\n  b\n\nc",
                ["list", "paragraph"],
            ),
            ("nothing", "\n  \n\n", []),
        ]
    ),
)
def test_where_one_block_ends_and_the_next_begins(text: str, found: list[str]) -> None:
    assert kinds(text) == found


def test_places_are_those_of_the_file() -> None:
    text = "---\ntitle: é\n---\n\n# Één 😀  \n\n  - a\n\n\n    b \n\nslot"
    start = text.index("\n\n#") + 1
    blocks = scan_blocks(text[start:], "content/x/nl.md", start)
    assert [(block.kind, block.text) for block in blocks] == [
        ("heading", "# Één 😀"),
        ("list", "  - a\n\n\n    b"),
        ("paragraph", "slot"),
    ]
    for block in blocks:
        assert text[block.span.start : block.span.end] == block.text
        assert block.span.path == "content/x/nl.md"


@pytest.mark.parametrize(
    "text",
    named(
        [
            ("open fences", "```a\n" * 20_000),
            ("open elements", "<div>\n" * 10_000),
            ("open comments", "<!--" * 20_000),
            ("open comments in an element", "<div>\n" + "<!-- \n" * 20_000),
            ("headings", "# x\n" * 20_000),
            ("quotations in one line", "> " * 20_000),
            ("blank lines", "\n" * 100_000),
            ("definitions", "a\n: b\n" * 10_000),
            ("bars", "| " * 4000 + "\n" + "|-" * 4000),
            ("backticks", "`" * 20_000),
        ]
    ),
)
def test_a_hostile_text_is_scanned_soon(text: str) -> None:
    began = time.process_time()
    scan_blocks(text, "x.md")
    assert time.process_time() - began < 2
