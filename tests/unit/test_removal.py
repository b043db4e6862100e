"""What is taken out of a file when a page or an entry goes, and what stays."""

from __future__ import annotations

import pytest

from diptych.content.removal import (
    chapter_begins_later,
    taken_out_of_yaml,
    unlinked,
    without_item,
)
from diptych.content.timeline import timeline_of
from diptych.content.types import TIMELINE, RecordsRequest, read_records
from diptych.diagnostics import Source, Span, applied


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
        (
            "[Wij](page:y)\n\nLees [zij](page:x).\n\n[Wij](page:y)",
            "[Wij](page:y)\n\nLees zij.\n\n[Wij](page:y)",
        ),
        ("Een `\n\nLees [zij](page:x).\n\nEen `", "Een `\n\nLees zij.\n\nEen `"),
        ("Eén [\n\nLees [zij](page:x).", "Eén [\n\nLees zij."),
        ("[zij](page:x)\n\n", "zij\n\n"),
        ("![Een [huis](page:x)](huis.png)", "![Een huis](huis.png)"),
        ('Lees <a href="page:x">ons *verhaal*</a>.', "Lees ons *verhaal*."),
        ("![Een huis](page:x)", ""),
        ('<img src="page:x">', ""),
        ("Schrijf `[haar](page:x)`.", ""),
        ("Zie page:x.", ""),
        ("Zie page:x, en [haar](page:y).", ""),
    ],
)
def test_only_the_words_of_a_link_stay(text: str, without: str) -> None:
    """`without` is "" if no link is at the place. The text of a record is indented as code is in
    Markdown, but it is no code.
    """
    source = Source("content/a/nl.md", text)
    start = text.index("page:x")
    edits = unlinked(source, source.span(start, start + len("page:x")))
    assert (applied(edits, source) if edits else "") == without


def place(source: Source, words: str) -> Span:
    """The place of these words in a text, at which a reference stands."""
    start = source.text.index(words)
    return source.span(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("a: 1\nb: gone\n", "a: 1\n"),
        ("b: gone\na: 1\n", "a: 1\n"),
        ("a: 1\nb: gone", "a: 1\n"),
        ("a: 1\nb:\n  c: gone\n\n\n", "a: 1\nb:\n"),
        ("a:\n  b: gone\n  c: 1\nd: 2\n", "a:\n  c: 1\nd: 2\n"),
        ("a:\n  c: 1\n  b: gone\n\nd: 2\n", "a:\n  c: 1\nd: 2\n"),
        ("a:\n  c: 1\n  b: gone\n  # more\n# of d\nd: 2\n", "a:\n  c: 1\n  # more\n# of d\nd: 2\n"),
        ("a:\n  c: 1\n  b:\n    - gone\n  # end\n", "a:\n  c: 1\n  # end\n"),
        ("a: 1\nb: [gone]\nc: 2\n", "a: 1\nc: 2\n"),
        ("a: 1\nb: [[gone]]\n", "a: 1\n"),
        ("b: [gone, c]\n", "b: [c]\n"),
        ("b: [c, gone]\n", "b: [c]\n"),
        ("b: [c, gone, d]\n", "b: [c, d]\n"),
        ("b: [c, [d], gone]\n", "b: [c, [d]]\n"),
        ("a: {b: gone, c: 1}\n", "a: {c: 1}\n"),
        ("a: {c: 1, b: gone}\n", "a: {c: 1}\n"),
        ("a: {c: [1], b: gone, d: 2}\n", "a: {c: [1], d: 2}\n"),
        ("a: {b: gone}\n", "a: {}\n"),
        ("b:\n  - gone\n  - c\n", "b:\n  - c\n"),
        ("b:\n- c\n- gone\na: 1\n", "b:\n- c\na: 1\n"),
        ("a: 1\nb:\n- gone\n", "a: 1\n"),
        ("a: 1\nb:\n- gone\nc: 2\n", "a: 1\nc: 2\n"),
        ("a: 1\nb: gone\n  # of b\n# end\n", "a: 1\n# end\n"),
        ("# of all\nb: gone\n# of a\n\na: 1\n", "# of all\na: 1\n"),
        ("a: 1\n# of b\n# and b\nb: gone\n# of c\nc: 2\n", "a: 1\n# of c\nc: 2\n"),
        ("a: 1\n\n# of b\nb: gone\n", "a: 1\n\n"),
        ("a: 1\n  # of b\nb: gone\n", "a: 1\n"),
        ("- id: a\n  by: gone\n- id: b\n", "- id: a\n- id: b\n"),
        ("- id: a\n  by: 'gone'\n", "- id: a\n"),
        ("- id: c\n- by:\n    - gone\n    - d\n  id: a\n", "- id: c\n- by:\n    - d\n  id: a\n"),
    ],
)
def test_a_reference_goes_with_its_key_or_as_an_item(text: str, without: str) -> None:
    """The rest of the file stays, with every comment that is not about the reference."""
    source = Source("content/a/things.yaml", text)
    span = place(source, "'gone'" if "'gone'" in text else "gone")
    assert applied(taken_out_of_yaml(source, span), source) == without
    page = Source("content/a/nl.md", f"---\n{text}\n---\n\ngone: ja\n")
    edits = taken_out_of_yaml(page, place(page, "'gone'" if "'gone'" in text else "gone"))
    assert applied(edits, page).split() == f"---\n{without}\n---\n\ngone: ja\n".split()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- by: gone\n  id: a\n", "gone"),  # the key is on the line with the hyphen of the entry
        ("- gone\n", "gone"),
        ("- id: a\n  text: Zie gone en meer.\n", "gone"),
        ("- id: a\n  text: >\n    gone\n    en meer\n", ">\n    gone\n    en meer\n"),
        ("- id: a\n  text: 'gone\n    en meer'\n", "'gone\n    en meer'"),
        ("- g: 1\n- b\n", "g"),  # the place of a diagnostic about an entry without a needed key
        ("a: [b]\ngone: 1\n", "gone"),
        ("# gone\n", "gone"),
        ("gone\n", "gone"),
    ],
)
def test_what_is_no_reference_stays(text: str, words: str) -> None:
    source = Source("content/a/things.yaml", text)
    assert taken_out_of_yaml(source, place(source, words)) == ()


