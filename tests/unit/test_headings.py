"""Headings of a page in its languages: which say the same, and the id that all of them get."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diptych.cache import Cache
from diptych.content.page import settled_ids
from diptych.diagnostics import Span, applied, correction_of
from diptych.fix import mend
from diptych.model import Heading
from diptych.pipeline import Build, Options, read_site
from diptych.translation.headings import are_settled, heading_rows, shared_names
from tests.conftest import make_tree

Builds = Callable[..., Build]
NL, FR, HOME = "content/about/nl.md", "content/about/fr.md", "content/home/fr.md"


def headings(*written: str) -> tuple[Heading, ...]:
    """`## Wie {#who}`, or without an id, which is then made of the words."""
    found = []
    for each in written:
        signs, _, rest = each.partition(" ")
        words, _, identity = rest.partition(" {#")
        name = identity.rstrip("}") or words.lower().replace(" ", "-")
        found.append(Heading(len(signs), name, words, bool(identity), Span("nl.md")))
    return tuple(found)


@pytest.mark.parametrize(
    ("left", "right", "pairs"),
    [
        (("## Wie", "## Waar"), ("## Qui", "## Où"), [(0, 0), (1, 1)]),
        (("## Wie {#who}", "## Waar"), ("## Où", "## Qui {#who}"), [(0, 1)]),
        (("## Wie {#who}", "### Waar"), ("## Qui {#who}", "## Où"), [(0, 0)]),
        (("## Wie", "## Waar"), ("## Qui",), []),
        (("## A {#a}", "## Wie", "## B {#b}"), ("## A {#a}", "## B {#b}"), [(0, 0), (2, 1)]),
        (("## Word lid {#word-lid}",), ("## Devenir membre {#devenir-membre}",), [(0, 0)]),
        (("## Samen {#reunions}",), ("## Réunions {#réunions}",), [(0, 0)]),
        (("## Onze prijs {#award}",), ("## Nos archives {#archive}",), []),  # two things
        (("## Onze prijs {#award}",), ("## Archives {#archives}",), []),
        (  # all ids of one language are translated
            ("## Wie {#who}", "## Waar {#where}"),
            ("## Qui {#qui}", "## Où {#ou}"),
            [(0, 0), (1, 1)],
        ),
        (
            ("## Qui {#qui}", "## Où {#ou}"),
            ("## Wie {#who}", "## Waar {#where}"),
            [(0, 0), (1, 1)],
        ),
        (("## Wie {#who}", "## Waar {#where}"), ("## Qui {#qui}", "## Où {#place}"), []),
        (("## Wie {#who}", "### Waar {#where}"), ("## Qui {#qui}", "## Où {#ou}"), []),
    ],
)
def test_which_headings_say_the_same(
    left: tuple[str, ...], right: tuple[str, ...], pairs: list[tuple[int, int]]
) -> None:
    rows = heading_rows({"nl": headings(*left), "fr": headings(*right)})
    assert [(each["nl"], each["fr"]) for each in rows if len(each) == 2] == pairs
    assert sorted(row["nl"] for row in rows if "nl" in row) == list(range(len(left)))
    assert sorted(row["fr"] for row in rows if "fr" in row) == list(range(len(right)))


def test_three_languages_share_a_row() -> None:
    rows = heading_rows({"nl": headings("## A"), "fr": headings("## B"), "de": headings("## C")})
    assert rows == ({"nl": 0, "fr": 0, "de": 0},)


def test_a_translated_id_stands_for_that_of_the_first_language() -> None:
    written = {"nl": headings("## Lid {#lid}"), "fr": headings("## Membre {#membre}")}
    assert shared_names(written) == {("fr", "membre"): "lid"}


def bare(nl: str, fr: str, home: str = "") -> dict[str, str]:
    return {
        NL: f"---\ntitle: Over ons\n---\n\n{nl}\n",
        FR: f"---\ntitle: À propos\n---\n\n{fr}\n",
        HOME: f"---\ntitle: Bienvenue\nlayout: home\n---\n\nLisez [qui nous sommes](page:about).\n{home}",
    }


UNNAMED = bare(
    "Lees [hoe](#word-lid).\n\n## Word lid\n\nVul in.\n\n## Word lid\n\nNog eens.",
    "Lisez [comment](#devenir-membre).\n\n## Devenir membre\n\nRemplissez.\n\n## Encore\n\nEncore.",
    "\nEt [devenez membre](page:about#devenir-membre), ou [ainsi](../about/fr.md#devenir-membre).\n",
)


def test_a_heading_is_told_once_for_all_its_languages(site: Builds) -> None:
    told = [each for each in site(UNNAMED).diagnostics if each.check == "heading-without-id"]
    assert [each.span.path for each in told] == [NL, NL]
    assert all(each.certain for each in told)
    correction = correction_of(told[0], site(UNNAMED).sources)
    assert correction is not None
    assert correction.path == NL
    assert correction.text == "## Word lid {#word-lid}"
    assert {each.path for each in correction.elsewhere} == {FR, HOME}


def test_fix_writes_the_same_id_into_all_languages_and_the_links_follow(cache: Cache) -> None:
    tree = make_tree(UNNAMED)
    mended = mend(tree, cache)
    text = {path: data.decode() for path, data in mended.files.items()}
    assert "## Word lid {#word-lid}\n" in text[NL]
    assert "## Devenir membre {#word-lid}\n" in text[FR]
    assert "[comment](#word-lid)" in text[FR]
    assert "](page:about#word-lid)" in text[HOME]
    assert "](../about/fr.md#word-lid)" in text[HOME]
    assert "## Word lid {#word-lid-2}\n" in text[NL]
    assert "## Encore {#word-lid-2}\n" in text[FR]
    again = read_site(make_tree(UNNAMED | text), Options(), cache)
    checks = {each.check for each in again.diagnostics if each.span.path != HOME}
    assert not checks & {"heading-without-id", "broken-anchor", "missing-unit", "links-differ"}
    assert "broken-anchor" not in {each.check for each in again.diagnostics}
    assert mend(make_tree(UNNAMED | text), cache).files == {}


PEOPLE = "content/home/people.yaml"


def test_links_in_fields_of_a_site_follow_too(cache: Cache) -> None:
    files = UNNAMED | {
        "content/types.yaml": "people:\n  id: {type: key, required: true}\n"
        "  bio: {type: prose, translate: true}\n  see: {type: link}\n",
        PEOPLE: "- id: jan\n  bio:\n    nl: Word [lid](page:about#word-lid).\n"
        "    fr: Devenez [membre](page:about#devenir-membre).\n  see: page:about#word-lid\n",
        "content/home/timeline.yaml": "- id: start\n  date: 2020-01-01\n"
        '  title: {nl: "[Begin](page:about#word-lid)", fr: "[Début](page:about#devenir-membre)"}\n'
        "  text: {nl: Wij beginnen., fr: Nous commençons.}\n",
    }
    mended = mend(make_tree(files), cache)
    text = {path: data.decode() for path, data in mended.files.items()}
    assert "[membre](page:about#word-lid)" in text[PEOPLE]
    assert 'fr: "[Début](page:about#word-lid)"' in text["content/home/timeline.yaml"]


def test_fix_of_one_file_leaves_what_concerns_two(cache: Cache) -> None:
    assert mend(make_tree(UNNAMED), cache, {NL}).files == {}


def test_what_stands_below_two_ids_of_one_heading_is_compared(site: Builds) -> None:
    files = bare(
        "## Word lid {#word-lid}\n\nWe zijn met 12.",
        "## Devenir membre {#devenir-membre}\n\nNous sommes 13.",
    )
    checks = {each.check for each in site(files).diagnostics}
    assert {"heading-ids-differ", "facts-differ"} <= checks
    assert "missing-unit" not in checks


def test_a_bold_line_is_a_question_only_on_a_page_of_questions(site: Builds) -> None:
    for layout, told in (("faq", 1), ("page", 0)):
        text = f"---\ntitle: T\nlayout: {layout}\n---\n\n## Wie? {{#who}}\n\nWij.\n\n**Kan dat?**\n\nJa.\n"
        found = site({NL: text}).diagnostics
        assert len([each for each in found if each.check == "bold-question"]) == told


SETTLED = "## A {#a}\n\n### B {#b}\n\n## C {#c}\n"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (SETTLED, SETTLED),
        (SETTLED, ""),
        ("", ""),
        (SETTLED, SETTLED.replace("{#b}", "{#z}")),
        (SETTLED, SETTLED.replace(" {#b}", "")),
        (SETTLED, SETTLED.replace("### B", "#### B")),
        (SETTLED, SETTLED.replace("## A", "# A")),
        (SETTLED, "## C {#c}\n\n## A {#a}\n\n### B {#b}\n"),
        (SETTLED, SETTLED.replace("{#c}", "{#a}")),
        ("## É {#é}\n", "## É {#é}\n"),
        ("## A {#a}\n\n#### B {#b}\n", "## A {#a}\n\n#### B {#b}\n"),
    ],
)
def test_pages_that_are_passed_over_have_nothing_to_say(
    left: str, right: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The messages are the same if no page is passed over."""
    tree = make_tree(
        {
            NL: f"---\ntitle: Over\n---\n\nX.\n\n{left}",
            FR: f"---\ntitle: À propos\n---\n\nX.\n\n{right}",
        }
    )
    found = read_site(tree, Options(), Cache(None)).diagnostics
    for reader in ("diptych.checks.headings", "diptych.translation.bundles"):
        monkeypatch.setattr(f"{reader}.are_settled", lambda _: False)
    assert read_site(tree, Options(), Cache(None)).diagnostics == found


