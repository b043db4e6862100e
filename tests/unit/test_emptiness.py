"""Pages without what they show: an error, wherever it went."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from diptych.pipeline import Build, Options

Files = Mapping[str, str | bytes | None]

EVENT = """\
- id: first
  date: 2021-05-01
  title: {nl: Een, fr: Un}
  text: {nl: Een., fr: Un.}
"""
TIME: Files = {
    "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n\nTekst.\n",
    "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n\nTexte.\n",
    "content/time/timeline.yaml": EVENT,
}
FAQ: Files = {
    "content/faq/nl.md": "---\ntitle: Vragen\nlayout: faq\n---\n\n## Mag dat? {#may}\n\nJa.\n",
    "content/faq/fr.md": "---\ntitle: Questions\nlayout: faq\n---\n\n## Est-ce permis ? {#may}\n\nOui.\n",
}
WORDS: Files = {
    "content/words/nl.md": "---\ntitle: Woorden\nlayout: glossary\n---\n",
    "content/words/fr.md": "---\ntitle: Mots\nlayout: glossary\n---\n",
    "content/terms.yaml": "- id: work\n  preferred: {nl: werk, fr: travail}\n  reason: {nl: Zo heet het., fr: C’est son nom.}\n",
}


def told(build: Build) -> list[tuple[str, str]]:
    """Where nothing is to be shown, and what else is an error."""
    assert build.site is not None
    return [
        (each.span.path, str(each.message))
        for each in build.diagnostics
        if each.check == "nothing-to-show"
    ]


@pytest.mark.parametrize("files", [TIME, FAQ, WORDS])
def test_a_page_with_what_it_shows_is_well(site: Callable[..., Build], files: Files) -> None:
    assert told(site(files)) == []


@pytest.mark.parametrize(
    ("written", "path"),
    [
        (None, "content/time/nl.md"),
        ("", "content/time/timeline.yaml"),
        ("[]\n", "content/time/timeline.yaml"),
        ("\n\n", "content/time/timeline.yaml"),
        ("# nog niets\n", "content/time/timeline.yaml"),
    ],
)
def test_a_timeline_without_events(
    site: Callable[..., Build], written: str | None, path: str
) -> None:
    build = site({**TIME, "content/time/timeline.yaml": written})
    assert [place for place, _ in told(build)] == [path]
    assert build.failed
    assert not build.outputs


def test_a_timeline_that_cannot_be_read_is_told_as_that_alone(site: Callable[..., Build]) -> None:
    build = site({**TIME, "content/time/timeline.yaml": "- id: [\n"})
    assert told(build) == []
    assert build.failed


PEOPLE: Files = {
    "content/types.yaml": "people:\n  id: {type: key, required: true}\n"
    "  name: {type: text, required: true, label: {nl: Naam, fr: Nom}}\n",
    "content/about/people.yaml": "- {id: an, name: An}\n",
}


@pytest.mark.parametrize("written", ["", "[]\n", "\n\n", "# later\n"])
def test_a_file_of_own_records_without_an_entry(site: Callable[..., Build], written: str) -> None:
    assert told(site(PEOPLE)) == []
    build = site({**PEOPLE, "content/about/people.yaml": written})
    assert told(build) == [("content/about/people.yaml", "there is no entry in this file")]
    assert build.failed
    assert told(site({**PEOPLE, "content/about/people.yaml": "- id: [\n"})) == []


def test_the_terms_that_a_glossary_shows(site: Callable[..., Build]) -> None:
    gone = told(site({**WORDS, "content/terms.yaml": None}))
    assert gone == [("content/words/nl.md", "this page shows the terms, and there is no term")]
    assert told(site({**WORDS, "content/terms.yaml": "[]\n"})) == gone
    broken = site({**WORDS, "content/terms.yaml": "- preferred: [\n"})
    assert told(broken) == []


@pytest.mark.parametrize("text", ["Alleen een zin.\n", "### Mag dat? {#may}\n\nJa.\n", "- een\n"])
def test_a_language_of_a_faq_without_a_question(site: Callable[..., Build], text: str) -> None:
    files = {**FAQ, "content/faq/nl.md": f"---\ntitle: Vragen\nlayout: faq\n---\n\n{text}"}
    assert told(site(files)) == [
        ("content/faq/nl.md", "this page shows questions, and its text has none")
    ]


@pytest.mark.parametrize("layout", ["page", "home", "faq"])
@pytest.mark.parametrize("rest", ["", "\n\n", "\n<!-- later -->\n"])
def test_a_page_without_text_in_any_language(
    site: Callable[..., Build], layout: str, rest: str
) -> None:
    key = "home" if layout == "home" else "about"
    files = {
        f"content/{key}/{language}.md": f"---\ntitle: {title}\nlayout: {layout}\n---\n{rest}"
        for language, title in (("nl", "Welkom"), ("fr", "Bienvenue"))
    }
    if layout == "page":
        files["content/home/nl.md"] = "---\ntitle: Thuis\nlayout: home\n---\n\nWij spreken.\n"
    assert told(site(files)) == [(f"content/{key}/nl.md", "this page has no text, in no language")]


def test_one_language_with_a_text_is_a_page(site: Callable[..., Build]) -> None:
    files = {"content/about/fr.md": "---\ntitle: À propos\n---\n"}
    assert told(site(files)) == []


def test_a_list_may_wait_for_its_first_page(site: Callable[..., Build]) -> None:
    files = {
        "content/news/nl.md": "---\ntitle: Nieuws\nlayout: list\n---\n",
        "content/news/fr.md": "---\ntitle: Actualités\nlayout: list\n---\n",
    }
    assert told(site(files)) == []


def test_a_layout_of_the_sites_own_may_show_what_stands_in_no_file(
    site: Callable[..., Build],
) -> None:
    files = {
        "content/press/nl.md": "---\ntitle: Pers\nlayout: press\n---\n",
        "content/press/fr.md": "---\ntitle: Presse\nlayout: press\n---\n",
        "templates/press.html": '{% extends "base.html" %}{% block main %}<h1>x</h1>{% endblock %}',
    }
    assert told(site(files)) == []


def test_records_beside_a_page_are_something_to_show(site: Callable[..., Build]) -> None:
    files = {
        "types.yaml": None,
        "content/types.yaml": "people:\n  label: Mensen\n  fields:\n    name: {kind: line, label: Naam}\n",
        "content/about/nl.md": "---\ntitle: Over ons\n---\n",
        "content/about/fr.md": "---\ntitle: À propos\n---\n",
        "content/about/people.yaml": "- id: ann\n  name: Ann\n",
    }
    build = site(files)
    assert told(build) == []
    assert told(site({**files, "content/about/people.yaml": "[]\n"})) != []


@pytest.mark.parametrize(("draft", "severity"), [("", "error"), ("draft: true\n", "info")])
def test_an_empty_draft_is_no_error(site: Callable[..., Build], draft: str, severity: str) -> None:
    """A draft has no readers yet; whoever looks at it gets a note."""
    files = {
        "content/faq/nl.md": f"---\ntitle: Vragen\nlayout: faq\n{draft}---\n",
        "content/faq/fr.md": f"---\ntitle: Questions\nlayout: faq\n{draft}---\n",
    }
    build = site(files, options=Options(drafts=True))
    found = [each for each in build.diagnostics if each.check == "nothing-to-show"]
    assert [each.severity.value for each in found] == [severity]


@pytest.mark.parametrize(("draft", "severity"), [("", "warning"), ("draft: true\n", "info")])
def test_what_is_still_to_be_written_beside_a_draft(
    site: Callable[..., Build], draft: str, severity: str
) -> None:
    files = {
        path: text.replace("layout:", f"{draft}layout:").replace("nl: Een.", "nl: …")
        for path, text in TIME.items()
        if isinstance(text, str)
    }
    build = site(files, options=Options(drafts=True))
    found = [each for each in build.diagnostics if each.check == "unwritten"]
    assert [each.severity.value for each in found] == [severity]


@pytest.mark.parametrize("types", ["people:\n  name: {type: text}\n", "people: [\n"])
def test_a_page_of_records_needs_no_text(site: Callable[..., Build], types: str) -> None:
    """Nor where types.yaml cannot be read: then nobody knows what its files hold."""
    files = {
        "content/types.yaml": types,
        "content/team/nl.md": "---\ntitle: Ploeg\n---\n",
        "content/team/fr.md": "---\ntitle: Équipe\n---\n",
        "content/team/people.yaml": "- id: an\n  name: Annelies\n",
    }
    assert told(site(files)) == []
