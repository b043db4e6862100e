"""Texts cut into the units that are translated one by one, and what counts as a change of one."""

from __future__ import annotations

import pytest

from diptych.content.page import DocumentRequest, parse_document
from diptych.content.types import TIMELINE, RecordsRequest, read_records
from diptych.diagnostics import Source
from diptych.translation import Unit, normalise, units_of
from tests.parity.pairs import LANGUAGES

NBSP, NARROW = "\u00a0", "\u202f"


def units(text: str, *, head: str = "title: Titel") -> list[Unit]:
    """The units of a Dutch page `about`."""
    source = Source("content/about/nl.md", f"---\n{head}\n---\n\n{text}")
    request = DocumentRequest(source, "about", "nl", tuple(LANGUAGES.values()))
    return list(units_of(parse_document(request).value, (), "nl"))


def digests(text: str, **settings: str) -> list[str]:
    return [unit.digest for unit in units(text, **settings)]


def shown(found: list[Unit]) -> list[tuple[str, str, str]]:
    return [(unit.kind, unit.section, unit.fixed) for unit in found]


def test_every_kind_of_block_is_a_unit_of_the_section_it_stands_in() -> None:
    found = units(
        "Vooraf.\n\n## Wie {#who}\n\nTekst.\n\n- een\n- twee\n\n> Citaat\n\n| a | b |\n| - | - |\n"
        "| 1 | 2 |\n\n![Foto](foto.jpg){.optional}\n\n---\n\n### Zonder id\n\nNoot.[^1]\n\n"
        "[^1]: De bron.\n\n[naam]: page:home\n",
        head="title: Titel\ndescription: Uitleg\nimage: foto.jpg\nimage_alt: Een foto",
    )
    assert shown(found) == [
        ("title", "", "front title"),
        ("description", "", "front description"),
        ("image_alt", "", "front image_alt"),
        ("paragraph", "", ""),
        ("heading", "who", "heading who"),
        ("paragraph", "who", ""),
        ("list", "who", ""),
        ("quote", "who", ""),
        ("table", "who", ""),
        ("figure", "who", ""),
        ("heading", "zonder-id", ""),
        ("paragraph", "zonder-id", ""),
        ("note", "zonder-id", ""),
    ]
    assert found[4].text == "## Wie"
    assert [unit.items for unit in found if unit.kind == "list"] == [2]
    assert [unit.words for unit in found if unit.kind == "quote"] == [2]


def test_a_heading_in_a_quote_is_part_of_the_quote() -> None:
    found = units("> ## Geciteerd\n\n## Wie {#who}\n\nTekst.\n\n## Wat {#what}\n\nMeer.\n")
    assert [unit.section for unit in found[2:]] == ["who", "who", "what", "what"]


def test_all_that_answers_a_question_is_one_unit() -> None:
    found = units(
        "Vooraf.\n\nNog iets.\n\n## Wie? {#who}\n\nWij.\n\n- een\n- twee\n\n## Hoe?\n\nZo.\n\n"
        "## Leeg? {#no}\n",
        head="title: Vragen\nlayout: faq",
    )
    assert shown(found[1:]) == [
        ("paragraph", "", "paragraph "),
        ("heading", "who", "heading who"),
        ("answer", "who", "answer who"),
        ("heading", "hoe", ""),
        ("answer", "hoe", ""),
        ("heading", "no", "heading no"),
    ]
    assert found[1].text == "Vooraf.\n\nNog iets."
    assert (found[3].text, found[3].items) == ("Wij.\n\n- een\n- twee", 2)


def test_an_event_has_a_title_and_a_text() -> None:
    source = Source(
        "content/time/timeline.yaml",
        (
            "- id: start\n  date: 2020\n  title: {nl: Begin, fr: Début}\n  text:\n    nl: |\n"
            "      Wij begonnen.\n\n      Toen ging het door.\n- id: end\n  date: 2021\n"
            "  title: {nl: Einde}\n  text: {fr: Fini.}\n"
        ),
    )
    request = RecordsRequest(source, TIMELINE, "time", ("nl", "fr"))
    records = (read_records(request).value,)
    assert shown(list(units_of(None, records, "nl"))) == [
        ("event-title", "start", "event-title start"),
        ("event-text", "start", "event-text start"),
        ("event-title", "end", "event-title end"),
    ]
    assert [unit.text for unit in units_of(None, records, "fr")] == ["Début", "Fini."]
    assert all(unit.in_yaml for unit in units_of(None, records, "nl"))