@pytest.mark.parametrize(
    "text",
    [
        '---\ntitle: A\ntopics: [law]\n---\n\nZie <a href="gone"',
        "---\ntitle: A\nallow:\n  x: a\n---\n\n[a]: gone\n",
        "---\ntitle: A\n\n[a]: gone\n",
        "[a]: gone\n",
    ],
)
def test_a_place_in_the_text_of_a_page_takes_nothing_out_of_its_front_matter(text: str) -> None:
    source = Source("content/a/nl.md", text)
    assert taken_out_of_yaml(source, place(source, "gone")) == ()


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("- id: a\n- id: gone\n- id: b\n", "- id: a\n- id: b\n"),
        ("# all\n- id: gone\n  c:\n    - d\n\n- id: b\n", "# all\n- id: b\n"),
        ("- id: a\n# of it\n- c: 1\n  id: gone\n# end\n", "- id: a\n# end\n"),
        ("- id: a\n- id: gone\n  text: |\n    b\n\n", "- id: a\n"),
        ("-   id: gone\n-   id: a\n", "-   id: a\n"),
        ("-\n  id: a\n-\n  id: gone\n", "-\n  id: a\n"),
        ("[{id: a}, {id: gone}]\n", "[{id: a}]\n"),
        ("[{id: gone}, {id: a}]\n", "[{id: a}]\n"),
    ],
)
def test_an_entry_goes_with_its_lines(text: str, without: str) -> None:
    source = Source("content/a/things.yaml", text)
    assert applied(without_item(source, place(source, "gone")), source) == without


@pytest.mark.parametrize(
    ("from_", "gone", "without"),
    [
        ("one two", "two", "one three"),
        ("one three", "three", "one"),
        ("one two three", "two", "one three"),
        ("two three", "two", "three"),
        ("one two", "four", None),
        ("one two", "", None),
    ],
)
def test_a_chapter_begins_later_or_goes(from_: str, gone: str, without: str | None) -> None:
    """Without its first event it begins with the next one, if there is one without a chapter."""

    def chapters(events: str) -> Source:
        lines = (f"- id: c\n  from: {each}\n  title: {{nl: C}}\n" for each in events.split())
        return Source("content/a/chapters.yaml", "".join(["- id: begun\n", *lines]))

    dates = enumerate(("one", "two", "three"), start=2000)
    text = "".join(f"- {{id: {name}, date: {year}}}\n" for year, name in dates)
    request = RecordsRequest(Source("content/a/timeline.yaml", text), TIMELINE, "a", ("nl",))
    timeline = timeline_of(read_records(request).value)
    source = chapters(from_)
    span = place(source, gone if without is not None else "two")
    edits = chapter_begins_later(source, span, gone, timeline)
    if without is None:
        assert edits == ()
    else:
        assert applied(edits, source) == chapters(without).text
    assert chapter_begins_later(source, span, gone, None) == ()
