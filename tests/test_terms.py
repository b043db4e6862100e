"""Words preferred and avoided: the list, where its words are found, and what the site makes of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from diptych.cache import Cache
from diptych.content.terms.surface import catalog_words, prose_words
from diptych.content.terms.vocabulary import Vocabulary, term_notes
from diptych.diagnostics import Diagnostic, Severity, Source
from diptych.model import File, Tree
from diptych.pipeline import Build, Options, build_site
from tests.conftest import Ran, write_site
from tests.reading import parse_terms

Site = Callable[..., Build]

TERMS = """\
- id: sex-work
  preferred: {nl: sekswerk, fr: travail du sexe}
  avoid: {nl: [prostitutie], fr: [prostitution]}
  reason: {nl: Sekswerk is werk., fr: Le travail du sexe est un travail.}
  forms: {fr: {travail: [travaux]}}
  except:
    nl: [antiprostitutiebeweging, tegen prostitutie]
    fr: [mouvement antiprostitution, opposé·e à la prostitution]
- id: sex-worker
  preferred: {nl: sekswerker, fr: travailleur·euse du sexe}
  avoid: {nl: [prostituee, hoer], fr: [prostitué·e, travailleurs du sexe]}
  reason: {nl: Wie sekswerk doet werkt., fr: Qui exerce travaille.}
- id: human-trafficking
  preferred: {nl: slachtoffer van mensenhandel, fr: victime de la traite}
  avoid: {nl: [slachtoffer, gedwongen prostitutie], fr: [victime, prostitution forcée]}
  reason: {nl: Dat is iets anders., fr: "C'est autre chose."}
