"""The scan loses nothing, and cuts a text where Python-Markdown does; no text slips past a limit."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from diptych.markdown import scan_blocks
from diptych.markdown.library import to_html
from tests.strategies import TEXTS

BLOCKS = st.sampled_from(
    [
        # headings, rules
        "# Kop",
        "## Kop {#id}",
        "### Kop ###",
        "##Kop",
        "Kop\n===",
        "Kop twee\n---",
        "---",
        "***",
        "* * *",
        "- - -",
        "___",
        # paragraphs
        "Een zin.",
        "Een zin\nop twee regels.",
        "*Nadruk* en [link](page:x).",
        "Prijs: 12 | 13",
        "1.5 procent",
        "-zonder spatie",
        "Zin met\n  inspringing",
        "![foto](a.jpg)",
        "[a]{lang=fr} b",
        "&copy; x",
        "x\n    y",
        "\\# geen kop",
        "**vet**",
        "*cursief* woord",
        "Zin  \nmet einde",
        "<https://a.be>",
        "<span>x</span> y",
        "a\n- b",
        # lists, quotations
        "- a\n- b",
        "* a",
        "1. een\n2. twee",
        "- a\n\n- b",
        "- a\n\n    alinea\n- b",
        "- a\n    - b\n        - c",
        "10. tien",
        "- a\n  vervolg",
        "+ plus",
        "- a\n\n    > q",
        "1. a\n\n    ```\n    x\n    ```",
        "> a",
        "> a\n> b",
        "> a\nlui",
        "> a\n>\n> b",
        "> - a\n> - b",
        "> # x",
        "a\n> b",
        # tables, definitions, code, HTML, admonitions
        "a | b\n--|--\n1 | 2",
        "| a | b |\n|---|:-:|\n| 1 | 2 |",
        "a|b\n-|-",
        "Term\n:   Uitleg",
        "Term\n:   Een\n:   Twee",
        "A\nB\n:   x",
        "Term\n\n:   Uitleg",
        "Term\n:   Een\n\n    Twee",
        "```\nx\n```",
        "~~~ python\nx\n\ny\n~~~",
        "```\n# geen kop\n- x\n```",
        "    code",
        "    code\n\n    meer",
        "<div>x</div>",
        "<div>\n# x\n</div>",
        "<section>\nx\n</section>",
        "1) een\n2) twee",
        "- a\n  - b",
        "- a\n  ```\n  x\n  ```",
        "a\n1. b",
        "a\n| b |\n|---|\n| c |",
        "- [ ] te doen\n- [x] gedaan",
        "> [!NOTE]\n> a",
        "<!-- noot -->",
        "!!! note\n    x",
        '!!! note "Let op"\n    x\n\n    y',
        "!!! warning\n    - a\n    - b",
    ]
)
# No element stands where they do, so a list or quotation goes on across them: authors put them last.
LAST = st.sampled_from(
    ["[^1]: voetnoot", "[^1]: noot\n    vervolg\n\n    nog", "[r]: https://x.be 't'", "*[BTW]: x"]
)
DOCUMENTS = st.tuples(st.lists(BLOCKS, max_size=8), st.lists(LAST, max_size=3)).map(
    lambda parts: "\n\n".join((*parts[0], *parts[1])) + "\n"
)
ELEMENTS = {
    "p": "paragraph",
    "ul": "list",
    "ol": "list",
    "table": "table",
    "blockquote": "quote",
    "pre": "code",
    "dl": "definition",
    "hr": "rule",
    "section": "html",
}


def kinds_of_the_library(text: str) -> list[str]:
    """The kinds of its top-level elements, without the notes that it collects at the end."""
    found = []
    for element in html.fragment_fromstring(to_html(text), create_parent="div"):
        if not isinstance(element.tag, str):
            found.append("html")  # a comment
        elif re.fullmatch("h[1-6]", element.tag):
            found.append("heading")
        elif element.tag == "div":
            name = (element.get("class") or "html").split()[0]
            found += [] if name == "footnote" else [name]
        else:
            found.append(ELEMENTS[element.tag])
    return found


@given(DOCUMENTS)
def test_the_scan_agrees_with_the_library_in_kind_and_number(text: str) -> None:
    ours = [
        "admonition" if block.text.startswith("> [!") else block.kind
        for block in scan_blocks(text, "x.md")
        if block.kind not in ("note", "reference")
    ]
    assert ours == kinds_of_the_library(text)


@given(TEXTS | DOCUMENTS)
def test_every_character_lies_in_exactly_one_block_in_order(text: str) -> None:
    start = 7
    end = 0
    for block in scan_blocks(text, "x.md", start):
        first, last = block.span.start - start, block.span.end - start
        assert text[end:first].strip() == ""
        assert text[first:last] == block.text
        assert first < last <= len(text)
        end = last
    assert text[end:].strip() == ""


@given(DOCUMENTS, DOCUMENTS)
def test_blocks_do_not_depend_on_what_comes_after_a_heading(before: str, after: str) -> None:
    """What parity tracks in one section is not moved by an edit in the next."""
    alone = [block.text for block in scan_blocks(before, "x.md")]
    together = [block.text for block in scan_blocks(f"{before}\n# Kop\n\n{after}", "x.md")]
    assert together[: len(alone)] == alone
