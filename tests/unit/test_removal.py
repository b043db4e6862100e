"""When a page is taken down, the words of a link to it stay in the text, without the link."""

from __future__ import annotations

import pytest

from diptych.content.removal import unlinked
from diptych.diagnostics import Source, applied


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Lees [ons verhaal](page:x) eerst.", "Lees ons verhaal eerst."),
        ("Lees [ons verhaal](page:x){lang=nl} eerst.", "Lees ons verhaal eerst."),
        ('Lees [ons verhaal](page:x "Wij") eerst.', "Lees ons verhaal eerst."),
        ("Lees [ons verhaal](<page:x>).", "Lees ons verhaal."),
        ("Lees [dit (kort)](https://a.example/page:x_(b)).", "Lees dit (kort)."),
        ("Lees [ons\nverhaal](page:x).", "Lees ons\nverhaal."),
        ("[Wij](page:y), [zij](page:x).", "[Wij](page:y), zij."),
        ("[![Een huis](huis.png)](page:x)", "![Een huis](huis.png)"),
        (
            "- id: a\n  text:\n    nl: |\n      Zie [haar](page:x).",
            "- id: a\n  text:\n    nl: |\n      Zie haar.",
        ),
        ("![Een huis](page:x)", ""),
        ('Lees <a href="page:x">ons verhaal</a>.', ""),
        ("Schrijf `[haar](page:x)`.", ""),
        ("Zie page:x.", ""),
    ],
)
def test_only_the_words_of_a_link_stay(text: str, without: str) -> None:
    """`without` is "" if no Markdown link is at the place. The text of a record is indented like code,
    and is none.
    """
    source = Source("content/a/nl.md", text)
    start = text.index("page:x")
    edits = unlinked(source, source.span(start, start + len("page:x")))
    assert (applied(edits, source) if edits else "") == without