def test_a_page_with_nothing_to_say_is_passed_over() -> None:
    whole = headings("## A {#a}", "### B {#b}", "## C {#c}")
    for settled in ([whole], [whole, whole], [(), ()], []):
        assert are_settled(map(settled_ids, settled))
    for other in (
        headings("## A {#a}", "### B {#b}"),  # one is missing
        headings("## A {#a}", "### B {#z}", "## C {#c}"),  # another id
        headings("## A {#a}", "### B", "## C {#c}"),  # no id
    ):
        assert not are_settled(map(settled_ids, (whole, other)))
    assert settled_ids(headings("# A {#a}")) is None
    assert settled_ids(headings("## A {#a}", "#### B {#b}")) is None
    assert settled_ids(headings("## A {#a}", "## B {#a}")) is None


@pytest.mark.parametrize("written", ["(#who)", "[#who]", "{who}", "{# who}"])
def test_an_id_in_other_brackets_gives_way_to_the_id(written: str, site: Builds) -> None:
    build = site(
        {"content/about/nl.md": f"---\ntitle: Over ons\n---\n\nTekst.\n\n## Wie {written}\n"}
    )
    (problem,) = (each for each in build.diagnostics if each.check == "heading-without-id")
    edits = [each for each in problem.edits if each.span.path == "content/about/nl.md"]
    source = build.sources["content/about/nl.md"]
    assert applied(edits, source).endswith("\n\n## Wie {#who}\n")


def test_a_heading_without_a_counterpart_may_have_another_id_there(site: Builds) -> None:
    files = bare("## Onze prijs {#award}\n\nX.", "## Archives {#archives}\n\nY.")
    told = [each for each in site(files).diagnostics if each.check == "missing-unit"]
    hints = {str(each.hint) for each in told if each.hint}
    assert (
        "another id there? give it `{#award}`; else translate it there, or take it out here"
        in hints
    )
    assert "translate it there, or take it out here" in hints  # the paragraphs have no id