"""
LANGUAGES = ("nl", "fr")


def vocabulary(text: str = TERMS) -> Vocabulary:
    outcome = parse_terms(Source("content/terms.yaml", text), LANGUAGES)
    assert outcome.diagnostics == ()
    return Vocabulary(outcome.value)


def found(text: str, language: str) -> list[str]:
    """The avoided words of a Markdown text, as they stand there."""
    words = prose_words(text, language)
    return [
        text[use.start : use.end] for use in vocabulary().in_language(language).avoided_in(words)
    ]


def of(build: Build, check: str = "avoided-term") -> list[Diagnostic]:
    return [each for each in build.diagnostics if each.check == check]


def marked(build: Build) -> list[tuple[str, str]]:
    """Path and text of every place where an avoided word was found."""
    spans = [each.span for each in of(build)]
    return [(span.path, build.sources[span.path].text[span.start : span.end]) for span in spans]


# --- the file


def test_a_term_holds_what_its_author_wrote_with_places() -> None:
    term, *_ = vocabulary().terms
    assert (term.id, TERMS[term.span.start : term.span.end]) == ("sex-work", "sex-work")
    assert term.preferred["fr"].value == "travail du sexe"
    assert [word.value for word in term.avoided["nl"]] == ["prostitutie"]
    assert term.irregular("fr") == (("travail", ("travaux",)),)
    place = term.exceptions["nl"][1].span
    assert TERMS[place.start : place.end] == "tegen prostitutie"


ONE = "- id: a\n  preferred: {nl: sekswerk}\n  reason: {nl: Werk.}\n"


@pytest.mark.parametrize(
    ("text", "check", "place"),
    [
        ("id: a\n", "wrong-type", "id"),
        (ONE + "  prefered: {nl: x}\n", "unknown-key", "prefered"),
        (ONE + "  avoid: {nl: prostitutie}\n", "wrong-type", "prostitutie"),
        (ONE + "  avoid: {de: [Hure]}\n", "unknown-language", "de"),
        (ONE + "  id: b\n", "duplicate-key", "id"),
        (ONE.replace("id: a", "id: Één woord"), "wrong-type", "Één woord"),
        (ONE.replace("- id: a\n ", "-"), "missing-key", "preferred"),
        (ONE.replace("{nl: sekswerk}", "{}"), "missing-key", "a"),
        (ONE + ONE, "duplicate-term", "a"),
        (ONE + "  avoid: {nl: [Sekswerk]}\n", "term-conflict", "Sekswerk"),
        (ONE + "  avoid: {nl: [hoer, Hoer]}\n", "term-conflict", "Hoer"),
        (ONE + "  avoid: {nl: [hoer]}\n  except: {nl: [hoera]}\n", "term-without-effect", "hoera"),
        (ONE + "  forms: {nl: {hoer: [hoertjes]}}\n", "term-without-effect", "hoertjes"),
    ],
)
def test_a_mistake_is_told_at_its_place(text: str, check: str, place: str) -> None:
    problems = parse_terms(Source("content/terms.yaml", text), LANGUAGES).diagnostics
    shown = [(each.check, text[each.span.start :][: len(place)]) for each in problems]
    assert (check, place) in shown


def test_all_mistakes_are_told_in_one_run_and_good_terms_stay() -> None:
    text = TERMS + "- id: sex-work\n  preferred: {nl: a}\n  reason: {nl: b}\n- preferred: x\n- 3\n"
    outcome = parse_terms(Source("content/terms.yaml", text), LANGUAGES)
    assert [term.id for term in outcome.value] == ["sex-work", "sex-worker", "human-trafficking"]
    assert {"duplicate-term", "missing-key", "wrong-type"} <= {e.check for e in outcome.diagnostics}


def test_terms_are_read_also_when_the_settings_cannot_be(site: Site) -> None:
    build = site({"content/site.yaml": "base_url: [\n", "content/terms.yaml": "- id: [\n"})
    assert {each.span.path for each in of(build, "yaml-syntax")} == {
        "content/site.yaml",
        "content/terms.yaml",
    }


# --- inflections


@pytest.mark.parametrize(
    "text",
    [
        "prostitutie",
        "Prostitutie",
        "PROSTITUTIE",
        "prostituties",
        "raamprostitutie",
        "prostitutiebeleid",
        "anti-prostitutie",
        "prostitutie-wet",
        "**prostitutie**",
        "pros\u00adtitutie",
        "prostituee",
        "prostituees",
        "prostituee's",
        "prostitueetje",
        "ex-prostituee",
        "hoer",
        "hoeren",
        "hoertje",
        "hoertjes",
        "slachtoffers",
        "gedwongen prostitutie",
        "gedwongen\n  prostitutie",
        "gedwongen *prostitutie*",
    ],
)
def test_dutch_words_are_found(text: str) -> None:
    word = text.strip("*").removeprefix("anti-").removeprefix("ex-").removesuffix("-wet")
    assert found(f"Wij zeggen {text}.", "nl") == [word]


@pytest.mark.parametrize(
    "text",
    [
        "prostitution",
        "Prostitution",
        "l'antiprostitution",
        "proprostitution",
        "prostitué",
        "prostituée",
        "prostitués",
        "prostituées",
        "prostitué·e",
        "prostitué·es",
        "prostitué·e·s",
        "prostitué.e.s",
        "prostitué-e-s",
        "prostitué(e)s",
        "prostitué•e",
        "PROSTITUÉES",
        "travailleurs du sexe",
        "travailleurs\ndu sexe",
        "prostitutions forcées",
        "prostitué·e·s".replace("é", "e\u0301"),
    ],
)
def test_french_words_are_found(text: str) -> None:
    assert found(f"Nous disons {text}.", "fr") == [text.removeprefix("l'")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hoera, de hoera's", "nl"),
        ("sekswerk en sekswerkers", "nl"),
        ("prostituer", "nl"),
        ("travailleur·euses du sexe", "fr"),
        ("une travailleuse du sexe", "fr"),
        ("les travailleurs", "fr"),
        ("le travail du sexe", "fr"),
        # what a term excepts
        ("de antiprostitutiebewegingen", "nl"),
        ("een anti-prostitutiebeweging", "nl"),
        ("wie tegen prostitutie is", "nl"),
        ("les mouvements antiprostitution", "fr"),
        ("les mouvements anti-prostitution", "fr"),
        ("opposées à la prostitution", "fr"),
        # a preferred word that holds an avoided one
        ("slachtoffers van mensenhandel", "nl"),
        ("les victimes de la traite", "fr"),
        # words of the other language
        ("la prostitution", "nl"),
        ("de prostitutie", "fr"),
    ],
)
def test_other_words_are_left_alone(text: str, language: str) -> None:
    assert found(text, language) == []


def test_of_words_within_each_other_the_longest_counts() -> None:
    uses = vocabulary().in_language("nl").avoided_in("gedwongen prostitutie en prostitutie")
    assert [use.term.id for use in uses] == ["human-trafficking", "sex-work"]


def test_a_language_without_rules_knows_the_word_and_its_listed_forms() -> None:
    text = "- id: a\n  preferred: {nl: x}\n  reason: {nl: y}\n  avoid: {lb: [Prostitutioun]}\n"
    text += "  forms: {lb: {Prostitutioun: [Prostitutiounen]}}\n"
    words = Vocabulary(parse_terms(Source("t", text), ("nl", "lb")).value)
    assert (
        len(
            words.in_language("lb").avoided_in(
                "Prostitutioun, Prostitutiounen, Prostitutiounsgesetz"
            )
        )
        == 2
    )


# --- what a reader reads


@pytest.mark.parametrize(
    "text",
    [
        "`prostitutie`",
        "``een `prostitutie` ``",
        "~~~\nprostitutie\n~~~",
        "[hier](https://prostitutie.example/prostitutie)",
        "[hier](page:prostitutie#hoer)",
        "<https://example.org/prostitutie>",
        "https://example.org/prostitutie",
        "www.prostitutie.example",
        "info@prostitutie.example",
        "## Kop {#prostitutie}",
        "[Prostitutie]{lang=fr}",
        '<span lang="en">prostitutie</span>',
        "[^hoer]",
        "[hier][hoer]",
        "[hoer]: https://example.org 'Titel'",
        "<!-- prostitutie -->",
        '<b class="hoer">x</b>',
        "Prostitutie, dit zegt men zo.\n{: lang=fr}",
        "## Prostitutie {#x lang=fr}",
    ],
)
def test_what_is_no_text_of_this_language_is_passed_over(text: str) -> None:
    assert found(text, "nl") == []


@pytest.mark.parametrize(
    "text",
    [
        "[prostitutie](https://example.org)",
        "![prostitutie](a.jpg)",
        '[x](y.pdf "prostitutie")',
        "[prostitutie]{lang=nl}",
        "[prostitutie]{.nowrap}",
        "[^1]: prostitutie is het niet",
        "## Prostitutie {#x}",
        "> prostitutie",
        "| prostitutie | x |",
        "<em>prostitutie</em>",
        "*[SW]: prostitutie",
        '"prostitutie"',
        "gedwongen <b>prostitutie</b>",
    ],
)
def test_what_is_read_is_looked_at(text: str) -> None:
    assert len(found(text, "nl")) == 1


@given(st.text(alphabet="ab `~<>[](){}#=!:/.@\n\"'*lang", max_size=60))
def test_blanking_moves_nothing(text: str) -> None:
    assert len(prose_words(text, "nl")) == len(text)
    assert len(catalog_words(text)) == len(text)


@given(
    st.text(alphabet="hoer prostitué·e\u0301\u00ad(s).", max_size=40), st.sampled_from(LANGUAGES)
)
def test_every_use_lies_in_the_text(text: str, language: str) -> None:
    uses = vocabulary().in_language(language).avoided_in(text)
    places = [0, *(place for use in uses for place in (use.start, use.end)), len(text)]
    assert places == sorted(places)


@given(st.text(alphabet="hoer prostitué·e", max_size=40))
def test_the_form_of_letters_changes_nothing(text: str) -> None:
    composed = vocabulary().in_language("fr").avoided_in(unicodedata.normalize("NFC", text))
    taken_apart = vocabulary().in_language("fr").avoided_in(unicodedata.normalize("NFD", text))
    assert len(composed) == len(taken_apart)


# --- the check


def page(text: str, head: str = "") -> dict[str, str]:
    body = f"---\ntitle: Over ons\n{head}---\n\n{text}\n"
    return {"content/terms.yaml": TERMS, "content/about/nl.md": body}


def test_the_warning_says_what_to_write_and_why(site: Site) -> None:
    build = site(page("Wij spreken.\n\nEr is prostitutie in het land."))
    (problem,) = of(build)
    source = build.sources["content/about/nl.md"]
    assert source.position(problem.span.start) == (7, 7)
    assert source.text[problem.span.start : problem.span.end] == "prostitutie"
    assert problem.severity is Severity.WARNING
    assert str(problem.message) == "we avoid the word “prostitutie”"
    assert str(problem.hint) == "write “sekswerk”. Sekswerk is werk."
    assert not build.failed


def test_front_matter_is_looked_at_also_when_it_is_folded(site: Site) -> None:
    head = "description: >\n  Wij spreken over hoeren en\n  prostitutie, vrij\n  uit.\n"
    build = site(page("Tekst.", head + 'image_alt: "Een hoer"\nslug: prostitutie\n'))
    texts = [text for path, text in marked(build) if path == "content/about/nl.md"]
    assert texts == ["hoeren", "prostitutie", "hoer"]


def test_a_page_may_allow_it_with_a_reason(site: Site) -> None:
    files = page("Er is prostitutie.", "allow:\n  avoided-term: een citaat\n")
    assert of(site(files)) == []


EVENTS = """\
- id: prostitutie
  date: 2020-03-13
  title: {nl: "De \\"hoeren\\" zwijgen", fr: La loi}
  text:
    nl: |
      Eerst dit.

      Dan [gedwongen
      prostitutie](https://hoer.example).
    fr: >
      Les victimes
      parlent.
  figures:
    - {id: n, value: 3, unit: people, label: {nl: drie hoeren, fr: trois personnes}}
  image: foto.jpg
  image_alt: {nl: een prostituee, fr: une personne}
"""


def test_events_are_looked_at_in_every_language(site: Site) -> None:
    head = "---\ntitle: Over ons\nlayout: timeline\n---\n"
    build = site(
        {
            "content/terms.yaml": TERMS,
            "content/about/timeline.yaml": EVENTS,
            "content/about/nl.md": head,
            "content/about/fr.md": head.replace("Over ons", "À propos"),
        }
    )
    path = "content/about/timeline.yaml"
    assert sorted(marked(build)) == sorted(
        [
            (path, "hoeren"),
            (path, "gedwongen\n      prostitutie"),
            (path, "victimes"),
            (path, "hoeren"),
            (path, "prostituee"),
        ]
    )
    words = {str(each.message) for each in of(build)}
    assert "we avoid the word “gedwongen prostitutie”" in words


def test_catalogs_are_looked_at_and_msgids_are_not(site: Site) -> None:
    path = "i18n/fr/LC_MESSAGES/messages.po"
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    entry = '# prostitution\nmsgid "prostitution"\nmsgstr ""\n'
    text = head + entry + '"Les %(hoer)s, la prostitution "\n"forcée"\n'
    build = site({"content/terms.yaml": TERMS, path: text})
    assert marked(build) == [(path, 'prostitution "\n"forcée')]


def test_a_fallback_is_told_once(site: Site) -> None:
    files = {**page("Er is prostitutie."), "content/about/fr.md": None}
    assert len(of(site(files))) == 1


def test_a_term_that_a_language_lacks_is_a_gap(site: Site) -> None:
    terms = "- id: a\n  preferred: {nl: sekswerk}\n  reason: {nl: Werk., fr: Un travail.}\n"
    (problem,) = of(site({"content/terms.yaml": terms}), "missing-translation")
    assert str(problem.message) == "“a” has no preferred in Français"
    assert problem.span.path == "content/terms.yaml"


# --- a whole site


def test_a_whole_site_avoids_its_own_words(whole_build: Build) -> None:
    assert whole_build.site is not None
    assert whole_build.site.vocabulary.terms
    assert of(whole_build) == []
    assert [e for e in whole_build.diagnostics if e.span.path == "content/terms.yaml"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_avoided_word_is_found_in_a_whole_site(
    language: str, whole_tree: Tree, whole_build: Build, cache: Cache
) -> None:
    """A line that holds each of them, planted at the end of a page."""
    assert whole_build.site is not None
    words = [
        word.value
        for term in whole_build.site.vocabulary.terms
        for word in term.avoided.get(language, ())
    ]
    path = f"content/history/{language}.md"
    planted = "".join(f"\n{word.capitalize()} staat hier.\n" for word in words).encode()
    tree = Tree(
        tuple(
            File(each.path, each.data + planted) if each.path == path else each
            for each in whole_tree.files
        )
    )
    build = build_site(tree, Options(), cache)
    assert marked(build) == [(path, word.capitalize()) for word in words]


# --- what a translator is told


@pytest.mark.parametrize(
    ("text", "language", "ids"),
    [
        ("Sekswerkers spreken.", "nl", ["sex-worker"]),
        ("Sekswerk en sekswerkactivisten.", "nl", ["sex-work"]),
        ("Travailleur·euses du sexe, travaux du sexe.", "fr", ["sex-work", "sex-worker"]),
        ("Prostituees, zegt men.", "nl", ["sex-worker"]),
        ("Les victimes de la traite.", "fr", ["human-trafficking"]),
        ("Over ons leven.", "nl", []),
    ],
)
def test_terms_in_a_text(text: str, language: str, ids: list[str]) -> None:
    assert [term.id for term in vocabulary().in_language(language).terms_in(text)] == ids


# --- the glossary


def glossary(language: str, slug: str) -> dict[str, str]:
    head = f"---\ntitle: Woorden\nslug: {slug}\nlayout: glossary\n---\n\n"
    return {f"content/glossary/{language}.md": head + "Eerst dit.\n\n## Meer {#more}\n"}


def rendered(build: Build, path: str) -> html.HtmlElement:
    assert not build.failed, build.diagnostics
    data = next(output.data for output in build.outputs if output.path == path)
    return html.document_fromstring(data.decode())


def test_the_glossary_lists_every_term(site: Site) -> None:
    pages = {**glossary("nl", "woorden"), **glossary("fr", "mots")}
    root = rendered(site({"content/terms.yaml": TERMS, **pages}), "fr/mots/index.html")
    assert [dt.get("id") for dt in root.iter("dt")] == [
        "sex-work",
        "sex-worker",
        "human-trafficking",
    ]
    first = root.find(".//dl/div")
    assert first.find("dt/a/dfn").text_content() == "travail du sexe"
    (other,) = first.findall("dt/span")
    assert (other.get("lang"), other.text_content()) == ("nl-BE", "sekswerk")
    dds = [re.sub(r"\s+", " ", dd.text_content()).strip() for dd in first.findall("dd")]
    assert dds[:2] == [
        "Nous n’écrivons pas : « prostitution »",
        "Le travail du sexe est un travail.",
    ]
    assert first.find(".//a").get("href") == "#sex-work"
    assert root.xpath("//footer//a[@href='/fr/mots/'][@aria-current]")


def test_a_term_that_is_missing_here_is_shown_in_its_own_language(site: Site) -> None:
    terms = "- id: a\n  preferred: {nl: sekswerk}\n  reason: {nl: Sekswerk is werk.}\n"
    pages = {**glossary("nl", "woorden"), **glossary("fr", "mots")}
    root = rendered(site({"content/terms.yaml": terms, **pages}), "fr/mots/index.html")
    term = root.find(".//dl/div")
    assert (term.get("lang"), term.find("dt/a/dfn").text_content()) == ("nl-BE", "sekswerk")


def test_a_glossary_without_a_list_shows_nothing(site: Site) -> None:
    pages = {**glossary("nl", "woorden"), **glossary("fr", "mots")}
    assert "nothing-to-show" in {each.check for each in site(pages).diagnostics}


def test_other_pages_carry_no_terms(site: Site) -> None:
    root = rendered(site({"content/terms.yaml": TERMS}), "nl/over-ons/index.html")
    assert root.find(".//dl") is None


def test_the_whole_glossary_has_each_term_in_both_languages(whole_build: Build) -> None:
    site = whole_build.site
    assert site is not None
    ids = [term.id for term in site.vocabulary.terms]
    pages = [page for page in site.pages if page.document.front.layout == "glossary"]
    assert {page.language for page in pages} == {each.key for each in site.settings.languages}
    for page in pages:
        root = rendered(whole_build, f"{page.path}index.html")
        assert [dt.get("id") for dt in root.iter("dt")] == ids
        assert not root.xpath("//dl/div[@lang]")


# --- what goes out to a translator


def test_a_note_gives_the_word_that_was_agreed() -> None:
    notes = [
        str(note) for note in term_notes(vocabulary(), "Prostituees en `sekswerk`.", "nl", "fr")
    ]
    (note,) = notes
    assert note == (
        "We write “travailleur·euse du sexe” for “sekswerker”. "
        "We avoid: prostitué·e; travailleurs du sexe."
    )
    assert list(term_notes(vocabulary(), "Sekswerk.", "nl", "de")) == []


def test_the_export_carries_the_notes(run: Callable[..., Ran], tmp_path: Path) -> None:
    root = write_site(
        tmp_path,
        {
            "content/terms.yaml": TERMS,
            "content/news/nl.md": "---\ntitle: Nieuws\n---\n\nSekswerk is werk.\n",
        },
    )
    text = run("export", "fr", root=root).out
    assert "#. We write “travail du sexe” for “sekswerk”. We avoid: prostitution.\n" in text
    assert text.count("We write") == 1


def test_a_hyphen_may_stand_behind_anti_also_where_the_term_has_no_other_word() -> None:
    words = vocabulary("""\
- id: movement
  preferred: {nl: beweging, fr: mouvement}
  avoid: {nl: [antiprostitutiebeweging], fr: [antiprostitution]}
  reason: {nl: Zo noemt ze zich niet., fr: Ce n'est pas son nom.}
""")
    (use,) = words.in_language("nl").avoided_in("een anti-prostitutiebeweging")
    assert (use.start, use.end) == (4, 28)