# Written in two ways that read the same.
ALIKE = (
    ("wrapping", "Wij zijn met velen en\nwij blijven.", "Wij zijn\nmet velen en wij\nblijven."),
    ("a year in front of a line", "Het was\n2015. Toen ging het.", "Het was 2015. Toen\nging het."),
    ("quotation marks", "Zij zei \"ja\" en 'nee'.", "Zij zei “ja” en ‘nee’."),
    ("French quotation marks", 'Zij zei "ja".', f"Zij zei «{NBSP}ja{NARROW}»."),
    ("low quotation marks", 'Zij zei "ja".', "Zij zei „ja”."),
    ("an apostrophe", "'s Avonds, collega's.", "’s Avonds, collega’s."),
    (
        "spaces before punctuation",
        "Wie ? Wij ; jij : allen !",
        f"Wie{NARROW}? Wij; jij{NBSP}: allen!",
    ),
    ("spaces in amounts", "50% van € 20", f"50{NBSP}% van €20"),
    ("an ellipsis", "Misschien...", "Misschien…"),
    ("emphasis", "Dit is *van* **belang**.", "Dit is _van_ __belang__."),
    ("the mark of a list", "- een\n- twee\n- drie", "*   een\n*   twee\n*   drie"),
    ("the numbers of a list", "1. een\n2. twee", "1. een\n1. twee"),
    ("a list with air", "- een\n- twee", "- een\n\n- twee"),
    ("wrapping in a list", "- een lang\n  punt\n- twee", "- een lang punt\n- twee"),
    ("the mark of a quote", "> Lang\n> citaat", "> Lang citaat"),
    ("a list in a quote", "> - een\n> - twee", "> * een\n> * twee"),
    ("the padding of a table", "| a | b |\n| --- | --- |\n| 1 | 2 |", "a|b\n-|-\n1|2"),
    ("an underlined heading", "## Wie {#who}\n\nWij.", "Wie {#who}\n----------\n\nWij."),
    ("a closed heading", "## Wie {#who}", "## Wie ## {#who}"),
    ("another id", "## Wie {#who}", "## Wie {#who-we-are}"),
    ("attributes", "[x]{lang=en}", "[x]{: lang=en}"),
    ("a link by the file", "[x](page:faq#join)", "[x](../faq/nl.md#join)"),
    ("a link within the page", "## A {#a}\n\n[x](#a)", "## A {#a}\n\n[x](page:about#a)"),
    ("a link by name", "[x](page:faq) en zo", "[x][de vragen] en zo\n\n[De Vragen]: page:faq"),
    (
        "a link by its own words",
        "[vragen](page:faq) en zo",
        "[vragen][] en zo\n\n[vragen]: page:faq",
    ),
    ("empty lines", "Een.\n\nTwee.", "\n\nEen.\n\n\n\nTwee.\n\n"),
)


@pytest.mark.parametrize(("name", "one", "other"), ALIKE, ids=lambda text: text[:30])
def test_reformatting_changes_nothing(name: str, one: str, other: str) -> None:
    assert digests(one) == digests(other)


CHANGED = (
    ("a word", "Wij zijn hier.", "Wij waren hier."),
    ("a capital", "de wet", "De wet"),
    ("a figure", "1.200 mensen", "1.300 mensen"),
    ("a link", "[x](page:faq)", "[x](page:faq#join)"),
    ("a link by name", "[x][a]\n\n[a]: page:faq", "[x][a]\n\n[a]: page:mission"),
    ("emphasis", "Dit is van belang.", "Dit is *van* belang."),
    ("a point less", "- een\n- twee", "- een"),
    ("two points in one", "- een\n- twee", "- een twee"),
    ("the kind", "een", "- een"),
    ("a heading", "## Wie {#who}", "## Wat {#who}"),
    ("a cell", "| a | b |\n| - | - |\n| 1 | 2 |", "| a | b |\n| - | - |\n| 1 | 3 |"),
    ("two cells in one", "| a | b |\n| - | - |\n| 1 | 2 |", "| a | b |\n| - | - |\n| 1 2 | |"),
    ("a picture", "![x](a.jpg)", "![x](b.jpg)"),
    ("an alternative text", "![x](a.jpg)", "![y](a.jpg)"),
    ("the language of words", "[x]{lang=en}", "[x]{lang=fr}"),
    ("a mark of a word", "snake_case_word", "snake*case*word"),
)


@pytest.mark.parametrize(("name", "one", "other"), CHANGED, ids=lambda text: text[:30])
def test_what_a_reader_reads_is_a_change(name: str, one: str, other: str) -> None:
    assert digests(one) != digests(other)


def test_a_date_in_front_of_a_title_counts() -> None:
    assert digests("", head="title: 8. Juni") != digests("", head="title: 9. Juni")


def test_normalising_twice_changes_nothing_more() -> None:
    for _, one, other in (*ALIKE, *CHANGED):
        for text in (one, other):
            assert normalise(normalise(text)) == normalise(text)
