"""What must be equal in all languages, on texts so small that nothing else is in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.diagnostics import Severity
from diptych.pipeline import Build
from diptych.translation.detection import detect_language
from tests.parity.pairs import differences, told

DUTCH = "Wij zijn met velen en wij blijven hier tot de wet ons beschermt."
FRENCH = "Nous sommes nombreuses et nous restons ici jusqu'à ce que la loi nous protège."
ENGLISH = "We are here and we will be here for as long as it takes to have the law on our side."
GERMAN = "Wir sind viele und wir bleiben hier, bis das Gesetz uns schützt."


def test_a_fact_is_named_on_its_own_line_of_a_long_unit() -> None:
    """Also when the same figure stands in the unit before."""
    dutch = "- 10 leden\n- 20 leden\n- 10 leden\n- 30 leden"
    french = "- 10 membres\n- 20 membres\n- 10 membres\n- 40 membres"
    (first, second) = differences({"nl": dutch, "fr": french}, kind="list")
    assert (first.span.start, second.span.start) == (dutch.index("30"), french.index("40"))
    assert str(first.message) == "“30” stands here, “40” in fr.md:4"
    (lost, gained) = differences({"nl": dutch, "fr": french.replace("40", "10")}, kind="list")
    assert lost.span.start == dutch.index("30")
    assert gained.span.path == "fr.md"


def test_a_fact_in_quoted_yaml_is_named_at_its_column(site: Callable[..., Build]) -> None:
    build = site(
        {
            "content/about/nl.md": "---\ntitle: Over ons\ndescription: 'Sinds 2015.'\n---\n\nTekst.\n",
            "content/about/fr.md": '---\ntitle: À propos\ndescription: "Depuis 2016."\n---\n\nTexte.\n',
        }
    )
    found = [each for each in build.diagnostics if each.check == "facts-differ"]
    assert [
        build.sources[each.span.path].text[each.span.start : each.span.end] for each in found
    ] == [
        "2016",
        "2015",
    ]


def test_the_same_words_in_both_languages_are_told_where_they_are_foreign() -> None:
    assert {(path, check) for path, check, _ in told({"nl": DUTCH, "fr": DUTCH})} == {
        ("fr.md", "untranslated"),
        ("fr.md", "wrong-language"),
    }
    assert {(path, check) for path, check, _ in told({"nl": FRENCH, "fr": FRENCH})} == {
        ("nl.md", "untranslated"),
        ("nl.md", "wrong-language"),
    }


def test_words_of_no_known_language_are_told_on_both_sides() -> None:
    text = "Lorem ipsum dolor sit amet consectetur."
    assert [(path, check) for path, check, _ in told({"nl": text, "fr": text})] == [
        ("nl.md", "untranslated"),
        ("fr.md", "untranslated"),
    ]


def test_another_case_or_wrapping_does_not_hide_that_nobody_translated() -> None:
    assert told({"nl": DUTCH, "fr": DUTCH.upper().replace(" EN ", "\nEN ")}) != []


@pytest.mark.parametrize("text", ["UTSOPI Corona TV", "info@utsopi.be", "Le Soir", "1, 2, 3"])
def test_names_need_no_translation(text: str) -> None:
    assert told({"nl": text, "fr": text}) == []


def test_a_quotation_that_says_its_language_may_be_foreign() -> None:
    quoted = f"Zij zei: [{FRENCH}]{{lang=fr}}"
    assert told({"nl": quoted, "fr": FRENCH}) == []


@pytest.mark.parametrize(
    ("text", "detected"),
    [
        (DUTCH, "nl"),
        (FRENCH, "fr"),
        (GERMAN, "de"),
        ("We are here and we will be here for as long as it takes to have the law.", "en"),
        ("Te kort om te weten.", None),
        ("", None),
        ("1 2 3 4 5 6 7 8 9 10", None),
        (f"{DUTCH} {FRENCH}", None),
        (
            "Sonia Verstappen, Maxime Maes, Luca Stevenson, Marie, Julie, Yumi, Violett, Payoke",
            None,
        ),
    ],
)
def test_a_language_is_known_by_its_commonest_words_or_not_at_all(
    text: str, detected: str | None
) -> None:
    assert detect_language(text) == detected


@pytest.mark.parametrize("text", [GERMAN, ENGLISH])
def test_a_language_that_the_site_does_not_have_is_known_too(text: str) -> None:
    found = differences({"nl": DUTCH, "fr": text})
    assert [(each.span.path, each.check) for each in found] == [("fr.md", "wrong-language")]
    name = {GERMAN: "Deutsch", ENGLISH: "English"}[text]
    assert str(found[0].message) == f"this reads as {name}; the page is in Français"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"- <https://example.org/the/way/of/the/people/{n}>" for n in range(6)),
        "- https://www.example.org/this-is-the-page-of-the-day-and-it-is-for-you",
        "```python\nfor the in of: print(the, and, to, is, for, it, with)\n```",
        "`for the and of to in that is was for it with`: zo.",
        "<!-- for the people who are in the house and not in the garden -->",
        '<p class="for the and of to in that is was for it with">Zo.</p>',
        "the.and.of.to@example.org, is.for.it@example.org en was.that@example.org",
        "Zie /the/and/of/to/in/that/is/was/for/it/with/us en www.the-and-of.org.",
        "[Zo zei zij: We are not here for the money and we will not be silent.]{lang=en}",
    ],
)
def test_addresses_code_and_what_is_marked_are_in_no_language(text: str) -> None:
    assert detect_language(text) is None


def test_points_within_points_count() -> None:
    dutch = "- een\n    - twee\n- drie\n\n    En nog dit."
    assert told({"nl": dutch, "fr": "- un\n    - deux\n- trois"}, kind="list") == []
    assert {check for _, check, _ in told({"nl": dutch, "fr": "- un\n- trois"}, kind="list")} == {
        "list-differs"
    }


@pytest.mark.parametrize(
    ("layout", "severity"),
    [
        ("page", Severity.INFO),
        ("faq", Severity.WARNING),
        ("timeline", Severity.WARNING),
    ],
)
def test_a_list_inside_a_text_weighs_as_its_layout_asks(layout: str, severity: Severity) -> None:
    texts = {"nl": "- een\n- twee", "fr": "- un"}
    found = differences(texts, kind="quote", layout=layout)
    assert {each.severity for each in found if each.check == "list-differs"} == {severity}


def test_paragraphs_are_counted_where_a_unit_has_several() -> None:
    texts = {"nl": "Een.\n\nTwee.\n \nDrie.", "fr": "Un.\n\nDeux."}
    found = [check for _, check, _ in told(texts, kind="answer", layout="faq")]
    assert found == ["paragraphs-differ", "paragraphs-differ"]
    assert told(texts, kind="answer", layout="page") == []


@pytest.mark.parametrize(
    ("dutch", "french", "same"),
    [
        ("## Wie", "## Qui", True),
        ("## Wie", "### Qui", False),
        ("Wie\n---", "## Qui", True),
        ("Wie\n===", "## Qui", False),
    ],
)
def test_headings_have_the_same_level_however_they_are_marked(
    dutch: str, french: str, same: bool
) -> None:
    found = [check for _, check, _ in told({"nl": dutch, "fr": french}, kind="heading")]
    assert found == ([] if same else ["heading-level-differs"] * 2)


def test_what_is_not_surely_the_same_is_not_compared(site: Callable[..., Build]) -> None:
    build = site(
        {
            "content/about/nl.md": "---\ntitle: Over ons\n---\n\nWij in 2015.\n\nJij in 2016.\n\nZij in 2017.\n",
            "content/about/fr.md": "---\ntitle: À propos\n---\n\nVous en 1999.\n\nElles en 1998.\n",
        }
    )
    told = {each.check for each in build.diagnostics}
    assert "uncertain-alignment" in told
    assert "facts-differ" not in told
